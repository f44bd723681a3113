/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-view-private.h"

#include "dub-task-row.h"
#include "dub-task-section.h"

static DubAccount *
find_account (DubQueueView *self,
              const char   *id)
{
  for (guint i = 0; self->accounts != NULL && i < g_list_model_get_n_items (self->accounts); i++)
    {
      g_autoptr (DubAccount) account = g_list_model_get_item (self->accounts, i);
      if (g_strcmp0 (dub_account_get_id (account), id) == 0)
        return account;
    }
  return NULL;
}

static void
update_edges_of (GtkListItem  *item,
                 DubQueueView *self)
{
  GtkSectionModel *model = GTK_SECTION_MODEL (gtk_list_view_get_model (self->list));
  guint position = gtk_list_item_get_position (item), start, end;

  if (position == GTK_INVALID_LIST_POSITION || model == NULL)
    return;

  gtk_section_model_get_section (model, position, &start, &end);
  dub_task_row_set_edges (DUB_TASK_ROW (gtk_list_item_get_child (item)), position == start, position + 1 == end);
}

static gboolean
update_edges (gpointer user_data)
{
  DubQueueView *self = user_data;
  GHashTableIter iter;
  gpointer item;

  self->edges_idle = 0;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    update_edges_of (item, self);
  return G_SOURCE_REMOVE;
}

/**
 * dub_queue_view_queue_update_edges:
 *
 * Rounds the corners of the first and last dub of each video, after the list has given its rows their new places.
 */
void
dub_queue_view_queue_update_edges (DubQueueView *self)
{
  if (self->edges_idle == 0)
    self->edges_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_edges, self, NULL);
}

static DubTaskPlace
get_place (DubQueueView *self,
           DubTask      *task)
{
  DubTaskPlace place = { .paused = self->paused, .has_later = dub_queue_summary_has_later (self->summary, task) };

  if (self->queue == NULL)
    return place;
  place.turn = dub_queue_get_turn (self->queue, task);
  if (place.turn > 0)
    place.n_waiting = dub_queue_get_n_waiting (self->queue, dub_task_get_account_id (task));
  return place;
}

static gboolean
update_places (gpointer user_data)
{
  DubQueueView *self = user_data;
  GHashTableIter iter;
  gpointer item;

  self->places_idle = 0;
  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    {
      DubTaskPlace place = get_place (self, gtk_list_item_get_item (item));

      dub_task_row_set_place (DUB_TASK_ROW (gtk_list_item_get_child (item)), &place);
    }
  return G_SOURCE_REMOVE;
}

/**
 * dub_queue_view_queue_update_places:
 *
 * Lets the rows say where their dubs stand in the line. Only those that there are: the list has no row for most of the dubs.
 */
void
dub_queue_view_queue_update_places (DubQueueView *self)
{
  if (self->places_idle == 0)
    self->places_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_places, self, NULL);
}

static void
set_up_row (DubQueueView *self,
            GtkListItem  *item)
{
  GtkWidget *row = dub_task_row_new ();

  dub_task_row_join (DUB_TASK_ROW (row), self->languages, self->states);
  g_object_bind_property (self->clock, "now", row, "now", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "stacked", row, "narrow", G_BINDING_SYNC_CREATE);
  g_object_bind_property (row, "summary", item, "accessible-label", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, row);
}

static void
bind_row (DubQueueView *self,
          GtkListItem  *item)
{
  DubTaskRow *row = DUB_TASK_ROW (gtk_list_item_get_child (item));
  DubTask *task = gtk_list_item_get_item (item);
  DubTaskPlace place = get_place (self, task);

  dub_task_row_set_place (row, &place);
  dub_task_row_set_task (row, task, find_account (self, dub_task_get_account_id (task)));
  g_hash_table_add (self->bound, item);
  update_edges_of (item, self);
}

static void
unbind_row (DubQueueView *self,
            GtkListItem  *item)
{
  g_hash_table_remove (self->bound, item);
  dub_task_row_set_task (DUB_TASK_ROW (gtk_list_item_get_child (item)), NULL, NULL);
}

static void
set_up_section (DubQueueView  *self,
                GtkListHeader *header)
{
  GtkWidget *section = dub_task_section_new (self->pictures, self->summary);

  g_object_bind_property (self->clock, "now", section, "now", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "narrow", section, "narrow", G_BINDING_SYNC_CREATE);
  gtk_list_header_set_child (header, section);
}

static void
bind_section (DubQueueView  *self,
              GtkListHeader *header)
{
  dub_task_section_set_task (DUB_TASK_SECTION (gtk_list_header_get_child (header)), gtk_list_header_get_item (header));
}

static void
unbind_section (DubQueueView  *self,
                GtkListHeader *header)
{
  dub_task_section_set_task (DUB_TASK_SECTION (gtk_list_header_get_child (header)), NULL);
}

/**
 * dub_queue_view_on_activate:
 * @position: that of a dub in the list
 *
 * Does what the button of its row does.
 */
void
dub_queue_view_on_activate (DubQueueView *self,
                            guint         position)
{
  GtkSelectionModel *model = gtk_list_view_get_model (self->list);
  g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (model), position);
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &item, NULL))
    {
      DubTaskRow *row = DUB_TASK_ROW (gtk_list_item_get_child (item));
      const char *action = dub_task_row_get_action (row);

      if (dub_task_row_get_task (row) != task)
        continue;
      if (action != NULL)
        gtk_widget_activate_action (GTK_WIDGET (self), action, "x", dub_task_get_id (task));
      return;
    }
}

/**
 * dub_queue_view_make_factories:
 *
 * Makes what makes the rows of the dubs and the heads of the videos.
 */
void
dub_queue_view_make_factories (DubQueueView *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) sections = gtk_signal_list_item_factory_new ();

  g_signal_connect_swapped (rows, "setup", G_CALLBACK (set_up_row), self);
  g_signal_connect_swapped (rows, "bind", G_CALLBACK (bind_row), self);
  g_signal_connect_swapped (rows, "unbind", G_CALLBACK (unbind_row), self);
  gtk_list_view_set_factory (self->list, rows);

  g_signal_connect_swapped (sections, "setup", G_CALLBACK (set_up_section), self);
  g_signal_connect_swapped (sections, "bind", G_CALLBACK (bind_section), self);
  g_signal_connect_swapped (sections, "unbind", G_CALLBACK (unbind_section), self);
  gtk_list_view_set_header_factory (self->list, sections);
}
