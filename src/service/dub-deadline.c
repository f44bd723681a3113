/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-deadline.h"

struct _DubDeadline
{
  GCancellable *own;
  GCancellable *callers;
  gulong handler;
  GSource *timer;
  int passed; /* atomic: the timer may go off in another thread */
};

static void
deadline_clear (gpointer data)
{
  g_object_unref (((DubDeadline *) data)->own);
}

static void
deadline_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, deadline_clear);
}

static gboolean
on_time_up (gpointer user_data)
{
  DubDeadline *self = user_data;

  g_atomic_int_set (&self->passed, TRUE);
  g_cancellable_cancel (self->own);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *callers,
              gpointer      own)
{
  g_cancellable_cancel (own);
}

/**
 * dub_deadline_new_in:
 * @context: (nullable): the main context whose loop runs; %NULL for the default one
 * @ms: how long from now, in milliseconds
 * @callers: (nullable): the caller's cancellable
 *
 * Starts a deadline by the monotonic clock, for work on a thread that has no main loop of its own.
 *
 * Returns: (transfer full): the deadline
 */
DubDeadline *
dub_deadline_new_in (GMainContext *context,
                     guint         ms,
                     GCancellable *callers)
{
  DubDeadline *self = g_atomic_rc_box_new0 (DubDeadline);

  self->own = g_cancellable_new ();
  if (callers != NULL)
    {
      self->callers = g_object_ref (callers);
      self->handler =
        g_cancellable_connect (callers, G_CALLBACK (on_cancelled), g_object_ref (self->own), g_object_unref);
    }
  self->timer = g_timeout_source_new (ms);
  g_source_set_callback (self->timer, on_time_up, g_atomic_rc_box_acquire (self), deadline_unref);
  g_source_set_static_name (self->timer, "[dubroom] deadline");
  g_source_attach (self->timer, context);
  return self;
}

/**
 * dub_deadline_new:
 * @ms: how long from now, in milliseconds
 * @callers: (nullable): the caller's cancellable
 *
 * Starts a deadline by the monotonic clock, on the thread's default main context.
 *
 * Returns: (transfer full): the deadline
 */
DubDeadline *
dub_deadline_new (guint         ms,
                  GCancellable *callers)
{
  return dub_deadline_new_in (g_main_context_get_thread_default (), ms, callers);
}

/**
 * dub_deadline_free:
 * @self: (transfer full): a deadline
 *
 * Ends the deadline. Not to be called from a handler of the caller's cancellable.
 */
void
dub_deadline_free (DubDeadline *self)
{
  g_source_destroy (self->timer);
  g_source_unref (self->timer);
  g_cancellable_disconnect (self->callers, self->handler);
  g_clear_object (&self->callers);
  deadline_unref (self);
}

/**
 * dub_deadline_get_cancellable:
 * @self: a deadline
 *
 * Returns: (transfer none): what to give to the calls that are limited
 */
GCancellable *
dub_deadline_get_cancellable (DubDeadline *self)
{
  return self->own;
}

/**
 * dub_deadline_has_passed:
 * @self: a deadline
 *
 * Returns: whether time was up
 */
gboolean
dub_deadline_has_passed (DubDeadline *self)
{
  return g_atomic_int_get (&self->passed);
}

/**
 * dub_deadline_was_cancelled:
 * @self: a deadline
 *
 * Returns: whether the caller has cancelled
 */
gboolean
dub_deadline_was_cancelled (DubDeadline *self)
{
  return g_cancellable_is_cancelled (self->callers);
}
