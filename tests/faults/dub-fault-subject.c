/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fault-subject.h"

#include "dub-fake-service.h"
#include "dub-fault-pace.h"
#include "dub-keyring.h"
#include "dub-service-client.h"
#include "dub-store.h"
#include "dub-test-support.h"
#include "dub-workflow-private.h"

#define PAUSE_MS 20

struct _DubFaultSubject
{
  DubPaths *paths;
  DubStore *store;
  DubKeyring *keyring;
  DubWorkflow *workflow;
  DubAccount *account; /* borrowed */
  char *token;         /* to be given while a reply to an earlier one is awaited */
  gboolean giving;
  void (*changed) (DubTask *task, gpointer user_data);
  void (*account_changed) (DubAccount *account, gpointer user_data);
  gpointer user_data;
};

static void (*construct_client) (GObject *object);

static void
construct_impatient_client (GObject *object)
{
  construct_client (object);
  g_object_set (object, "deadline-ms", DUB_FAULT_DEADLINE_MS, NULL);
}

/* Nothing of the program gives a client another deadline than its own, which is a minute. */
static void
shorten_deadlines (void)
{
  static gsize done;
  GObjectClass *klass;

  if (!g_once_init_enter (&done))
    return;
  klass = g_type_class_ref (DUB_TYPE_SERVICE_CLIENT);
  construct_client = klass->constructed;
  klass->constructed = construct_impatient_client;
  g_once_init_leave (&done, 1);
}

static void
on_state (DubTask    *task,
          GParamSpec *pspec,
          gpointer    user_data)
{
  DubFaultSubject *self = user_data;

  self->changed (task, self->user_data);
}

static void
on_tasks (GListModel *queue,
          guint       position,
          guint       removed,
          guint       added,
          gpointer    user_data)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (queue, i);

      if (g_object_get_data (G_OBJECT (task), "watched") != NULL)
        continue;
      g_object_set_data (G_OBJECT (task), "watched", user_data);
      g_signal_connect (task, "notify::state", G_CALLBACK (on_state), user_data);
      on_state (task, NULL, user_data);
    }
}

static void
on_status (DubAccount *account,
           GParamSpec *pspec,
           gpointer    user_data)
{
  DubFaultSubject *self = user_data;

  self->account_changed (account, self->user_data);
}

static gboolean
on_pause_over (gpointer over)
{
  *(gboolean *) over = TRUE;
  return G_SOURCE_REMOVE;
}

static void
pause_briefly (void)
{
  gboolean over = FALSE;

  g_timeout_add (PAUSE_MS, on_pause_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static DubAccount *
find_account (DubAccounts *accounts,
              gboolean     studio)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (accounts)); i++)
    {
      g_autoptr (DubAccount) account = g_list_model_get_item (G_LIST_MODEL (accounts), i);

      if (dub_account_is_studio (account) == studio)
        return account;
    }
  return NULL;
}

/* A person tries until the service takes the token. */
static DubAccount *
add_account (DubFaultSubject *self,
             const char      *base_url)
{
  DubAccounts *accounts = dub_workflow_get_accounts (self->workflow);
  DubAccount *account;

  while ((account = find_account (accounts, FALSE)) == NULL)
    {
      g_autoptr (GAsyncResult) result = NULL;
      GAsyncResult *slot = NULL;

      dub_accounts_add_service_async (accounts, "Shop", DUB_FAKE_TOKEN, base_url, NULL, dub_test_keep_result, &slot);
      result = dub_test_await (&slot);
      if (dub_accounts_add_service_finish (accounts, result, NULL) == NULL)
        pause_briefly ();
    }
  return account;
}

static void
open_workflow (DubFaultSubject     *self,
               const DubFaultPlace *place)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  self->store = dub_store_new (dub_paths_get_database (self->paths));
  self->workflow = dub_workflow_new (self->paths, self->store, self->keyring,
                                     place->studio != NULL ? place->studio : "/nonexistent/dubroom-studio");
  dub_workflow_set_pace (self->workflow, place->interval_ms, DUB_FAULT_HASTE);
  g_signal_connect (dub_workflow_get_queue (self->workflow), "items-changed", G_CALLBACK (on_tasks), self);
  dub_workflow_open_async (self->workflow, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  if (!dub_workflow_open_finish (self->workflow, result, &error))
    g_error ("it does not open: %s", error->message);
}

DubFaultSubject *
dub_fault_subject_open (const DubFaultPlace *place,
                        void               (*changed) (DubTask *task, gpointer user_data),
                        void               (*account) (DubAccount *account, gpointer user_data),
                        gpointer             user_data)
{
  DubFaultSubject *self = g_new0 (DubFaultSubject, 1);

  shorten_deadlines ();
  self->changed = changed;
  self->account_changed = account;
  self->user_data = user_data;
  self->paths = dub_paths_new (place->dir, place->dir, place->dir);
  self->keyring = dub_keyring_new ();
  open_workflow (self, place);
  self->account = place->studio != NULL ? find_account (dub_workflow_get_accounts (self->workflow), TRUE)
                                        : add_account (self, place->base_url);
  g_signal_connect (self->account, "notify::status", G_CALLBACK (on_status), self);
  if (dub_account_is_resting (self->account))
    on_status (self->account, NULL, self);
  return self;
}

static gboolean
has_replied (gpointer user_data)
{
  return !((DubFaultSubject *) user_data)->giving;
}

static void
release_tasks (DubFaultSubject *self)
{
  GListModel *queue = G_LIST_MODEL (dub_workflow_get_queue (self->workflow));

  g_signal_handlers_disconnect_by_data (queue, self);
  g_signal_handlers_disconnect_by_data (self->account, self);
  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (queue, i);

      g_signal_handlers_disconnect_by_data (task, self);
    }
}

void
dub_fault_subject_close (DubFaultSubject *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_test_wait_for (has_replied, self, "an answer to a token");
  dub_workflow_close_async (self->workflow, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  dub_workflow_close_finish (self->workflow, result);
  g_clear_object (&result);
  dub_store_close (self->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  release_tasks (self);
  g_clear_object (&self->workflow);
  g_clear_object (&self->store);
  g_clear_object (&self->keyring);
  g_clear_object (&self->paths);
  g_free (self->token);
  g_free (self);
}

DubQueue *
dub_fault_subject_get_queue (DubFaultSubject *self)
{
  return dub_workflow_get_queue (self->workflow);
}

static gboolean
is_checked (gpointer draft)
{
  return !dub_draft_get_checking (draft);
}

static DubDraft *
make_draft (DubFaultSubject *self,
            const char      *addresses,
            GPtrArray       *languages)
{
  g_autoptr (DubDraft) draft = dub_workflow_create_draft_for (self->workflow, self->account);
  g_autoptr (GPtrArray) refused = dub_draft_add_addresses (draft, addresses);

  g_assert_cmpuint (refused->len, ==, 0);
  for (guint i = 0; i < languages->len; i++)
    dub_draft_set_language (draft, languages->pdata[i], TRUE);
  dub_test_wait_for (is_checked, draft, "the videos to be checked");
  if (dub_draft_get_n_accepted (draft) < g_list_model_get_n_items (dub_draft_get_videos (draft)))
    return NULL;
  dub_draft_set_agreed (draft, TRUE);
  return g_steal_pointer (&draft);
}

static gboolean
generate (DubDraft *draft)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  GAsyncResult *slot = NULL;

  dub_draft_generate_async (draft, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  tasks = dub_draft_generate_finish (draft, result, NULL);
  return tasks != NULL;
}

void
dub_fault_subject_wish (DubFaultSubject *self,
                        const char      *addresses,
                        const char      *languages,
                        void           (*say) (const char *line))
{
  GListModel *queue = G_LIST_MODEL (dub_workflow_get_queue (self->workflow));
  g_autoptr (GPtrArray) wanted = dub_language_parse_list (languages, NULL);

  while (g_list_model_get_n_items (queue) == 0)
    {
      g_autoptr (DubDraft) draft = make_draft (self, addresses, wanted);

      if (draft == NULL || !generate (draft))
        pause_briefly ();
    }
  for (guint i = 0; i < g_list_model_get_n_items (queue); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (queue, i);
      g_autofree char *line = g_strdup_printf ("promised %s", dub_task_get_name (task));

      say (line);
    }
}

static void replace_token (DubFaultSubject *self);

static void
on_replaced (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  DubFaultSubject *self = user_data;

  self->giving = FALSE;
  if (dub_accounts_replace_token_finish (DUB_ACCOUNTS (source), result, NULL))
    return;
  /* The service is not there, or has another fault: whoever has pasted it pastes it again. */
  if (dub_account_is_resting (self->account))
    on_status (self->account, NULL, self);
}

static void
replace_token (DubFaultSubject *self)
{
  self->giving = TRUE;
  dub_accounts_replace_token_async (dub_workflow_get_accounts (self->workflow), self->account, self->token, NULL,
                                    on_replaced, self);
}

void
dub_fault_subject_give_token (DubFaultSubject *self,
                              const char      *token)
{
  g_set_str (&self->token, token);
  if (!self->giving)
    replace_token (self);
}

void
dub_fault_subject_try_again (DubFaultSubject *self)
{
  dub_accounts_try_again (dub_workflow_get_accounts (self->workflow), self->account);
}
