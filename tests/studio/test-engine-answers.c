/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What engines over HTTP answer, as it is read: it may be anything. */

#include <string.h>
#include "dub-heard-script.h"
#include "dub-http-near.h"
#include "dub-http-words.h"
#include "dub-language-names.h"
#include "dub-transcription-answer.h"
#include "dub-translation-answer.h"
#include "dub-wav.h"
#include "engines-fixture.h"

#define DURATION_MS 60000.0

static DubHeard *
read_transcript (const char *text, char **fault)
{
  g_autoptr (GBytes) body = engines_test_bytes (text);

  return dub_transcription_answer_read (body, DURATION_MS, fault);
}

static void
check_wrong_transcript (const char *segments, const char *part)
{
  g_autofree char *text = g_strdup_printf ("{\"language\": \"english\", \"segments\": [%s]}", segments);
  g_autofree char *fault = NULL;
  g_autoptr (DubHeard) heard = read_transcript (text, &fault);

  g_assert_null (heard);
  g_assert_nonnull (fault);
  g_test_message ("%s", fault);
  g_assert_nonnull (strstr (fault, part));
}

static void
test_wrong_transcripts (void)
{
  g_autofree char *word = g_strnfill (1000 * 1000, 'a');
  g_autofree char *endless = g_strdup_printf ("{\"start\": 0, \"end\": 1, \"text\": \"%s\"}", word);

  check_wrong_transcript ("{\"start\": -5, \"end\": 1, \"text\": \"a\"}", "segments[0].start: is negative");
  check_wrong_transcript ("{\"start\": 2, \"end\": 1, \"text\": \"a\"}", "segments[0].end: is before its start");
  check_wrong_transcript ("{\"start\": 0, \"end\": 1e300, \"text\": \"a\"}", "is beyond the end of the sound");
  check_wrong_transcript ("{\"start\": 0, \"end\": 1e999, \"text\": \"a\"}", "end: is not a number");
  check_wrong_transcript ("{\"start\": 0, \"end\": NaN, \"text\": \"a\"}", "is not JSON");
  check_wrong_transcript ("{\"start\": \"x\", \"end\": 1, \"text\": \"a\"}", "start: is not a number");
  check_wrong_transcript ("{\"start\": 0, \"end\": 1, \"text\": 5}", "text: is not a string");
  check_wrong_transcript ("{\"start\": 0, \"end\": 1}", "text: is missing");
  check_wrong_transcript ("{\"start\": 2, \"end\": 3, \"text\": \"a\"}, {\"start\": 1, \"end\": 2, \"text\": \"b\"}",
                          "segments[1].start: is before that of the one before it");
  check_wrong_transcript ("5", "segments[0]: is not an object");
  check_wrong_transcript (endless, "is longer than anybody can say");
  check_wrong_transcript ("{\"start\": 0, \"end\": 1, \"text\": \"\\u0000\"}", "zero character");
  check_wrong_transcript ("{\"start\": 0, \"end\": 1, \"text\": \"a\", \"words\": [5]}", "words[0]: is not an object");
  check_wrong_transcript ("], \"segments\": 5, \"x\": [", "segments: is not an array");
}

static void
test_wrong_wholes (void)
{
  static const char *const texts[] = {
    "", "null", "5", "[]", "{}", "{\"text\": \"Hello.\"}", "{\"segments\": {}}", "{\"segments\": [", "\xff\xfe",
    "{\"language\": \"klingon\", \"segments\": [{\"start\": 0, \"end\": 1, \"text\": \"nuqneH\"}]}",
    "{\"segments\": [{\"start\": 0, \"end\": 1, \"text\": \"No language.\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *fault = NULL;
      g_autoptr (DubHeard) heard = read_transcript (texts[i], &fault);

      g_assert_null (heard);
      g_assert_nonnull (fault);
    }
}

static DubScript *
to_script (const char *language, const char *members)
{
  g_autofree char *text = g_strdup_printf ("{\"language\": \"%s\", %s}", language, members);
  g_autofree char *fault = NULL;
  g_autoptr (DubHeard) heard = read_transcript (text, &fault);

  g_assert_cmpstr (fault, ==, NULL);
  return dub_heard_to_script (heard, DURATION_MS);
}

static void
assert_segment (DubScript *script, guint index, const char *text, double start_ms, double end_ms)
{
  DubSegment *segment = dub_script_get_segment (script, index);

  g_assert_cmpstr (dub_segment_get_text (segment), ==, text);
  g_assert_cmpfloat_with_epsilon (dub_segment_get_start (segment), start_ms, 1);
  g_assert_cmpfloat_with_epsilon (dub_segment_get_end (segment), end_ms, 1);
}

/* What Whisper takes for silence is none of our words. */
static void
test_silence (void)
{
  g_autoptr (DubScript) script = to_script (
      "en", "\"segments\": [{\"start\": 0, \"end\": 2, \"text\": \" Thank you.\", \"no_speech_prob\": 0.9, \"avg_logprob\": -1.5},"
            "{\"start\": 3, \"end\": 5, \"text\": \" Really. \", \"no_speech_prob\": 0.9, \"avg_logprob\": -0.1},"
            "{\"start\": 6, \"end\": 8, \"text\": \" \"}]");

  g_assert_cmpuint (dub_script_get_length (script), ==, 1);
  assert_segment (script, 0, "Really.", 3000, 5000);
}

/* A long part is divided where a sentence ends, at the times of its words. */
static void
test_divided (void)
{
  g_autoptr (DubScript) script = to_script (
      "english",
      "\"segments\": [{\"start\": 0, \"end\": 15, \"text\": \" One two, three. “Four five six.” Seven.\"}],"
      "\"words\": [{\"word\": \"One\", \"start\": 0, \"end\": 2}, {\"word\": \"two\", \"start\": 2, \"end\": 4},"
      "{\"word\": \"three\", \"start\": 4, \"end\": 6}, {\"word\": \"Four\", \"start\": 6.5, \"end\": 9},"
      "{\"word\": \"five\", \"start\": 9, \"end\": 10}, {\"word\": \"six\", \"start\": 10, \"end\": 11},"
      "{\"word\": \"Seven\", \"start\": 13, \"end\": 14}]");

  g_assert_cmpuint (dub_script_get_length (script), ==, 2);
  assert_segment (script, 0, "One two, three.", 0, 6000);
  assert_segment (script, 1, "“Four five six.” Seven.", 6500, 15000);
}

static void
test_divided_without_words (void)
{
  g_autoptr (DubScript) script = to_script (
      "en", "\"segments\": [{\"start\": 0, \"end\": 36, \"text\": \"Aaaa bbbb cccc. Dddd eeee ffff. Gggg hhhh iiii. Jjjj kkkk.\"}]");
  g_autoptr (DubScript) japanese = to_script (
      "ja", "\"segments\": [{\"start\": 0, \"end\": 30, \"text\": "
            "\"\xe3\x81\x82\xe3\x81\x84\xe3\x81\x86\xe3\x81\x88\xe3\x81\x8a\xe3\x81\x8b\xe3\x81\x8d\xe3\x81\x8f\xe3\x81\x91"
            "\xe3\x81\x93\xe3\x81\x95\xe3\x81\x97\xe3\x81\x99\xe3\x81\x9b\xe3\x81\x9d\xe3\x81\x9f\xe3\x81\xa1\xe3\x81\xa4"
            "\xe3\x81\xa6\xe3\x81\xa8\xe3\x81\xaa\xe3\x81\xab\xe3\x81\xac\xe3\x81\xad\xe3\x81\xae\xe3\x81\xaf\xe3\x81\xb2"
            "\xe3\x81\xb5\xe3\x81\xb8\xe3\x81\xbb\"}]");

  for (guint i = 0; i < dub_script_get_length (script) + dub_script_get_length (japanese); i++)
    {
      guint n = dub_script_get_length (script);
      DubSegment *segment = i < n ? dub_script_get_segment (script, i) : dub_script_get_segment (japanese, i - n);
      double length = dub_segment_get_end (segment) - dub_segment_get_start (segment);

      g_assert_cmpfloat (length, >=, 1000);
      g_assert_cmpfloat (length, <=, 10000);
    }
  g_assert_cmpuint (dub_script_get_length (script), >=, 4);
  g_assert_cmpuint (dub_script_get_length (japanese), >=, 3);
  g_assert_true (g_str_has_suffix (dub_segment_get_text (dub_script_get_segment (script, 0)), "."));
}

static void
test_joined (void)
{
  g_autoptr (DubScript) script = to_script (
      "en", "\"segments\": [{\"start\": 1, \"end\": 1.4, \"text\": \"Yes.\"}, {\"start\": 1.5, \"end\": 3, \"text\": \"I do.\"},"
            "{\"start\": 10, \"end\": 10.2, \"text\": \"No.\"}, {\"start\": 20, \"end\": 20, \"text\": \"Never\"},"
            "{\"start\": 20, \"end\": 25, \"text\": \"again.\"}, {\"start\": 24, \"end\": 59.9, \"text\": \"End.\"},"
            "{\"start\": 59.9, \"end\": 75, \"text\": \"Beyond.\"}]");

  g_assert_cmpuint (dub_script_get_length (script), ==, 5);
  assert_segment (script, 0, "Yes. I do.", 1000, 3000);
  assert_segment (script, 1, "No.", 10000, 11000);
  assert_segment (script, 2, "Never again.", 20000, 24000);
  /* Nobody says one word for half a minute. */
  assert_segment (script, 3, "End.", 24000, 34000);
  assert_segment (script, 4, "Beyond.", 59000, 60000);
}

static void
test_doubts (void)
{
  g_autoptr (DubScript) script = to_script (
      "de", "\"segments\": [{\"start\": 0, \"end\": 0.9, \"text\": \"Größe zählt\", \"avg_logprob\": -0.5, \"words\": ["
            "{\"word\": \" Größe\", \"start\": 0, \"end\": 0.4, \"probability\": 0.9},"
            "{\"word\": \" zählt\", \"start\": 0.4, \"end\": 0.9, \"probability\": 0.2}]},"
            "{\"start\": 1, \"end\": 2, \"text\": \"nicht\", \"avg_logprob\": -1, \"words\": ["
            "{\"word\": \"nicht\", \"start\": 1, \"end\": 2, \"probability\": 0.1}]}]");
  const DubRemarks *remarks = dub_segment_get_remarks (dub_script_get_segment (script, 0));

  assert_segment (script, 0, "Größe zählt nicht", 0, 2000);
  g_assert_cmpfloat_with_epsilon (remarks->confidence, 0.3679, 0.001);
  g_assert_cmpuint (remarks->doubts->len, ==, 2);
  g_assert_cmpuint (g_array_index (remarks->doubts, DubTextRange, 0).from, ==, 6);
  g_assert_cmpuint (g_array_index (remarks->doubts, DubTextRange, 0).until, ==, 11);
  g_assert_cmpuint (g_array_index (remarks->doubts, DubTextRange, 1).from, ==, 12);
  g_assert_cmpuint (g_array_index (remarks->doubts, DubTextRange, 1).until, ==, 17);
}

static void
test_languages (void)
{
  g_assert_cmpstr (dub_language_names_to_code ("english"), ==, "en");
  g_assert_cmpstr (dub_language_names_to_code ("Portuguese"), ==, "pt");
  g_assert_cmpstr (dub_language_names_to_code ("pt-BR"), ==, "pt");
  g_assert_cmpstr (dub_language_names_to_code ("por_BR"), ==, "pt");
  g_assert_cmpstr (dub_language_names_to_code ("zho"), ==, "zh");
  g_assert_cmpstr (dub_language_names_to_code (""), ==, NULL);
  g_assert_cmpstr (dub_language_names_to_code ("xx"), ==, NULL);
  g_assert_cmpstr (dub_language_names_to_long ("de"), ==, "deu");
}

static void
test_pairs (void)
{
  static const char text[] = "[{\"code\": \"en\", \"targets\": [\"pt\", \"pb\", \"es\"]}, {\"code\": \"es\", \"targets\": []}]";
  static const char old[] = "[{\"code\": \"en\", \"name\": \"English\"}, {\"code\": \"fr\", \"name\": \"French\"}]";
  g_autoptr (GBytes) body = engines_test_bytes (text);
  g_autoptr (GBytes) old_body = engines_test_bytes (old);
  g_autofree char *fault = NULL;
  g_autoptr (DubLanguagePairs) pairs = dub_libretranslate_read_languages (body, &fault);
  g_autoptr (DubLanguagePairs) others = dub_libretranslate_read_languages (old_body, &fault);
  const char *from, *to;

  g_assert_cmpstr (fault, ==, NULL);
  g_assert_cmpuint (dub_language_pairs_count (pairs), ==, 3);
  g_assert_true (dub_language_pairs_find (pairs, "en", "pt", &from, &to));
  g_assert_cmpstr (to, ==, "pb");
  g_assert_false (dub_language_pairs_find (pairs, "es", "en", &from, &to));
  g_assert_true (dub_language_pairs_find (others, "fr", "en", &from, &to));
}

static void
check_wrong_translation (const char *text, guint n_texts, const char *part)
{
  g_autoptr (GBytes) body = engines_test_bytes (text);
  g_autofree char *fault = NULL;

  g_assert_null (dub_libretranslate_read_texts (body, n_texts, &fault));
  g_assert_nonnull (strstr (fault, part));
}

static void
check_wrong_apy (const char *text, const char *part)
{
  g_autoptr (GBytes) body = engines_test_bytes (text);
  g_autofree char *fault = NULL;

  g_assert_null (dub_apy_read_text (body, &fault));
  g_assert_nonnull (strstr (fault, part));
}

static void
test_wrong_translations (void)
{
  check_wrong_translation ("{\"translatedText\": [\"a\"]}", 2, "another number of texts");
  check_wrong_translation ("{\"translatedText\": [\"a\", \"b\", \"c\"]}", 2, "another number of texts");
  check_wrong_translation ("{\"translatedText\": \"a\"}", 2, "another number of texts");
  check_wrong_translation ("{\"translatedText\": [\"a\", \" \\n\"]}", 2, "translatedText[1]: is empty");
  check_wrong_translation ("{\"translatedText\": [\"a\", {}]}", 2, "translatedText[1]: is not a string");
  check_wrong_translation ("{\"translatedText\": null}", 1, "is missing");
  check_wrong_translation ("{\"error\": \"no\"}", 1, "translatedText: is missing");
  check_wrong_apy ("{\"responseData\": null, \"responseStatus\": 200}", "responseData: is missing");
  check_wrong_apy ("{\"responseData\": {\"translatedText\": \"\\t\"}}", "responseData.translatedText: is empty");
  check_wrong_apy ("[]", "is not an object");
  check_wrong_apy ("{\"responseData\": {\"translatedText\": \"un chien ./NONCE:mmNxin une maison\"}}",
                   "has the texts of several requests");
}

static void
check_words (const char *body, const char *expected)
{
  g_autoptr (GBytes) bytes = engines_test_bytes (body);
  g_autofree char *words = dub_http_words_from_error (bytes);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_words (void)
{
  g_autofree char *line = dub_http_words_line ("\xc2\xa0 Sal\tam \xe2\x80\x8c\x01\x02 b\xc2\x85\r\n");

  check_words ("{\"error\": {\"message\": \"One.\"}}", "One.");
  check_words ("{\"error\": \"Two.\"}", "Two.");
  check_words ("{\"detail\": \"Three.\"}", "Three.");
  check_words ("{\"detail\": [{\"msg\": \"Four.\"}]}", "Four.");
  check_words ("{\"message\": \"Bad Request\", \"explanation\": \"Five.\"}", "Five.");
  check_words ("{\"error\": {\"message\": \"a\\u202eb\\u200bc\\n\\n d\"}}", "abc d");
  check_words ("{\"error\": {\"message\": []}, \"message\": \"Six.\"}", "Six.");
  check_words ("{\"detail\": []}", NULL);
  check_words ("{\"error\": \"\"}", NULL);
  check_words ("<html>", NULL);
  check_words ("", NULL);
  g_assert_cmpstr (line, ==, "Sal am \xe2\x80\x8c b");
}

static void
test_wav (void)
{
  g_autoptr (DubPcm) sound = engines_test_sound (0.5);
  g_autoptr (GBytes) whole = dub_wav_write (sound);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
  g_autoptr (GBytes) start = g_bytes_new_from_bytes (whole, 0, 11);

  g_assert_cmpuint (g_bytes_get_size (whole), ==, 44 + 24000 * 2 * 2);
  g_assert_false (dub_wav_is_cut (whole));
  g_assert_true (dub_wav_is_cut (half));
  g_assert_false (dub_wav_is_cut (start));
}

static void
test_near (void)
{
  static const struct
  {
    const char *host;
    gboolean is_near;
  } hosts[] = {
    { "127.0.0.1", TRUE },    { "::1", TRUE },           { "10.1.2.3", TRUE },      { "192.168.0.7", TRUE },
    { "172.16.0.1", TRUE },   { "172.31.255.1", TRUE },  { "169.254.3.4", TRUE },   { "fe80::1", TRUE },
    { "fd00::5", TRUE },      { "8.8.8.8", FALSE },      { "172.32.0.1", FALSE },   { "192.169.0.1", FALSE },
    { "11.0.0.1", FALSE },    { "2001:db8::1", FALSE },  { "0.0.0.0", FALSE },      { "localhost", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    g_assert_cmpint (dub_http_near_check_host (hosts[i].host, NULL), ==, hosts[i].is_near);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine-answers/transcripts/wrong", test_wrong_transcripts);
  g_test_add_func ("/engine-answers/transcripts/no-transcripts", test_wrong_wholes);
  g_test_add_func ("/engine-answers/transcripts/silence", test_silence);
  g_test_add_func ("/engine-answers/transcripts/divided", test_divided);
  g_test_add_func ("/engine-answers/transcripts/divided-without-words", test_divided_without_words);
  g_test_add_func ("/engine-answers/transcripts/joined", test_joined);
  g_test_add_func ("/engine-answers/transcripts/doubts", test_doubts);
  g_test_add_func ("/engine-answers/languages", test_languages);
  g_test_add_func ("/engine-answers/pairs", test_pairs);
  g_test_add_func ("/engine-answers/translations/wrong", test_wrong_translations);
  g_test_add_func ("/engine-answers/words", test_words);
  g_test_add_func ("/engine-answers/wav", test_wav);
  g_test_add_func ("/engine-answers/near", test_near);
  return g_test_run ();
}
