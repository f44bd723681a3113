/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-store.h"

G_BEGIN_DECLS

struct _DubStore
{
  GObject parent_instance;

  /* owned */
  DubDatabase *database;
};

/* dub-store-run.c: a call of the store is a job of its database; @tag is the calling function. */
void            dub_store_run              (DubStore             *self,
                                            gpointer              tag,
                                            DubDatabaseJob        job,
                                            gpointer              job_data,
                                            GDestroyNotify        job_data_free,
                                            GDestroyNotify        result_free,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data);
gpointer        dub_store_finish_pointer   (DubStore             *self,
                                            GAsyncResult         *result,
                                            gpointer              tag,
                                            GError              **error);
gboolean        dub_store_finish_boolean   (DubStore             *self,
                                            GAsyncResult         *result,
                                            gpointer              tag,
                                            GError              **error);

/* dub-store-rows.c: what jobs share, on the database's thread. */
gint64          dub_store_now              (void);
gboolean        dub_store_find             (DubStatement         *statement,
                                            gboolean             *found,
                                            GError              **error);
char           *dub_store_dup_text         (DubStatement         *statement,
                                            int                   column);
gboolean        dub_store_get_state        (DubStatement         *statement,
                                            int                   column,
                                            DubTaskState         *state,
                                            GError              **error);
typedef gpointer (*DubStoreReadRow)        (DubStatement         *statement,
                                            GError              **error);
GPtrArray      *dub_store_read_all         (DubStatement         *statement,
                                            DubStoreReadRow       read_row,
                                            GDestroyNotify        row_free,
                                            GError              **error);
gboolean        dub_store_write_transition (DubConnection        *connection,
                                            const DubTaskRecord  *task,
                                            DubTaskState          from,
                                            gint64                moment,
                                            GError              **error);

/* dub-store-tasks.c: one new task, with whatever must be there for it. */
gboolean        dub_store_insert_task      (DubConnection        *connection,
                                            DubTaskRecord        *task,
                                            DubScript            *script,
                                            gint64                now,
                                            GError              **error);
/* (transfer full); NULL without an error: there is none. */
DubTaskRecord  *dub_store_find_task        (DubConnection        *connection,
                                            gint64                id,
                                            GError              **error);

/* dub-store-transitions.c: one step of one task; its times are put right. */
gboolean        dub_store_make_transition  (DubConnection        *connection,
                                            DubTaskRecord        *task,
                                            DubTaskState          from,
                                            gint64                now,
                                            GError              **error);
gboolean        dub_store_refuse_step      (DubStoreError         code,
                                            const DubTaskRecord  *task,
                                            GError              **error);

/* dub-store-lease.c: DUB_STORE_ERROR_LEASE where the lease has gone on to another holder since. */
gboolean        dub_store_check_turn       (DubConnection        *connection,
                                            gint64                turn,
                                            GError              **error);

/* dub-store-scripts.c */
DubScript      *dub_store_copy_script      (DubScript            *script);
/* *@script (transfer full): NULL where there is none. */
gboolean        dub_store_read_script      (DubConnection        *connection,
                                            gint64                task,
                                            DubScriptRole         role,
                                            DubScript           **script,
                                            GError              **error);
gboolean        dub_store_write_script     (DubConnection        *connection,
                                            gint64                task,
                                            DubScriptRole         role,
                                            DubScript            *script,
                                            GError              **error);

G_END_DECLS
