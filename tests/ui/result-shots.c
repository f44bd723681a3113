/* SPDX-License-Identifier: GPL-3.0-or-later */
/* result-shots DIRECTORY WIDTH HEIGHT PREFIX VIDEO LANGUAGE [stay]: pictures of the page of a dub in its states. For whoever works on the
 * window; look at every picture; "stay" leaves the window open instead, to be worked by hand. The looks follow the environment (locale, ADW_DEBUG_…, text size). */

#include <gst/gst.h>
#include <locale.h>
#include <stdlib.h>

#include "dub-result-models.h"
#include "dub-result-page-private.h"
#include "dub-save-dialog.h"
#include "dub-shot.h"
#include "dub-ui-models.h"

typedef struct
{
  const char *directory;
  const char *prefix;
  int width;
  int height;
  DubUiWorkflow workflow;
} Studio;

static void
shoot (Studio     *studio,
       GtkWidget  *window,
       const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s/%s-%s.png", studio->directory, studio->prefix, name);

  dub_shot_take (window, NULL, file);
}

static GtkWidget *
show (Studio                *studio,
      const DubResultWanted *wanted,
      DubResultPage        **page)
{
  g_autoptr (DubLibraryItem) item = dub_result_make_item (wanted);
  GtkWidget *window = adw_window_new ();
  GtkWidget *view = adw_navigation_view_new ();
  AdwNavigationPage *under = adw_navigation_page_new (gtk_label_new ("Home"), "Home");

  *page = DUB_RESULT_PAGE (dub_result_page_new (studio->workflow.workflow, item));
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), under);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (*page));
  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_widget_set_size_request (window, 360, 294);
  gtk_window_set_default_size (GTK_WINDOW (window), studio->width, studio->height);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

int
main (int    argc,
      char **argv)
{
  Studio studio = { 0 };
  g_autoptr (GtkCssProvider) css = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *uri = NULL;
  DubResultPage *page;
  GtkWidget *window;
  DubResultWanted wanted = { 0 };

  if (argc < 7)
    return 2;
  setlocale (LC_ALL, "");
  adw_init ();
  css = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (css, "/io/github/dubroom/Dubroom/ui/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (css), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gst_init (NULL, NULL);
  studio.directory = argv[1];
  studio.width = atoi (argv[2]);
  studio.height = atoi (argv[3]);
  studio.prefix = argv[4];
  dub_ui_workflow_set_up (&studio.workflow);
  file = g_file_new_for_commandline_arg (argv[5]);
  uri = g_file_get_uri (file);
  wanted.original_uri = wanted.dub_uri = uri;
  wanted.language = argv[6];
  wanted.remarks = TRUE;

  window = show (&studio, &wanted, &page);
  while (argc > 7 && g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  if (argc > 7)
    return 0;
  dub_shot_let_it_draw (1500);
  gtk_widget_activate_action (GTK_WIDGET (page), "result.end", "b", FALSE);
  dub_player_seek (dub_result_page_get_player (page), 5200);
  dub_shot_let_it_draw (1000);
  shoot (&studio, window, "result");
  gtk_widget_activate_action (GTK_WIDGET (page), "result.save", NULL);
  dub_shot_let_it_draw (900);
  shoot (&studio, window, "save");
  gtk_window_destroy (GTK_WINDOW (window));

  wanted.dub_uri = "file:///nowhere/Winter%20serum.mp4";
  wanted.original_uri = NULL;
  wanted.age_s = 31 * 24 * 3600;
  wanted.lifetime_s = 30 * 24 * 3600;
  wanted.no_script = TRUE;
  window = show (&studio, &wanted, &page);
  dub_shot_let_it_draw (1200);
  shoot (&studio, window, "expired");
  gtk_window_destroy (GTK_WINDOW (window));
  dub_ui_workflow_tear_down (&studio.workflow);
  return 0;
}
