/* SPDX-License-Identifier: GPL-3.0-or-later */
/* queue-times WIDTH HEIGHT DUBS: how long the page of the queue works with DUBS dubs, in milliseconds of the processor: what else the machine does
 * hardly changes them. */

#include <locale.h>
#include <stdlib.h>
#include <time.h>

#include "dub-queue-filter.h"
#include "dub-queue-scene.h"
#include "dub-task-private.h"
#include "dub-test-support.h"
#include "dub-ui-find.h"

#define SCROLL_FRAMES 300
#define SCROLL_STEP 60

static gint64
now_us (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static double
ms_since (gint64 start)
{
  return (double) (now_us () - start) / 1000;
}

static gboolean
is_true (gpointer flag)
{
  return *(gboolean *) flag;
}

static void
on_painted (gboolean *painted)
{
  *painted = TRUE;
}

/* Until what has changed is drawn. */
static void
wait_for_paint (DubQueueScene *scene)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (scene->window);
  gboolean painted = FALSE;
  gulong handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_painted), &painted);

  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  dub_test_wait_for (is_true, &painted, "a frame");
  g_signal_handler_disconnect (clock, handler);
}

static gboolean
is_whole (gpointer list)
{
  GListModel *shown = G_LIST_MODEL (gtk_list_view_get_model (list));

  return g_list_model_get_n_items (shown) > 256 || g_list_model_get_n_items (shown) == 0;
}

static gboolean
on_idle (gpointer idle)
{
  *(gboolean *) idle = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for_idle (void)
{
  gboolean idle = FALSE;

  g_idle_add_full (G_PRIORITY_LOW + 100, on_idle, &idle, NULL);
  dub_test_wait_for (is_true, &idle, "all that is due");
}

static void
measure_filters (DubQueueScene *scene)
{
  static const char *const searches[] = { "c", "co", "coat", "japan", "nothing like it", "" };
  GtkWidget *filter = dub_ui_find (scene->window, DUB_TYPE_QUEUE_FILTER, NULL, NULL);

  for (guint kind = DUB_QUEUE_FILTER_NEEDS_YOU; kind <= DUB_QUEUE_FILTER_DONE + 1; kind++)
    {
      gint64 start = now_us ();

      dub_queue_filter_set_kind (DUB_QUEUE_FILTER (filter), kind <= DUB_QUEUE_FILTER_DONE ? kind : DUB_QUEUE_FILTER_ALL);
      wait_for_paint (scene);
      g_print ("filter %u: drawn after %.1f\n", kind, ms_since (start));
      wait_for_idle ();
    }
  for (guint i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      gint64 start = now_us ();

      g_object_set (dub_home_page_get_queue_view (scene->page), "search", searches[i], NULL);
      wait_for_paint (scene);
      g_print ("search “%s”: drawn after %.1f\n", searches[i], ms_since (start));
      wait_for_idle ();
    }
}

/* As when a step of the queue has changed one dub, and with it the forecast of all others. */
static void
measure_step (DubQueueScene *scene)
{
  GListModel *tasks = G_LIST_MODEL (dub_workflow_get_queue (scene->service.workflow));
  g_autoptr (DubTask) task = g_list_model_get_item (tasks, g_list_model_get_n_items (tasks) - 1);
  g_autoptr (DubTaskRecord) record = dub_task_record_copy (dub_task_get_record (task));
  gint64 start = now_us (), now = g_get_real_time () / G_USEC_PER_SEC;

  record->state = DUB_TASK_PUBLISHING;
  dub_task_update (task, record);
  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (DubTask) other = g_list_model_get_item (tasks, i);
      if (dub_task_get_expected_to (other) > 0)
        dub_task_set_expected (other, now + 600 + i, now + 1200 + i);
    }
  g_print ("a step, told: %.1f\n", ms_since (start));
  wait_for_paint (scene);
  wait_for_idle ();
  g_print ("a step, told and drawn: %.1f\n", ms_since (start));
}

static int
compare (const void *a,
         const void *b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static void
measure_scrolling (DubQueueScene *scene)
{
  GtkWidget *list = dub_ui_find (scene->window, GTK_TYPE_LIST_VIEW, NULL, NULL);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW)));
  double frames[SCROLL_FRAMES];

  for (guint i = 0; i < SCROLL_FRAMES; i++)
    {
      gint64 start = now_us ();

      gtk_adjustment_set_value (place, gtk_adjustment_get_value (place) + SCROLL_STEP);
      wait_for_paint (scene);
      frames[i] = ms_since (start);
    }
  qsort (frames, SCROLL_FRAMES, sizeof *frames, compare);
  g_print ("scrolling, a frame: median %.1f, p99 %.1f, longest %.1f\n", frames[SCROLL_FRAMES / 2], frames[SCROLL_FRAMES * 99 / 100],
           frames[SCROLL_FRAMES - 1]);
}

int
main (int    argc,
      char **argv)
{
  DubQueueScene scene = { 0 };
  gint64 start;

  if (argc < 4)
    {
      g_printerr ("queue-times WIDTH HEIGHT DUBS\n");
      return 2;
    }

  setlocale (LC_ALL, "");
  dub_queue_scene_init (&scene, argv + 1);
  dub_queue_scene_open (&scene);
  start = now_us ();
  dub_queue_scene_show (&scene);
  g_print ("the page, made: %.1f\n", ms_since (start));
  wait_for_paint (&scene);
  g_print ("the page, drawn: %.1f\n", ms_since (start));
  dub_test_wait_for (is_whole, dub_ui_find (scene.window, GTK_TYPE_LIST_VIEW, NULL, NULL), "all dubs");
  wait_for_idle ();
  g_print ("the page, whole: %.1f\n", ms_since (start));
  measure_scrolling (&scene);
  measure_filters (&scene);
  measure_step (&scene);
  dub_queue_scene_close (&scene);
  return 0;
}
