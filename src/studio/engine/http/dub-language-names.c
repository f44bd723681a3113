/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-language-names.h"

#include <string.h>

#define MAX_LENGTH 40

/* Whisper's languages and what it calls them (its tokenizer.py, LANGUAGES), which OpenAI's transcriptions are told in, and
 * the codes of ISO 639-3, which Apertium has. */
static const struct
{
  const char *code;
  const char *name;
  const char *long_code;
} languages[] = {
  { "en", "english", "eng" },
  { "zh", "chinese", "zho" },
  { "de", "german", "deu" },
  { "es", "spanish", "spa" },
  { "ru", "russian", "rus" },
  { "ko", "korean", "kor" },
  { "fr", "french", "fra" },
  { "ja", "japanese", "jpn" },
  { "pt", "portuguese", "por" },
  { "tr", "turkish", "tur" },
  { "pl", "polish", "pol" },
  { "ca", "catalan", "cat" },
  { "nl", "dutch", "nld" },
  { "ar", "arabic", "ara" },
  { "sv", "swedish", "swe" },
  { "it", "italian", "ita" },
  { "id", "indonesian", "ind" },
  { "hi", "hindi", "hin" },
  { "fi", "finnish", "fin" },
  { "vi", "vietnamese", "vie" },
  { "he", "hebrew", "heb" },
  { "uk", "ukrainian", "ukr" },
  { "el", "greek", "ell" },
  { "ms", "malay", "msa" },
  { "cs", "czech", "ces" },
  { "ro", "romanian", "ron" },
  { "da", "danish", "dan" },
  { "hu", "hungarian", "hun" },
  { "ta", "tamil", "tam" },
  { "no", "norwegian", "nor" },
  { "th", "thai", "tha" },
  { "ur", "urdu", "urd" },
  { "hr", "croatian", "hrv" },
  { "bg", "bulgarian", "bul" },
  { "lt", "lithuanian", "lit" },
  { "la", "latin", "lat" },
  { "mi", "maori", "mri" },
  { "ml", "malayalam", "mal" },
  { "cy", "welsh", "cym" },
  { "sk", "slovak", "slk" },
  { "te", "telugu", "tel" },
  { "fa", "persian", "fas" },
  { "lv", "latvian", "lav" },
  { "bn", "bengali", "ben" },
  { "sr", "serbian", "srp" },
  { "az", "azerbaijani", "aze" },
  { "sl", "slovenian", "slv" },
  { "kn", "kannada", "kan" },
  { "et", "estonian", "est" },
  { "mk", "macedonian", "mkd" },
  { "br", "breton", "bre" },
  { "eu", "basque", "eus" },
  { "is", "icelandic", "isl" },
  { "hy", "armenian", "hye" },
  { "ne", "nepali", "nep" },
  { "mn", "mongolian", "mon" },
  { "bs", "bosnian", "bos" },
  { "kk", "kazakh", "kaz" },
  { "sq", "albanian", "sqi" },
  { "sw", "swahili", "swa" },
  { "gl", "galician", "glg" },
  { "mr", "marathi", "mar" },
  { "pa", "punjabi", "pan" },
  { "si", "sinhala", "sin" },
  { "km", "khmer", "khm" },
  { "sn", "shona", "sna" },
  { "yo", "yoruba", "yor" },
  { "so", "somali", "som" },
  { "af", "afrikaans", "afr" },
  { "oc", "occitan", "oci" },
  { "ka", "georgian", "kat" },
  { "be", "belarusian", "bel" },
  { "tg", "tajik", "tgk" },
  { "sd", "sindhi", "snd" },
  { "gu", "gujarati", "guj" },
  { "am", "amharic", "amh" },
  { "yi", "yiddish", "yid" },
  { "lo", "lao", "lao" },
  { "uz", "uzbek", "uzb" },
  { "fo", "faroese", "fao" },
  { "ht", "haitian creole", "hat" },
  { "ps", "pashto", "pus" },
  { "tk", "turkmen", "tuk" },
  { "nn", "nynorsk", "nno" },
  { "mt", "maltese", "mlt" },
  { "sa", "sanskrit", "san" },
  { "lb", "luxembourgish", "ltz" },
  { "my", "myanmar", "mya" },
  { "bo", "tibetan", "bod" },
  { "tl", "tagalog", "tgl" },
  { "mg", "malagasy", "mlg" },
  { "as", "assamese", "asm" },
  { "tt", "tatar", "tat" },
  { "haw", "hawaiian", "haw" },
  { "ln", "lingala", "lin" },
  { "ha", "hausa", "hau" },
  { "ba", "bashkir", "bak" },
  { "jw", "javanese", "jav" },
  { "su", "sundanese", "sun" },
  { "yue", "cantonese", "yue" },
};

/**
 * dub_language_names_to_code:
 * @word: (nullable): what a server calls a language
 *
 * Returns: (nullable): the code of the language; %NULL where it is not known
 */
const char *
dub_language_names_to_code (const char *word)
{
  g_autofree char *plain = NULL;

  if (word == NULL || strlen (word) > MAX_LENGTH)
    return NULL;
  plain = g_ascii_strdown (word, -1);
  g_strstrip (plain);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (plain, languages[i].name))
      return languages[i].code;

  /* "en-us", "por_br" */
  plain[strcspn (plain, "-_")] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (plain, languages[i].code) || g_str_equal (plain, languages[i].long_code))
      return languages[i].code;
  return NULL;
}

/**
 * dub_language_names_to_long:
 * @code: the code of a language
 *
 * Returns: (nullable): its code in ISO 639-3
 */
const char *
dub_language_names_to_long (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_equal (code, languages[i].code))
      return languages[i].long_code;
  return NULL;
}
