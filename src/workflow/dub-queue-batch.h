/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue-lane.h"

G_BEGIN_DECLS

/* Up to five dubs on their way to the service together: published, then sent in one request. */
typedef struct _DubBatch DubBatch;
struct _DubBatch
{
  DubLane *lane;
  GPtrArray *tasks;    /* DubTask; those that fall out are removed */
  GHashTable *urls;    /* id → address that the service can reach */
  GHashTable *scripts; /* id → DubScript */
  GPtrArray *failed;   /* DubTaskRecord of those that go no further for now, or at all */
  GError *trouble;     /* of the store, while they were prepared */
  guint pending;
  guint patience;      /* timer: the first one is ready, and waits for the others */
  gboolean closed;     /* who is not ready by now comes too late */
  guint ref_count;
  void (*prepared) (DubBatch *batch);
};

DubBatch *dub_batch_new      (DubLane  *lane);
DubBatch *dub_batch_ref      (DubBatch *batch);
void      dub_batch_unref    (DubBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubBatch, dub_batch_unref)
/* One of its dubs goes no further. */
void      dub_batch_fall_out (DubBatch *batch,
                              DubTask  *task);
/* Lets go of its dubs; the lane goes on. */
void      dub_batch_end      (DubBatch *batch);
/* What holds it up passes, or waits for the person. Takes @error. */
void      dub_batch_stop     (DubBatch *batch,
                              GError   *error);

G_END_DECLS
