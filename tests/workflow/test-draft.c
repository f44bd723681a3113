/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

#include <sqlite3.h>
#include <string.h>

#include "dub-checks.h"
#include "dub-error.h"
#include "dub-queue-private.h"
#include "dub-workflow-error.h"

static DubDraftVideo *
video_at (DubDraft *draft,
          guint     position)
{
  g_autoptr (DubDraftVideo) video = g_list_model_get_item (dub_draft_get_videos (draft), position);

  return video;
}

static const DubFinding *
first_finding (DubDraftVideo *video)
{
  GPtrArray *findings = dub_draft_video_get_findings (video);

  return findings->len > 0 ? findings->pdata[0] : NULL;
}

/* A draft for the built-in studio, which takes files. */
static DubDraft *
studio_draft (DubWorkflowFixture *fixture)
{
  DubAccount *studio = dub_accounts_find (dub_workflow_get_accounts (fixture->workflow), "studio");
  DubDraft *draft = dub_workflow_create_draft_for (fixture->workflow, studio);

  dub_draft_set_language (draft, dub_language_from_code ("es"), TRUE);
  return draft;
}

static void
add_path (DubDraft   *draft,
          const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  dub_draft_add_file (draft, file);
}

/* Sent at any time, it must find a consent in the store: the file itself says whether there is one. */
static void
check_consent (const DubFakeRequest *request,
               gpointer              user_data)
{
  DubWorkflowFixture *fixture = user_data;
  sqlite3 *db = NULL;
  sqlite3_stmt *count = NULL;

  if (request->endpoint != DUB_FAKE_TASK_CREATE)
    return;
  g_assert_cmpint (sqlite3_open (dub_paths_get_database (fixture->paths), &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT count(*) FROM consents", -1, &count, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (count), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (count, 0), >, 0);
  sqlite3_finalize (count);
  sqlite3_close (db);
}

/* What comes after it was refused is late: what is agreed to at last leaves behind it, if anything does. */
static void
assert_only_what_is_agreed_to (DubWorkflowFixture *fixture,
                               DubDraft           *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = NULL;

  dub_draft_set_agreed (draft, TRUE);
  tasks = dub_workflow_fixture_finish (draft, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 4);
  for (guint i = 0; i < tasks->len; i++)
    {
      dub_workflow_fixture_wait_state (tasks->pdata[i], DUB_TASK_SUBMITTED);
      g_assert_cmpuint (dub_fake_service_count_creates (fixture->service, dub_task_get_name (tasks->pdata[i])), ==, 1);
    }
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service, DUB_FAKE_TASK_CREATE), ==, 1);
}

/* No request leaves before a stored consent, whoever asks for it. */
static void
test_no_request_before_consent (DubWorkflowFixture *fixture,
                                gconstpointer       data)
{
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 2, "de,fr");
  guint before = dub_workflow_fixture_api_requests (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = NULL;

  dub_fake_service_set_watch (fixture->service, check_consent, fixture);
  g_assert_cmpuint (dub_draft_get_n_dubs (draft), ==, 4);
  g_assert_false (dub_draft_get_can_generate (draft));
  tasks = dub_workflow_fixture_finish (draft, &error);
  g_assert_null (tasks);
  g_assert_error (error, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NO_CONSENT);

  /* Past the draft: the store is the last gate. */
  {
    DubQueue *queue = dub_workflow_get_queue (fixture->workflow);
    g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
    g_autoptr (GPtrArray) scripts = g_ptr_array_new ();
    g_autoptr (DubVideoRecord) video = dub_video_record_new ();
    g_autoptr (GAsyncResult) stored = NULL;
    g_autoptr (GAsyncResult) added = NULL;
    DubTaskRecord *record = dub_task_record_new ();
    GAsyncResult *slot = NULL;

    g_clear_error (&error);
    video->uri = g_strdup ("https://example.com/a.mp4");
    video->identity = g_strdup ("url:0");
    video->title = g_strdup ("A");
    video->info = dub_media_info_new ();
    dub_store_put_video_async (fixture->store, video, NULL, dub_test_keep_result, &slot);
    stored = dub_test_await (&slot);
    record->video = dub_store_put_video_finish (fixture->store, stored, &error);
    g_assert_no_error (error);
    record->account_id = g_strdup (dub_account_get_id (fixture->account));
    record->language = g_strdup ("de");
    record->name = g_strdup ("A");
    record->round = 1;
    g_ptr_array_add (records, record);
    g_ptr_array_add (scripts, NULL);
    dub_queue_add_async (queue, records, scripts, NULL, dub_test_keep_result, &slot);
    added = dub_test_await (&slot);
    g_assert_null (dub_queue_add_finish (queue, added, &error));
    g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NO_CONSENT);
  }
  dub_workflow_fixture_pause (300);
  g_assert_cmpuint (dub_workflow_fixture_api_requests (fixture), ==, before);
  assert_only_what_is_agreed_to (fixture, draft);
}

static void
test_agreement (DubWorkflowFixture *fixture,
                gconstpointer       data)
{
  g_autoptr (GPtrArray) tasks = dub_workflow_fixture_generate (fixture, 1, "de");
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 1, "fr");
  g_autoptr (DubDraft) second = NULL;
  gboolean needed = TRUE;

  /* Agreed to once for these bytes. */
  g_object_get (draft, "needs-agreement", &needed, NULL);
  g_assert_false (needed);
  g_assert_true (dub_draft_video_get_agreed (video_at (draft, 0)));
  g_assert_true (dub_draft_get_can_generate (draft));
  g_assert_false (dub_draft_get_agreed (draft));

  /* A video more: the box is not ticked for it. */
  second = dub_workflow_fixture_draft (fixture, 2, "fr");
  g_assert_false (dub_draft_get_can_generate (second));
  dub_draft_set_agreed (second, TRUE);
  g_assert_true (dub_draft_get_can_generate (second));
  {
    g_autofree char *address = g_strdup_printf ("http://127.0.0.1:1/unreachable.mp4");
    g_autoptr (GPtrArray) refused = dub_draft_add_addresses (second, address);

    g_assert_false (dub_draft_get_agreed (second));
    dub_workflow_fixture_wait_checked (second);
    g_assert_cmpint (dub_draft_video_get_state (video_at (second, 2)), ==, DUB_DRAFT_VIDEO_REFUSED);
    g_assert_cmpuint (dub_draft_get_n_accepted (second), ==, 2);
  }
}

static void
test_addresses (DubWorkflowFixture *fixture,
                gconstpointer       data)
{
  g_autoptr (DubDraft) draft = dub_workflow_create_draft (fixture->workflow);
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/coat.mp4");
  g_autoptr (GBytes) page = g_bytes_new_static ("<html>", 6);

  dub_fake_service_set_preview (fixture->service, page, "text/html");
  refused = dub_draft_add_addresses (draft, "coat.mp4 ftp://example.com/a.mp4");
  g_assert_cmpuint (refused->len, ==, 2);
  g_clear_pointer (&refused, g_ptr_array_unref);
  {
    g_autofree char *text = g_strdup (fixture->base_url);

    strcpy (strstr (text, "/open_api"), "/preview/a");
    refused = dub_draft_add_addresses (draft, text);
    g_clear_pointer (&refused, g_ptr_array_unref);
    refused = dub_draft_add_addresses (draft, text);
  }
  g_assert_cmpuint (g_list_model_get_n_items (dub_draft_get_videos (draft)), ==, 1);
  dub_workflow_fixture_wait_checked (draft);
  g_assert_cmpint (dub_draft_video_get_state (video_at (draft, 0)), ==, DUB_DRAFT_VIDEO_REFUSED);
  g_assert_cmpint (first_finding (video_at (draft, 0))->severity, ==, DUB_SEVERITY_REFUSED);

  /* The service cannot reach a file: said before anything is agreed to. */
  dub_draft_add_file (draft, file);
  g_assert_cmpstr (first_finding (video_at (draft, 1))->id, ==, "no-place");
}

static void
test_names (DubWorkflowFixture *fixture,
            gconstpointer       data)
{
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 1, "de");
  const DubLanguage *german = dub_language_from_code ("de");
  g_autofree char *own = NULL;
  g_autofree char *several = NULL;
  g_autofree char *coded = NULL;
  g_autofree char *longest = g_strnfill (DUB_NAME_MAX_CHARS + 1, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_false (dub_draft_set_name (draft, longest, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_NAME);
  dub_draft_set_agreed (draft, TRUE);
  g_assert_false (dub_draft_get_can_generate (draft));
  g_clear_error (&error);
  g_assert_null (dub_workflow_fixture_finish (draft, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_NAME);
  longest[DUB_NAME_MAX_CHARS] = '\0';
  g_assert_true (dub_draft_set_name (draft, longest, NULL));
  g_assert_true (dub_draft_get_can_generate (draft));
  g_assert_true (dub_draft_set_name (draft, "  Autumn  ", NULL));
  own = dub_draft_dup_name (draft, video_at (draft, 0), german);
  g_assert_cmpstr (own, ==, "Autumn");
  dub_draft_set_language (draft, dub_language_from_code ("fr"), TRUE);
  several = dub_draft_dup_name (draft, video_at (draft, 0), german);
  g_assert_cmpstr (several, ==, "Autumn · German");
  g_assert_true (dub_draft_set_name (draft, "", NULL));
  g_object_set (draft, "name-style", DUB_NAME_STYLE_VIDEO_CODE, NULL);
  coded = dub_draft_dup_name (draft, video_at (draft, 0), german);
  g_assert_cmpstr (coded, ==, "Coat1_de");
}

/* The language has its place, whatever was chosen first: nothing is shortened in silence. */
static void
test_name_with_language (DubWorkflowFixture *fixture,
                         gconstpointer       data)
{
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 1, "de");
  g_autofree char *name = g_strnfill (42, 'x');

  dub_draft_set_agreed (draft, TRUE);
  g_assert_true (dub_draft_set_name (draft, name, NULL));
  dub_draft_set_language (draft, dub_language_from_code ("fr"), TRUE);
  g_assert_false (dub_draft_get_can_generate (draft));
  g_assert_cmpuint (dub_draft_get_name_room (draft), ==, 41);
  g_assert_nonnull (strstr (dub_draft_get_name_problem (draft), "42"));
  dub_draft_set_language (draft, dub_language_from_code ("fr"), FALSE);
  g_assert_true (dub_draft_get_can_generate (draft));
  g_assert_null (dub_draft_get_name_problem (draft));
}

static void
assert_name (DubDraft   *draft,
             guint       video,
             const char *expected)
{
  g_autofree char *name = dub_draft_dup_name (draft, video_at (draft, video), dub_language_from_code ("de"));

  g_assert_cmpstr (name, ==, expected);
}

/* One own name for several videos: their titles tell the dubs apart, where there is room. */
static void
test_own_name_of_several (DubWorkflowFixture *fixture,
                          gconstpointer       data)
{
  g_autoptr (DubDraft) draft = dub_workflow_fixture_draft (fixture, 2, "de");

  g_assert_true (dub_draft_set_name (draft, "Autumn", NULL));
  assert_name (draft, 0, "Autumn · Coat1 · German");
  assert_name (draft, 1, "Autumn · Coat2 · German");
  g_assert_true (dub_draft_set_name (draft, "A name of thirty-one characters", NULL));
  assert_name (draft, 0, "A name of thirty-one characters · German");
}

/* Every damaged file gets a sentence, and the good ones go on. */
static void
test_broken_files (DubWorkflowFixture *fixture,
                   gconstpointer       data)
{
  static const struct
  {
    const char *file;
    gboolean accepted;
  } files[] = {
    { "broken/b_drm_clearkey.mp4", FALSE },
    { "broken/b_example_cut60_no_moov.mp4", FALSE },
    { "broken/b_no_track_header.mp4", FALSE },
    { "broken/b_text_named_example.mp4", FALSE },
    { "broken/b_zero_example.mp4", FALSE },
    { "broken/b_example_is_webm_named.mp4", TRUE },
    { "broken/b_mdat_too_long.mp4", TRUE },
    { "video/q_audio_only_opus.mp4", FALSE },
    { "video/mux_en_jfk_portrait.mp4", TRUE },
  };
  g_autoptr (DubDraft) draft = studio_draft (fixture);
  guint n_accepted = 0;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = dub_test_media (files[i].file);

      if (path == NULL)
        return;
      add_path (draft, path);
      n_accepted += files[i].accepted ? 1 : 0;
    }
  add_path (draft, fixture->dir);
  add_path (draft, "/nonexistent/coat.mp4");
  dub_workflow_fixture_wait_checked (draft);

  for (guint i = 0; i < g_list_model_get_n_items (dub_draft_get_videos (draft)); i++)
    {
      DubDraftVideo *video = video_at (draft, i);
      gboolean accepted = i < G_N_ELEMENTS (files) && files[i].accepted;

      g_test_message ("%s: %s", dub_draft_video_get_file_name (video),
                      first_finding (video) != NULL ? first_finding (video)->sentence : "good");
      g_assert_cmpint (dub_draft_video_get_state (video), ==, accepted ? DUB_DRAFT_VIDEO_ACCEPTED : DUB_DRAFT_VIDEO_REFUSED);
      if (accepted)
        continue;
      g_assert_cmpint (first_finding (video)->severity, ==, DUB_SEVERITY_REFUSED);
      g_assert_cmpuint (strlen (first_finding (video)->sentence), >, 10);
      /* Its name stands beside it. */
      g_assert_null (strstr (first_finding (video)->sentence, dub_draft_video_get_file_name (video)));
      g_assert_true (g_str_has_suffix (first_finding (video)->sentence, " It is left out."));
    }
  g_assert_cmpuint (dub_draft_get_n_accepted (draft), ==, n_accepted);
  dub_draft_set_agreed (draft, TRUE);
  g_assert_true (dub_draft_get_can_generate (draft));
}

/* Those that look whole from outside: whatever is said of them, nothing hangs. */
static void
test_damaged_inside (DubWorkflowFixture *fixture,
                     gconstpointer       data)
{
  static const char *const files[] = { "broken/b_example_corrupt_middle.mp4", "broken/b_example_cut.mkv",
                                       "broken/b_example_cut60_moov_first.mp4" };
  g_autoptr (DubDraft) draft = studio_draft (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = dub_test_media (files[i]);

      if (path == NULL)
        return;
      add_path (draft, path);
    }
  dub_workflow_fixture_wait_checked (draft);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_assert_true (dub_draft_video_get_state (video_at (draft, i)) == DUB_DRAFT_VIDEO_ACCEPTED ||
                   first_finding (video_at (draft, i)) != NULL);
}

static void
test_scripts (DubWorkflowFixture *fixture,
              gconstpointer       data)
{
  g_autofree char *speaking = dub_test_media ("video/mux_en_jfk_portrait.mp4");
  g_autofree char *silent = speaking != NULL ? dub_test_media ("video/der_en_example_noaudio.mp4") : NULL;
  const DubLanguage *spanish = dub_language_from_code ("es");
  g_autoptr (DubDraft) draft = NULL;
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (DubScript) past_the_end = dub_script_new ();
  g_autoptr (GError) error = NULL;

  if (silent == NULL)
    return;
  draft = studio_draft (fixture);
  add_path (draft, speaking);
  add_path (draft, speaking);
  add_path (draft, silent);
  g_assert_cmpuint (g_list_model_get_n_items (dub_draft_get_videos (draft)), ==, 2);
  dub_workflow_fixture_wait_checked (draft);

  dub_script_append (script, "Hola.", 0, 1000);
  dub_script_append (past_the_end, "Hola.", 0, 1000);
  dub_script_append (past_the_end, "Adiós.", 3600000, 3601000);
  g_assert_false (dub_draft_set_script (draft, video_at (draft, 0), spanish, past_the_end, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_SCRIPT);
  g_assert_null (dub_draft_get_script (draft, video_at (draft, 0), spanish));
  g_assert_true (dub_draft_set_script (draft, video_at (draft, 0), spanish, script, NULL));
  g_assert_true (dub_draft_get_script (draft, video_at (draft, 0), spanish) == script);

  /* Without sound only a script helps; until then the dub is left out. */
  g_assert_cmpuint (dub_draft_get_n_dubs (draft), ==, 1);
  g_assert_cmpuint (dub_draft_get_n_left_out (draft), ==, 1);
  g_assert_cmpint (dub_draft_get_script_need (draft, video_at (draft, 1), spanish), ==, DUB_SCRIPT_NEED_SOUND);
  g_assert_cmpstr (first_finding (video_at (draft, 1))->id, ==, "no-sound");
  g_assert_true (dub_draft_set_script (draft, video_at (draft, 1), spanish, script, NULL));
  g_assert_null (first_finding (video_at (draft, 1)));
  g_assert_cmpuint (dub_draft_get_n_dubs (draft), ==, 2);
  dub_draft_set_language (draft, dub_language_from_code ("fr"), TRUE);
  g_assert_cmpstr (first_finding (video_at (draft, 1))->id, ==, "no-sound");
  dub_draft_set_language (draft, dub_language_from_code ("de"), TRUE);
  g_assert_cmpint (dub_draft_get_script_need (draft, video_at (draft, 0), dub_language_from_code ("de")), ==, DUB_SCRIPT_NEED_LANGUAGE);
  g_assert_cmpuint (dub_draft_get_n_dubs (draft), ==, 3);
  g_assert_cmpuint (dub_draft_get_n_left_out (draft), ==, 3);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dub_workflow_fixture_init ();
#define ADD(path, function) \
  g_test_add ("/workflow/draft/" path, DubWorkflowFixture, NULL, dub_workflow_fixture_set_up, function, \
              dub_workflow_fixture_tear_down)
  ADD ("no-request-before-consent", test_no_request_before_consent);
  ADD ("agreement", test_agreement);
  ADD ("addresses", test_addresses);
  ADD ("names", test_names);
  ADD ("name-with-language", test_name_with_language);
  ADD ("own-name-of-several", test_own_name_of_several);
  ADD ("broken-files", test_broken_files);
  ADD ("damaged-inside", test_damaged_inside);
  ADD ("scripts", test_scripts);
  return dub_workflow_fixture_run ();
}
