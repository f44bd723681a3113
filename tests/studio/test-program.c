/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program as a process: how it is started, handed over, stopped, killed and started again. */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dub-test-process.h"
#include "server-fixture.h"

static char *
make_path (Fixture    *fixture,
           const char *name)
{
  return g_build_filename (fixture->dir, name, NULL);
}

/* Runs the studio to its end. (transfer full): what it says on standard error */
static char *
run_to_end (int         expected,
            const char *first,
            ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *complaint = NULL;
  va_list more;

  g_ptr_array_add (argv, (gpointer) fixture_get_program ());
  va_start (more, first);
  for (const char *word = first; word != NULL; word = va_arg (more, const char *))
    g_ptr_array_add (argv, (gpointer) word);
  va_end (more);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &complaint, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, expected);
  return complaint;
}

static void
test_two_studios (Fixture      *fixture,
                  gconstpointer unused)
{
  g_autofree char *complaint = run_to_end (3, "--data-dir", fixture->data, NULL);

  g_assert_true (g_str_has_prefix (complaint, "dubroom-studio: Another studio works in "));
  g_assert_nonnull (strstr (complaint, fixture->data));
}

static void
test_usage (Fixture      *fixture,
            gconstpointer unused)
{
  const char *bad[] = { "--nonsense", "--qps=-1", "--qps=x", "--jobs=0", "--jobs=1000", "word" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *complaint = run_to_end (2, bad[i], NULL);

      g_test_message ("%s", bad[i]);
      g_assert_true (g_str_has_prefix (complaint, "dubroom-studio: "));
    }
}

/* A file where the directory should be. */
static void
test_no_directory (Fixture      *fixture,
                   gconstpointer unused)
{
  g_autofree char *file = make_path (fixture, "ok.webm");
  g_autofree char *complaint = run_to_end (1, "--data-dir", file, NULL);

  g_assert_true (g_str_has_prefix (complaint, "dubroom-studio: The folder "));
}

static void
test_damaged_store (Fixture      *fixture,
                    gconstpointer unused)
{
  g_autofree char *data = make_path (fixture, "other");
  g_autofree char *store = g_build_filename (data, "studio.db", NULL);
  g_autofree char *junk = g_strnfill (8192, 'x');
  g_autofree char *complaint = NULL;

  g_assert_cmpint (g_mkdir (data, 0700), ==, 0);
  g_assert_true (g_file_set_contents (store, junk, -1, NULL));
  complaint = run_to_end (1, "--data-dir", data, NULL);
  g_assert_true (g_str_has_prefix (complaint, "dubroom-studio: "));
}

/* @output: becomes its standard output. */
static void
check_no_token (Fixture *fixture,
                int      output)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *data = make_path (fixture, "other");

  g_assert_cmpint (output, >=, 0);
  g_subprocess_launcher_take_stdout_fd (launcher, output);
  process = g_subprocess_launcher_spawn (launcher, &error, fixture_get_program (), "--exit-with-parent", "--data-dir", data,
                                         NULL);
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 2);
}

static void
test_terminal (Fixture      *fixture,
               gconstpointer unused)
{
  int master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);

  g_assert_cmpint (master, >=, 0);
  g_assert_cmpint (grantpt (master), ==, 0);
  g_assert_cmpint (unlockpt (master), ==, 0);
  check_no_token (fixture, g_open (ptsname (master), O_RDWR | O_NOCTTY | O_CLOEXEC, 0));
  close (master);
}

/* As a shell makes it, for others to read. */
static void
test_file (Fixture      *fixture,
           gconstpointer unused)
{
  g_autofree char *path = make_path (fixture, "output");
  g_autofree char *content = NULL;

  check_no_token (fixture, g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644));
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "");
  check_no_token (fixture, g_open ("/dev/null", O_WRONLY | O_CLOEXEC, 0));
}

static gboolean
is_there (gpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_credentials (Fixture      *fixture,
                  gconstpointer unused)
{
  g_autofree char *data = make_path (fixture, "other");
  g_autofree char *file = make_path (fixture, "credentials");
  g_autofree char *line = NULL;
  g_autofree char *output = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;
  guint source = g_timeout_add (20, tick, NULL);

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, fixture_get_program (), "--data-dir", data,
                              "--credentials", file, NULL);
  g_assert_no_error (error);
  dub_test_wait_for (is_there, file, "the file of port and token");
  g_source_remove (source);
  g_assert_cmpint (g_stat (file, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  g_assert_true (g_file_get_contents (file, &line, NULL, NULL));
  g_assert_true (g_regex_match_simple ("^ready [0-9]+ [0-9a-f]{64}\n$", line, 0, 0));

  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  g_assert_cmpstr (output, ==, "");
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
}

/* A file that others can read is replaced, not written into. */
static void
test_credentials_replaced (Fixture      *fixture,
                           gconstpointer unused)
{
  g_autofree char *data = make_path (fixture, "other");
  g_autofree char *file = make_path (fixture, "credentials");
  g_autofree char *link = make_path (fixture, "link");
  g_autofree char *content = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;
  guint source = g_timeout_add (20, tick, NULL);

  g_assert_true (g_file_set_contents_full (file, "old", -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644, NULL));
  g_assert_cmpint (symlink (file, link), ==, 0);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, fixture_get_program (), "--data-dir", data,
                              "--credentials", link, NULL);
  g_assert_no_error (error);
  do
    {
      g_main_context_iteration (NULL, TRUE);
      memset (&info, 0, sizeof info);
    }
  while (g_lstat (link, &info) != 0 || !S_ISREG (info.st_mode));
  g_source_remove (source);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  g_assert_true (g_file_get_contents (file, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "old");
  g_subprocess_send_signal (process, SIGTERM);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

/* --- where it listens --- */

static guint
count_listeners (const char *table,
                 guint       port,
                 const char *address)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *place = g_strdup_printf ("%s:%04X ", address, port);
  guint count = 0;

  if (!g_file_get_contents (table, &text, NULL, NULL))
    return 0;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (strstr (lines[i], place) != NULL && strstr (lines[i], " 0A ") != NULL)
      count++;
  return count;
}

static void
test_loopback (Fixture      *fixture,
               gconstpointer unused)
{
  guint port = fixture->studio->port;

  g_assert_cmpuint (count_listeners ("/proc/net/tcp", port, "0100007F"), ==, 1);
  g_assert_cmpuint (count_listeners ("/proc/net/tcp", port, ""), ==, 1);
  g_assert_cmpuint (count_listeners ("/proc/net/tcp6", port, ""), ==, 0);
}

/* The token is neither among the arguments nor in what the studio keeps. */
static void
test_token_private (Fixture      *fixture,
                    gconstpointer unused)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/cmdline", g_subprocess_get_identifier (fixture->studio->process));
  g_autofree char *arguments = NULL;
  g_autofree char *store = g_build_filename (fixture->data, "studio.db-wal", NULL);
  g_autofree char *content = NULL;
  GStatBuf info;
  gsize length;

  g_assert_true (g_file_get_contents (path, &arguments, &length, NULL));
  g_assert_null (g_strstr_len (arguments, (gssize) length, fixture->studio->token));
  if (g_file_get_contents (store, &content, &length, NULL))
    g_assert_null (g_strstr_len (content, (gssize) length, fixture->studio->token));
  g_assert_cmpint (g_stat (fixture->data, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0077, ==, 0);
}

static void
test_token_changes (Fixture      *fixture,
                    gconstpointer unused)
{
  g_autofree char *before = g_strdup (fixture->studio->token);

  dub_test_studio_stop (fixture->studio);
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
  g_assert_cmpstr (fixture->studio->token, !=, before);
}

/* --- how it ends, and begins again --- */

static int
begin_long_task (Fixture *fixture,
                 char   **id)
{
  g_autofree char *video = fixture_name_video (fixture, "wait.webm");
  g_autofree char *item = fixture_make_item (video, ", \"video_name\": \"Long\"");
  g_autofree char *path = make_path (fixture, "wait.webm");

  *id = dub_test_studio_create (fixture->studio, item);
  return dub_test_await_pid (path);
}

static void
let_go (Fixture *fixture)
{
  g_autofree char *go = make_path (fixture, "wait.webm.go");

  g_assert_true (g_file_set_contents (go, "", 0, NULL));
}

static void
test_terminated (Fixture      *fixture,
                 gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (JsonNode) entry = NULL;
  int pid = begin_long_task (fixture, &id);

  dub_test_studio_stop (fixture->studio);
  dub_test_await_end (pid);

  let_go (fixture);
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
  entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (entry), "video_name"), ==, "Long");
}

/* Killed with one task under way and one to come: both are done by the next studio, and what lay about is swept. */
static void
test_killed (Fixture      *fixture,
             gconstpointer unused)
{
  g_autofree char *first = NULL;
  int pid = begin_long_task (fixture, &first);
  g_autofree char *item = fixture_make_item (fixture->video, ", \"scripts\": [{\"text\": \"Hola\","
                                                             " \"text_start_time\": 0, \"text_end_time\": 900}]");
  g_autofree char *second = dub_test_studio_create (fixture->studio, item);
  g_autofree char *leftover = g_build_filename (fixture->data, "work", "7", "deep", NULL);
  g_autofree char *ids = g_strdup_printf ("[\"%s\",\"%s\"]", first, second);
  g_autofree char *path = dub_test_studio_list (ids);
  g_autoptr (JsonNode) done_first = NULL;
  g_autoptr (JsonNode) done_second = NULL;
  g_autoptr (JsonNode) tasks = NULL;
  g_autoptr (JsonNode) videos = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpint (g_mkdir_with_parents (leftover, 0700), ==, 0);
  dub_test_studio_kill (fixture->studio);
  dub_test_await_end (pid);

  let_go (fixture);
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
  g_assert_false (g_file_test (leftover, G_FILE_TEST_EXISTS));
  done_first = dub_test_studio_await (fixture->studio, first, "SUCCESS");
  done_second = dub_test_studio_await (fixture->studio, second, "SUCCESS");
  tasks = dub_test_studio_get (fixture->studio, path);
  dub_test_assert_json (tasks,
                        "{\"code\": 0, \"message\": \"OK\", \"request_id\": \"<request>\", \"data\": {\"list\": ["
                        "{\"task_id\": \"<id>\", \"aigc_video_type\": \"DUBBING\", \"status\": \"SUCCESS\","
                        "\"video_name\": \"Long\", \"video_id\": \"<id>\", \"preview_url\": \"<video>\"},"
                        "{\"task_id\": \"<id>\", \"aigc_video_type\": \"DUBBING\", \"status\": \"SUCCESS\","
                        "\"video_name\": \"<name>\", \"video_id\": \"<id>\", \"preview_url\": \"<video>\"}]}}");

  /* The script of the one that had not begun is not lost either. */
  videos = dub_test_studio_get (fixture->studio, VIDEOS);
  text = json_to_string (videos, FALSE);
  g_assert_nonnull (strstr (text, "\"original_scripts\":[{\"text\":\"Hola\","));
}

/* Starts the studio again after it was ended in the middle of the long task: the process that works on it then. */
static int
start_again (Fixture *fixture)
{
  g_autofree char *path = make_path (fixture, "wait.webm");

  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
  return dub_test_await_pid (path);
}

static void
forget_pid (Fixture *fixture,
            int      pid)
{
  g_autofree char *mark = make_path (fixture, "wait.webm.pid");

  dub_test_await_end (pid);
  g_assert_cmpint (g_unlink (mark), ==, 0);
}

/* What the studio dies of is not tried for ever; the next video is dubbed. */
static void
test_killed_twice (Fixture      *fixture,
                   gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autofree char *item = fixture_make_item (fixture->video, "");
  g_autofree char *other = NULL;
  g_autoptr (JsonNode) failed = NULL;
  g_autoptr (JsonNode) done = NULL;
  int pid = begin_long_task (fixture, &id);

  dub_test_studio_kill (fixture->studio);
  forget_pid (fixture, pid);
  pid = start_again (fixture);
  dub_test_studio_kill (fixture->studio);
  forget_pid (fixture, pid);

  let_go (fixture);
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
  failed = dub_test_studio_await (fixture->studio, id, "FAILED");
  g_assert_true (g_str_has_prefix (json_object_get_string_member (json_node_get_object (failed), "error_msg"),
                                   "The built-in studio ended unexpectedly twice"));
  other = dub_test_studio_create (fixture->studio, item);
  done = dub_test_studio_await (fixture->studio, other, "SUCCESS");
}

/* As after a power cut: the lock file is of another run of the machine. */
static void
kill_with_the_machine (Fixture *fixture,
                       int      pid)
{
  g_autofree char *lock = g_build_filename (fixture->data, "lock", NULL);

  dub_test_studio_kill (fixture->studio);
  forget_pid (fixture, pid);
  g_assert_true (g_file_set_contents (lock, "00000000-0000-4000-8000-000000000000\n", -1, NULL));
}

/* A machine that ends takes the studio with it, whatever that was doing. */
static void
test_power_cuts (Fixture      *fixture,
                 gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (JsonNode) entry = NULL;
  int pid = begin_long_task (fixture, &id);

  for (guint i = 0; i < 2; i++)
    {
      kill_with_the_machine (fixture, pid);
      pid = start_again (fixture);
    }
  kill_with_the_machine (fixture, pid);

  let_go (fixture);
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
  entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
}

/* However often the studio is ended in good order, that is no death. */
static void
test_terminated_often (Fixture      *fixture,
                       gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (JsonNode) entry = NULL;
  int pid = begin_long_task (fixture, &id);

  for (guint i = 0; i < 3; i++)
    {
      dub_test_studio_stop (fixture->studio);
      forget_pid (fixture, pid);
      pid = start_again (fixture);
    }
  dub_test_studio_kill (fixture->studio);
  forget_pid (fixture, pid);

  let_go (fixture);
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
  entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
}

static void
change_store (Fixture    *fixture,
              const char *statements)
{
  g_autofree char *path = g_build_filename (fixture->data, "studio.db", NULL);
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_busy_timeout (database, 10000);
  g_assert_cmpint (sqlite3_exec (database, statements, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
}

/* As on a full disk. */
static void
let_nothing_be_stored (Fixture *fixture)
{
  change_store (fixture, "CREATE TRIGGER full BEFORE UPDATE ON task BEGIN SELECT RAISE (ABORT, 'full'); END;");
}

/* The long task comes to its end: the first attempt is ended from outside, the second one does not wait. */
static void
finish_long_task (Fixture    *fixture,
                  int         pid,
                  const char *id)
{
  g_autofree char *name = g_strconcat (id, ".mp4", NULL);
  g_autofree char *video = g_build_filename (fixture->data, "videos", name, NULL);
  guint source = g_timeout_add (20, tick, NULL);

  let_go (fixture);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  dub_test_wait_for (is_there, video, "the video");
  g_source_remove (source);
}

/* A dub that is done is not lost when that cannot be stored at once. */
static void
test_end_not_stored (Fixture      *fixture,
                     gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (JsonNode) still = NULL;
  g_autoptr (JsonNode) done = NULL;
  int pid = begin_long_task (fixture, &id);

  let_nothing_be_stored (fixture);
  finish_long_task (fixture, pid, id);
  g_usleep (G_USEC_PER_SEC / 2);
  still = dub_test_studio_await (fixture->studio, id, "PROCESSING");
  change_store (fixture, "DROP TRIGGER full;");
  done = dub_test_studio_await (fixture->studio, id, "SUCCESS");
}

/* Nor does it keep the studio from its end; the next one does it again. */
static void
test_end_never_stored (Fixture      *fixture,
                       gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autoptr (JsonNode) done = NULL;
  int pid = begin_long_task (fixture, &id);

  let_nothing_be_stored (fixture);
  finish_long_task (fixture, pid, id);
  g_usleep (G_USEC_PER_SEC / 2);
  dub_test_studio_stop (fixture->studio);
  change_store (fixture, "DROP TRIGGER full;");
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
  done = dub_test_studio_await (fixture->studio, id, "SUCCESS");
}

/* A studio of the first version left a video and a task under way: both are as they were. */
static void
test_first_version (Fixture      *fixture,
                    gconstpointer unused)
{
  g_autofree char *item = fixture_make_item (fixture->video, "");
  g_autofree char *finished = dub_test_studio_create (fixture->studio, item);
  g_autoptr (JsonNode) before = dub_test_studio_await (fixture->studio, finished, "SUCCESS");
  g_autofree char *id = NULL;
  g_autoptr (JsonNode) after = NULL;
  g_autoptr (JsonNode) entry = NULL;
  int pid = begin_long_task (fixture, &id);

  dub_test_studio_stop (fixture->studio);
  forget_pid (fixture, pid);
  change_store (fixture, "ALTER TABLE task DROP COLUMN starts; DROP INDEX task_by_key;"
                         " ALTER TABLE task DROP COLUMN client_key; ALTER TABLE segment DROP COLUMN remarks; ALTER TABLE task DROP COLUMN note; PRAGMA user_version = 1;");

  let_go (fixture);
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
  entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  after = dub_test_studio_await (fixture->studio, finished, "SUCCESS");
  g_assert_true (json_node_equal (before, after));
}

static gboolean
is_gone (gpointer path)
{
  return !g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Found at the next start: the video, and what was said of it. */
static void
test_forgets (Fixture      *fixture,
              gconstpointer unused)
{
  g_autofree char *item = fixture_make_item (fixture->video, "");
  g_autofree char *id = dub_test_studio_create (fixture->studio, item);
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_autofree char *video = g_strconcat (fixture->data, "/videos/", id, ".mp4", NULL);
  g_autoptr (JsonNode) videos = NULL;
  guint source;

  dub_test_studio_stop (fixture->studio);
  change_store (fixture, "UPDATE task SET finished = finished - 31 * 86400;");
  g_assert_true (g_file_test (video, G_FILE_TEST_EXISTS));
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
  source = g_timeout_add (20, tick, NULL);
  dub_test_wait_for (is_gone, video, "the old video to go");
  g_source_remove (source);
  videos = dub_test_studio_get (fixture->studio, VIDEOS);
  dub_test_assert_json (videos, "{\"code\": 0, \"message\": \"OK\", \"request_id\": \"<request>\","
                                " \"data\": {\"list\": []}}");
}

/* The address of a video holds beyond a restart. */
static void
test_kept (Fixture      *fixture,
           gconstpointer unused)
{
  g_autofree char *item = fixture_make_item (fixture->video, "");
  g_autofree char *id = dub_test_studio_create (fixture->studio, item);
  g_autoptr (JsonNode) before = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_autoptr (JsonNode) after = NULL;
  g_autofree char *preview = NULL;

  dub_test_studio_stop (fixture->studio);
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
  after = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_assert_true (json_node_equal (before, after));
  preview = g_filename_from_uri (json_object_get_string_member (json_node_get_object (after), "preview_url"), NULL, NULL);
  g_assert_true (g_file_test (preview, G_FILE_TEST_IS_REGULAR));
}

static void
test_parent_gone (Fixture      *fixture,
                  gconstpointer unused)
{
  g_autofree char *id = NULL;
  int pid = begin_long_task (fixture, &id);
  g_autoptr (GSubprocess) process = g_object_ref (fixture->studio->process);
  g_autoptr (GError) error = NULL;

  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
  dub_test_await_end (pid);

  /* The next one has the directory at once. */
  dub_test_studio_kill (fixture->studio);
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
}

/* The working process is killed from outside, once and again: it alone fails. */
static void
test_worker_killed (Fixture      *fixture,
                    gconstpointer unused)
{
  g_autofree char *id = NULL;
  g_autofree char *mark = make_path (fixture, "wait.webm.pid");
  g_autofree char *path = make_path (fixture, "wait.webm");
  g_autofree char *item = fixture_make_item (fixture->video, "");
  g_autofree char *other = NULL;
  g_autoptr (JsonNode) failed = NULL;
  g_autoptr (JsonNode) done = NULL;
  int pid = begin_long_task (fixture, &id);

  g_assert_cmpint (g_unlink (mark), ==, 0);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (kill (dub_test_await_pid (path), SIGKILL), ==, 0);
  failed = dub_test_studio_await (fixture->studio, id, "FAILED");
  other = dub_test_studio_create (fixture->studio, item);
  done = dub_test_studio_await (fixture->studio, other, "SUCCESS");
  g_assert_true (g_str_has_prefix (json_object_get_string_member (json_node_get_object (failed), "error_msg"),
                                   "The built-in studio crashed"));
}

#define ADD(path, function) \
  g_test_add ("/studio/program/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("two-studios", test_two_studios);
  ADD ("usage", test_usage);
  ADD ("no-directory", test_no_directory);
  ADD ("damaged-store", test_damaged_store);
  ADD ("terminal", test_terminal);
  ADD ("file", test_file);
  ADD ("credentials", test_credentials);
  ADD ("credentials-replaced", test_credentials_replaced);
  ADD ("loopback", test_loopback);
  ADD ("token-private", test_token_private);
  ADD ("token-changes", test_token_changes);
  ADD ("terminated", test_terminated);
  ADD ("killed", test_killed);
  ADD ("killed-twice", test_killed_twice);
  ADD ("power-cuts", test_power_cuts);
  ADD ("terminated-often", test_terminated_often);
  ADD ("end-not-stored", test_end_not_stored);
  ADD ("end-never-stored", test_end_never_stored);
  ADD ("first-version", test_first_version);
  ADD ("forgets", test_forgets);
  ADD ("kept", test_kept);
  ADD ("parent-gone", test_parent_gone);
  ADD ("worker-killed", test_worker_killed);
  return g_test_run ();
}
