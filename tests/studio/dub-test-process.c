/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-test-process.h"

#include <string.h>

#include "dub-test-support.h"

static gboolean
tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_for (DubTestCondition condition,
          gpointer         user_data,
          const char      *what)
{
  guint source = g_timeout_add (20, tick, NULL);

  dub_test_wait_for (condition, user_data, what);
  g_source_remove (source);
}

static gboolean
has_content (gpointer path)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && *text != '\0';
}

int
dub_test_await_pid (const char *video)
{
  g_autofree char *path = g_strconcat (video, ".pid", NULL);
  g_autofree char *text = NULL;

  wait_for (has_content, path, "the working process");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return atoi (text);
}

/* One that has ended may still wait for its parent to look. */
static gboolean
has_ended (gpointer path)
{
  g_autofree char *stat = NULL;
  const char *state;

  if (!g_file_get_contents (path, &stat, NULL, NULL))
    return TRUE;
  state = strrchr (stat, ')');
  return state == NULL || state[2] == 'Z' || state[2] == 'X';
}

gboolean
dub_test_process_runs (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);

  return !has_ended (path);
}

void
dub_test_await_end (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);

  wait_for (has_ended, path, "the end of a process");
}
