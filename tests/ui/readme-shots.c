/* SPDX-License-Identifier: GPL-3.0-or-later */
/* readme-shots DIRECTORY LAUNCH SUMMER WEEKLY: the three pictures of README and the metainfo, of videos that may be published. For whoever
 * has changed how the window looks: the project's own sample, and two variants of it with other colours. */

#include <gst/gst.h>
#include <locale.h>

#include "dub-home-page.h"
#include "dub-library-item-private.h"
#include "dub-new-dub-page.h"
#include "dub-result-page-private.h"
#include "dub-shot.h"
#include "dub-ui-models.h"

#define WIDTH 1180
#define HEIGHT 760
/* What a window without a compositor draws around itself. */
#define FRAME 5

typedef struct
{
  const char *directory;
  char *uris[3];
  DubUiWorkflow workflow;
  DubPictures *pictures;
} Studio;

static void
shoot (Studio     *studio,
       GtkWidget  *window,
       const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s/%s.png", studio->directory, name);

  dub_shot_take (window, &GRAPHENE_RECT_INIT (FRAME, FRAME, WIDTH, HEIGHT), file);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
on_action (GSimpleAction *action)
{
}

static GtkWidget *
make_window (AdwNavigationPage *page)
{
  GtkWidget *window = adw_window_new (), *view = adw_navigation_view_new ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("new-dub", NULL);

  g_signal_connect (action, "activate", G_CALLBACK (on_action), NULL);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
  if (!DUB_IS_HOME_PAGE (page))
    adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), adw_navigation_page_new (gtk_label_new ("Home"), "Home"));
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), page);
  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), WIDTH + 2 * FRAME, HEIGHT + 2 * FRAME);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static GListStore *
make_tasks (Studio *studio)
{
  const char *launch = "Sunrise Coffee – launch", *summer = "Sunrise Coffee – summer blend";
  const DubUiTask tasks[] = {
    { 1, 2, launch, studio->uris[0], 20, "de", DUB_TASK_SUCCEEDED, -4000, 0, 0, NULL, 0, NULL },
    { 2, 2, launch, studio->uris[0], 20, "es", DUB_TASK_SUCCEEDED, -4000, 0, 0, NULL, 0, NULL },
    { 3, 2, launch, studio->uris[0], 20, "fr", DUB_TASK_PROCESSING, -1500, 600, 1200, NULL, 0, NULL },
    { 4, 2, launch, studio->uris[0], 20, "ja", DUB_TASK_PROCESSING, -900, 900, 1500, NULL, 0, NULL },
    { 5, 2, launch, studio->uris[0], 20, "th", DUB_TASK_SUBMITTED, -200, 1500, 2400, NULL, 0, NULL },
    { 6, 1, summer, studio->uris[1], 20, "es", DUB_TASK_SUCCEEDED, -6000, 0, 0, NULL, 0, NULL },
    { 7, 1, summer, studio->uris[1], 20, "pt", DUB_TASK_PROCESSING, -1900, 300, 900, NULL, 0, NULL },
    { 8, 1, summer, studio->uris[1], 20, "ko", DUB_TASK_FAILED, -4000, 0, 0,
      "The background music is louder than the voice. Use a video with clearer speech.", 0, "202611220905271A0F3C77B2" },
    { 9, 1, summer, studio->uris[1], 20, "vi", DUB_TASK_PUBLISHING, 0, 2400, 3600, NULL, 0, NULL },
  };
  GListStore *store = g_list_store_new (DUB_TYPE_TASK);

  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    {
      g_autoptr (DubTask) task = dub_ui_make_task (&tasks[i]);
      g_list_store_append (store, task);
    }
  return store;
}

static void
shoot_queue (Studio *studio)
{
  DubHomePage *page = g_object_new (DUB_TYPE_HOME_PAGE, NULL);
  g_autoptr (GListStore) tasks = make_tasks (studio);
  g_autoptr (GListStore) accounts = g_list_store_new (DUB_TYPE_ACCOUNT);
  g_autoptr (DubAccount) account = dub_ui_make_account ("Linden & Co", FALSE);
  GtkWidget *window;

  g_list_store_append (accounts, account);
  dub_home_page_set_accounts (page, G_LIST_MODEL (accounts));
  g_object_set (page, "account", account, NULL);
  dub_queue_view_set_models (dub_home_page_get_queue_view (page), G_LIST_MODEL (tasks), G_LIST_MODEL (accounts), studio->pictures);
  window = make_window (ADW_NAVIGATION_PAGE (page));
  dub_shot_let_it_draw (2500);
  shoot (studio, window, "queue");
}

static void
shoot_new_dub (Studio *studio)
{
  static const char *const languages[] = { "es", "fr", "it", "pt" };
  g_autoptr (DubDraft) draft = dub_workflow_create_draft (studio->workflow.workflow);
  DubAccount *account = dub_accounts_get_current (dub_workflow_get_accounts (studio->workflow.workflow));
  GtkWidget *window;

  for (guint i = 0; i < G_N_ELEMENTS (studio->uris); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (studio->uris[i]);
      dub_draft_add_file (draft, file);
    }
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    dub_draft_set_language (draft, dub_language_from_code (languages[i]), TRUE);
  g_object_set (draft, "subtitles", TRUE, NULL);
  dub_ui_wait_for_draft (draft);
  window = make_window (dub_new_dub_page_new (draft, account));
  dub_shot_let_it_draw (1500);
  shoot (studio, window, "new-dub");
}

static DubLibraryItem *
make_result (Studio *studio)
{
  static const struct { double start, end; const char *en, *es; } lines[] = {
    { 340, 3510, "Every morning begins with a small cup of coffee.", "Cada mañana empieza con una tacita de café." },
    { 4360, 6690, "The coffee comes from the mountains.", "El café viene de las montañas." },
    { 8310, 10850, "You will love the smell of fresh coffee.", "Te encantará el aroma del café recién hecho." },
    { 12330, 14710, "We will bring it to your house every week.", "Te lo llevamos a casa cada semana." },
    { 16330, 18370, "It is the best part of the day.", "Es la mejor parte del día." },
  };
  const DubUiTask made = { 1, 1, "Sunrise Coffee – launch", studio->uris[0], 20, "es", DUB_TASK_SUCCEEDED };
  g_autoptr (DubRemoteVideo) video = dub_remote_video_new ();
  g_autoptr (DubTask) task = dub_ui_make_task (&made);

  video->video_id = g_strdup ("video");
  video->video_name = g_strdup ("Sunrise Coffee – launch · Spanish");
  video->preview_url = g_strdup (studio->uris[0]);
  video->target_language = g_strdup ("es");
  video->create_time = g_get_real_time () / G_USEC_PER_SEC;
  video->original_script = dub_script_new ();
  video->translated_script = dub_script_new ();
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      dub_script_append (video->original_script, lines[i].en, lines[i].start, lines[i].end);
      dub_script_append (video->translated_script, lines[i].es, lines[i].start, lines[i].end);
    }
  return dub_library_item_new ("account", video, task, studio->uris[0], 0);
}

static void
shoot_result (Studio *studio)
{
  g_autoptr (DubLibraryItem) item = make_result (studio);
  AdwNavigationPage *page = dub_result_page_new (studio->workflow.workflow, item);
  GtkWidget *window = make_window (page);

  dub_shot_let_it_draw (1500);
  dub_player_seek (dub_result_page_get_player (DUB_RESULT_PAGE (page)), 9400);
  dub_shot_let_it_draw (1500);
  shoot (studio, window, "result");
}

int
main (int    argc,
      char **argv)
{
  Studio studio = { 0 };
  g_autoptr (GtkCssProvider) css = NULL;

  if (argc != 5)
    {
      g_printerr ("readme-shots DIRECTORY LAUNCH SUMMER WEEKLY\n");
      return 2;
    }
  setlocale (LC_ALL, "");
  gst_init (NULL, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-decoration-layout", ":close", NULL);
  css = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (css, "/io/github/dubroom/Dubroom/ui/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (css), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  studio.directory = argv[1];
  studio.pictures = dub_pictures_new ();
  for (guint i = 0; i < G_N_ELEMENTS (studio.uris); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (argv[i + 2]);
      studio.uris[i] = g_file_get_uri (file);
    }

  dub_ui_workflow_set_up (&studio.workflow);
  shoot_queue (&studio);
  shoot_new_dub (&studio);
  shoot_result (&studio);
  dub_shot_let_it_draw (100);
  dub_ui_workflow_tear_down (&studio.workflow);
  g_object_unref (studio.pictures);
  for (guint i = 0; i < G_N_ELEMENTS (studio.uris); i++)
    g_free (studio.uris[i]);
  return 0;
}
