/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"

#include <glib/gi18n-lib.h>

static const char *const roles[] = {
  [DUB_SCRIPT_GIVEN] = "given",
  [DUB_SCRIPT_ORIGINAL] = "original",
  [DUB_SCRIPT_TRANSLATED] = "translated",
  [DUB_SCRIPT_SUBTITLES] = "subtitles",
};

typedef struct
{
  gint64 task;
  DubScriptRole role;
  DubScript *script;
} ScriptCall;

static ScriptCall *
script_call_new (gint64        task,
                 DubScriptRole role,
                 DubScript    *script)
{
  ScriptCall *call = g_new0 (ScriptCall, 1);

  call->task = task;
  call->role = role;
  call->script = script != NULL ? dub_store_copy_script (script) : NULL;
  return call;
}

static void
script_call_free (ScriptCall *call)
{
  g_clear_object (&call->script);
  g_free (call);
}

/* Takes @remarks, which may be NULL. */
static void
add_segment (DubScript  *script,
             const char *text,
             double      start,
             double      end,
             DubRemarks *remarks)
{
  g_autoptr (DubSegment) segment = dub_segment_new (text, start, end);

  if (remarks != NULL)
    dub_segment_set_remarks (segment, remarks);
  dub_script_add_segment (script, segment);
}

static DubRemarks *
copy_remarks (DubSegment *segment)
{
  const DubRemarks *remarks = dub_segment_get_remarks (segment);

  return remarks != NULL ? dub_remarks_copy (remarks) : NULL;
}

/* NULL where there is nothing to say. */
static char *
dup_remarks (DubSegment *segment)
{
  const DubRemarks *remarks = dub_segment_get_remarks (segment);
  g_autoptr (GVariant) variant = NULL;

  if (remarks == NULL || dub_remarks_is_empty (remarks))
    return NULL;
  variant = g_variant_ref_sink (dub_remarks_to_variant (remarks));
  return g_variant_print (variant, FALSE);
}

/* What cannot be read says nothing: the segment is there without it. */
static DubRemarks *
read_remarks (const char *text)
{
  g_autoptr (GVariant) variant = NULL;

  if (text == NULL)
    return NULL;
  variant = g_variant_parse (G_VARIANT_TYPE (DUB_REMARKS_VARIANT_TYPE), text, NULL, NULL, NULL);
  return variant != NULL ? dub_remarks_from_variant (variant) : NULL;
}

/* A copy for the database's thread: the caller may go on with its own. */
DubScript *
dub_store_copy_script (DubScript *script)
{
  DubScript *copy = dub_script_new ();

  for (guint i = 0; i < dub_script_get_length (script); i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);

      add_segment (copy, dub_segment_get_text (segment), dub_segment_get_start (segment), dub_segment_get_end (segment),
                   copy_remarks (segment));
    }
  return copy;
}

static gboolean
replace_script (DubConnection  *connection,
                gint64          task,
                DubScriptRole   role,
                GError        **error)
{
  g_autoptr (DubStatement) remove = NULL;
  g_autoptr (DubStatement) insert = NULL;

  remove = dub_connection_prepare (connection, "DELETE FROM scripts WHERE task = ?1 AND role = ?2", error);
  if (remove == NULL)
    return FALSE;
  dub_statement_bind_int (remove, 1, task);
  dub_statement_bind_text (remove, 2, roles[role]);
  if (!dub_statement_run (remove, error))
    return FALSE;

  insert = dub_connection_prepare (connection, "INSERT INTO scripts (task, role) VALUES (?1, ?2)", error);
  if (insert == NULL)
    return FALSE;
  dub_statement_bind_int (insert, 1, task);
  dub_statement_bind_text (insert, 2, roles[role]);
  return dub_statement_run (insert, error);
}

gboolean
dub_store_write_script (DubConnection  *connection,
                        gint64          task,
                        DubScriptRole   role,
                        DubScript      *script,
                        GError        **error)
{
  g_autoptr (DubStatement) insert = NULL;
  gint64 id;

  if (!replace_script (connection, task, role, error))
    return FALSE;
  id = dub_connection_last_row_id (connection);
  insert = dub_connection_prepare (connection,
                                   "INSERT INTO segments (script, position, text, start_ms, end_ms, remarks)"
                                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                                   error);
  if (insert == NULL)
    return FALSE;
  for (guint i = 0; i < dub_script_get_length (script); i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);
      g_autofree char *remarks = dup_remarks (segment);

      dub_statement_bind_int (insert, 1, id);
      dub_statement_bind_int (insert, 2, i);
      dub_statement_bind_text (insert, 3, dub_segment_get_text (segment));
      dub_statement_bind_double (insert, 4, dub_segment_get_start (segment));
      dub_statement_bind_double (insert, 5, dub_segment_get_end (segment));
      dub_statement_bind_text (insert, 6, remarks);
      if (!dub_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_task (DubConnection  *connection,
            gint64          task,
            GError        **error)
{
  g_autoptr (DubStatement) select = NULL;
  gboolean found = FALSE;

  select = dub_connection_prepare (connection, "SELECT 1 FROM tasks WHERE id = ?1", error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_int (select, 1, task);
  if (!dub_store_find (select, &found, error))
    return FALSE;
  if (found)
    return TRUE;
  g_set_error_literal (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NOT_FOUND,
                       _("The dub was removed from the list meanwhile, so its script was not saved."));
  return FALSE;
}

static gboolean
put_script (DubConnection  *connection,
            gpointer        job_data,
            gpointer       *result,
            GError        **error)
{
  ScriptCall *call = job_data;

  return check_task (connection, call->task, error) &&
         dub_store_write_script (connection, call->task, call->role, call->script, error);
}

static gboolean
find_script (DubConnection  *connection,
             gint64          task,
             DubScriptRole   role,
             gint64         *id,
             GError        **error)
{
  g_autoptr (DubStatement) select = NULL;
  gboolean found = FALSE;

  select = dub_connection_prepare (connection, "SELECT id FROM scripts WHERE task = ?1 AND role = ?2", error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_int (select, 1, task);
  dub_statement_bind_text (select, 2, roles[role]);
  if (!dub_store_find (select, &found, error))
    return FALSE;
  *id = found ? dub_statement_get_int (select, 0) : 0;
  return TRUE;
}

static gboolean
read_segments (DubConnection  *connection,
               gint64          id,
               DubScript     **script,
               GError        **error)
{
  g_autoptr (DubScript) read = dub_script_new ();
  g_autoptr (DubStatement) select = NULL;
  gboolean found = FALSE;

  select = dub_connection_prepare (connection,
                                   "SELECT text, start_ms, end_ms, remarks FROM segments WHERE script = ?1 ORDER BY position",
                                   error);
  if (select == NULL)
    return FALSE;
  dub_statement_bind_int (select, 1, id);
  while (dub_store_find (select, &found, error))
    {
      g_autofree char *text = NULL;

      if (!found)
        {
          *script = g_steal_pointer (&read);
          return TRUE;
        }
      text = dub_store_dup_text (select, 0);
      add_segment (read, text, dub_statement_get_double (select, 1), dub_statement_get_double (select, 2),
                   read_remarks (dub_statement_get_text (select, 3)));
    }
  return FALSE;
}

gboolean
dub_store_read_script (DubConnection  *connection,
                       gint64          task,
                       DubScriptRole   role,
                       DubScript     **script,
                       GError        **error)
{
  gint64 id = 0;

  *script = NULL;
  if (!find_script (connection, task, role, &id, error))
    return FALSE;
  return id == 0 || read_segments (connection, id, script, error);
}

static gboolean
get_script (DubConnection  *connection,
            gpointer        job_data,
            gpointer       *result,
            GError        **error)
{
  ScriptCall *call = job_data;

  return dub_store_read_script (connection, call->task, call->role, (DubScript **) result, error);
}

/**
 * dub_store_put_script_async:
 * @self: a store
 * @task: the row id of a task
 * @role: which of its scripts
 * @script: the script, copied
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when it is on the disk
 * @user_data: for @callback
 *
 * Stores a script of a task in place of the one that it had.
 */
void
dub_store_put_script_async (DubStore            *self,
                            gint64               task,
                            DubScriptRole        role,
                            DubScript           *script,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail ((guint) role < G_N_ELEMENTS (roles));
  g_return_if_fail (DUB_IS_SCRIPT (script));

  dub_store_run (self, dub_store_put_script_async, put_script, script_call_new (task, role, script),
                 (GDestroyNotify) script_call_free, NULL, cancellable, callback, user_data);
}

/**
 * dub_store_put_script_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location: %DUB_STORE_ERROR_NOT_FOUND where there is no such task, …
 *
 * Returns: whether it is stored
 */
gboolean
dub_store_put_script_finish (DubStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return dub_store_finish_boolean (self, result, dub_store_put_script_async, error);
}

/**
 * dub_store_get_script_async:
 * @self: a store
 * @task: the row id of a task
 * @role: which of its scripts
 * @cancellable: (nullable): effective until the job begins
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads a script of a task.
 */
void
dub_store_get_script_async (DubStore            *self,
                            gint64               task,
                            DubScriptRole        role,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (DUB_IS_STORE (self));
  g_return_if_fail ((guint) role < G_N_ELEMENTS (roles));

  dub_store_run (self, dub_store_get_script_async, get_script, script_call_new (task, role, NULL),
                 (GDestroyNotify) script_call_free, g_object_unref, cancellable, callback, user_data);
}

/**
 * dub_store_get_script_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error of `DUB_STORE_ERROR`
 *
 * Returns: (transfer full) (nullable): the script; %NULL without an error where there is none
 */
DubScript *
dub_store_get_script_finish (DubStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return dub_store_finish_pointer (self, result, dub_store_get_script_async, error);
}
