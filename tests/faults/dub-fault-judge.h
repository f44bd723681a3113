/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-fault-plan.h"

G_BEGIN_DECLS

/* What is known of a dub from outside the program. */
typedef struct
{
  char *name;
  char *state;       /* the last word of the program; NULL: it never spoke of it */
  gboolean promised; /* it was said to be stored */
  gboolean removed;  /* the person asked for it to be forgotten */
  guint patience;    /* how many more questions it takes until it is finished there */
} DubFaultDub;

typedef struct
{
  const DubFaultPlan *plan;
  DubFakeService *service;
  const char *dir;  /* the program's */
  GHashTable *dubs; /* name → DubFaultDub */
  guint n_retries;  /* the person's */
} DubFaultEvidence;

/* Each adds a sentence to @wrongs for whatever must not be. */

/* A create has come: what it holds must be on the disk as being sent. */
void dub_fault_judge_create (const DubFaultEvidence *evidence,
                             const DubFakeRequest   *request,
                             GPtrArray              *wrongs);
/* The run is over. */
void dub_fault_judge_end    (const DubFaultEvidence *evidence,
                             GPtrArray              *wrongs);

G_END_DECLS
