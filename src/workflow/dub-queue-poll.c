/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-poll.h"

#include "dub-poll-plan.h"
#include "dub-queue-clock.h"
#include "dub-queue-commit.h"
#include "dub-queue-expect.h"
#include "dub-queue-settle.h"
#include "dub-service-error.h"

/* A dub that answers do not name for so long is given up: the service forgot it. The studio's word counts at once. */
#define MISSING_MS (G_GINT64_CONSTANT (3600) * 1000)
#define MISSING_STUDIO_MS (10 * 1000)

#define MAX_MESSAGE_CHARS 2000

#define WITH_SERVICE (DUB_STATE_BIT (DUB_TASK_SUBMITTED) | DUB_STATE_BIT (DUB_TASK_PROCESSING))

/* A question to the service, and what is made of its answer. */
typedef struct
{
  DubLane *lane;
  GPtrArray *asked;   /* DubTask */
  GPtrArray *remotes; /* DubRemoteTask, the answer */
  GPtrArray *records; /* DubTaskRecord of what has changed */
  char *request_id;
} Question;

static void
question_free (Question *question)
{
  g_clear_pointer (&question->lane, dub_queue_lane_unref);
  g_clear_pointer (&question->asked, g_ptr_array_unref);
  g_clear_pointer (&question->remotes, g_ptr_array_unref);
  g_clear_pointer (&question->records, g_ptr_array_unref);
  g_free (question->request_id);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
question_end (Question *question)
{
  question->lane->polling = FALSE;
  dub_queue_lane_act_ended (question->lane);
}

static DubTask *
find_by_remote_id (GPtrArray  *tasks,
                   const char *remote_id)
{
  for (guint i = 0; i < tasks->len; i++)
    if (g_strcmp0 (dub_task_get_record (tasks->pdata[i])->remote_task, remote_id) == 0)
      return tasks->pdata[i];
  return NULL;
}

static DubTask *
find_by_name (GPtrArray  *tasks,
              const char *name)
{
  for (guint i = 0; i < tasks->len; i++)
    if (g_strcmp0 (dub_task_get_name (tasks->pdata[i]), name) == 0)
      return tasks->pdata[i];
  return NULL;
}

/* Only as long as anyone reads, and nothing that is no text. */
static char *
clean_message (const char *message)
{
  g_autofree char *valid = NULL;

  if (message == NULL || *message == '\0')
    return NULL;
  valid = g_utf8_make_valid (message, -1);
  return g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_MESSAGE_CHARS));
}

static void
take_success (Question            *question,
              DubTask             *task,
              const DubRemoteTask *remote)
{
  DubTaskRecord *record = dub_queue_next (task, DUB_TASK_SUCCEEDED);

  g_set_str (&record->remote_video, remote->video_id);
  g_set_str (&record->preview_url, remote->preview_url);
  g_set_str (&record->request_id, question->request_id);
  g_ptr_array_add (question->records, record);
}

/* @words: the service's, or none. */
static DubTaskRecord *
take_failure (Question   *question,
              DubTask    *task,
              const char *words,
              const char *request_id)
{
  DubTaskRecord *record = dub_queue_next (task, DUB_TASK_FAILED);

  g_clear_pointer (&record->message, g_free);
  record->message = clean_message (words);
  g_set_str (&record->request_id, request_id);
  g_ptr_array_add (question->records, record);
  return record;
}

/* The studio has done as it was asked (dub-queue-recall.c), and the answer to that is not here yet, or was lost. */
static void
take_recall (Question *question,
             DubTask  *task)
{
  DubTaskRecord *record = dub_queue_next (task, DUB_TASK_CANCELLED);

  g_clear_pointer (&record->message, g_free);
  g_ptr_array_add (question->records, record);
}

static void
take_status (Question            *question,
             DubTask             *task,
             const DubRemoteTask *remote)
{
  switch (remote->status)
    {
    case DUB_REMOTE_STATUS_SUCCESS:
      take_success (question, task, remote);
      break;
    case DUB_REMOTE_STATUS_FAILED:
      if (dub_queue_tasks_remember (question->lane->tasks, dub_task_get_id (task))->recalled)
        take_recall (question, task);
      else
        take_failure (question, task, remote->error_msg, question->request_id);
      break;
    case DUB_REMOTE_STATUS_PROCESSING:
      if (remote->progress >= 0)
        dub_task_set_progress (task, remote->progress_stage, remote->progress);
      if (dub_task_get_state (task) == DUB_TASK_SUBMITTED)
        g_ptr_array_add (question->records, dub_queue_next (task, DUB_TASK_PROCESSING));
      break;
    case DUB_REMOTE_STATUS_SUBMITTED:
    case DUB_REMOTE_STATUS_UNKNOWN:
    default:
      break;
    }
}

/* The service does not know it (any more). */
static void
take_missing (Question              *question,
              DubTask               *task,
              const DubServiceFault *fault)
{
  DubTaskMemory *memory = dub_queue_tasks_remember (question->lane->tasks, dub_task_get_id (task));
  gint64 patience = dub_queue_lane_is_studio (question->lane) ? MISSING_STUDIO_MS : MISSING_MS;
  gint64 now = dub_queue_clock_now ();

  if (memory->missed == 0)
    memory->missed = now;
  if (now - memory->missed < patience / question->lane->tasks->haste)
    return;
  if (fault != NULL)
    take_failure (question, task, fault->service_message, fault->request_id)->return_code = fault->return_code;
  else
    take_failure (question, task, NULL, NULL);
}

/* Results on their way into the store: meanwhile others can be asked for. */
typedef struct
{
  DubLane *lane;
  GPtrArray *records;
} Settling;

static void
set_in_hand (DubLane   *lane,
             GPtrArray *records,
             gboolean   in_hand)
{
  for (guint i = 0; i < records->len; i++)
    {
      gint64 id = ((DubTaskRecord *) records->pdata[i])->id;

      if (dub_queue_tasks_find (lane->tasks, id) != NULL)
        dub_queue_tasks_remember (lane->tasks, id)->in_hand = in_hand;
    }
}

static void
on_settled (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Settling *settling = user_data;
  g_autoptr (DubLane) lane = g_steal_pointer (&settling->lane);
  g_autoptr (GPtrArray) records = g_steal_pointer (&settling->records);
  g_autoptr (GError) error = NULL;

  g_free (settling);
  set_in_hand (lane, records, FALSE);
  if (!dub_queue_settle_finish (DUB_QUEUE_TASKS (source), result, &error))
    dub_queue_lane_failed (lane, error);
  dub_queue_lane_act_ended (lane);
}

static void
settle (Question *question)
{
  DubLane *lane = question->lane;

  if (question->records->len > 0 && !lane->gone)
    {
      Settling *settling = g_new (Settling, 1);

      settling->lane = dub_queue_lane_ref (lane);
      settling->records = g_ptr_array_ref (question->records);
      set_in_hand (lane, question->records, TRUE);
      dub_queue_settle_async (lane->tasks, lane->session, question->records, on_settled, settling);
    }
  question_end (question);
  question_free (question);
}

/* Not removed, no longer with the service, or being taken back, while the answer was on its way. */
static gboolean
is_still_asked_for (DubQueueTasks *self,
                    DubTask       *task)
{
  return dub_queue_tasks_find (self, dub_task_get_id (task)) == task &&
         (WITH_SERVICE & DUB_STATE_BIT (dub_task_get_state (task))) != 0 &&
         !dub_queue_tasks_remember (self, dub_task_get_id (task))->in_hand;
}

static void
take_answer (Question *question)
{
  DubQueueTasks *self = question->lane->tasks;
  g_autoptr (GPtrArray) named = g_ptr_array_new ();

  for (guint i = 0; i < question->remotes->len; i++)
    {
      const DubRemoteTask *remote = question->remotes->pdata[i];
      DubTask *task = find_by_remote_id (question->asked, remote->task_id);

      if (task == NULL || !is_still_asked_for (self, task) || g_ptr_array_find (named, task, NULL))
        continue;
      dub_queue_tasks_remember (self, dub_task_get_id (task))->missed = 0;
      g_ptr_array_add (named, task);
      take_status (question, task, remote);
    }
  for (guint i = 0; i < question->asked->len; i++)
    if (!g_ptr_array_find (named, question->asked->pdata[i], NULL) && is_still_asked_for (self, question->asked->pdata[i]))
      take_missing (question, question->asked->pdata[i], NULL);
}

/* Also those that nobody follows any longer: another one may have been given the id of one of them. */
static GPtrArray *
list_with_id (DubLane *lane)
{
  GPtrArray *tasks = dub_queue_lane_tasks (lane, WITH_SERVICE | DUB_STATE_BIT (DUB_TASK_DROPPED));

  for (guint i = tasks->len; i > 0; i--)
    if (dub_task_get_record (tasks->pdata[i - 1])->remote_task == NULL)
      g_ptr_array_remove_index (tasks, i - 1);
  return tasks;
}

/* The ids of a batch came in another order than its items: an answer tells by the name which is whose. Returns the records
 * that have to be corrected. */
static GPtrArray *
find_exchanged (Question *question)
{
  g_autoptr (GPtrArray) tasks = list_with_id (question->lane);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (NULL, NULL, NULL, g_free); /* DubTask → its id there */
  GPtrArray *records = dub_queue_tasks_records_new ();

  for (guint i = 0; i < tasks->len; i++)
    g_hash_table_insert (ids, tasks->pdata[i], g_strdup (dub_task_get_record (tasks->pdata[i])->remote_task));

  for (guint i = 0; i < question->remotes->len; i++)
    {
      const DubRemoteTask *remote = question->remotes->pdata[i];
      DubTask *owner = remote->video_name != NULL ? find_by_name (tasks, remote->video_name) : NULL;
      DubTask *holder = NULL;
      char *displaced;

      for (guint j = 0; j < tasks->len && holder == NULL; j++)
        if (g_strcmp0 (g_hash_table_lookup (ids, tasks->pdata[j]), remote->task_id) == 0)
          holder = tasks->pdata[j];
      if (owner == NULL || holder == NULL || owner == holder)
        continue;
      displaced = g_strdup (g_hash_table_lookup (ids, owner));
      g_hash_table_replace (ids, owner, g_strdup (remote->task_id));
      g_hash_table_replace (ids, holder, displaced);
    }

  for (guint i = 0; i < tasks->len; i++)
    {
      DubTask *task = tasks->pdata[i];
      const char *id = g_hash_table_lookup (ids, task);
      DubTaskRecord *record;

      if (g_strcmp0 (id, dub_task_get_record (task)->remote_task) == 0)
        continue;
      record = dub_task_record_copy (dub_task_get_record (task));
      g_set_str (&record->remote_task, id);
      g_ptr_array_add (records, record);
    }
  return records;
}

static void
on_corrected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr (GError) error = NULL;

  /* By the corrected ids; where they could not be stored, the next question tells again. */
  if (dub_queue_commit_finish (DUB_QUEUE_TASKS (source), result, &error))
    take_answer (question);
  else
    dub_queue_lane_failed (question->lane, error);
  settle (question);
}

static void
ask_alone (Question *question)
{
  for (guint i = 0; i < question->asked->len; i++)
    dub_queue_tasks_remember (question->lane->tasks, dub_task_get_id (question->asked->pdata[i]))->alone = TRUE;
}

static void
refused (Question     *question,
         const GError *error)
{
  gboolean parameters = g_error_matches (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_PARAMETERS);
  gboolean malformed = g_error_matches (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_MALFORMED);

  /* One of several may be what is wrong in the question or in the answer: the others are not to suffer from it. */
  if (question->asked->len > 1 && (parameters || malformed))
    ask_alone (question);
  else if (parameters)
    take_missing (question, question->asked->pdata[0], dub_service_error_get_fault (error));
  if (!parameters)
    dub_queue_lane_failed (question->lane, error);
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Question *question = user_data;
  g_autoptr (GPtrArray) exchanged = NULL;
  g_autoptr (GError) error = NULL;

  question->remotes = dub_service_client_list_tasks_finish (DUB_SERVICE_CLIENT (source), result, &question->request_id, &error);
  if (question->lane->gone)
    {
      question_free (question);
      return;
    }
  if (question->remotes == NULL)
    {
      refused (question, error);
      settle (question);
      return;
    }

  dub_queue_lane_worked (question->lane);
  exchanged = find_exchanged (question);
  if (exchanged->len > 0)
    {
      dub_queue_commit_async (question->lane->tasks, exchanged, DUB_COMMIT_PLAIN, on_corrected, question);
      return;
    }
  take_answer (question);
  settle (question);
}

static void
ask (DubLane           *lane,
     const DubPollPlan *plan)
{
  Question *question = g_new0 (Question, 1);
  const char *ids[DUB_MAX_IDS_PER_LIST + 1] = { NULL };

  question->lane = dub_queue_lane_ref (lane);
  question->asked = g_ptr_array_new_with_free_func (g_object_unref);
  question->records = dub_queue_tasks_records_new ();
  for (guint i = 0; i < plan->n_ids; i++)
    {
      DubTask *task = dub_queue_tasks_find (lane->tasks, plan->ids[i]);
      DubTaskMemory *memory = dub_queue_tasks_remember (lane->tasks, plan->ids[i]);

      ids[i] = dub_task_get_record (task)->remote_task;
      g_ptr_array_add (question->asked, g_object_ref (task));
      memory->asked = dub_queue_clock_now ();
      memory->ready = FALSE;
    }
  lane->polling = TRUE;
  dub_service_client_list_tasks_async (dub_session_get_client (lane->session), ids, lane->tasks->stop, on_answer, question);
}

static void
make_item (DubLane           *lane,
           DubTask           *task,
           const DubForecast *forecast,
           gint64             now,
           DubPollItem       *item)
{
  const DubTaskMemory *memory = dub_queue_tasks_remember (lane->tasks, dub_task_get_id (task));

  item->id = dub_task_get_id (task);
  item->age = MAX (dub_queue_age (lane->tasks, task, now), 0);
  item->asked = memory->asked != 0 ? dub_queue_age (lane->tasks, task, memory->asked) : DUB_POLL_NEVER;
  item->scale = dub_forecast_scale (forecast, dub_task_get_video_duration (task), dub_task_get_record (task)->lipsync);
  item->alone = memory->alone;
  item->ready = memory->ready;
  item->working = dub_task_get_state (task) == DUB_TASK_PROCESSING;
}

static gint64
ask_when_due (DubLane   *lane,
              GPtrArray *tasks)
{
  g_autofree DubPollItem *items = g_new (DubPollItem, tasks->len);
  const DubForecast *forecast = dub_queue_get_forecast (lane->tasks, dub_queue_lane_account (lane));
  gint64 now = dub_queue_clock_now ();
  DubPollPlan plan;
  guint n = 0;

  for (guint i = 0; i < tasks->len; i++)
    if (!dub_queue_tasks_remember (lane->tasks, dub_task_get_id (tasks->pdata[i]))->in_hand)
      make_item (lane, tasks->pdata[i], forecast, now, &items[n++]);
  if (n == 0)
    return 0;
  dub_poll_plan_make (items, n, forecast, &plan);
  if (plan.wait > 0)
    return dub_queue_tasks_now () + MAX (plan.wait / lane->tasks->haste, 1);
  ask (lane, &plan);
  return 0;
}

gint64
dub_queue_poll (DubLane *lane)
{
  g_autoptr (GPtrArray) tasks = NULL;

  if (lane->polling)
    return 0;
  dub_queue_refresh_expected (lane->tasks);
  tasks = dub_queue_lane_tasks (lane, WITH_SERVICE);
  return tasks->len > 0 ? ask_when_due (lane, tasks) : 0;
}
