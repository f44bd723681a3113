/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-expect.h"

#include "dub-queue-clock.h"

/* A create takes five dubs, and there is one a second. */
#define SENT_EVERY_MS (1000.0 / DUB_MAX_ITEMS_PER_CREATE)

/* A forecast of hours is shown by the minute: what changes by less is no news for whoever shows many of them. */
#define SHOWN_EXACTLY_S 30
#define SHOWN_EXACTLY_STUDIO_S 1

/* What is stored and the queue's clock are the same but for this, unless a clock was set. */
#define SAME_MS (60 * 1000)

#define REFRESH_MS (60 * 1000)

/* Older ones weigh next to nothing. */
#define MOST_LEARNT 400

/* Of more dubs, the times are worked out once a second, and not at each step of one of them. */
#define MANY 500
#define MANY_EVERY_MS 1000

/* What is expected of an account. The studio makes one dub after the other: early and late say when it is through with what
 * it has; the service makes all at the same time, but they are sent one after the other. Unix ms. */
typedef struct
{
  DubQueueTasks *tasks;
  const DubForecast *forecast;
  gint64 now;
  gint64 early;
  gint64 late;
  guint n_unsent;
} Outlook;

gint64
dub_queue_age (DubQueueTasks *self,
               DubTask       *task,
               gint64         moment)
{
  gint64 submitted = dub_task_get_record (task)->submitted;
  DubTaskMemory *memory = dub_queue_tasks_remember (self, dub_task_get_id (task));

  if (memory->sent_of != submitted)
    {
      memory->sent = dub_queue_clock_when (submitted);
      memory->sent_of = submitted;
    }
  return (moment - memory->sent) * self->haste;
}

static gboolean
is_with_service (DubTaskState state)
{
  return state == DUB_TASK_SUBMITTED || state == DUB_TASK_PROCESSING;
}

/* Returns whether it tells anything. @free_since: when the studio was through with the one before (Unix ms) */
static gboolean
make_sample (DubQueueTasks     *self,
             DubTask           *task,
             gboolean           studio,
             gint64            *free_since,
             DubForecastSample *sample)
{
  const DubTaskRecord *record = dub_task_get_record (task);
  gint64 asked;

  if (record->submitted == 0 || record->remote_task == NULL)
    return FALSE;
  sample->video_ms = dub_task_get_video_duration (task);
  sample->lipsync = record->lipsync;
  sample->running = is_with_service (record->state);
  if (sample->running)
    {
      asked = dub_queue_tasks_remember (self, record->id)->asked;
      if (studio || asked == 0)
        return FALSE;
      sample->took_ms = dub_queue_age (self, task, asked);
      return TRUE;
    }
  if (record->state != DUB_TASK_SUCCEEDED)
    return FALSE;
  /* In the studio it waited for the one before: that time is not its own. */
  sample->took_ms = (record->finished - (studio ? MAX (record->submitted, *free_since) : record->submitted)) * self->haste;
  *free_since = MAX (*free_since, record->finished);
  return TRUE;
}

static void
add_samples (DubQueueTasks *self,
             GPtrArray     *tasks,
             guint          first,
             gboolean       studio,
             GArray        *samples)
{
  gint64 free_since = 0;

  for (guint i = first; tasks != NULL && i < tasks->len; i++)
    {
      DubForecastSample sample;

      if (make_sample (self, tasks->pdata[i], studio, &free_since, &sample))
        g_array_append_val (samples, sample);
    }
}

/* First those that are ready, then those that are not: that they run is true now, whenever they were sent. */
static void
learn (DubQueueTasks *self,
       const char    *account_id,
       gboolean       studio,
       DubForecast   *forecast)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (DubForecastSample));
  GPtrArray *ready = dub_task_index_peek (self->index, account_id, DUB_TASK_SUCCEEDED);

  add_samples (self, ready, ready != NULL && ready->len > MOST_LEARNT ? ready->len - MOST_LEARNT : 0, studio, samples);
  add_samples (self, dub_task_index_peek (self->index, account_id, DUB_TASK_SUBMITTED), 0, studio, samples);
  add_samples (self, dub_task_index_peek (self->index, account_id, DUB_TASK_PROCESSING), 0, studio, samples);
  dub_forecast_learn (forecast, studio, (DubForecastSample *) (void *) samples->data, samples->len);
}

/* What was learnt of the account is known until a task changes: whoever looks at many dubs asks for each. */
const DubForecast *
dub_queue_get_forecast (DubQueueTasks *self,
                        const char    *account_id)
{
  DubForecast *known = g_hash_table_lookup (self->forecasts, account_id);
  DubAccount *account;

  if (known != NULL)
    return known;
  known = g_new (DubForecast, 1);
  account = dub_accounts_find (self->accounts, account_id);
  learn (self, account_id, account != NULL && dub_account_is_studio (account), known);
  g_hash_table_insert (self->forecasts, g_strdup (account_id), known);
  return known;
}

static void
outlook_init (Outlook       *outlook,
              DubQueueTasks *self,
              const char    *account_id)
{
  *outlook = (Outlook) { self, dub_queue_get_forecast (self, account_id), dub_queue_tasks_now (), 0, 0, 0 };
}

/* The studio begins with it when it is through with the others; @began: when it has (Unix ms), 0: not yet. */
static void
outlook_add_to_studio (Outlook *outlook,
                       double   scale,
                       gint64   began,
                       gint64  *from,
                       gint64  *to)
{
  DubForecastSpan span;

  dub_forecast_span (outlook->forecast, scale, began != 0 ? MAX (outlook->now - began, 0) : 0, &span);
  *from = (began != 0 ? began : MAX (outlook->early, outlook->now)) + span.early;
  *to = (began != 0 ? began : MAX (outlook->late, outlook->now)) + span.late;
  outlook->early = MAX (outlook->early, *from);
  outlook->late = MAX (outlook->late, *to);
}

/* When it was sent by the clock on the wall, which may have been set since. */
static gint64
sent_at (Outlook *outlook,
         DubTask *task,
         gint64   age)
{
  gint64 stored = dub_task_get_record (task)->submitted;
  gint64 counted = outlook->now - age;

  return ABS (counted - stored) < SAME_MS ? stored : counted;
}

static void
outlook_add (Outlook *outlook,
             DubTask *task,
             gint64  *from,
             gint64  *to)
{
  const DubTaskRecord *record = dub_task_get_record (task);
  double scale = dub_forecast_scale (outlook->forecast, dub_task_get_video_duration (task), record->lipsync);
  DubForecastSpan span;
  gint64 began;
  gint64 age = 0;

  if (outlook->forecast->studio)
    {
      outlook_add_to_studio (outlook, scale, record->state == DUB_TASK_PROCESSING ? record->changed : 0, from, to);
      return;
    }
  if (is_with_service (record->state))
    {
      age = MAX (dub_queue_age (outlook->tasks, task, dub_queue_clock_now ()) / outlook->tasks->haste, 0);
      began = sent_at (outlook, task, age);
    }
  else
    began = outlook->now + (gint64) (SENT_EVERY_MS * outlook->n_unsent++);
  dub_forecast_span (outlook->forecast, scale, age, &span);
  *from = began + span.early;
  *to = began + span.late;
}

static void
show (Outlook *outlook,
      DubTask *task,
      gint64   from,
      gint64   to)
{
  gint64 step = outlook->forecast->studio ? SHOWN_EXACTLY_STUDIO_S : SHOWN_EXACTLY_S;

  from /= 1000;
  to /= 1000;
  dub_task_set_expected (task, from - from % step, to == 0 ? 0 : to + step - 1 - (to + step - 1) % step);
}

/* Nobody knows when the person lets them go on. */
static gboolean
is_held_by_pause (DubQueueTasks *self,
                  DubTask       *task)
{
  DubTaskState state = dub_task_get_state (task);

  return self->paused && (state == DUB_TASK_WAITING || state == DUB_TASK_PUBLISHING);
}

static void
walk (DubQueueTasks *self,
      const char    *account_id,
      Outlook       *outlook,
      gboolean       shown)
{
  /* In the order in which they are or were sent. */
  static const DubTaskState states[] = { DUB_TASK_PROCESSING, DUB_TASK_SUBMITTED, DUB_TASK_SUBMITTING, DUB_TASK_PUBLISHING,
                                         DUB_TASK_WAITING };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      GPtrArray *tasks = dub_task_index_peek (self->index, account_id, states[i]);

      for (guint j = 0; tasks != NULL && j < tasks->len; j++)
        {
          gint64 from = 0;
          gint64 to = 0;

          outlook_add (outlook, tasks->pdata[j], &from, &to);
          if (shown && is_held_by_pause (self, tasks->pdata[j]))
            dub_task_set_expected (tasks->pdata[j], 0, 0);
          else if (shown)
            show (outlook, tasks->pdata[j], from, to);
        }
    }
}

static void
update_all (DubQueueTasks *self)
{
  GListModel *accounts = G_LIST_MODEL (self->accounts);

  self->expected_at = dub_queue_clock_now ();
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (DubAccount) account = g_list_model_get_item (accounts, i);
      Outlook outlook;

      outlook_init (&outlook, self, dub_account_get_id (account));
      walk (self, dub_account_get_id (account), &outlook, TRUE);
    }
}

static gboolean
on_many_due (gpointer user_data)
{
  DubQueueTasks *self = user_data;

  self->expecting = 0;
  update_all (self);
  return G_SOURCE_REMOVE;
}

void
dub_queue_update_expected (DubQueueTasks *self)
{
  gint64 rest = self->expected_at + MANY_EVERY_MS - dub_queue_clock_now ();

  g_hash_table_remove_all (self->forecasts);
  if (rest <= 0 || self->expected_at == 0 || dub_task_index_count (self->index, NULL, DUB_STATES_OPEN) < MANY)
    update_all (self);
  else if (self->expecting == 0 && !self->stopped)
    self->expecting = g_timeout_add ((guint) rest, on_many_due, self);
}

void
dub_queue_refresh_expected (DubQueueTasks *self)
{
  if (dub_queue_clock_now () - self->expected_at >= REFRESH_MS / self->haste)
    dub_queue_update_expected (self);
}

gint64
dub_queue_expected_ms (DubQueueTasks *self,
                       DubTask       *task)
{
  const DubForecast *forecast = dub_queue_get_forecast (self, dub_task_get_account_id (task));
  double scale = dub_forecast_scale (forecast, dub_task_get_video_duration (task), dub_task_get_record (task)->lipsync);
  DubForecastSpan span;

  dub_forecast_span (forecast, scale, 0, &span);
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
  g_autofree DubForecastPart *parts = g_new (DubForecastPart, MAX (n_durations, 1));
  DubForecastSpan span;
  Outlook outlook;

  *from = 0;
  *to = 0;
  if (n_durations == 0)
    return;
  outlook_init (&outlook, self, account_id);
  walk (self, account_id, &outlook, FALSE);
  for (guint i = 0; i < n_durations; i++)
    {
      parts[i].scale = dub_forecast_scale (outlook.forecast, durations[i], lipsync);
      parts[i].sent_ms = SENT_EVERY_MS * (outlook.n_unsent + i);
      if (outlook.forecast->studio)
        outlook_add_to_studio (&outlook, parts[i].scale, 0, from, to);
    }
  if (!outlook.forecast->studio)
    {
      dub_forecast_last (outlook.forecast, parts, n_durations, &span);
      *from = outlook.now + span.early;
      *to = outlook.now + span.late;
    }
  *from /= 1000;
  *to /= 1000;
}
