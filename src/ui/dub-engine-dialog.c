/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-engine-dialog.h"

#include <glib/gi18n-lib.h>

#include "dub-engine-words.h"

#define N_KINDS (DUB_ENGINE_APERTIUM + 1)
/* After the last key that was typed into the address. */
#define LOOK_UP_AFTER_MS 300

/**
 * DubEngineDialog:
 *
 * Which engine does a step of the built-in studio: takes what it needs to be reached, has it tried out, and says in place what
 * is wrong with it.
 */
struct _DubEngineDialog
{
  AdwDialog parent_instance;

  /* template widgets */
  GtkWidget *save;
  GtkStack *save_stack;
  GtkViewport *viewport;
  AdwComboRow *kind;
  GtkLabel *about;
  GtkWidget *server;
  GtkWidget *address;
  GtkWidget *key;
  GtkWidget *remove_key;
  GtkWidget *model;
  GtkWidget *voice;
  AdwSpinRow *timeout;
  AdwSpinRow *parallel;
  GtkWidget *test;
  GtkWidget *verdict;
  GtkWidget *spinner;
  GtkImage *verdict_icon;
  GtkLabel *verdict_text;

  /* owned */
  DubStudioEngines *engines;
  DubEngineChoice *known;  /* the last one of which is known what it serves */
  DubEngineChoice *unsaved; /* one whose key was put into the keyring here, and which is not chosen yet; NULL: none */
  GCancellable *cancellable;
  GCancellable *looking; /* for the key of the address */
  DubStage stage;
  DubEngineKind kinds[N_KINDS];
  guint look_up;
  gboolean ready;
  gboolean busy;
  gboolean saved;
  gboolean has_key; /* the keyring has one for this server */
};

G_DEFINE_FINAL_TYPE (DubEngineDialog, dub_engine_dialog, ADW_TYPE_DIALOG)

/* {What is entered} */

static char *
dup_text (GtkWidget *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/* What it said it serves holds as long as it is the same one. */
static gboolean
is_known (DubEngineDialog       *self,
          const DubEngineChoice *choice)
{
  return choice->kind == self->known->kind && g_strcmp0 (choice->address, self->known->address) == 0 &&
         g_strcmp0 (choice->model, self->known->model) == 0;
}

static DubEngineChoice *
make_choice (DubEngineDialog *self)
{
  DubEngineChoice *choice = dub_engine_choice_new ();

  choice->kind = self->kinds[MIN (adw_combo_row_get_selected (self->kind), N_KINDS - 1)];
  if (choice->kind == DUB_ENGINE_BUILT_IN)
    return choice;
  choice->address = dup_text (self->address);
  if (choice->kind == DUB_ENGINE_OPENAI)
    choice->model = dup_text (self->model);
  if (choice->kind == DUB_ENGINE_OPENAI && self->stage == DUB_STAGE_SPEAK)
    choice->voice = dup_text (self->voice);
  choice->timeout_s = (guint) adw_spin_row_get_value (self->timeout);
  choice->parallel = (guint) adw_spin_row_get_value (self->parallel);
  if (is_known (self, choice))
    choice->languages = g_strdupv (self->known->languages);
  return choice;
}

/* {What is shown} */

/* A dialog keeps the height it had at first. */
static void
make_room (DubEngineDialog *self)
{
  GtkWidget *child = adw_dialog_get_child (ADW_DIALOG (self));
  int height;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (child), NULL, &height, NULL, NULL);
  adw_dialog_set_content_height (ADW_DIALOG (self), height);
}

static void
show_key (DubEngineDialog *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key),
                                 self->has_key ? _("_Key: stored, type to replace it") : _("_Key, if the server wants one"));
  gtk_widget_set_visible (self->remove_key, self->has_key);
}

static void
update (DubEngineDialog *self)
{
  g_autoptr (DubEngineChoice) choice = make_choice (self);
  g_autofree char *privacy = dub_engine_words_dup_privacy (choice, self->stage);
  gboolean has_server = choice->kind != DUB_ENGINE_BUILT_IN, complete = !has_server || choice->address != NULL;

  gtk_widget_set_visible (self->server, has_server);
  gtk_widget_set_visible (self->model, choice->kind == DUB_ENGINE_OPENAI);
  gtk_widget_set_visible (self->voice, choice->kind == DUB_ENGINE_OPENAI && self->stage == DUB_STAGE_SPEAK);
  gtk_label_set_label (self->about, privacy);
  gtk_widget_set_sensitive (self->save, complete && !self->busy);
  gtk_widget_set_sensitive (self->test, complete && !self->busy);
  gtk_widget_set_sensitive (self->remove_key, !self->busy);
  show_key (self);
}

static void
set_busy (DubEngineDialog *self,
          gboolean         busy)
{
  GtkWidget *rows[] = { self->address, self->key, self->model, self->voice };

  self->busy = busy;
  /* Not insensitive: the one that has the focus would lose it. */
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_editable_set_editable (GTK_EDITABLE (rows[i]), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind), !busy);
  update (self);
}

static void
clear_verdict (DubEngineDialog *self)
{
  gtk_widget_set_visible (self->verdict, FALSE);
  gtk_widget_remove_css_class (self->address, "error");
}

static gboolean
on_placed (gpointer user_data)
{
  DubEngineDialog *self = user_data;

  if (gtk_widget_get_mapped (self->verdict))
    gtk_viewport_scroll_to (self->viewport, self->verdict, NULL);
  return G_SOURCE_REMOVE;
}

static void
show_verdict (DubEngineDialog *self,
              const char      *icon,
              const char      *tone,
              const char      *words)
{
  gtk_widget_set_visible (self->spinner, icon == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict_icon), icon != NULL);
  gtk_image_set_from_icon_name (self->verdict_icon, icon);
  gtk_widget_remove_css_class (self->verdict, "error");
  gtk_widget_remove_css_class (self->verdict, "success");
  if (tone != NULL)
    gtk_widget_add_css_class (self->verdict, tone);
  gtk_label_set_label (self->verdict_text, words);
  gtk_widget_set_visible (self->verdict, TRUE);
  make_room (self);
  /* It has a place only in the next frame. */
  g_idle_add_full (G_PRIORITY_LOW, on_placed, g_object_ref (self), g_object_unref);
}

static void
show_problem (DubEngineDialog *self,
              const GError    *error)
{
  g_autoptr (DubEngineChoice) choice = make_choice (self);

  show_verdict (self, "dialog-error-symbolic", "error", error->message);
  if (!dub_engine_choice_check (choice, self->stage, NULL))
    gtk_widget_add_css_class (self->address, "error");
}

/* {The key of the server} */

static void
on_key_looked_up (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (DubEngineDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean has = dub_studio_engines_has_key_finish (DUB_STUDIO_ENGINES (source), result, &error);

  /* A keyring that does not answer is told of when it is needed: by Test or Save. */
  if (error != NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->has_key = has;
  show_key (self);
}

static gboolean
on_look_up (gpointer user_data)
{
  DubEngineDialog *self = user_data;
  g_autoptr (DubEngineChoice) choice = make_choice (self);

  self->look_up = 0;
  self->looking = g_cancellable_new ();
  dub_studio_engines_has_key_async (self->engines, choice, self->looking, on_key_looked_up, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
look_up_key (DubEngineDialog *self,
             guint            after_ms)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_handle_id (&self->look_up, g_source_remove);
  self->look_up = g_timeout_add (after_ms, on_look_up, self);
}

static void
on_key_removed (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (DubEngineDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean removed = dub_studio_engines_forget_key_finish (DUB_STUDIO_ENGINES (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->has_key = self->has_key && !removed;
  set_busy (self, FALSE);
  if (!removed)
    show_problem (self, error);
  else
    gtk_widget_grab_focus (self->key);
}

static void
on_remove_key (DubEngineDialog *self)
{
  g_autoptr (DubEngineChoice) choice = make_choice (self);

  if (self->busy)
    return;
  clear_verdict (self);
  set_busy (self, TRUE);
  dub_studio_engines_forget_key_async (self->engines, choice, NULL, on_key_removed, g_object_ref (self));
}

/* {Actions} */

static void
on_changed (DubEngineDialog *self)
{
  /* While the template is being made there is nothing to be told. */
  if (!self->ready)
    return;
  clear_verdict (self);
  update (self);
  make_room (self);
}

static void
on_server_changed (DubEngineDialog *self)
{
  if (!self->ready)
    return;
  self->has_key = FALSE;
  on_changed (self);
  look_up_key (self, LOOK_UP_AFTER_MS);
}

/* From now on there is one in the keyring that was not there before. */
static void
note_key (DubEngineDialog       *self,
          const DubEngineChoice *choice,
          const char            *key)
{
  if (key == NULL || self->has_key || self->unsaved != NULL)
    return;
  self->unsaved = dub_engine_choice_copy (choice);
}

/* Nobody would ever look for it there. */
static void
forget_unsaved_key (DubEngineDialog *self)
{
  if (!self->saved && self->unsaved != NULL)
    dub_studio_engines_forget_key_async (self->engines, self->unsaved, NULL, NULL, NULL);
}

/* Typed once, it is in the keyring. */
static void
show_key_as_stored (DubEngineDialog *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->key)) == '\0')
    return;
  self->has_key = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->key), "");
}

static void
on_tested (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DubEngineDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DubEngineChoice) choice = NULL;
  g_auto (GStrv) languages = NULL;
  g_autofree char *message = dub_studio_engines_test_finish (DUB_STUDIO_ENGINES (source), result, &languages, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      forget_unsaved_key (self);
      return;
    }
  choice = make_choice (self);
  if (message != NULL)
    show_key_as_stored (self);
  set_busy (self, FALSE);
  if (message == NULL)
    {
      show_problem (self, error);
      return;
    }
  g_strfreev (choice->languages);
  choice->languages = g_steal_pointer (&languages);
  dub_engine_choice_free (self->known);
  self->known = g_steal_pointer (&choice);
  show_verdict (self, "object-select-symbolic", "success", message);
}

static void
on_test (DubEngineDialog *self)
{
  g_autoptr (DubEngineChoice) choice = make_choice (self);
  g_autofree char *key = dup_text (self->key);

  if (self->busy)
    return;
  clear_verdict (self);
  set_busy (self, TRUE);
  show_verdict (self, NULL, NULL, _("The engine is tried out…"));
  note_key (self, choice, key);
  dub_studio_engines_test_async (self->engines, self->stage, choice, key, self->cancellable, on_tested, g_object_ref (self));
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DubEngineDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  self->saved = dub_studio_engines_choose_finish (DUB_STUDIO_ENGINES (source), result, &error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  gtk_stack_set_visible_child_name (self->save_stack, "label");
  set_busy (self, FALSE);
  if (self->saved)
    adw_dialog_force_close (ADW_DIALOG (self));
  else
    show_problem (self, error);
}

static void
on_save (DubEngineDialog *self)
{
  g_autoptr (DubEngineChoice) choice = make_choice (self);
  g_autofree char *key = dup_text (self->key);

  if (self->busy || !gtk_widget_get_sensitive (self->save))
    return;
  clear_verdict (self);
  set_busy (self, TRUE);
  gtk_stack_set_visible_child_name (self->save_stack, "busy");
  note_key (self, choice, key);
  dub_studio_engines_choose_async (self->engines, self->stage, choice, key, NULL, on_saved, g_object_ref (self));
}

/* {The dialog} */

static void
dub_engine_dialog_closed (AdwDialog *dialog)
{
  DubEngineDialog *self = DUB_ENGINE_DIALOG (dialog);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->looking);
  g_clear_handle_id (&self->look_up, g_source_remove);
  /* What is under way still stores it: see on_tested(). */
  if (!self->busy)
    forget_unsaved_key (self);
  if (ADW_DIALOG_CLASS (dub_engine_dialog_parent_class)->closed != NULL)
    ADW_DIALOG_CLASS (dub_engine_dialog_parent_class)->closed (dialog);
}

static void
dub_engine_dialog_dispose (GObject *object)
{
  DubEngineDialog *self = DUB_ENGINE_DIALOG (object);

  g_clear_handle_id (&self->look_up, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->looking);
  g_clear_object (&self->engines);
  g_clear_pointer (&self->known, dub_engine_choice_free);
  g_clear_pointer (&self->unsaved, dub_engine_choice_free);
  G_OBJECT_CLASS (dub_engine_dialog_parent_class)->dispose (object);
}

static void
dub_engine_dialog_class_init (DubEngineDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dub_engine_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = dub_engine_dialog_closed;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-engine-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, save);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, save_stack);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, viewport);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, about);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, server);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, address);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, key);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, remove_key);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, model);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, voice);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, timeout);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, parallel);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, test);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, verdict);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, verdict_icon);
  gtk_widget_class_bind_template_child (widget_class, DubEngineDialog, verdict_text);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_server_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_key);
  gtk_widget_class_bind_template_callback (widget_class, on_test);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
}

static void
dub_engine_dialog_init (DubEngineDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->known = dub_engine_choice_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_spin_row_set_adjustment (self->timeout, gtk_adjustment_new (DUB_ENGINE_USUAL_TIMEOUT, 1, DUB_ENGINE_MAX_TIMEOUT, 10, 60, 0));
  adw_spin_row_set_adjustment (self->parallel, gtk_adjustment_new (DUB_ENGINE_USUAL_PARALLEL, 1, DUB_ENGINE_MAX_PARALLEL, 1, 4, 0));
}

static void
set_text (GtkWidget  *row,
          const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
}

static void
show_choice (DubEngineDialog       *self,
             const DubEngineChoice *choice)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint kind = 0, n = 0; kind < N_KINDS; kind++)
    {
      if (!dub_engine_kind_serves (kind, self->stage))
        continue;
      gtk_string_list_append (names, dub_engine_words_get_kind (kind));
      if (kind == choice->kind)
        selected = n;
      self->kinds[n++] = kind;
    }
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->kind, selected);
  set_text (self->address, choice->address);
  set_text (self->model, choice->model);
  set_text (self->voice, choice->voice);
  adw_spin_row_set_value (self->timeout, choice->timeout_s);
  adw_spin_row_set_value (self->parallel, choice->parallel);
  dub_engine_choice_free (self->known);
  self->known = dub_engine_choice_copy (choice);
}

/**
 * dub_engine_dialog_new:
 * @engines: the engines
 * @stage: for which step one is chosen
 *
 * Returns: (transfer floating): a dialog that shows the engine chosen
 */
AdwDialog *
dub_engine_dialog_new (DubStudioEngines *engines,
                       DubStage          stage)
{
  DubEngineDialog *self = g_object_new (DUB_TYPE_ENGINE_DIALOG, NULL);
  g_autofree char *title = NULL;

  self->engines = g_object_ref (engines);
  self->stage = stage;
  /* Translators: %s is a step of a dub: “Engine for Translation” */
  title = g_strdup_printf (_("Engine for %s"), dub_engine_words_get_stage (stage));
  adw_dialog_set_title (ADW_DIALOG (self), title);
  show_choice (self, dub_studio_engines_get_settings (engines)->stages[stage]);
  self->ready = TRUE;
  update (self);
  look_up_key (self, 0);
  return ADW_DIALOG (self);
}
