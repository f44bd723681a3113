/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-slot-book.h"

#include "dub-store-private.h"

/**
 * DubSlotBook:
 *
 * When the next request to an endpoint may be made, for all processes on one file. It is another file than that of the
 * store, because each request writes into it, and none of that is news to anyone who follows the store. All calls on the
 * main thread.
 */
struct _DubSlotBook
{
  GObject parent_instance;

  DubDatabase *database;
};

G_DEFINE_FINAL_TYPE (DubSlotBook, dub_slot_book, G_TYPE_OBJECT)

/* No service's rest is longer: what is written so is of another start of the machine, where the system does not tell. */
#define LONGEST_REST_MS (2 * 3600 * 1000)

/* Times are those of the monotonic clock of one start of the machine ("boot"). */
static const char *const migrations[] = {
  "CREATE TABLE slots ("
  "  account TEXT NOT NULL,"
  "  endpoint TEXT NOT NULL,"
  "  boot TEXT NOT NULL,"
  "  next INTEGER NOT NULL,"
  "  PRIMARY KEY (account, endpoint)"
  ") STRICT, WITHOUT ROWID;",

  NULL,
};

static void
dub_slot_book_dispose (GObject *object)
{
  DubSlotBook *self = DUB_SLOT_BOOK (object);

  if (self->database != NULL)
    dub_database_close (self->database);
  g_clear_object (&self->database);
  G_OBJECT_CLASS (dub_slot_book_parent_class)->dispose (object);
}

static void
dub_slot_book_class_init (DubSlotBookClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dub_slot_book_dispose;
}

static void
dub_slot_book_init (DubSlotBook *self)
{
}

/**
 * dub_slot_book_new:
 * @path: the file; its folder must be there by then
 *
 * Nothing is opened before the first call.
 *
 * Returns: (transfer full): a book
 */
DubSlotBook *
dub_slot_book_new (const char *path)
{
  DubSlotBook *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (DUB_TYPE_SLOT_BOOK, NULL);
  self->database = dub_database_new (path, migrations);
  return self;
}

static void
on_ran (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gint64 *time = dub_database_run_finish (DUB_DATABASE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, time, g_free);
}

typedef struct
{
  char *account_id;
  char *endpoint;
  char *boot;
  gint64 from;
  gint64 interval;
} Slot;

static Slot *
slot_new (const char *account_id,
          const char *endpoint,
          const char *boot)
{
  Slot *slot = g_new0 (Slot, 1);

  slot->account_id = g_strdup (account_id);
  slot->endpoint = g_strdup (endpoint);
  slot->boot = g_strdup (boot);
  return slot;
}

static void
slot_free (Slot *slot)
{
  g_free (slot->account_id);
  g_free (slot->endpoint);
  g_free (slot->boot);
  g_free (slot);
}

/* @next: 0 where none is known of this start of the machine */
static gboolean
read_next (DubConnection  *connection,
           const Slot     *slot,
           gint64         *next,
           GError        **error)
{
  g_autoptr (DubStatement) select = NULL;
  gboolean found = FALSE;

  *next = 0;
  select = dub_connection_prepare (connection, "SELECT next FROM slots WHERE account = ?1 AND endpoint = ?2 AND boot = ?3",
                                   error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_text (select, 1, slot->account_id);
  dub_statement_bind_text (select, 2, slot->endpoint);
  dub_statement_bind_text (select, 3, slot->boot);
  if (!dub_store_find (select, &found, error))
    return FALSE;
  if (found)
    *next = dub_statement_get_int (select, 0);
  if (*next > slot->from + LONGEST_REST_MS)
    *next = 0;
  return TRUE;
}

static gboolean
write_next (DubConnection  *connection,
            const Slot     *slot,
            gint64          next,
            GError        **error)
{
  g_autoptr (DubStatement) insert = NULL;

  insert = dub_connection_prepare (connection,
                                   "INSERT OR REPLACE INTO slots (account, endpoint, boot, next) VALUES (?1, ?2, ?3, ?4)",
                                   error);
  if (insert == NULL)
    return FALSE;
  dub_statement_bind_text (insert, 1, slot->account_id);
  dub_statement_bind_text (insert, 2, slot->endpoint);
  dub_statement_bind_text (insert, 3, slot->boot);
  dub_statement_bind_int (insert, 4, next);
  return dub_statement_run (insert, error);
}

static gboolean
take_slot (DubConnection  *connection,
           gpointer        job_data,
           gpointer       *result,
           GError        **error)
{
  const Slot *slot = job_data;
  gint64 taken;

  if (!read_next (connection, slot, &taken, error))
    return FALSE;
  taken = MAX (taken, slot->from);
  if (!write_next (connection, slot, taken + slot->interval, error))
    return FALSE;
  *result = g_memdup2 (&taken, sizeof taken);
  return TRUE;
}

static void
run (DubSlotBook         *self,
     gpointer             tag,
     DubDatabaseJob       job,
     Slot                *slot,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  dub_database_run_async (self->database, job, slot, (GDestroyNotify) slot_free, g_free, cancellable, on_ran, task);
}

/**
 * dub_slot_book_take_async:
 * @self: a book
 * @account_id: an account
 * @endpoint: a word for what is to be called
 * @boot: which start of the machine the times belong to
 * @from: the earliest time (monotonic milliseconds)
 * @interval: how far slots are apart (milliseconds)
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when done
 * @user_data: for @callback
 *
 * Takes the next free slot, which is then no other's.
 */
void
dub_slot_book_take_async (DubSlotBook         *self,
                          const char          *account_id,
                          const char          *endpoint,
                          const char          *boot,
                          gint64               from,
                          gint64               interval,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  Slot *slot;

  g_return_if_fail (DUB_IS_SLOT_BOOK (self));
  g_return_if_fail (account_id != NULL && endpoint != NULL && boot != NULL);

  slot = slot_new (account_id, endpoint, boot);
  slot->from = from;
  slot->interval = interval;
  run (self, dub_slot_book_take_async, take_slot, slot, cancellable, callback, user_data);
}

/**
 * dub_slot_book_take_finish:
 * @self: a book
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: when the caller may go (monotonic milliseconds), or -1
 */
gint64
dub_slot_book_take_finish (DubSlotBook   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_autofree gint64 *taken = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), -1);
  taken = g_task_propagate_pointer (G_TASK (result), error);
  return taken != NULL ? *taken : -1;
}

static gboolean
rest_slots (DubConnection  *connection,
            gpointer        job_data,
            gpointer       *result,
            GError        **error)
{
  const Slot *slot = job_data;
  gint64 next;

  return read_next (connection, slot, &next, error) &&
         (next >= slot->from || write_next (connection, slot, slot->from, error));
}

/**
 * dub_slot_book_rest:
 * @self: a book
 * @account_id: an account
 * @endpoint: a word for what is called
 * @boot: which start of the machine the times belong to
 * @until: monotonic milliseconds
 *
 * There is no slot before @until: the service asked for a rest. Where that cannot be written, the caller's own rest holds
 * for this process alone.
 */
void
dub_slot_book_rest (DubSlotBook *self,
                    const char  *account_id,
                    const char  *endpoint,
                    const char  *boot,
                    gint64       until)
{
  Slot *slot;

  g_return_if_fail (DUB_IS_SLOT_BOOK (self));
  g_return_if_fail (account_id != NULL && endpoint != NULL && boot != NULL);

  slot = slot_new (account_id, endpoint, boot);
  slot->from = until;
  run (self, dub_slot_book_rest, rest_slots, slot, NULL, NULL, NULL);
}
