/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-fault-run.h"

G_BEGIN_DECLS

/* Many runs, some of them at a time: most of a run's time is spent waiting. */
typedef struct
{
  guint n_runs;
  guint n_failed;
  guint n_kills;
  guint n_untidy; /* crashed at the end */
  guint64 peak; /* KiB: of the largest program */
} DubFaultTally;

/* @next: (transfer full): the plan of a further run; NULL: none now. @ended: (nullable): after each run. */
void dub_fault_crowd (const char     *program,
                      guint           n_at_a_time,
                      DubFaultPlan *(*next) (gpointer user_data),
                      void          (*ended) (DubFaultRun *run, gpointer user_data),
                      gpointer        user_data,
                      gboolean        verbose,
                      DubFaultTally  *tally);

G_END_DECLS
