/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-save-dialog.h"

#include <glib/gi18n-lib.h>

#include "dub-format.h"
#include "dub-messages.h"
#include "dub-notices.h"

/**
 * DubSaveDialog:
 *
 * Saves a dub, after the prescribed notice.
 */
struct _DubSaveDialog
{
  AdwDialog parent_instance;

  /* template widgets */
  GtkPicture *still;
  GtkLabel *name;
  GtkLabel *facts;
  GtkLabel *problem;
  GtkStack *stack;
  GtkLabel *notice;
  GtkButton *choose;
  GtkWidget *subtitles;
  GtkProgressBar *bar;
  GtkLabel *progress;
  GtkButton *cancel;

  /* owned */
  DubLibrary *library;
  DubLibraryItem *item;
  GCancellable *cancellable; /* of the saving under way, else NULL */
  GFile *destination;
  DubCaptionsFormat format; /* of the subtitles for which a place is chosen */
};

G_DEFINE_FINAL_TYPE (DubSaveDialog, dub_save_dialog, ADW_TYPE_DIALOG)

static void
show_problem (DubSaveDialog *self,
              const char    *sentence)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem), sentence != NULL);
  gtk_label_set_label (self->problem, sentence != NULL ? sentence : "");
}

static void
show_saving (DubSaveDialog *self,
             gboolean       saving)
{
  gtk_stack_set_visible_child_name (self->stack, saving ? "saving" : "ask");
  adw_dialog_set_can_close (ADW_DIALOG (self), !saving);
  gtk_widget_grab_focus (saving ? GTK_WIDGET (self->cancel) : GTK_WIDGET (self->choose));
}

static void
on_progress (guint64  bytes,
             guint64  total,
             gpointer user_data)
{
  DubSaveDialog *self = user_data;
  g_autofree char *done = NULL;
  g_autofree char *all = NULL;
  g_autofree char *text = NULL;

  if (self->cancellable == NULL)
    return;
  done = dub_format_size (bytes);
  if (total == 0)
    {
      gtk_progress_bar_pulse (self->bar);
      gtk_label_set_label (self->progress, done);
      return;
    }
  all = dub_format_size (total);
  /* Translators: sizes: "12 MB of 38 MB". */
  text = g_strdup_printf (_("%s of %s"), done, all);
  gtk_label_set_label (self->progress, text);
  gtk_progress_bar_set_fraction (self->bar, MIN ((double) bytes / (double) total, 1.0));
}

static void
on_launched (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (source), result, &error))
    g_message ("The folder could not be opened: %s", error->message);
}

static void
on_open_folder (AdwToast *toast,
                gpointer  user_data)
{
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (g_object_get_data (G_OBJECT (toast), "file"));

  gtk_file_launcher_open_containing_folder (launcher, NULL, NULL, on_launched, NULL);
}

static void
toast_saved (DubSaveDialog *self)
{
  g_autofree char *name = g_file_get_basename (self->destination);
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *text = g_strdup_printf (_("Saved as “%s”"), valid);
  AdwToast *toast = dub_messages_toast (GTK_WIDGET (self), text);

  if (toast == NULL)
    return;
  adw_toast_set_button_label (toast, _("Open Folder"));
  g_object_set_data_full (G_OBJECT (toast), "file", g_object_ref (self->destination), g_object_unref);
  g_signal_connect (toast, "button-clicked", G_CALLBACK (on_open_folder), NULL);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DubSaveDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = dub_library_save_finish (DUB_LIBRARY (source), result, &error);

  g_clear_object (&self->cancellable);
  if (self->stack == NULL)
    return;
  show_saving (self, FALSE);
  if (saved)
    {
      toast_saved (self);
      adw_dialog_close (ADW_DIALOG (self));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, error->message);
}

/**
 * dub_save_dialog_save:
 * @destination: where to
 *
 * Saves the dub, with progress; the dialog closes when that is done, and stays with a sentence where it failed.
 */
void
dub_save_dialog_save (DubSaveDialog *self,
                      GFile         *destination)
{
  g_return_if_fail (DUB_IS_SAVE_DIALOG (self));
  g_return_if_fail (self->cancellable == NULL);

  g_set_object (&self->destination, destination);
  self->cancellable = g_cancellable_new ();
  show_problem (self, NULL);
  gtk_label_set_label (self->progress, _("Saving…"));
  gtk_progress_bar_set_fraction (self->bar, 0);
  show_saving (self, TRUE);
  dub_library_save_async (self->library, self->item, destination, TRUE, on_progress, self, self->cancellable, on_saved, g_object_ref (self));
}

static void
show_choosing_problem (DubSaveDialog *self,
                       GFile         *file,
                       const GError  *error)
{
  if (file == NULL && self->stack != NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    show_problem (self, _("The dialog to choose a place could not be opened. Nothing was saved; try again."));
}

static void
choose_place (DubSaveDialog       *self,
              const char          *title,
              const char          *name,
              GAsyncReadyCallback  callback)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  const char *videos = g_get_user_special_dir (G_USER_DIRECTORY_VIDEOS);
  g_autoptr (GFile) folder = videos != NULL ? g_file_new_for_path (videos) : NULL;

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  if (folder != NULL)
    gtk_file_dialog_set_initial_folder (dialog, folder);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, callback, g_object_ref (self));
}

static void
on_chosen (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DubSaveDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL && self->stack != NULL)
    dub_save_dialog_save (self, file);
  else
    show_choosing_problem (self, file, error);
}

static void
on_choose (DubSaveDialog *self)
{
  g_autofree char *name = dub_library_item_dup_file_name (self->item);

  choose_place (self, _("Save Dub"), name, on_chosen);
}

static void
on_subtitles_saved (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (DubSaveDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = dub_library_save_subtitles_finish (DUB_LIBRARY (source), result, &error);

  if (self->stack == NULL)
    return;
  /* The dub may be wanted too: the dialog stays. */
  show_problem (self, saved ? NULL : error->message);
  if (saved)
    toast_saved (self);
}

/**
 * dub_save_dialog_save_subtitles:
 * @format: as what
 * @destination: where to
 *
 * Saves the subtitles; the dialog stays, with a sentence where that failed.
 */
void
dub_save_dialog_save_subtitles (DubSaveDialog     *self,
                                DubCaptionsFormat  format,
                                GFile             *destination)
{
  g_return_if_fail (DUB_IS_SAVE_DIALOG (self));

  g_set_object (&self->destination, destination);
  show_problem (self, NULL);
  dub_library_save_subtitles_async (self->library, self->item, format, destination, TRUE, NULL, on_subtitles_saved,
                                    g_object_ref (self));
}

static void
on_subtitles_chosen (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (DubSaveDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL && self->stack != NULL)
    dub_save_dialog_save_subtitles (self, self->format, file);
  else
    show_choosing_problem (self, file, error);
}

static void
save_subtitles (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  DubSaveDialog *self = DUB_SAVE_DIALOG (widget);
  gboolean vtt = g_str_equal (g_variant_get_string (parameter, NULL), "vtt");
  g_autofree char *file_name = dub_library_item_dup_file_name_as (self->item, vtt ? ".vtt" : ".srt");

  self->format = vtt ? DUB_CAPTIONS_VTT : DUB_CAPTIONS_SRT;
  choose_place (self, _("Save Subtitles"), file_name, on_subtitles_chosen);
}

static void
on_cancel (DubSaveDialog *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/* While it saves, closing means to stop that, and is not yet closing. */
static void
on_close_attempt (DubSaveDialog *self)
{
  on_cancel (self);
}

static void
dub_save_dialog_dispose (GObject *object)
{
  DubSaveDialog *self = DUB_SAVE_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), DUB_TYPE_SAVE_DIALOG);
  g_clear_object (&self->library);
  g_clear_object (&self->item);
  g_clear_object (&self->destination);
  G_OBJECT_CLASS (dub_save_dialog_parent_class)->dispose (object);
}

static void
dub_save_dialog_finalize (GObject *object)
{
  g_clear_object (&DUB_SAVE_DIALOG (object)->cancellable);
  G_OBJECT_CLASS (dub_save_dialog_parent_class)->finalize (object);
}

static void
dub_save_dialog_class_init (DubSaveDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dub_save_dialog_dispose;
  object_class->finalize = dub_save_dialog_finalize;
  gtk_widget_class_install_action (widget_class, "save.subtitles", "s", save_subtitles);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-save-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DubSaveDialog, still);
  gtk_widget_class_bind_template_child (widget_class, DubSaveDialog, name);
  gtk_widget_class_bind_template_child (widget_class, DubSaveDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, DubSaveDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, DubSaveDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, DubSaveDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, DubSaveDialog, choose);
  gtk_widget_class_bind_template_child (widget_class, DubSaveDialog, subtitles);
  gtk_widget_class_bind_template_child (widget_class, DubSaveDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, DubSaveDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, DubSaveDialog, cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_close_attempt);
}

static void
dub_save_dialog_init (DubSaveDialog *self)
{
  g_autofree char *markup = dub_notice_dup_markup (DUB_NOTICE_DOWNLOAD);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_label_set_markup (self->notice, markup);
  adw_dialog_set_default_widget (ADW_DIALOG (self), GTK_WIDGET (self->choose));
  adw_dialog_set_focus (ADW_DIALOG (self), GTK_WIDGET (self->choose));
}

/**
 * dub_save_dialog_new:
 * @library: (nullable): that saves the dub
 * @item: the dub
 * @still: (nullable): a picture of it
 *
 * Shows the download notice, then asks where to, then saves.
 *
 * Returns: (transfer floating): a dialog
 */
AdwDialog *
dub_save_dialog_new (DubLibrary     *library,
                     DubLibraryItem *item,
                     GdkPaintable   *still)
{
  DubSaveDialog *self = g_object_new (DUB_TYPE_SAVE_DIALOG, NULL);
  const DubLanguage *language = dub_library_item_get_language (item);
  gint64 duration = dub_library_item_get_duration (item);
  g_autofree char *length = duration > 0 ? dub_format_duration (duration) : NULL;
  g_autofree char *facts = NULL;

  self->library = library != NULL ? g_object_ref (library) : NULL;
  self->item = g_object_ref (item);
  gtk_label_set_label (self->name, dub_library_item_get_name (item));
  if (language != NULL && length != NULL)
    /* Translators: a language and a duration: "Spanish · 0:53". */
    facts = g_strdup_printf (_("%s · %s"), dub_language_get_name (language), length);
  gtk_label_set_label (self->facts, facts != NULL ? facts : language != NULL ? dub_language_get_name (language) : "");
  gtk_widget_set_visible (self->subtitles, dub_library_item_get_subtitles (item) != NULL &&
                                             dub_script_get_length (dub_library_item_get_subtitles (item)) > 0);
  gtk_picture_set_paintable (self->still, still);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->still)), still != NULL);
  return ADW_DIALOG (self);
}
