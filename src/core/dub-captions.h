/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-script.h"

G_BEGIN_DECLS

typedef enum
{
  DUB_CAPTIONS_SRT,
  DUB_CAPTIONS_VTT,
  DUB_CAPTIONS_CSV,
} DubCaptionsFormat;

/* Many times what is said in 10 minutes. SRT and VTT of that size are scripts within the 1 MiB that the built-in studio reads. */
#define DUB_CAPTIONS_MAX_BYTES (256 * 1000)

/* The format is found by content, not by name. Encodings: UTF-8 and UTF-16 with or without mark; anything else
 * is an error that says so. Markup (<i>, {\an8}, VTT voice tags) is removed, entities are decoded, in CSV neither. */
DubScript *dub_captions_parse       (GBytes              *bytes,
                                     GError             **error);
GBytes    *dub_captions_write       (DubScript           *script,
                                     DubCaptionsFormat    format);
void       dub_captions_load_async  (GFile               *file,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
DubScript *dub_captions_load_finish (GAsyncResult        *result,
                                     GError             **error);

G_END_DECLS
