/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "store-fixture.h"

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

static gboolean
remove_task (DubStore  *store,
             gint64     id,
             GError   **error)
{
  AWAIT (dub_store_remove_tasks_async (store, &id, 1, NULL, dub_test_keep_result, &slot));
  return dub_store_remove_tasks_finish (store, result, error);
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
  later = add_named (fixture->store, video, "Coat (2)", "Coat (x)", "Coat (x)", " (2)", NULL);
  g_assert_cmpstr (task_at (later, 0)->name, ==, "Coat (4)");
  g_assert_cmpstr (task_at (later, 1)->name, ==, "Coat (x)");
  g_assert_cmpstr (task_at (later, 2)->name, ==, "Coat (x) (2)");
  g_assert_cmpstr (task_at (later, 3)->name, ==, " (2)");

  g_assert_true (put_account (fixture->store, &other, &error));
  g_ptr_array_add (elsewhere, make_task (video, "Coat"));
  g_set_str (&task_at (elsewhere, 0)->account_id, "b");
  stored = add_tasks (fixture->store, elsewhere, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (task_at (stored, 0)->name, ==, "Coat");
}

/* A name that a dub of the account has elsewhere is not given again; twice told is once told. */
static void
test_spent_names (StoreFixture *fixture,
                  gconstpointer data)
{
  const char *const names[] = { "Coat", "Hat", NULL };
  gint64 video = put_agreed_video (fixture->store);
  g_autoptr (GPtrArray) tasks = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      AWAIT (dub_store_spend_names_async (fixture->store, i == 0 ? "nobody" : "studio", names, NULL, dub_test_keep_result, &slot));

      g_assert_true (dub_store_spend_names_finish (fixture->store, result, &error));
      g_assert_no_error (error);
    }
  tasks = add_named (fixture->store, video, "Coat", "Scarf", "Hat", NULL);
  g_assert_cmpstr (task_at (tasks, 0)->name, ==, "Coat (2)");
  g_assert_cmpstr (task_at (tasks, 1)->name, ==, "Scarf");
  g_assert_cmpstr (task_at (tasks, 2)->name, ==, "Hat (2)");
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

/* Values are put right without a change of state where the task is with the service, and nowhere else. */
static void
test_staying (StoreFixture *fixture,
              gconstpointer data)
{
  gint64 video = put_agreed_video (fixture->store);
  g_autoptr (GPtrArray) tasks = add_named (fixture->store, video, "Coat", NULL);
  DubTaskRecord *task = task_at (tasks, 0);
  DubTaskState from = DUB_TASK_WAITING;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) transitions = NULL;
  g_autoptr (GError) error = NULL;
  DubTransitionRecord *last;

  g_assert_false (transition (fixture->store, tasks, &from, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED);

  step (fixture->store, task, DUB_TASK_PUBLISHING);
  step (fixture->store, task, DUB_TASK_SUBMITTING);
  task->changed = 1000;
  g_set_str (&task->remote_task, "7001");
  step (fixture->store, task, DUB_TASK_SUBMITTED);
  task->changed = 2000;
  g_set_str (&task->remote_task, "7002");
  step (fixture->store, task, DUB_TASK_SUBMITTED);

  listed = list_tasks (fixture->store);
  g_assert_cmpstr (task_at (listed, 0)->remote_task, ==, "7002");
  g_assert_cmpint (task_at (listed, 0)->changed, ==, 1000);
  transitions = list_transitions (fixture->store, task->id);
  last = g_ptr_array_index (transitions, transitions->len - 1);
  g_assert_cmpint (last->from, ==, DUB_TASK_SUBMITTED);
  g_assert_cmpint (last->to, ==, DUB_TASK_SUBMITTED);
  g_assert_cmpint (last->moment, ==, 2000);
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

/* Only the studio knows what it has: of a service's nothing is sent again by itself. */
static void
test_unconfirmed_waits_again (StoreFixture *fixture,
                              gconstpointer data)
{
  gint64 video = put_agreed_video (fixture->store);
  g_autoptr (GPtrArray) ours = add_named (fixture->store, video, "Coat", NULL);
  g_autoptr (DubAccountRecord) account = dub_account_record_new ();
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_record_free);
  g_autoptr (GPtrArray) theirs = NULL;
  g_autoptr (GError) error = NULL;
  DubTaskState from = DUB_TASK_UNCONFIRMED;

  account->id = g_strdup ("shop");
  account->kind = DUB_ACCOUNT_KIND_SERVICE;
  account->name = g_strdup ("Shop");
  account->base_url = g_strdup ("https://example.com/");
  g_assert_true (put_account (fixture->store, account, NULL));
  g_ptr_array_add (wanted, make_task (video, "Coat"));
  g_set_str (&task_at (wanted, 0)->account_id, "shop");
  theirs = add_tasks (fixture->store, wanted, NULL, &error);
  g_assert_no_error (error);

  step (fixture->store, task_at (ours, 0), DUB_TASK_PUBLISHING);
  step (fixture->store, task_at (ours, 0), DUB_TASK_SUBMITTING);
  step (fixture->store, task_at (ours, 0), DUB_TASK_UNCONFIRMED);
  step (fixture->store, task_at (ours, 0), DUB_TASK_WAITING);

  step (fixture->store, task_at (theirs, 0), DUB_TASK_PUBLISHING);
  step (fixture->store, task_at (theirs, 0), DUB_TASK_SUBMITTING);
  step (fixture->store, task_at (theirs, 0), DUB_TASK_UNCONFIRMED);
  task_at (theirs, 0)->state = DUB_TASK_WAITING;
  /* Whatever the record says of its account. */
  g_set_str (&task_at (theirs, 0)->account_id, "studio");
  g_assert_false (transition (fixture->store, theirs, &from, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_FAILED);
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

#define ADD(path, function) \
  g_test_add ("/store/tasks/" path, StoreFixture, NULL, store_fixture_set_up, function, store_fixture_tear_down)

static DubTaskRecord *
repeat (DubStore      *store,
        gint64         id,
        DubTaskState   from,
        GError       **error)
{
  g_autoptr (GPtrArray) made = NULL;

  AWAIT (dub_store_repeat_tasks_async (store, &id, &from, 1, NULL, dub_test_keep_result, &slot));
  made = dub_store_repeat_tasks_finish (store, result, error);
  if (made == NULL)
    return NULL;
  g_assert_cmpuint (made->len, ==, 1);
  return dub_task_record_copy (made->pdata[0]);
}

/* One that is unconfirmed is dropped with the same stroke that makes a new one, so that it is done once. */
static void
test_repeat (StoreFixture *fixture,
             gconstpointer data)
{
  gint64 video = put_agreed_video (fixture->store);
  g_autoptr (GPtrArray) tasks = add_named (fixture->store, video, "Coat", NULL);
  DubTaskRecord *task = task_at (tasks, 0);
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (DubScript) given = NULL;
  g_autoptr (DubTaskRecord) again = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GPtrArray) transitions = NULL;
  g_autoptr (GError) error = NULL;

  dub_script_append (script, "Hallo", 0, 1000);
  g_assert_true (put_script (fixture->store, task->id, DUB_SCRIPT_GIVEN, script, NULL));
  step (fixture->store, task, DUB_TASK_PUBLISHING);
  step (fixture->store, task, DUB_TASK_SUBMITTING);
  g_assert_null (repeat (fixture->store, task->id, DUB_TASK_UNCONFIRMED, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  step (fixture->store, task, DUB_TASK_UNCONFIRMED);

  again = repeat (fixture->store, task->id, DUB_TASK_UNCONFIRMED, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->name, ==, "Coat (2)");
  g_assert_null (repeat (fixture->store, task->id, DUB_TASK_UNCONFIRMED, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_CONFLICT);
  listed = list_tasks (fixture->store);
  g_assert_cmpuint (listed->len, ==, 2);
  g_assert_cmpint (task_at (listed, 0)->state, ==, DUB_TASK_DROPPED);
  g_assert_cmpint (task_at (listed, 0)->finished, >, 0);
  g_assert_cmpint (task_at (listed, 1)->state, ==, DUB_TASK_WAITING);
  g_assert_cmpint (task_at (listed, 1)->submitted, ==, 0);
  g_assert_cmpstr (task_at (listed, 1)->language, ==, task->language);
  transitions = list_transitions (fixture->store, task->id);
  g_assert_cmpuint (transitions->len, ==, 5);
  given = get_script (fixture->store, again->id, DUB_SCRIPT_GIVEN);
  g_assert_nonnull (given);
  g_assert_true (dub_script_equal (given, script));
}

/* One that has ended stays as it is; one that is gone cannot be had again. */
static void
test_repeat_ended (StoreFixture *fixture,
                   gconstpointer data)
{
  gint64 video = put_agreed_video (fixture->store);
  g_autoptr (GPtrArray) tasks = add_named (fixture->store, video, "Coat", NULL);
  DubTaskRecord *task = task_at (tasks, 0);
  g_autoptr (DubTaskRecord) again = NULL;
  g_autoptr (GPtrArray) listed = NULL;
  g_autoptr (GError) error = NULL;

  step (fixture->store, task, DUB_TASK_CANCELLED);
  again = repeat (fixture->store, task->id, DUB_TASK_CANCELLED, &error);
  g_assert_no_error (error);
  listed = list_tasks (fixture->store);
  g_assert_cmpint (task_at (listed, 0)->state, ==, DUB_TASK_CANCELLED);
  g_assert_true (remove_task (fixture->store, task->id, NULL));
  g_assert_null (repeat (fixture->store, task->id, DUB_TASK_CANCELLED, &error));
  g_assert_error (error, DUB_STORE_ERROR, DUB_STORE_ERROR_NOT_FOUND);
}

static void
put_transcript (DubStore  *store,
                gint64     task,
                DubScript *original,
                DubScript *translated)
{
  g_autoptr (GPtrArray) transcripts = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_transcript_record_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (transcripts, dub_transcript_record_new (task, original, translated, NULL));
  {
    AWAIT (dub_store_put_transcripts_async (store, transcripts, NULL, dub_test_keep_result, &slot));
    g_assert_true (dub_store_put_transcripts_finish (store, result, &error));
  }
  g_assert_no_error (error);
}

static DubScript *
find_original (DubStore *store,
               gint64    task)
{
  AWAIT (dub_store_find_original_async (store, task, NULL, dub_test_keep_result, &slot));
  return dub_store_find_original_finish (store, result, NULL);
}

static guint
count_untranscribed (DubStore *store)
{
  g_autoptr (GArray) ids = NULL;
  AWAIT (dub_store_list_untranscribed_async (store, "studio", NULL, dub_test_keep_result, &slot));

  ids = dub_store_list_untranscribed_finish (store, result, NULL);
  return ids->len;
}

/* The list does not say what is said in the video of a dub with a script of the person's own: it is that script. */
static void
test_transcripts (StoreFixture *fixture,
                  gconstpointer data)
{
  gint64 video = put_agreed_video (fixture->store);
  gint64 copy = put_video (fixture->store, "file:///home/ada/copy.mp4", FIRST_IDENTITY, "Copy");
  g_autoptr (GPtrArray) own = add_named (fixture->store, copy, "Own", NULL);
  g_autoptr (GPtrArray) plain = add_named (fixture->store, video, "Plain", NULL);
  g_autoptr (DubScript) said = dub_script_new ();
  g_autoptr (DubScript) written = dub_script_new ();
  g_autoptr (DubScript) empty = dub_script_new ();
  g_autoptr (DubScript) found = NULL;
  g_autoptr (DubScript) stored = NULL;

  dub_script_append (said, "Said", 0, 1000);
  dub_script_append (written, "Written", 0, 1000);
  g_assert_true (put_script (fixture->store, task_at (own, 0)->id, DUB_SCRIPT_GIVEN, written, NULL));
  g_assert_true (change_file (fixture->path, "UPDATE tasks SET state = 'succeeded'"));
  g_assert_cmpuint (count_untranscribed (fixture->store), ==, 2);

  put_transcript (fixture->store, task_at (own, 0)->id, written, written);
  g_assert_null (find_original (fixture->store, task_at (own, 0)->id));
  g_assert_cmpuint (count_untranscribed (fixture->store), ==, 1);
  put_transcript (fixture->store, task_at (plain, 0)->id, empty, empty);
  g_assert_cmpuint (count_untranscribed (fixture->store), ==, 1);
  put_transcript (fixture->store, task_at (plain, 0)->id, said, written);
  put_transcript (fixture->store, task_at (plain, 0)->id, written, said);
  put_transcript (fixture->store, 99, said, said);
  g_assert_cmpuint (count_untranscribed (fixture->store), ==, 0);
  stored = get_script (fixture->store, task_at (plain, 0)->id, DUB_SCRIPT_ORIGINAL);
  g_assert_true (dub_script_equal (stored, said));
  found = find_original (fixture->store, task_at (own, 0)->id);
  g_assert_true (dub_script_equal (found, said));
}

/* Whichever field differs: a change that is taken for none would not be shown. */
static void
test_records_equal (StoreFixture *fixture,
                    gconstpointer data)
{
  const struct
  {
    gsize offset;
    gsize size; /* 0: a text */
  } fields[] = {
    { G_STRUCT_OFFSET (DubTaskRecord, id), sizeof (gint64) },
    { G_STRUCT_OFFSET (DubTaskRecord, account_id), 0 },
    { G_STRUCT_OFFSET (DubTaskRecord, video), sizeof (gint64) },
    { G_STRUCT_OFFSET (DubTaskRecord, language), 0 },
    { G_STRUCT_OFFSET (DubTaskRecord, round), sizeof (int) },
    { G_STRUCT_OFFSET (DubTaskRecord, name), 0 },
    { G_STRUCT_OFFSET (DubTaskRecord, subtitles), sizeof (gboolean) },
    { G_STRUCT_OFFSET (DubTaskRecord, lipsync), sizeof (gboolean) },
    { G_STRUCT_OFFSET (DubTaskRecord, state), sizeof (DubTaskState) },
    { G_STRUCT_OFFSET (DubTaskRecord, batch), 0 },
    { G_STRUCT_OFFSET (DubTaskRecord, publish_url), 0 },
    { G_STRUCT_OFFSET (DubTaskRecord, remote_task), 0 },
    { G_STRUCT_OFFSET (DubTaskRecord, remote_video), 0 },
    { G_STRUCT_OFFSET (DubTaskRecord, preview_url), 0 },
    { G_STRUCT_OFFSET (DubTaskRecord, message), 0 },
    { G_STRUCT_OFFSET (DubTaskRecord, return_code), sizeof (gint64) },
    { G_STRUCT_OFFSET (DubTaskRecord, request_id), 0 },
    { G_STRUCT_OFFSET (DubTaskRecord, created), sizeof (gint64) },
    { G_STRUCT_OFFSET (DubTaskRecord, changed), sizeof (gint64) },
    { G_STRUCT_OFFSET (DubTaskRecord, submitted), sizeof (gint64) },
    { G_STRUCT_OFFSET (DubTaskRecord, finished), sizeof (gint64) },
  };
  g_autoptr (DubTaskRecord) record = make_task (1, "Coat");

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autoptr (DubTaskRecord) copy = dub_task_record_copy (record);

      g_assert_true (dub_task_record_equal (record, copy));
      if (fields[i].size == 0)
        g_set_str (&G_STRUCT_MEMBER (char *, copy, fields[i].offset), "another");
      else
        G_STRUCT_MEMBER (guint8, copy, fields[i].offset) ^= 1;
      g_assert_false (dub_task_record_equal (record, copy));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("consent-gate", test_consent_gate);
  ADD ("file-is-the-gate", test_file_is_the_gate);
  ADD ("add-tasks", test_add_tasks);
  ADD ("names", test_names);
  ADD ("spent-names", test_spent_names);
  ADD ("add-all-or-none", test_add_all_or_none);
  ADD ("transitions", test_transitions);
  ADD ("staying", test_staying);
  ADD ("state-words", test_state_words);
  ADD ("transition-refused", test_transition_refused);
  ADD ("repeat", test_repeat);
  ADD ("repeat-ended", test_repeat_ended);
  ADD ("transcripts", test_transcripts);
  ADD ("records-equal", test_records_equal);
  ADD ("unconfirmed-waits-again", test_unconfirmed_waits_again);
  ADD ("remove-tasks", test_remove_tasks);
  ADD ("scripts", test_scripts);

  return g_test_run ();
}
