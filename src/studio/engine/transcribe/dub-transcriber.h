/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-pcm.h"
#include "dub-progress.h"
#include "dub-script.h"

G_BEGIN_DECLS

/**
 * DubTranscript:
 * @language: code of the language that is spoken ("en"), which may be none of the 13
 * @script: what is said, in segments of 1 to 10 s; their remarks tell how sure it is
 */
typedef struct
{
  char      *language;
  DubScript *script;
} DubTranscript;

DubTranscript *dub_transcript_new  (const char    *language,
                                    DubScript     *script);
void           dub_transcript_free (DubTranscript *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubTranscript, dub_transcript_free)

#define DUB_TYPE_TRANSCRIBER (dub_transcriber_get_type ())
G_DECLARE_INTERFACE (DubTranscriber, dub_transcriber, DUB, TRANSCRIBER, GObject)

/* The stage that writes down what is said in a video. All calls block; one thread. Errors are of DUB_STUDIO_ERROR. */
struct _DubTranscriberInterface
{
  GTypeInterface parent;

  gboolean       (*serves)     (DubTranscriber *self,
                                const char     *language,
                                GError        **error);
  DubTranscript *(*transcribe) (DubTranscriber *self,
                                const DubPcm   *sound,
                                DubProgress    *progress,
                                GError        **error);
};

/* Whether it understands @language (NULL: any at all); if not, the error says why. */
gboolean       dub_transcriber_serves     (DubTranscriber *self,
                                           const char     *language,
                                           GError        **error);
/* (transfer full) (nullable): never empty: where nobody speaks, that is the error (DUB_STUDIO_ERROR_UNSUITABLE). */
DubTranscript *dub_transcriber_transcribe (DubTranscriber *self,
                                           const DubPcm   *sound,
                                           DubProgress    *progress,
                                           GError        **error);

G_END_DECLS
