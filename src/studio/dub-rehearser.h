/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-rehearse.h"

G_BEGIN_DECLS

#define DUB_TYPE_REHEARSER (dub_rehearser_get_type ())
G_DECLARE_FINAL_TYPE (DubRehearser, dub_rehearser, DUB, REHEARSER, GObject)

/* How many rehearsals may wait. */
#define DUB_REHEARSER_MAX_WAITING 20
/* How long what is built in may take for one. */
#define DUB_REHEARSER_PATIENCE_MS (5 * 1000)

/* Speaks segments, one after the other, by a working process that is started for the first one and stays: a voice that is
 * loaded answers at once. After a crash the next one starts another process. Errors are DUB_STUDIO_ERROR_FAILED with the
 * words of the process, DUB_STUDIO_ERROR_CRASHED, or G_IO_ERROR_BUSY where too many wait. */
DubRehearser *dub_rehearser_new        (const char             *program,
                                        guint                   patience_ms);
void          dub_rehearser_say_async  (DubRehearser           *self,
                                        const DubRehearsalWish *wish,
                                        const DubJobEngines    *engines,
                                        GCancellable           *cancellable,
                                        GAsyncReadyCallback     callback,
                                        gpointer                user_data);
DubRehearsal *dub_rehearser_say_finish (DubRehearser           *self,
                                        GAsyncResult           *result,
                                        GError                **error);
/* Ends the process. What waits is cancelled. */
void          dub_rehearser_close      (DubRehearser           *self);

G_END_DECLS
