/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DubSubtitleBox:
 * @pixels: 32 bits each, as Cairo has them (premultiplied, in the machine's byte order)
 * @x: where the box lies on the picture, in pixels from the left
 * @y: from the top
 *
 * One subtitle, ready to be laid on the picture.
 */
typedef struct
{
  guint8 *pixels;
  int     stride;
  int     width;
  int     height;
  int     x;
  int     y;
} DubSubtitleBox;

/**
 * DubSubtitlePicture:
 * @width: in pixels as they are stored
 * @height: likewise
 * @pixel_aspect: how many times as wide as high a pixel is seen
 *
 * What a subtitle is laid on: upright.
 */
typedef struct
{
  int    width;
  int    height;
  double pixel_aspect;
} DubSubtitlePicture;

/* Whether the installed fonts have all that is in @text. */
gboolean        dub_subtitle_box_check (const char     *text,
                                        const char     *language,
                                        GError        **error);
DubSubtitleBox *dub_subtitle_box_new   (const char     *text,
                                        const char     *language,
                                        const DubSubtitlePicture *picture);
void            dub_subtitle_box_free  (DubSubtitleBox *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubSubtitleBox, dub_subtitle_box_free)

G_END_DECLS
