/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

#include <sqlite3.h>
#include <string.h>

/* Five seconds become ten milliseconds. */
#define HASTE 500

/* libsecret opens its file once for a process. */
static char *keys_dir;

void
dub_workflow_fixture_init (void)
{
  g_autofree char *keys = NULL;

  if (g_getenv ("SECRET_FILE_TEST_PATH") != NULL)
    return;
  keys_dir = dub_test_make_dir ();
  keys = g_build_filename (keys_dir, "keys", NULL);
  g_setenv ("SECRET_FILE_TEST_PATH", keys, TRUE);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
}

int
dub_workflow_fixture_run (void)
{
  int status = g_test_run ();

  if (keys_dir != NULL)
    dub_test_remove_dir (g_steal_pointer (&keys_dir));
  return status;
}

void
dub_workflow_fixture_open (DubWorkflowFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  self->store = dub_store_new (dub_paths_get_database (self->paths));
  self->workflow = dub_workflow_new (self->paths, self->store, self->keyring,
                                     self->studio != NULL ? self->studio : "/nonexistent/dubroom-studio");
  dub_workflow_set_log (self->workflow, self->log);
  dub_workflow_set_pace (self->workflow, 0, HASTE);
  if (self->network != NULL)
    dub_workflow_set_network (self->workflow, self->network);
  dub_workflow_open_async (self->workflow, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  dub_workflow_open_finish (self->workflow, result, &error);
  g_assert_no_error (error);
}

static void
add_account (DubWorkflowFixture *self)
{
  DubAccounts *accounts = dub_workflow_get_accounts (self->workflow);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_accounts_add_service_async (accounts, "Shop", DUB_FAKE_TOKEN, self->base_url, NULL,
                                  dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  self->account = dub_accounts_add_service_finish (accounts, result, &error);
  g_assert_no_error (error);
  g_assert_true (self->account == dub_accounts_get_current (accounts));
}

void
dub_workflow_fixture_prepare (DubWorkflowFixture *self)
{
  self->dir = dub_test_make_dir ();
  self->service = dub_fake_service_new ();
  self->base_url = g_strdup (dub_fake_service_get_base_url (self->service));
  self->paths = dub_paths_new (self->dir, self->dir, self->dir);
  self->keyring = dub_keyring_new ();
}

void
dub_workflow_fixture_write_studio (DubWorkflowFixture *self,
                                   const char         *line)
{
  g_autoptr (GUri) uri = g_uri_parse (self->base_url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *ready = g_strdup_printf ("ready %d %s", g_uri_get_port (uri), DUB_FAKE_TOKEN);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n"
                                           "echo $$ >> \"%s/pids\"\n"
                                           "echo \"$@\" > \"%s/arguments\"\n"
                                           "echo '%s'\n"
                                           "exec cat >/dev/null\n",
                                           self->dir, self->dir, line != NULL ? line : ready);

  dub_fake_service_take_keys (self->service);
  self->studio = g_build_filename (self->dir, "studio.sh", NULL);
  g_assert_true (g_file_set_contents_full (self->studio, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
}

void
dub_workflow_fixture_set_up (DubWorkflowFixture *self,
                             gconstpointer       data)
{
  dub_workflow_fixture_prepare (self);
  dub_workflow_fixture_open (self);
  add_account (self);
}

void
dub_workflow_fixture_open_with_log (DubWorkflowFixture *self,
                                    DubLog             *log)
{
  self->log = log;
  dub_workflow_fixture_open (self);
  add_account (self);
}

void
dub_workflow_fixture_close (DubWorkflowFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_workflow_close_async (self->workflow, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  dub_workflow_close_finish (self->workflow, result);
  g_clear_object (&result);
  dub_store_close (self->store);
  /* What was under way still has to come to its end. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->workflow);
  g_clear_object (&self->store);
  self->account = NULL;
}

void
dub_workflow_fixture_restart (DubWorkflowFixture *self)
{
  if (self->workflow != NULL)
    dub_workflow_fixture_close (self);
  dub_workflow_fixture_open (self);
  self->account = dub_accounts_get_current (dub_workflow_get_accounts (self->workflow));
}

void
dub_workflow_fixture_tear_down (DubWorkflowFixture *self,
                                gconstpointer       data)
{
  if (self->workflow != NULL)
    dub_workflow_fixture_close (self);
  dub_fake_service_assert_no_violations (self->service);
  g_clear_object (&self->keyring);
  g_clear_object (&self->paths);
  g_clear_object (&self->service);
  g_clear_object (&self->host);
  g_free (self->base_url);
  g_free (self->studio);
  dub_test_remove_dir (self->dir);
}

static gboolean
is_checked (gpointer draft)
{
  return !dub_draft_get_checking (draft);
}

void
dub_workflow_fixture_wait_checked (DubDraft *draft)
{
  dub_test_wait_for (is_checked, draft, "the videos to be checked");
}

DubDraft *
dub_workflow_fixture_draft (DubWorkflowFixture *self,
                            guint               n_videos,
                            const char         *languages)
{
  DubDraft *draft = dub_workflow_create_draft (self->workflow);
  g_autoptr (GPtrArray) wanted = dub_language_parse_list (languages, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *base = g_strdup (self->host != NULL ? dub_fake_service_get_base_url (self->host) : self->base_url);
  g_autoptr (GPtrArray) refused = NULL;

  *strstr (base, "/open_api") = '\0';
  for (guint i = 0; i < n_videos; i++)
    g_string_append_printf (text, "%s/preview/Coat%u.mp4\n", base, i + 1);
  refused = dub_draft_add_addresses (draft, text->str);
  g_assert_cmpuint (refused->len, ==, 0);
  for (guint i = 0; i < wanted->len; i++)
    dub_draft_set_language (draft, wanted->pdata[i], TRUE);
  dub_workflow_fixture_wait_checked (draft);
  g_assert_cmpuint (dub_draft_get_n_accepted (draft), ==, n_videos);
  return draft;
}

GPtrArray *
dub_workflow_fixture_finish (DubDraft  *draft,
                             GError   **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_draft_generate_async (draft, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_draft_generate_finish (draft, result, error);
}

GPtrArray *
dub_workflow_fixture_generate (DubWorkflowFixture *self,
                               guint               n_videos,
                               const char         *languages)
{
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (self, n_videos, languages);
  g_autoptr (GError) error = NULL;
  GPtrArray *tasks;

  dub_draft_set_agreed (draft, TRUE);
  g_assert_true (dub_draft_get_can_generate (draft));
  tasks = dub_workflow_fixture_finish (draft, &error);
  g_assert_no_error (error);
  return tasks;
}

typedef struct
{
  DubTask *task;
  DubTaskState state;
} Expectation;

static gboolean
is_in_state (gpointer data)
{
  Expectation *expectation = data;
  DubTaskState state = dub_task_get_state (expectation->task);

  if (state == expectation->state)
    return TRUE;
  if (dub_task_state_is_final (state))
    g_error ("“%s” became %s: %s", dub_task_get_name (expectation->task), dub_task_state_to_string (state),
             dub_task_get_message (expectation->task));
  return FALSE;
}

void
dub_workflow_fixture_wait_state (DubTask      *task,
                                 DubTaskState  state)
{
  Expectation expectation = { task, state };
  g_autofree char *what = g_strdup_printf ("“%s” to be %s", dub_task_get_name (task), dub_task_state_to_string (state));

  dub_test_wait_for (is_in_state, &expectation, what);
}

guint
dub_workflow_fixture_api_requests (DubWorkflowFixture *self)
{
  GPtrArray *requests = dub_fake_service_get_requests (self->service);
  guint n = 0;

  for (guint i = 0; i < requests->len; i++)
    {
      const DubFakeRequest *request = requests->pdata[i];

      n += request->endpoint != DUB_FAKE_PREVIEW ? 1 : 0;
    }
  return n;
}

static gboolean
is_resting (gpointer account)
{
  return dub_account_get_status (account) == DUB_ACCOUNT_STATUS_NEEDS_TOKEN;
}

void
dub_workflow_fixture_wait_resting (DubWorkflowFixture *self)
{
  dub_test_wait_for (is_resting, self->account, "the account to need a token");
}

void
dub_workflow_fixture_sql (DubWorkflowFixture *self,
                          const char         *sql)
{
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (dub_paths_get_database (self->paths), &db), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 5000);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

static gboolean
on_pause_over (gpointer over)
{
  *(gboolean *) over = TRUE;
  return G_SOURCE_REMOVE;
}

void
dub_workflow_fixture_pause (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_pause_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

DubTask *
dub_workflow_fixture_dub (DubWorkflowFixture *self,
                          const char         *language,
                          DubScript          *script)
{
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (self, 1, language);
  g_autoptr (DubDraftVideo) video = g_list_model_get_item (dub_draft_get_videos (draft), 0);
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;

  if (script != NULL)
    g_assert_true (dub_draft_set_script (draft, video, dub_language_from_code (language), script, NULL));
  dub_draft_set_agreed (draft, TRUE);
  tasks = dub_workflow_fixture_finish (draft, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 1);
  return g_object_ref (tasks->pdata[0]);
}

static gboolean
is_held (gpointer lease)
{
  return dub_work_lease_is_held (lease);
}

DubWorkLease *
dub_workflow_fixture_hold_lease (DubWorkflowFixture *self)
{
  g_autoptr (DubStore) store = dub_store_new (dub_paths_get_database (self->paths));
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;
  DubWorkLease *lease;

  dub_store_open_async (store, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_true (dub_store_open_finish (store, result, NULL));
  lease = dub_work_lease_new (store, dub_paths_get_data_dir (self->paths), 60000);
  g_assert_true (dub_work_lease_open (lease, NULL));
  dub_work_lease_start (lease);
  dub_test_wait_for (is_held, lease, "the lease");
  return lease;
}
