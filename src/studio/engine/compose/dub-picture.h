/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-language.h"
#include "dub-script.h"
#include "dub-source.h"

G_BEGIN_DECLS

/* The branch of a pipeline that brings the picture into the file. Freed after the pipeline has stopped. */
typedef struct _DubPicture DubPicture;

DubPicture *dub_picture_add  (GstElement        *pipeline,
                              GstElement        *mux,
                              DubSource         *source,
                              DubScript         *subtitles,
                              const DubLanguage *language,
                              GError           **error);
void        dub_picture_free (DubPicture        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubPicture, dub_picture_free)

G_END_DECLS
