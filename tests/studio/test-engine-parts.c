/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <gst/gst.h>
#include <math.h>
#include <string.h>
#include "dub-gst.h"
#include "dub-job.h"
#include "dub-progress.h"
#include "dub-sentence.h"
#include "dub-source.h"
#include "dub-studio-skills.h"
#include "dub-speech-spans.h"
#include "dub-subtitle-box.h"
#include "dub-apertium-translator.h"

typedef struct
{
  guint n_told;
  double last;
  gboolean went_back;
} Told;

static void
on_progress (const char *stage, double fraction, gpointer user_data)
{
  Told *told = user_data;

  told->n_told++;
  told->went_back |= fraction < told->last;
  told->last = fraction;
}

static DubProgress *
quiet_progress (Told *told)
{
  return dub_progress_new (on_progress, told);
}

static void
add_tone (DubPcm *pcm, double from_ms, double until_ms, double level)
{
  for (gsize i = dub_pcm_frame (pcm, from_ms); i < dub_pcm_frame (pcm, until_ms); i++)
    for (guint c = 0; c < pcm->channels; c++)
      pcm->samples[i * pcm->channels + c] += level * sin (2 * G_PI * 440 * i / pcm->rate);
}

static void
test_progress (void)
{
  Told told = { 0 };
  g_autoptr (DubProgress) progress = quiet_progress (&told);

  dub_progress_begin (progress, "one", 0.5);
  dub_progress_set (progress, 0.5);
  g_assert_cmpfloat_with_epsilon (told.last, 0.25, 1e-9);
  dub_progress_set (progress, 0.1);
  dub_progress_begin (progress, "two", 1);
  dub_progress_set (progress, 7);
  g_assert_cmpfloat_with_epsilon (told.last, 1, 1e-9);
  g_assert_false (told.went_back);
  g_assert_cmpuint (told.n_told, ==, 4);
}

static gsize
find_peak (const DubPcm *pcm)
{
  gsize peak = 0;

  for (gsize i = 0; i < pcm->n_frames; i++)
    if (fabsf (pcm->samples[i * pcm->channels]) > fabsf (pcm->samples[peak * pcm->channels]))
      peak = i;
  return peak;
}

static void
test_convert_keeps_the_instant (void)
{
  g_autoptr (DubPcm) pcm = dub_pcm_new (22050, 1, 22050);
  g_autoptr (DubPcm) up = NULL;
  g_autoptr (DubPcm) down = NULL;

  pcm->samples[11025] = 1;
  up = dub_pcm_convert (pcm, 48000, 2);
  g_assert_cmpuint (up->n_frames, ==, 48000);
  g_assert_cmpint (ABS ((int) find_peak (up) - 24000), <=, 2);
  down = dub_pcm_convert (up, 16000, 1);
  g_assert_cmpuint (down->n_frames, ==, 16000);
  g_assert_cmpint (ABS ((int) find_peak (down) - 8000), <=, 1);
}

static void
test_spans (void)
{
  g_autoptr (DubPcm) pcm = dub_pcm_new (16000, 1, 16000 * 40);
  g_autoptr (GArray) none = dub_speech_spans_find (pcm);
  g_autoptr (GArray) spans = NULL;
  double end = 0;

  g_assert_cmpuint (none->len, ==, 0);

  add_tone (pcm, 1000, 3000, 0.2);
  add_tone (pcm, 4000, 6000, 0.1);
  add_tone (pcm, 8000, 20000, 0.2);
  add_tone (pcm, 20150, 32000, 0.2);
  spans = dub_speech_spans_find (pcm);
  g_assert_cmpuint (spans->len, >=, 5);
  for (guint i = 0; i < spans->len; i++)
    {
      DubSpan span = g_array_index (spans, DubSpan, i);

      g_assert_cmpfloat (span.start_ms, >=, end);
      g_assert_cmpfloat (span.end_ms - span.start_ms, <=, 10300);
      end = span.end_ms;
    }
  g_assert_cmpfloat_with_epsilon (g_array_index (spans, DubSpan, 0).start_ms, 900, 60);
  g_assert_cmpfloat_with_epsilon (g_array_index (spans, DubSpan, 0).end_ms, 3120, 60);
  g_assert_cmpfloat_with_epsilon (end, 32120, 60);
}

static void
test_sentence (void)
{
  static const char *const cases[][2] = {
    { "so i will say banana", "So I will say banana." },
    { "banana", "Banana." },
    { "what do you want for breakfast", "What do you want for breakfast?" },
    { "is what we do on monday", "Is what we do on Monday." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sentence = dub_sentence_from_words (cases[i][0]);

      g_assert_cmpstr (sentence, ==, cases[i][1]);
    }
}

static void
test_translate (void)
{
  static const struct
  {
    const char *language;
    const char *word;
  } cases[] = { { "es", "café" }, { "fr", "café" }, { "it", "caffè" }, { "pt", "café" } };
  g_autoptr (DubScript) english = dub_script_new ();
  g_autoptr (DubTranslator) translator = dub_apertium_translator_new ();
  Told told = { 0 };
  g_autoptr (DubProgress) progress = quiet_progress (&told);

  dub_script_append (english, "Our coffee is fresh.", 100, 900);
  dub_script_append (english, "Banana.", 1000, 1900);
  dub_script_append (english, "When the time reaches forty seconds I will say banana.", 2000, 2900);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const DubLanguage *language = dub_language_from_code (cases[i].language);
      g_autoptr (GError) error = NULL;
      g_autoptr (DubScript) translated = dub_translator_translate (translator, english, "en", language, progress, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (dub_script_get_length (translated), ==, 3);
      g_assert_nonnull (strstr (dub_segment_get_text (dub_script_get_segment (translated, 0)), cases[i].word));
      g_assert_null (strstr (dub_segment_get_text (dub_script_get_segment (translated, 2)), "  "));
      g_assert_cmpfloat (dub_segment_get_start (dub_script_get_segment (translated, 2)), ==, 2000);
      g_assert_cmpfloat (dub_segment_get_end (dub_script_get_segment (translated, 2)), ==, 2900);
    }
}

static void
test_translate_knows (void)
{
  g_autoptr (DubTranslator) translator = dub_apertium_translator_new ();
  guint n_known = 0;

  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    {
      n_known += dub_translator_serves (translator, "en", *l, NULL);
      /* What is said before a dub is begun. */
      g_assert_true (dub_translator_serves (translator, "en", *l, NULL) == dub_studio_translates (*l));
    }
  g_assert_cmpuint (n_known, ==, 4);
  g_assert_false (dub_translator_serves (translator, "en", dub_language_from_code ("de"), NULL));
}

static const char *
example (const DubLanguage *language)
{
  static const char *const texts[][2] = {
    { "ar", "قهوتنا الجديدة طازجة كل صباح، اطلبها اليوم." },
    { "en", "Our new coffee is fresh every morning, order it today." },
    { "fr", "Notre nouveau café est frais chaque matin, commandez-le." },
    { "de", "Unser neuer Kaffee ist jeden Morgen frisch." },
    { "id", "Kopi baru kami segar setiap pagi, pesan hari ini." },
    { "it", "Il nostro nuovo caffè è fresco ogni mattina." },
    { "ja", "私たちの新しいコーヒーは毎朝新鮮です。" },
    { "ko", "우리의 새 커피는 매일 아침 신선합니다." },
    { "pt", "Nosso novo café é fresco todas as manhãs." },
    { "es", "Nuestro nuevo café está fresco cada mañana." },
    { "th", "กาแฟใหม่ของเราสดใหม่ทุกเช้า สั่งซื้อวันนี้" },
    { "tr", "Yeni kahvemiz her sabah taze, bugün sipariş verin." },
    { "vi", "Cà phê mới của chúng tôi tươi mỗi sáng." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i][0], dub_language_get_code (language)))
      return texts[i][1];
  g_assert_not_reached ();
}

static guint8
brightness (const DubSubtitleBox *box, int x, int y)
{
  return box->pixels[(gsize) y * box->stride + x * 4 + 1];
}

static void
check_box (const char *text, const char *language, int width, int height)
{
  g_autoptr (DubSubtitleBox) box = dub_subtitle_box_new (text, language, width, height);
  gsize n_dark = 0;

  g_test_message ("%s: %dx%d at %d,%d", language, box->width, box->height, box->x, box->y);
  g_assert_cmpint (box->x, >=, width / 20);
  g_assert_cmpint (box->x + box->width, <=, width - width / 20);
  g_assert_cmpint (box->y, >, height / 2);
  g_assert_cmpint (box->y + box->height, <=, height - height / 20);
  g_assert_cmpint (box->height, <, MIN (width, height) * 0.2);
  g_assert_cmpint (brightness (box, 0, 0), ==, 255);
  g_assert_cmpint (brightness (box, box->width - 1, box->height - 1), ==, 255);
  for (int y = 0; y < box->height; y++)
    for (int x = 0; x < box->width; x++)
      n_dark += brightness (box, x, y) < 64;
  g_assert_cmpuint (n_dark, >, (gsize) box->width * box->height / 50);
}

static void
test_subtitle_box (void)
{
  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    {
      check_box (example (*l), dub_language_get_code (*l), 720, 1280);
      check_box (example (*l), dub_language_get_code (*l), 1920, 1080);
    }
}

static void
test_subtitle_box_stays_inside (void)
{
  g_autofree char *endless = g_strnfill (4000, 'w');
  g_autoptr (DubSubtitleBox) box = dub_subtitle_box_new (endless, "en", 320, 240);
  g_autoptr (DubSubtitleBox) tiny = dub_subtitle_box_new ("Hello <b>&amp;</b>", "en", 16, 16);

  g_assert_cmpint (box->width, <=, 320);
  g_assert_cmpint (box->height, <=, 240);
  g_assert_cmpint (box->y, >=, 0);
  g_assert_cmpint (tiny->width, <=, 16);
  g_assert_cmpint (tiny->height, <=, 16);
}

static void
on_element_added (GstBin *pipeline, GstBin *bin, GstElement *element, gpointer user_data)
{
  GPtrArray *decoders = user_data;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "direct-rendering") != NULL)
    g_ptr_array_add (decoders, g_object_ref (element));
}

/* gst-libav aborts the process in some runs, when it lends out its own picture buffers. */
static void
test_decoders_are_tamed (void)
{
  g_autoptr (GPtrArray) decoders = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (DubSource) source = dub_source_open (g_getenv ("DUBROOM_TEST_SAMPLE"), NULL, NULL, &error);
  Told told = { 0 };
  g_autoptr (DubProgress) progress = quiet_progress (&told);
  GstElement *sink;

  g_assert_no_error (error);
  g_signal_connect (pipeline, "deep-element-added", G_CALLBACK (on_element_added), decoders);
  sink = dub_gst_add (pipeline, "fakesink", &error);
  g_assert_no_error (error);
  g_assert_true (dub_gst_add_stream (pipeline, source->path, source->video_id, "video/x-raw(ANY)", sink, &error));
  g_assert_true (dub_gst_run (pipeline, 0, progress, &error));
  g_assert_no_error (error);

  if (decoders->len == 0)
    g_test_skip ("no decoder here has such buffers");
  for (guint i = 0; i < decoders->len; i++)
    {
      gboolean lends;

      g_object_get (g_ptr_array_index (decoders, i), "direct-rendering", &lends, NULL);
      g_assert_false (lends);
    }
}

/* A character of private use, which no font has, is told from what is written in all languages. */
static void
test_subtitle_font (void)
{
  g_autoptr (GError) error = NULL;

  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    {
      g_assert_true (dub_subtitle_box_check (example (*l), dub_language_get_code (*l), &error));
      g_assert_no_error (error);
    }
  g_assert_true (dub_subtitle_box_check ("One\001\ntwo\u00a0\u2060\u200f.", "en", NULL));
  g_assert_false (dub_subtitle_box_check ("Hello \U0010fffd.", "en", &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_MISSING);
  g_assert_nonnull (strstr (error->message, "“\U0010fffd”"));
}

static void
test_full_disk (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  Told told = { 0 };
  g_autoptr (DubProgress) progress = quiet_progress (&told);

  pipeline = gst_parse_launch ("audiotestsrc num-buffers=200 ! avenc_aac ! mp4mux faststart=true faststart-file=/dev/full ! "
                               "fakesink",
                               &error);
  g_assert_no_error (error);
  g_assert_false (dub_gst_run (pipeline, GST_CLOCK_TIME_NONE, progress, &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "disk is full"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/engine/progress", test_progress);
  g_test_add_func ("/engine/pcm/convert-keeps-the-instant", test_convert_keeps_the_instant);
  g_test_add_func ("/engine/spans", test_spans);
  g_test_add_func ("/engine/sentence", test_sentence);
  g_test_add_func ("/engine/translate", test_translate);
  g_test_add_func ("/engine/translate/knows", test_translate_knows);
  g_test_add_func ("/engine/subtitle/box", test_subtitle_box);
  g_test_add_func ("/engine/subtitle/stays-inside", test_subtitle_box_stays_inside);
  g_test_add_func ("/engine/subtitle/font", test_subtitle_font);
  g_test_add_func ("/engine/full-disk", test_full_disk);
  g_test_add_func ("/engine/decoders-are-tamed", test_decoders_are_tamed);
  return g_test_run ();
}
