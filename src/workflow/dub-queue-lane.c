/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-lane.h"

#include "dub-service-error.h"

/* The bookkeeping of the work for one account. */

#define MAX_PAUSE_MS 60000
/* The studio's process has a pause of its own before it is started again. */
#define STUDIO_PAUSE_MS 1000

typedef struct
{
  char *url;
  gint64 until;
} KeptUrl;

static void
kept_url_free (gpointer data)
{
  KeptUrl *kept = data;

  g_free (kept->url);
  g_free (kept);
}

DubLane *
dub_queue_lane_new (DubQueueTasks       *tasks,
                    DubSession          *session,
                    GObject             *driver,
                    const DubLaneEvents *events)
{
  DubLane *lane = g_rc_box_new0 (DubLane);

  lane->tasks = g_object_ref (tasks);
  lane->session = g_object_ref (session);
  lane->driver = g_object_ref (driver);
  lane->events = events;
  g_queue_init (&lane->parts);
  lane->urls = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, kept_url_free);
  return lane;
}

DubLane *
dub_queue_lane_ref (DubLane *lane)
{
  return g_rc_box_acquire (lane);
}

static void
lane_clear (gpointer data)
{
  DubLane *lane = data;

  g_queue_clear_full (&lane->parts, (GDestroyNotify) g_array_unref);
  g_clear_pointer (&lane->urls, g_hash_table_unref);
  g_clear_object (&lane->session);
  g_clear_object (&lane->tasks);
  g_clear_object (&lane->driver);
}

void
dub_queue_lane_unref (DubLane *lane)
{
  g_rc_box_release_full (lane, lane_clear);
}

void
dub_queue_lane_close (gpointer data)
{
  DubLane *lane = data;

  lane->gone = TRUE;
  g_clear_handle_id (&lane->timer, g_source_remove);
  dub_queue_lane_unref (lane);
}

gboolean
dub_queue_lane_is_studio (DubLane *lane)
{
  return dub_account_is_studio (dub_session_get_account (lane->session));
}

const char *
dub_queue_lane_account (DubLane *lane)
{
  return dub_account_get_id (dub_session_get_account (lane->session));
}

GPtrArray *
dub_queue_lane_tasks (DubLane *lane,
                      guint    states)
{
  return dub_queue_tasks_list (lane->tasks, dub_queue_lane_account (lane), states);
}

gint64
dub_queue_lane_shrink (DubLane *lane,
                       gint64   from,
                       gint64   when)
{
  return when <= from ? when : from + (when - from) / lane->tasks->haste;
}

gint64
dub_queue_lane_rest (DubLane *lane,
                     gint64   first_ms,
                     gint64   longest_ms,
                     guint    times_before)
{
  gint64 now = g_get_monotonic_time () / 1000;

  return dub_queue_lane_shrink (lane, now, now + MIN (first_ms << MIN (times_before, 6), longest_ms));
}

/* After an error that says nothing of a single dub: the account's status tells of it, and a pause grows. */
void
dub_queue_lane_failed (DubLane      *lane,
                       const GError *error)
{
  gint64 pause;

  if (lane->gone || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  dub_session_failed (lane->session, error);
  if (!g_error_matches (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_RATE_LIMITED))
    {
      pause = dub_queue_lane_is_studio (lane) ? STUDIO_PAUSE_MS : MIN (1000 << MIN (lane->failures, 6), MAX_PAUSE_MS);
      lane->failures++;
      lane->pause_until = g_get_monotonic_time () / 1000 + MAX (pause / lane->tasks->haste, 10);
    }
  lane->events->reached (lane, lane->driver);
}

void
dub_queue_lane_worked (DubLane *lane)
{
  if (lane->gone)
    return;
  lane->failures = 0;
  lane->pause_until = 0;
  dub_session_succeeded (lane->session);
  lane->events->reached (lane, lane->driver);
}

void
dub_queue_lane_keep_url (DubLane    *lane,
                         gint64      id,
                         const char *url,
                         gint64      until)
{
  KeptUrl *kept = g_new0 (KeptUrl, 1);

  kept->url = g_strdup (url);
  kept->until = until;
  g_hash_table_replace (lane->urls, g_memdup2 (&id, sizeof id), kept);
}

char *
dub_queue_lane_take_url (DubLane *lane,
                         gint64   id)
{
  KeptUrl *kept = g_hash_table_lookup (lane->urls, &id);
  char *url = kept != NULL && g_get_monotonic_time () < kept->until ? g_strdup (kept->url) : NULL;

  g_hash_table_remove (lane->urls, &id);
  return url;
}

void
dub_queue_lane_act_ended (DubLane *lane)
{
  lane->events->act_ended (lane, lane->driver);
}
