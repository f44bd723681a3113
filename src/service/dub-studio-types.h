/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-engine-choice.h"

G_BEGIN_DECLS

/* What is asked of the built-in studio alone. */

/* Characters of a text that is rehearsed, of the language's code, and of an engine's values: more is refused. */
#define DUB_REHEARSAL_MAX_CHARS 2000
/* A video's greatest length. */
#define DUB_REHEARSAL_MAX_MS    (600 * 1000.0)
/* No voice is that high. */
#define DUB_REHEARSAL_MAX_PITCH 2000.0

/**
 * DubRehearsalWish:
 * @text: what is to be spoken
 * @language: code of its language
 * @slot_ms: how long the segment is; 0: as long as it takes at the voice's natural rate
 * @room_ms: how long the pause behind it is, into which it may run
 * @pitch_hz: how high the original speaker's voice is; 0: not known
 *
 * One segment that is to be heard.
 */
typedef struct
{
  char  *text;
  char  *language;
  double slot_ms;
  double room_ms;
  double pitch_hz;
} DubRehearsalWish;

DubRehearsalWish *dub_rehearsal_wish_new  (void);
DubRehearsalWish *dub_rehearsal_wish_copy (const DubRehearsalWish *self);
void              dub_rehearsal_wish_free (DubRehearsalWish       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubRehearsalWish, dub_rehearsal_wish_free)

/**
 * DubRehearsal:
 * @wav: the sound, a WAV file: one channel, 16 bit
 * @natural_ms: how long the text takes at the voice's natural rate
 * @spoken_ms: how long it is here
 * @overrun_ms: for how long it is spoken beyond the slot; 0: it fits
 * @unspoken: how many characters at its end are not spoken, because there was no time
 * @speed: how many times faster than at its natural rate the voice speaks
 * @stretch: how many times shorter the sound was made after that
 * @poor: whether much of it may not be understood
 * @why: a sentence for a person on what is poor about it, or NULL
 *
 * One segment as it sounds in a dub.
 */
typedef struct
{
  GBytes  *wav;
  double   natural_ms;
  double   spoken_ms;
  double   overrun_ms;
  guint    unspoken;
  double   speed;
  double   stretch;
  gboolean poor;
  char    *why;
} DubRehearsal;

#define DUB_TYPE_REHEARSAL (dub_rehearsal_get_type ())
GType         dub_rehearsal_get_type (void);
DubRehearsal *dub_rehearsal_new      (void);
/* The sound is shared. */
DubRehearsal *dub_rehearsal_copy     (const DubRehearsal *self);
void          dub_rehearsal_free     (DubRehearsal       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubRehearsal, dub_rehearsal_free)

/**
 * DubEngineTest:
 * @stage: what it is to do
 * @choice: the engine; languages, parallel and timeout do not count
 * @language: code of a language to try it in, or NULL
 *
 * An engine that is to be tried out before it is chosen.
 */
typedef struct
{
  DubStage         stage;
  DubEngineChoice *choice;
  char            *language;
} DubEngineTest;

DubEngineTest *dub_engine_test_new  (void);
void           dub_engine_test_free (DubEngineTest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubEngineTest, dub_engine_test_free)

/**
 * DubEngineVerdict:
 * @message: a sentence for a person on what the engine can do
 * @languages: codes of the languages that it serves; NULL: it does not tell
 *
 * What was found of an engine that works.
 */
typedef struct
{
  char *message;
  GStrv languages;
} DubEngineVerdict;

DubEngineVerdict *dub_engine_verdict_new  (void);
void              dub_engine_verdict_free (DubEngineVerdict *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubEngineVerdict, dub_engine_verdict_free)

G_END_DECLS
