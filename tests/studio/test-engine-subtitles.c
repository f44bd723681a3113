/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How subtitles are divided into lines, shared out in time, and drawn. */

#include <math.h>
#include <string.h>
#include <time.h>
#include "dub-job.h"
#include "dub-subtitle-box.h"
#include "dub-subtitle-lines.h"
#include "dub-subtitle-ruler.h"
#include "dub-subtitle-style.h"
#include "subtitle-examples.h"

#define SHORTEST_MS 800

static const struct
{
  int width;
  int height;
} sizes[] = { { 1920, 1080 }, { 1080, 1920 }, { 640, 360 }, { 360, 640 }, { 1080, 1080 }, { 256, 144 } };

static DubScript *
lay (DubScript *script, const char *language, int width, int height)
{
  return dub_subtitle_lines_new (script, dub_language_from_code (language), width, height);
}

static DubScript *
lay_text (const char *text, const char *language, double end_ms)
{
  g_autoptr (DubScript) script = dub_script_new ();

  dub_script_append (script, text, 0, end_ms);
  return lay (script, language, 1920, 1080);
}

static const char *
text_at (DubScript *lines, guint index)
{
  return dub_segment_get_text (dub_script_get_segment (lines, index));
}

static void
append_without_blanks (GString *all, const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isspace (g_utf8_get_char (c)))
      g_string_append_unichar (all, g_utf8_get_char (c));
}

static void
check_same_text (DubScript *lines, const char *text)
{
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GString) after = g_string_new (NULL);

  append_without_blanks (before, text);
  for (guint i = 0; i < dub_script_get_length (lines); i++)
    append_without_blanks (after, text_at (lines, i));
  g_assert_cmpstr (before->str, ==, after->str);
}

static void
check_one_after_the_other (DubScript *lines, double shortest_ms)
{
  double end = 0;

  for (guint i = 0; i < dub_script_get_length (lines); i++)
    {
      DubSegment *line = dub_script_get_segment (lines, i);

      g_assert_cmpfloat (dub_segment_get_start (line), >=, end);
      end = dub_segment_get_end (line);
      g_assert_cmpfloat (end - dub_segment_get_start (line), >=, shortest_ms);
    }
}

static void
check_lines (DubScript *lines, const char *language, int width, int height)
{
  DubSubtitleStyle style;

  dub_subtitle_style_init (&style, language, width, height);
  for (guint i = 0; i < dub_script_get_length (lines); i++)
    {
      g_auto (GStrv) parts = g_strsplit (text_at (lines, i), "\n", -1);

      g_assert_cmpuint (g_strv_length (parts), <=, DUB_SUBTITLE_MAX_LINES);
      for (guint j = 0; parts[j] != NULL; j++)
        {
          g_autoptr (DubSubtitleRuler) ruler = dub_subtitle_ruler_new (parts[j], language, style.font_size);

          g_assert_cmpuint (ruler->n_chars, >, 0);
          /* Letters may stand closer or wider beside a blank that is no longer there. */
          g_assert_cmpfloat (ruler->widths[ruler->n_chars], <=, style.line_width + style.font_size / 10);
        }
    }
}

static void
test_lines_of_all_languages (void)
{
  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      {
        g_autoptr (DubScript) script = dub_script_new ();
        g_autoptr (DubScript) lines = NULL;

        dub_script_append (script, subtitle_example (*l), 1000, 11000);
        lines = lay (script, dub_language_get_code (*l), sizes[i].width, sizes[i].height);
        g_assert_cmpuint (dub_script_get_length (lines), >=, 2);
        g_assert_cmpuint (dub_script_get_length (lines), <=, 6);
        g_assert_cmpfloat (dub_segment_get_start (dub_script_get_segment (lines, 0)), ==, 1000);
        g_assert_cmpfloat (
            dub_segment_get_end (dub_script_get_segment (lines, dub_script_get_length (lines) - 1)), ==, 11000);
        check_same_text (lines, subtitle_example (*l));
        check_one_after_the_other (lines, SHORTEST_MS);
        check_lines (lines, dub_language_get_code (*l), sizes[i].width, sizes[i].height);
      }
}

/* No line of Japanese begins with what closes or ends something, or with a small letter, nor ends with what opens. */
static void
test_japanese_line_ends (void)
{
  const char *text = "ショッピングモール、「ディスカウント」（３０％オフ）でキャッシュレス決済。ちょっと待って！チェックしてくださいね。";

  for (int width = 240; width < 1920; width += 60)
    {
      g_autoptr (DubScript) script = dub_script_new ();
      g_autoptr (DubScript) lines = NULL;

      dub_script_append (script, text, 0, 20000);
      lines = lay (script, "ja", width, 1080);
      for (guint i = 0; i < dub_script_get_length (lines); i++)
        {
          g_auto (GStrv) parts = g_strsplit (text_at (lines, i), "\n", -1);

          for (guint j = 0; parts[j] != NULL; j++)
            {
              const char *last = g_utf8_prev_char (parts[j] + strlen (parts[j]));

              g_assert_null (g_utf8_strchr ("、。！）」％ー", -1, g_utf8_get_char (parts[j])));
              g_assert_null (g_utf8_strchr ("「（", -1, g_utf8_get_char (last)));
            }
        }
      check_same_text (lines, text);
    }
}

/* Lines of Korean end between words only. */
static void
test_korean_line_ends (void)
{
  const DubLanguage *korean = dub_language_from_code ("ko");
  g_auto (GStrv) words = g_strsplit (subtitle_example (korean), " ", -1);
  g_autoptr (DubScript) lines = lay_text (subtitle_example (korean), "ko", 10000);

  for (guint i = 0; i < dub_script_get_length (lines); i++)
    {
      g_auto (GStrv) parts = g_strsplit_set (text_at (lines, i), " \n", -1);

      for (guint j = 0; parts[j] != NULL; j++)
        g_assert_true (g_strv_contains ((const char *const *) words, parts[j]));
    }
}

/* Thai has no blanks between words: a line ends at a word's end all the same. */
static void
test_thai_line_ends (void)
{
  static const char *const words[] = { "กาแฟ", "อร่อย", "มาก", "ทุก", "เช้า", NULL };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (DubScript) lines = NULL;

  for (guint i = 0; i < 30; i++)
    g_string_append (text, words[i % 5]);
  lines = lay_text (text->str, "th", 20000);
  g_assert_cmpuint (dub_script_get_length (lines), >=, 2);
  for (guint i = 0; i < dub_script_get_length (lines); i++)
    {
      g_auto (GStrv) parts = g_strsplit (text_at (lines, i), "\n", -1);

      for (guint j = 0; parts[j] != NULL; j++)
        {
          gboolean at_word = FALSE;

          for (guint k = 0; words[k] != NULL; k++)
            at_word |= g_str_has_prefix (parts[j], words[k]);
          g_assert_true (at_word);
        }
    }
  check_same_text (lines, text->str);
}

static void
test_sentences_first (void)
{
  g_autoptr (DubScript) lines = lay_text ("This is the first sentence, which is of a good length. This is the second sentence, "
                                          "which is about as long.",
                                          "en", 6000);

  g_assert_cmpuint (dub_script_get_length (lines), ==, 2);
  g_assert_cmpstr (text_at (lines, 0), ==, "This is the first sentence,\nwhich is of a good length.");
  g_assert_cmpstr (text_at (lines, 1), ==, "This is the second sentence,\nwhich is about as long.");
  g_assert_cmpfloat_with_epsilon (dub_segment_get_end (dub_script_get_segment (lines, 0)), 6000 * 54.0 / 106, 100);
}

static void
test_own_line_ends (void)
{
  g_autoptr (DubScript) lines = lay_text ("– Have you tried it, by the way?\r\n– No, not yet, but I will try it today.", "en", 3000);
  g_autoptr (DubScript) short_lines = lay_text ("  One\ttwo\u2028three \n", "en", 3000);

  g_assert_cmpuint (dub_script_get_length (lines), ==, 1);
  g_assert_cmpstr (text_at (lines, 0), ==, "– Have you tried it, by the way?\n– No, not yet, but I will try it today.");
  g_assert_cmpstr (text_at (short_lines, 0), ==, "One two three");
}

static void
test_long_word (void)
{
  g_autofree char *word = g_strnfill (130, 'n');
  g_autoptr (DubScript) lines = lay_text (word, "de", 6000);

  g_assert_cmpuint (dub_script_get_length (lines), >=, 2);
  check_same_text (lines, word);
  check_lines (lines, "de", 1920, 1080);
}

/* There is no time for three subtitles: the letters are smaller, as far as they can be read. */
static void
test_little_time (void)
{
  const char *text = "Nuestro nuevo café está fresco cada mañana, y viene de las altas montañas de Etiopía, pídelo hoy en nuestro "
                     "sitio o en la tienda.";
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (DubScript) enough = NULL;
  g_autoptr (DubScript) little = NULL;

  dub_script_append (script, text, 0, 6000);
  enough = lay (script, "es", 1080, 1920);
  g_assert_cmpuint (dub_script_get_length (enough), ==, 3);
  check_one_after_the_other (enough, SHORTEST_MS);
  g_clear_object (&script);
  script = dub_script_new ();
  dub_script_append (script, text, 0, 1700);
  little = lay (script, "es", 1080, 1920);
  g_assert_cmpuint (dub_script_get_length (little), ==, 2);
  check_one_after_the_other (little, SHORTEST_MS);
  check_same_text (little, text);
}

static void
test_overlaps (void)
{
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (DubScript) lines = NULL;

  dub_script_append (script, "One.", 0, 5000);
  dub_script_append (script, "Two.", 2000, 3000);
  dub_script_append (script, "Three.", 2000, 6000);
  dub_script_append (script, "Four.", 2100, 2200);
  dub_script_append (script, "Five.", 7000, 8000);
  lines = lay (script, "en", 640, 360);
  g_assert_cmpuint (dub_script_get_length (lines), ==, 5);
  check_one_after_the_other (lines, SHORTEST_MS);
  g_assert_cmpfloat (dub_segment_get_end (dub_script_get_segment (lines, 0)), ==, 2000);
  g_assert_cmpfloat (dub_segment_get_end (dub_script_get_segment (lines, 3)), ==, 6000);
  g_assert_cmpfloat (dub_segment_get_start (dub_script_get_segment (lines, 4)), ==, 7000);
}

/* Whatever a script holds, in a time in proportion to it. */
static void
test_without_end (void)
{
  g_autofree char *word = g_strnfill (100 * 1000, 'w');
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (DubScript) of_a_word = NULL;
  g_autoptr (DubScript) of_words = NULL;
  clock_t began = clock ();

  while (words->len < 100 * 1000)
    g_string_append (words, "pídelo hoy en nuestro sitio ");
  of_a_word = lay_text (word, "es", 1000);
  of_words = lay_text (words->str, "es", 1000);
  check_same_text (of_a_word, word);
  check_same_text (of_words, words->str);
  g_assert_cmpfloat ((double) (clock () - began) / CLOCKS_PER_SEC, <, 20);
}

static guint8
brightness (const DubSubtitleBox *box, int x, int y)
{
  return box->pixels[(gsize) y * box->stride + x * 4 + 1];
}

static void
check_box (const char *text, const char *language, int width, int height)
{
  DubSubtitlePicture picture = { width, height, 1 };
  g_autoptr (DubSubtitleBox) box = dub_subtitle_box_new (text, language, &picture);
  gsize n_dark = 0;

  g_test_message ("%s: %dx%d at %d,%d", language, box->width, box->height, box->x, box->y);
  g_assert_cmpint (box->x, >=, width / 20);
  g_assert_cmpint (box->x + box->width, <=, width - width / 20);
  g_assert_cmpint (box->y, >, height / 2);
  g_assert_cmpint (box->y + box->height, <=, height - height / 20);
  g_assert_cmpint (box->height, <, MIN (width, height) * 0.22);
  for (int x = 0; x < box->width; x++)
    {
      g_assert_cmpint (brightness (box, x, 0), ==, 255);
      g_assert_cmpint (brightness (box, x, box->height - 1), ==, 255);
    }
  for (int y = 0; y < box->height; y++)
    {
      g_assert_cmpint (brightness (box, 0, y), ==, 255);
      g_assert_cmpint (brightness (box, box->width - 1, y), ==, 255);
      for (int x = 0; x < box->width; x++)
        n_dark += brightness (box, x, y) < 64;
    }
  g_assert_cmpuint (n_dark, >, (gsize) box->width * box->height / 50);
}

static void
test_box (void)
{
  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    for (guint i = 0; i < 5; i++)
      {
        g_autoptr (DubScript) script = dub_script_new ();
        g_autoptr (DubScript) lines = NULL;

        dub_script_append (script, subtitle_example (*l), 0, 9000);
        lines = lay (script, dub_language_get_code (*l), sizes[i].width, sizes[i].height);
        for (guint j = 0; j < dub_script_get_length (lines); j++)
          check_box (text_at (lines, j), dub_language_get_code (*l), sizes[i].width, sizes[i].height);
      }
}

static void
test_box_stays_inside (void)
{
  static const DubSubtitlePicture pictures[] = { { 320, 240, 1 }, { 16, 16, 1 },  { 2, 2, 1 },     { 1, 900, 1 },
                                                 { 900, 1, 1 },   { 64, 64, 20 }, { 64, 64, 0.05 } };
  g_autofree char *endless = g_strnfill (4000, 'w');

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      g_autoptr (DubSubtitleBox) box = dub_subtitle_box_new (endless, "en", &pictures[i]);
      g_autoptr (DubSubtitleBox) tags = dub_subtitle_box_new ("Hello <b>&amp;</b>\nyou", "en", &pictures[i]);

      g_assert_cmpint (box->x, >=, 0);
      g_assert_cmpint (box->y, >=, 0);
      g_assert_cmpint (box->x + box->width, <=, pictures[i].width);
      g_assert_cmpint (box->y + box->height, <=, pictures[i].height);
      g_assert_cmpint (tags->x + tags->width, <=, pictures[i].width);
      g_assert_cmpint (tags->y + tags->height, <=, pictures[i].height);
    }
}

/* Pixels that are seen twice as wide: letters that are seen as they are must be half as wide. */
static void
test_box_on_wide_pixels (void)
{
  DubSubtitlePicture square = { 1280, 720, 1 };
  DubSubtitlePicture wide = { 640, 720, 2 };
  g_autoptr (DubSubtitleBox) box = dub_subtitle_box_new ("Our new coffee.", "en", &square);
  g_autoptr (DubSubtitleBox) narrow = dub_subtitle_box_new ("Our new coffee.", "en", &wide);

  g_assert_cmpint (box->height, ==, narrow->height);
  g_assert_cmpint (ABS (box->width - 2 * narrow->width), <=, 2);
}

static double
dark_centre (const char *text, const char *language)
{
  DubSubtitlePicture picture = { 1920, 1080, 1 };
  g_autoptr (DubSubtitleBox) box = dub_subtitle_box_new (text, language, &picture);
  double sum = 0, n_dark = 0;

  for (int y = 0; y < box->height; y++)
    for (int x = 0; x < box->width; x++)
      if (brightness (box, x, y) < 64)
        {
          sum += x;
          n_dark++;
        }
  return sum / n_dark / box->width;
}

/* A line of Arabic goes from right to left, even where it begins with a name in Latin: here, the dots are at its end. */
static void
test_direction (void)
{
  g_assert_cmpfloat (dark_centre ("MMM . . . . . . . .", "en"), <, 0.4);
  g_assert_cmpfloat (dark_centre ("MMM . . . . . . . .", "ar"), >, 0.6);
}

/* A character of private use, which no font has, is told from what is written in all languages. */
static void
test_font (void)
{
  g_autoptr (GError) error = NULL;

  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    {
      g_assert_true (dub_subtitle_box_check (subtitle_example (*l), dub_language_get_code (*l), &error));
      g_assert_no_error (error);
    }
  g_assert_true (dub_subtitle_box_check ("One\001\ntwo\u00a0\u2060\u200f.", "en", NULL));
  g_assert_false (dub_subtitle_box_check ("Hello \U0010fffd.", "en", &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "“\U0010fffd”"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/subtitles/lines-of-all-languages", test_lines_of_all_languages);
  g_test_add_func ("/engine/subtitles/japanese-line-ends", test_japanese_line_ends);
  g_test_add_func ("/engine/subtitles/korean-line-ends", test_korean_line_ends);
  g_test_add_func ("/engine/subtitles/thai-line-ends", test_thai_line_ends);
  g_test_add_func ("/engine/subtitles/sentences-first", test_sentences_first);
  g_test_add_func ("/engine/subtitles/own-line-ends", test_own_line_ends);
  g_test_add_func ("/engine/subtitles/long-word", test_long_word);
  g_test_add_func ("/engine/subtitles/little-time", test_little_time);
  g_test_add_func ("/engine/subtitles/overlaps", test_overlaps);
  g_test_add_func ("/engine/subtitles/without-end", test_without_end);
  g_test_add_func ("/engine/subtitles/box", test_box);
  g_test_add_func ("/engine/subtitles/box-stays-inside", test_box_stays_inside);
  g_test_add_func ("/engine/subtitles/box-on-wide-pixels", test_box_on_wide_pixels);
  g_test_add_func ("/engine/subtitles/direction", test_direction);
  g_test_add_func ("/engine/subtitles/font", test_font);
  return g_test_run ();
}
