/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-cli-save.h"

/**
 * dub_cli_saved_free:
 * @self: (nullable) (transfer full): what was saved
 */
void
dub_cli_saved_free (DubCliSaved *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->subtitles);
  g_free (self->problem);
  g_free (self);
}

typedef struct
{
  char *directory;
  DubLibraryItem *item;
  GFile *destination;
  DubCliSaved *saved; /* what is there until now; NULL: nothing */
  DubCaptionsFormat format;
  gboolean with_subtitles;
  guint n_tried;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_free (saving->directory);
  g_clear_object (&saving->item);
  g_clear_object (&saving->destination);
  g_clear_pointer (&saving->saved, dub_cli_saved_free);
  g_free (saving);
}

/* "name.mp4", "name (2).mp4", … */
static GFile *
next_destination (Saving     *saving,
                  const char *ending)
{
  g_autofree char *counted = NULL, *name = NULL;

  saving->n_tried++;
  counted = saving->n_tried == 1 ? g_strdup (ending) : g_strdup_printf (" (%u)%s", saving->n_tried, ending);
  name = dub_library_item_dup_file_name_as (saving->item, counted);
  return g_file_new_build_filename (saving->directory, name, NULL);
}

static gboolean
is_taken (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

static void
finish (GTask  *task,
        Saving *saving)
{
  g_task_return_pointer (task, g_steal_pointer (&saving->saved), (GDestroyNotify) dub_cli_saved_free);
}

static void save_subtitles (DubLibrary *library,
                            GTask      *task);

/* The dub is there, whatever becomes of them. */
static void
on_subtitles_saved (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Saving *saving = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (dub_library_save_subtitles_finish (DUB_LIBRARY (source), result, &error))
    saving->saved->subtitles = g_file_get_path (saving->destination);
  else if (is_taken (error))
    {
      save_subtitles (DUB_LIBRARY (source), g_steal_pointer (&task));
      return;
    }
  else
    saving->saved->problem = g_strdup (error->message);
  finish (task, saving);
}

/* Takes @task. */
static void
save_subtitles (DubLibrary *library,
                GTask      *task)
{
  Saving *saving = g_task_get_task_data (task);

  g_clear_object (&saving->destination);
  saving->destination = next_destination (saving, saving->format == DUB_CAPTIONS_VTT ? ".vtt" : ".srt");
  dub_library_save_subtitles_async (library, saving->item, saving->format, saving->destination, FALSE, g_task_get_cancellable (task),
                                    on_subtitles_saved, task);
}

static void save (DubLibrary *library,
                  GTask      *task);

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Saving *saving = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (dub_library_save_finish (DUB_LIBRARY (source), result, &error))
    {
      saving->saved = g_new0 (DubCliSaved, 1);
      saving->saved->path = g_file_get_path (saving->destination);
      /* "name (2).srt" belongs to "name (2).mp4". */
      saving->n_tried--;
      if (saving->with_subtitles)
        save_subtitles (DUB_LIBRARY (source), g_steal_pointer (&task));
      else
        finish (task, saving);
    }
  else if (is_taken (error))
    save (DUB_LIBRARY (source), g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Takes @task. */
static void
save (DubLibrary *library,
      GTask      *task)
{
  Saving *saving = g_task_get_task_data (task);

  g_clear_object (&saving->destination);
  saving->destination = next_destination (saving, ".mp4");
  dub_library_save_async (library, saving->item, saving->destination, FALSE, NULL, NULL, g_task_get_cancellable (task), on_saved,
                          task);
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Saving *saving = g_task_get_task_data (task);
  GError *error = NULL;

  saving->item = dub_library_open_finish (DUB_LIBRARY (source), result, &error);
  if (saving->item != NULL)
    save (DUB_LIBRARY (source), g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

/**
 * dub_cli_save_async:
 * @library: that the dub is of
 * @task: a dub that is ready
 * @options: where to, and whether its subtitles are saved too
 * @cancellable: (nullable): ends it
 * @callback: called when it is saved; its source object is @library
 * @user_data: for @callback
 *
 * Saves the dub into the directory, under its name, or as "name (2).mp4" and so on: what is there already is never overwritten.
 */
void
dub_cli_save_async (DubLibrary          *library,
                    DubTask             *task,
                    const DubCliOptions *options,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *saving_task = g_task_new (library, cancellable, callback, user_data);
  Saving *saving = g_new0 (Saving, 1);

  saving->directory = g_strdup (options->output);
  saving->with_subtitles = options->subtitle_file;
  saving->format = options->subtitle_format;
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
 * Returns: (transfer full) (nullable): what was saved: at least the dub
 */
DubCliSaved *
dub_cli_save_finish (DubLibrary    *library,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, library), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
