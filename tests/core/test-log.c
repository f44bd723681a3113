/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-log-private.h"
#include "dub-test-support.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define TOKEN "act.5ec3e7/%+TOKEN"
#define LARGE (1024 * 1024)
#define N_OLD 3
#define N_LINES 2000
#define N_THREADS 4
/* With the time and the process before it, a line of play_writer() has less. */
#define MAX_LINE 64

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = dub_test_make_dir ();
  fixture->path = g_build_filename (fixture->dir, "state", "dubroom", "dubroom.log", NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_free (fixture->path);
  dub_test_remove_dir (fixture->dir);
}

static char *
load (Fixture *fixture,
      guint    age)
{
  g_autofree char *path = age == 0 ? g_strdup (fixture->path) : g_strdup_printf ("%s.%u", fixture->path, age);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

/* From the oldest to the newest. */
static char *
load_all (Fixture *fixture)
{
  GString *all = g_string_new (NULL);

  for (int age = N_OLD; age >= 0; age--)
    {
      g_autofree char *part = load (fixture, (guint) age);

      g_string_append (all, part);
    }
  return g_string_free_and_steal (all);
}

static char *
read_back (DubLog  *log,
           guint    n_lines,
           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_log_read_async (log, n_lines, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_log_read_finish (log, result, error);
}

static void
assert_private (const char *path,
                int         mode)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, mode);
}

static void
test_line (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (DubLog) log = dub_log_new (fixture->path);
  g_autofree char *dir = g_path_get_dirname (fixture->path);
  g_autofree char *text = NULL;
  g_autofree char *pattern = g_strdup_printf (
    "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z %d dub 1 “Mantel\\\\n\\\\\\\\\\\\u0009\\\\u202eX” waiting\n$", (int) getpid ());

  dub_log_write (log, "dub %d “%s” waiting", 1, "Mantel\n\\\t\u202eX");
  dub_log_close (log);
  dub_log_write (log, "too late");
  text = load (fixture, 0);
  g_assert_true (g_regex_match_simple (pattern, text, 0, 0));
  assert_private (fixture->path, 0600);
  assert_private (dir, 0700);
}

static void
test_invalid_and_long (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (DubLog) log = dub_log_new (fixture->path);
  g_autofree char *many = g_strnfill (100000, 'x');
  g_autofree char *text = NULL;

  dub_log_write (log, "%s%s", "\xff\xfe", many);
  dub_log_close (log);
  text = load (fixture, 0);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (strlen (text), <, 2100);
  g_assert_true (g_str_has_suffix (text, "x…\n"));
}

static void
test_secrets (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (DubLog) log = dub_log_new (fixture->path);
  g_autofree char *escaped = g_uri_escape_string (TOKEN, NULL, FALSE);
  g_autofree char *filler = g_strnfill (1990, 'x');
  g_autofree char *text = NULL;
  g_autofree char *redacted = NULL;

  dub_log_keep_secret (log, TOKEN);
  dub_log_keep_secret (log, "another");
  dub_log_keep_secret (log, TOKEN);
  dub_log_forget_secret (log, TOKEN);
  dub_log_write (log, "refused %s, in an address %s, twice %s%s", TOKEN, escaped, TOKEN, TOKEN);
  /* Cut after it is redacted, not in the middle of it. */
  dub_log_write (log, "%s%s", filler, TOKEN);
  dub_log_write (log, "fetch https://bob:pa55word@h.example/a.mp4?X-Amz-Signature=5ignature&Expires=1");
  dub_log_write (log, "header Access-Token: unknown0ne");
  redacted = dub_log_redact (log, "two\nlines " TOKEN);
  g_assert_cmpstr (redacted, ==, "two\nlines …");
  dub_log_forget_secret (log, TOKEN);
  dub_log_forget_secret (log, "never kept");
  dub_log_close (log);

  text = load (fixture, 0);
  g_assert_null (strstr (text, "act.5"));
  g_assert_null (strstr (text, "TOKEN"));
  g_assert_null (strstr (text, "5ignature"));
  g_assert_null (strstr (text, "pa55word"));
  g_assert_null (strstr (text, "unknown0ne"));
  g_assert_nonnull (strstr (text, "fetch https://…@h.example/a.mp4?…\n"));
}

static void
test_no_log (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *redacted = dub_log_redact (NULL, "https://h.example/a?b=c");

  g_assert_cmpstr (redacted, ==, "https://h.example/a?…");
  dub_log_write (NULL, "nowhere %d", 1);
  dub_log_keep_secret (NULL, TOKEN);
  dub_log_forget_secret (NULL, TOKEN);
  dub_log_close (NULL);
}

static void
test_reading (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (DubLog) log = dub_log_new_sized (fixture->path, 200);
  g_autoptr (GError) error = NULL;
  g_autofree char *empty = read_back (log, 3, &error);
  g_autofree char *some = NULL;
  g_autofree char *closed = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (empty, ==, "");
  for (guint i = 0; i < 12; i++)
    dub_log_write (log, "line %u", i);
  /* More than the newest file has. */
  some = read_back (log, 8, &error);
  g_assert_no_error (error);
  lines = g_strsplit (some, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 9);
  g_assert_true (g_str_has_suffix (lines[0], " line 4"));
  g_assert_true (g_str_has_suffix (lines[7], " line 11"));

  dub_log_close (log);
  closed = read_back (log, 1, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static void
count_debug (const char     *domain,
             GLogLevelFlags  level,
             const char     *message,
             gpointer        counter)
{
  g_atomic_int_inc ((int *) counter);
}

/* A file has the name of the directory: told once, and nothing else happens. */
static void
test_unwritable (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *state = g_build_filename (fixture->dir, "state", NULL);
  g_autoptr (DubLog) log = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *nothing = NULL;
  g_autofree char *text = NULL;
  int n_told = 0;
  guint handler = g_log_set_handler (G_LOG_DOMAIN, G_LOG_LEVEL_DEBUG, count_debug, &n_told);

  g_assert_true (g_file_set_contents (state, "", -1, NULL));
  log = dub_log_new (fixture->path);
  for (guint i = 0; i < 3; i++)
    dub_log_write (log, "lost");
  nothing = read_back (log, 1, &error);
  g_assert_nonnull (error);
  g_assert_null (nothing);
  g_assert_cmpint (g_atomic_int_get (&n_told), ==, 1);

  /* What passes, passes. */
  g_assert_cmpint (g_remove (state), ==, 0);
  dub_log_write (log, "kept");
  dub_log_close (log);
  text = load (fixture, 0);
  g_assert_true (g_str_has_suffix (text, " kept\n"));
  g_log_remove_handler (G_LOG_DOMAIN, handler);
}

static void
limit_files (rlim_t size)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (size, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* As on a full disk a part of a line is written; the next one that fits begins anew. */
static void
test_full (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (DubLog) log = dub_log_new (fixture->path);
  g_autofree char *before = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  signal (SIGXFSZ, SIG_IGN);
  limit_files (100);
  for (guint i = 0; i < 5; i++)
    dub_log_write (log, "a line of some length %u", i);
  before = read_back (log, 9, NULL);
  g_assert_cmpuint (strlen (before), ==, 100);
  limit_files (RLIM_INFINITY);
  dub_log_write (log, "whole");
  dub_log_close (log);
  text = load (fixture, 0);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_true (g_str_has_suffix (lines[2], " whole"));
}

/* Neither is what has the name followed, nor waited for. */
static void
test_not_a_file (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *target = g_build_filename (fixture->dir, "target", NULL);
  g_autofree char *link = g_build_filename (fixture->dir, "link", NULL);
  g_autofree char *pipe = g_build_filename (fixture->dir, "pipe", NULL);
  g_autoptr (DubLog) to_link = dub_log_new (link);
  g_autoptr (DubLog) to_pipe = dub_log_new (pipe);

  g_assert_cmpint (symlink (target, link), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  dub_log_write (to_link, "lost");
  dub_log_write (to_pipe, "lost");
  dub_log_close (to_link);
  dub_log_close (to_pipe);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
}

static void
test_removed (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (DubLog) log = dub_log_new (fixture->path);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  dub_log_write (log, "before");
  before = read_back (log, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  dub_log_write (log, "after");
  dub_log_close (log);
  after = load (fixture, 0);
  g_assert_true (g_str_has_suffix (after, " after\n"));
}

/* {Several writers} */

static void
write_lines (DubLog     *log,
             const char *writer)
{
  for (guint i = 0; i < N_LINES; i++)
    dub_log_write (log, "writer %s line %u", writer, i);
}

static int
play_writer (const char *path,
             const char *max_bytes,
             const char *writer)
{
  g_autoptr (DubLog) log = dub_log_new_sized (path, (gsize) g_ascii_strtoull (max_bytes, NULL, 10));

  /* Both begin at once. */
  getchar ();
  write_lines (log, writer);
  dub_log_close (log);
  return 0;
}

static GSubprocess *
start_writer (Fixture    *fixture,
              gsize       max_bytes,
              const char *writer)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *size = g_strdup_printf ("%" G_GSIZE_FORMAT, max_bytes);
  g_autoptr (GError) error = NULL;
  GSubprocess *child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, program, "--writer", fixture->path, size, writer, NULL);

  g_assert_no_error (error);
  return child;
}

/* Each whole, in its order, the last one there. Returns how many. */
static guint
count_of (const char *text,
          const char *writer)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *mark = g_strdup_printf (" writer %s line ", writer);
  guint n = 0;
  guint64 next = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *found = strstr (lines[i], mark);
      guint64 number;

      if (found == NULL)
        continue;
      g_assert_true (g_ascii_string_to_unsigned (found + strlen (mark), 10, 0, N_LINES, &number, NULL));
      g_assert_true (n == 0 || number == next);
      next = number + 1;
      n++;
    }
  g_assert_cmpuint (next, ==, N_LINES);
  return n;
}

static void
write_by_processes (Fixture *fixture,
                    gsize    max_bytes)
{
  g_autoptr (GSubprocess) first = start_writer (fixture, max_bytes, "first");
  g_autoptr (GSubprocess) second = start_writer (fixture, max_bytes, "second");

  g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (first), "\n", 1, NULL, NULL, NULL));
  g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (second), "\n", 1, NULL, NULL, NULL));
  g_assert_true (g_subprocess_wait_check (first, NULL, NULL));
  g_assert_true (g_subprocess_wait_check (second, NULL, NULL));
}

/* While another one puts the file aside, this one does not; one that was stopped just then does not stop this one. */
static void
test_lock (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (DubLog) log = dub_log_new_sized (fixture->path, 1);
  g_autofree char *dir = g_path_get_dirname (fixture->path);
  g_autofree char *first = NULL;
  g_autofree char *both = NULL;
  g_autofree char *third = NULL;
  int fd;

  dub_log_write (log, "first");
  first = read_back (log, 1, NULL);
  fd = g_open (dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  dub_log_write (log, "second");
  g_free (read_back (log, 1, NULL));
  both = load (fixture, 0);
  g_assert_true (g_str_has_prefix (both, first));
  g_assert_true (g_str_has_suffix (both, " second\n"));

  g_assert_true (g_close (fd, NULL));
  dub_log_write (log, "third");
  dub_log_close (log);
  third = load (fixture, 0);
  g_assert_true (g_str_has_suffix (third, " third\n"));
  g_assert_null (strstr (third, "second"));
}

/* As much as the files hold: put aside three times, and all is there. */
static void
test_processes (Fixture       *fixture,
                gconstpointer  data)
{
  const gsize max_bytes = 2 * N_LINES * MAX_LINE / (N_OLD + 1);
  g_autofree char *text = NULL;
  g_autofree char *third = NULL;

  write_by_processes (fixture, max_bytes);
  text = load_all (fixture);
  g_assert_cmpuint (count_of (text, "first"), ==, N_LINES);
  g_assert_cmpuint (count_of (text, "second"), ==, N_LINES);
  third = load (fixture, 3);
  g_assert_cmpuint (strlen (third), >, 0);
}

/* More than they hold: the oldest lines alone are gone. */
static void
test_rotation (Fixture       *fixture,
               gconstpointer  data)
{
  const gsize max_bytes = 20 * MAX_LINE;
  g_autofree char *text = NULL;
  g_autofree char *fourth = g_strconcat (fixture->path, ".4", NULL);
  guint n = 0;

  write_by_processes (fixture, max_bytes);
  text = load_all (fixture);
  for (guint age = 0; age <= N_OLD; age++)
    {
      g_autofree char *part = load (fixture, age);

      g_assert_cmpuint (strlen (part), >, age == 0 ? 0 : max_bytes - MAX_LINE);
      g_assert_cmpuint (strlen (part), <=, max_bytes);
    }
  /* One of the two may have ended before the lines that are left. */
  n += strstr (text, " writer first ") != NULL ? count_of (text, "first") : 0;
  n += strstr (text, " writer second ") != NULL ? count_of (text, "second") : 0;
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (n, <, 2 * N_LINES);
  g_assert_false (g_file_test (fourth, G_FILE_TEST_EXISTS));
}

static gpointer
write_from_thread (gpointer log)
{
  g_autofree char *writer = g_strdup_printf ("%p", (gpointer) g_thread_self ());

  write_lines (log, writer);
  return g_steal_pointer (&writer);
}

static void
test_threads (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (DubLog) log = dub_log_new_sized (fixture->path, LARGE);
  GThread *threads[N_THREADS];
  char *writers[N_THREADS];
  g_autofree char *text = NULL;

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("writer", write_from_thread, log);
  for (guint i = 0; i < N_THREADS; i++)
    writers[i] = g_thread_join (threads[i]);
  dub_log_close (log);
  text = load (fixture, 0);
  for (guint i = 0; i < N_THREADS; i++)
    {
      g_autofree char *writer = writers[i];

      g_assert_cmpuint (count_of (text, writer), ==, N_LINES);
    }
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  if (argc == 5 && g_str_equal (argv[1], "--writer"))
    return play_writer (argv[2], argv[3], argv[4]);

  g_test_init (&argc, &argv, NULL);
  ADD ("/core/log/line", test_line);
  ADD ("/core/log/invalid-and-long", test_invalid_and_long);
  ADD ("/core/log/secrets", test_secrets);
  ADD ("/core/log/no-log", test_no_log);
  ADD ("/core/log/reading", test_reading);
  ADD ("/core/log/unwritable", test_unwritable);
  ADD ("/core/log/full", test_full);
  ADD ("/core/log/not-a-file", test_not_a_file);
  ADD ("/core/log/removed", test_removed);
  ADD ("/core/log/lock", test_lock);
  ADD ("/core/log/processes", test_processes);
  ADD ("/core/log/rotation", test_rotation);
  ADD ("/core/log/threads", test_threads);
  return g_test_run ();
}
