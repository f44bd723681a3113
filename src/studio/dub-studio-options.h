/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char    *data_dir;
  char    *credentials; /* or NULL: standard output */
  int      qps;
  int      jobs;
  gboolean exit_with_parent;
  gboolean version;
} DubStudioOptions;

gboolean dub_studio_options_parse (DubStudioOptions   *self,
                                   int                 argc,
                                   char              **argv,
                                   GError            **error);
void     dub_studio_options_clear (DubStudioOptions   *self);

G_END_DECLS
