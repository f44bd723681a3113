/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>
#include "dub-language.h"
#include "dub-script.h"

G_BEGIN_DECLS

/* Draws a script on the picture: black on white at the bottom, each segment for as long as it is spoken. */
typedef struct _DubSubtitle DubSubtitle;

/* Whether the installed fonts can write it. */
gboolean     dub_subtitle_check (DubScript         *script,
                                 const DubLanguage *language,
                                 GError           **error);
/* @overlay is an element "overlaycomposition", not yet running; freed after it has stopped. */
DubSubtitle *dub_subtitle_new   (GstElement        *overlay,
                                 DubScript         *script,
                                 const DubLanguage *language);
void         dub_subtitle_free  (DubSubtitle       *self);

G_END_DECLS
