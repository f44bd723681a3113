/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-speaker.h"

G_BEGIN_DECLS

/* Makes @self @factor times faster, at the same pitch, and its words with it. */
void dub_spoken_stretch (DubSpoken *self,
                         double     factor);

G_END_DECLS
