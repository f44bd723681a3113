/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-job.h"
#include "dub-keyring.h"

G_BEGIN_DECLS

#define DUB_TYPE_STUDIO_SETUP (dub_studio_setup_get_type ())
G_DECLARE_FINAL_TYPE (DubStudioSetup, dub_studio_setup, DUB, STUDIO_SETUP, GObject)

/* Which engines the studio works with, as they are set when it begins something: engines.conf in its directory, and the
 * keys of their servers in the keyring. A server whose key is not there gets none; so does one where there is no keyring
 * at all. A keyring that is locked is an error: the key may be in it. Errors are DUB_STUDIO_ERROR_UNSUITABLE with a sentence. */
DubStudioSetup *dub_studio_setup_new             (const char              *studio_dir,
                                                  DubKeyring              *keyring);
void            dub_studio_setup_load_async      (DubStudioSetup          *self,
                                                  GCancellable            *cancellable,
                                                  GAsyncReadyCallback      callback,
                                                  gpointer                 user_data);
/* The keys of @settings, whatever is in the file. */
void            dub_studio_setup_find_keys_async (DubStudioSetup          *self,
                                                  const DubEngineSettings *settings,
                                                  GCancellable            *cancellable,
                                                  GAsyncReadyCallback      callback,
                                                  gpointer                 user_data);
/* Of both. @engines: initialised; gets them. */
gboolean        dub_studio_setup_finish          (DubStudioSetup          *self,
                                                  GAsyncResult            *result,
                                                  DubJobEngines           *engines,
                                                  GError                 **error);

G_END_DECLS
