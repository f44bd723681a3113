/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-speaker.h"

G_BEGIN_DECLS

/* Takes silence away at both ends. */
void  dub_spoken_trim (DubSpoken  *self);
/* Keeps what is heard within @room_ms, up to the end of a word. Returns how many characters of @text are lost. */
guint dub_spoken_cut  (DubSpoken  *self,
                       const char *text,
                       double      room_ms);

G_END_DECLS
