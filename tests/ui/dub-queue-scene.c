/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-scene.h"

#include <gst/gst.h>
#include <stdlib.h>

#include "dub-ui-find.h"
#include "store-fixture.h"

#define OF_A_VIDEO 5
#define OF_A_BATCH 40

static const char *const titles[] = {
  "Autumn coat – founder story", "Everyday tee – three reasons", "Garden lights – weekend offer", "Coat care in 20 seconds",
  "Sofa talk – creator cut", "Winter_serum_hook_B_final_final_2_with_captions_1080x1920_30fps_master", "Tee size guide",
};
static const char *const languages[] = { "de", "es", "fr", "th", "ja", "ko", "pt", "it", "vi", "id", "tr", "ar", "en" };

/* {Dubs} */

static gint64
add_video (DubQueueScene   *self,
           DubStore *store,
           guint     number)
{
  g_autofree char *uri = g_strdup_printf ("%s#%u", self->n_uris > 0 ? self->uris[number % self->n_uris] : "file:///nothing.mp4", number);
  g_autofree char *identity = g_strdup_printf ("sha256:%064x", number + 1);
  gint64 video = put_video (store, self->n_uris > 0 ? self->uris[number % self->n_uris] : uri, identity, titles[number % G_N_ELEMENTS (titles)]);

  agree (store, identity);
  return video;
}

static void
fill (DubQueueScene     *self,
      DubStore   *store,
      const char *account)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
  g_autoptr (GPtrArray) added = NULL;
  g_autoptr (GError) error = NULL;
  gint64 video = 0;

  for (guint i = 0; i < self->n_dubs; i++)
    {
      g_autofree char *name = g_strdup_printf ("Dub %u", i);
      DubTaskRecord *task;

      if (i % OF_A_VIDEO == 0)
        video = add_video (self, store, i / OF_A_VIDEO);
      task = make_task (video, name);
      g_set_str (&task->account_id, account);
      g_set_str (&task->language, languages[i % G_N_ELEMENTS (languages)]);
      g_free (task->batch);
      task->batch = g_strdup_printf ("batch-%u", i / OF_A_BATCH);
      g_ptr_array_add (tasks, task);
    }
  if (tasks->len > 0)
    added = add_tasks (store, tasks, NULL, &error);
  g_assert_no_error (error);
}

/* The oldest are done, some of them not well; the newest wait. They took six seconds, which the fixture's haste makes 50 minutes. */
static void
spread (DubQueueScene *self)
{
  static const char *const sql[] = {
    "UPDATE tasks SET state = 'succeeded', remote_task = 'r', remote_video = 'v', submitted = NOW - 3006000, finished = NOW - 3000000 WHERE id <= ALL * 5 / 10",
    "UPDATE tasks SET state = 'failed', finished = NOW - 2400000, remote_video = NULL, request_id = '202411190905271A0F3C77B2', "
    "message = 'The background music is louder than the voice. Use a video with clearer speech.' WHERE state = 'succeeded' AND id % 9 = 3",
    "UPDATE tasks SET state = 'rejected', finished = NOW - 2400000, remote_task = NULL, remote_video = NULL, return_code = 40002, request_id = '20241119090527FFFF', "
    "message = 'video_url: the file is too large' WHERE state = 'succeeded' AND id % 31 = 13",
    "UPDATE tasks SET state = 'processing', remote_task = 'r', submitted = NOW - 1200000 - (id % 7) * 60000 WHERE id > ALL * 5 / 10 AND id <= ALL * 7 / 10",
    "UPDATE tasks SET state = 'unconfirmed', remote_task = NULL WHERE state = 'processing' AND id % 8 = 5",
    "UPDATE tasks SET state = 'dropped', finished = NOW - 60000 WHERE state = 'processing' AND id % 8 = 4",
    "UPDATE tasks SET state = 'submitted', remote_task = 'r', submitted = NOW - 30000 WHERE id > ALL * 7 / 10 AND id <= ALL * 8 / 10",
    "UPDATE tasks SET place = id - 3 WHERE state = 'waiting' AND id % 5 = 3",
    "UPDATE videos SET duration_ms = 53000",
  };
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / 1000);
  g_autofree char *all = g_strdup_printf ("%u", self->n_dubs);

  for (guint i = 0; i < G_N_ELEMENTS (sql); i++)
    {
      g_autoptr (GString) one = g_string_new (sql[i]);

      g_string_replace (one, "NOW", now, 0);
      g_string_replace (one, "ALL", all, 0);
      dub_workflow_fixture_sql (&self->service, one->str);
    }
}

static void
prepare (DubQueueScene *self)
{
  g_autofree char *account = NULL;
  DubStore *store;

  dub_workflow_fixture_set_up (&self->service, NULL);
  account = g_strdup (dub_account_get_id (self->service.account));
  dub_workflow_fixture_close (&self->service);
  store = dub_store_new (dub_paths_get_database (self->service.paths));
  g_assert_true (open_store (store, NULL));
  fill (self, store, account);
  dub_store_close (store);
  g_object_unref (store);
  spread (self);
}

/* {The window} */

static void
on_action (GSimpleAction *action)
{
}

/* Without them the buttons of the page are insensitive. */
static void
add_actions (GtkWidget *window)
{
  static const char *const names[] = { "new-dub", "new-dub-sample", "connect-account", "fix-account" };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (names[i], NULL);
      g_signal_connect (action, "activate", G_CALLBACK (on_action), NULL);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
}

void
dub_queue_scene_show (DubQueueScene *self)
{
  GtkWidget *view = adw_navigation_view_new ();

  self->page = g_object_new (DUB_TYPE_HOME_PAGE, "narrow", self->width < 600 * self->sp, "stacked", self->width < 860 * self->sp, "has-sample", TRUE, NULL);
  dub_home_page_set_workflow (self->page, self->service.workflow, self->pictures);
  self->window = adw_window_new ();
  add_actions (self->window);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (self->page));
  adw_window_set_content (ADW_WINDOW (self->window), view);
  gtk_widget_set_size_request (self->window, 360, 294);
  gtk_window_set_default_size (GTK_WINDOW (self->window), self->width, self->height);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, "/io/github/dubroom/Dubroom/ui/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

void
dub_queue_scene_init (DubQueueScene *self,
                      char         **arguments)
{
  int dpi;

  dub_workflow_fixture_init ();
  gst_init (NULL, NULL);
  adw_init ();
  load_style ();
  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  self->sp = dpi / 1024.0 / 96;
  self->width = atoi (arguments[0]);
  self->height = atoi (arguments[1]);
  self->n_dubs = (guint) atoi (arguments[2]);
  self->pictures = dub_pictures_new ();
  for (char **argument = arguments + 3; *argument != NULL && self->n_uris < G_N_ELEMENTS (self->uris) - 1; argument++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (*argument);
      self->uris[self->n_uris++] = g_file_get_uri (file);
    }
}

void
dub_queue_scene_open (DubQueueScene *self)
{
  prepare (self);
  self->lease = dub_workflow_fixture_hold_lease (&self->service);
  dub_workflow_fixture_open (&self->service);
}

void
dub_queue_scene_close (DubQueueScene *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  dub_ui_settle ();
  g_clear_object (&self->pictures);
  g_clear_object (&self->lease);
  dub_workflow_fixture_tear_down (&self->service, NULL);
  for (guint i = 0; i < self->n_uris; i++)
    g_free (self->uris[i]);
}
