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
  ADD ("settings", test_settings);
  ADD ("cancelled", test_cancelled);
  ADD ("foreign-text", test_foreign_text);

  return g_test_run ();
}
