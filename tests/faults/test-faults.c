/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fault-crowd.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Runs of mixed faults, and a death at each commit. See HACKING, "The fault harness". */

#define AT_A_TIME 12
#define MEMORY "/dev/shm"
/* A body of 100 MB must not be kept: the client reads 32 MiB of it at most, and may hold that twice while it grows. */
#define MOST_KIB (96 * 1024)

static struct
{
  int first;
  int runs;
  int seed;
  int jobs;
  gboolean stories;
  gboolean verbose;
} options = { .first = 1, .seed = -1, .jobs = AT_A_TIME };

static const GOptionEntry entries[] = {
  { "first", 0, 0, G_OPTION_ARG_INT, &options.first, "the first seed", "N" },
  { "runs", 0, 0, G_OPTION_ARG_INT, &options.runs, "how many seeds", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &options.seed, "this seed alone, with all that happens", "N" },
  { "stories", 0, 0, G_OPTION_ARG_NONE, &options.stories, "a death at each commit", NULL },
  { "jobs", 0, 0, G_OPTION_ARG_INT, &options.jobs, "runs at a time", "N" },
  { "show", 0, 0, G_OPTION_ARG_NONE, &options.verbose, "all that happens", NULL },
  { NULL },
};

/* Beside this one. */
static char *
find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *dir = g_path_get_dirname (self);

  return g_build_filename (dir, "faults-subject", NULL);
}

static void
check (const DubFaultTally *tally)
{
  g_print ("%u runs, %u failed, %u kills, %u crashed while closing, %" G_GUINT64_FORMAT " MiB at most\n", tally->n_runs,
           tally->n_failed, tally->n_kills, tally->n_untidy, tally->peak / 1024);
  if (tally->n_failed > 0)
    g_test_fail ();
  g_assert_cmpuint (tally->n_untidy, <=, MAX (3, tally->n_runs / 100));
  g_assert_cmpuint (tally->peak, <, MOST_KIB);
}

/* --- by lot --- */

typedef struct
{
  guint next;
  guint end;
} Seeds;

static DubFaultPlan *
next_seed (gpointer user_data)
{
  Seeds *seeds = user_data;

  return seeds->next < seeds->end ? dub_fault_plan_new (seeds->next++) : NULL;
}

static void
test_seeds (void)
{
  g_autofree char *program = find_program ();
  Seeds seeds = { (guint) options.first, (guint) (options.first + options.runs) };
  DubFaultTally tally = { 0 };

  dub_fault_crowd (program, (guint) options.jobs, next_seed, NULL, &seeds, options.verbose, &tally);
  check (&tally);
}

/* --- a death at each commit --- */

typedef struct
{
  guint story;
  DubFaultKillKind kind;
  guint ordinal; /* of the commit */
  guint n_busy;
  gboolean done; /* the last run had no such commit any more */
} Chain;

#define N_CHAINS (2 * DUB_FAULT_N_STORIES)
/* Of a chain at a time: the last of them may be in vain. */
#define AHEAD 2

static DubFaultPlan *
next_death (gpointer user_data)
{
  Chain *chains = user_data;

  Chain *chain = NULL;
  DubFaultKill kill = { 0 };

  for (guint i = 0; i < N_CHAINS; i++)
    if (!chains[i].done && chains[i].n_busy < AHEAD && (chain == NULL || chains[i].n_busy < chain->n_busy))
      chain = &chains[i];
  if (chain == NULL)
    return NULL;
  chain->n_busy++;
  kill.kind = chain->kind;
  kill.ordinal = ++chain->ordinal;
  return dub_fault_plan_new_story (chain->story, &kill);
}

static void
on_death_survived (DubFaultRun *run,
                   gpointer     user_data)
{
  const DubFaultPlan *plan = dub_fault_run_get_plan (run);
  Chain *chains = user_data;

  for (guint i = 0; i < N_CHAINS; i++)
    if (chains[i].story == plan->seed && chains[i].kind == g_array_index (plan->kills, DubFaultKill, 0).kind)
      {
        chains[i].n_busy--;
        chains[i].done = chains[i].done || dub_fault_run_get_n_kills (run) == 0;
      }
}

static void
test_stories (void)
{
  g_autofree char *program = find_program ();
  Chain chains[N_CHAINS] = { 0 };
  DubFaultTally tally = { 0 };

  for (guint i = 0; i < N_CHAINS; i++)
    {
      chains[i].story = 1 + i / 2;
      chains[i].kind = i % 2 == 0 ? DUB_FAULT_KILL_BEFORE_COMMIT : DUB_FAULT_KILL_AFTER_COMMIT;
    }
  dub_fault_crowd (program, (guint) options.jobs, next_death, on_death_survived, chains, options.verbose, &tally);
  check (&tally);
  for (guint i = 0; i < N_CHAINS; i++)
    g_assert_cmpuint (chains[i].ordinal, >, 8);
}

/* --- what the lot brings too rarely --- */

static DubFaultPlan *
next_story (gpointer user_data)
{
  guint *n = user_data;

  return *n < DUB_FAULT_N_ALL_STORIES ? dub_fault_plan_new_story (++*n, NULL) : NULL;
}

static void
test_told (void)
{
  g_autofree char *program = find_program ();
  DubFaultTally tally = { 0 };
  guint n = 0;

  dub_fault_crowd (program, 1, next_story, NULL, &n, options.verbose, &tally);
  check (&tally);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_set_help_enabled (context, FALSE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (options.seed >= 0)
    {
      options.first = options.seed;
      options.runs = 1;
      options.verbose = TRUE;
    }
  /* A process is killed, not the machine: what was written need not reach a disk. */
  if (g_access (MEMORY, R_OK | W_OK | X_OK) == 0)
    g_setenv ("TMPDIR", MEMORY, FALSE);
  /* A program that has just been killed reads nothing more. */
  signal (SIGPIPE, SIG_IGN);
  g_test_init (&argc, &argv, NULL);
  if (options.runs > 0)
    g_test_add_func ("/faults/seeds", test_seeds);
  if (options.stories)
    {
      g_test_add_func ("/faults/told", test_told);
      g_test_add_func ("/faults/deaths", test_stories);
    }
  return g_test_run ();
}
