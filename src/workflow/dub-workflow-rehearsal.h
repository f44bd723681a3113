/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-rehearsal.h"
#include "dub-workflow.h"

G_BEGIN_DECLS

/* How a segment sounds before it is dubbed: the built-in studio speaks it, whichever account the dub is for. The studio is
 * started where it does not run. */

/* Errors are sentences for a person; one cancelled is G_IO_ERROR_CANCELLED. */
void          dub_workflow_rehearse_async   (DubWorkflow            *self,
                                             const DubRehearsalWish *wish,
                                             GCancellable           *cancellable,
                                             GAsyncReadyCallback     callback,
                                             gpointer                user_data);
DubRehearsal *dub_workflow_rehearse_finish  (DubWorkflow            *self,
                                             GAsyncResult           *result,
                                             GError                **error);
/* A script is being looked at: the voice is loaded, so that the first rehearsal is there at once. Nobody hears of a failure. */
void          dub_workflow_prepare_to_rehearse (DubWorkflow         *self,
                                             const char             *language);

G_END_DECLS
