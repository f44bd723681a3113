/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-store-schema.h"

#include "database-fixture.h"
#include "store-fixture.h"

/* What is kept of a dub beside its texts: remarks on its segments, and the lines of its subtitles. */

static void
add_remarked (DubScript  *script,
              const char *text,
              double      start,
              double      end,
              DubRemarks *remarks)
{
  g_autoptr (DubSegment) segment = dub_segment_new (text, start, end);

  dub_segment_set_remarks (segment, remarks);
  dub_script_add_segment (script, segment);
}

static DubRemarks *
make_remarks (void)
{
  DubRemarks *remarks = dub_remarks_new ();

  remarks->confidence = 0.625;
  remarks->natural_ms = 1234.5;
  remarks->overrun_ms = 400;
  remarks->unspoken = 12;
  dub_remarks_add_doubt (remarks, 0, 4);
  dub_remarks_add_doubt (remarks, 5, 7);
  return remarks;
}

static DubScript *
make_script (void)
{
  DubScript *script = dub_script_new ();

  add_remarked (script, "Said well", 0, 1000, make_remarks ());
  dub_script_append (script, "Nothing to say of it", 1000, 2000);
  return script;
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

static void
put_script (DubStore      *store,
            gint64         task,
            DubScriptRole  role,
            DubScript     *script)
{
  g_autoptr (GError) error = NULL;

  AWAIT (dub_store_put_script_async (store, task, role, script, NULL, dub_test_keep_result, &slot));
  g_assert_true (dub_store_put_script_finish (store, result, &error));
  g_assert_no_error (error);
}

static gint64
add_task (StoreFixture *fixture)
{
  g_autoptr (GPtrArray) tasks = add_named (fixture->store, put_agreed_video (fixture->store), "Coat", NULL);

  return task_at (tasks, 0)->id;
}

static void
test_remarks (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autoptr (DubScript) script = make_script ();
  g_autoptr (DubScript) read = NULL;
  gint64 task = add_task (fixture);

  put_script (fixture->store, task, DUB_SCRIPT_TRANSLATED, script);
  reopen (fixture);
  read = get_script (fixture->store, task, DUB_SCRIPT_TRANSLATED);
  g_assert_true (dub_script_equal (read, script));
  g_assert_true (dub_remarks_equal (dub_segment_get_remarks (dub_script_get_segment (read, 0)),
                                    dub_segment_get_remarks (dub_script_get_segment (script, 0))));
  g_assert_null (dub_segment_get_remarks (dub_script_get_segment (read, 1)));
}

/* The segment is there all the same. */
static void
test_hostile_remarks (StoreFixture  *fixture,
                      gconstpointer  data)
{
  static const char *const texts[] = { "", "nonsense", "(0.5, ''text'')", "(0.5, [(7, 3)], 0.0, 0.0, 0)", "(nan, [(4294967295, 4294967295)], -1.0, inf, 1)",
                                       "@as []", "(((((((((((" };
  g_autoptr (DubScript) script = make_script ();
  gint64 task = add_task (fixture);

  put_script (fixture->store, task, DUB_SCRIPT_TRANSLATED, script);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *sql = g_strdup_printf ("UPDATE segments SET remarks = '%s'", texts[i]);
      g_autoptr (DubScript) read = NULL;

      g_assert_true (change_file (fixture->path, sql));
      read = get_script (fixture->store, task, DUB_SCRIPT_TRANSLATED);
      g_assert_true (dub_script_equal (read, script));
    }
}

static void
put_transcript (DubStore  *store,
                gint64     task,
                DubScript *translated,
                DubScript *subtitles)
{
  g_autoptr (GPtrArray) transcripts = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_transcript_record_free);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (transcripts, dub_transcript_record_new (task, NULL, translated, subtitles));
  {
    AWAIT (dub_store_put_transcripts_async (store, transcripts, NULL, dub_test_keep_result, &slot));
    g_assert_true (dub_store_put_transcripts_finish (store, result, &error));
  }
  g_assert_no_error (error);
}

static void
test_subtitles (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (DubScript) script = make_script ();
  g_autoptr (DubScript) lines = dub_script_new ();
  g_autoptr (DubScript) read = NULL;
  g_autoptr (DubScript) translated = NULL;
  gint64 task = add_task (fixture);

  dub_script_append (lines, "Said\nwell", 0, 900);
  put_transcript (fixture->store, task, script, lines);
  read = get_script (fixture->store, task, DUB_SCRIPT_SUBTITLES);
  g_assert_true (dub_script_equal (read, lines));
  translated = get_script (fixture->store, task, DUB_SCRIPT_TRANSLATED);
  g_assert_true (dub_remarks_equal (dub_segment_get_remarks (dub_script_get_segment (translated, 0)),
                                    dub_segment_get_remarks (dub_script_get_segment (script, 0))));
}

static void
test_no_subtitles (StoreFixture  *fixture,
                   gconstpointer  data)
{
  g_autoptr (DubScript) script = make_script ();
  gint64 task = add_task (fixture);

  put_transcript (fixture->store, task, script, NULL);
  g_assert_null (get_script (fixture->store, task, DUB_SCRIPT_SUBTITLES));
}

/* A file of the version before. */
static void
make_old_file (const char *path)
{
  const char *const old[] = { dub_store_get_migrations ()[0], dub_store_get_migrations ()[1], NULL };
  g_autoptr (DubDatabase) database = dub_database_new (path, old);

  assert_executes (database,
                   "INSERT INTO videos (id, uri, identity) VALUES (1, 'file:///a.mp4', 'sha256:1');"
                   "INSERT INTO consents (identity, notice_version, agreed) VALUES ('sha256:1', 'v', 1);"
                   "INSERT INTO tasks (id, account, video, identity, notice_version, language, round, name, subtitles, lipsync,"
                   "  state, return_code, created, changed, submitted, finished)"
                   "  VALUES (7, 'studio', 1, 'sha256:1', 'v', 'de', 1, 'A', 0, 0, 'succeeded', 0, 1, 1, 1, 1);"
                   "INSERT INTO scripts (id, task, role) VALUES (3, 7, 'translated'), (4, 7, 'original');"
                   "INSERT INTO segments (script, position, text, start_ms, end_ms)"
                   "  VALUES (3, 0, 'Hallo', 0, 1000), (3, 1, 'Welt', 1000, 2000), (4, 0, 'Hello', 0, 1000);");
  assert_reads (database, "PRAGMA user_version", "2");
  dub_database_close (database);
}

static void
test_old_file (void)
{
  StoreFixture fixture = { .dir = dub_test_make_dir () };
  g_autoptr (DubScript) expected = dub_script_new ();
  g_autoptr (DubScript) read = NULL;
  g_autoptr (DubScript) lines = dub_script_new ();
  g_autoptr (GError) error = NULL;

  fixture.path = g_build_filename (fixture.dir, "dubroom.db", NULL);
  make_old_file (fixture.path);
  fixture.store = dub_store_new (fixture.path);
  g_assert_true (open_store (fixture.store, &error));
  g_assert_no_error (error);
  dub_script_append (expected, "Hallo", 0, 1000);
  dub_script_append (expected, "Welt", 1000, 2000);
  read = get_script (fixture.store, 7, DUB_SCRIPT_TRANSLATED);
  g_assert_true (dub_script_equal (read, expected));
  dub_script_append (lines, "Hallo\nWelt", 0, 2000);
  put_script (fixture.store, 7, DUB_SCRIPT_SUBTITLES, lines);
  /* What belongs to a task still goes with it. */
  dub_store_close (fixture.store);
  g_clear_object (&fixture.store);
  g_assert_true (change_file (fixture.path, "PRAGMA foreign_keys = ON; DELETE FROM tasks"));
  {
    g_autofree char *left = query_file (fixture.path, "SELECT count(*) FROM segments");

    g_assert_cmpstr (left, ==, "0");
  }
  dub_test_remove_dir (fixture.dir);
  g_free (fixture.path);
}

#define ADD(path, function) \
  g_test_add ("/store/remarks/" path, StoreFixture, NULL, store_fixture_set_up, function, store_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("remarks", test_remarks);
  ADD ("hostile-remarks", test_hostile_remarks);
  ADD ("subtitles", test_subtitles);
  ADD ("no-subtitles", test_no_subtitles);
  g_test_add_func ("/store/remarks/old-file", test_old_file);
  return g_test_run ();
}
