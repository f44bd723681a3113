/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-queue-private.h"

G_BEGIN_DECLS

/* Up to five dubs on their way to the service together: published, then sent in one request. */
typedef struct
{
  DubLane *lane;
  GPtrArray *tasks;   /* DubTask; those that fall out are removed */
  GHashTable *urls;   /* id → address that the service can reach */
  GHashTable *scripts; /* id → DubScript */
  GPtrArray *failed;  /* DubTaskRecord */
  guint pending;
  guint ref_count;
} DubBatch;

/* dub-queue-submit.c */
DubBatch  *dub_batch_ref         (DubBatch     *batch);
void       dub_batch_unref       (DubBatch     *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubBatch, dub_batch_unref)
/* Lets go of its dubs; the lane goes on. */
void       dub_batch_end         (DubBatch     *batch);
GPtrArray *dub_batch_records_new (void);

/* dub-queue-outcome.c */
/* All go the same way; then it ends. */
void       dub_batch_settle_all  (DubBatch     *batch,
                                  DubTaskState  state,
                                  const GError *error);
/* The answer to the create; @user_data: a reference to the batch. */
void       dub_batch_on_created  (GObject      *source,
                                  GAsyncResult *result,
                                  gpointer      user_data);

G_END_DECLS
