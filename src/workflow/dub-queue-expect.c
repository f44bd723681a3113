/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-expect.h"

#include "dub-forecast.h"

/* The newest ones tell most. */
#define MAX_SAMPLES 40

/* What is expected of an account. The studio makes one dub after the other: early and late say when it is through with what
 * it has (Unix ms); the service makes all at the same time. */
typedef struct
{
  DubForecast forecast;
  gboolean studio;
  gint64 now;
  gint64 early;
  gint64 late;
} Outlook;

static void
learn (DubQueueTasks *self,
       const char    *account_id,
       Outlook       *outlook)
{
  GListModel *tasks = G_LIST_MODEL (self->list);
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (DubForecastSample));
  gint64 free_since = 0;
  guint skip;

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (tasks, i);
      const DubTaskRecord *record = dub_task_get_record (task);
      DubForecastSample sample = { 0 };

      if (record->state != DUB_TASK_SUCCEEDED || record->submitted == 0 || record->remote_task == NULL ||
          g_strcmp0 (record->account_id, account_id) != 0)
        continue;
      sample.video_ms = dub_task_get_video_duration (task);
      sample.lipsync = record->lipsync;
      /* In the studio it waited for the one before: that time is not its own. */
      sample.took_ms = record->finished - (outlook->studio ? MAX (record->submitted, free_since) : record->submitted);
      free_since = MAX (free_since, record->finished);
      g_array_append_val (samples, sample);
    }
  skip = samples->len > MAX_SAMPLES ? samples->len - MAX_SAMPLES : 0;
  dub_forecast_learn (&outlook->forecast, outlook->studio, (DubForecastSample *) (void *) samples->data + skip,
                      samples->len - skip);
}

/* What was learnt of the account is known until a task changes: whoever looks at many dubs asks for each. */
static void
recall (DubQueueTasks *self,
        const char    *account_id,
        Outlook       *outlook)
{
  const DubForecast *known = g_hash_table_lookup (self->forecasts, account_id);

  if (known != NULL)
    {
      outlook->forecast = *known;
      return;
    }
  learn (self, account_id, outlook);
  g_hash_table_insert (self->forecasts, g_strdup (account_id), g_memdup2 (&outlook->forecast, sizeof outlook->forecast));
}

static void
outlook_init (Outlook       *outlook,
              DubQueueTasks *self,
              const char    *account_id)
{
  DubAccount *account = dub_accounts_find (self->accounts, account_id);

  outlook->studio = account != NULL && dub_account_is_studio (account);
  outlook->now = dub_queue_tasks_now ();
  outlook->early = 0;
  outlook->late = 0;
  recall (self, account_id, outlook);
}

/* When a dub is ready that begins at @began, or (0) as soon as it can. Unix ms. */
static void
outlook_add (Outlook  *outlook,
             gint64    video_ms,
             gboolean  lipsync,
             gint64    began,
             gint64   *from,
             gint64   *to)
{
  DubForecastSpan span;

  dub_forecast_span (&outlook->forecast, video_ms, lipsync, &span);
  if (!outlook->studio || began != 0)
    {
      began = began != 0 ? began : outlook->now;
      *from = began + span.early;
      *to = began + span.late;
    }
  else
    {
      *from = MAX (outlook->early, outlook->now) + span.early;
      *to = MAX (outlook->late, outlook->now) + span.late;
    }
  outlook->early = MAX (outlook->early, *from);
  outlook->late = MAX (outlook->late, *to);
}

static gint64
began_at (const DubTaskRecord *record,
          gboolean             studio)
{
  if (studio)
    return record->state == DUB_TASK_PROCESSING ? record->changed : 0;
  return record->submitted;
}

static gboolean
is_expected (DubTaskState state)
{
  return state == DUB_TASK_WAITING || state == DUB_TASK_PUBLISHING || state == DUB_TASK_SUBMITTING ||
         state == DUB_TASK_SUBMITTED || state == DUB_TASK_PROCESSING;
}

/* Nobody knows when the person lets them go on. */
static gboolean
is_held_by_pause (DubTaskState state)
{
  return state == DUB_TASK_WAITING || state == DUB_TASK_PUBLISHING;
}

static void
walk (DubQueueTasks *self,
      const char    *account_id,
      Outlook       *outlook,
      gboolean       show)
{
  GListModel *tasks = G_LIST_MODEL (self->list);

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (tasks, i);
      const DubTaskRecord *record = dub_task_get_record (task);
      gint64 from = 0;
      gint64 to = 0;

      if (g_strcmp0 (record->account_id, account_id) != 0)
        continue;
      if (is_expected (record->state) && !(show && self->paused && is_held_by_pause (record->state)))
        outlook_add (outlook, dub_task_get_video_duration (task), record->lipsync, began_at (record, outlook->studio), &from,
                     &to);
      if (show)
        dub_task_set_expected (task, from / 1000, to / 1000);
    }
}

void
dub_queue_update_expected (DubQueueTasks *self)
{
  GListModel *accounts = G_LIST_MODEL (self->accounts);

  g_hash_table_remove_all (self->forecasts);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (DubAccount) account = g_list_model_get_item (accounts, i);
      Outlook outlook;

      outlook_init (&outlook, self, dub_account_get_id (account));
      walk (self, dub_account_get_id (account), &outlook, TRUE);
    }
}

gint64
dub_queue_expected_ms (DubQueueTasks *self,
                       DubTask       *task)
{
  Outlook outlook;
  DubForecastSpan span;

  outlook_init (&outlook, self, dub_task_get_account_id (task));
  dub_forecast_span (&outlook.forecast, dub_task_get_video_duration (task), dub_task_get_record (task)->lipsync, &span);
  return span.middle;
}

void
dub_queue_expect_further (DubQueueTasks *self,
                          const char    *account_id,
                          const gint64  *durations,
                          guint          n_durations,
                          gboolean       lipsync,
                          gint64        *from,
                          gint64        *to)
{
  Outlook outlook;
  gint64 last_from = 0;
  gint64 last_to = 0;

  outlook_init (&outlook, self, account_id);
  walk (self, account_id, &outlook, FALSE);
  for (guint i = 0; i < n_durations; i++)
    {
      gint64 one_from;
      gint64 one_to;

      outlook_add (&outlook, durations[i], lipsync, 0, &one_from, &one_to);
      last_from = MAX (last_from, one_from);
      last_to = MAX (last_to, one_to);
    }
  *from = last_from / 1000;
  *to = last_to / 1000;
}
