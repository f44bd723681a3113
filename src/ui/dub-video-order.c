/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-video-order.h"

#include "dub-task.h"

/* Of a video: the first dubs of the batch that it came with, and of itself. Ids grow with time. */
typedef struct
{
  gint64 batch;
  gint64 video;
} Place;

/**
 * DubVideoOrder:
 *
 * Sorts dubs by their videos: those of the newest batch first, within a batch as they were chosen. A video stays where it came first,
 * also when that dub is removed.
 */
struct _DubVideoOrder
{
  GtkSorter parent_instance;

  /* owned */
  GHashTable *batches; /* string to gint64 */
  GHashTable *places;  /* gint64, the video, to Place */
};

G_DEFINE_FINAL_TYPE (DubVideoOrder, dub_video_order, GTK_TYPE_SORTER)

static gint64
get_start_of_batch (DubVideoOrder *self,
                    DubTask       *task)
{
  const char *batch = dub_task_get_batch (task);
  gint64 *start = g_hash_table_lookup (self->batches, batch != NULL ? batch : "");

  if (start != NULL)
    return *start;

  start = g_new (gint64, 1);
  *start = dub_task_get_id (task);
  g_hash_table_insert (self->batches, g_strdup (batch != NULL ? batch : ""), start);
  return *start;
}

static void
note (DubVideoOrder *self,
      DubTask       *task)
{
  gint64 video = dub_task_get_video (task), batch = get_start_of_batch (self, task);
  Place *place;

  if (g_hash_table_contains (self->places, &video))
    return;

  place = g_new (Place, 1);
  place->batch = batch;
  place->video = dub_task_get_id (task);
  g_hash_table_insert (self->places, g_memdup2 (&video, sizeof video), place);
}

static void
on_items_changed (GListModel    *tasks,
                  guint          position,
                  guint          removed,
                  guint          added,
                  DubVideoOrder *self)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (tasks, i);
      note (self, task);
    }
}

static const Place *
get_place (DubVideoOrder *self,
           gpointer       task)
{
  static const Place none = { 0 };
  gint64 video = dub_task_get_video (task);
  const Place *place = g_hash_table_lookup (self->places, &video);

  return place != NULL ? place : &none;
}

static GtkOrdering
dub_video_order_compare (GtkSorter *sorter,
                         gpointer   a,
                         gpointer   b)
{
  const Place *place_a = get_place (DUB_VIDEO_ORDER (sorter), a), *place_b = get_place (DUB_VIDEO_ORDER (sorter), b);

  if (place_a->batch != place_b->batch)
    return place_a->batch > place_b->batch ? GTK_ORDERING_SMALLER : GTK_ORDERING_LARGER;
  return gtk_ordering_from_cmpfunc ((place_a->video > place_b->video) - (place_a->video < place_b->video));
}

static void
dub_video_order_finalize (GObject *object)
{
  DubVideoOrder *self = DUB_VIDEO_ORDER (object);

  g_hash_table_unref (self->batches);
  g_hash_table_unref (self->places);
  G_OBJECT_CLASS (dub_video_order_parent_class)->finalize (object);
}

static void
dub_video_order_class_init (DubVideoOrderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_video_order_finalize;
  GTK_SORTER_CLASS (klass)->compare = dub_video_order_compare;
}

static void
dub_video_order_init (DubVideoOrder *self)
{
  self->batches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->places = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

/**
 * dub_video_order_new:
 * @tasks: a list of [class@DubTask]
 *
 * Returns: (transfer full): the order of their videos
 */
GtkSorter *
dub_video_order_new (GListModel *tasks)
{
  DubVideoOrder *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (tasks), NULL);

  self = g_object_new (DUB_TYPE_VIDEO_ORDER, NULL);
  g_signal_connect_object (tasks, "items-changed", G_CALLBACK (on_items_changed), self, 0);
  on_items_changed (tasks, 0, 0, g_list_model_get_n_items (tasks), self);
  return GTK_SORTER (self);
}
