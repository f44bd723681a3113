/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-private.h"

#include <glib/gi18n-lib.h>

#include "dub-accounts-private.h"
#include "dub-draft-private.h"
#include "dub-keyring.h"
#include "dub-library-private.h"
#include "dub-queue-private.h"
#include "dub-studio-engines-private.h"
#include "dub-studio-process.h"
#include "dub-work-lease.h"

/* Service documentation: 1 request per second for each endpoint. */
#define SERVICE_INTERVAL_MS 1000

#define TAKE_OVER_AGAIN_S 2

/* As long as another process waits before it takes the work from one that lives, but does nothing. */
#define LEASE_MS 60000

/**
 * DubWorkflow:
 *
 * Ties store, keyring, studio, accounts, queue and library together; the window and the command line work with this alone.
 * All on the main thread.
 */
struct _DubWorkflow
{
  GObject parent_instance;

  DubPaths *paths;
  DubStore *store;
  DubKeyring *keyring;
  DubLog *log; /* NULL: there is none */
  DubStudioProcess *studio;
  DubSlotBook *book;
  DubWorkLease *lease;
  DubAccounts *accounts;
  DubQueue *queue;
  DubLibrary *library;
  DubStudioEngines *engines;
  char *studio_program;
  guint interval_ms;
  guint haste;
  guint taking_over; /* timer: what is stored could not be read */
  GQueue closers;    /* GTask of close */
  gboolean following;
  gboolean closing;
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (DubWorkflow, dub_workflow, G_TYPE_OBJECT)

static void
dub_workflow_dispose (GObject *object)
{
  DubWorkflow *self = DUB_WORKFLOW (object);

  if (self->queue != NULL)
    dub_queue_stop (self->queue);
  if (self->library != NULL)
    dub_library_stop (self->library);
  g_clear_handle_id (&self->taking_over, g_source_remove);
  g_clear_object (&self->engines);
  g_clear_object (&self->library);
  g_clear_object (&self->queue);
  g_clear_object (&self->accounts);
  if (self->studio != NULL)
    dub_studio_process_end (self->studio);
  g_clear_object (&self->studio);
  g_clear_object (&self->lease);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (dub_workflow_parent_class)->dispose (object);
}

static void
dub_workflow_finalize (GObject *object)
{
  DubWorkflow *self = DUB_WORKFLOW (object);

  g_clear_object (&self->paths);
  g_clear_object (&self->store);
  g_clear_object (&self->keyring);
  g_clear_object (&self->log);
  g_free (self->studio_program);
  G_OBJECT_CLASS (dub_workflow_parent_class)->finalize (object);
}

static void
dub_workflow_class_init (DubWorkflowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dub_workflow_dispose;
  object_class->finalize = dub_workflow_finalize;
}

static void
dub_workflow_init (DubWorkflow *self)
{
  self->interval_ms = SERVICE_INTERVAL_MS;
  self->haste = 1;
  g_queue_init (&self->closers);
}

static void
on_working (DubWorkflow *self)
{
  dub_log_write (self->log, "queue %s", dub_queue_get_working (self->queue) ? "taken over" : "given up");
}

static void
make_parts (DubWorkflow *self)
{
  g_clear_object (&self->engines);
  g_clear_object (&self->library);
  g_clear_object (&self->queue);
  g_clear_object (&self->accounts);
  self->accounts = dub_accounts_new (self->store, self->keyring, self->studio, self->book, self->interval_ms, self->log);
  self->queue = dub_queue_new (self->store, self->accounts, self->haste);
  self->library = dub_library_new (self->store, self->accounts, self->queue);
  self->engines = dub_studio_engines_new (dub_paths_get_studio_dir (self->paths), self->keyring, self->accounts, self->queue);
  g_signal_connect_object (self->queue, "notify::working", G_CALLBACK (on_working), self, G_CONNECT_SWAPPED);
  g_clear_object (&self->lease);
  self->lease = dub_work_lease_new (self->store, dub_paths_get_data_dir (self->paths), LEASE_MS);
}

/**
 * dub_workflow_new:
 * @paths: where things are kept
 * @store: not opened yet
 * @keyring: where the tokens are kept
 * @studio_program: the path of dubroom-studio
 *
 * Returns: (transfer full): a workflow, to be opened
 */
DubWorkflow *
dub_workflow_new (DubPaths   *paths,
                  DubStore   *store,
                  DubKeyring *keyring,
                  const char *studio_program)
{
  g_autofree char *book = NULL;
  DubWorkflow *self;

  g_return_val_if_fail (DUB_IS_PATHS (paths) && DUB_IS_STORE (store) && studio_program != NULL, NULL);

  self = g_object_new (DUB_TYPE_WORKFLOW, NULL);
  g_set_object (&self->paths, paths);
  g_set_object (&self->store, store);
  g_set_object (&self->keyring, keyring);
  self->studio_program = g_strdup (studio_program);
  self->studio = dub_studio_process_new (studio_program, dub_paths_get_studio_dir (paths));
  book = g_build_filename (dub_paths_get_data_dir (paths), "slots.db", NULL);
  self->book = dub_slot_book_new (book);
  make_parts (self);
  return self;
}

/**
 * dub_workflow_set_log:
 * @log: (nullable): where requests, transitions, the studio's starts and the like are noted
 *
 * To be called before it is opened.
 */
void
dub_workflow_set_log (DubWorkflow *self,
                      DubLog      *log)
{
  g_return_if_fail (DUB_IS_WORKFLOW (self) && !self->following);

  if (!g_set_object (&self->log, log))
    return;
  dub_studio_process_set_log (self->studio, log);
  make_parts (self);
}

/**
 * dub_workflow_get_log:
 *
 * Returns: (transfer none) (nullable): where it notes what happens
 */
DubLog *
dub_workflow_get_log (DubWorkflow *self)
{
  g_return_val_if_fail (DUB_IS_WORKFLOW (self), NULL);
  return self->log;
}

void
dub_workflow_set_pace (DubWorkflow *self,
                       guint        interval_ms,
                       guint        haste)
{
  g_return_if_fail (DUB_IS_WORKFLOW (self) && !self->following);

  self->interval_ms = interval_ms;
  self->haste = haste;
  make_parts (self);
}

/**
 * dub_workflow_set_network:
 * @network: what tells whether there is a network, as a rule g_network_monitor_get_default()
 *
 * Without it, that there is none is only noticed by what fails.
 */
void
dub_workflow_set_network (DubWorkflow     *self,
                          GNetworkMonitor *network)
{
  g_return_if_fail (DUB_IS_WORKFLOW (self) && !self->following);

  dub_queue_set_network (self->queue, network);
}

static void
on_followed (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DubWorkflow) self = user_data;

  /* What cannot be read now is read at the next change. */
  dub_accounts_load_finish (DUB_ACCOUNTS (source), result, NULL);
  if (!self->closing)
    dub_queue_reload_async (self->queue, NULL, NULL, NULL);
}

static void
on_changed_elsewhere (DubWorkflow *self)
{
  if (!self->closing)
    dub_accounts_load_async (self->accounts, NULL, on_followed, g_object_ref (self));
}

static void take_over (DubWorkflow *self);

static gboolean
on_take_over_again (gpointer user_data)
{
  DubWorkflow *self = user_data;

  self->taking_over = 0;
  take_over (self);
  return G_SOURCE_REMOVE;
}

static void
on_taken_over (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DubWorkflow) self = user_data;
  gboolean read = dub_queue_reload_finish (DUB_QUEUE (source), result, NULL);

  if (self->closing || !dub_work_lease_is_held (self->lease))
    return;
  if (read)
    dub_queue_set_turn (self->queue, dub_work_lease_get_turn (self->lease));
  else if (self->taking_over == 0)
    self->taking_over = g_timeout_add_seconds (TAKE_OVER_AGAIN_S, on_take_over_again, self);
}

/* Only what is stored now counts, not what this process has seen before it had the lease. */
static void
take_over (DubWorkflow *self)
{
  if (self->closing)
    return;
  if (dub_work_lease_is_held (self->lease))
    {
      dub_queue_reload_async (self->queue, NULL, on_taken_over, g_object_ref (self));
      return;
    }
  /* Stopped for so long that another process works now, and starts a studio of its own on the same directory. */
  dub_queue_set_turn (self->queue, 0);
  dub_studio_process_yield (self->studio);
}

static void
want_lease (DubWorkflow *self)
{
  dub_work_lease_set_wanted (self->lease, dub_queue_has_work (self->queue));
}

static void
follow (DubWorkflow *self)
{
  if (self->following)
    return;
  self->following = TRUE;
  g_signal_connect_object (self->store, "changed-elsewhere", G_CALLBACK (on_changed_elsewhere), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lease, "notify::held", G_CALLBACK (take_over), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->queue, "notify::has-work", G_CALLBACK (want_lease), self, G_CONNECT_SWAPPED);
  want_lease (self);
  dub_store_watch (self->store);
  dub_library_start (self->library);
  dub_work_lease_start (self->lease);
}

static void
on_queue_read (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubWorkflow *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!dub_queue_reload_finish (DUB_QUEUE (source), result, &error))
    g_task_return_error (task, error);
  else if (self->closing)
    g_task_return_new_error_literal (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Dubroom is being closed."));
  else if (!dub_work_lease_open (self->lease, &error))
    g_task_return_error (task, error);
  else
    {
      follow (self);
      g_task_return_boolean (task, TRUE);
    }
}

/* What cannot be used is said where engines are chosen; all else goes on. */
static void
on_engines_read (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubWorkflow *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!dub_studio_engines_load_finish (DUB_STUDIO_ENGINES (source), result, &error))
    dub_log_write (self->log, "engines of the studio: %s", error->message);
  dub_queue_reload_async (self->queue, NULL, on_queue_read, g_steal_pointer (&task));
}

static void
on_accounts_read (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubWorkflow *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!dub_accounts_load_finish (DUB_ACCOUNTS (source), result, &error))
    g_task_return_error (task, error);
  else
    dub_studio_engines_load_async (self->engines, NULL, on_engines_read, g_steal_pointer (&task));
}

static void
on_store_open (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubWorkflow *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!dub_store_open_finish (DUB_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    dub_accounts_load_async (self->accounts, g_task_get_cancellable (task), on_accounts_read, g_object_ref (task));
}

/**
 * dub_workflow_open_async:
 *
 * Opens the store, reads accounts and tasks, and begins to work the queue, unless another process does: then it is followed,
 * and taken over when that one ends. Errors: #DubStoreError; one of a directory that cannot be made.
 */
void
dub_workflow_open_async (DubWorkflow         *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (DUB_IS_WORKFLOW (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_workflow_open_async);
  if (!dub_paths_prepare (self->paths, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  dub_store_open_async (self->store, cancellable, on_store_open, g_steal_pointer (&task));
}

/**
 * dub_workflow_open_finish:
 *
 * Returns: whether it is open; else nothing else can be done with it
 */
gboolean
dub_workflow_open_finish (DubWorkflow   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_studio_stopped (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (DubWorkflow) self = user_data;

  dub_studio_process_stop_finish (DUB_STUDIO_PROCESS (source), result);
  if (dub_work_lease_is_held (self->lease))
    dub_log_write (self->log, "queue given up");
  dub_work_lease_release (self->lease);
  self->closed = TRUE;
  while (!g_queue_is_empty (&self->closers))
    {
      g_autoptr (GTask) closer = g_queue_pop_head (&self->closers);

      g_task_return_boolean (closer, TRUE);
    }
}

static void
on_drained (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  DubWorkflow *self = user_data;

  dub_queue_drain_finish (DUB_QUEUE (source), result);
  dub_studio_process_stop_async (self->studio, on_studio_stopped, self);
}

/**
 * dub_workflow_close_async:
 *
 * Stops the queue (waiting up to 5 s for the answers to what is being sent) and the studio, then lets another process work
 * the queue. What was under way is found again at the next start. The store stays open: it belongs to whoever made it.
 * Called again, it is answered when all is closed.
 */
void
dub_workflow_close_async (DubWorkflow         *self,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DUB_IS_WORKFLOW (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dub_workflow_close_async);
  if (self->closed)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_queue_push_tail (&self->closers, g_steal_pointer (&task));
  if (self->closing)
    return;
  self->closing = TRUE;
  g_clear_handle_id (&self->taking_over, g_source_remove);
  dub_library_stop (self->library);
  dub_queue_drain_async (self->queue, on_drained, g_object_ref (self));
}

/**
 * dub_workflow_close_finish:
 *
 * There is no error: what could not be awaited is settled at the next start.
 */
void
dub_workflow_close_finish (DubWorkflow  *self,
                           GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));
  g_task_propagate_boolean (G_TASK (result), NULL);
}

/**
 * dub_workflow_get_accounts:
 *
 * Returns: (transfer none): the accounts; empty until it is open
 */
DubAccounts *
dub_workflow_get_accounts (DubWorkflow *self)
{
  g_return_val_if_fail (DUB_IS_WORKFLOW (self), NULL);
  return self->accounts;
}

/**
 * dub_workflow_get_queue:
 *
 * Returns: (transfer none): all tasks
 */
DubQueue *
dub_workflow_get_queue (DubWorkflow *self)
{
  g_return_val_if_fail (DUB_IS_WORKFLOW (self), NULL);
  return self->queue;
}

/**
 * dub_workflow_get_library:
 *
 * Returns: (transfer none): the dubs of the current account
 */
DubLibrary *
dub_workflow_get_library (DubWorkflow *self)
{
  g_return_val_if_fail (DUB_IS_WORKFLOW (self), NULL);
  return self->library;
}

/**
 * dub_workflow_get_engines:
 *
 * Returns: (transfer none): which engines the built-in studio works with
 */
DubStudioEngines *
dub_workflow_get_engines (DubWorkflow *self)
{
  g_return_val_if_fail (DUB_IS_WORKFLOW (self), NULL);
  return self->engines;
}

/**
 * dub_workflow_create_draft:
 *
 * Returns: (transfer full): an empty draft whose dubs go to the current account
 */
DubDraft *
dub_workflow_create_draft (DubWorkflow *self)
{
  g_return_val_if_fail (DUB_IS_WORKFLOW (self), NULL);
  return dub_draft_new (self->store, self->queue, self->engines, dub_accounts_get_current (self->accounts));
}

/**
 * dub_workflow_create_draft_for:
 * @account: one of the accounts
 *
 * Returns: (transfer full): an empty draft whose dubs go to @account
 */
DubDraft *
dub_workflow_create_draft_for (DubWorkflow *self,
                               DubAccount  *account)
{
  g_return_val_if_fail (DUB_IS_WORKFLOW (self) && DUB_IS_ACCOUNT (account), NULL);
  return dub_draft_new (self->store, self->queue, self->engines, account);
}
