/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-address.h"
#include "dub-publisher.h"

#include <libsoup/soup.h>
#include <string.h>

static void
assert_parsed (const char *text,
               const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = dub_address_parse (text, &error);
  g_autofree char *found = NULL;

  g_assert_no_error (error);
  found = g_uri_to_string (uri);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_parse (void)
{
  assert_parsed ("https://example.com/a.mp4", "https://example.com/a.mp4");
  assert_parsed ("HTTP://example.com", "http://example.com/");
  assert_parsed ("https://example.com:8443/a%2Fb.mp4?X-Sig=a%2Fb%3D&x=+%20#t=3",
                 "https://example.com:8443/a%2Fb.mp4?X-Sig=a%2Fb%3D&x=+%20");
  assert_parsed ("https://example.com/café?ü", "https://example.com/caf%C3%A9?%C3%BC");
  assert_parsed ("http://[::1]:8080/a", "http://[::1]:8080/a");
}

static void
test_parse_bad (void)
{
  const char *bad[] = {
    "", "a.mp4", "www.example.com/a.mp4", "ftp://example.com/a", "file:///a.mp4", "javascript:alert(1)", "https://",
    "https:///a.mp4", "https://me:secret@example.com/a", "https://me@example.com/a", "http://[::1/a", "https://a:b/",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (dub_address_parse (bad[i], &error));
      g_assert_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_ADDRESS);
      g_assert_null (strstr (error->message, "secret"));
    }
}

/* A password is not told, whatever surrounds it. */
static void
test_passwords (void)
{
  static const struct
  {
    const char *text;
    const char *says;
  } texts[] = {
    { "sftp://bob:s3cret@files.example/a.mp4", "The address at “files.example” has a user name or password in it" },
    { "https://bob:s3cret@files.example/a.mp4", "The address at “files.example” has a user name or password in it" },
    { "https://bob:s3cr@s3cret@files.example/a.mp4", "“files.example”" },
    { "sftp://bob:s3cr/s3cret@files.example/a.mp4", "“sftp://…@files.example/a.mp4” is not a web address" },
    { "https://bob:s3cr/s3cret@files.example/a.mp4", "“https://…@files.example/a.mp4” cannot be read" },
    { "bob:s3cret@files.example/a.mp4", "“…@files.example/a.mp4” is not a web address" },
    { "bob:s3cret@files.example:/a.mp4", "“…@files.example:/a.mp4” is not a web address" },
    { "//bob:s3cret@files.example/a.mp4", "“…@files.example/a.mp4” is not a web address" },
    { "ftp://bob:12#s3cret@files.example/", "“ftp://…@files.example/” is not a web address" },
    { "https://bob:s3cret@/a.mp4", "“https://…@/a.mp4”" },
    { "sftp://bob:s3cret@[files.example/", "“sftp://…@[files.example/” is not a web address" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (dub_address_parse (texts[i].text, &error));
      g_assert_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_ADDRESS);
      if (strstr (error->message, "s3cr") != NULL || strstr (error->message, texts[i].says) == NULL)
        g_test_fail_printf ("“%s” leads to “%s”", texts[i].text, error->message);
    }
}

static void
test_follow (void)
{
  g_autoptr (GUri) secure = g_uri_parse ("https://example.com/a/b.mp4?q", SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GUri) plain = g_uri_parse ("http://example.com/a/b.mp4", SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) relative = dub_address_follow (secure, "c.mp4", &error);
  g_autoptr (GUri) other = dub_address_follow (plain, "https://other.example/x", &error);
  g_autoptr (GUri) downgraded = NULL;
  g_autofree char *relative_text = NULL;

  g_assert_no_error (error);
  relative_text = g_uri_to_string (relative);
  g_assert_cmpstr (relative_text, ==, "https://example.com/a/c.mp4");
  g_assert_cmpstr (g_uri_get_host (other), ==, "other.example");

  downgraded = dub_address_follow (secure, "http://example.com/c.mp4", &error);
  g_assert_null (downgraded);
  g_assert_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "not secure"));
}

static void
test_follow_bad (void)
{
  const char *bad[] = { NULL, "file:///etc/passwd", "ftp://example.com/a", "http://me:pw@example.com/a", "http://[" };
  g_autoptr (GUri) base = g_uri_parse ("http://example.com/", SOUP_HTTP_URI_FLAGS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (dub_address_follow (base, bad[i], &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == DUB_PUBLISH_ERROR);
    }
}

static char *
join (GPtrArray *words)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? " " : "", (char *) words->pdata[i]);
  return g_string_free_and_steal (joined);
}

static void
assert_text (const char *text,
             const char *expected,
             guint       expected_refused)
{
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GPtrArray) addresses = dub_address_parse_text (text, &refused);
  g_autofree char *found = join (addresses);
  g_autofree char *others = join (refused);

  g_assert_cmpstr (found, ==, expected);
  /* Sentences, none of which tells a password. */
  g_assert_cmpuint (refused->len, ==, expected_refused);
  for (guint i = 0; i < refused->len; i++)
    g_assert_true (g_str_has_suffix (refused->pdata[i], "."));
  g_assert_null (strstr (others, "pw"));
}

static void
test_text (void)
{
  assert_text ("https://a.example/1.mp4\r\n  http://b.example/2.mp4\t\n\n", "https://a.example/1.mp4 http://b.example/2.mp4",
               0);
  assert_text ("<https://a.example/1>, “https://a.example/2”; \"https://a.example/3\"",
               "https://a.example/1 https://a.example/2 https://a.example/3", 0);
  assert_text ("https://a.example/1\xc2\xa0https://a.example/1 https://a.example/1#x", "https://a.example/1", 0);
  assert_text ("see https://a.example/(1) ftp://b/ https://me:pw@a.example/", "https://a.example/(1)",
               3);
  assert_text ("http:// http://me:p[w@a.example/ https://me:pw@[::/", "", 3);
  assert_text ("", "", 0);
  assert_text (NULL, "", 0);
  assert_text (" ,;\"\" ", "", 0);
  assert_text ("\xff\xfe", "", 1);
}

static void
test_text_long (void)
{
  g_autofree char *word = g_strnfill (1000000, 'x');
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GPtrArray) addresses = dub_address_parse_text (word, &refused);
  g_autoptr (GPtrArray) careless = dub_address_parse_text (word, NULL);

  g_assert_cmpuint (addresses->len, ==, 0);
  g_assert_cmpuint (careless->len, ==, 0);
  g_assert_cmpuint (refused->len, ==, 1);
  g_assert_cmpint (g_utf8_strlen (refused->pdata[0], -1), <=, 200);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/publish/address/parse", test_parse);
  g_test_add_func ("/publish/address/parse-bad", test_parse_bad);
  g_test_add_func ("/publish/address/passwords", test_passwords);
  g_test_add_func ("/publish/address/follow", test_follow);
  g_test_add_func ("/publish/address/follow-bad", test_follow_bad);
  g_test_add_func ("/publish/address/text", test_text);
  g_test_add_func ("/publish/address/text-long", test_text_long);
  return g_test_run ();
}
