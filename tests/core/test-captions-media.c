/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "captions-support.h"
#include "dub-test-support.h"

static DubScript *
parse_file (const char  *path,
            GError     **error)
{
  g_autofree char *contents = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) fault = NULL;
  gsize size = 0;

  g_file_get_contents (path, &contents, &size, &fault);
  g_assert_no_error (fault);
  bytes = g_bytes_new_take (g_steal_pointer (&contents), size);
  return dub_captions_parse (bytes, error);
}

static gboolean
is_ours (const char *name)
{
  return g_str_has_suffix (name, ".srt") || g_str_has_suffix (name, ".vtt") || g_str_has_suffix (name, ".csv");
}

/* Every file found in the wild is read, and what is written of it is read as the same again; or it is refused for a
 * reason that can be acted on. */
static void
test_all (void)
{
  g_autofree char *folder = dub_test_media ("subs");
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (folder == NULL)
    return;

  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (DubScript) script = parse_file (path, &error);

      if (script == NULL)
        {
          g_assert_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS);
          g_test_message ("%s: %s", name, error->message);
          continue;
        }

      g_test_message ("%s: %u segments", name, dub_script_get_length (script));
      if (!is_ours (name))
        g_test_fail_printf ("%s was taken for subtitles of ours", name);
      for (guint format = DUB_CAPTIONS_SRT; format <= DUB_CAPTIONS_CSV; format++)
        {
          g_autoptr (GBytes) bytes = dub_captions_write (script, format);
          g_autoptr (DubScript) again = dub_captions_parse (bytes, &error);

          g_assert_no_error (error);
          g_assert_true (dub_script_equal (script, again));
        }
    }
}

typedef struct
{
  const char *name;
  guint segments;   /* 0 where it has to be refused */
  const char *says; /* the first text, or a part of the sentence */
} Expected;

static const Expected expected[] = {
  { "subs/exoplayer__typical_extra_blank_line.srt", 3, "This is the first subtitle." },
  { "subs/exoplayer__typical_no_hours_and_millis.srt", 3, "This is the first subtitle." },
  { "subs/exoplayer__typical_with_byte_order_mark.srt", 3, "This is the first subtitle." },
  { "subs/exoplayer__typical_utf16be.srt", 3, "This is the first subtitle." },
  { "subs/mantasdone__utf16.srt", 1, "ترجمه و تنظيم زيرنويس" },
  { "subs/srt2vtt__example.srt", 2, "𝄞!" },
  { "subs/subtitleconverter__badIndexSequence.srt", 2, "Beijing, hazy sky" },
  { "subs/subtitleconverter__badTimecodeOverlap.srt", 3, "Beijing, hazy sky" },
  { "subs/mantasdone__vtt_with_name.vtt", 1, "We are in New York City" },
  { "subs/mantasdone__vtt_with_missing_text.vtt", 2, "one" },
  { "subs/exoplayer__with_rubies.vtt", 4, "Some text with over-ruby." },
  { "subs/exoplayer__empty.srt", 0, "empty" },
  { "subs/exoplayer__typical_missing_timecode.srt", 0, "line 5 has no times" },
  { "subs/exoplayer__with_bad_cue_header.vtt", 0, "Line 6 should have times" },
  { "subs/subtitleconverter__badFirstEntry.srt", 0, "Line 2 is text without times" },
  { "subs/srt2vtt__test_data_understand-cp1252.srt", 0, "Line 3 is written in an encoding other than UTF-8" },
  { "subs/srt2vtt__test_data_preserve-broken-utf8.vtt", 0, "Line 7 is written in an encoding other than UTF-8" },
  { "subs/srt2vtt__test_data_utf32le.srt", 0, "UTF-32" },
  { "subs/subtitleconverter__goodVTT2.vtt", 1170, "(celestial music)" },
  { "subs/gaupol__ass.ass", 0, "not a subtitle file" },
  { "subs/exoplayer__rubies.xml.ttml", 0, "not a subtitle file" },
};

static void
test_expected (gconstpointer data)
{
  const Expected *wanted = data;
  g_autofree char *path = dub_test_media (wanted->name);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubScript) script = NULL;

  if (path == NULL)
    return;

  script = parse_file (path, &error);
  if (wanted->segments == 0)
    {
      g_assert_error (error, DUB_ERROR, DUB_ERROR_CAPTIONS);
      g_assert_nonnull (strstr (error->message, wanted->says));
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (dub_script_get_length (script), ==, wanted->segments);
  g_assert_cmpstr (dub_segment_get_text (dub_script_get_segment (script, 0)), ==, wanted->says);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/captions-media/all", test_all);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *path = g_strconcat ("/core/captions-media/", expected[i].name, NULL);

      g_test_add_data_func (path, &expected[i], test_expected);
    }
  return g_test_run ();
}
