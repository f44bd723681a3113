/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-pictures.h"

/* Twice the size of a tile, for screens of double density. */
#define MAX_WIDTH 342
#define MAX_HEIGHT 608
#define MAX_KEPT 96

/**
 * DubPictures:
 *
 * The pictures of videos, made once and kept while the window is open: the lists recycle their rows, and a frame of a
 * video costs a decoder. The oldest ones go first. Main thread.
 */
struct _DubPictures
{
  GObject parent_instance;

  GHashTable *kept;   /* utf8 → GdkTexture */
  GQueue order;       /* the keys of kept, oldest first; borrowed */
};

G_DEFINE_FINAL_TYPE (DubPictures, dub_pictures, G_TYPE_OBJECT)

static void
dub_pictures_finalize (GObject *object)
{
  DubPictures *self = DUB_PICTURES (object);

  g_queue_clear (&self->order);
  g_hash_table_unref (self->kept);
  G_OBJECT_CLASS (dub_pictures_parent_class)->finalize (object);
}

static void
dub_pictures_class_init (DubPicturesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_pictures_finalize;
}

static void
dub_pictures_init (DubPictures *self)
{
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_queue_init (&self->order);
}

/**
 * dub_pictures_new:
 *
 * Returns: (transfer full): an empty collection
 */
DubPictures *
dub_pictures_new (void)
{
  return g_object_new (DUB_TYPE_PICTURES, NULL);
}

/**
 * dub_pictures_peek:
 *
 * Returns: (transfer none) (nullable): the picture of @uri, where it was made already
 */
GdkTexture *
dub_pictures_peek (DubPictures *self,
                   const char  *uri)
{
  g_return_val_if_fail (DUB_IS_PICTURES (self), NULL);
  g_return_val_if_fail (uri != NULL, NULL);

  return g_hash_table_lookup (self->kept, uri);
}

/**
 * dub_pictures_insert:
 *
 * Keeps @texture as the picture of @uri.
 */
void
dub_pictures_insert (DubPictures *self,
                     const char  *uri,
                     GdkTexture  *texture)
{
  char *key;

  g_return_if_fail (DUB_IS_PICTURES (self));
  g_return_if_fail (uri != NULL);

  if (g_hash_table_contains (self->kept, uri))
    return;

  key = g_strdup (uri);
  g_hash_table_insert (self->kept, key, g_object_ref (texture));
  g_queue_push_tail (&self->order, key);
  while (g_queue_get_length (&self->order) > MAX_KEPT)
    g_hash_table_remove (self->kept, g_queue_pop_head (&self->order));
}

/**
 * dub_pictures_make:
 * @thumbnail: pixels of a video's frame
 *
 * Returns: (transfer full): a texture of the same pixels, which are not copied
 */
GdkTexture *
dub_pictures_make (const DubThumbnail *thumbnail)
{
  return gdk_memory_texture_new (thumbnail->width, thumbnail->height, GDK_MEMORY_R8G8B8A8,
                                 thumbnail->pixels, thumbnail->stride);
}

static void
on_thumbnail (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DubThumbnail) thumbnail = dub_thumbnail_finish (result, &error);
  g_autoptr (GdkTexture) texture = NULL;

  if (thumbnail == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  texture = dub_pictures_make (thumbnail);
  dub_pictures_insert (g_task_get_source_object (task), g_task_get_task_data (task), texture);
  g_task_return_pointer (task, g_steal_pointer (&texture), g_object_unref);
}

/**
 * dub_pictures_load_async:
 * @uri: a video
 *
 * Makes the picture of a video, or finds the one that was made.
 */
void
dub_pictures_load_async (DubPictures         *self,
                         const char          *uri,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GdkTexture *texture;

  g_return_if_fail (DUB_IS_PICTURES (self));
  g_return_if_fail (uri != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_pictures_load_async);
  g_task_set_task_data (task, g_strdup (uri), g_free);

  texture = dub_pictures_peek (self, uri);
  if (texture != NULL)
    {
      g_task_return_pointer (task, g_object_ref (texture), g_object_unref);
      return;
    }
  dub_thumbnail_async (uri, MAX_WIDTH, MAX_HEIGHT, cancellable, on_thumbnail, g_steal_pointer (&task));
}

/**
 * dub_pictures_load_finish:
 *
 * Returns: (transfer full): the picture, or %NULL with an error of the media folder
 */
GdkTexture *
dub_pictures_load_finish (DubPictures   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
