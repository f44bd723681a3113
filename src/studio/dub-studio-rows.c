/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-rows.h"

/**
 * dub_studio_row_read_task:
 * @row: a row of #DUB_STUDIO_TASK_COLUMNS
 *
 * Returns: (transfer full): the task, without its scripts
 */
DubStudioTask *
dub_studio_row_read_task (DubStatement *row)
{
  DubStudioTask *task = g_new0 (DubStudioTask, 1);

  task->task_id = g_strdup (dub_statement_get_text (row, 1));
  task->video_url = g_strdup (dub_statement_get_text (row, 2));
  task->language = g_strdup (dub_statement_get_text (row, 3));
  task->name = g_strdup (dub_statement_get_text (row, 4));
  task->lipsync = dub_statement_get_int (row, 5) != 0;
  task->subtitles = dub_statement_get_int (row, 6) != 0;
  task->status = (DubRemoteStatus) dub_statement_get_int (row, 8);
  task->video_id = g_strdup (dub_statement_get_text (row, 9));
  task->output = g_strdup (dub_statement_get_text (row, 10));
  task->error_msg = g_strdup (dub_statement_get_text (row, 11));
  task->created = dub_statement_get_int (row, 12);
  task->finished = dub_statement_get_int (row, 13);
  task->starts = (guint) dub_statement_get_int (row, 14);
  task->note = g_strdup (dub_statement_get_text (row, 15));
  return task;
}

/* A printed variant; what cannot be read is no remark. */
static DubRemarks *
read_remarks (const char *printed)
{
  g_autoptr (GVariant) variant = NULL;

  if (printed != NULL)
    variant = g_variant_parse (G_VARIANT_TYPE (DUB_REMARKS_VARIANT_TYPE), printed, NULL, NULL, NULL);
  return dub_remarks_from_variant (variant);
}

static char *
print_remarks (const DubRemarks *remarks)
{
  g_autoptr (GVariant) variant = NULL;

  if (dub_remarks_is_empty (remarks))
    return NULL;
  variant = g_variant_ref_sink (dub_remarks_to_variant (remarks));
  return g_variant_print (variant, FALSE);
}

static DubScript *
read_script (DubStatement *segments,
             gint64        row,
             DubStudioRole role,
             GError      **error)
{
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (GError) failure = NULL;

  dub_statement_reset (segments);
  dub_statement_bind_int (segments, 1, row);
  dub_statement_bind_int (segments, 2, role);
  while (dub_statement_step (segments, &failure))
    {
      g_autoptr (DubSegment) segment = NULL;

      segment = dub_segment_new (dub_statement_get_text (segments, 0), dub_statement_get_double (segments, 1),
                                 dub_statement_get_double (segments, 2));
      dub_segment_set_remarks (segment, read_remarks (dub_statement_get_text (segments, 3)));
      dub_script_add_segment (script, segment);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&script);
}

static gboolean
read_scripts (DubStatement  *segments,
              DubStatement  *row,
              DubStudioTask *task,
              GError       **error)
{
  gint64 id = dub_statement_get_int (row, 0);

  if (dub_statement_get_int (row, 7) != 0
      && (task->script = read_script (segments, id, DUB_STUDIO_ROLE_GIVEN, error)) == NULL)
    return FALSE;
  if (task->status != DUB_REMOTE_STATUS_SUCCESS)
    return TRUE;
  return (task->original = read_script (segments, id, DUB_STUDIO_ROLE_ORIGINAL, error)) != NULL
         && (task->translated = read_script (segments, id, DUB_STUDIO_ROLE_TRANSLATED, error)) != NULL
         && (task->subtitle_lines = read_script (segments, id, DUB_STUDIO_ROLE_SUBTITLES, error)) != NULL;
}

/**
 * dub_studio_row_read_all:
 * @connection: the database
 * @sql: a SELECT of #DUB_STUDIO_TASK_COLUMNS
 * @error: return location; #DubStoreError
 *
 * Returns: (transfer full) (element-type DubStudioTask) (nullable): the tasks with their scripts
 */
GPtrArray *
dub_studio_row_read_all (DubConnection *connection,
                         const char    *sql,
                         GError       **error)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_studio_task_free);
  g_autoptr (DubStatement) rows = NULL;
  g_autoptr (DubStatement) segments = NULL;
  g_autoptr (GError) failure = NULL;

  rows = dub_connection_prepare (connection, sql, error);
  if (rows == NULL)
    return NULL;
  segments = dub_connection_prepare (connection,
                                     "SELECT text, start_ms, end_ms, remarks FROM segment "
                                     "WHERE task = ? AND role = ? ORDER BY position",
                                     error);
  if (segments == NULL)
    return NULL;

  while (dub_statement_step (rows, &failure))
    {
      g_autoptr (DubStudioTask) task = dub_studio_row_read_task (rows);

      if (!read_scripts (segments, rows, task, error))
        return NULL;
      g_ptr_array_add (tasks, g_steal_pointer (&task));
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&tasks);
}

/**
 * dub_studio_row_write_script:
 * @connection: the database
 * @row: the row of a task
 * @role: which script of it
 * @script: (nullable): the script; %NULL is none
 * @error: return location; #DubStoreError
 *
 * Adds the segments of a script that the task does not have yet.
 *
 * Returns: whether they are there
 */
gboolean
dub_studio_row_write_script (DubConnection *connection,
                             gint64         row,
                             DubStudioRole  role,
                             DubScript     *script,
                             GError       **error)
{
  g_autoptr (DubStatement) insert = NULL;

  insert = dub_connection_prepare (connection,
                                   "INSERT INTO segment (task, role, position, text, start_ms, end_ms, remarks) "
                                   "VALUES (?, ?, ?, ?, ?, ?, ?)",
                                   error);
  if (insert == NULL)
    return FALSE;

  for (guint i = 0; script != NULL && i < dub_script_get_length (script); i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);
      g_autofree char *remarks = print_remarks (dub_segment_get_remarks (segment));

      dub_statement_reset (insert);
      dub_statement_bind_int (insert, 1, row);
      dub_statement_bind_int (insert, 2, role);
      dub_statement_bind_int (insert, 3, i);
      dub_statement_bind_text (insert, 4, dub_segment_get_text (segment));
      dub_statement_bind_double (insert, 5, dub_segment_get_start (segment));
      dub_statement_bind_double (insert, 6, dub_segment_get_end (segment));
      dub_statement_bind_text (insert, 7, remarks);
      if (!dub_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}
