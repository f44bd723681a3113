/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-view-private.h"

#include <glib/gi18n-lib.h>

#include "dub-task-actions.h"
#include "dub-video-order.h"

/* How many frames the list needs to find its place. */
#define FIRST_FRAMES 4
/* More dubs than a high window shows; the list would make 200 rows before it is drawn for the first time. */
#define FIRST_ROWS 32
/* So many more with each frame, until the list has all the rows it wants. */
#define MORE_ROWS 32
#define MOST_ROWS 256
#define MARGIN_WIDE 24
#define MARGIN_NARROW 12

enum
{
  PROP_NARROW = 1,
  PROP_SEARCH,
  PROP_EMPTY,
  PROP_HAS_SAMPLE,
  PROP_SUMMARY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/**
 * DubQueueView:
 *
 * The dubs of the queue, grouped by video.
 */
G_DEFINE_FINAL_TYPE (DubQueueView, dub_queue_view, ADW_TYPE_BIN)

static char *
count_text (GObject *object,
            guint    count)
{
  return g_strdup_printf ("%u", count);
}

/* {The first look} */

/* The list puts its first row, not the head above it, at the top as soon as it knows how high the heads are. */
static gboolean
on_first_frames (GtkWidget     *widget,
                 GdkFrameClock *clock,
                 gpointer       user_data)
{
  DubQueueView *self = DUB_QUEUE_VIEW (widget);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  return --self->first_frames > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
show_top (DubQueueView *self)
{
  if (self->first_frames == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), on_first_frames, NULL, NULL);
  self->first_frames = FIRST_FRAMES;
}

static void
on_scrolled (DubQueueView *self)
{
  self->at_top = gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller)) <= 0;
}

/* Neither does a banner that comes or goes hide the first head. */
static void
on_page_size (DubQueueView *self)
{
  if (self->at_top)
    show_top (self);
}

/* {The first rows} */

/* It is called before the frame is drawn, so the first one goes by. */
static gboolean
on_growing_frame (GtkWidget     *widget,
                  GdkFrameClock *clock,
                  gpointer       user_data)
{
  DubQueueView *self = DUB_QUEUE_VIEW (widget);
  guint size = gtk_slice_list_model_get_size (self->shown);

  if (!self->drawn)
    {
      self->drawn = TRUE;
      return G_SOURCE_CONTINUE;
    }
  size = size + MORE_ROWS < MOST_ROWS ? size + MORE_ROWS : G_MAXUINT;
  gtk_slice_list_model_set_size (self->shown, size);
  if (size < G_MAXUINT)
    return G_SOURCE_CONTINUE;

  self->growing = 0;
  return G_SOURCE_REMOVE;
}

static void
grow (DubQueueView *self)
{
  if (self->growing == 0 && self->shown != NULL && gtk_slice_list_model_get_size (self->shown) < G_MAXUINT)
    self->growing = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_growing_frame, NULL, NULL);
}

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
  const char *wanted = adw_toggle_group_get_active_name (self->filter_group);
  DubTaskGroup group = dub_task_words_get_group (dub_task_get_state (item));

  if (!is_searched_for (self, item))
    return FALSE;
  if (g_strcmp0 (wanted, "needs-you") == 0)
    return group == DUB_TASK_GROUP_NEEDS_YOU;
  if (g_strcmp0 (wanted, "under-way") == 0)
    return group == DUB_TASK_GROUP_UNDER_WAY;
  if (g_strcmp0 (wanted, "done") == 0)
    return group == DUB_TASK_GROUP_DONE;
  return TRUE;
}

static const char *
get_nothing_title (DubQueueView *self)
{
  const char *wanted = adw_toggle_group_get_active_name (self->filter_group);

  if (self->search != NULL && *self->search != '\0')
    return _("No Dubs Found");
  if (g_strcmp0 (wanted, "needs-you") == 0)
    return _("Nothing Needs You");
  if (g_strcmp0 (wanted, "under-way") == 0)
    return _("No Dubs Under Way");
  return _("No Dubs Done Yet");
}

static void
choose_page (DubQueueView *self)
{
  gboolean empty = self->summary == NULL || dub_queue_summary_get_all (self->summary) == 0;
  gboolean nothing = g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) == 0;

  if (!empty && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "empty") == 0)
    show_top (self);
  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
  adw_status_page_set_title (self->nothing, get_nothing_title (self));
  gtk_stack_set_visible_child (self->rows, nothing ? GTK_WIDGET (self->nothing) : GTK_WIDGET (self->scroller));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
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
  refilter (self);
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
  refilter (self);
}

/* {Order: the videos as DubVideoOrder has them, their dubs as they were made} */

static int
compare_tasks (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  gint64 id_a = dub_task_get_id ((DubTask *) a), id_b = dub_task_get_id ((DubTask *) b);

  return (id_a > id_b) - (id_a < id_b);
}

/* {Actions} */

static void
insert_actions (DubQueueView *self)
{
  g_autoptr (DubTaskActions) actions =
    dub_task_actions_new (GTK_WIDGET (self), self->tasks, self->workflow, self->cancellable);

  gtk_widget_insert_action_group (GTK_WIDGET (self), "queue", G_ACTION_GROUP (actions));
}

static void
show_all (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  DubQueueView *self = DUB_QUEUE_VIEW (widget);

  adw_toggle_group_set_active_name (self->filter_group, "all");
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
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)),
                                    GTK_SORTER (gtk_custom_sorter_new (compare_tasks, NULL, NULL)));
  gtk_sort_list_model_set_section_sorter (sorted, by_video);
  self->shown = gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (sorted)), 0, FIRST_ROWS);
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->shown))));

  insert_actions (self);
  dub_queue_view_make_factories (self);
  gtk_list_view_set_model (self->list, selection);
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (dub_queue_view_queue_update_edges), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->summary, "changed", G_CALLBACK (queue_refilter), self, G_CONNECT_SWAPPED);
  choose_page (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    grow (self);
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
  dub_queue_view_set_models (self, G_LIST_MODEL (dub_workflow_get_queue (workflow)),
                             G_LIST_MODEL (dub_workflow_get_accounts (workflow)), pictures);
}

static void
dub_queue_view_map (GtkWidget *widget)
{
  DubQueueView *self = DUB_QUEUE_VIEW (widget);

  GTK_WIDGET_CLASS (dub_queue_view_parent_class)->map (widget);
  grow (self);
}

/* {Object} */

static void
set_margins (DubQueueView *self)
{
  int margin = self->narrow ? MARGIN_NARROW : MARGIN_WIDE;

  g_object_set (self->head_clamp, "margin-start", margin, "margin-end", margin, NULL);
  g_object_set (self->list_clamp, "margin-start", margin, "margin-end", margin, NULL);
}

static void
set_narrow (DubQueueView *self,
            gboolean      narrow)
{
  GtkSizeGroupMode mode = narrow ? GTK_SIZE_GROUP_NONE : GTK_SIZE_GROUP_HORIZONTAL;

  if (self->narrow == narrow)
    return;

  self->narrow = narrow;
  set_margins (self);
  gtk_size_group_set_mode (self->languages, mode);
  gtk_size_group_set_mode (self->states, mode);
  if (narrow)
    {
      if (g_strcmp0 (adw_toggle_group_get_active_name (self->filter_group), "done") == 0)
        adw_toggle_group_set_active_name (self->filter_group, "all");
      adw_toggle_group_remove (self->filter_group, self->done);
    }
  else
    adw_toggle_group_add (self->filter_group, g_object_ref (self->done));
  gtk_widget_set_halign (gtk_widget_get_parent (GTK_WIDGET (self->filter_group)), narrow ? GTK_ALIGN_CENTER : GTK_ALIGN_FILL);
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
    case PROP_SEARCH:
      if (g_set_str (&self->search, g_value_get_string (value)))
        refilter (self);
      break;
    case PROP_HAS_SAMPLE:
      self->has_sample = g_value_get_boolean (value);
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
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->shown);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_object (&self->summary);
  g_clear_object (&self->tasks);
  g_clear_object (&self->accounts);
  g_clear_object (&self->workflow);
  g_clear_object (&self->pictures);
  g_clear_object (&self->done);
  G_OBJECT_CLASS (dub_queue_view_parent_class)->dispose (object);
}

static void
dub_queue_view_finalize (GObject *object)
{
  DubQueueView *self = DUB_QUEUE_VIEW (object);

  g_object_unref (self->languages);
  g_object_unref (self->states);
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
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, NULL, write);
  properties[PROP_EMPTY] = g_param_spec_boolean ("empty", NULL, NULL, TRUE, read);
  properties[PROP_HAS_SAMPLE] = g_param_spec_boolean ("has-sample", NULL, NULL, FALSE, write);
  properties[PROP_SUMMARY] = g_param_spec_object ("summary", NULL, NULL, DUB_TYPE_QUEUE_SUMMARY, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "queue-view.show-all", NULL, show_all);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-queue-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, stack);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, head_clamp);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, list_clamp);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, filter_group);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, done);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, list);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, scroller);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, rows);
  gtk_widget_class_bind_template_child (widget_class, DubQueueView, nothing);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_scrolled);
  gtk_widget_class_bind_template_callback (widget_class, on_page_size);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_activate", G_CALLBACK (dub_queue_view_on_activate));
  gtk_widget_class_bind_template_callback (widget_class, count_text);
}

static void
dub_queue_view_init (DubQueueView *self)
{
  self->at_top = TRUE;
  self->languages = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->states = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->cancellable = g_cancellable_new ();
  self->bound = g_hash_table_new (NULL, NULL);
  self->clock = dub_clock_new (GTK_WIDGET (self));
  g_type_ensure (DUB_TYPE_QUEUE_SUMMARY);
  gtk_widget_init_template (GTK_WIDGET (self));
  set_margins (self);
  g_object_ref (self->done);
}
