/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

#include <libsecret/secret.h>

#include "dub-accounts-private.h"

/* Accounts and their tokens. */

static void
keep_token (DubWorkflowFixture *fixture,
            const char         *id,
            const char         *token)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  if (token == NULL)
    dub_keyring_clear_async (fixture->keyring, id, NULL, dub_test_keep_result, &slot);
  else
    dub_keyring_store_async (fixture->keyring, id, "Shop", token, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  if (token == NULL)
    g_assert_true (dub_keyring_clear_finish (fixture->keyring, result, NULL));
  else
    g_assert_true (dub_keyring_store_finish (fixture->keyring, result, NULL));
}

static void
refresh_library (DubWorkflowFixture *fixture)
{
  DubLibrary *library = dub_workflow_get_library (fixture->workflow);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_library_refresh_async (library, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  dub_library_refresh_finish (library, result, &error);
  g_assert_no_error (error);
}

/* A restart with the token out of reach, as with a keyring that is locked. Returns a dub that waits. */
static DubTask *
start_without_token (DubWorkflowFixture *fixture)
{
  g_autofree char *id = g_strdup (dub_account_get_id (fixture->account));
  DubTask *task;

  dub_workflow_fixture_close (fixture);
  keep_token (fixture, id, NULL);
  dub_workflow_fixture_restart (fixture);
  task = dub_workflow_fixture_dub (fixture, "de", NULL);
  dub_workflow_fixture_wait_resting (fixture);
  return task;
}

/* The token can be read again, which the library finds out: the queue goes on. */
static void
test_token_comes_back (DubWorkflowFixture *fixture,
                       gconstpointer       data)
{
  g_autoptr (DubTask) task = start_without_token (fixture);

  keep_token (fixture, dub_account_get_id (fixture->account), DUB_FAKE_TOKEN);
  refresh_library (fixture);
  g_assert_cmpint (dub_account_get_status (fixture->account), ==, DUB_ACCOUNT_STATUS_READY);
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
}

static gboolean
may_not_dub (gpointer account)
{
  return dub_account_get_status (account) == DUB_ACCOUNT_STATUS_NO_PERMISSION;
}

/* The permission has come, and the token is the same: it need not be pasted again. */
static void
test_permission_comes (DubWorkflowFixture *fixture,
                       gconstpointer       data)
{
  DubAccounts *accounts = dub_workflow_get_accounts (fixture->workflow);
  g_autoptr (DubTask) task = NULL;

  dub_fake_service_script_code (fixture->service, DUB_FAKE_TASK_CREATE, 0, 40001, "No permission");
  task = dub_workflow_fixture_dub (fixture, "de", NULL);
  dub_test_wait_for (may_not_dub, fixture->account, "the account to lack the permission");
  g_assert_true (dub_account_can_try_again (fixture->account));

  /* Too early: it rests again. */
  dub_accounts_try_again (accounts, fixture->account);
  g_assert_false (may_not_dub (fixture->account));
  dub_test_wait_for (may_not_dub, fixture->account, "the account to lack the permission still");
  dub_workflow_fixture_wait_state (task, DUB_TASK_WAITING);

  dub_fake_service_clear_scripts (fixture->service);
  dub_accounts_try_again (accounts, fixture->account);
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  g_assert_cmpint (dub_account_get_status (fixture->account), ==, DUB_ACCOUNT_STATUS_READY);
}

/* The token is back in the keyring, and the person says so. */
static void
test_token_tried_again (DubWorkflowFixture *fixture,
                        gconstpointer       data)
{
  g_autoptr (DubTask) task = start_without_token (fixture);
  DubAccounts *accounts = dub_workflow_get_accounts (fixture->workflow);

  dub_accounts_try_again (accounts, fixture->account);
  dub_workflow_fixture_wait_resting (fixture);
  keep_token (fixture, dub_account_get_id (fixture->account), DUB_FAKE_TOKEN);
  dub_accounts_try_again (accounts, fixture->account);
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
}

static guint
count_tokens (void)
{
  static const SecretSchema schema = {
    .name = "io.github.dubroom.Dubroom.Token",
    .flags = SECRET_SCHEMA_NONE,
    .attributes = { { "account", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
  };
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_sync (&schema, SECRET_SEARCH_ALL, NULL, &error, NULL);
  guint n = g_list_length (items);

  g_assert_no_error (error);
  g_list_free_full (items, g_object_unref);
  return n;
}

/* An account that could not be stored leaves no token behind, which nobody would ever find again. */
static void
test_no_token_without_account (DubWorkflowFixture *fixture,
                               gconstpointer       data)
{
  DubAccounts *accounts = dub_workflow_get_accounts (fixture->workflow);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  guint n_tokens = count_tokens ();

  g_assert_cmpuint (n_tokens, >, 0);
  dub_workflow_fixture_sql (fixture, "CREATE TRIGGER refuse BEFORE INSERT ON accounts"
                                     " BEGIN SELECT RAISE (ABORT, 'never'); END");
  dub_accounts_add_service_async (accounts, "Second", DUB_FAKE_TOKEN, fixture->base_url, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_null (dub_accounts_add_service_finish (accounts, result, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED);
  g_assert_cmpuint (count_tokens (), ==, n_tokens);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dub_workflow_fixture_init ();
#define ADD(path, function) \
  g_test_add ("/workflow/accounts/" path, DubWorkflowFixture, NULL, dub_workflow_fixture_set_up, function, \
              dub_workflow_fixture_tear_down)
  ADD ("token-comes-back", test_token_comes_back);
  ADD ("token-tried-again", test_token_tried_again);
  ADD ("permission-comes", test_permission_comes);
  ADD ("no-token-without-account", test_no_token_without_account);
  return dub_workflow_fixture_run ();
}
