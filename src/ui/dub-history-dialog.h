/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-account.h"
#include "dub-log.h"
#include "dub-queue-history.h"

G_BEGIN_DECLS

#define DUB_TYPE_HISTORY_DIALOG (dub_history_dialog_get_type ())
G_DECLARE_FINAL_TYPE (DubHistoryDialog, dub_history_dialog, DUB, HISTORY_DIALOG, AdwDialog)

/* @account, @log: may be NULL. @queue NULL: nothing is read until steps are set. */
AdwDialog *dub_history_dialog_new       (DubQueue         *queue,
                                         DubTask          *task,
                                         DubAccount       *account,
                                         DubLog           *log);
/* What was read: @steps of DubTaskStep, oldest first, or NULL with the @error that says why there are none. */
void       dub_history_dialog_set_steps (DubHistoryDialog *self,
                                         GPtrArray        *steps,
                                         const GError     *error);

G_END_DECLS
