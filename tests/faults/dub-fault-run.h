/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-fault-plan.h"

G_BEGIN_DECLS

/* What runs share: the program that is put to the test, and two servers that must never see a token. */
typedef struct
{
  char *program;
  DubFakeService *host;      /* of the videos */
  DubFakeService *elsewhere; /* where redirects lead */
} DubFaultWorld;

DubFaultWorld *dub_fault_world_new  (const char    *program);
void           dub_fault_world_free (DubFaultWorld *self);

/* One run: a service, a directory, and one life of the program after the other until nothing is left to be done. */
typedef struct _DubFaultRun DubFaultRun;

/* Takes @plan. @ended is called once, from the main loop. */
DubFaultRun *dub_fault_run_start      (DubFaultWorld  *world,
                                       DubFaultPlan   *plan,
                                       void          (*ended) (DubFaultRun *run, gpointer user_data),
                                       gpointer        user_data);
void         dub_fault_run_free       (DubFaultRun    *self);
/* (element-type utf8): what was wrong; empty where nothing was */
GPtrArray   *dub_fault_run_get_wrongs (DubFaultRun    *self);
const DubFaultPlan *dub_fault_run_get_plan (DubFaultRun *self);
/* How often the program was killed. */
guint        dub_fault_run_get_n_kills (DubFaultRun   *self);
/* Whether it crashed while it was closing its workflow. */
gboolean     dub_fault_run_is_untidy  (DubFaultRun    *self);
/* KiB that the program held at most. */
guint64      dub_fault_run_get_peak   (DubFaultRun    *self);
/* What happened, a line each. */
const char  *dub_fault_run_get_log    (DubFaultRun    *self);

G_END_DECLS
