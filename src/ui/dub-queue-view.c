/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-view-private.h"

#include <glib/gi18n-lib.h>

#include "dub-line-actions.h"
#include "dub-retry-actions.h"
#include "dub-task-actions.h"
#include "dub-video-order.h"

/* Of a dub with one line of text. */
#define LEAST_ITEM_HEIGHT 49
#define HEAD_HEIGHT 74
#define MARGIN_WIDE 24
#define MARGIN_NARROW 12

enum
{
  PROP_NARROW = 1,
  PROP_STACKED,
  PROP_SEARCH,
  PROP_EMPTY,
  PROP_HAS_SAMPLE,
  PROP_SUMMARY,
  PROP_PAUSED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/**
 * DubQueueView:
 *
 * The dubs of the queue, grouped by video.
 */
G_DEFINE_FINAL_TYPE (DubQueueView, dub_queue_view, ADW_TYPE_BIN)

/* {Filtering} */

static gboolean
is_searched_for (DubQueueView *self,
                 DubTask      *task)
{
  const DubLanguage *language = dub_task_get_language (task);

  if (self->search == NULL || *self->search == '\0')
    return TRUE;
  if (g_str_match_string (self->search, dub_task_get_video_title (task), TRUE))
    return TRUE;
  if (dub_task_get_name (task) != NULL && g_str_match_string (self->search, dub_task_get_name (task), TRUE))
    return TRUE;
  return language != NULL && (g_str_match_string (self->search, dub_language_get_name (language), TRUE) ||
                              g_str_match_string (self->search, dub_language_get_endonym (language), TRUE));
}

static gboolean
is_shown (gpointer item,
          gpointer user_data)
{
  DubQueueView *self = user_data;

  return dub_queue_filter_matches (dub_queue_filter_get_kind (self->filter_choice), self->summary, item) && is_searched_for (self, item);
}

static void
choose_page (DubQueueView *self)
{
  gboolean empty = self->summary == NULL || dub_queue_summary_get_all (self->summary) == 0;
  gboolean nothing = g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) == 0;

  if (!empty && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "empty") == 0)
    dub_queue_view_show_top (self);
  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
  dub_queue_view_update_head (self);
  gtk_stack_set_visible_child (self->rows, nothing ? GTK_WIDGET (self->nothing) : GTK_WIDGET (self->scroller));
  dub_queue_view_queue_update_shown (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
}

/* Whether what is shown depends on what the dubs are, and not only on which there are. */
static gboolean
is_filtering (DubQueueView *self)
{
  return dub_queue_filter_get_kind (self->filter_choice) != DUB_QUEUE_FILTER_ALL;
}

static void
refilter (DubQueueView *self)
{
  if (self->filter != NULL)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  if (self->filtered != NULL)
    choose_page (self);
}

static gboolean
on_refilter_idle (gpointer user_data)
{
  DubQueueView *self = user_data;

  self->refilter_idle = 0;
  if (is_filtering (self))
    refilter (self);
  else
    choose_page (self);
  dub_queue_view_queue_update_places (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: the filtered list may not yet have heard of the change that it comes with. */
static void
queue_refilter (DubQueueView *self)
{
  if (self->refilter_idle == 0)
    self->refilter_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_refilter_idle, self, NULL);
}

static void
on_filter_chosen (DubQueueView *self)
{
  dub_queue_view_begin_anew (self);
  refilter (self);
}

/* {Order: the videos as DubVideoOrder has them, their dubs as they stand in the line, or stood there} */

static int
compare_tasks (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  gint64 place_a = dub_task_get_place ((DubTask *) a), place_b = dub_task_get_place ((DubTask *) b);
  gint64 id_a = dub_task_get_id ((DubTask *) a), id_b = dub_task_get_id ((DubTask *) b);

  if (place_a != place_b)
    return place_a < place_b ? -1 : 1;
  return (id_a > id_b) - (id_a < id_b);
}

static gboolean
on_line_idle (gpointer user_data)
{
  DubQueueView *self = user_data;

  self->line_idle = 0;
  gtk_sorter_changed (self->order, GTK_SORTER_CHANGE_DIFFERENT);
  dub_queue_view_queue_update_places (self);
  return G_SOURCE_REMOVE;
}

/* One move is told twice: two dubs have another place. */
static void
on_line_changed (DubQueueView *self)
{
  if (self->line_idle == 0)
    self->line_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_line_idle, self, NULL);
}

/* {Actions} */

static void
insert_actions (DubQueueView *self)
{
  DubQueue *queue = self->workflow != NULL ? dub_workflow_get_queue (self->workflow) : NULL;
  g_autoptr (DubTaskActions) actions =
    dub_task_actions_new (GTK_WIDGET (self), self->tasks, self->workflow, self->cancellable);
  g_autoptr (DubRetryActions) retry =
    dub_retry_actions_new (GTK_WIDGET (self), G_LIST_MODEL (self->filtered), self->summary, queue, self->cancellable);
  g_autoptr (DubLineActions) line = queue != NULL ? dub_line_actions_new (GTK_WIDGET (self), queue, self->cancellable) : NULL;

  gtk_widget_insert_action_group (GTK_WIDGET (self), "queue", G_ACTION_GROUP (actions));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "retry", G_ACTION_GROUP (retry));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "line", G_ACTION_GROUP (line));
}

static void
show_all (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  DubQueueView *self = DUB_QUEUE_VIEW (widget);

  dub_queue_filter_set_kind (self->filter_choice, DUB_QUEUE_FILTER_ALL);
  gtk_widget_activate_action (widget, "home.stop-search", NULL);
}

/* {Models} */

/**
 * dub_queue_view_set_models:
 * @tasks: a list of [class@DubTask]
 * @accounts: (nullable): a list of [class@DubAccount]
 *
 * Shows these dubs.
 */
void
dub_queue_view_set_models (DubQueueView *self,
                           GListModel   *tasks,
                           GListModel   *accounts,
                           DubPictures  *pictures)
{
  g_autoptr (GtkSortListModel) sorted = NULL;
  g_autoptr (GtkSorter) by_video = NULL;
  g_autoptr (GtkSelectionModel) selection = NULL;

  g_return_if_fail (DUB_IS_QUEUE_VIEW (self));
  g_return_if_fail (self->tasks == NULL);

  g_set_object (&self->tasks, tasks);
  g_set_object (&self->accounts, accounts);
  g_set_object (&self->pictures, pictures);
  self->summary = dub_queue_summary_new (tasks);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);

  /* Before the lists: it has to know of a task when they sort it. */
  by_video = dub_video_order_new (tasks);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  self->filtered = gtk_filter_list_model_new (g_object_ref (tasks), g_object_ref (self->filter));
  self->order = GTK_SORTER (gtk_custom_sorter_new (compare_tasks, NULL, NULL));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)), g_object_ref (self->order));
  gtk_sort_list_model_set_section_sorter (sorted, by_video);
  self->shown = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (sorted)), 0, 0);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->shown))));

  insert_actions (self);
  dub_queue_view_make_factory (self);
  gtk_list_view_set_model (self->list, selection);
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (dub_queue_view_queue_update_edges), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->summary, "changed", G_CALLBACK (queue_refilter), self, G_CONNECT_SWAPPED);
  choose_page (self);
  dub_queue_view_begin_anew (self);
}

/**
 * dub_queue_view_set_workflow:
 *
 * Shows the queue of @workflow, and works with it.
 */
void
dub_queue_view_set_workflow (DubQueueView *self,
                             DubWorkflow  *workflow,
                             DubPictures  *pictures)
{
  g_return_if_fail (DUB_IS_QUEUE_VIEW (self));

  g_set_object (&self->workflow, workflow);
  self->queue = dub_workflow_get_queue (workflow);
  dub_queue_view_set_models (self, G_LIST_MODEL (self->queue), G_LIST_MODEL (dub_workflow_get_accounts (workflow)), pictures);
  g_object_bind_property (self->queue, "paused", self, "paused", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->queue, "line-changed", G_CALLBACK (on_line_changed), self, G_CONNECT_SWAPPED);
}

static void
dub_queue_view_map (GtkWidget *widget)
{
  DubQueueView *self = DUB_QUEUE_VIEW (widget);

  GTK_WIDGET_CLASS (dub_queue_view_parent_class)->map (widget);
  dub_queue_view_grow (self);
}

/* {Object} */

static void
set_margins (DubQueueView *self)
{
  int margin = self->narrow ? MARGIN_NARROW : MARGIN_WIDE;

  g_object_set (self->head_clamp, "margin-start", margin, "margin-end", margin, NULL);
  g_object_set (self->list_clamp, "margin-start", margin, "margin-end", margin, NULL);
}

/* What is narrow is stacked too. */
static gboolean
is_stacked (DubQueueView *self)
{
  return self->stacked || self->narrow;
}

static void
update_stacking (DubQueueView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STACKED]);
}

static void
set_stacked (DubQueueView *self,
             gboolean      stacked)
{
  if (self->stacked == stacked)
    return;

  self->stacked = stacked;
  update_stacking (self);
}

static void
set_narrow (DubQueueView *self,
            gboolean      narrow)
{
  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  set_margins (self);
  update_stacking (self);
}

static void
set_paused (DubQueueView *self,
            gboolean      paused)
{
  self->paused = paused;
  dub_queue_view_update_head (self);
  dub_queue_view_queue_update_places (self);
}

static void
dub_queue_view_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  DubQueueView *self = DUB_QUEUE_VIEW (object);

  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_STACKED:
      g_value_set_boolean (value, is_stacked (self));
      break;
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, self->summary == NULL || dub_queue_summary_get_all (self->summary) == 0);
      break;
    case PROP_HAS_SAMPLE:
      g_value_set_boolean (value, self->has_sample);
      break;
    case PROP_SUMMARY:
      g_value_set_object (value, self->summary);
      break;
    case PROP_PAUSED:
      g_value_set_boolean (value, self->paused);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_queue_view_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  DubQueueView *self = DUB_QUEUE_VIEW (object);

  switch (id)
    {
    case PROP_NARROW:
      set_narrow (self, g_value_get_boolean (value));
      break;
    case PROP_STACKED:
      set_stacked (self, g_value_get_boolean (value));
      break;
    case PROP_SEARCH:
      if (g_set_str (&self->search, g_value_get_string (value)))
        on_filter_chosen (self);
      break;
    case PROP_HAS_SAMPLE:
      self->has_sample = g_value_get_boolean (value);
      break;
    case PROP_PAUSED:
      set_paused (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_queue_view_dispose (GObject *object)
{
  DubQueueView *self = DUB_QUEUE_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->clock);
  g_clear_handle_id (&self->edges_idle, g_source_remove);
  g_clear_handle_id (&self->refilter_idle, g_source_remove);
  g_clear_handle_id (&self->places_idle, g_source_remove);
  g_clear_handle_id (&self->line_idle, g_source_remove);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->shown);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_object (&self->order);
  g_clear_object (&self->summary);
  g_clear_object (&self->tasks);
  g_clear_object (&self->accounts);
  g_clear_object (&self->workflow);
  g_clear_object (&self->pictures);
  G_OBJECT_CLASS (dub_queue_view_parent_class)->dispose (object);
}

static void
dub_queue_view_finalize (GObject *object)
{
  DubQueueView *self = DUB_QUEUE_VIEW (object);

  g_object_unref (self->cancellable);
  g_hash_table_unref (self->bound);
  g_free (self->search);
  G_OBJECT_CLASS (dub_queue_view_parent_class)->finalize (object);
}

static void
dub_queue_view_class_init (DubQueueViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags write = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = dub_queue_view_dispose;
  object_class->finalize = dub_queue_view_finalize;
  object_class->get_property = dub_queue_view_get_property;
  object_class->set_property = dub_queue_view_set_property;
  widget_class->map = dub_queue_view_map;

  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, write);
  properties[PROP_STACKED] = g_param_spec_boolean ("stacked", NULL, NULL, FALSE, write | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, NULL, write);
  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE, read);
  properties[PROP_HAS_SAMPLE] = g_param_spec_boolean ("has-sample", NULL, NULL, FALSE, write);
  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE, write);
  properties[PROP_SUMMARY] = g_param_spec_object ("summary", NULL, NULL, DUB_TYPE_QUEUE_SUMMARY, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "queue-view.show-all", NULL, show_all);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-queue-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, stack);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, head_clamp);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, list_clamp);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, filter_choice);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, retry_all);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, pause);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, pause_icon);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, pause_label);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, forecast);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, list);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, scroller);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, rows);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, nothing);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, clear_search);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, show_all);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_chosen);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_scrolled", G_CALLBACK (dub_queue_view_on_scrolled));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_page_size", G_CALLBACK (dub_queue_view_on_page_size));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_activate", G_CALLBACK (dub_queue_view_on_activate));
}

static void
dub_queue_view_init (DubQueueView *self)
{
  self->at_top = TRUE;
  self->cancellable = g_cancellable_new ();
  self->bound = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < 4; i++)
    self->heights[i / 2][i % 2] = LEAST_ITEM_HEIGHT + (i / 2) * HEAD_HEIGHT;
  self->moves_down = TRUE;
  self->clock = dub_clock_new (GTK_WIDGET (self));
  g_type_ensure (DUB_TYPE_QUEUE_SUMMARY);
  g_type_ensure (DUB_TYPE_QUEUE_FILTER);
  gtk_widget_init_template (GTK_WIDGET (self));
  set_margins (self);
  g_signal_connect_object (self->clock, "notify::now", G_CALLBACK (dub_queue_view_update_head), self, G_CONNECT_SWAPPED);
}
