/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-task-row.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "dub-line-menu.h"
#include "dub-state-pill.h"

/* As wide as “Expected Tue 09:40–10:05”, so that the bars of all rows start at one edge. */
#define WHEN_WIDTH_CHARS 22
/* The studio is asked once a second how far it is. */
#define STRIDE_MS 1000

/**
 * DubTaskRow:
 *
 * A dub in the queue: language, state, when, how far, what went wrong, and what can be done.
 */
struct _DubTaskRow
{
  GtkWidget parent_instance;

  /* template widgets */
  AdwMultiLayoutView *layouts;
  GtkWidget *language_box;
  GtkLabel *language;
  GtkLabel *endonym;
  GtkWidget *pill_box;
  DubStatePill *pill;
  GtkLabel *when;
  GtkProgressBar *bar;
  GtkButton *button;
  GtkWidget *detail;
  GtkLabel *message;
  GtkWidget *request;
  GtkLabel *request_id;
  GtkActionable *copy;
  GtkMenuButton *menu;

  /* owned */
  DubTask *task;
  DubAccount *account;
  DubTaskPlace place;
  gint64 now;
  double elapsed;   /* of this task so far: a new forecast never makes the bar jump back */
  AdwAnimation *stride; /* of the bar, from what was told to what is told; NULL: none yet */
  DubTaskColumns columns;
  gboolean told;    /* the bar shows what is done, not the time */
  gboolean narrow;
};

enum
{
  PROP_TASK = 1,
  PROP_NOW,
  PROP_NARROW,
  PROP_SUMMARY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DubTaskRow, dub_task_row, GTK_TYPE_WIDGET)

/**
 * dub_task_row_get_action:
 *
 * Returns: (nullable): the action of the queue's view that Enter on the row does
 */
const char *
dub_task_row_get_action (DubTaskRow *self)
{
  g_return_val_if_fail (DUB_IS_TASK_ROW (self), NULL);

  if (self->task == NULL)
    return NULL;
  if (dub_task_can_review (self->task))
    return "queue.review";
  if (dub_task_get_state (self->task) == DUB_TASK_UNCONFIRMED)
    return "queue.details";
  if (dub_task_can_retry (self->task) && !self->place.has_later && !dub_task_words_is_resting (self->account))
    return "queue.retry";
  return NULL;
}

static void
update_button (DubTaskRow *self)
{
  DubTaskState state = dub_task_get_state (self->task);
  const char *label = NULL, *action = NULL;

  if (dub_task_can_review (self->task))
    label = _("Review"), action = "queue.review";
  else if (state == DUB_TASK_UNCONFIRMED)
    label = _("Details"), action = "queue.details";
  else if ((state == DUB_TASK_FAILED || state == DUB_TASK_REJECTED) && !self->place.has_later)
    label = _("Try Again…"), action = "queue.retry";

  gtk_widget_set_visible (GTK_WIDGET (self->button), label != NULL);
  if (label == NULL)
    return;

  gtk_button_set_label (self->button, label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "x", dub_task_get_id (self->task));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), dub_task_row_get_action (self) != NULL);
}

static void
stand_still (DubTaskRow *self)
{
  if (self->stride != NULL)
    adw_animation_skip (self->stride);
  g_clear_object (&self->stride);
}

static void
stride (DubTaskRow *self,
        double      from,
        double      to)
{
  stand_still (self);
  self->stride = adw_timed_animation_new (GTK_WIDGET (self->bar), from, to, STRIDE_MS,
                                          adw_property_animation_target_new (G_OBJECT (self->bar), "fraction"));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->stride), ADW_LINEAR);
  adw_animation_play (self->stride);
}

/* What is told of the work goes on smoothly; what is only the time goes by the second. */
static void
update_bar (DubTaskRow *self,
            double      elapsed)
{
  gboolean told = dub_task_get_progress (self->task) >= 0;
  double shown = gtk_progress_bar_get_fraction (self->bar);

  if (self->told != told)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    told ? _("Progress") : _("Time elapsed"), -1);
  self->told = told;
  if (told && self->elapsed >= 0 && elapsed > self->elapsed)
    stride (self, shown, elapsed);
  else if (self->stride == NULL || elapsed > self->elapsed)
    {
      stand_still (self);
      gtk_progress_bar_set_fraction (self->bar, MAX (MAX (self->elapsed, elapsed), 0));
    }
  self->elapsed = MAX (self->elapsed, elapsed);
}

static void
update_time (DubTaskRow *self)
{
  g_autofree char *when = NULL;
  double elapsed;
  gboolean late;

  if (self->task == NULL)
    return;

  when = dub_task_words_dup_when (self->task, self->account, &self->place, self->now);
  elapsed = dub_task_words_get_elapsed (self->task, self->account, self->now);
  late = dub_task_words_is_late (self->task, self->now);

  gtk_label_set_label (self->when, when);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), elapsed >= 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->when), elapsed < 0 || self->narrow);
  gtk_label_set_width_chars (self->when, elapsed >= 0 && !self->narrow ? WHEN_WIDTH_CHARS : -1);
  update_bar (self, elapsed);
  if (late)
    gtk_widget_add_css_class (GTK_WIDGET (self->bar), "late");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->bar), "late");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
}

static void
update (DubTaskRow *self)
{
  const DubLanguage *language = dub_task_get_language (self->task);
  DubTaskState state = dub_task_get_state (self->task);
  DubTaskLook look = dub_task_words_get_look (self->task, &self->place);
  const char *request_id = dub_task_get_request_id (self->task);
  g_autofree char *detail = dub_task_words_dup_detail (self->task, self->account, self->now);
  gboolean wrong = state == DUB_TASK_FAILED || state == DUB_TASK_REJECTED || state == DUB_TASK_UNCONFIRMED;
  /* Who has the studio's sentence has no one to tell its number to. */
  gboolean studio = self->account != NULL && dub_account_is_studio (self->account);

  gtk_label_set_label (self->language, dub_task_words_get_language (self->task));
  gtk_label_set_label (self->endonym, language != NULL ? dub_language_get_endonym (language) : "");
  dub_state_pill_set (self->pill, look.icon, look.label, look.tone);

  gtk_widget_set_visible (GTK_WIDGET (self->message), detail != NULL);
  gtk_label_set_label (self->message, detail != NULL ? detail : "");
  gtk_widget_set_visible (self->request, wrong && !studio && request_id != NULL && *request_id != '\0');
  gtk_label_set_label (self->request_id, request_id != NULL ? request_id : "");
  if (gtk_widget_get_visible (self->request))
    {
      gtk_actionable_set_action_target (self->copy, "x", dub_task_get_id (self->task));
      gtk_actionable_set_action_name (self->copy, "queue.copy-request-id");
    }
  gtk_widget_set_visible (self->detail, detail != NULL || gtk_widget_get_visible (self->request));

  update_button (self);
  update_time (self);
}

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        DubTask    *task)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "x", dub_task_get_id (task));
  g_menu_append_item (menu, item);
}

/* Made only when it is opened: a list of thousands has no thousands of menus. */
static void
make_menu (GtkMenuButton *button,
           gpointer       user_data)
{
  DubTaskRow *self = user_data;
  g_autoptr (GMenu) menu = g_menu_new (), what = g_menu_new (), away = g_menu_new ();
  g_autoptr (GMenuModel) line = NULL;
  DubTask *task = self->task;

  if (task == NULL)
    return;

  line = dub_line_menu_new (task, &self->place);
  if (dub_task_can_review (task))
    append (what, _("_Review"), "queue.review", task);
  if (dub_task_get_state (task) == DUB_TASK_UNCONFIRMED)
    append (what, _("_Details"), "queue.details", task);
  else if (dub_task_can_retry (task))
    append (what, _("_Try Again…"), "queue.retry", task);
  append (what, _("_History…"), "queue.history", task);
  append (what, _("Copy _Name"), "queue.copy-name", task);
  if (dub_task_get_request_id (task) != NULL)
    append (what, _("Copy Request _ID"), "queue.copy-request-id", task);
  if (dub_task_can_cancel (task) || dub_task_can_recall (task))
    append (away, _("_Cancel"), "queue.cancel", task);
  if (dub_task_can_remove (task))
    append (away, _("Remove From _Queue"), "queue.remove", task);

  g_menu_append_section (menu, NULL, G_MENU_MODEL (what));
  g_menu_append_section (menu, NULL, line);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (away));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/* A step of the queue changes the forecast of all that wait, and of each of them twice. */
static void
on_task_changed (DubTaskRow *self,
                 GParamSpec *pspec)
{
  if (g_str_has_prefix (pspec->name, "expected-") || g_str_has_prefix (pspec->name, "progress"))
    update_time (self);
  else
    update (self);
}

static void
forget (DubTaskRow *self)
{
  if (self->task != NULL)
    g_signal_handlers_disconnect_by_data (self->task, self);
  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  g_clear_object (&self->task);
  g_clear_object (&self->account);
  stand_still (self);
  self->elapsed = -1;
}

/**
 * dub_task_row_set_task:
 * @task: (nullable): the dub to show
 * @account: (nullable): its account
 */
void
dub_task_row_set_task (DubTaskRow *self,
                       DubTask    *task,
                       DubAccount *account)
{
  g_return_if_fail (DUB_IS_TASK_ROW (self));

  forget (self);
  if (task != NULL)
    {
      self->task = g_object_ref (task);
      g_signal_connect_swapped (task, "notify", G_CALLBACK (on_task_changed), self);
      if (g_set_object (&self->account, account))
        g_signal_connect_swapped (account, "notify::status", G_CALLBACK (update), self);
      if (gtk_menu_button_get_menu_model (self->menu) != NULL)
        gtk_menu_button_set_menu_model (self->menu, NULL);
      gtk_menu_button_set_create_popup_func (self->menu, make_menu, self, NULL);
      update (self);
    }
  else
    self->place = (DubTaskPlace) { 0 };
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TASK]);
}

static gboolean
is_same_place (const DubTaskPlace *a,
               const DubTaskPlace *b)
{
  return a->turn == b->turn && a->n_waiting == b->n_waiting && a->paused == b->paused && a->has_later == b->has_later;
}

/**
 * dub_task_row_set_place:
 * @place: what the dub is among the others; it changes when they do
 */
void
dub_task_row_set_place (DubTaskRow         *self,
                        const DubTaskPlace *place)
{
  g_return_if_fail (DUB_IS_TASK_ROW (self));

  if (is_same_place (&self->place, place))
    return;

  self->place = *place;
  if (self->task != NULL)
    update (self);
}

/**
 * dub_task_row_get_task:
 *
 * Returns: (transfer none) (nullable): the dub that is shown
 */
DubTask *
dub_task_row_get_task (DubTaskRow *self)
{
  g_return_val_if_fail (DUB_IS_TASK_ROW (self), NULL);

  return self->task;
}

static void
set_class (DubTaskRow *self,
           const char *name,
           gboolean    on)
{
  if (on)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

/**
 * dub_task_row_set_edges:
 *
 * Rounds the corners of the card's first and last row.
 */
void
dub_task_row_set_edges (DubTaskRow *self,
                        gboolean    first,
                        gboolean    last)
{
  g_return_if_fail (DUB_IS_TASK_ROW (self));

  set_class (self, "first", first);
  set_class (self, "last", last);
}

static void
update_columns (DubTaskRow *self)
{
  gtk_widget_set_size_request (self->language_box, self->narrow ? -1 : self->columns.language, 48);
  gtk_widget_set_size_request (self->pill_box, self->narrow ? -1 : self->columns.state, 48);
}

/**
 * dub_task_row_set_columns:
 * @columns: how wide its columns are
 *
 * Makes the columns of this row as wide as those of the others.
 */
void
dub_task_row_set_columns (DubTaskRow           *self,
                          const DubTaskColumns *columns)
{
  g_return_if_fail (DUB_IS_TASK_ROW (self));

  if (self->columns.language == columns->language && self->columns.state == columns->state)
    return;
  self->columns = *columns;
  update_columns (self);
}

static void
set_narrow (DubTaskRow *self,
            gboolean    narrow)
{
  self->narrow = narrow;
  adw_multi_layout_view_set_layout_name (self->layouts, narrow ? "narrow" : "wide");
  gtk_widget_set_hexpand (self->language_box, narrow);
  update_columns (self);
  set_class (self, "narrow", narrow);
  update_time (self);
}

/* Times are shown to the minute; only the bar of one that is being made goes by the second. */
static void
set_now (DubTaskRow *self,
         gint64      now)
{
  gboolean same_minute = self->now / 60 == now / 60;

  self->now = now;
  if (!same_minute || gtk_widget_get_visible (GTK_WIDGET (self->bar)))
    update_time (self);
}

/* The row in one line, for those who hear it. */
static char *
dup_summary (DubTaskRow *self)
{
  if (self->task == NULL)
    return g_strdup ("");

  /* Translators: language, state and time of a dub, as a screen reader says them: “German, Failed, Failed 09:05” */
  return g_strdup_printf (C_("accessible", "%s, %s, %s"), gtk_label_get_label (self->language),
                          dub_state_pill_get_label (self->pill), gtk_label_get_label (self->when));
}

static void
dub_task_row_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  DubTaskRow *self = DUB_TASK_ROW (object);

  switch (id)
    {
    case PROP_TASK:
      g_value_set_object (value, self->task);
      break;
    case PROP_NOW:
      g_value_set_int64 (value, self->now);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_SUMMARY:
      g_value_take_string (value, dup_summary (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_task_row_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  DubTaskRow *self = DUB_TASK_ROW (object);

  switch (id)
    {
    case PROP_NOW:
      set_now (self, g_value_get_int64 (value));
      break;
    case PROP_NARROW:
      set_narrow (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_task_row_dispose (GObject *object)
{
  forget (DUB_TASK_ROW (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), DUB_TYPE_TASK_ROW);
  G_OBJECT_CLASS (dub_task_row_parent_class)->dispose (object);
}

static void
dub_task_row_class_init (DubTaskRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dub_task_row_dispose;
  object_class->get_property = dub_task_row_get_property;
  object_class->set_property = dub_task_row_set_property;

  properties[PROP_TASK] = g_param_spec_object ("task", NULL, NULL, DUB_TYPE_TASK, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DUB_TYPE_STATE_PILL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-task-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DubTaskRow, layouts);
  gtk_widget_class_bind_template_child (widget_class, DubTaskRow, language_box);
  gtk_widget_class_bind_template_child (widget_class, DubTaskRow, language);
  gtk_widget_class_bind_template_child (widget_class, DubTaskRow, endonym);
  gtk_widget_class_bind_template_child (widget_class, DubTaskRow, pill_box);
  gtk_widget_class_bind_template_child (widget_class, DubTaskRow, pill);
  gtk_widget_class_bind_template_child (widget_class, DubTaskRow, when);
  gtk_widget_class_bind_template_child (widget_class, DubTaskRow, bar);
  gtk_widget_class_bind_template_child (widget_class, DubTaskRow, button);
  gtk_widget_class_bind_template_child (widget_class, DubTaskRow, detail);
  gtk_widget_class_bind_template_child (widget_class, DubTaskRow, message);
  gtk_widget_class_bind_template_child (widget_class, DubTaskRow, request);
  gtk_widget_class_bind_template_child (widget_class, DubTaskRow, request_id);
  gtk_widget_class_bind_template_child (widget_class, DubTaskRow, copy);
  gtk_widget_class_bind_template_child (widget_class, DubTaskRow, menu);
  gtk_widget_class_set_css_name (widget_class, "taskrow");
}

static void
dub_task_row_init (DubTaskRow *self)
{
  self->elapsed = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  set_narrow (self, FALSE);
}

/**
 * dub_task_row_new:
 *
 * Returns: (transfer floating): a row without a dub
 */
GtkWidget *
dub_task_row_new (void)
{
  return g_object_new (DUB_TYPE_TASK_ROW, NULL);
}
