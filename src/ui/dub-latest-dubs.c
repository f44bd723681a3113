/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-latest-dubs.h"

/* A task is its own key: nothing that is compared here ever changes. */
static guint
hash_wish (gconstpointer key)
{
  DubTask *task = (DubTask *) key;
  gint64 video = dub_task_get_video (task);

  return g_int64_hash (&video) * 31 + g_str_hash (dub_task_get_language_code (task));
}

static gboolean
is_same_wish (gconstpointer a,
              gconstpointer b)
{
  DubTask *task_a = (DubTask *) a, *task_b = (DubTask *) b;

  return dub_task_get_video (task_a) == dub_task_get_video (task_b) &&
         g_str_equal (dub_task_get_language_code (task_a), dub_task_get_language_code (task_b)) &&
         g_strcmp0 (dub_task_get_account_id (task_a), dub_task_get_account_id (task_b)) == 0;
}

/**
 * dub_latest_dubs_new:
 *
 * Returns: (transfer full): an empty set; the tasks have to live as long as they are in it
 */
GHashTable *
dub_latest_dubs_new (void)
{
  return g_hash_table_new (hash_wish, is_same_wish);
}

/**
 * dub_latest_dubs_note:
 *
 * Puts @task in the place of one that was asked for earlier.
 */
void
dub_latest_dubs_note (GHashTable *latest,
                      DubTask    *task)
{
  DubTask *known = g_hash_table_lookup (latest, task);

  if (known == NULL || dub_task_get_id (known) < dub_task_get_id (task))
    g_hash_table_add (latest, task);
}

/**
 * dub_latest_dubs_has_later:
 *
 * Returns: whether the set has one that was asked for later, of the same video and language
 */
gboolean
dub_latest_dubs_has_later (GHashTable *latest,
                           DubTask    *task)
{
  DubTask *known = g_hash_table_lookup (latest, task);

  return known != NULL && dub_task_get_id (known) > dub_task_get_id (task);
}
