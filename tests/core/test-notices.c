/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-notices.h"

#include <string.h>

#define N_NOTICES 3

/* sha256sum of the prescribed texts: a change of a letter must be noticed here, and meant. */
static const char *const versions[N_NOTICES] = {
  [DUB_NOTICE_UPLOAD] = "35c793dbadc6a836618da20d6371ba5aaa0b67a7c795b8c9b304d12542e7b3ae",
  [DUB_NOTICE_DOWNLOAD] = "37a201c6655474ba82dab97f6f2f21588534e882f00c6aeb30cf7b4ff1b4f841",
  [DUB_NOTICE_CONSENT] = "83d3777d86d2c449c1793afd89655238979aa8ca05df9ecc174d4d100727f20a",
};

static void
test_frozen (void)
{
  for (guint i = 0; i < N_NOTICES; i++)
    {
      g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, dub_notice_get_text (i), -1);

      g_assert_cmpstr (hash, ==, versions[i]);
      g_assert_cmpstr (dub_notice_get_version (i), ==, versions[i]);
    }
}

static void
on_start (GMarkupParseContext  *context,
          const char           *element,
          const char          **names,
          const char          **values,
          gpointer              user_data,
          GError              **error)
{
  GPtrArray *addresses = ((gpointer *) user_data)[1];

  if (g_str_equal (element, "markup"))
    return;
  g_assert_cmpstr (element, ==, "a");
  g_assert_cmpstr (names[0], ==, "href");
  g_assert_null (names[1]);
  g_ptr_array_add (addresses, g_strdup (values[0]));
}

static void
on_text (GMarkupParseContext  *context,
         const char           *text,
         gsize                 length,
         gpointer              user_data,
         GError              **error)
{
  GString *plain = ((gpointer *) user_data)[0];
  GPtrArray *links = ((gpointer *) user_data)[2];

  g_string_append_len (plain, text, length);
  if (g_str_equal (g_markup_parse_context_get_element (context), "a"))
    g_ptr_array_add (links, g_strndup (text, length));
}

static void
test_markup (void)
{
  const GMarkupParser parser = { .start_element = on_start, .text = on_text };

  for (guint i = 0; i < N_NOTICES; i++)
    {
      g_autoptr (GString) plain = g_string_new (NULL);
      g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func (g_free);
      gpointer collected[] = { plain, addresses, links };
      g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, collected, NULL);
      g_autofree char *markup = dub_notice_dup_markup (i);
      g_autofree char *document = g_strdup_printf ("<markup>%s</markup>", markup);
      g_autoptr (GError) error = NULL;

      g_markup_parse_context_parse (context, document, -1, &error);
      g_assert_no_error (error);
      g_markup_parse_context_end_parse (context, &error);
      g_assert_no_error (error);

      g_assert_cmpstr (plain->str, ==, dub_notice_get_text (i));
      if (i == DUB_NOTICE_DOWNLOAD)
        {
          g_assert_cmpuint (addresses->len, ==, 0);
          continue;
        }
      g_assert_cmpuint (addresses->len, ==, 2);
      g_assert_cmpuint (links->len, ==, 2);
      g_assert_cmpstr (addresses->pdata[0], ==, "https://ads.tiktok.com/help/article?aid=10000494");
      g_assert_cmpstr (links->pdata[0], ==, "Ad Policies");
      g_assert_cmpstr (addresses->pdata[1], ==, "https://www.tiktok.com/community-guidelines");
      g_assert_cmpstr (links->pdata[1], ==, "Community Guidelines");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/notices/frozen", test_frozen);
  g_test_add_func ("/core/notices/markup", test_markup);
  return g_test_run ();
}
