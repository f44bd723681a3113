/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>
#include <sys/stat.h>

#include <glib/gstdio.h>

#include "store-fixture.h"

static GPtrArray *
list_accounts (DubStore *store)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *accounts;

  AWAIT (dub_store_list_accounts_async (store, NULL, dub_test_keep_result, &slot));
  accounts = dub_store_list_accounts_finish (store, result, &error);
  g_assert_no_error (error);
  return accounts;
}

static gboolean
put_account (DubStore               *store,
             const DubAccountRecord *account,
             GError                **error)
{
  AWAIT (dub_store_put_account_async (store, account, NULL, dub_test_keep_result, &slot));
  return dub_store_put_account_finish (store, result, error);
}

static gboolean
remove_account (DubStore   *store,
                const char *id,
                GError    **error)
{
  AWAIT (dub_store_remove_account_async (store, id, NULL, dub_test_keep_result, &slot));
  return dub_store_remove_account_finish (store, result, error);
}

static GPtrArray *
list_videos (DubStore *store)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *videos;

  AWAIT (dub_store_list_videos_async (store, NULL, dub_test_keep_result, &slot));
  videos = dub_store_list_videos_finish (store, result, &error);
  g_assert_no_error (error);
  return videos;
}

static gint64
get_consent (DubStore   *store,
             const char *identity,
             const char *version)
{
  g_autoptr (GError) error = NULL;
  gint64 agreed = -1;

  AWAIT (dub_store_get_consent_async (store, identity, version, NULL, dub_test_keep_result, &slot));
  g_assert_true (dub_store_get_consent_finish (store, result, &agreed, &error));
  g_assert_no_error (error);
  return agreed;
}

static gboolean
put_script (DubStore      *store,
            gint64         task,
            DubScriptRole  role,
            DubScript     *script,
            GError       **error)
{
  AWAIT (dub_store_put_script_async (store, task, role, script, NULL, dub_test_keep_result, &slot));
  return dub_store_put_script_finish (store, result, error);
}

static DubScript *
get_script (DubStore      *store,
            gint64         task,
            DubScriptRole  role)
{
  g_autoptr (GError) error = NULL;
  DubScript *script;

  AWAIT (dub_store_get_script_async (store, task, role, NULL, dub_test_keep_result, &slot));
  script = dub_store_get_script_finish (store, result, &error);
  g_assert_no_error (error);
  return script;
}

static char *
get_setting (DubStore   *store,
             const char *key)
{
  g_autoptr (GError) error = NULL;
  char *value;

  AWAIT (dub_store_get_setting_async (store, key, NULL, dub_test_keep_result, &slot));
  value = dub_store_get_setting_finish (store, result, &error);
  g_assert_no_error (error);
  return value;
}

static void
put_setting (DubStore   *store,
             const char *key,
             const char *value)
{
  g_autoptr (GError) error = NULL;

  AWAIT (dub_store_put_setting_async (store, key, value, NULL, dub_test_keep_result, &slot));
  g_assert_true (dub_store_put_setting_finish (store, result, &error));
  g_assert_no_error (error);
}

static gboolean
remove_task (DubStore  *store,
             gint64     id,
             GError   **error)
{
  AWAIT (dub_store_remove_tasks_async (store, &id, 1, NULL, dub_test_keep_result, &slot));
  return dub_store_remove_tasks_finish (store, result, error);
}

static DubTaskRecord *
task_at (GPtrArray *tasks,
         guint      index)
{
  g_assert_cmpuint (index, <, tasks->len);
  return g_ptr_array_index (tasks, index);
}

/* What is stored is there again after closing. */
static void
reopen (StoreFixture *fixture)
{
  dub_store_close (fixture->store);
  g_object_unref (fixture->store);
  fixture->store = dub_store_new (fixture->path);
}

static void
test_open (StoreFixture *fixture,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  GStatBuf info;
  DubAccountRecord *studio;

  g_assert_true (open_store (fixture->store, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  reopen (fixture);
  accounts = list_accounts (fixture->store);
  g_assert_cmpuint (accounts->len, ==, 1);
  studio = g_ptr_array_index (accounts, 0);
  g_assert_cmpstr (studio->id, ==, "studio");
  g_assert_cmpint (studio->kind, ==, DUB_ACCOUNT_KIND_STUDIO);
  g_assert_null (studio->base_url);
  g_assert_cmpint (studio->created, >, G_GINT64_CONSTANT (1700000000000));
}

static void
test_refused_files (StoreFixture *fixture,
                    gconstpointer data)
{
  g_autoptr (DubStore) newer = dub_store_new (fixture->path);
  g_autofree char *broken_path = g_build_filename (fixture->dir, "broken.db", NULL);
  g_autoptr (DubStore) broken = dub_store_new (broken_path);
  g_autoptr (GError) error = NULL;

  g_assert_true (open_store (fixture->store, &error));
  dub_store_close (fixture->store);
  g_assert_true (change_file (fixture->path, "PRAGMA user_version = 1000"));
  g_assert_false (open_store (newer, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NEWER);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (broken_path, "This is not a list of dubs, but a letter to a friend.", -1, NULL));
  g_assert_false (open_store (broken, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_DAMAGED);
}

static void
test_accounts (StoreFixture *fixture,
               gconstpointer data)
{
  DubAccountRecord later = { (char *) "b", DUB_ACCOUNT_KIND_SERVICE, (char *) "Later", (char *) "https://x/", 2000 };
  DubAccountRecord early = { (char *) "c", DUB_ACCOUNT_KIND_SERVICE, (char *) "Early", NULL, 1000 };
  DubAccountRecord nameless = { (char *) "d", DUB_ACCOUNT_KIND_SERVICE, NULL, NULL, 0 };
  DubAccountRecord *account;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (put_account (fixture->store, &later, &error));
  g_assert_true (put_account (fixture->store, &early, &error));
  g_assert_false (put_account (fixture->store, &nameless, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED);
  g_clear_error (&error);
  later.name = (char *) "Renamed";
  later.created = 5;
  g_assert_true (put_account (fixture->store, &later, &error));
  g_assert_no_error (error);

  reopen (fixture);
  accounts = list_accounts (fixture->store);
  g_assert_cmpuint (accounts->len, ==, 3);
  account = g_ptr_array_index (accounts, 0);
  g_assert_cmpstr (account->id, ==, "studio");
  account = g_ptr_array_index (accounts, 1);
  g_assert_cmpstr (account->id, ==, "c");
  account = g_ptr_array_index (accounts, 2);
  g_assert_cmpstr (account->name, ==, "Renamed");
  g_assert_cmpstr (account->base_url, ==, "https://x/");
  g_assert_cmpint (account->kind, ==, DUB_ACCOUNT_KIND_SERVICE);
  g_assert_cmpint (account->created, ==, 2000);
}

static void
test_remove_account (StoreFixture *fixture,
                     gconstpointer data)
{
  DubAccountRecord other = { (char *) "b", DUB_ACCOUNT_KIND_SERVICE, (char *) "Other", (char *) "https://x/", 0 };
  gint64 video = put_agreed_video (fixture->store);
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
  g_autoptr (GPtrArray) stored = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GPtrArray) back = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (put_account (fixture->store, &other, &error));
  g_ptr_array_add (tasks, make_task (video, "Coat"));
  g_set_str (&task_at (tasks, 0)->account_id, "b");
  stored = add_tasks (fixture->store, tasks, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (remove_account (fixture->store, "b", &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_CONFLICT);
  g_clear_error (&error);

  step (fixture->store, task_at (stored, 0), DUB_TASK_CANCELLED);
  g_assert_true (remove_account (fixture->store, "b", &error));
  g_assert_no_error (error);
  accounts = list_accounts (fixture->store);
  g_assert_cmpuint (accounts->len, ==, 1);
  kept = list_tasks (fixture->store);
  g_assert_cmpuint (kept->len, ==, 1);
  g_assert_cmpstr (task_at (kept, 0)->account_id, ==, "b");

  g_assert_null (add_tasks (fixture->store, tasks, NULL, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (remove_account (fixture->store, "b", &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (remove_account (fixture->store, "studio", &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_true (put_account (fixture->store, &other, &error));
  back = list_accounts (fixture->store);
  g_assert_cmpuint (back->len, ==, 2);
}

static void
test_videos (StoreFixture *fixture,
             gconstpointer data)
{
  gint64 first = put_video (fixture->store, "file:///a.mp4", FIRST_IDENTITY, "A");
  gint64 other_bytes = put_video (fixture->store, "file:///a.mp4", SECOND_IDENTITY, "A");
  gint64 other_place = put_video (fixture->store, "file:///b.mp4", FIRST_IDENTITY, NULL);
  DubMediaInfo info = { (char *) "video/mp4", (char *) "H.264", (char *) "AAC", 53000, 38000000, 1080, 1920, TRUE, TRUE };
  DubMediaInfo half = { NULL, NULL, NULL, 0, 0, 0, 0, TRUE, FALSE };
  DubVideoRecord filled = { 0, (char *) "file:///a.mp4", (char *) FIRST_IDENTITY, (char *) "Autumn coat", &info };
  DubVideoRecord later = { 0, (char *) "file:///a.mp4", (char *) FIRST_IDENTITY, NULL, &half };
  DubVideoRecord nowhere = { 0, NULL, (char *) FIRST_IDENTITY, NULL, NULL };
  g_autoptr (GPtrArray) videos = NULL;
  g_autoptr (GError) error = NULL;
  DubVideoRecord *video;

  g_assert_true (first != other_bytes && first != other_place && other_bytes != other_place);
  g_assert_cmpint (put_video (fixture->store, "file:///a.mp4", FIRST_IDENTITY, NULL), ==, first);
  {
    AWAIT (dub_store_put_video_async (fixture->store, &filled, NULL, dub_test_keep_result, &slot));
    g_assert_cmpint (dub_store_put_video_finish (fixture->store, result, &error), ==, first);
  }
  {
    AWAIT (dub_store_put_video_async (fixture->store, &later, NULL, dub_test_keep_result, &slot));
    g_assert_cmpint (dub_store_put_video_finish (fixture->store, result, &error), ==, first);
  }
  {
    AWAIT (dub_store_put_video_async (fixture->store, &nowhere, NULL, dub_test_keep_result, &slot));
    g_assert_cmpint (dub_store_put_video_finish (fixture->store, result, &error), ==, 0);
    g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED);
  }

  reopen (fixture);
  videos = list_videos (fixture->store);
  g_assert_cmpuint (videos->len, ==, 3);
  video = g_ptr_array_index (videos, 0);
  g_assert_cmpint (video->id, ==, first);
  g_assert_cmpstr (video->uri, ==, "file:///a.mp4");
  g_assert_cmpstr (video->identity, ==, FIRST_IDENTITY);
  g_assert_cmpstr (video->title, ==, "Autumn coat");
  g_assert_cmpstr (video->info->content_type, ==, "video/mp4");
  g_assert_cmpstr (video->info->video_codec, ==, "H.264");
  g_assert_cmpstr (video->info->audio_codec, ==, "AAC");
  g_assert_cmpint (video->info->duration_ms, ==, 53000);
  g_assert_cmpuint (video->info->size, ==, 38000000);
  g_assert_cmpint (video->info->width, ==, 1080);
  g_assert_cmpint (video->info->height, ==, 1920);
  g_assert_true (video->info->has_video);
  g_assert_false (video->info->has_audio);
  video = g_ptr_array_index (videos, 2);
  g_assert_cmpint (video->id, ==, other_place);
  g_assert_null (video->title);
  g_assert_cmpint (video->info->duration_ms, ==, 0);
}

static void
test_consents (StoreFixture *fixture,
               gconstpointer data)
{
  const char *version = dub_notice_get_version (DUB_NOTICE_CONSENT);
  const char *const identities[] = { FIRST_IDENTITY, SECOND_IDENTITY, NULL };
  const char *const one_bad[] = { "sha256:3333", "", NULL };
  gint64 before = g_get_real_time () / 1000;
  gint64 agreed;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (get_consent (fixture->store, FIRST_IDENTITY, version), ==, 0);
  {
    AWAIT (dub_store_put_consents_async (fixture->store, identities, version, NULL, dub_test_keep_result, &slot));
    g_assert_true (dub_store_put_consents_finish (fixture->store, result, &error));
  }
  {
    AWAIT (dub_store_put_consents_async (fixture->store, one_bad, version, NULL, dub_test_keep_result, &slot));
    g_assert_false (dub_store_put_consents_finish (fixture->store, result, &error));
    g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED);
  }
  reopen (fixture);
  agreed = get_consent (fixture->store, SECOND_IDENTITY, version);
  g_assert_cmpint (agreed, >=, before);
  g_assert_cmpint (agreed, <=, g_get_real_time () / 1000);
  g_assert_cmpint (get_consent (fixture->store, SECOND_IDENTITY, "another text"), ==, 0);
  g_assert_cmpint (get_consent (fixture->store, "sha256:3333", version), ==, 0);

  g_assert_true (change_file (fixture->path, "UPDATE consents SET agreed = 12345"));
  agree (fixture->store, SECOND_IDENTITY);
  g_assert_cmpint (get_consent (fixture->store, SECOND_IDENTITY, version), ==, 12345);
}

/* Each way round the gate is shut: no consent, one to other bytes, one to another text. */
static void
test_consent_gate (StoreFixture *fixture,
                   gconstpointer data)
{
  const char *const identities[] = { FIRST_IDENTITY, NULL };
  gint64 agreed_video = put_agreed_video (fixture->store);
  gint64 video = put_video (fixture->store, "file:///home/ada/coat.mp4", SECOND_IDENTITY, "Winter boots");
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
  g_autoptr (GPtrArray) scripts = g_ptr_array_new ();
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (GPtrArray) stored = NULL;
  g_autofree char *n_rows = NULL;
  g_autoptr (GError) error = NULL;

  dub_script_append (script, "Hallo", 0, 1000);
  g_ptr_array_add (tasks, make_task (agreed_video, "Agreed"));
  g_ptr_array_add (tasks, make_task (video, "Not agreed"));
  g_ptr_array_add (scripts, script);
  g_ptr_array_add (scripts, NULL);
  {
    AWAIT (dub_store_put_consents_async (fixture->store, identities, "an older text", NULL, dub_test_keep_result, &slot));
    g_assert_true (dub_store_put_consents_finish (fixture->store, result, &error));
  }
  g_assert_null (add_tasks (fixture->store, tasks, scripts, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NO_CONSENT);
  g_assert_nonnull (strstr (error->message, "Winter boots"));
  g_clear_error (&error);
  n_rows = query_file (fixture->path,
                       "SELECT (SELECT count(*) FROM tasks) + (SELECT count(*) FROM transitions)"
                       " + (SELECT count(*) FROM scripts) + (SELECT count(*) FROM segments)");
  g_assert_cmpstr (n_rows, ==, "0");

  agree (fixture->store, SECOND_IDENTITY);
  stored = add_tasks (fixture->store, tasks, scripts, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stored->len, ==, 2);
}

#define INSERT_TASK(video, identity, version)                                                                \
  "INSERT INTO tasks (account, video, identity, notice_version, language, round, name, subtitles, lipsync, " \
  "state, return_code, created, changed, submitted, finished) VALUES ('studio', " video ", " identity ", "   \
  version ", 'de', 1, 'By hand', 0, 0, 'waiting', 0, 1, 1, 0, 0)"

/* Without the store's code in between. */
static void
test_file_is_the_gate (StoreFixture *fixture,
                       gconstpointer data)
{
  put_agreed_video (fixture->store);
  put_video (fixture->store, "file:///home/ada/boots.mp4", SECOND_IDENTITY, "Winter boots");
  g_assert_true (change_file (fixture->path, "UPDATE consents SET notice_version = 'v'"));

  g_assert_false (change_file (fixture->path, INSERT_TASK ("2", "'" SECOND_IDENTITY "'", "'v'")));
  g_assert_false (change_file (fixture->path, INSERT_TASK ("2", "'" FIRST_IDENTITY "'", "'v'")));
  g_assert_false (change_file (fixture->path, INSERT_TASK ("1", "'" FIRST_IDENTITY "'", "'w'")));
  g_assert_false (change_file (fixture->path, INSERT_TASK ("1", "NULL", "NULL")));
  g_assert_true (change_file (fixture->path, INSERT_TASK ("1", "'" FIRST_IDENTITY "'", "'v'")));
  g_assert_false (change_file (fixture->path, "DELETE FROM consents"));
  g_assert_false (change_file (fixture->path, INSERT_TASK ("1", "'" FIRST_IDENTITY "'", "'v'")));
  g_assert_false (change_file (fixture->path, "UPDATE tasks SET state = 'resting'"));
}

static void
test_add_tasks (StoreFixture *fixture,
                gconstpointer data)
{
  gint64 video = put_agreed_video (fixture->store);
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
  g_autoptr (GPtrArray) scripts = g_ptr_array_new ();
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (DubScript) unchanged = dub_script_new ();
  g_autoptr (DubScript) given = NULL;
  g_autoptr (DubScript) none = NULL;
  g_autoptr (GPtrArray) stored = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) transitions = NULL;
  g_autoptr (GError) error = NULL;
  DubTransitionRecord *first;
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  dub_script_append (script, "„Der Mantel“", 20.5, 1000.25);
  dub_script_append (unchanged, "„Der Mantel“", 20.5, 1000.25);
  g_ptr_array_add (tasks, make_task (video, "Coat · German"));
  g_ptr_array_add (tasks, make_task (video, "Coat · Thai"));
  g_set_str (&task_at (tasks, 0)->batch, "batch-1");
  task_at (tasks, 0)->subtitles = TRUE;
  task_at (tasks, 1)->lipsync = TRUE;
  g_ptr_array_add (scripts, NULL);
  g_ptr_array_add (scripts, script);

  /* what the caller does afterwards to its own is its own affair */
  dub_store_add_tasks_async (fixture->store, tasks, scripts, NULL, dub_test_keep_result, &slot);
  dub_script_append (script, "later", 2000, 3000);
  g_set_str (&task_at (tasks, 0)->name, "Renamed");
  result = dub_test_await (&slot);
  stored = dub_store_add_tasks_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stored->len, ==, 2);
  g_assert_cmpint (task_at (stored, 0)->id, >, 0);

  reopen (fixture);
  listed = list_tasks (fixture->store);
  g_assert_cmpuint (listed->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (task_at (listed, i)->id, ==, task_at (stored, i)->id);
      g_assert_cmpstr (task_at (listed, i)->name, ==, task_at (stored, i)->name);
      g_assert_cmpstr (task_at (listed, i)->account_id, ==, "studio");
      g_assert_cmpstr (task_at (listed, i)->language, ==, "de");
      g_assert_cmpint (task_at (listed, i)->video, ==, video);
      g_assert_cmpint (task_at (listed, i)->round, ==, 1);
      g_assert_cmpint (task_at (listed, i)->state, ==, DUB_TASK_WAITING);
      g_assert_cmpint (task_at (listed, i)->created, >, G_GINT64_CONSTANT (1700000000000));
      g_assert_cmpint (task_at (listed, i)->created, ==, task_at (stored, i)->created);
      g_assert_cmpint (task_at (listed, i)->changed, ==, task_at (listed, i)->created);
      g_assert_cmpint (task_at (listed, i)->submitted, ==, 0);
    }
  g_assert_cmpstr (task_at (listed, 0)->name, ==, "Coat · German");
  g_assert_cmpstr (task_at (listed, 0)->batch, ==, "batch-1");
  g_assert_null (task_at (listed, 0)->message);
  g_assert_true (task_at (listed, 0)->subtitles && !task_at (listed, 0)->lipsync);
  g_assert_true (!task_at (listed, 1)->subtitles && task_at (listed, 1)->lipsync);

  none = get_script (fixture->store, task_at (listed, 0)->id, DUB_SCRIPT_GIVEN);
  g_assert_null (none);
  given = get_script (fixture->store, task_at (listed, 1)->id, DUB_SCRIPT_GIVEN);
  g_assert_true (dub_script_equal (given, unchanged));

  transitions = list_transitions (fixture->store, task_at (listed, 1)->id);
  g_assert_cmpuint (transitions->len, ==, 1);
  first = g_ptr_array_index (transitions, 0);
  g_assert_cmpint (first->task, ==, task_at (listed, 1)->id);
  g_assert_cmpint (first->from, ==, DUB_TASK_WAITING);
  g_assert_cmpint (first->to, ==, DUB_TASK_WAITING);
  g_assert_cmpint (first->moment, ==, task_at (listed, 1)->changed);
}

static void
test_names (StoreFixture *fixture,
            gconstpointer data)
{
  DubAccountRecord other = { (char *) "b", DUB_ACCOUNT_KIND_SERVICE, (char *) "Other", NULL, 0 };
  gint64 video = put_agreed_video (fixture->store);
  g_autoptr (GPtrArray) together = NULL;
  g_autoptr (GPtrArray) later = NULL;
  g_autoptr (GPtrArray) elsewhere = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
  g_autoptr (GPtrArray) stored = NULL;
  g_autoptr (GError) error = NULL;

  together = add_named (fixture->store, video, "Coat", "Coat", "Coat", NULL);
  g_assert_cmpstr (task_at (together, 0)->name, ==, "Coat");
  g_assert_cmpstr (task_at (together, 1)->name, ==, "Coat (2)");
  g_assert_cmpstr (task_at (together, 2)->name, ==, "Coat (3)");
  later = add_named (fixture->store, video, "Coat (2)", NULL);
  g_assert_cmpstr (task_at (later, 0)->name, !=, "Coat (2)");

  g_assert_true (put_account (fixture->store, &other, &error));
  g_ptr_array_add (elsewhere, make_task (video, "Coat"));
  g_set_str (&task_at (elsewhere, 0)->account_id, "b");
  stored = add_tasks (fixture->store, elsewhere, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (task_at (stored, 0)->name, ==, "Coat");
}

/* A failing one of five leaves none; whichever it is, and whatever is wrong with it. */
static void
test_add_all_or_none (StoreFixture *fixture,
                      gconstpointer data)
{
  gint64 video = put_agreed_video (fixture->store);

  for (guint bad = 0; bad < 5; bad++)
    {
      g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
      g_autoptr (GPtrArray) listed = NULL;
      g_autoptr (GError) error = NULL;
      DubTaskRecord *task;

      for (guint i = 0; i < 5; i++)
        g_ptr_array_add (tasks, make_task (video, "Coat"));
      task = task_at (tasks, bad);
      if (bad == 0)
        g_clear_pointer (&task->language, g_free);
      else if (bad == 1)
        g_set_str (&task->account_id, "nobody");
      else if (bad == 2)
        task->video = 99;
      else if (bad == 3)
        g_set_str (&task->name, "");
      else
        task->state = DUB_TASK_SUBMITTED;

      g_assert_null (add_tasks (fixture->store, tasks, NULL, &error));
      g_assert_nonnull (error);
      listed = list_tasks (fixture->store);
      g_assert_cmpuint (listed->len, ==, 0);
    }
}

static void
test_transitions (StoreFixture *fixture,
                  gconstpointer data)
{
  gint64 video = put_agreed_video (fixture->store);
  g_autoptr (GPtrArray) tasks = add_named (fixture->store, video, "Coat", NULL);
  DubTaskRecord *task = task_at (tasks, 0);
  const DubTaskState way[] = { DUB_TASK_WAITING, DUB_TASK_PUBLISHING, DUB_TASK_SUBMITTING, DUB_TASK_SUBMITTED,
                               DUB_TASK_PROCESSING, DUB_TASK_FAILED };
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) transitions = NULL;
  DubTransitionRecord *last;

  step (fixture->store, task, DUB_TASK_PUBLISHING);
  g_set_str (&task->publish_url, "https://files.example/coat.mp4");
  task->submitted = task->created + 10;
  task->changed = task->created + 10;
  step (fixture->store, task, DUB_TASK_SUBMITTING);
  g_set_str (&task->remote_task, "7000");
  step (fixture->store, task, DUB_TASK_SUBMITTED);
  step (fixture->store, task, DUB_TASK_PROCESSING);
  g_set_str (&task->message, "No speech was found.");
  g_set_str (&task->request_id, "req-1");
  g_set_str (&task->remote_video, "v1");
  g_set_str (&task->preview_url, "https://preview.example/1");
  task->return_code = 40002;
  task->finished = task->created + 99;
  task->changed = task->created + 99;
  step (fixture->store, task, DUB_TASK_FAILED);

  reopen (fixture);
  listed = list_tasks (fixture->store);
  g_assert_cmpint (task_at (listed, 0)->state, ==, DUB_TASK_FAILED);
  g_assert_cmpstr (task_at (listed, 0)->publish_url, ==, "https://files.example/coat.mp4");
  g_assert_cmpstr (task_at (listed, 0)->remote_task, ==, "7000");
  g_assert_cmpstr (task_at (listed, 0)->remote_video, ==, "v1");
  g_assert_cmpstr (task_at (listed, 0)->preview_url, ==, "https://preview.example/1");
  g_assert_cmpstr (task_at (listed, 0)->message, ==, "No speech was found.");
  g_assert_cmpint (task_at (listed, 0)->return_code, ==, 40002);
  g_assert_cmpint (task_at (listed, 0)->submitted, ==, task->created + 10);
  g_assert_cmpint (task_at (listed, 0)->finished, ==, task->created + 99);
  g_assert_cmpint (task_at (listed, 0)->changed, ==, task->created + 99);

  transitions = list_transitions (fixture->store, task->id);
  g_assert_cmpuint (transitions->len, ==, G_N_ELEMENTS (way));
  for (guint i = 1; i < G_N_ELEMENTS (way); i++)
    {
      last = g_ptr_array_index (transitions, i);
      g_assert_cmpint (last->from, ==, way[i - 1]);
      g_assert_cmpint (last->to, ==, way[i]);
      g_assert_cmpint (last->moment, >, 0);
    }
  g_assert_cmpint (last->moment, ==, task->created + 99);
  g_assert_cmpint (last->return_code, ==, 40002);
  g_assert_cmpstr (last->message, ==, "No speech was found.");
  g_assert_cmpstr (last->request_id, ==, "req-1");
}

/* The table takes every word that the state machine has. */
static void
test_state_words (StoreFixture *fixture,
                  gconstpointer data)
{
  gint64 video = put_agreed_video (fixture->store);
  g_autoptr (GPtrArray) tasks = add_named (fixture->store, video, "Coat", NULL);
  g_autoptr (GEnumClass) states = g_type_class_ref (DUB_TYPE_TASK_STATE);

  for (guint i = 0; i < states->n_values; i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE tasks SET state = '%s'; UPDATE transitions SET to_state = '%s'",
                                              states->values[i].value_nick, states->values[i].value_nick);
      g_autoptr (GPtrArray) listed = NULL;

      g_assert_true (change_file (fixture->path, sql));
      listed = list_tasks (fixture->store);
      g_assert_cmpint (task_at (listed, 0)->state, ==, states->values[i].value);
    }
}

static void
assert_all_waiting (DubStore *store)
{
  g_autoptr (GPtrArray) listed = list_tasks (store);

  for (guint i = 0; i < listed->len; i++)
    {
      g_autoptr (GPtrArray) transitions = list_transitions (store, task_at (listed, i)->id);

      g_assert_cmpint (task_at (listed, i)->state, ==, DUB_TASK_WAITING);
      g_assert_cmpuint (transitions->len, ==, 1);
    }
}

/* One of five that is not where it should be, may not go there, or is gone: none goes. */
static void
test_transition_refused (StoreFixture *fixture,
                         gconstpointer data)
{
  gint64 video = put_agreed_video (fixture->store);
  g_autoptr (GPtrArray) tasks = add_named (fixture->store, video, "A", "B", "C", "D", "E", NULL);
  DubTaskState from[5] = { DUB_TASK_WAITING, DUB_TASK_WAITING, DUB_TASK_WAITING, DUB_TASK_WAITING, DUB_TASK_WAITING };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5; i++)
    task_at (tasks, i)->state = DUB_TASK_PUBLISHING;

  from[4] = DUB_TASK_PUBLISHING;
  task_at (tasks, 4)->state = DUB_TASK_SUBMITTING;
  g_assert_false (transition (fixture->store, tasks, from, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  assert_all_waiting (fixture->store);

  from[4] = DUB_TASK_WAITING;
  task_at (tasks, 4)->state = DUB_TASK_SUCCEEDED;
  g_assert_false (transition (fixture->store, tasks, from, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED);
  g_clear_error (&error);
  assert_all_waiting (fixture->store);

  task_at (tasks, 4)->state = DUB_TASK_PUBLISHING;
  task_at (tasks, 4)->id = 4711;
  g_assert_false (transition (fixture->store, tasks, from, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NOT_FOUND);
  assert_all_waiting (fixture->store);
}

static void
test_remove_tasks (StoreFixture *fixture,
                   gconstpointer data)
{
  gint64 video = put_agreed_video (fixture->store);
  g_autoptr (GPtrArray) tasks = add_named (fixture->store, video, "Sent", "Cancelled", "Waiting", NULL);
  gint64 ids[3];
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autofree char *rest = NULL;
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    ids[i] = task_at (tasks, i)->id;
  dub_script_append (script, "Hallo", 0, 1000);
  g_assert_true (put_script (fixture->store, ids[0], DUB_SCRIPT_TRANSLATED, script, &error));
  step (fixture->store, task_at (tasks, 0), DUB_TASK_PUBLISHING);
  step (fixture->store, task_at (tasks, 0), DUB_TASK_SUBMITTING);
  step (fixture->store, task_at (tasks, 0), DUB_TASK_UNCONFIRMED);
  g_assert_false (remove_task (fixture->store, ids[0], &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  step (fixture->store, task_at (tasks, 0), DUB_TASK_DROPPED);
  step (fixture->store, task_at (tasks, 1), DUB_TASK_CANCELLED);

  {
    AWAIT (dub_store_remove_tasks_async (fixture->store, ids, 3, NULL, dub_test_keep_result, &slot));
    g_assert_false (dub_store_remove_tasks_finish (fixture->store, result, &error));
    g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_CONFLICT);
    g_clear_error (&error);
  }
  listed = list_tasks (fixture->store);
  g_assert_cmpuint (listed->len, ==, 3);
  {
    AWAIT (dub_store_remove_tasks_async (fixture->store, ids, 2, NULL, dub_test_keep_result, &slot));
    g_assert_true (dub_store_remove_tasks_finish (fixture->store, result, &error));
  }
  g_assert_true (remove_task (fixture->store, ids[0], &error));
  rest = query_file (fixture->path, "SELECT (SELECT count(*) FROM tasks) || (SELECT count(*) FROM transitions)"
                                    " || (SELECT count(*) FROM scripts) || (SELECT count(*) FROM segments)");
  g_assert_cmpstr (rest, ==, "1100");

  /* the service may know the name that was sent; the other one is free */
  again = add_named (fixture->store, video, "Sent", "Cancelled", NULL);
  g_assert_cmpstr (task_at (again, 0)->name, ==, "Sent (2)");
  g_assert_cmpstr (task_at (again, 1)->name, ==, "Cancelled");
  g_assert_cmpint (task_at (again, 0)->id, >, ids[2]);
}

static void
test_scripts (StoreFixture *fixture,
              gconstpointer data)
{
  gint64 video = put_agreed_video (fixture->store);
  g_autoptr (GPtrArray) tasks = add_named (fixture->store, video, "Coat", NULL);
  gint64 task = task_at (tasks, 0)->id;
  g_autoptr (DubScript) first = dub_script_new ();
  g_autoptr (DubScript) second = dub_script_new ();
  g_autoptr (DubScript) original = NULL;
  g_autoptr (DubScript) translated = NULL;
  g_autoptr (DubScript) given = NULL;
  g_autofree char *n_segments = NULL;
  g_autoptr (GError) error = NULL;

  dub_script_append (first, "Soft wool,", 0, 1200.5);
  dub_script_append (first, "warm heart.", 1200.5, 2400.125);
  dub_script_append (second, "สวัสดี", 0.1, 0.2);
  g_assert_true (put_script (fixture->store, task, DUB_SCRIPT_ORIGINAL, first, &error));
  g_assert_true (put_script (fixture->store, task, DUB_SCRIPT_TRANSLATED, first, &error));
  g_assert_true (put_script (fixture->store, task, DUB_SCRIPT_TRANSLATED, second, &error));
  g_assert_no_error (error);

  reopen (fixture);
  original = get_script (fixture->store, task, DUB_SCRIPT_ORIGINAL);
  translated = get_script (fixture->store, task, DUB_SCRIPT_TRANSLATED);
  given = get_script (fixture->store, task, DUB_SCRIPT_GIVEN);
  g_assert_true (dub_script_equal (original, first));
  g_assert_true (dub_script_equal (translated, second));
  g_assert_null (given);
  n_segments = query_file (fixture->path, "SELECT count(*) FROM segments");
  g_assert_cmpstr (n_segments, ==, "3");

  g_assert_false (put_script (fixture->store, 4711, DUB_SCRIPT_ORIGINAL, first, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NOT_FOUND);
}

static void
test_settings (StoreFixture *fixture,
               gconstpointer data)
{
  g_autofree char *unset = get_setting (fixture->store, "current-account");
  g_autofree char *set = NULL;
  g_autofree char *unset_again = NULL;

  g_assert_null (unset);
  put_setting (fixture->store, "current-account", "a");
  put_setting (fixture->store, "current-account", "studio");
  reopen (fixture);
  set = get_setting (fixture->store, "current-account");
  g_assert_cmpstr (set, ==, "studio");
  put_setting (fixture->store, "current-account", NULL);
  unset_again = get_setting (fixture->store, "current-account");
  g_assert_null (unset_again);
}

/* A cancelled call that has not begun writes nothing. */
static void
test_cancelled (StoreFixture *fixture,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  {
    AWAIT (dub_store_put_setting_async (fixture->store, "k", "v", cancellable, dub_test_keep_result, &slot));
    g_assert_false (dub_store_put_setting_finish (fixture->store, result, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  }
  value = get_setting (fixture->store, "k");
  g_assert_null (value);
}

/* Text that is no UTF-8, put there by others, does not get out. */
static void
test_foreign_text (StoreFixture *fixture,
                   gconstpointer data)
{
  g_autofree char *value = NULL;

  put_setting (fixture->store, "k", "v");
  g_assert_true (change_file (fixture->path, "UPDATE settings SET value = CAST (x'61ff62' AS TEXT)"));
  value = get_setting (fixture->store, "k");
  g_assert_true (g_utf8_validate (value, -1, NULL));
  g_assert_true (g_str_has_prefix (value, "a"));
}

#define ADD(path, function) \
  g_test_add ("/store/store/" path, StoreFixture, NULL, store_fixture_set_up, function, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("open", test_open);
  ADD ("refused-files", test_refused_files);
  ADD ("accounts", test_accounts);
  ADD ("remove-account", test_remove_account);
  ADD ("videos", test_videos);
  ADD ("consents", test_consents);
  ADD ("consent-gate", test_consent_gate);
  ADD ("file-is-the-gate", test_file_is_the_gate);
  ADD ("add-tasks", test_add_tasks);
  ADD ("names", test_names);
  ADD ("add-all-or-none", test_add_all_or_none);
  ADD ("transitions", test_transitions);
  ADD ("state-words", test_state_words);
  ADD ("transition-refused", test_transition_refused);
  ADD ("remove-tasks", test_remove_tasks);
  ADD ("scripts", test_scripts);
  ADD ("settings", test_settings);
  ADD ("cancelled", test_cancelled);
  ADD ("foreign-text", test_foreign_text);

  return g_test_run ();
}
