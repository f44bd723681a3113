/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-cli-save.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char *directory;
  GFile *destination;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_free (saving->directory);
  g_clear_object (&saving->destination);
  g_free (saving);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Saving *saving = g_task_get_task_data (task);
  GError *error = NULL;

  if (dub_library_save_finish (DUB_LIBRARY (source), result, &error))
    {
      g_task_return_pointer (task, g_file_get_path (saving->destination), g_free);
      return;
    }
  /* Of the place that was kept nothing is left. */
  g_file_delete (saving->destination, NULL, NULL);
  g_task_return_error (task, error);
}

/* "name.mp4", "name (2).mp4", …: the first that is free is taken by making it, so that two who save at once do not meet. */
static GFile *
keep_place (const char  *directory,
            const char  *file_name,
            GError     **error)
{
  g_autofree char *stem = g_strndup (file_name, strlen (file_name) - strlen (".mp4"));

  for (guint i = 1;; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup (file_name) : g_strdup_printf ("%s (%u).mp4", stem, i);
      g_autoptr (GFile) file = g_file_new_build_filename (directory, name, NULL);
      g_autoptr (GFileOutputStream) stream = NULL;
      g_autoptr (GError) local = NULL;

      stream = g_file_create (file, G_FILE_CREATE_NONE, NULL, &local);
      if (stream != NULL)
        return g_steal_pointer (&file);
      if (!g_error_matches (local, G_IO_ERROR, G_IO_ERROR_EXISTS))
        {
          g_autofree char *shown = g_filename_display_name (directory);

          g_set_error (error, G_IO_ERROR, local->code,
                       _("Nothing can be written to the directory “%s”. Check its permissions and the free space."), shown);
          return NULL;
        }
    }
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Saving *saving = g_task_get_task_data (task);
  g_autoptr (DubLibraryItem) item = NULL;
  g_autofree char *file_name = NULL;
  GError *error = NULL;

  item = dub_library_open_finish (DUB_LIBRARY (source), result, &error);
  if (item != NULL)
    {
      file_name = dub_library_item_dup_file_name (item);
      saving->destination = keep_place (saving->directory, file_name, &error);
    }
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  dub_library_save_async (DUB_LIBRARY (source), item, saving->destination, TRUE, NULL, NULL, g_task_get_cancellable (task),
                          on_saved, g_object_ref (task));
}

/**
 * dub_cli_save_async:
 * @library: that the dub is of
 * @task: a dub that is ready
 * @directory: a path of a directory that is there
 * @cancellable: (nullable): ends it
 * @callback: called when it is saved; its source object is @library
 * @user_data: for @callback
 *
 * Saves the dub into @directory, under its name; what is there already is never overwritten.
 */
void
dub_cli_save_async (DubLibrary          *library,
                    DubTask             *task,
                    const char          *directory,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *saving_task = g_task_new (library, cancellable, callback, user_data);
  Saving *saving = g_new0 (Saving, 1);

  saving->directory = g_strdup (directory);
  g_task_set_source_tag (saving_task, dub_cli_save_async);
  g_task_set_task_data (saving_task, saving, saving_free);
  dub_library_open_async (library, task, cancellable, on_opened, saving_task);
}

/**
 * dub_cli_save_finish:
 * @library: the library
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the path
 */
char *
dub_cli_save_finish (DubLibrary    *library,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, library), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
