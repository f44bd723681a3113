/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dub-error.h"
#include "dub-workflow-error.h"

/* Which engines the built-in studio works with. */

static void
set_up (DubWorkflowFixture *fixture,
        gconstpointer       data)
{
  dub_workflow_fixture_prepare (fixture);
  dub_workflow_fixture_write_studio (fixture, NULL);
  dub_workflow_fixture_open (fixture);
  fixture->account = dub_accounts_get_current (dub_workflow_get_accounts (fixture->workflow));
}

static DubStudioEngines *
get_engines (DubWorkflowFixture *fixture)
{
  return dub_workflow_get_engines (fixture->workflow);
}

static DubEngineChoice *
make_translator (const char *address)
{
  DubEngineChoice *choice = dub_engine_choice_new ();

  choice->kind = DUB_ENGINE_LIBRETRANSLATE;
  choice->address = g_strdup (address);
  return choice;
}

static gboolean
choose (DubWorkflowFixture    *fixture,
        const DubEngineChoice *choice,
        const char            *key,
        GError               **error)
{
  g_autoptr (GAsyncResult) slot = NULL, result = NULL;

  dub_studio_engines_choose_async (get_engines (fixture), DUB_STAGE_TRANSLATE, choice, key, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_studio_engines_choose_finish (get_engines (fixture), result, error);
}

static gboolean
has_key (DubWorkflowFixture    *fixture,
         const DubEngineChoice *choice)
{
  g_autoptr (GAsyncResult) slot = NULL, result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean has;

  dub_studio_engines_has_key_async (get_engines (fixture), choice, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  has = dub_studio_engines_has_key_finish (get_engines (fixture), result, &error);
  g_assert_no_error (error);
  return has;
}

static void
forget_key (DubWorkflowFixture    *fixture,
            const DubEngineChoice *choice)
{
  g_autoptr (GAsyncResult) slot = NULL, result = NULL;
  g_autoptr (GError) error = NULL;

  dub_studio_engines_forget_key_async (get_engines (fixture), choice, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_true (dub_studio_engines_forget_key_finish (get_engines (fixture), result, &error));
  g_assert_no_error (error);
}

static void
on_changed (guint *n)
{
  *n += 1;
}

static void
test_survives (DubWorkflowFixture *fixture,
               gconstpointer       data)
{
  g_autoptr (DubEngineChoice) choice = make_translator ("https://translate.example");
  g_autofree char *file = g_build_filename (dub_paths_get_studio_dir (fixture->paths), DUB_ENGINE_SETTINGS_FILE, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  guint n_changes = 0;

  g_signal_connect_swapped (get_engines (fixture), "changed", G_CALLBACK (on_changed), &n_changes);
  g_assert_true (choose (fixture, choice, "a-secret-key", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_null (strstr (text, "a-secret-key"));

  dub_workflow_fixture_restart (fixture);
  g_assert_cmpstr (dub_studio_engines_get_settings (get_engines (fixture))->stages[DUB_STAGE_TRANSLATE]->address, ==,
                   "https://translate.example");
  g_assert_null (dub_studio_engines_get_problem (get_engines (fixture)));
  g_assert_true (has_key (fixture, choice));
}

/* A key belongs to its server. */
static void
test_keys (DubWorkflowFixture *fixture,
           gconstpointer       data)
{
  g_autoptr (DubEngineChoice) choice = make_translator ("https://keys.example/v1");
  g_autoptr (DubEngineChoice) same = make_translator ("https://keys.example/v2");
  g_autoptr (DubEngineChoice) other = make_translator ("https://other-keys.example/v1");
  g_autoptr (DubEngineChoice) open = make_translator ("http://keys.example/v1");
  g_autoptr (GError) error = NULL;

  g_assert_false (has_key (fixture, choice));
  g_assert_true (choose (fixture, choice, "a-secret-key", &error));
  g_assert_true (has_key (fixture, choice));
  g_assert_true (has_key (fixture, same));
  g_assert_false (has_key (fixture, other));
  g_assert_false (has_key (fixture, open));
  /* Chosen without a key, the one that is there stays. */
  g_assert_true (choose (fixture, choice, NULL, &error));
  g_assert_true (has_key (fixture, choice));
  forget_key (fixture, same);
  g_assert_false (has_key (fixture, choice));

  g_assert_false (choose (fixture, open, "a-secret-key", &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_ENGINE);
  g_assert_false (has_key (fixture, open));
  g_assert_cmpstr (dub_studio_engines_get_settings (get_engines (fixture))->stages[DUB_STAGE_TRANSLATE]->address, ==,
                   "https://keys.example/v1");
}

/* Whatever somebody wrote there, the program opens, says what is wrong, and the next choice ends it. */
static void
test_bad_file (DubWorkflowFixture *fixture,
               gconstpointer       data)
{
  g_autofree char *file = g_build_filename (dub_paths_get_studio_dir (fixture->paths), DUB_ENGINE_SETTINGS_FILE, NULL);
  g_autoptr (DubEngineChoice) choice = make_translator ("https://translate.example");
  g_autoptr (GError) error = NULL;

  dub_workflow_fixture_close (fixture);
  g_mkdir_with_parents (dub_paths_get_studio_dir (fixture->paths), 0700);
  g_assert_true (g_file_set_contents (file, "[translate]\nengine=oracle\n", -1, NULL));
  dub_workflow_fixture_restart (fixture);
  g_assert_nonnull (dub_studio_engines_get_problem (get_engines (fixture)));
  g_assert_cmpint (dub_studio_engines_get_settings (get_engines (fixture))->stages[DUB_STAGE_TRANSLATE]->kind, ==, DUB_ENGINE_BUILT_IN);
  g_assert_true (choose (fixture, choice, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (dub_studio_engines_get_problem (get_engines (fixture)));
}

static void
test_not_written (DubWorkflowFixture *fixture,
                  gconstpointer       data)
{
  g_autofree char *file = g_build_filename (dub_paths_get_studio_dir (fixture->paths), DUB_ENGINE_SETTINGS_FILE, NULL);
  g_autoptr (DubEngineChoice) choice = make_translator ("https://translate.example");
  g_autoptr (GError) error = NULL;

  /* Nobody, not even root, replaces a directory that is not empty by a file. */
  g_assert_cmpint (g_mkdir_with_parents (file, 0700), ==, 0);
  {
    g_autofree char *inside = g_build_filename (file, "file", NULL);

    g_assert_true (g_file_set_contents (inside, "", 0, NULL));
  }
  g_assert_false (choose (fixture, choice, NULL, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_FILE);
  g_assert_cmpint (dub_studio_engines_get_settings (get_engines (fixture))->stages[DUB_STAGE_TRANSLATE]->kind, ==, DUB_ENGINE_BUILT_IN);
}

static gboolean
is_working (gpointer queue)
{
  return dub_queue_get_working (queue);
}

static char *
try_out (DubWorkflowFixture    *fixture,
         const DubEngineChoice *choice,
         GStrv                 *languages,
         GError               **error)
{
  g_autoptr (GAsyncResult) slot = NULL, result = NULL;

  dub_test_wait_for (is_working, dub_workflow_get_queue (fixture->workflow), "the lease");
  dub_studio_engines_test_async (get_engines (fixture), DUB_STAGE_TRANSLATE, choice, "a-secret-key", NULL, dub_test_keep_result,
                                 &slot);
  result = dub_test_await (&slot);
  return dub_studio_engines_test_finish (get_engines (fixture), result, languages, error);
}

/* The key goes into the keyring, not to the studio. */
static void
test_tried (DubWorkflowFixture *fixture,
            gconstpointer       data)
{
  g_autoptr (DubEngineChoice) choice = make_translator ("https://translate.example");
  GPtrArray *requests = dub_fake_service_get_requests (fixture->service);
  g_auto (GStrv) languages = NULL;
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;
  const DubFakeRequest *request;

  message = try_out (fixture, choice, &languages, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (message, ==, "It works.");
  g_assert_cmpstrv (languages, ((const char *const[]) { "es", "de", NULL }));
  g_assert_true (has_key (fixture, choice));
  request = g_ptr_array_index (requests, requests->len - 1);
  g_assert_cmpint (request->endpoint, ==, DUB_FAKE_STUDIO_TEST);
  g_assert_nonnull (strstr (request->body, "https://translate.example"));
  g_assert_null (strstr (request->body, "a-secret-key"));
}

/* What is wrong with it is said in the studio's words. */
static void
test_tried_in_vain (DubWorkflowFixture *fixture,
                    gconstpointer       data)
{
  g_autoptr (DubEngineChoice) choice = make_translator ("https://translate.example");
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  dub_fake_service_script_code (fixture->service, DUB_FAKE_STUDIO_TEST, 1, 40002, "The engine does not know this key.");
  message = try_out (fixture, choice, NULL, &error);
  g_assert_null (message);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "The engine does not know this key."));
}

/* A language that nothing translated until now is offered at once, and no longer when the engine is gone. */
static void
test_draft_follows (DubWorkflowFixture *fixture,
                    gconstpointer       data)
{
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 1, "ja,es");
  g_autoptr (DubEngineChoice) choice = make_translator ("https://translate.example");
  g_autoptr (DubEngineChoice) built_in = dub_engine_choice_new ();
  const DubLanguage *japanese = dub_language_from_code ("ja"), *spanish = dub_language_from_code ("es");
  g_autoptr (GError) error = NULL;

  g_assert_false (dub_draft_translates (draft, japanese));
  g_assert_cmpuint (dub_draft_get_n_dubs (draft), ==, 1);
  g_assert_true (choose (fixture, choice, NULL, &error));
  g_assert_true (dub_draft_translates (draft, japanese));
  g_assert_cmpuint (dub_draft_get_n_dubs (draft), ==, 2);
  choice->languages = g_strdupv ((char *[]) { (char *) "ja", NULL });
  g_assert_true (choose (fixture, choice, NULL, &error));
  g_assert_false (dub_draft_translates (draft, spanish));
  g_assert_cmpuint (dub_draft_get_n_dubs (draft), ==, 1);
  g_assert_true (choose (fixture, built_in, NULL, &error));
  g_assert_false (dub_draft_translates (draft, japanese));
  g_assert_true (dub_draft_translates (draft, spanish));
}

static void
test_draft_without_voice (DubWorkflowFixture *fixture,
                          gconstpointer       data)
{
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 1, "es");
  g_autoptr (DubDraftVideo) video = g_list_model_get_item (dub_draft_get_videos (draft), 0);
  g_autoptr (DubEngineChoice) voice = dub_engine_choice_new ();
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (GAsyncResult) slot = NULL, result = NULL;
  g_autoptr (GError) error = NULL;
  const DubLanguage *spanish = dub_language_from_code ("es");

  voice->kind = DUB_ENGINE_OPENAI;
  voice->address = g_strdup ("https://speech.example");
  voice->languages = g_strdupv ((char *[]) { (char *) "fr", NULL });
  dub_studio_engines_choose_async (get_engines (fixture), DUB_STAGE_SPEAK, voice, NULL, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_assert_true (dub_studio_engines_choose_finish (get_engines (fixture), result, &error));

  dub_script_append (script, "Hola", 0, 1000);
  dub_draft_set_script (draft, video, spanish, script, &error);
  g_assert_no_error (error);
  g_assert_cmpint (dub_draft_get_script_need (draft, video, spanish), ==, DUB_SCRIPT_NEED_VOICE);
  g_assert_cmpuint (dub_draft_get_n_dubs (draft), ==, 0);
  g_assert_false (dub_draft_translates (draft, spanish));
}

#define ADD(path, function) \
  g_test_add ("/workflow/engines/" path, DubWorkflowFixture, NULL, set_up, function, dub_workflow_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  dub_workflow_fixture_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("survives", test_survives);
  ADD ("keys", test_keys);
  ADD ("bad-file", test_bad_file);
  ADD ("not-written", test_not_written);
  ADD ("tried", test_tried);
  ADD ("tried-in-vain", test_tried_in_vain);
  ADD ("draft-follows", test_draft_follows);
  ADD ("draft-without-voice", test_draft_without_voice);
  return dub_workflow_fixture_run ();
}
