/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-deadline.h"

struct _DubDeadline
{
  GCancellable *own;
  GCancellable *callers;
  gulong handler;
  GSource *timer;
  gboolean passed;
};

static gboolean
on_time_up (gpointer user_data)
{
  DubDeadline *self = user_data;

  self->passed = TRUE;
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
  DubDeadline *self = g_new0 (DubDeadline, 1);

  self->own = g_cancellable_new ();
  self->timer = g_timeout_source_new (ms);
  g_source_set_callback (self->timer, on_time_up, self, NULL);
  g_source_set_static_name (self->timer, "[dubroom] deadline");
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  if (callers != NULL)
    {
      self->callers = g_object_ref (callers);
      self->handler =
        g_cancellable_connect (callers, G_CALLBACK (on_cancelled), g_object_ref (self->own), g_object_unref);
    }
  return self;
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
  g_clear_object (&self->own);
  g_free (self);
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
  return self->passed;
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
