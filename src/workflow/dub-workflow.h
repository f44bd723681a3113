/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-accounts.h"
#include "dub-draft.h"
#include "dub-library.h"
#include "dub-log.h"
#include "dub-paths.h"
#include "dub-queue.h"
#include "dub-studio-engines.h"
#include "dub-workflow-error.h"

G_BEGIN_DECLS

typedef struct _DubStore   DubStore;
typedef struct _DubKeyring DubKeyring;

#define DUB_TYPE_WORKFLOW (dub_workflow_get_type ())
G_DECLARE_FINAL_TYPE (DubWorkflow, dub_workflow, DUB, WORKFLOW, GObject)

/* Everything that the window and the command line work with. @studio_program: path of dubroom-studio. */
DubWorkflow *dub_workflow_new          (DubPaths   *paths,
                                        DubStore   *store,
                                        DubKeyring *keyring,
                                        const char *studio_program);
/* Before it is opened: what tells whether there is a network. */
void         dub_workflow_set_network  (DubWorkflow *self, GNetworkMonitor *network);
/* Before it is opened: where it notes what happens. NULL at first, which is no log. */
void         dub_workflow_set_log      (DubWorkflow *self, DubLog *log);
/* (transfer none) or NULL */
DubLog      *dub_workflow_get_log      (DubWorkflow *self);
/* Opens the store, reads accounts and tasks, and starts to work the queue. */
void         dub_workflow_open_async   (DubWorkflow *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean     dub_workflow_open_finish  (DubWorkflow *self, GAsyncResult *result, GError **error);
/* Stops the queue and the studio; what was under way is found again at the next start. */
void         dub_workflow_close_async  (DubWorkflow *self, GAsyncReadyCallback callback, gpointer user_data);
void         dub_workflow_close_finish (DubWorkflow *self, GAsyncResult *result);
DubAccounts *dub_workflow_get_accounts (DubWorkflow *self);
DubQueue    *dub_workflow_get_queue    (DubWorkflow *self);
DubLibrary  *dub_workflow_get_library  (DubWorkflow *self);
DubStudioEngines *dub_workflow_get_engines (DubWorkflow *self);
/* For the current account. (transfer full) */
DubDraft    *dub_workflow_create_draft (DubWorkflow *self);
/* For another one, which does not become the current one by that. (transfer full) */
DubDraft    *dub_workflow_create_draft_for (DubWorkflow *self, DubAccount *account);

G_END_DECLS
