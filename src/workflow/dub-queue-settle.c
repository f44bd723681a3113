/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-settle.h"

#include <glib/gi18n-lib.h>

#include "dub-queue-commit.h"
#include "dub-queue-reading.h"

/* A dub of the name that was made before this one was sent is another one. The service's clock and this one may differ: one
 * that nobody set is minutes off, not hours; one that is further off leaves the dub unconfirmed, for the person to decide,
 * which is better than another dub taken for it. */
#define CLOCK_TOLERANCE_S (10 * 60)

/* Results on their way into the store: first the scripts, then the states, so that who sees a dub sees all of it. */
typedef struct
{
  DubSession *session;
  GPtrArray *records; /* DubTaskRecord in their next state */
  GPtrArray *videos;  /* DubRemoteVideo, NULL until read */
} Settlement;

static void
settlement_free (gpointer data)
{
  Settlement *settlement = data;

  g_clear_object (&settlement->session);
  g_clear_pointer (&settlement->records, g_ptr_array_unref);
  g_clear_pointer (&settlement->videos, g_ptr_array_unref);
  g_free (settlement);
}

static void
on_states_stored (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dub_queue_commit_finish (DUB_QUEUE_TASKS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static const DubRemoteVideo *
find_video (GPtrArray  *videos,
            const char *video_id)
{
  for (guint i = 0; videos != NULL && video_id != NULL && i < videos->len; i++)
    {
      const DubRemoteVideo *video = videos->pdata[i];

      if (g_strcmp0 (video->video_id, video_id) == 0)
        return video;
    }
  return NULL;
}

static void
store_states (GTask *task)
{
  DubQueueTasks *self = g_task_get_source_object (task);
  Settlement *settlement = g_task_get_task_data (task);

  dub_queue_commit_async (self, settlement->records, DUB_COMMIT_PLAIN, on_states_stored, task);
}

static void
on_transcripts_stored (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* The list still has them: the dubs are not held up. */
  if (!dub_store_put_transcripts_finish (DUB_STORE (source), result, &error))
    g_debug ("scripts were not stored: %s", error->message);
  store_states (user_data);
}

static GPtrArray *
transcripts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) dub_transcript_record_free);
}

static void
add_transcript (GPtrArray            *transcripts,
                gint64                id,
                const DubRemoteVideo *video)
{
  g_ptr_array_add (transcripts, dub_transcript_record_new (id, video->original_script, video->translated_script,
                                                           video->subtitle_lines));
}

/* First what is said in them, then the states. */
static void
settle (GTask *task)
{
  DubQueueTasks *self = g_task_get_source_object (task);
  Settlement *settlement = g_task_get_task_data (task);
  g_autoptr (GPtrArray) transcripts = transcripts_new ();

  for (guint i = 0; i < settlement->records->len; i++)
    {
      const DubTaskRecord *record = settlement->records->pdata[i];
      const DubRemoteVideo *video = find_video (settlement->videos, record->remote_video);

      if (record->state == DUB_TASK_SUCCEEDED && video != NULL)
        add_transcript (transcripts, record->id, video);
    }
  if (transcripts->len > 0)
    dub_store_put_transcripts_async (self->store, transcripts, NULL, on_transcripts_stored, task);
  else
    store_states (task);
}

/* An address is only taken from an answer when it can be trusted; the newest one lasts longest. */
static void
check_addresses (Settlement *settlement)
{
  for (guint i = 0; i < settlement->records->len; i++)
    {
      DubTaskRecord *record = settlement->records->pdata[i];
      const DubRemoteVideo *video;

      if (record->state != DUB_TASK_SUCCEEDED)
        continue;
      video = find_video (settlement->videos, record->remote_video);
      if (video != NULL && dub_session_trusts (settlement->session, video->preview_url))
        g_set_str (&record->preview_url, video->preview_url);
      else if (!dub_session_trusts (settlement->session, record->preview_url))
        g_set_str (&record->preview_url, NULL);
      g_set_str (&record->message,
                 record->preview_url == NULL
                   ? _("The dub is ready, but the service gave no link that can be opened safely. Read the library again later.")
                   : NULL);
    }
}

static void
on_list (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  DubQueueTasks *self = g_task_get_source_object (task);
  Settlement *settlement = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  settlement->videos = dub_queue_reading_finish (self, result, &error);
  if (settlement->videos == NULL && self->stopped)
    {
      /* It is asked for again at the next start. */
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }
  /* A dub that is ready is told of even when the list cannot be read now. */
  check_addresses (settlement);
  settle (task);
}

static gboolean
has_success (GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    if (((DubTaskRecord *) records->pdata[i])->state == DUB_TASK_SUCCEEDED)
      return TRUE;
  return FALSE;
}

static GTask *
settlement_start (DubQueueTasks       *self,
                  DubSession          *session,
                  GPtrArray           *records,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Settlement *settlement = g_new0 (Settlement, 1);

  settlement->session = g_object_ref (session);
  settlement->records = g_ptr_array_ref (records);
  g_task_set_source_tag (task, dub_queue_settle_async);
  g_task_set_task_data (task, settlement, settlement_free);
  return task;
}

void
dub_queue_settle_async (DubQueueTasks       *self,
                        DubSession          *session,
                        GPtrArray           *records,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = settlement_start (self, session, records, callback, user_data);

  if (has_success (records) && dub_session_get_client (session) != NULL)
    {
      dub_queue_reading_async (self, session, dub_queue_settle_found, on_list, task);
      return;
    }
  check_addresses (g_task_get_task_data (task));
  settle (task);
}

gboolean
dub_queue_settle_finish (DubQueueTasks  *self,
                         GAsyncResult   *result,
                         GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* (transfer full): the ids of the videos that are known to be those of dubs here */
static GHashTable *
list_claimed (DubQueueTasks *self)
{
  GHashTable *claimed = g_hash_table_new (g_str_hash, g_str_equal);
  GListModel *tasks = G_LIST_MODEL (self->list);

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (tasks, i);
      const char *video = dub_task_get_remote_video (task);

      if (video != NULL)
        g_hash_table_add (claimed, (char *) video);
    }
  return claimed;
}

/* It was in the list already when the dub was sent, whatever the clocks say. */
static gboolean
was_seen_before (DubQueueTasks        *self,
                 const DubRemoteVideo *video,
                 DubTask              *task)
{
  g_autofree char *key = g_strconcat (dub_task_get_account_id (task), "/", video->video_id, NULL);
  const gint64 *first = g_hash_table_lookup (self->seen, key);

  return first != NULL && *first < dub_task_get_record (task)->submitted;
}

static gboolean
may_be_its_video (DubQueueTasks        *self,
                  DubTask              *task,
                  const DubRemoteVideo *video,
                  GHashTable           *claimed)
{
  if (g_strcmp0 (video->video_name, dub_task_get_name (task)) != 0 ||
      g_strcmp0 (video->target_language, dub_task_get_language_code (task)) != 0)
    return FALSE;
  if (video->create_time != 0 && video->create_time < dub_task_get_submitted (task) - CLOCK_TOLERANCE_S)
    return FALSE;
  return !was_seen_before (self, video, task) && video->video_id != NULL &&
         !g_hash_table_contains (claimed, video->video_id);
}

static const DubRemoteVideo *
find_unconfirmed (DubQueueTasks *self,
                  DubTask       *task,
                  GPtrArray     *videos,
                  GHashTable    *claimed)
{
  for (guint i = 0; i < videos->len; i++)
    if (may_be_its_video (self, task, videos->pdata[i], claimed))
      return videos->pdata[i];
  return NULL;
}

static void
on_found_settled (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GPtrArray) records = user_data;
  DubQueueTasks *self = DUB_QUEUE_TASKS (source);

  dub_queue_settle_finish (self, result, NULL);
  for (guint i = 0; i < records->len; i++)
    dub_queue_tasks_remember (self, ((DubTaskRecord *) records->pdata[i])->id)->in_hand = FALSE;
}

/* Those of the unconfirmed ones that are in the list, in their next state. */
static GPtrArray *
take_found (DubQueueTasks *self,
            const char    *account_id,
            GPtrArray     *videos)
{
  g_autoptr (GPtrArray) tasks = dub_queue_tasks_list (self, account_id, DUB_STATE_BIT (DUB_TASK_UNCONFIRMED));
  g_autoptr (GHashTable) claimed = NULL;
  GPtrArray *records = dub_queue_tasks_records_new ();

  if (tasks->len > 0)
    claimed = list_claimed (self);
  for (guint i = 0; i < tasks->len; i++)
    {
      DubTaskMemory *memory = dub_queue_tasks_remember (self, dub_task_get_id (tasks->pdata[i]));
      const DubRemoteVideo *video = memory->in_hand ? NULL : find_unconfirmed (self, tasks->pdata[i], videos, claimed);
      DubTaskRecord *record;

      if (video == NULL)
        continue;
      memory->in_hand = TRUE;
      g_hash_table_add (claimed, video->video_id);
      record = dub_queue_next (tasks->pdata[i], DUB_TASK_SUCCEEDED);
      record->return_code = 0;
      g_set_str (&record->request_id, NULL);
      g_set_str (&record->remote_video, video->video_id);
      g_ptr_array_add (records, record);
    }
  return records;
}

static void
settle_unconfirmed (DubQueueTasks *self,
                    DubSession    *session,
                    GPtrArray     *videos)
{
  g_autoptr (GPtrArray) records = take_found (self, dub_account_get_id (dub_session_get_account (session)), videos);
  Settlement *settlement;
  GTask *task;

  if (records->len == 0)
    return;
  task = settlement_start (self, session, records, on_found_settled, g_ptr_array_ref (records));
  settlement = g_task_get_task_data (task);
  settlement->videos = g_ptr_array_ref (videos);
  check_addresses (settlement);
  settle (task);
}

/* Those under way whose video is in the list: they are asked for at once. If it is another one's, that costs one question. */
static void
mark_ready (DubQueueTasks *self,
            const char    *account_id,
            GPtrArray     *videos)
{
  g_autoptr (GPtrArray) tasks = dub_queue_tasks_list (
    self, account_id, DUB_STATE_BIT (DUB_TASK_SUBMITTED) | DUB_STATE_BIT (DUB_TASK_PROCESSING));
  g_autoptr (GHashTable) by_name = NULL; /* name → DubTask: unique in the account */
  g_autoptr (GHashTable) claimed = NULL;

  if (tasks->len == 0)
    return;
  by_name = g_hash_table_new (g_str_hash, g_str_equal);
  claimed = list_claimed (self);
  for (guint i = 0; i < tasks->len; i++)
    g_hash_table_insert (by_name, (char *) dub_task_get_name (tasks->pdata[i]), tasks->pdata[i]);
  for (guint i = 0; i < videos->len; i++)
    {
      const DubRemoteVideo *video = videos->pdata[i];
      DubTask *task = video->video_name != NULL ? g_hash_table_lookup (by_name, video->video_name) : NULL;

      if (task != NULL && may_be_its_video (self, task, video, claimed))
        dub_queue_tasks_remember (self, dub_task_get_id (task))->ready = TRUE;
    }
}

/* A reading of a list, for what was missed when a dub became ready. */
typedef struct
{
  DubQueueTasks *tasks;
  GPtrArray *videos;
} Offer;

static void
offer_free (Offer *offer)
{
  g_object_unref (offer->tasks);
  g_ptr_array_unref (offer->videos);
  g_free (offer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Offer, offer_free)

static void
on_untranscribed (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Offer) offer = user_data;
  g_autoptr (GArray) ids = dub_store_list_untranscribed_finish (DUB_STORE (source), result, NULL);
  g_autoptr (GPtrArray) transcripts = transcripts_new ();

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      DubTask *task = dub_queue_tasks_find (offer->tasks, id);
      const DubRemoteVideo *video = task != NULL ? find_video (offer->videos, dub_task_get_remote_video (task)) : NULL;

      if (video != NULL)
        add_transcript (transcripts, id, video);
    }
  /* What cannot be stored now is offered again by the next reading. */
  if (transcripts->len > 0)
    dub_store_put_transcripts_async (DUB_STORE (source), transcripts, NULL, NULL, NULL);
}

static void
fill_transcripts (DubQueueTasks *self,
                  const char    *account_id,
                  GPtrArray     *videos)
{
  Offer *offer = g_new0 (Offer, 1);

  offer->tasks = g_object_ref (self);
  offer->videos = g_ptr_array_ref (videos);
  dub_store_list_untranscribed_async (self->store, account_id, self->stop, on_untranscribed, offer);
}

/* Whoever made them: no dub that is made here from now on gets one of these names, by which it might have to be found. */
static void
note_videos (DubQueueTasks *self,
             const char    *account_id,
             GPtrArray     *videos)
{
  gint64 now = dub_queue_tasks_now ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < videos->len; i++)
    {
      const DubRemoteVideo *video = videos->pdata[i];
      g_autofree char *key = g_strconcat (account_id, "/", video->video_id, NULL);

      if (g_hash_table_contains (self->seen, key))
        continue;
      g_hash_table_insert (self->seen, g_steal_pointer (&key), g_memdup2 (&now, sizeof now));
      if (video->video_name != NULL && *video->video_name != '\0')
        g_ptr_array_add (names, video->video_name);
    }
  if (names->len == 0)
    return;
  g_ptr_array_add (names, NULL);
  dub_store_spend_names_async (self->store, account_id, (const char *const *) names->pdata, NULL, NULL, NULL);
}

void
dub_queue_settle_found (DubQueueTasks *self,
                        const char    *account_id,
                        GPtrArray     *videos)
{
  DubSession *session = dub_accounts_get_session (self->accounts, account_id);

  if (self->stopped || session == NULL || videos->len == 0)
    return;
  note_videos (self, account_id, videos);
  if (!self->working)
    return;
  settle_unconfirmed (self, session, videos);
  mark_ready (self, account_id, videos);
  fill_transcripts (self, account_id, videos);
}
