/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-home-fixture.h"

#include "dub-test-support.h"
#include "dub-ui-find.h"
#include "dub-ui-models.h"

void
dub_home_fixture_set_up (DubHomeFixture *self,
                         int             width,
                         GListStore     *tasks)
{
  GtkWidget *view = adw_navigation_view_new ();
  gboolean full = g_list_model_get_n_items (G_LIST_MODEL (tasks)) > 0;

  self->tasks = tasks;
  self->items = full ? dub_ui_make_items ("file:///nothing/a.mp4", "file:///nothing/b.mp4") : g_list_store_new (DUB_TYPE_LIBRARY_ITEM);
  self->accounts = g_list_store_new (DUB_TYPE_ACCOUNT);
  self->account = dub_ui_make_account ("Linden & Co", FALSE);
  self->pictures = dub_pictures_new ();
  g_list_store_append (self->accounts, self->account);
  self->page = g_object_new (DUB_TYPE_HOME_PAGE, "narrow", width < 600, NULL);
  dub_home_page_set_accounts (self->page, G_LIST_MODEL (self->accounts));
  g_object_set (self->page, "account", self->account, NULL);
  dub_queue_view_set_models (dub_home_page_get_queue_view (self->page), G_LIST_MODEL (self->tasks),
                             G_LIST_MODEL (self->accounts), self->pictures);
  dub_library_view_set_items (dub_home_page_get_library_view (self->page), G_LIST_MODEL (self->items), self->pictures);
  adw_navigation_view_push (ADW_NAVIGATION_VIEW (view), ADW_NAVIGATION_PAGE (self->page));
  /* Tall enough for all rows: only those on the screen are made. */
  self->window = dub_ui_show (view, width, 1600);
}

static gboolean
is_gone (gpointer pictures)
{
  return *(DubPictures **) pictures == NULL;
}

void
dub_home_fixture_tear_down (DubHomeFixture *self,
                            gconstpointer   data)
{
  DubPictures *pictures = self->pictures;

  gtk_window_destroy (GTK_WINDOW (self->window));
  dub_ui_settle ();
  /* One that is still being looked for holds them for a moment. */
  g_object_add_weak_pointer (G_OBJECT (self->pictures), (gpointer *) &pictures);
  g_object_unref (self->pictures);
  dub_test_wait_for (is_gone, &pictures, "the pictures to be freed");
  g_clear_object (&self->tasks);
  g_clear_object (&self->items);
  g_clear_object (&self->accounts);
  g_clear_object (&self->account);
}

DubTaskRow *
dub_home_fixture_find_row (DubHomeFixture *self,
                           gint64          id)
{
  g_autoptr (GPtrArray) rows = dub_ui_list (self->window, DUB_TYPE_TASK_ROW);

  for (guint i = 0; i < rows->len; i++)
    if (dub_task_row_get_task (rows->pdata[i]) != NULL && dub_task_get_id (dub_task_row_get_task (rows->pdata[i])) == id)
      return rows->pdata[i];
  g_error ("there is no row of dub %" G_GINT64_FORMAT, id);
}

guint
dub_home_fixture_count (DubHomeFixture *self)
{
  GtkWidget *list;

  dub_ui_settle ();
  /* Not all have a row: only as many as the window holds. */
  list = dub_ui_find (self->window, GTK_TYPE_LIST_VIEW, NULL, NULL);
  return list != NULL ? g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)))) : 0;
}

DubQueueFilter *
dub_home_fixture_get_filter (DubHomeFixture *self)
{
  return DUB_QUEUE_FILTER (dub_ui_find (self->window, DUB_TYPE_QUEUE_FILTER, NULL, NULL));
}
