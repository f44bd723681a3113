/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-library-private.h"

#include <glib/gi18n-lib.h>

#include "dub-workflow-error.h"

/* The subtitles of a dub as a file. */

typedef struct
{
  GFile *destination;
  GBytes *bytes;
  gboolean replace;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_object_unref (writing->destination);
  g_bytes_unref (writing->bytes);
  g_free (writing);
}

static gboolean
create (Writing       *writing,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr (GFileOutputStream) stream = g_file_create (writing->destination, G_FILE_CREATE_NONE, cancellable, error);
  gsize size;
  const char *data = g_bytes_get_data (writing->bytes, &size);

  if (stream == NULL)
    return FALSE;
  if (g_output_stream_write_all (G_OUTPUT_STREAM (stream), data, size, NULL, cancellable, error)
      && g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error))
    return TRUE;
  /* Half a file is none; where even that cannot be removed, the error that is told says enough. */
  g_file_delete (writing->destination, NULL, NULL);
  return FALSE;
}

static gboolean
replace (Writing       *writing,
         GCancellable  *cancellable,
         GError       **error)
{
  gsize size;
  const char *data = g_bytes_get_data (writing->bytes, &size);

  return g_file_replace_contents (writing->destination, data, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, cancellable, error);
}

static GError *
explain (Writing      *writing,
         const GError *error)
{
  g_autofree char *name = g_file_get_parse_name (writing->destination);

  return g_error_new (error->domain, error->code,
                      /* Translators: the path of a file, then what the system says. */
                      _("The subtitles could not be saved as “%s” (%s). Choose another place, or make room there."), name,
                      error->message);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      data,
                 GCancellable *cancellable)
{
  Writing *writing = data;
  g_autoptr (GError) error = NULL;

  if (writing->replace ? replace (writing, cancellable, &error) : create (writing, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_error (task, explain (writing, error));
}

/**
 * dub_library_save_subtitles_async:
 * @item: a dub
 * @format: %DUB_CAPTIONS_SRT or %DUB_CAPTIONS_VTT
 * @destination: the file to make
 * @replace: whether it may take the place of a file; else that is %G_IO_ERROR_EXISTS
 *
 * Saves the lines that are drawn on the picture, or what is said where those are not known, off the main thread. The download
 * notice is shown by whoever calls, before. %DUB_WORKFLOW_ERROR_NOTHING where nothing is known.
 */
void
dub_library_save_subtitles_async (DubLibrary          *self,
                                  DubLibraryItem      *item,
                                  DubCaptionsFormat    format,
                                  GFile               *destination,
                                  gboolean             replace_file,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  DubScript *script;
  Writing *writing;

  g_return_if_fail (DUB_IS_LIBRARY (self) && DUB_IS_LIBRARY_ITEM (item) && G_IS_FILE (destination));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_library_save_subtitles_async);
  script = dub_library_item_get_subtitles (item);
  if (script == NULL || dub_script_get_length (script) == 0)
    {
      g_task_return_new_error_literal (task, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOTHING,
                                       _("What is said in this dub is not known, so there are no subtitles to save."));
      return;
    }
  writing = g_new0 (Writing, 1);
  writing->destination = g_object_ref (destination);
  writing->bytes = dub_captions_write (script, format);
  writing->replace = replace_file;
  g_task_set_task_data (task, writing, writing_free);
  g_task_run_in_thread (task, write_in_thread);
}

/**
 * dub_library_save_subtitles_finish:
 *
 * Returns: whether the file is there, whole
 */
gboolean
dub_library_save_subtitles_finish (DubLibrary    *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
