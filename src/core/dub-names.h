/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include "dub-language.h"

G_BEGIN_DECLS

/* Service documentation, `video_name`: at most 50 characters (Unicode code points). */
#define DUB_NAME_MAX_CHARS 50

typedef enum
{
  DUB_NAME_STYLE_VIDEO_LANGUAGE, /* "Autumn coat · German" */
  DUB_NAME_STYLE_LANGUAGE_VIDEO, /* "German · Autumn coat" */
  DUB_NAME_STYLE_VIDEO_CODE,     /* "Autumn coat_de" */
} DubNameStyle;

typedef gboolean (*DubNameTaken) (const char *name,
                                  gpointer    user_data);

gboolean dub_name_check   (const char        *name,
                           GError           **error);
/* (transfer full): never longer than 50 characters; the video's title is shortened with "…", not the language. */
char    *dub_name_compose (const char        *video_title,
                           const DubLanguage *language,
                           DubNameStyle       style);
/* How many characters a title may have that dub_name_compose() does not shorten. */
glong    dub_name_get_room (const DubLanguage *language,
                            DubNameStyle       style);
/* (transfer full): at most @max characters, "…" in place of the end. */
char    *dub_name_shorten (const char        *title,
                           glong              max);
/* (transfer full): @name, or with " (2)", " (3)", … while @taken says so; at most 50 characters. */
char    *dub_name_unique  (const char        *name,
                           DubNameTaken       taken,
                           gpointer           user_data);
/* (transfer full): the title of a video from its file name or address, without the ending. */
char    *dub_name_title   (const char        *uri);

G_END_DECLS
