/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-filter.h"
#include "dub-queue-view.h"
#include "dub-task-row.h"
#include "dub-task-section.h"
#include "dub-test-support.h"
#include "dub-ui-find.h"
#include "dub-ui-models.h"

/* A queue of which a window shows a small part: whatever is seen is filled, wherever one looks. */

#define N_DUBS 600
#define OF_A_VIDEO 4

typedef struct
{
  GtkWidget *window;
  GtkWidget *list;
  DubQueueFilter *filter;
} Fixture;

static GListStore *
make_tasks (void)
{
  static const DubTaskState states[] = { DUB_TASK_WAITING, DUB_TASK_PROCESSING, DUB_TASK_FAILED, DUB_TASK_SUCCEEDED,
                                         DUB_TASK_SUCCEEDED, DUB_TASK_UNCONFIRMED, DUB_TASK_SUCCEEDED };
  GListStore *tasks = g_list_store_new (DUB_TYPE_TASK);

  for (guint i = 0; i < N_DUBS; i++)
    {
      DubUiTask wanted = { .id = i + 1, .video = 1 + i / OF_A_VIDEO, .title = "Coat", .uri = "file:///nothing/a.mp4",
                           .language = "de", .state = states[i % G_N_ELEMENTS (states)] };
      g_autoptr (DubTask) task = dub_ui_make_task (&wanted);

      g_list_store_append (tasks, task);
    }
  return tasks;
}

static gboolean
has_all (gpointer list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (list))) == N_DUBS;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GListStore) tasks = make_tasks ();
  g_autoptr (GListStore) accounts = g_list_store_new (DUB_TYPE_ACCOUNT);
  g_autoptr (DubPictures) pictures = dub_pictures_new ();
  DubQueueView *view = g_object_new (DUB_TYPE_QUEUE_VIEW, NULL);

  dub_queue_view_set_models (view, G_LIST_MODEL (tasks), G_LIST_MODEL (accounts), pictures);
  fixture->window = dub_ui_show (GTK_WIDGET (view), 1100, 700);
  fixture->list = dub_ui_find (fixture->window, GTK_TYPE_LIST_VIEW, NULL, NULL);
  dub_test_wait_for (has_all, fixture->list, "the list to have all dubs");
  fixture->filter = DUB_QUEUE_FILTER (dub_ui_find (fixture->window, DUB_TYPE_QUEUE_FILTER, NULL, NULL));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
}

/* How many pixels of the list, from its top to its bottom, belong to what is filled. */
static double
count_filled (Fixture *fixture,
              GType    type)
{
  g_autoptr (GPtrArray) widgets = dub_ui_list (fixture->list, type);
  double height = gtk_widget_get_height (fixture->list);
  double filled = 0;

  for (guint i = 0; i < widgets->len; i++)
    {
      graphene_rect_t bounds;

      if (gtk_widget_compute_bounds (widgets->pdata[i], fixture->list, &bounds))
        filled += MAX (MIN (bounds.origin.y + bounds.size.height, height) - MAX (bounds.origin.y, 0), 0);
    }
  return filled;
}

/* All but the margins between the cards. */
static gboolean
is_filled (gpointer user_data)
{
  Fixture *fixture = user_data;

  return count_filled (fixture, DUB_TYPE_TASK_ROW) + count_filled (fixture, DUB_TYPE_TASK_SECTION) >
         gtk_widget_get_height (fixture->list) * 0.9;
}

static void
assert_filled (Fixture *fixture)
{
  dub_ui_settle ();
  dub_test_wait_for (is_filled, fixture, "what is seen to be filled");
}

static void
test_filter (Fixture       *fixture,
             gconstpointer  data)
{
  static const DubQueueFilterKind kinds[] = { DUB_QUEUE_FILTER_NEEDS_YOU, DUB_QUEUE_FILTER_UNDER_WAY, DUB_QUEUE_FILTER_FAILED,
                                              DUB_QUEUE_FILTER_DONE, DUB_QUEUE_FILTER_ALL };

  assert_filled (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      dub_queue_filter_set_kind (fixture->filter, kinds[i]);
      assert_filled (fixture);
    }
}

static void
test_scroll (Fixture       *fixture,
             gconstpointer  data)
{
  static const double places[] = { 0.02, 0.5, 0.9, 1.0, 0.3, 0.0 };
  GtkAdjustment *bar = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture->list));

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      gtk_adjustment_set_value (bar, places[i] * gtk_adjustment_get_upper (bar));
      assert_filled (fixture);
    }
}

/* By the keyboard, too. */
static void
test_focus (Fixture       *fixture,
            gconstpointer  data)
{
  gtk_list_view_scroll_to (GTK_LIST_VIEW (fixture->list), N_DUBS / 2, GTK_LIST_SCROLL_FOCUS, NULL);
  assert_filled (fixture);
}

/* Those that are not seen have no widgets but their places. */
static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) rows = NULL;

  assert_filled (fixture);
  rows = dub_ui_list (fixture->list, DUB_TYPE_TASK_ROW);
  g_assert_cmpuint (rows->len, <, 40);
}

#define ADD(path, function) g_test_add ("/ui/long-queue/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  dub_ui_init (&argc, &argv);

  ADD ("filter", test_filter);
  ADD ("scroll", test_scroll);
  ADD ("focus", test_focus);
  ADD ("empty", test_empty);

  return g_test_run ();
}
