/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-peer-window [ROWS]: the least that a window of libadwaita can be, to compare Dubroom's with; with ROWS, the least
 * that a list of dubs can be: in each row three words, a button and a menu. */

#include <adwaita.h>

static GtkWidget *
make_page (void)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "video-x-generic-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), "A Window");
  adw_status_page_set_description (ADW_STATUS_PAGE (page), "There is nothing in it.");
  return page;
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  for (guint i = 0; i < 3; i++)
    gtk_box_append (GTK_BOX (row), gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (row), gtk_button_new_with_label ("Review"));
  gtk_box_append (GTK_BOX (row), g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "view-more-symbolic", NULL));
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  GtkWidget *child = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  for (guint i = 0; i < 3; i++, child = gtk_widget_get_next_sibling (child))
    gtk_label_set_label (GTK_LABEL (child), gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static GtkWidget *
make_list (guint n_rows)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkStringList *rows = gtk_string_list_new (NULL);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  for (guint i = 0; i < n_rows; i++)
    gtk_string_list_take (rows, g_strdup_printf ("Autumn coat %u", i));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller),
                                 gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (rows))), factory));
  return scroller;
}

static void
on_activate (GtkApplication *application,
             guint          *n_rows)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *view = adw_toolbar_view_new ();

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), *n_rows > 0 ? make_list (*n_rows) : make_page ());
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), 1180, 760);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (AdwApplication) application = adw_application_new ("io.github.dubroom.Peer", G_APPLICATION_DEFAULT_FLAGS);
  guint n_rows = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 0;

  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &n_rows);
  return g_application_run (G_APPLICATION (application), 1, argv);
}
