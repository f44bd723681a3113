/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-queue-step N ROUNDS: shows a queue of N waiting dubs; prints how long its window is busy each time the forecasts of all
 * of them change, as at each step of the queue. Microseconds, one line a round. */

#include <stdlib.h>

#include "dub-queue-view.h"
#include "dub-task-private.h"
#include "dub-ui-find.h"
#include "dub-ui-models.h"

#define OF_A_VIDEO 13

static GListStore *
make_tasks (guint n)
{
  GListStore *tasks = g_list_store_new (DUB_TYPE_TASK);

  for (guint i = 0; i < n; i++)
    {
      DubUiTask wanted = { .id = i + 1, .video = n - i / OF_A_VIDEO, .title = "Coat", .uri = "file:///nothing/a.mp4",
                           .language = "de", .state = DUB_TASK_WAITING, .expected_from = 60, .expected_to = 120 };
      g_autoptr (DubTask) task = dub_ui_make_task (&wanted);

      g_list_store_append (tasks, task);
    }
  return tasks;
}

static gint64
change_forecasts (GListStore *tasks,
                  gint64      by)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC, began = g_get_monotonic_time ();

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (tasks)); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (tasks), i);
      dub_task_set_expected (task, now + by + i, now + by + i + 60);
    }
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  return g_get_monotonic_time () - began;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GListStore) tasks = NULL;
  g_autoptr (GListStore) accounts = NULL;
  g_autoptr (DubPictures) pictures = NULL;
  DubQueueView *view;
  GtkWidget *window;

  if (argc != 3)
    return EXIT_FAILURE;
  adw_init ();
  tasks = make_tasks ((guint) atoi (argv[1]));
  accounts = g_list_store_new (DUB_TYPE_ACCOUNT);
  pictures = dub_pictures_new ();
  view = g_object_new (DUB_TYPE_QUEUE_VIEW, NULL);
  dub_queue_view_set_models (view, G_LIST_MODEL (tasks), G_LIST_MODEL (accounts), pictures);
  window = dub_ui_show (GTK_WIDGET (view), 1180, 760);
  for (int i = 0; i < atoi (argv[2]); i++)
    g_print ("%" G_GINT64_FORMAT "\n", change_forecasts (tasks, 600 + i));
  gtk_window_destroy (GTK_WINDOW (window));
  return EXIT_SUCCESS;
}
