/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-draft-private.h"

#include <glib/gi18n-lib.h>

#include "dub-notices.h"
#include "dub-workflow-error.h"

/* First the consents, then the videos, then the tasks: each on the disk before the next. */
typedef struct
{
  GPtrArray *videos;  /* DubDraftVideo */
  GPtrArray *records; /* DubTaskRecord */
  GPtrArray *scripts; /* DubScript or NULL, one for each record */
  GArray *languages;  /* const DubLanguage * */
  char *batch;
  guint position;
} Generation;

static void
unref_script (gpointer script)
{
  if (script != NULL)
    g_object_unref (script);
}

static void
generation_free (gpointer data)
{
  Generation *generation = data;

  g_clear_pointer (&generation->videos, g_ptr_array_unref);
  g_clear_pointer (&generation->records, g_ptr_array_unref);
  g_clear_pointer (&generation->scripts, g_ptr_array_unref);
  g_clear_pointer (&generation->languages, g_array_unref);
  g_free (generation->batch);
  g_free (generation);
}

static void
finish (GTask     *task,
        GPtrArray *tasks,
        GError    *error)
{
  DubDraft *self = g_task_get_source_object (task);

  self->generating = FALSE;
  if (tasks != NULL)
    g_task_return_pointer (task, tasks, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
  dub_draft_update (self);
}

static void
on_tasks_added (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GPtrArray *tasks = dub_queue_add_finish (DUB_QUEUE (source), result, &error);

  finish (task, tasks, error);
}

static void
add_records (GTask  *task,
             gint64  video)
{
  DubDraft *self = g_task_get_source_object (task);
  Generation *generation = g_task_get_task_data (task);
  DubDraftVideo *source = generation->videos->pdata[generation->position];

  for (guint i = 0; i < generation->languages->len; i++)
    {
      const DubLanguage *language = g_array_index (generation->languages, const DubLanguage *, i);
      DubScript *script = dub_draft_video_get_script (source, language);
      DubTaskRecord *record;

      if (dub_draft_get_script_need (self, source, language) != DUB_SCRIPT_NEED_NONE)
        continue;
      record = dub_task_record_new ();
      record->account_id = g_strdup (dub_account_get_id (self->account));
      record->video = video;
      record->language = g_strdup (dub_language_get_code (language));
      record->round = 1;
      record->name = dub_draft_dup_name (self, source, language);
      record->subtitles = self->subtitles;
      record->lipsync = self->lipsync;
      record->state = DUB_TASK_WAITING;
      record->batch = g_strdup (generation->batch);
      g_ptr_array_add (generation->records, record);
      g_ptr_array_add (generation->scripts, script != NULL ? g_object_ref (script) : NULL);
    }
}

static void put_next_video (GTask *task);

static void
on_video_put (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Generation *generation = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 video = dub_store_put_video_finish (DUB_STORE (source), result, &error);

  if (video == 0)
    {
      finish (task, NULL, error);
      return;
    }
  add_records (task, video);
  generation->position++;
  put_next_video (g_steal_pointer (&task));
}

static void
put_next_video (GTask *task)
{
  DubDraft *self = g_task_get_source_object (task);
  Generation *generation = g_task_get_task_data (task);
  g_autoptr (DubVideoRecord) record = NULL;

  if (generation->position == generation->videos->len)
    {
      dub_queue_add_async (self->queue, generation->records, generation->scripts, g_task_get_cancellable (task),
                           on_tasks_added, task);
      return;
    }
  record = dub_draft_video_make_record (generation->videos->pdata[generation->position]);
  dub_store_put_video_async (self->store, record, g_task_get_cancellable (task), on_video_put, task);
}

static void
on_consents_put (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Generation *generation = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dub_store_put_consents_finish (DUB_STORE (source), result, &error))
    {
      finish (task, NULL, error);
      return;
    }
  for (guint i = 0; i < generation->videos->len; i++)
    dub_draft_video_set_agreed (generation->videos->pdata[i], TRUE);
  put_next_video (g_steal_pointer (&task));
}

static void
put_consents (GTask *task)
{
  DubDraft *self = g_task_get_source_object (task);
  Generation *generation = g_task_get_task_data (task);
  g_autoptr (GPtrArray) identities = g_ptr_array_new ();

  for (guint i = 0; i < generation->videos->len; i++)
    if (!dub_draft_video_get_agreed (generation->videos->pdata[i]))
      g_ptr_array_add (identities, (char *) dub_draft_video_get_identity (generation->videos->pdata[i]));
  if (identities->len == 0)
    {
      put_next_video (task);
      return;
    }
  g_ptr_array_add (identities, NULL);
  dub_store_put_consents_async (self->store, (const char *const *) identities->pdata,
                                dub_notice_get_version (DUB_NOTICE_CONSENT), g_task_get_cancellable (task), on_consents_put,
                                task);
}

static const char *
say_nothing (DubDraft *self)
{
  if (self->n_accepted == 0)
    return _("There is no video that can be dubbed. Add one.");
  if (self->n_languages == 0)
    return _("No language is chosen. Choose at least one.");
  return _("Nothing can be translated. Give a script of your own (SRT, VTT or CSV), or choose another language.");
}

static gboolean
check (DubDraft  *self,
       GError   **error)
{
  if (self->checking || self->generating)
    {
      g_set_error_literal (error, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW,
                           _("The videos are still being checked. Generate when that is done."));
      return FALSE;
    }
  if (self->n_dubs == 0 || self->account == NULL)
    {
      g_set_error_literal (error, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOTHING, say_nothing (self));
      return FALSE;
    }
  if (self->name_problem != NULL)
    {
      g_propagate_error (error, g_error_copy (self->name_problem));
      return FALSE;
    }
  if (self->needs_agreement && !self->agreed)
    {
      g_set_error_literal (error, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NO_CONSENT,
                           _("Nothing was sent: read the terms and agree to them for these videos first."));
      return FALSE;
    }
  return TRUE;
}

/* The videos of which something is made: no others need a consent. */
static GPtrArray *
list_made (DubDraft *self)
{
  GPtrArray *videos = dub_draft_list_accepted (self);

  for (guint i = videos->len; i > 0; i--)
    {
      gboolean made = FALSE;

      for (guint j = 0; j < DUB_N_LANGUAGES && !made; j++)
        made = self->wanted[j] && dub_draft_get_script_need (self, videos->pdata[i - 1], dub_language_get_all ()[j]) == DUB_SCRIPT_NEED_NONE;
      if (!made)
        g_ptr_array_remove_index (videos, i - 1);
    }
  return videos;
}

/**
 * dub_draft_generate_async:
 *
 * Stores the consents, then the videos, then the tasks; the queue takes it from there. Dubs that lack a script that they need
 * are left out. It can be cancelled until the tasks are being stored. Errors: #DubWorkflowError, with nothing stored;
 * #DubStoreError.
 */
void
dub_draft_generate_async (DubDraft            *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  const DubLanguage *const *languages = dub_language_get_all ();
  g_autoptr (GTask) task = NULL;
  Generation *generation;
  GError *error = NULL;

  g_return_if_fail (DUB_IS_DRAFT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_draft_generate_async);
  /* Once the tasks are stored they are sent, and said to be a failure they would be made twice. */
  g_task_set_check_cancellable (task, FALSE);
  if (!check (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  generation = g_new0 (Generation, 1);
  generation->videos = list_made (self);
  generation->records = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
  generation->scripts = g_ptr_array_new_with_free_func (unref_script);
  generation->languages = g_array_new (FALSE, FALSE, sizeof (DubLanguage *));
  generation->batch = g_uuid_string_random ();
  g_task_set_task_data (task, generation, generation_free);
  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    if (self->wanted[i])
      g_array_append_val (generation->languages, languages[i]);

  self->generating = TRUE;
  dub_draft_update (self);
  put_consents (g_steal_pointer (&task));
}

/**
 * dub_draft_generate_finish:
 *
 * Returns: (transfer full) (element-type DubTask) (nullable): the new tasks; those that are stored and cannot be read just
 *   now are shown by the queue later. %NULL: none was stored
 */
GPtrArray *
dub_draft_generate_finish (DubDraft      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
