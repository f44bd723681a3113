/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The steps of a dub for which the built-in studio can be given another engine. */
typedef enum
{
  DUB_STAGE_TRANSCRIBE,
  DUB_STAGE_TRANSLATE,
  DUB_STAGE_SPEAK,
} DubStage;

#define DUB_N_STAGES 3

/**
 * DubEngineKind:
 * @DUB_ENGINE_BUILT_IN: what is installed with the studio
 * @DUB_ENGINE_OPENAI: a server that answers as OpenAI's does: `/v1/audio/transcriptions`, `/v1/audio/speech`
 * @DUB_ENGINE_LIBRETRANSLATE: a server that answers as LibreTranslate does: `/translate`, `/languages`
 * @DUB_ENGINE_APERTIUM: a server that answers as apertium-apy does: `/translate`, `/listPairs`
 */
typedef enum
{
  DUB_ENGINE_BUILT_IN,
  DUB_ENGINE_OPENAI,
  DUB_ENGINE_LIBRETRANSLATE,
  DUB_ENGINE_APERTIUM,
} DubEngineKind;

/* Requests at a time, and seconds until a request is given up. */
#define DUB_ENGINE_USUAL_PARALLEL 2
#define DUB_ENGINE_MAX_PARALLEL   16
#define DUB_ENGINE_USUAL_TIMEOUT  120
#define DUB_ENGINE_MAX_TIMEOUT    1800

/**
 * DubEngineChoice:
 * @address: where the server is, without the path of the convention; NULL for what is built in
 * @model: what the server is asked to use; NULL: its own choice
 * @voice: likewise, of an engine that speaks
 * @languages: codes of the languages that it said it serves; NULL: not known
 * @parallel: how many requests it gets at a time, 1 to %DUB_ENGINE_MAX_PARALLEL
 * @timeout_s: seconds after which a request is given up
 *
 * Which engine does a stage, and how it is reached. The key that it may want is in the keyring.
 */
typedef struct
{
  DubEngineKind kind;
  char         *address;
  char         *model;
  char         *voice;
  GStrv         languages;
  guint         parallel;
  guint         timeout_s;
} DubEngineChoice;

#define DUB_TYPE_ENGINE_CHOICE (dub_engine_choice_get_type ())
GType            dub_engine_choice_get_type   (void);
/* What is built in. */
DubEngineChoice *dub_engine_choice_new        (void);
DubEngineChoice *dub_engine_choice_copy       (const DubEngineChoice *self);
void             dub_engine_choice_free       (DubEngineChoice       *self);
/* Whether an engine of this kind can do @stage. */
gboolean         dub_engine_kind_serves       (DubEngineKind          kind,
                                               DubStage               stage);
/* The words of the configuration file: "transcribe", "openai" … */
const char      *dub_stage_to_word            (DubStage               stage);
gboolean         dub_stage_from_word          (const char            *word,
                                               DubStage              *stage);
const char      *dub_engine_kind_to_word      (DubEngineKind          kind);
gboolean         dub_engine_kind_from_word    (const char            *word,
                                               DubEngineKind         *kind);
/* Of a form that can be used: http or https with a host, no user, query or fragment. An address that is not on this
 * machine must be https where a key goes with it. The error (DUB_ERROR_ENGINE) is a sentence for a person. */
gboolean         dub_engine_choice_check      (const DubEngineChoice *self,
                                               DubStage               stage,
                                               GError               **error);
/* (transfer full) (nullable): the name under which the keyring has the key of its server ("engine https://host:port"):
 * a key never goes to another server than the one that it was given for. */
char            *dub_engine_choice_dup_key_id (const DubEngineChoice *self);
/* (transfer full) (nullable): "host" or "host:port", for people; NULL for what is built in. */
char            *dub_engine_choice_dup_host   (const DubEngineChoice *self);
/* Whether its server is this machine, by the letter: nothing said or written goes over a network. */
gboolean         dub_engine_choice_is_local   (const DubEngineChoice *self);
/* Whether a key may be sent there: over https, or on this machine. The error (DUB_ERROR_ENGINE) is a sentence. */
gboolean         dub_engine_choice_check_key  (const DubEngineChoice *self,
                                               GError               **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubEngineChoice, dub_engine_choice_free)

G_END_DECLS
