/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-scale DATA-DIR FRAMES STEPS: opens a store and shows its queue. Prints a line each:
 *   open MS            from the call until the workflow has read all
 *   list MS            from making the view, in a window that is there, until it has drawn its first rows
 *   fill MS            until all rows can be scrolled to
 *   frame MS           for how long a frame of scrolling used the thread (FRAMES lines)
 *   step MS            for how long a step of one dub used the thread, from the call until nothing is left to do (STEPS lines) */

#include <stdlib.h>
#include <time.h>

#include "dub-keyring.h"
#include "dub-queue-commit.h"
#include "dub-queue-private.h"
#include "dub-queue-view.h"
#include "dub-store.h"
#include "dub-test-support.h"
#include "dub-ui-find.h"

/* At 60 frames a second two and a half windows a second. */
#define STEP_PX 30

static double
since_ms (gint64 began)
{
  return (g_get_monotonic_time () - began) / 1000.0;
}

static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static DubWorkflow *
open_workflow (const char  *data_dir,
               DubStore   **store)
{
  g_autoptr (DubPaths) paths = dub_paths_new (data_dir, data_dir, data_dir);
  g_autoptr (DubKeyring) keyring = dub_keyring_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  DubWorkflow *workflow;
  gint64 began = g_get_monotonic_time ();

  *store = dub_store_new (dub_paths_get_database (paths));
  workflow = dub_workflow_new (paths, *store, keyring, "/nonexistent/dubroom-studio");
  dub_workflow_open_async (workflow, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  if (!dub_workflow_open_finish (workflow, result, &error))
    g_error ("%s", error->message);
  g_print ("open %.2f\n", since_ms (began));
  return workflow;
}

/* A frame of the window, from its beginning to its end. */
typedef struct
{
  GtkAdjustment *adjustment;
  double began; /* CPU ms of the thread: what else the machine does is not measured */
  guint left;
  gboolean painted;
} Frames;

static void
on_before_paint (GdkFrameClock *clock,
                 Frames        *frames)
{
  frames->began = cpu_ms ();
}

static void
on_after_paint (GdkFrameClock *clock,
                Frames        *frames)
{
  frames->painted = TRUE;
  if (frames->adjustment == NULL || frames->left == 0)
    return;
  g_print ("frame %.2f\n", cpu_ms () - frames->began);
  frames->left--;
}

static gboolean
on_tick (GtkWidget     *view,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  Frames *frames = user_data;

  gtk_adjustment_set_value (frames->adjustment, gtk_adjustment_get_value (frames->adjustment) + STEP_PX);
  return frames->left > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
is_scrolled (gpointer frames)
{
  return ((Frames *) frames)->left == 0;
}

static gboolean
is_painted (gpointer frames)
{
  return ((Frames *) frames)->painted;
}

static GtkAdjustment *
get_adjustment (GtkWidget *window)
{
  GtkWidget *list = dub_ui_find (window, GTK_TYPE_LIST_VIEW, NULL, NULL);

  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
}

/* Grows until the last row is there. */
static gboolean
is_filled (gpointer user_data)
{
  static double upper;
  static gint64 grown;
  double now = gtk_adjustment_get_upper (user_data);

  if (now > upper)
    {
      upper = now;
      grown = g_get_monotonic_time ();
    }
  return since_ms (grown) > 700;
}

static void
scroll (GtkWidget *window,
        Frames    *frames,
        guint      n)
{
  frames->adjustment = get_adjustment (window);
  frames->left = n;
  gtk_widget_add_tick_callback (window, on_tick, frames, NULL);
  dub_test_wait_for (is_scrolled, frames, "the frames");
}

static DubTask *
find_waiting (DubQueue *queue)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (queue)); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (queue), i);

      if (dub_task_get_state (task) == DUB_TASK_WAITING)
        return task;
    }
  g_error ("no dub waits");
}

static void
step (DubQueue *queue,
      DubTask  *task)
{
  g_autoptr (GPtrArray) records = dub_queue_tasks_records_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  double began = cpu_ms ();

  g_ptr_array_add (records, dub_queue_next (task, dub_task_get_state (task) == DUB_TASK_WAITING ? DUB_TASK_PUBLISHING : DUB_TASK_WAITING));
  dub_queue_commit_async (queue->tasks, records, DUB_COMMIT_PLAIN, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  if (!dub_queue_commit_finish (queue->tasks, result, NULL))
    g_error ("a step was not stored");
  dub_ui_settle ();
  g_print ("step %.2f\n", cpu_ms () - began);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (DubWorkflow) workflow = NULL;
  g_autoptr (DubStore) store = NULL;
  g_autoptr (DubPictures) pictures = NULL;
  DubQueueView *view;
  GtkWidget *window;
  Frames frames = { 0 };
  gint64 began;

  if (argc != 4)
    return EXIT_FAILURE;
  adw_init ();
  workflow = open_workflow (argv[1], &store);
  pictures = dub_pictures_new ();

  window = g_object_new (GTK_TYPE_WINDOW, "default-width", 1180, "default-height", 760, NULL);
  gtk_window_set_child (GTK_WINDOW (window), gtk_label_new ("0"));
  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "before-paint", G_CALLBACK (on_before_paint), &frames);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_after_paint), &frames);
  gtk_window_present (GTK_WINDOW (window));
  dub_test_wait_for (is_painted, &frames, "the first frame");

  began = g_get_monotonic_time ();
  frames.painted = FALSE;
  view = g_object_new (DUB_TYPE_QUEUE_VIEW, NULL);
  dub_queue_view_set_workflow (view, workflow, pictures);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (view));
  dub_test_wait_for (is_painted, &frames, "the first rows");
  g_print ("list %.2f\n", since_ms (began));
  dub_test_wait_for (is_filled, get_adjustment (window), "all rows");
  g_print ("fill %.2f\n", since_ms (began) - 700);

  scroll (window, &frames, (guint) atoi (argv[2]));
  for (int i = 0; i < atoi (argv[3]); i++)
    step (dub_workflow_get_queue (workflow), find_waiting (dub_workflow_get_queue (workflow)));
  gtk_window_destroy (GTK_WINDOW (window));
  return EXIT_SUCCESS;
}
