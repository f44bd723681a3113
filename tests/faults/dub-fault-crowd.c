/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fault-crowd.h"

typedef struct
{
  DubFaultWorld *world;
  DubFaultPlan *(*next) (gpointer user_data);
  void (*ended) (DubFaultRun *run, gpointer user_data);
  gpointer user_data;
  gboolean verbose;
  guint n_at_a_time;
  guint n_running;
  DubFaultTally *tally;
} Crowd;

static void
tell (DubFaultRun *run)
{
  GPtrArray *wrongs = dub_fault_run_get_wrongs (run);
  const DubFaultPlan *plan = dub_fault_run_get_plan (run);
  g_autofree char *described = dub_fault_plan_describe (plan);
  g_auto (GStrv) lines = g_strsplit (dub_fault_run_get_log (run), "\n", -1);

  g_print ("%s %u: %s\n", plan->story ? "story" : "seed", plan->seed, described);
  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    g_print ("  %s\n", *line);
  for (guint i = 0; i < wrongs->len; i++)
    g_print ("WRONG: %s\n", (const char *) wrongs->pdata[i]);
  if (wrongs->len > 0 && !plan->story)
    g_print ("again: build-aux/bench faults --seed %u\n", plan->seed);
}

static void fill (Crowd *crowd);

/* The run is still on the stack. */
static gboolean
on_over (gpointer user_data)
{
  dub_fault_run_free (user_data);
  return G_SOURCE_REMOVE;
}

static void
on_ended (DubFaultRun *run,
          gpointer     user_data)
{
  Crowd *crowd = user_data;
  DubFaultTally *tally = crowd->tally;
  gboolean wrong = dub_fault_run_get_wrongs (run)->len > 0;

  crowd->n_running--;
  tally->n_runs++;
  tally->n_failed += wrong ? 1 : 0;
  tally->n_kills += dub_fault_run_get_n_kills (run);
  tally->n_untidy += dub_fault_run_is_untidy (run) ? 1 : 0;
  tally->peak = MAX (tally->peak, dub_fault_run_get_peak (run));
  if (wrong || crowd->verbose)
    tell (run);
  if (crowd->ended != NULL)
    crowd->ended (run, crowd->user_data);
  g_idle_add (on_over, run);
  fill (crowd);
}

static void
fill (Crowd *crowd)
{
  while (crowd->n_running < crowd->n_at_a_time)
    {
      DubFaultPlan *plan = crowd->next (crowd->user_data);

      if (plan == NULL)
        return;
      crowd->n_running++;
      dub_fault_run_start (crowd->world, plan, on_ended, crowd);
    }
}

static void
check_servers (DubFaultWorld *world,
               DubFaultTally *tally)
{
  DubFakeService *servers[] = { world->host, world->elsewhere };

  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      GPtrArray *requests = dub_fake_service_get_requests (servers[i]);

      for (guint j = 0; j < requests->len; j++)
        if (((DubFakeRequest *) requests->pdata[j])->has_token)
          {
            g_print ("WRONG: a token was sent to another host: %s\n", ((DubFakeRequest *) requests->pdata[j])->path);
            tally->n_failed++;
          }
    }
}

void
dub_fault_crowd (const char     *program,
                 guint           n_at_a_time,
                 DubFaultPlan *(*next) (gpointer user_data),
                 void          (*ended) (DubFaultRun *run, gpointer user_data),
                 gpointer        user_data,
                 gboolean        verbose,
                 DubFaultTally  *tally)
{
  Crowd crowd = { dub_fault_world_new (program), next, ended, user_data, verbose, n_at_a_time, 0, tally };

  fill (&crowd);
  while (crowd.n_running > 0)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  check_servers (crowd.world, tally);
  dub_fault_world_free (crowd.world);
}
