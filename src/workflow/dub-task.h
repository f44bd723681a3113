/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>
#include "dub-language.h"
#include "dub-task-state.h"

G_BEGIN_DECLS

#define DUB_TYPE_TASK (dub_task_get_type ())
G_DECLARE_FINAL_TYPE (DubTask, dub_task, DUB, TASK, GObject)

/*
 * One video, one language, one round, as the queue knows it. Every getter is a read-only property of that name, notified on
 * the main context. Times are Unix seconds, UTC, 0 where unknown.
 */
gint64             dub_task_get_id              (DubTask *self);
const char        *dub_task_get_account_id      (DubTask *self);
gint64             dub_task_get_video           (DubTask *self); /* the same for all tasks of one video */
const char        *dub_task_get_video_title     (DubTask *self);
const char        *dub_task_get_video_uri       (DubTask *self);
gint64             dub_task_get_video_duration  (DubTask *self); /* ms */
const char        *dub_task_get_language_code   (DubTask *self);
const DubLanguage *dub_task_get_language        (DubTask *self); /* not a property */
int                dub_task_get_round           (DubTask *self);
const char        *dub_task_get_name            (DubTask *self);
const char        *dub_task_get_batch           (DubTask *self);
gint64             dub_task_get_place           (DubTask *self); /* not a property */
DubTaskState       dub_task_get_state           (DubTask *self);
gint64             dub_task_get_created         (DubTask *self);
gint64             dub_task_get_changed         (DubTask *self);
gint64             dub_task_get_submitted       (DubTask *self);
gint64             dub_task_get_finished        (DubTask *self);
gint64             dub_task_get_expected_from   (DubTask *self); /* the forecast; 0 when none */
gint64             dub_task_get_expected_to     (DubTask *self);
const char        *dub_task_get_message         (DubTask *self); /* the service's words, or ours */
gboolean           dub_task_is_service_message  (DubTask *self); /* property "service-message": whose words they are */
gint64             dub_task_get_return_code     (DubTask *self);
const char        *dub_task_get_request_id      (DubTask *self);
const char        *dub_task_get_preview_uri     (DubTask *self);
const char        *dub_task_get_remote_video    (DubTask *self);
gint64             dub_task_get_next_look       (DubTask *self); /* of an unconfirmed one: when it is looked for next; 0: not known */
/* What the built-in studio does with it: how much is done (0 to 1; -1: not told), which never gets less, and a few words for a
 * person on what is being done now (NULL: not told). */
double             dub_task_get_progress        (DubTask *self);
const char        *dub_task_get_progress_words  (DubTask *self);
/* What may be done now: properties can-cancel, can-recall, can-retry, can-remove, can-review, can-stop-following, can-follow-again. */
gboolean           dub_task_can_cancel          (DubTask *self);
gboolean           dub_task_can_recall          (DubTask *self); /* the built-in studio has it, and can give it up */
gboolean           dub_task_can_retry           (DubTask *self);
gboolean           dub_task_can_remove          (DubTask *self);
gboolean           dub_task_can_review          (DubTask *self);
gboolean           dub_task_can_stop_following  (DubTask *self);
gboolean           dub_task_can_follow_again    (DubTask *self);

G_END_DECLS
