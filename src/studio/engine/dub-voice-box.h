/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-rehearsal.h"

G_BEGIN_DECLS

/* Speaks single segments as they would sound in a dub, with the speaker that it had before where it is the same one. */
typedef struct _DubVoiceBox DubVoiceBox;

DubVoiceBox  *dub_voice_box_new  (void);
void          dub_voice_box_free (DubVoiceBox             *self);
/* (transfer full) (nullable). @engines: of DUB_JOB_ENGINES_VARIANT_TYPE and of normal form. Blocks. */
DubRehearsal *dub_voice_box_say  (DubVoiceBox             *self,
                                  const DubRehearsalWish  *wish,
                                  GVariant                *engines,
                                  GError                 **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubVoiceBox, dub_voice_box_free)

G_END_DECLS
