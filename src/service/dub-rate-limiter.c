/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-rate-limiter.h"

#define FIRST_REST_S 2
#define LONGEST_REST_S 60
/* A service that asks for more is asked again all the same. */
#define LONGEST_ASKED_REST_S 3600

typedef struct
{
  GQueue waiting; /* of Waiter, owned */
  gint64 next;    /* of the next slot, monotonic µs */
  gint64 rested;  /* until when it rests, monotonic µs */
  guint rest_s;   /* the last rest, 0 after a success */
  gint64 taken;   /* the slot that was taken among all processes, monotonic µs; 0: none */
  gboolean taking;
  DubEndpoint endpoint;
  GSource *timer;
} Lane;

struct _DubRateLimiter
{
  GObject parent_instance;

  gint64 interval_us;
  DubSlots *slots; /* NULL: nobody else uses the account */
  Lane lanes[DUB_N_ENDPOINTS];
};

typedef struct
{
  Lane *lane; /* borrowed */
  GTask *task;
  GSource *cancelled;
} Waiter;

G_DEFINE_FINAL_TYPE (DubRateLimiter, dub_rate_limiter, G_TYPE_OBJECT)

static void
stop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
waiter_free (Waiter *self)
{
  stop_source (&self->cancelled);
  g_clear_object (&self->task);
  g_free (self);
}

static void serve (DubRateLimiter *self,
                   Lane           *lane);

static gboolean
on_slot (gpointer user_data)
{
  Lane *lane = user_data;
  Waiter *first = g_queue_peek_head (&lane->waiting);
  g_autoptr (DubRateLimiter) self = g_object_ref (g_task_get_source_object (first->task));

  serve (self, lane);
  return G_SOURCE_REMOVE;
}

static void
arm (Lane   *lane,
     gint64  when)
{
  Waiter *first = g_queue_peek_head (&lane->waiting);

  stop_source (&lane->timer);
  if (first == NULL)
    return;
  lane->timer = g_timeout_source_new (0);
  g_source_set_ready_time (lane->timer, when);
  g_source_set_callback (lane->timer, on_slot, lane, NULL);
  g_source_set_static_name (lane->timer, "[dubroom] slot of an endpoint");
  g_source_attach (lane->timer, g_task_get_context (first->task));
}

/* The slot is the first one's. Returns whether it was used. */
static gboolean
hand_out (DubRateLimiter *self,
          Lane           *lane)
{
  Waiter *waiter = g_queue_pop_head (&lane->waiting);
  gboolean used = !g_task_return_error_if_cancelled (waiter->task);

  if (used)
    {
      lane->next = g_get_monotonic_time () + self->interval_us;
      g_task_return_boolean (waiter->task, TRUE);
    }
  waiter_free (waiter);
  return used;
}

/* Hands out what is due, in order, and sets the clock for the rest. */
static void
serve_alone (DubRateLimiter *self,
             Lane           *lane)
{
  while (!g_queue_is_empty (&lane->waiting) && lane->next <= g_get_monotonic_time ())
    hand_out (self, lane);
  arm (lane, lane->next);
}

/* It holds the limiter, of which the lane is a part. */
typedef struct
{
  DubRateLimiter *self;
  Lane *lane;
} Taking;

static void
taking_free (Taking *taking)
{
  g_object_unref (taking->self);
  g_free (taking);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Taking, taking_free)

static void
on_taken (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Taking) taking = user_data;
  Lane *lane = taking->lane;
  g_autoptr (GError) error = NULL;

  lane->taken = dub_slots_take_finish (DUB_SLOTS (source), result, &error);
  lane->taking = FALSE;
  if (error != NULL)
    {
      /* What this process does by itself is all that it knows then. */
      g_debug ("slots cannot be shared: %s", error->message);
      lane->taken = MAX (lane->next, g_get_monotonic_time ());
    }
  /* Where nobody wants it any more: later it is not free. */
  if (g_queue_is_empty (&lane->waiting))
    lane->taken = 0;
  else
    serve (taking->self, lane);
}

static void
serve_among_others (DubRateLimiter *self,
                    Lane           *lane)
{
  gint64 now = g_get_monotonic_time ();
  gint64 slot = lane->taken;
  Taking *taking;

  if (g_queue_is_empty (&lane->waiting) || lane->taking)
    return;
  if (slot > now && slot >= lane->rested)
    {
      arm (lane, slot);
      return;
    }
  /* Whoever gets it may ask for the next one before this returns. */
  lane->taken = 0;
  if (slot != 0 && slot >= lane->rested)
    {
      if (!hand_out (self, lane) && !lane->taking)
        lane->taken = slot;
      serve (self, lane);
      return;
    }
  lane->taking = TRUE;
  taking = g_new0 (Taking, 1);
  taking->self = g_object_ref (self);
  taking->lane = lane;
  dub_slots_take_async (self->slots, lane->endpoint, MAX (lane->next, now), self->interval_us, on_taken, taking);
}

static void
serve (DubRateLimiter *self,
       Lane           *lane)
{
  if (self->slots != NULL)
    serve_among_others (self, lane);
  else
    serve_alone (self, lane);
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      user_data)
{
  Waiter *waiter = user_data;
  Lane *lane = waiter->lane;

  g_queue_remove (&lane->waiting, waiter);
  if (g_queue_is_empty (&lane->waiting))
    lane->taken = 0;
  arm (lane, lane->taken != 0 ? lane->taken : lane->next);
  g_task_return_error_if_cancelled (waiter->task);
  waiter_free (waiter);
  return G_SOURCE_REMOVE;
}

static void
dub_rate_limiter_finalize (GObject *object)
{
  DubRateLimiter *self = DUB_RATE_LIMITER (object);

  for (guint i = 0; i < DUB_N_ENDPOINTS; i++)
    {
      stop_source (&self->lanes[i].timer);
      g_queue_clear_full (&self->lanes[i].waiting, (GDestroyNotify) waiter_free);
    }
  g_clear_object (&self->slots);
  G_OBJECT_CLASS (dub_rate_limiter_parent_class)->finalize (object);
}

static void
dub_rate_limiter_class_init (DubRateLimiterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_rate_limiter_finalize;
}

static void
dub_rate_limiter_init (DubRateLimiter *self)
{
  for (guint i = 0; i < DUB_N_ENDPOINTS; i++)
    {
      g_queue_init (&self->lanes[i].waiting);
      self->lanes[i].endpoint = i;
    }
}

/**
 * dub_rate_limiter_new:
 * @interval_ms: how far slots of one endpoint are apart, in milliseconds; 0 for no limit
 *
 * Makes the limiter of an account. The service documents 1 request a second for each endpoint. It belongs to one
 * thread.
 *
 * Returns: (transfer full): a limiter
 */
DubRateLimiter *
dub_rate_limiter_new (guint interval_ms)
{
  DubRateLimiter *self = g_object_new (DUB_TYPE_RATE_LIMITER, NULL);

  self->interval_us = (gint64) interval_ms * 1000;
  return self;
}

/**
 * dub_rate_limiter_share:
 * @self: a limiter
 * @slots: the slots of the account, which other processes use too
 *
 * From now on each slot is one of @slots, and a rest is one for all. Where they cannot be reached, the limiter does what it can
 * by itself.
 */
void
dub_rate_limiter_share (DubRateLimiter *self,
                        DubSlots       *slots)
{
  g_return_if_fail (DUB_IS_RATE_LIMITER (self) && DUB_IS_SLOTS (slots));

  g_set_object (&self->slots, slots);
}

/**
 * dub_rate_limiter_acquire_async:
 * @self: a limiter
 * @endpoint: what is to be called
 * @cancellable: (nullable): a cancellable
 * @callback: called when the slot has come
 * @user_data: data for @callback
 *
 * Waits for a slot; those who wait for the same endpoint get theirs in the order in which they asked.
 */
void
dub_rate_limiter_acquire_async (DubRateLimiter     *self,
                                DubEndpoint         endpoint,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  g_autoptr (GTask) task = NULL;
  Waiter *waiter;
  Lane *lane;

  g_return_if_fail (DUB_IS_RATE_LIMITER (self));
  g_return_if_fail (endpoint < DUB_N_ENDPOINTS);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_rate_limiter_acquire_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  lane = &self->lanes[endpoint];
  waiter = g_new0 (Waiter, 1);
  waiter->lane = lane;
  waiter->task = g_object_ref (task);
  if (cancellable != NULL)
    {
      waiter->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (waiter->cancelled, G_SOURCE_FUNC (on_cancelled), waiter, NULL);
      g_source_attach (waiter->cancelled, g_task_get_context (task));
    }
  g_queue_push_tail (&lane->waiting, waiter);
  serve (self, lane);
}

/**
 * dub_rate_limiter_acquire_finish:
 * @self: a limiter
 * @result: the result
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Returns: whether the slot is the caller's
 */
gboolean
dub_rate_limiter_acquire_finish (DubRateLimiter *self,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dub_rate_limiter_back_off:
 * @self: a limiter
 * @endpoint: what was refused for too many requests
 * @retry_after_s: the rest that the service asked for, in seconds; 0 where it did not
 *
 * Lets the endpoint rest: for @retry_after_s, else for 2, 4, 8 … 60 s and up to a quarter more, so that several
 * programs do not come back at the same moment. An endpoint that rests already rests longer only where
 * @retry_after_s says so.
 */
void
dub_rate_limiter_back_off (DubRateLimiter *self,
                           DubEndpoint     endpoint,
                           guint           retry_after_s)
{
  gint64 now = g_get_monotonic_time ();
  gint64 until;
  Lane *lane;

  g_return_if_fail (DUB_IS_RATE_LIMITER (self));
  g_return_if_fail (endpoint < DUB_N_ENDPOINTS);

  lane = &self->lanes[endpoint];
  if (retry_after_s > 0)
    {
      until = now + MIN (retry_after_s, LONGEST_ASKED_REST_S) * G_USEC_PER_SEC;
    }
  else
    {
      if (now < lane->rested)
        return;
      lane->rest_s = lane->rest_s == 0 ? FIRST_REST_S : MIN (lane->rest_s * 2, LONGEST_REST_S);
      until = now + (gint64) (lane->rest_s * g_random_double_range (1.0, 1.25) * G_USEC_PER_SEC);
    }

  lane->rested = MAX (lane->rested, until);
  lane->next = MAX (lane->next, until);
  if (self->slots != NULL)
    dub_slots_rest (self->slots, endpoint, until);
}

/**
 * dub_rate_limiter_get_next:
 * @self: a limiter
 * @endpoint: an endpoint
 *
 * When the endpoint's next slot is, those who wait for it left aside.
 *
 * Returns: monotonic time in microseconds, not later than now where a slot is free
 */
gint64
dub_rate_limiter_get_next (DubRateLimiter *self,
                           DubEndpoint     endpoint)
{
  g_return_val_if_fail (DUB_IS_RATE_LIMITER (self), 0);
  g_return_val_if_fail (endpoint < DUB_N_ENDPOINTS, 0);

  return self->lanes[endpoint].next;
}

/**
 * dub_rate_limiter_succeeded:
 * @self: a limiter
 * @endpoint: what was answered
 *
 * The next rest is a short one again.
 */
void
dub_rate_limiter_succeeded (DubRateLimiter *self,
                            DubEndpoint     endpoint)
{
  g_return_if_fail (DUB_IS_RATE_LIMITER (self));
  g_return_if_fail (endpoint < DUB_N_ENDPOINTS);

  self->lanes[endpoint].rest_s = 0;
}
