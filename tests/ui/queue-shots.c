/* SPDX-License-Identifier: GPL-3.0-or-later */
/* queue-shots DIRECTORY PREFIX WIDTH HEIGHT DUBS [VIDEO…]: pictures of the page of the queue with DUBS dubs. For whoever works on the
 * page; look at every picture. The looks follow the environment, as for shots. */

#include <locale.h>

#include "dub-queue-filter.h"
#include "dub-queue-scene.h"
#include "dub-shot.h"
#include "dub-ui-find.h"

typedef struct
{
  DubQueueScene scene;
  const char *directory;
  const char *prefix;
} Studio;

static void
shoot (Studio     *studio,
       const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s/%s-%u-%s.png", studio->directory, studio->prefix, studio->scene.n_dubs, name);

  dub_shot_let_it_draw (700);
  dub_shot_take (studio->scene.window, NULL, file);
}

static void
set_filter (Studio *studio,
            guint   kind)
{
  GtkWidget *filter = dub_ui_find (studio->scene.window, DUB_TYPE_QUEUE_FILTER, NULL, NULL);

  g_object_set (filter, "kind", kind, NULL);
}

static void
set_paused (Studio   *studio,
            gboolean  paused)
{
  DubQueue *queue = dub_workflow_get_queue (studio->scene.service.workflow);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_queue_set_paused_async (queue, paused, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_true (dub_queue_set_paused_finish (queue, result, NULL));
}

static DubTask *
find_state (Studio       *studio,
            DubTaskState  state)
{
  GListModel *tasks = G_LIST_MODEL (dub_workflow_get_queue (studio->scene.service.workflow));

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (tasks, i);
      if (dub_task_get_state (task) == state)
        return task;
    }
  return NULL;
}

static void
shoot_alert (Studio     *studio,
             const char *action,
             DubTask    *task,
             const char *name)
{
  GtkWidget *view = GTK_WIDGET (dub_home_page_get_queue_view (studio->scene.page));

  if (task != NULL)
    gtk_widget_activate_action (view, action, "x", dub_task_get_id (task));
  else
    gtk_widget_activate_action (view, action, NULL);
  shoot (studio, name);
  if (adw_window_get_visible_dialog (ADW_WINDOW (studio->scene.window)) != NULL)
    adw_dialog_force_close (adw_window_get_visible_dialog (ADW_WINDOW (studio->scene.window)));
}

static gboolean
is_of_waiting (GtkWidget     *button,
               gconstpointer  unused)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, g_type_from_name ("DubTaskRow"));
  DubTask *task = NULL;
  gboolean waits;

  if (row == NULL)
    return FALSE;
  g_object_get (row, "task", &task, NULL);
  waits = task != NULL && dub_task_get_state (task) == DUB_TASK_WAITING;
  g_clear_object (&task);
  return waits;
}

static void
shoot_menu (Studio *studio)
{
  GtkWidget *button;

  set_filter (studio, DUB_QUEUE_FILTER_UNDER_WAY);
  dub_shot_let_it_draw (500);
  button = dub_ui_find (studio->scene.window, GTK_TYPE_MENU_BUTTON, is_of_waiting, NULL);
  if (button == NULL)
    return;
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  dub_shot_let_it_draw (700);
  {
    GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
    g_autofree char *file = g_strdup_printf ("%s/%s-%u-menu.png", studio->directory, studio->prefix, studio->scene.n_dubs);

    dub_shot_take (GTK_WIDGET (popover), NULL, file);
  }
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  set_filter (studio, DUB_QUEUE_FILTER_ALL);
}

static void
shoot_queue (Studio *studio)
{
  DubQueueView *view = dub_home_page_get_queue_view (studio->scene.page);

  shoot (studio, "all");
  if (studio->scene.n_dubs == 0)
    return;
  set_filter (studio, DUB_QUEUE_FILTER_UNDER_WAY);
  shoot (studio, "under-way");
  set_paused (studio, TRUE);
  shoot (studio, "paused");
  set_paused (studio, FALSE);
  set_filter (studio, DUB_QUEUE_FILTER_FAILED);
  shoot (studio, "failed");
  shoot_alert (studio, "retry.shown", NULL, "retry-all");
  set_filter (studio, DUB_QUEUE_FILTER_NEEDS_YOU);
  shoot (studio, "needs-you");
  g_object_set (view, "search", "nothing like this", NULL);
  shoot (studio, "search-nothing");
  g_object_set (view, "search", NULL, NULL);
  set_filter (studio, DUB_QUEUE_FILTER_ALL);
  g_object_set (studio->scene.page, "offline", TRUE, NULL);
  shoot (studio, "offline");
  g_object_set (studio->scene.page, "offline", FALSE, NULL);
  if (find_state (studio, DUB_TASK_PROCESSING) != NULL)
    shoot_alert (studio, "line.stop-following", find_state (studio, DUB_TASK_PROCESSING), "stop-following");
  if (find_state (studio, DUB_TASK_UNCONFIRMED) != NULL)
    shoot_alert (studio, "queue.details", find_state (studio, DUB_TASK_UNCONFIRMED), "details");
  shoot_menu (studio);
}

int
main (int    argc,
      char **argv)
{
  Studio studio = { 0 };

  if (argc < 6)
    {
      g_printerr ("queue-shots DIRECTORY PREFIX WIDTH HEIGHT DUBS [VIDEO…]\n");
      return 2;
    }

  setlocale (LC_ALL, "");
  studio.directory = argv[1];
  studio.prefix = argv[2];
  dub_queue_scene_init (&studio.scene, argv + 3);
  dub_queue_scene_open (&studio.scene);
  dub_queue_scene_show (&studio.scene);
  dub_shot_let_it_draw (studio.scene.n_dubs > 1000 ? 4000 : 1800);
  shoot_queue (&studio);
  dub_queue_scene_close (&studio.scene);
  return 0;
}
