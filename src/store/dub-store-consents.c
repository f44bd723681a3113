/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"

typedef struct
{
  GStrv identities;
  char *notice_version;
} Consents;

static Consents *
consents_new (const char *const *identities,
              const char        *notice_version)
{
  Consents *consents = g_new0 (Consents, 1);

  consents->identities = g_strdupv ((GStrv) identities);
  consents->notice_version = g_strdup (notice_version);
  return consents;
}

static void
consents_free (Consents *consents)
{
  g_strfreev (consents->identities);
  g_free (consents->notice_version);
  g_free (consents);
}

/* The first agreement stays: what was sent after it must not seem to have been sent before. */
static gboolean
put_consents (DubConnection  *connection,
              gpointer        job_data,
              gpointer       *result,
              GError        **error)
{
  Consents *consents = job_data;
  g_autoptr (DubStatement) insert = NULL;
  gint64 now = dub_store_now ();

  insert = dub_connection_prepare (connection,
                                   "INSERT INTO consents (identity, notice_version, agreed) VALUES (?1, ?2, ?3)"
                                   " ON CONFLICT (identity, notice_version) DO NOTHING",
                                   error);
  if (insert == NULL)
    return FALSE;
  for (char **identity = consents->identities; *identity != NULL; identity++)
    {
      dub_statement_bind_text (insert, 1, *identity);
      dub_statement_bind_text (insert, 2, consents->notice_version);
      dub_statement_bind_int (insert, 3, now);
      if (!dub_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
get_consent (DubConnection  *connection,
             gpointer        job_data,
             gpointer       *result,
             GError        **error)
{
  Consents *consents = job_data;
  g_autoptr (DubStatement) select = NULL;
  gint64 agreed;
  gboolean found = FALSE;

  select = dub_connection_prepare (connection,
                                   "SELECT agreed FROM consents WHERE identity = ?1 AND notice_version = ?2", error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_text (select, 1, consents->identities[0]);
  dub_statement_bind_text (select, 2, consents->notice_version);
  if (!dub_store_find (select, &found, error))
    return FALSE;
  agreed = found ? dub_statement_get_int (select, 0) : 0;
  *result = g_memdup2 (&agreed, sizeof agreed);
  return TRUE;
}

/**
 * dub_store_put_consents_async:
 * @self: a store
 * @identities: (array zero-terminated=1): the identities of the videos
 * @notice_version: the version of the text that was agreed to
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when they are on the disk
 * @user_data: for @callback
 *
 * Stores that the person agrees now, for all @identities or none. An earlier agreement to the same text keeps
 * its time.
 */
void
dub_store_put_consents_async (DubStore            *self,
                              const char *const   *identities,
                              const char          *notice_version,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (identities != NULL);
  g_return_if_fail (notice_version != NULL);

  dub_store_run (self, dub_store_put_consents_async, put_consents, consents_new (identities, notice_version),
                 (GDestroyNotify) consents_free, NULL, cancellable, callback, user_data);
}

/**
 * dub_store_put_consents_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: whether they are stored
 */
gboolean
dub_store_put_consents_finish (DubStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return dub_store_finish_boolean (self, result, dub_store_put_consents_async, error);
}

/**
 * dub_store_get_consent_async:
 * @self: a store
 * @identity: the identity of a video
 * @notice_version: the version of the text
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when done
 * @user_data: for @callback
 *
 * Looks up a consent.
 */
void
dub_store_get_consent_async (DubStore            *self,
                             const char          *identity,
                             const char          *notice_version,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  const char *const identities[] = { identity, NULL };

  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (identity != NULL);
  g_return_if_fail (notice_version != NULL);

  dub_store_run (self, dub_store_get_consent_async, get_consent, consents_new (identities, notice_version),
                 (GDestroyNotify) consents_free, g_free, cancellable, callback, user_data);
}

/**
 * dub_store_get_consent_finish:
 * @self: a store
 * @result: what the callback was given
 * @agreed: (out) (optional): when the person agreed, in Unix milliseconds; 0 where there is no consent
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: whether it could be looked up
 */
gboolean
dub_store_get_consent_finish (DubStore      *self,
                              GAsyncResult  *result,
                              gint64        *agreed,
                              GError       **error)
{
  g_autofree gint64 *value = dub_store_finish_pointer (self, result, dub_store_get_consent_async, error);

  if (agreed != NULL)
    *agreed = value != NULL ? *value : 0;
  return value != NULL;
}
