/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Through one language between at most. */
#define DUB_APERTIUM_MAX_STEPS 2

/**
 * DubApertiumRoute:
 * @from: code of a language
 * @to: another one
 * @modes: names of apertium's modes, to be run one after the other, %NULL-terminated
 */
typedef struct
{
  const char *from;
  const char *to;
  const char *modes[DUB_APERTIUM_MAX_STEPS + 1];
} DubApertiumRoute;

/* (transfer none) (nullable) */
const DubApertiumRoute *dub_apertium_route_find         (const char             *from,
                                                         const char             *to);
/* Whether it leads anywhere at all from @language. */
gboolean                dub_apertium_route_begins       (const char             *language);
/* (transfer full) (nullable): the packages to install for it, with blanks between; NULL where nothing is missing. */
char                   *dub_apertium_route_dup_missing  (const DubApertiumRoute *self);

G_END_DECLS
