/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-engine-settings.h"
#include "dub-script.h"

G_BEGIN_DECLS

#define DUB_STUDIO_ERROR (dub_studio_error_quark ())
GQuark dub_studio_error_quark (void);

/**
 * DubStudioError:
 * @DUB_STUDIO_ERROR_UNSUITABLE: the video or the wish cannot be dubbed here: the sentence says why and what to do instead
 * @DUB_STUDIO_ERROR_MISSING: a part of the studio (model, voice, translator, codec) is not installed
 * @DUB_STUDIO_ERROR_FAILED: a stage failed
 * @DUB_STUDIO_ERROR_CRASHED: the working process ended without a word
 */
typedef enum
{
  DUB_STUDIO_ERROR_UNSUITABLE,
  DUB_STUDIO_ERROR_MISSING,
  DUB_STUDIO_ERROR_FAILED,
  DUB_STUDIO_ERROR_CRASHED,
} DubStudioError;

/* What the working process is started with for a job. */
#define DUB_JOB_WORD "--work"

/**
 * DubJobEngines:
 * @settings: which engine does each stage
 * @keys: the key that the engine's server wants, or NULL; for a stage each
 *
 * Keys go from the keyring to the working process, by its standard input, and nowhere else.
 */
typedef struct
{
  DubEngineSettings *settings;
  char              *keys[DUB_N_STAGES];
} DubJobEngines;

/**
 * DubJob:
 * @video: path of a local file
 * @language: target language
 * @script: the script to speak, or NULL to recognise and translate
 * @work_dir: an empty directory for what lies between; the caller removes it
 * @output: path of the MP4 to make; there only when whole
 * @engines: what does it
 *
 * What the server hands to the working process, as a serialised variant on its standard input.
 */
typedef struct
{
  char      *video;
  char      *language;
  gboolean   lipsync;
  gboolean   subtitles;
  DubScript *script;
  char      *work_dir;
  char      *output;
  DubJobEngines engines;
} DubJob;

/**
 * DubJobResult:
 * @original: what was said, or the given script
 * @translated: what is spoken, with the times at which it is really heard; the remarks tell what did not fit
 * @subtitle_lines: the translation as subtitles have it: a segment for each picture of them, its lines divided by "\n"; may be empty
 * @note: (nullable): a sentence for whoever hears the dub: how a part of the studio falls short of the language
 *
 * What the working process has to tell of its dub.
 */
typedef struct
{
  DubScript *original;
  DubScript *translated;
  DubScript *subtitle_lines;
  char      *note;
} DubJobResult;

/* The types of the two variants: their bytes alone go through the pipes (a job to standard input, a result in BASE64
 * after "done"), and are read with g_variant_new_from_bytes (type, bytes, FALSE). */
#define DUB_JOB_SCRIPT_VARIANT_TYPE  "a(sddm" DUB_REMARKS_VARIANT_TYPE ")"
#define DUB_JOB_ENGINES_VARIANT_TYPE "a(umsmsmsuums)"
#define DUB_JOB_VARIANT_TYPE \
  "(aysbbm" DUB_JOB_SCRIPT_VARIANT_TYPE "ayay" DUB_JOB_ENGINES_VARIANT_TYPE ")" /* paths are bytes, not text */
#define DUB_JOB_RESULT_VARIANT_TYPE \
  "(" DUB_JOB_SCRIPT_VARIANT_TYPE DUB_JOB_SCRIPT_VARIANT_TYPE DUB_JOB_SCRIPT_VARIANT_TYPE "ms)"

/* All built in, without keys. */
void          dub_job_engines_init        (DubJobEngines  *self);
void          dub_job_engines_clear       (DubJobEngines  *self);
GVariant     *dub_job_engines_to_variant  (const DubJobEngines *self);
/* @self: initialised. */
gboolean      dub_job_engines_from_variant (DubJobEngines *self,
                                           GVariant       *variant,
                                           GError        **error);
DubJob       *dub_job_new                 (void);
void          dub_job_free                (DubJob         *self);
GVariant     *dub_job_to_variant          (DubJob         *self);
DubJob       *dub_job_from_variant        (GVariant       *variant,
                                           GError        **error);
DubJobResult *dub_job_result_new          (void);
void          dub_job_result_free         (DubJobResult   *self);
GVariant     *dub_job_result_to_variant   (DubJobResult   *self);
DubJobResult *dub_job_result_from_variant (GVariant       *variant,
                                           GError        **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubJob, dub_job_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubJobResult, dub_job_result_free)

G_END_DECLS
