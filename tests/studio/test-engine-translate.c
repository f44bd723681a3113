/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The stage that translates: the routes, the division into segments whatever is in them, and what it does not serve. */

#include <gio/gio.h>
#include <string.h>
#include "dub-apertium-text.h"
#include "dub-apertium-translator.h"
#include "dub-command.h"
#include "dub-job.h"
#include "dub-studio-skills.h"
#include "dub-test-support.h"

static const char *const languages[] = { "en", "es", "fr", "it", "pt" };

typedef struct
{
  double last;
  gboolean went_back;
} Told;

static void
on_progress (const char *stage, double fraction, gpointer user_data)
{
  Told *told = user_data;

  told->went_back |= fraction < told->last;
  told->last = fraction;
}

static DubScript *
translate (DubScript *script, const char *from, const char *to, GError **error)
{
  g_autoptr (DubTranslator) translator = dub_apertium_translator_new ();
  Told told = { 0 };
  g_autoptr (DubProgress) progress = dub_progress_new (on_progress, &told);
  DubScript *translated;

  dub_progress_begin (progress, "translate", 1);
  translated = dub_translator_translate (translator, script, from, dub_language_from_code (to), progress, error);
  g_assert_false (told.went_back);
  if (translated != NULL)
    g_assert_cmpfloat (told.last, <=, 1);
  return translated;
}

static const char *
text_at (DubScript *script, guint index)
{
  return dub_segment_get_text (dub_script_get_segment (script, index));
}

static void
assert_same_times (DubScript *a, DubScript *b)
{
  g_assert_cmpuint (dub_script_get_length (a), ==, dub_script_get_length (b));
  for (guint i = 0; i < dub_script_get_length (a); i++)
    {
      DubSegment *one = dub_script_get_segment (a, i), *other = dub_script_get_segment (b, i);

      g_assert_cmpfloat (dub_segment_get_start (one), ==, dub_segment_get_start (other));
      g_assert_cmpfloat (dub_segment_get_end (one), ==, dub_segment_get_end (other));
    }
}

/* Each in each other, and none in itself. */
static void
test_all_pairs (void)
{
  static const struct
  {
    const char *text;
    const char *word;
  } sentences[] = {
    { "Our water is cold.", "water" }, { "Nuestra agua está fría.", "agua" },
    { "Notre eau est froide.", "eau" },   { "La nostra acqua è fredda.", "acqua" },
    { "Nossa água está fria.", "água" },
  };

  for (guint from = 0; from < G_N_ELEMENTS (languages); from++)
    for (guint to = 0; to < G_N_ELEMENTS (languages); to++)
      {
        g_autoptr (DubScript) script = dub_script_new ();
        g_autoptr (DubScript) translated = NULL;
        g_autoptr (GError) error = NULL;

        dub_script_append (script, sentences[from].text, 100, 2900);
        translated = translate (script, languages[from], languages[to], &error);
        if (from == to)
          {
            g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE);
            continue;
          }
        g_assert_no_error (error);
        assert_same_times (script, translated);
        g_test_message ("%s to %s: %s", languages[from], languages[to], text_at (translated, 0));
        g_assert_nonnull (strstr (text_at (translated, 0), sentences[to].word));
        g_assert_null (strpbrk (text_at (translated, 0), "*@#"));
      }
}

/* The remarks are of what was heard: they stay with it, and the translation has none. */
static void
test_remarks_stay (void)
{
  g_autoptr (DubSegment) segment = dub_segment_new ("Our coffee is fresh.", 100, 900);
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (DubScript) translated = NULL;
  g_autoptr (GError) error = NULL;
  DubRemarks *remarks = dub_remarks_new ();

  remarks->confidence = 0.5;
  dub_remarks_add_doubt (remarks, 4, 10);
  dub_segment_set_remarks (segment, remarks);
  dub_script_add_segment (script, segment);
  dub_script_append (script, "When the time reaches forty seconds I will say banana.", 2000, 2900);
  translated = translate (script, "en", "es", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dub_segment_get_remarks (dub_script_get_segment (script, 0))->doubts->len, ==, 1);
  g_assert_true (dub_remarks_is_empty (dub_segment_get_remarks (dub_script_get_segment (translated, 0))));
  g_assert_null (strstr (text_at (translated, 1), "  "));
}

static void
test_serves (void)
{
  g_autoptr (DubTranslator) translator = dub_apertium_translator_new ();
  g_autoptr (GError) same = NULL;
  g_autoptr (GError) into = NULL;
  g_autoptr (GError) from = NULL;
  guint n_served = 0;

  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    {
      for (const DubLanguage *const *m = dub_language_get_all (); *m != NULL; m++)
        n_served += dub_translator_serves (translator, dub_language_get_code (*l), *m, NULL);
      /* What is said before a dub is begun. */
      g_assert_true (dub_translator_serves (translator, "en", *l, NULL) == dub_studio_translates (NULL, *l));
    }
  g_assert_cmpuint (n_served, ==, 20);

  g_assert_false (dub_translator_serves (translator, "fr", dub_language_from_code ("fr"), &same));
  g_assert_error (same, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE);
  g_assert_nonnull (strstr (same->message, "already"));
  g_assert_false (dub_translator_serves (translator, "en", dub_language_from_code ("de"), &into));
  g_assert_error (into, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE);
  g_assert_nonnull (strstr (into->message, "into German"));
  g_assert_false (dub_translator_serves (translator, "ru", dub_language_from_code ("es"), &from));
  g_assert_error (from, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE);
  g_assert_nonnull (strstr (from->message, "language of this video"));
}

/* Without the program, the packages are named. */
static void
test_not_installed (void)
{
  g_autoptr (DubTranslator) translator = dub_apertium_translator_new ();
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  g_autoptr (GError) error = NULL;

  g_setenv ("PATH", "/nonexistent", TRUE);
  g_assert_false (dub_translator_serves (translator, "en", dub_language_from_code ("fr"), &error));
  g_setenv ("PATH", path, TRUE);
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "apertium"));
}

/* Whatever is in a segment, the others keep their texts, and none is empty. */
static void
test_hostile (void)
{
  g_autofree char *word = g_strnfill (5000, 'x');
  g_autoptr (GString) sentence = g_string_new ("Coffee");
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (DubScript) translated = NULL;
  g_autoptr (GError) error = NULL;
  guint last;

  while (sentence->len < 5000)
    g_string_append (sentence, " and coffee");
  const char *const texts[] = {
    "One coffee.",
    "Two\n\n\ncoffees.\r\n\r\nAnd\ttea\001\033[0m\u2028\u2029\302\205here.",
    "^coffee<n>$ [tea] <b>cup</b> @home \\n a/b {x} ~t *star #hash",
    "[", "]", "^", "$", "@", "\\", "{}", "…", "♪♫", "\"", "[[t:b:x]]", "^a/b<n><sg>$", "[<b>", "\\n\\n", "*", "#*@coffee",
    word, sentence->str, "Mr. A. B. said:", "кофе 咖啡 قهوة", "Coffee\xff\xfe.", "Last coffee.",
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      dub_script_append (script, texts[i], 1000 * i, 1000 * i + 900);
      dub_script_append (script, "We drink coffee.", 1000 * i + 900, 1000 * i + 1000);
    }
  translated = translate (script, "en", "es", &error);
  g_assert_no_error (error);
  assert_same_times (script, translated);
  last = dub_script_get_length (script) - 1;
  for (guint i = 0; i <= last; i++)
    {
      g_assert_cmpstr (text_at (translated, i), !=, "");
      g_assert_true (g_utf8_validate (text_at (translated, i), -1, NULL));
      g_assert_null (strpbrk (text_at (translated, i), "\n\r\t\001\033"));
      if (i % 2 == 1)
        g_assert_nonnull (strstr (text_at (translated, i), "ebemos"));
    }
  g_assert_nonnull (strstr (text_at (translated, 0), "café"));
  g_assert_cmpstr (text_at (translated, 22), ==, "♪♫");
  g_assert_nonnull (strstr (text_at (translated, last - 1), "café"));
}

/* An apertium that loses some texts and divides others: found out, and each text is still at its own time. */
static void
test_lost_division (void)
{
  static const char program[] = "#!/bin/sh\nsed -e 's/.*lost.*//' -e 's/\\(.*\\) twice/\\1\\n\\nagain/' -e 's/^one/un/'\n";
  g_autofree char *dir = dub_test_make_dir ();
  g_autofree char *file = g_build_filename (dir, "apertium", NULL);
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  g_autofree char *changed = g_strconcat (dir, ":", path, NULL);
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (DubScript) translated = NULL;
  g_autoptr (GError) error = NULL;
  static const char *const texts[] = { "one", "lost word", "one cup", "one twice", "one more", "twice lost" };
  static const char *const answers[] = { "un", "lost word", "un cup", "un again", "un more", "twice lost" };

  g_assert_true (g_file_set_contents_full (file, program, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    dub_script_append (script, texts[i], 1000 * i, 1000 * i + 900);
  g_setenv ("PATH", changed, TRUE);
  translated = translate (script, "en", "es", &error);
  g_setenv ("PATH", path, TRUE);
  dub_test_remove_dir (g_steal_pointer (&dir));

  g_assert_no_error (error);
  assert_same_times (script, translated);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpstr (text_at (translated, i), ==, answers[i]);
}

static void
test_line (void)
{
  g_autofree char *line = dub_apertium_text_line (" \n a\r\n\r\nb\u2028c \001 d\u00a0e ");
  g_autofree char *empty = dub_apertium_text_line (" \n\t\001");
  g_autofree char *mended = dub_apertium_text_line ("a\xff");

  g_assert_cmpstr (line, ==, "a b c d e");
  g_assert_cmpstr (empty, ==, "");
  g_assert_cmpstr (mended, ==, "a\ufffd");
}

/* It is stopped in time, also while something that it has started holds its output open. */
static void
test_hung (void)
{
  static const char *const argv[] = { "sh", "-c", "cat >/dev/null; sleep 30", NULL };
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  g_assert_null (dub_command_filter (argv, "text", 200, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 15 * G_USEC_PER_SEC);
}

static void
test_command (void)
{
  static const char *const cat[] = { "cat", NULL };
  static const char *const fails[] = { "false", NULL };
  static const char *const garbage[] = { "printf", "\\377\\376", NULL };
  static const char *const absent[] = { "/nonexistent/program", NULL };
  g_autofree char *answer = dub_command_filter (cat, "é\n", 60000, NULL);

  g_assert_cmpstr (answer, ==, "é\n");
  g_assert_null (dub_command_filter (fails, "", 60000, NULL));
  g_assert_null (dub_command_filter (garbage, "", 60000, NULL));
  g_assert_null (dub_command_filter (absent, "", 60000, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/translate/all-pairs", test_all_pairs);
  g_test_add_func ("/engine/translate/remarks-stay", test_remarks_stay);
  g_test_add_func ("/engine/translate/serves", test_serves);
  g_test_add_func ("/engine/translate/not-installed", test_not_installed);
  g_test_add_func ("/engine/translate/hostile", test_hostile);
  g_test_add_func ("/engine/translate/lost-division", test_lost_division);
  g_test_add_func ("/engine/translate/line", test_line);
  g_test_add_func ("/engine/translate/hung", test_hung);
  g_test_add_func ("/engine/translate/command", test_command);
  return g_test_run ();
}
