/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"

#include <glib/gi18n-lib.h>

/* Which of several processes on one file works the queue. */

typedef struct
{
  gint64 holder;
  gint64 gone;
  char *boot;
  gint64 now;
  gint64 until;
} Wish;

static void
wish_free (Wish *wish)
{
  g_free (wish->boot);
  g_free (wish);
}

typedef struct
{
  DubLeaseRecord record;
  gboolean free;
} Lease;

/* Of another start of the machine nobody is left; where the system does not tell starts apart, a time that nobody can have
 * asked for does. */
static gboolean
read_lease (DubConnection  *connection,
            const Wish     *wish,
            Lease          *lease,
            GError        **error)
{
  g_autoptr (DubStatement) select = NULL;
  gboolean found = FALSE;

  *lease = (Lease){ { 0 }, TRUE };
  select = dub_connection_prepare (connection, "SELECT holder, turn, until, boot FROM lease", error);
  if (select == NULL || !dub_store_find (select, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  lease->record.holder = dub_statement_get_int (select, 0);
  lease->record.turn = dub_statement_get_int (select, 1);
  lease->record.until = dub_statement_get_int (select, 2);
  lease->free = lease->record.holder == 0 || lease->record.holder == wish->holder || lease->record.holder == wish->gone ||
                lease->record.until <= wish->now || lease->record.until > wish->until ||
                g_strcmp0 (dub_statement_get_text (select, 3), wish->boot) != 0;
  return TRUE;
}

static gboolean
write_lease (DubConnection         *connection,
             const DubLeaseRecord  *lease,
             const char            *boot,
             GError               **error)
{
  g_autoptr (DubStatement) statement = NULL;

  statement = dub_connection_prepare (connection,
                                      "INSERT OR REPLACE INTO lease (id, holder, turn, boot, until) VALUES (1, ?1, ?2, ?3, ?4)",
                                      error);
  if (statement == NULL)
    return FALSE;
  dub_statement_bind_int (statement, 1, lease->holder);
  dub_statement_bind_int (statement, 2, lease->turn);
  dub_statement_bind_text (statement, 3, boot);
  dub_statement_bind_int (statement, 4, lease->until);
  return dub_statement_run (statement, error);
}

static gboolean
take_lease (DubConnection  *connection,
            gpointer        job_data,
            gpointer       *result,
            GError        **error)
{
  const Wish *wish = job_data;
  Lease lease;

  if (!read_lease (connection, wish, &lease, error))
    return FALSE;
  if (lease.free)
    {
      if (lease.record.holder != wish->holder)
        lease.record.turn++;
      lease.record.holder = wish->holder;
      lease.record.until = wish->until;
      if (!write_lease (connection, &lease.record, wish->boot, error))
        return FALSE;
    }
  *result = g_memdup2 (&lease.record, sizeof lease.record);
  return TRUE;
}

/**
 * dub_store_take_lease_async:
 * @self: a store
 * @holder: a number of the caller's own, not 0
 * @gone: a holder that is known to have ended without giving it back; 0: nobody
 * @boot: which start of the machine the times belong to
 * @now: monotonic time in milliseconds
 * @until: when it ends unless it is taken again, the same
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when done
 * @user_data: for @callback
 *
 * Takes the lease of the queue, or takes it for longer.
 */
void
dub_store_take_lease_async (DubStore            *self,
                            gint64               holder,
                            gint64               gone,
                            const char          *boot,
                            gint64               now,
                            gint64               until,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Wish *wish;

  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (holder != 0 && boot != NULL);

  wish = g_new0 (Wish, 1);
  wish->holder = holder;
  wish->gone = gone;
  wish->boot = g_strdup (boot);
  wish->now = now;
  wish->until = until;
  dub_store_run (self, dub_store_take_lease_async, take_lease, wish, (GDestroyNotify) wish_free, g_free, cancellable,
                 callback, user_data);
}

/**
 * dub_store_take_lease_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: (transfer full) (nullable): who holds it now, to be freed with g_free()
 */
DubLeaseRecord *
dub_store_take_lease_finish (DubStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return dub_store_finish_pointer (self, result, dub_store_take_lease_async, error);
}

static gboolean
give_lease_back (DubConnection  *connection,
                 gpointer        job_data,
                 gpointer       *result,
                 GError        **error)
{
  const gint64 *holder = job_data;
  g_autoptr (DubStatement) update = NULL;

  update = dub_connection_prepare (connection, "UPDATE lease SET holder = 0 WHERE holder = ?1", error);
  if (update == NULL)
    return FALSE;
  dub_statement_bind_int (update, 1, *holder);
  return dub_statement_run (update, error);
}

/**
 * dub_store_give_lease_back_async:
 * @self: a store
 * @holder: the caller's number
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when done
 * @user_data: for @callback
 *
 * Lets another process work the queue; where the lease is another's, nothing happens.
 */
void
dub_store_give_lease_back_async (DubStore            *self,
                                 gint64               holder,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_return_if_fail (DUB_IS_STORE (self));

  dub_store_run (self, dub_store_give_lease_back_async, give_lease_back, g_memdup2 (&holder, sizeof holder), g_free, NULL,
                 cancellable, callback, user_data);
}

/**
 * dub_store_give_lease_back_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: whether the caller holds it no more
 */
gboolean
dub_store_give_lease_back_finish (DubStore      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return dub_store_finish_boolean (self, result, dub_store_give_lease_back_async, error);
}

/* A process that was stopped for so long that another one took over must not begin what that one begins. */
gboolean
dub_store_check_turn (DubConnection  *connection,
                      gint64          turn,
                      GError        **error)
{
  g_autoptr (DubStatement) select = NULL;
  gboolean found = FALSE;

  select = dub_connection_prepare (connection, "SELECT 1 FROM lease WHERE turn = ?1", error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_int (select, 1, turn);
  if (!dub_store_find (select, &found, error))
    return FALSE;
  if (found)
    return TRUE;
  g_set_error_literal (error, DUB_STORE_ERROR, DUB_STORE_ERROR_LEASE,
                       _("Another Dubroom works your dubs now. Nothing was sent from here."));
  return FALSE;
}
