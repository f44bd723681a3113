/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fault-death.h"

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

/* A process that is killed at a commit of its store. SQLite itself says when that is, so that the program under test
 * has no part of it. */

/* SQLite opens databases for a process, not for an object of it. */
static DubFaultDeath the_death;
static guint the_ordinal;
static gint the_commits; /* atomic */

static void
die (void)
{
  kill (getpid (), SIGKILL);
}

static int
on_commit (gpointer nothing)
{
  guint n = (guint) g_atomic_int_add (&the_commits, 1) + 1;

  if (the_death == DUB_FAULT_DEATH_BEFORE && n == the_ordinal)
    die ();
  return 0;
}

/* The statement that committed has come to its end, or a later one. The write-ahead log's hook will not do: SQLite takes it
 * for itself. */
static int
on_statement_done (guint    what,
                   gpointer nothing,
                   gpointer statement,
                   gpointer nanoseconds)
{
  if (the_death == DUB_FAULT_DEATH_AFTER && (guint) g_atomic_int_get (&the_commits) >= the_ordinal)
    die ();
  return 0;
}

static int
on_opened (sqlite3     *db,
           const char **message,
           gpointer     api)
{
  sqlite3_commit_hook (db, on_commit, NULL);
  sqlite3_trace_v2 (db, SQLITE_TRACE_PROFILE, on_statement_done, NULL);
  return SQLITE_OK;
}

void
dub_fault_death_arm (DubFaultDeath death,
                     guint         ordinal)
{
  the_death = death;
  the_ordinal = ordinal;
  /* The type that sqlite3.h gives it is not that of what is called (see "Auto-Load Statically Linked Extensions"). */
  if (death != DUB_FAULT_DEATH_NEVER)
    sqlite3_auto_extension ((void (*) (void)) (GCallback) on_opened);
}
