/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-private.h"

#include <glib/gi18n-lib.h>

/* Unix milliseconds, UTC. */
gint64
dub_store_now (void)
{
  return g_get_real_time () / G_TIME_SPAN_MILLISECOND;
}

/* Steps once; FALSE only on failure. */
gboolean
dub_store_find (DubStatement  *statement,
                gboolean      *found,
                GError       **error)
{
  g_autoptr (GError) step_error = NULL;

  *found = dub_statement_step (statement, &step_error);
  if (step_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&step_error));
  return FALSE;
}

/* Always valid UTF-8: the file may have been touched by others. */
char *
dub_store_dup_text (DubStatement *statement,
                    int           column)
{
  const char *text = dub_statement_get_text (statement, column);

  if (text == NULL)
    return NULL;
  return g_utf8_make_valid (text, -1);
}

gboolean
dub_store_get_state (DubStatement  *statement,
                     int            column,
                     DubTaskState  *state,
                     GError       **error)
{
  if (dub_task_state_from_string (dub_statement_get_text (statement, column), state))
    return TRUE;
  g_set_error_literal (error, DUB_STORE_ERROR, DUB_STORE_ERROR_DAMAGED,
                       _("Dubroom’s list of dubs is damaged: a dub is in a state that does not exist. "
                         "Nothing was changed. Close Dubroom and put a copy of the file back."));
  return FALSE;
}

/* Returns: (transfer full) (nullable): the rows left, each as @read_row makes it */
GPtrArray *
dub_store_read_all (DubStatement     *statement,
                    DubStoreReadRow   read_row,
                    GDestroyNotify    row_free,
                    GError          **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  gboolean found = FALSE;

  while (dub_store_find (statement, &found, error))
    {
      gpointer row;

      if (!found)
        return g_steal_pointer (&rows);
      row = read_row (statement, error);
      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }
  return NULL;
}

/* How @task came from @from to the state that it has. */
gboolean
dub_store_write_transition (DubConnection        *connection,
                            const DubTaskRecord  *task,
                            DubTaskState          from,
                            gint64                moment,
                            GError              **error)
{
  g_autoptr (DubStatement) insert = NULL;

  insert = dub_connection_prepare (connection,
                                   "INSERT INTO transitions"
                                   " (task, from_state, to_state, moment, return_code, message, request_id)"
                                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                                   error);
  if (insert == NULL)
    return FALSE;
  dub_statement_bind_int (insert, 1, task->id);
  dub_statement_bind_text (insert, 2, dub_task_state_to_string (from));
  dub_statement_bind_text (insert, 3, dub_task_state_to_string (task->state));
  dub_statement_bind_int (insert, 4, moment);
  dub_statement_bind_int (insert, 5, task->return_code);
  dub_statement_bind_text (insert, 6, task->message);
  dub_statement_bind_text (insert, 7, task->request_id);
  return dub_statement_run (insert, error);
}
