/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A fuzz target as an ordinary test: the files of a directory as they are, then a fixed number of variations of them, always
 * the same. */

#include "fuzz.h"

#include <string.h>

#define N_VARIATIONS 2000
#define MAX_BYTES (32 * 1024)
#define MAX_STEPS 6

/* What a reader of JSON, subtitles or numbers looks at. */
static const char *const tokens[] = {
  "\"", "{", "}", "[", "]", ",", ":", "\\", "\\u0000", "\\ud800", "null", "true", "NaN", "1e999", "-1", "0", "9223372036854775808",
  "-->", "\n\n", "\r", "WEBVTT", "00:00:01,000", ";", "\xef\xbb\xbf", "\xff\xfe", "\xe2\x80\xae", "\xf0\x9f", "<i>", "&amp;", "&#0;",
};

static GPtrArray *
load_directory (const char *path)
{
  g_autoptr (GDir) dir = path != NULL ? g_dir_open (path, 0, NULL) : NULL;
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  for (guint i = 0; i < names->len; i++)
    {
      char *content;
      gsize length;

      if (g_file_get_contents (g_ptr_array_index (names, i), &content, &length, NULL))
        g_ptr_array_add (files, g_bytes_new_take (content, length));
    }
  return files;
}

/* The target must not read beyond what it gets: a copy of just that size shows it to the allocator's checks. */
static void
give (const guint8 *data, gsize length)
{
  g_autofree guint8 *copy = g_memdup2 (data, length);

  LLVMFuzzerTestOneInput (copy, length);
}

static void
insert (GByteArray *input, GRand *random, const void *data, gsize length)
{
  guint at = (guint) g_rand_int_range (random, 0, (gint32) input->len + 1);
  g_autofree guint8 *rest = g_memdup2 (input->data + at, input->len - at);
  guint n_rest = input->len - at;

  g_byte_array_set_size (input, at);
  g_byte_array_append (input, data, (guint) length);
  g_byte_array_append (input, rest, n_rest);
}

static void
vary_once (GByteArray *input, GRand *random, GBytes *other)
{
  const char *token = tokens[g_rand_int_range (random, 0, G_N_ELEMENTS (tokens))];
  guint at = input->len > 0 ? (guint) g_rand_int_range (random, 0, (gint32) input->len) : 0;
  guint length = input->len > 0 ? (guint) g_rand_int_range (random, 0, (gint32) MIN (input->len - at, 64) + 1) : 0;
  gsize n_other = MIN (g_bytes_get_size (other), MAX_BYTES);

  switch (g_rand_int_range (random, 0, 6))
    {
    case 0:
      if (input->len > 0)
        input->data[at] ^= (guint8) (1 << g_rand_int_range (random, 0, 8));
      break;
    case 1:
      insert (input, random, token, strlen (token));
      break;
    case 2:
      if (length > 0)
        g_byte_array_remove_range (input, at, length);
      break;
    case 3:
      insert (input, random, input->data + at, length);
      break;
    case 4:
      g_byte_array_set_size (input, at);
      break;
    default:
      if (n_other > 0)
        insert (input, random, g_bytes_get_data (other, NULL), (gsize) g_rand_int_range (random, 0, (gint32) n_other + 1));
      break;
    }
}

static GBytes *
pick (GPtrArray *files, GRand *random)
{
  return g_ptr_array_index (files, g_rand_int_range (random, 0, (gint32) files->len));
}

static void
give_variation (GPtrArray *files, GRand *random)
{
  GBytes *file = pick (files, random);
  gsize length = MIN (g_bytes_get_size (file), MAX_BYTES);
  g_autoptr (GByteArray) input = g_byte_array_new ();

  if (length > 0)
    g_byte_array_append (input, g_bytes_get_data (file, NULL), (guint) length);
  for (int i = g_rand_int_range (random, 1, MAX_STEPS + 1); i > 0; i--)
    vary_once (input, random, pick (files, random));
  give (input->data, MIN (input->len, MAX_BYTES));
}

static void
test_corpus (gconstpointer data)
{
  GPtrArray *files = (GPtrArray *) data;

  g_assert_cmpuint (files->len, >, 0);
  for (guint i = 0; i < files->len; i++)
    give (g_bytes_get_data (g_ptr_array_index (files, i), NULL), g_bytes_get_size (g_ptr_array_index (files, i)));
}

static void
test_variations (gconstpointer data)
{
  GPtrArray *files = (GPtrArray *) data;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  give (NULL, 0);
  for (guint i = 0; i < N_VARIATIONS; i++)
    give_variation (files, random);
}

static void
test_media (gconstpointer data)
{
  const char *root = g_getenv ("DUBROOM_TEST_MEDIA");
  g_autofree char *path = root != NULL ? g_build_filename (root, (const char *) data, NULL) : NULL;
  g_autoptr (GPtrArray) files = load_directory (path);

  if (files->len == 0)
    g_test_skip_printf ("the media collection has no %s here", (const char *) data);
  for (guint i = 0; i < files->len; i++)
    give (g_bytes_get_data (g_ptr_array_index (files, i), NULL), g_bytes_get_size (g_ptr_array_index (files, i)));
}

/* DUBROOM_FUZZ_CORPUS: the directory. An argument: one of the media collection, too. */
int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) files = load_directory (g_getenv ("DUBROOM_FUZZ_CORPUS"));
  int status;

  g_test_init (&argc, &argv, NULL);
  LLVMFuzzerInitialize (&argc, &argv);
  g_test_add_data_func ("/fuzz/corpus", files, test_corpus);
  g_test_add_data_func ("/fuzz/variations", files, test_variations);
  if (argc > 1)
    g_test_add_data_func ("/fuzz/media", argv[1], test_media);
  status = g_test_run ();
  return status;
}
