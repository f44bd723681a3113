/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-transcription-answer.h"

#include <math.h>
#include <string.h>
#include "dub-codec-read.h"
#include "dub-http-words.h"
#include "dub-language-names.h"

/* Whisper works in windows of 30 s, and may hear something in the part of the last one that is not there. */
#define WINDOW_MS 30000
/* Nobody says so much in a window. */
#define MAX_PART_BYTES 4000
#define MAX_WORD_BYTES 200
#define MAX_PARTS 10000
#define MAX_WORDS 100000
/* Rounding. */
#define SMALLEST_MS 100
/* What Whisper itself takes for silence (transcribe.py: no_speech_threshold, logprob_threshold). */
#define NO_SPEECH 0.6
#define LEAST_LOGPROB -1.0

typedef struct
{
  DubRead *read;
  double duration_ms;
  double last_start;
  DubHeard *heard;
} Reading;

/* Seconds, as milliseconds. */
static double
read_time (Reading *self, JsonObject *object, const char *name)
{
  double ms = dub_read_number (self->read, object, name, DUB_READ_REQUIRED) * 1000;

  if (ms < -SMALLEST_MS)
    dub_read_fail (self->read, name, "is negative");
  if (ms > self->duration_ms + WINDOW_MS)
    dub_read_fail (self->read, name, "is beyond the end of the sound");
  return CLAMP (ms, 0, self->duration_ms);
}

static gboolean
is_silence (Reading *self, JsonObject *object)
{
  return dub_read_number (self->read, object, "no_speech_prob", DUB_READ_OPTIONAL) > NO_SPEECH &&
         dub_read_number (self->read, object, "avg_logprob", DUB_READ_OPTIONAL) < LEAST_LOGPROB;
}

static double
read_share (Reading *self, JsonObject *object, const char *name)
{
  if (dub_read_member (self->read, object, name, DUB_READ_OPTIONAL) == NULL)
    return -1;
  return CLAMP (dub_read_number (self->read, object, name, DUB_READ_OPTIONAL), 0, 1);
}

static double
read_confidence (Reading *self, JsonObject *object)
{
  if (dub_read_member (self->read, object, "avg_logprob", DUB_READ_OPTIONAL) == NULL)
    return read_share (self, object, "confidence");
  return CLAMP (exp (dub_read_number (self->read, object, "avg_logprob", DUB_READ_OPTIONAL)), 0, 1);
}

/* NULL where it is empty. */
static char *
read_text (Reading *self, JsonObject *object, const char *name, gsize max_bytes)
{
  g_autofree char *text = dub_read_string (self->read, object, name, DUB_READ_REQUIRED);
  g_autofree char *line = NULL;

  if (text == NULL)
    return NULL;
  if (strlen (text) > max_bytes)
    {
      dub_read_fail (self->read, name, "is longer than anybody can say");
      return NULL;
    }
  line = dub_http_words_line (text);
  return *line != '\0' ? g_steal_pointer (&line) : NULL;
}

/* Words help to divide parts, no more: one whose times cannot be is left out, and nothing is wrong. */
static void
read_word (Reading *self, JsonObject *object)
{
  g_autofree char *text = read_text (self, object, "word", MAX_WORD_BYTES);
  double start = dub_read_number (self->read, object, "start", DUB_READ_OPTIONAL) * 1000;
  double end = dub_read_number (self->read, object, "end", DUB_READ_OPTIONAL) * 1000;
  double probability = read_share (self, object, "probability");

  if (probability < 0)
    probability = read_share (self, object, "confidence");
  if (text != NULL && start >= 0 && end >= start && end <= self->duration_ms + SMALLEST_MS)
    dub_heard_add_word (self->heard, g_steal_pointer (&text), start, end, probability);
}

static void
read_words (Reading *self, JsonObject *object)
{
  JsonArray *words = dub_read_array (self->read, object, "words", DUB_READ_OPTIONAL);

  if (dub_read_length (words) > MAX_WORDS - self->heard->words->len)
    dub_read_fail (self->read, "words", "are too many");
  dub_read_enter (self->read, "words", 0);
  for (guint i = 0; i < dub_read_length (words) && dub_read_get_fault (self->read) == NULL; i++)
    {
      dub_read_enter (self->read, NULL, i);
      read_word (self, dub_read_item (self->read, words, i));
      dub_read_leave (self->read);
    }
  dub_read_leave (self->read);
}

static void
read_part (Reading *self, JsonObject *object)
{
  g_autofree char *text = read_text (self, object, "text", MAX_PART_BYTES);
  double start = read_time (self, object, "start");
  double end = read_time (self, object, "end");
  double confidence = read_confidence (self, object);

  if (end < start)
    dub_read_fail (self->read, "end", "is before its start");
  if (start < self->last_start)
    dub_read_fail (self->read, "start", "is before that of the one before it");
  self->last_start = start;
  if (text == NULL || is_silence (self, object))
    return;
  read_words (self, object);
  dub_heard_add_part (self->heard, g_steal_pointer (&text), start, end, confidence);
}

static void
read_parts (Reading *self, JsonObject *root)
{
  JsonArray *parts = dub_read_array (self->read, root, "segments", DUB_READ_REQUIRED);

  if (dub_read_length (parts) > MAX_PARTS)
    dub_read_fail (self->read, "segments", "are too many");
  dub_read_enter (self->read, "segments", 0);
  for (guint i = 0; i < dub_read_length (parts) && dub_read_get_fault (self->read) == NULL; i++)
    {
      dub_read_enter (self->read, NULL, i);
      read_part (self, dub_read_item (self->read, parts, i));
      dub_read_leave (self->read);
    }
  dub_read_leave (self->read);
}

static void
read_language (Reading *self, JsonObject *root)
{
  g_autofree char *word = dub_read_string (self->read, root, "language", DUB_READ_NOT_EMPTY);
  const char *code = dub_language_names_to_code (word);

  if (word != NULL && code == NULL)
    dub_read_fail (self->read, "language", "is not known");
  self->heard->language = g_strdup (code);
}

/**
 * dub_transcription_answer_read:
 * @body: anything
 * @duration_ms: of the sound that was sent
 * @fault: (out) (transfer full): what is wrong ("segments[2].start: is missing")
 *
 * Reads OpenAI's `verbose_json`: `language`, `segments[]` and, where the server tells them, `words[]`, which may also be
 * members of the segments.
 *
 * Returns: (transfer full) (nullable): what was understood
 */
DubHeard *
dub_transcription_answer_read (GBytes *body, double duration_ms, char **fault)
{
  gsize length;
  const char *json = g_bytes_get_data (body, &length);
  g_autoptr (DubRead) read = dub_read_new (json, length);
  g_autoptr (DubHeard) heard = dub_heard_new ();
  Reading reading = { .read = read, .duration_ms = duration_ms, .heard = heard };
  JsonObject *root = dub_read_root_object (read);

  read_parts (&reading, root);
  /* In silence there is no language. */
  if (heard->parts->len > 0)
    read_language (&reading, root);
  if (heard->words->len == 0)
    read_words (&reading, root);
  if (dub_read_get_fault (read) == NULL)
    return g_steal_pointer (&heard);

  *fault = g_strdup (dub_read_get_fault (read));
  return NULL;
}
