/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-engine-choice.h"

G_BEGIN_DECLS

/* The engines of the three stages, as the configuration file of the built-in studio has them: engines.conf in its
 * directory, a key file with a group for each stage ([transcribe], [translate], [speak]) and the keys engine, address,
 * model, voice, languages, parallel, timeout. What is missing is built in; what cannot be used is an error, never
 * something else in its place. */
typedef struct
{
  DubEngineChoice *stages[DUB_N_STAGES]; /* none is NULL */
} DubEngineSettings;

#define DUB_ENGINE_SETTINGS_FILE "engines.conf"

#define DUB_TYPE_ENGINE_SETTINGS (dub_engine_settings_get_type ())
GType              dub_engine_settings_get_type (void);
/* All built in. */
DubEngineSettings *dub_engine_settings_new      (void);
DubEngineSettings *dub_engine_settings_copy     (const DubEngineSettings *self);
void               dub_engine_settings_free     (DubEngineSettings       *self);
/* (transfer full) (nullable): blocks; a file that is not there is all built in. DUB_ERROR_ENGINE or DUB_ERROR_FILE. */
DubEngineSettings *dub_engine_settings_load     (const char              *studio_dir,
                                                 GError                 **error);
/* Blocks; the file appears whole (mode 0600). */
gboolean           dub_engine_settings_save     (const DubEngineSettings *self,
                                                 const char              *studio_dir,
                                                 GError                 **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubEngineSettings, dub_engine_settings_free)

G_END_DECLS
