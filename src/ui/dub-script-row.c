/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-script-row.h"

#include <glib/gi18n-lib.h>

#include "dub-captions.h"
#include "dub-messages.h"

/**
 * DubScriptRow:
 *
 * The own script of one dub of a draft: read from a file, replaced, removed.
 */
struct _DubScriptRow
{
  AdwActionRow parent_instance;

  /* template widgets */
  GtkWidget *choose;
  GtkWidget *remove;

  /* owned */
  DubDraft *draft;
  DubDraftVideo *video;
  GCancellable *cancellable;
  /* static */
  const DubLanguage *language;
};

G_DEFINE_FINAL_TYPE (DubScriptRow, dub_script_row, ADW_TYPE_ACTION_ROW)

/* Of the row itself only the sentence is coloured. */
static void
say (DubScriptRow *self,
     const char   *sentence,
     const char   *tone)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), sentence);
  gtk_widget_remove_css_class (GTK_WIDGET (self), "says-error");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "says-warning");
  if (tone != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), tone);
}

static void
say_script (DubScriptRow *self,
            DubScript    *script)
{
  const char *file = dub_draft_get_script_file (self->draft, self->video, self->language);
  guint n = dub_script_get_length (script);
  g_autofree char *segments = g_strdup_printf (ngettext ("%u segment", "%u segments", n), n);
  g_autofree char *both = file != NULL ? g_strconcat (file, " · ", segments, NULL) : NULL;

  say (self, both != NULL ? both : segments, NULL);
}

static void
say_need (DubScriptRow *self)
{
  g_autofree char *sentence = NULL;

  switch (dub_draft_get_script_need (self->draft, self->video, self->language))
    {
    case DUB_SCRIPT_NEED_LANGUAGE:
      /* Translators: %s is a language */
      sentence = g_strdup_printf (_("Needed: the studio does not translate into %s"), dub_language_get_name (self->language));
      say (self, sentence, "says-warning");
      break;
    case DUB_SCRIPT_NEED_SOUND:
      say (self, _("Needed: the video has no sound"), "says-warning");
      break;
    case DUB_SCRIPT_NEED_VOICE:
      /* Translators: %s is a language */
      sentence = g_strdup_printf (_("Not possible: the studio has no voice for %s"), dub_language_get_name (self->language));
      say (self, sentence, "says-warning");
      break;
    case DUB_SCRIPT_NEED_NONE:
      say (self, _("None: the words are translated"), NULL);
      break;
    }
}

static void
update (DubScriptRow *self)
{
  DubScript *script = dub_draft_get_script (self->draft, self->video, self->language);

  if (script != NULL && dub_draft_speaks (self->draft, self->language))
    say_script (self, script);
  else
    say_need (self);
  gtk_widget_set_visible (self->remove, script != NULL);
}

typedef struct
{
  DubScriptRow *row;
  char *file_name;
} Loading;

static void
loading_free (Loading *loading)
{
  g_object_unref (loading->row);
  g_free (loading->file_name);
  g_free (loading);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loading, loading_free)

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Loading) loading = user_data;
  DubScriptRow *self = loading->row;
  g_autoptr (GError) error = NULL;
  g_autoptr (DubScript) script = dub_captions_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (script != NULL && dub_draft_set_script (self->draft, self->video, self->language, script, &error))
    {
      dub_draft_set_script_file (self->draft, self->video, self->language, loading->file_name);
      update (self);
      return;
    }
  say (self, error->message, "says-error");
}

/**
 * dub_script_row_load:
 * @file: subtitles or a table
 *
 * Reads a script. What is wrong with it is said in the row, and the one before stays.
 */
void
dub_script_row_load (DubScriptRow *self,
                     GFile        *file)
{
  g_autofree char *base = NULL;
  Loading *loading;

  g_return_if_fail (DUB_IS_SCRIPT_ROW (self));

  base = g_file_get_basename (file);
  loading = g_new0 (Loading, 1);
  loading->row = g_object_ref (self);
  loading->file_name = base != NULL ? g_filename_display_name (base) : NULL;
  dub_captions_load_async (file, self->cancellable, on_loaded, loading);
}

static void
on_chosen (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DubScriptRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL)
    dub_script_row_load (self, file);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    dub_messages_error (GTK_WIDGET (self), _("No File Could Be Chosen"), error);
}

static void
on_choose (DubScriptRow *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) scripts = gtk_file_filter_new ();

  gtk_file_filter_set_name (scripts, _("Subtitles and tables (SRT, VTT, CSV)"));
  gtk_file_filter_add_suffix (scripts, "srt");
  gtk_file_filter_add_suffix (scripts, "vtt");
  gtk_file_filter_add_suffix (scripts, "csv");
  g_list_store_append (filters, scripts);
  gtk_file_dialog_set_title (dialog, _("Choose a Script"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->cancellable, on_chosen, g_object_ref (self));
}

static void
on_remove (DubScriptRow *self)
{
  dub_draft_set_script (self->draft, self->video, self->language, NULL, NULL);
  update (self);
  gtk_widget_grab_focus (self->choose);
}

static void
dub_script_row_dispose (GObject *object)
{
  DubScriptRow *self = DUB_SCRIPT_ROW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->draft);
  g_clear_object (&self->video);
  G_OBJECT_CLASS (dub_script_row_parent_class)->dispose (object);
}

static void
dub_script_row_class_init (DubScriptRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dub_script_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-script-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DubScriptRow, choose);
  gtk_widget_class_bind_template_child (widget_class, DubScriptRow, remove);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
}

static void
dub_script_row_init (DubScriptRow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dub_script_row_new:
 *
 * Returns: (transfer floating): a row for the script of @video in @language
 */
GtkWidget *
dub_script_row_new (DubDraft          *draft,
                    DubDraftVideo     *video,
                    const DubLanguage *language)
{
  DubScriptRow *self = g_object_new (DUB_TYPE_SCRIPT_ROW, "title", dub_language_get_name (language), NULL);

  self->draft = g_object_ref (draft);
  self->video = g_object_ref (video);
  self->language = language;
  update (self);
  return GTK_WIDGET (self);
}
