/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-database.h"
#include "dub-records.h"

G_BEGIN_DECLS

#define DUB_TYPE_STORE (dub_store_get_type ())
G_DECLARE_FINAL_TYPE (DubStore, dub_store, DUB, STORE, GObject)

/* What must survive: accounts, videos, consents, tasks with every transition, scripts, settings. Each call is one
 * transaction; when its callback comes, it is on the disk. Calls are carried out in order. */
DubStore  *dub_store_new                     (const char *path);
void       dub_store_open_async              (DubStore           *self,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
gboolean   dub_store_open_finish             (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error);
void       dub_store_close                   (DubStore *self);

/* signal "changed-elsewhere" (no arguments): another process committed. */
void       dub_store_watch                   (DubStore *self);

/* Accounts. "studio" is there from the first start. */
void       dub_store_list_accounts_async     (DubStore           *self,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
GPtrArray *dub_store_list_accounts_finish    (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error); /* DubAccountRecord */
void       dub_store_put_account_async       (DubStore               *self,
                                              const DubAccountRecord *account,
                                              GCancellable           *cancellable,
                                              GAsyncReadyCallback     callback,
                                              gpointer                user_data);
gboolean   dub_store_put_account_finish      (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error);

/* Refused (CONFLICT) while the account has tasks under way; its finished tasks stay. */
void       dub_store_remove_account_async    (DubStore           *self,
                                              const char         *account_id,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
gboolean   dub_store_remove_account_finish   (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error);

/* Videos: found again by uri + identity, else added; returns the row id (> 0), 0 on error. */
void       dub_store_put_video_async         (DubStore             *self,
                                              const DubVideoRecord *video,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gint64     dub_store_put_video_finish        (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error);
void       dub_store_list_videos_async       (DubStore           *self,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
GPtrArray *dub_store_list_videos_finish      (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error); /* DubVideoRecord */

/* Consents: for these identities, to this version of the notice, agreed now. */
void       dub_store_put_consents_async      (DubStore           *self,
                                              const char *const  *identities,
                                              const char         *notice_version,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
gboolean   dub_store_put_consents_finish     (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error);

/* Returns TRUE with *agreed = Unix ms, or 0 where there is none. */
void       dub_store_get_consent_async       (DubStore           *self,
                                              const char         *identity,
                                              const char         *notice_version,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
gboolean   dub_store_get_consent_finish      (DubStore     *self,
                                              GAsyncResult *result,
                                              gint64       *agreed,
                                              GError      **error);

/* Tasks. @tasks: DubTaskRecord in state waiting; @scripts: DubScript or NULL, of the same length. All or none are
 * added; NO_CONSENT when a video lacks the consent to dub_notice_get_version (DUB_NOTICE_CONSENT): the store is
 * the last gate. Names are made unique within the account here. Returns the stored records. */
void       dub_store_add_tasks_async         (DubStore           *self,
                                              GPtrArray          *tasks,
                                              GPtrArray          *scripts,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
GPtrArray *dub_store_add_tasks_finish        (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error); /* DubTaskRecord */
/* Names that dubs of the account have elsewhere: no new task gets one of them. */
void       dub_store_spend_names_async       (DubStore           *self,
                                              const char         *account_id,
                                              const char *const  *names,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
gboolean   dub_store_spend_names_finish      (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error);
void       dub_store_list_tasks_async        (DubStore           *self,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
GPtrArray *dub_store_list_tasks_finish       (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error); /* DubTaskRecord, oldest first */

/* A new task like each that is in state @from[i] (ended without a dub, or unconfirmed: that one is then dropped), in one
 * transaction. Those that are not are passed over. */
void       dub_store_repeat_tasks_async      (DubStore           *self,
                                              const gint64       *ids,
                                              const DubTaskState *from,
                                              guint               n_ids,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
GPtrArray *dub_store_repeat_tasks_finish     (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error); /* DubTaskRecord */

/* The places of those that wait, in the line in which they are sent. */
void       dub_store_place_tasks_async       (DubStore           *self,
                                              const gint64       *ids,
                                              const gint64       *places,
                                              guint               n_ids,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
gboolean   dub_store_place_tasks_finish      (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error);

/* One transition each, all in one transaction: the record's state and values are written where the stored state
 * is @from[i] (else CONFLICT, nothing is written), and a transition row is added for each. Submitted and processing
 * tasks may also stay where they are, to have their values put right. @turn: of the lease under which that is done; where it
 * is another's meanwhile, LEASE; 0: it needs none. */
void       dub_store_transition_async        (DubStore           *self,
                                              GPtrArray          *tasks,
                                              const DubTaskState *from,
                                              gint64              turn,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
gboolean   dub_store_transition_finish       (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error);
void       dub_store_list_transitions_async  (DubStore           *self,
                                              gint64              task,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
GPtrArray *dub_store_list_transitions_finish (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error); /* DubTransitionRecord */

/* Forgets finished tasks, all or none (CONFLICT where one is under way): for "Remove from list". */
void       dub_store_remove_tasks_async      (DubStore           *self,
                                              const gint64       *ids,
                                              guint               n_ids,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
gboolean   dub_store_remove_tasks_finish     (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error);

/* Which process works the queue: the one that holds the lease until its time is over (monotonic ms of this start of the
 * machine). Taken where it is free, its time is over, its holder is @gone (0: nobody), or it is the caller's. */
void       dub_store_take_lease_async        (DubStore           *self,
                                              gint64              holder,
                                              gint64              gone,
                                              const char         *boot,
                                              gint64              now,
                                              gint64              until,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
DubLeaseRecord *dub_store_take_lease_finish  (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error);
void       dub_store_give_lease_back_async   (DubStore           *self,
                                              gint64              holder,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
gboolean   dub_store_give_lease_back_finish  (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error);

/* Small values that belong to the data, not to the window ("current-account"). */
void       dub_store_put_setting_async       (DubStore           *self,
                                              const char         *key,
                                              const char         *value,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
gboolean   dub_store_put_setting_finish      (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error);
void       dub_store_get_setting_async       (DubStore           *self,
                                              const char         *key,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
char      *dub_store_get_setting_finish      (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error); /* NULL without error: unset */

/* Scripts of a task. */
void       dub_store_put_script_async        (DubStore           *self,
                                              gint64              task,
                                              DubScriptRole       role,
                                              DubScript          *script,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
gboolean   dub_store_put_script_finish       (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error);
void       dub_store_get_script_async        (DubStore           *self,
                                              gint64              task,
                                              DubScriptRole       role,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);
DubScript *dub_store_get_script_finish       (DubStore     *self,
                                              GAsyncResult *result,
                                              GError      **error); /* NULL without error: none */

/* Of finished tasks (DubTranscriptRecord), where nothing is stored yet. The original of one with a script of the person's own
 * comes from another task of the same bytes. */
void       dub_store_put_transcripts_async     (DubStore           *self,
                                                GPtrArray          *transcripts,
                                                GCancellable       *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer            user_data);
gboolean   dub_store_put_transcripts_finish    (DubStore     *self,
                                                GAsyncResult *result,
                                                GError      **error);
/* The row ids (gint64) of tasks that succeeded and whose translated script is not stored. */
void       dub_store_list_untranscribed_async  (DubStore           *self,
                                                const char         *account_id,
                                                GCancellable       *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer            user_data);
GArray    *dub_store_list_untranscribed_finish (DubStore     *self,
                                                GAsyncResult *result,
                                                GError      **error);
/* What is said in the video of a task, from whichever task it is known. */
void       dub_store_find_original_async       (DubStore           *self,
                                                gint64              task,
                                                GCancellable       *cancellable,
                                                GAsyncReadyCallback callback,
                                                gpointer            user_data);
DubScript *dub_store_find_original_finish      (DubStore     *self,
                                                GAsyncResult *result,
                                                GError      **error); /* NULL without error: unknown */

G_END_DECLS
