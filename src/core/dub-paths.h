/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define DUB_TYPE_PATHS (dub_paths_get_type ())
G_DECLARE_FINAL_TYPE (DubPaths, dub_paths, DUB, PATHS, GObject)

/* Where the program keeps what. Made by main and handed down; the directories are made (mode 0700) by
 * dub_paths_prepare(). With @data_dir, @cache_dir and @state_dir NULL those of the XDG base directories + "dubroom". */
DubPaths   *dub_paths_new            (const char *data_dir,
                                      const char *cache_dir,
                                      const char *state_dir);
gboolean    dub_paths_prepare        (DubPaths   *self,
                                      GError    **error);
const char *dub_paths_get_data_dir   (DubPaths   *self);
const char *dub_paths_get_cache_dir  (DubPaths   *self);
const char *dub_paths_get_state_dir  (DubPaths   *self);
const char *dub_paths_get_database   (DubPaths   *self); /* data/dubroom.db */
const char *dub_paths_get_studio_dir (DubPaths   *self); /* data/studio */
const char *dub_paths_get_log        (DubPaths   *self); /* state/dubroom.log */

G_END_DECLS
