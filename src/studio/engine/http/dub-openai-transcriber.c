/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-openai-transcriber.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include "dub-heard-script.h"
#include "dub-http-round.h"
#include "dub-job.h"
#include "dub-transcription-answer.h"
#include "dub-wav.h"

#define PATH "v1/audio/transcriptions"
#define VERSION_SUFFIX "/v1"
#define USUAL_MODEL "whisper-1"
/* What such models are made for. 10 minutes of it are 19 MB, and OpenAI takes 25. */
#define RATE 16000
#define MAX_ANSWER_BYTES (16 * 1024 * 1024)

struct _DubOpenaiTranscriber
{
  GObject parent_instance;

  DubHttpPeer *peer;
};

static void transcriber_init (DubTranscriberInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DubOpenaiTranscriber, dub_openai_transcriber, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DUB_TYPE_TRANSCRIBER, transcriber_init))

/* Which languages a model understands is not asked for by the convention: it says which one it heard. */
static gboolean
serves (DubTranscriber *transcriber, const char *language, GError **error)
{
  return TRUE;
}

static DubHttpRequest *
make_request (DubOpenaiTranscriber *self, GBytes *file)
{
  g_autoptr (SoupMultipart) form = soup_multipart_new (SOUP_FORM_MIME_TYPE_MULTIPART);
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  const char *model = self->peer->choice->model;
  DubHttpRequest *request;
  GBytes *body;

  soup_multipart_append_form_file (form, "file", "sound.wav", "audio/wav", file);
  soup_multipart_append_form_string (form, "model", model != NULL ? model : USUAL_MODEL);
  soup_multipart_append_form_string (form, "response_format", "verbose_json");
  soup_multipart_append_form_string (form, "timestamp_granularities[]", "segment");
  soup_multipart_append_form_string (form, "timestamp_granularities[]", "word");
  soup_multipart_to_message (form, headers, &body);
  request = dub_http_request_new (PATH, soup_message_headers_get_one (headers, "Content-Type"), body, DUB_HTTP_WANTED_JSON,
                                  MAX_ANSWER_BYTES);
  soup_message_headers_unref (headers);
  return request;
}

static DubHeard *
ask (DubOpenaiTranscriber *self, const DubPcm *mono, GError **error)
{
  g_autoptr (GBytes) file = dub_wav_write (mono);
  g_autoptr (DubHttpRequest) request = make_request (self, file);
  g_autoptr (GBytes) answer = dub_http_call (self->peer, request, error);
  g_autofree char *fault = NULL;
  DubHeard *heard;

  if (answer == NULL)
    return NULL;
  heard = dub_transcription_answer_read (answer, 1000.0 * mono->n_frames / mono->rate, &fault);
  if (heard == NULL)
    dub_http_peer_misunderstand (self->peer, fault, error);
  return heard;
}

static DubTranscript *
transcribe (DubTranscriber *transcriber, const DubPcm *sound, DubProgress *progress, GError **error)
{
  DubOpenaiTranscriber *self = DUB_OPENAI_TRANSCRIBER (transcriber);
  g_autoptr (DubPcm) mono = dub_pcm_convert (sound, RATE, 1);
  g_autoptr (DubHeard) heard = ask (self, mono, error);
  g_autoptr (DubScript) script = NULL;

  if (heard == NULL)
    return NULL;
  script = dub_heard_to_script (heard, 1000.0 * mono->n_frames / RATE);
  if (dub_script_get_length (script) > 0)
    return dub_transcript_new (heard->language, g_steal_pointer (&script));

  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
               /* Translators: the name of a server. */
               _("Nobody speaks in this video, as far as the engine at %s can hear. Give a script of your own (SRT, VTT or "
                 "CSV), or choose another engine in Preferences."),
               self->peer->name);
  return NULL;
}

static void
dub_openai_transcriber_finalize (GObject *object)
{
  DubOpenaiTranscriber *self = DUB_OPENAI_TRANSCRIBER (object);

  g_clear_pointer (&self->peer, dub_http_peer_free);
  G_OBJECT_CLASS (dub_openai_transcriber_parent_class)->finalize (object);
}

static void
transcriber_init (DubTranscriberInterface *iface)
{
  iface->serves = serves;
  iface->transcribe = transcribe;
}

static void
dub_openai_transcriber_class_init (DubOpenaiTranscriberClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_openai_transcriber_finalize;
}

static void
dub_openai_transcriber_init (DubOpenaiTranscriber *self)
{
}

/**
 * dub_openai_transcriber_new:
 * @choice: where its server is
 * @key: (nullable): what that wants to see
 *
 * Returns: (transfer full): the transcriber
 */
DubTranscriber *
dub_openai_transcriber_new (const DubEngineChoice *choice, const char *key)
{
  DubOpenaiTranscriber *self = g_object_new (DUB_TYPE_OPENAI_TRANSCRIBER, NULL);

  self->peer = dub_http_peer_new (choice, key, TRUE, VERSION_SUFFIX);
  return DUB_TRANSCRIBER (self);
}
