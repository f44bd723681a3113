/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DUB_MEDIA_ERROR (dub_media_error_quark ())
GQuark dub_media_error_quark (void);

/**
 * DubMediaError:
 * @DUB_MEDIA_ERROR_NOT_MEDIA: the bytes are no video (text, a picture, an empty file, a folder)
 * @DUB_MEDIA_ERROR_DAMAGED: a video that cannot be read (cut off, no index, encrypted)
 * @DUB_MEDIA_ERROR_MISSING_CODEC: a plugin is missing; the sentence names it
 * @DUB_MEDIA_ERROR_NOT_FOUND: no such file, or not readable
 * @DUB_MEDIA_ERROR_TIMED_OUT: looking at it took too long
 * @DUB_MEDIA_ERROR_FAILED: anything else, with what GStreamer says
 */
typedef enum
{
  DUB_MEDIA_ERROR_NOT_MEDIA,
  DUB_MEDIA_ERROR_DAMAGED,
  DUB_MEDIA_ERROR_MISSING_CODEC,
  DUB_MEDIA_ERROR_NOT_FOUND,
  DUB_MEDIA_ERROR_TIMED_OUT,
  DUB_MEDIA_ERROR_FAILED,
} DubMediaError;

G_END_DECLS
