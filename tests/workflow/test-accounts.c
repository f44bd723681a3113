/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

#include <libsecret/secret.h>

#include "dub-accounts-private.h"

/* Accounts and their tokens. */

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
  ADD ("no-token-without-account", test_no_token_without_account);
  return dub_workflow_fixture_run ();
}
