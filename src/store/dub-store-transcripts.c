/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"

/* What the service's list says of the dubs that are ready. */

static DubScript *
copy_if_worth (DubScript *script)
{
  return script != NULL && dub_script_get_length (script) > 0 ? dub_store_copy_script (script) : NULL;
}

static gboolean
has_script (DubConnection  *connection,
            gint64          task,
            const char     *role,
            gboolean       *has,
            GError        **error)
{
  g_autoptr (DubStatement) select = NULL;

  select = dub_connection_prepare (connection, "SELECT 1 FROM scripts WHERE task = ?1 AND role = ?2", error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_int (select, 1, task);
  dub_statement_bind_text (select, 2, role);
  return dub_store_find (select, has, error);
}

/* Of the same bytes, wherever the file lay: the first one that is known. */
static gboolean
read_original_of_another (DubConnection  *connection,
                          gint64          task,
                          DubScript     **script,
                          GError        **error)
{
  g_autoptr (DubStatement) select = NULL;
  gboolean found = FALSE;

  select = dub_connection_prepare (connection,
                                   "SELECT tasks.id FROM tasks JOIN scripts ON scripts.task = tasks.id"
                                   " AND scripts.role = 'original'"
                                   " WHERE tasks.identity = (SELECT identity FROM tasks WHERE id = ?1)"
                                   " ORDER BY tasks.id LIMIT 1",
                                   error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_int (select, 1, task);
  if (!dub_store_find (select, &found, error))
    return FALSE;
  return !found || dub_store_read_script (connection, dub_statement_get_int (select, 0), DUB_SCRIPT_ORIGINAL, script, error);
}

/* Where a dub was made from a script of the person's own, the list says that script for both (service documentation,
 * section 3): what is said in the original is then known from another dub of the video, if from anywhere. */
static gboolean
fill_original (DubConnection              *connection,
               const DubTranscriptRecord  *transcript,
               GError                    **error)
{
  g_autoptr (DubScript) script = NULL;
  gboolean known = FALSE;
  gboolean given = FALSE;

  if (!has_script (connection, transcript->task, "original", &known, error) ||
      !has_script (connection, transcript->task, "given", &given, error))
    return FALSE;
  if (known)
    return TRUE;
  if (!given)
    g_set_object (&script, transcript->original);
  else if (!read_original_of_another (connection, transcript->task, &script, error))
    return FALSE;
  return script == NULL || dub_store_write_script (connection, transcript->task, DUB_SCRIPT_ORIGINAL, script, error);
}

static gboolean
fill (DubConnection              *connection,
      const DubTranscriptRecord  *transcript,
      const char                 *word,
      DubScriptRole               role,
      DubScript                  *script,
      GError                    **error)
{
  gboolean known = FALSE;

  if (script == NULL)
    return TRUE;
  if (!has_script (connection, transcript->task, word, &known, error))
    return FALSE;
  return known || dub_store_write_script (connection, transcript->task, role, script, error);
}

static gboolean
fill_all (DubConnection              *connection,
          const DubTranscriptRecord  *transcript,
          GError                    **error)
{
  return fill (connection, transcript, "translated", DUB_SCRIPT_TRANSLATED, transcript->translated, error) &&
         fill (connection, transcript, "subtitles", DUB_SCRIPT_SUBTITLES, transcript->subtitles, error) &&
         fill_original (connection, transcript, error);
}

static gboolean
is_there (DubConnection  *connection,
          gint64          task,
          gboolean       *there,
          GError        **error)
{
  g_autoptr (DubStatement) select = NULL;

  select = dub_connection_prepare (connection, "SELECT 1 FROM tasks WHERE id = ?1", error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_int (select, 1, task);
  return dub_store_find (select, there, error);
}

static gboolean
put_transcripts (DubConnection  *connection,
                 gpointer        job_data,
                 gpointer       *result,
                 GError        **error)
{
  GPtrArray *transcripts = job_data;

  for (guint i = 0; i < transcripts->len; i++)
    {
      const DubTranscriptRecord *transcript = g_ptr_array_index (transcripts, i);
      gboolean there = FALSE;

      if (!is_there (connection, transcript->task, &there, error))
        return FALSE;
      if (there && !fill_all (connection, transcript, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
list_untranscribed (DubConnection  *connection,
                    gpointer        job_data,
                    gpointer       *result,
                    GError        **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DubStatement) select = NULL;
  gboolean found = FALSE;

  select = dub_connection_prepare (connection,
                                   "SELECT id FROM tasks WHERE account = ?1 AND state = 'succeeded' AND NOT EXISTS"
                                   " (SELECT 1 FROM scripts WHERE task = tasks.id AND role = 'translated') ORDER BY id",
                                   error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_text (select, 1, job_data);
  while (dub_store_find (select, &found, error))
    {
      gint64 id;

      if (!found)
        {
          *result = g_steal_pointer (&ids);
          return TRUE;
        }
      id = dub_statement_get_int (select, 0);
      g_array_append_val (ids, id);
    }
  return FALSE;
}

static gboolean
find_original (DubConnection  *connection,
               gpointer        job_data,
               gpointer       *result,
               GError        **error)
{
  gint64 task = *(gint64 *) job_data;
  DubScript **script = (DubScript **) result;

  return dub_store_read_script (connection, task, DUB_SCRIPT_ORIGINAL, script, error) &&
         (*script != NULL || read_original_of_another (connection, task, script, error));
}

/**
 * dub_store_put_transcripts_async:
 * @self: a store
 * @transcripts: (element-type DubTranscriptRecord): what the service's list says, copied
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when they are on the disk
 * @user_data: for @callback
 *
 * Stores the scripts of finished tasks where there are none yet, all or none; tasks that are not there and scripts without
 * segments are passed over. The original of a task with a script of the person's own is taken from another task of the
 * same bytes, because the list does not say it.
 */
void
dub_store_put_transcripts_async (DubStore            *self,
                                 GPtrArray           *transcripts,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GPtrArray *copies;

  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (transcripts != NULL);

  copies = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_transcript_record_free);
  for (guint i = 0; i < transcripts->len; i++)
    {
      const DubTranscriptRecord *transcript = g_ptr_array_index (transcripts, i);
      g_autoptr (DubScript) original = copy_if_worth (transcript->original);
      g_autoptr (DubScript) translated = copy_if_worth (transcript->translated);
      g_autoptr (DubScript) subtitles = copy_if_worth (transcript->subtitles);

      g_ptr_array_add (copies, dub_transcript_record_new (transcript->task, original, translated, subtitles));
    }
  dub_store_run (self, dub_store_put_transcripts_async, put_transcripts, copies, (GDestroyNotify) g_ptr_array_unref, NULL,
                 cancellable, callback, user_data);
}

/**
 * dub_store_put_transcripts_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: whether they are stored
 */
gboolean
dub_store_put_transcripts_finish (DubStore      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return dub_store_finish_boolean (self, result, dub_store_put_transcripts_async, error);
}

/**
 * dub_store_list_untranscribed_async:
 * @self: a store
 * @account_id: an account
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when done
 * @user_data: for @callback
 *
 * Lists the tasks that succeeded and whose translated script is not stored.
 */
void
dub_store_list_untranscribed_async (DubStore            *self,
                                    const char          *account_id,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail (account_id != NULL);

  dub_store_run (self, dub_store_list_untranscribed_async, list_untranscribed, g_strdup (account_id), g_free,
                 (GDestroyNotify) g_array_unref, cancellable, callback, user_data);
}

/**
 * dub_store_list_untranscribed_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: (transfer full) (element-type gint64) (nullable): their row ids
 */
GArray *
dub_store_list_untranscribed_finish (DubStore      *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  return dub_store_finish_pointer (self, result, dub_store_list_untranscribed_async, error);
}

/**
 * dub_store_find_original_async:
 * @self: a store
 * @task: the row id of a task
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads what is said in the video of a task: its own original script, else that of another task of the same bytes.
 */
void
dub_store_find_original_async (DubStore            *self,
                               gint64               task,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (DUB_IS_STORE (self));

  dub_store_run (self, dub_store_find_original_async, find_original, g_memdup2 (&task, sizeof task), g_free, g_object_unref,
                 cancellable, callback, user_data);
}

/**
 * dub_store_find_original_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: (transfer full) (nullable): the script; %NULL without an error where none is known
 */
DubScript *
dub_store_find_original_finish (DubStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return dub_store_finish_pointer (self, result, dub_store_find_original_async, error);
}
