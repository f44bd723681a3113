/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-espeak-skills.h"

#include <glib/gi18n-lib.h>

#include "dub-reading.h"

/* Text with all its vowel signs has two for three letters and more (long vowels are letters); one word with a
 * single sign has less. */
#define LETTERS_A_SIGN 3

/* Short vowels, their doubled forms, shadda, sukun (U+064B to U+0652) and the small alef. */
static gboolean
is_vowel_sign (gunichar c)
{
  return (c >= 0x064b && c <= 0x0652) || c == 0x0670;
}

static gboolean
has_vowels (const char *text)
{
  guint n_letters = 0, n_signs = 0;

  for (; text != NULL && *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      n_signs += is_vowel_sign (c);
      n_letters += g_unichar_isalpha (c) && g_unichar_get_script (c) == G_UNICODE_SCRIPT_ARABIC;
    }
  return text != NULL && n_signs * LETTERS_A_SIGN >= n_letters;
}

/* The words are not divided by blanks, and eSpeak NG has no dictionary to divide them, nor the tones: what it
 * says is no Thai. */
static DubVoiceQuality
refuse_thai (char **why)
{
  *why = g_strdup (_("The built-in voice cannot speak Thai so that anybody would understand it. Choose a speech engine "
                     "on another computer in Preferences, or use the dubbing service."));
  return DUB_VOICE_NONE;
}

static DubVoiceQuality
judge_arabic (const char *text, char **why)
{
  if (has_vowels (text))
    return DUB_VOICE_GOOD;
  *why = g_strdup (_("Arabic is written without its short vowels, and the built-in voice has to guess them: parts of it "
                     "may be hard to understand. A script with all vowel signs is spoken better."));
  return DUB_VOICE_POOR;
}

static DubVoiceQuality
judge_japanese (char **why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubReading) reading = dub_reading_new ("", &error);

  if (reading != NULL)
    return DUB_VOICE_GOOD;
  *why = g_strdup (error->message);
  return DUB_VOICE_NONE;
}

/**
 * dub_espeak_skills_serves:
 * @speaker: unused
 * @language: one of the 13
 * @text: (nullable): what is to be said
 * @why: (out) (nullable): what a person should know
 *
 * Returns: how well @text can be understood
 */
DubVoiceQuality
dub_espeak_skills_serves (DubSpeaker *speaker, const DubLanguage *language, const char *text, char **why)
{
  const char *code = dub_language_get_code (language);

  if (g_str_equal (code, "th"))
    return refuse_thai (why);
  if (g_str_equal (code, "ar"))
    return judge_arabic (text, why);
  if (g_str_equal (code, "ja"))
    return judge_japanese (why);
  return DUB_VOICE_GOOD;
}
