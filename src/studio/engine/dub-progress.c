/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-progress.h"

/* Finer steps would be lost on a progress bar, and cost the reader a wake-up each. */
#define SMALLEST_STEP 0.005

struct _DubProgress
{
  DubProgressFunc func;
  gpointer user_data;
  const char *stage;
  double from;
  double until;
  double told;
};

/**
 * dub_progress_new:
 * @func: is told each step, on the thread that made it
 * @user_data: for @func
 *
 * Returns: (transfer full): the progress of one job, at 0
 */
DubProgress *
dub_progress_new (DubProgressFunc func, gpointer user_data)
{
  DubProgress *self = g_new0 (DubProgress, 1);

  self->func = func;
  self->user_data = user_data;
  self->told = -1;
  return self;
}

/**
 * dub_progress_free:
 * @self: (transfer full): a progress
 */
void
dub_progress_free (DubProgress *self)
{
  g_free (self);
}

static void
tell (DubProgress *self, double fraction)
{
  self->told = fraction;
  self->func (self->stage, fraction, self->user_data);
}

/**
 * dub_progress_begin:
 * @static_stage: a word without blanks ("transcribe")
 * @until: the part of the whole job (0 to 1) that is done when the stage is
 *
 * Ends the stage before it and begins another one.
 */
void
dub_progress_begin (DubProgress *self, const char *static_stage, double until)
{
  self->from = MAX (self->until, 0);
  self->until = CLAMP (until, self->from, 1);
  self->stage = static_stage;
  tell (self, MAX (self->from, self->told));
}

/**
 * dub_progress_set:
 * @fraction_of_stage: 0 to 1; a value before the last one is taken for that
 */
void
dub_progress_set (DubProgress *self, double fraction_of_stage)
{
  double fraction = self->from + (self->until - self->from) * CLAMP (fraction_of_stage, 0, 1);

  if (fraction >= self->told + SMALLEST_STEP)
    tell (self, fraction);
}
