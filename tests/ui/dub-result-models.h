/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-library-item.h"

G_BEGIN_DECLS

typedef struct
{
  const char *language;
  const char *original_uri; /* NULL: made elsewhere */
  const char *dub_uri;
  gint64      age_s;
  gint64      lifetime_s;   /* 0: never expires */
  gboolean    no_script;
  gboolean    remarks;      /* whoever made it has some on its segments */
} DubResultWanted;

/* A dub of an ad with twelve segments in Spanish, Arabic or Japanese. (transfer full) */
DubLibraryItem *dub_result_make_item (const DubResultWanted *wanted);

G_END_DECLS
