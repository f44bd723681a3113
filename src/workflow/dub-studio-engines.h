/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-engine-settings.h"

G_BEGIN_DECLS

#define DUB_TYPE_STUDIO_ENGINES (dub_studio_engines_get_type ())
G_DECLARE_FINAL_TYPE (DubStudioEngines, dub_studio_engines, DUB, STUDIO_ENGINES, GObject)

/* Which engine does which step of the built-in studio; their keys are in the keyring and nowhere else. Signal "changed":
 * others are chosen. All on the main thread. */

/* As they were last read or written; all built in before. (transfer none) */
const DubEngineSettings *dub_studio_engines_get_settings   (DubStudioEngines        *self);
/* Why what is stored cannot be used, a sentence; NULL where it can. Dubs fail until others are chosen. */
const char              *dub_studio_engines_get_problem    (DubStudioEngines        *self);
void                     dub_studio_engines_load_async     (DubStudioEngines        *self,
                                                            GCancellable            *cancellable,
                                                            GAsyncReadyCallback      callback,
                                                            gpointer                 user_data);
gboolean                 dub_studio_engines_load_finish    (DubStudioEngines        *self,
                                                            GAsyncResult            *result,
                                                            GError                 **error);
/* @key: for its server; NULL: the one that is stored, if any. The next dub is made with it. DUB_ERROR_ENGINE, DUB_ERROR_FILE,
 * DUB_SERVICE_ERROR_KEYRING: nothing was changed. */
void                     dub_studio_engines_choose_async   (DubStudioEngines        *self,
                                                            DubStage                 stage,
                                                            const DubEngineChoice   *choice,
                                                            const char              *key,
                                                            GCancellable            *cancellable,
                                                            GAsyncReadyCallback      callback,
                                                            gpointer                 user_data);
gboolean                 dub_studio_engines_choose_finish  (DubStudioEngines        *self,
                                                            GAsyncResult            *result,
                                                            GError                 **error);
/* Has the studio try it for real; @key is stored for that. Returns (transfer full) what the engine can do, a sentence;
 * @languages: (transfer full) codes, or NULL. */
void                     dub_studio_engines_test_async     (DubStudioEngines        *self,
                                                            DubStage                 stage,
                                                            const DubEngineChoice   *choice,
                                                            const char              *key,
                                                            GCancellable            *cancellable,
                                                            GAsyncReadyCallback      callback,
                                                            gpointer                 user_data);
char                    *dub_studio_engines_test_finish    (DubStudioEngines        *self,
                                                            GAsyncResult            *result,
                                                            GStrv                   *languages,
                                                            GError                 **error);
/* Whether a key for the server of @choice is stored. */
void                     dub_studio_engines_has_key_async  (DubStudioEngines        *self,
                                                            const DubEngineChoice   *choice,
                                                            GCancellable            *cancellable,
                                                            GAsyncReadyCallback      callback,
                                                            gpointer                 user_data);
gboolean                 dub_studio_engines_has_key_finish (DubStudioEngines        *self,
                                                            GAsyncResult            *result,
                                                            GError                 **error);
void                     dub_studio_engines_forget_key_async (DubStudioEngines      *self,
                                                            const DubEngineChoice   *choice,
                                                            GCancellable            *cancellable,
                                                            GAsyncReadyCallback      callback,
                                                            gpointer                 user_data);
gboolean                 dub_studio_engines_forget_key_finish (DubStudioEngines     *self,
                                                            GAsyncResult            *result,
                                                            GError                 **error);

G_END_DECLS
