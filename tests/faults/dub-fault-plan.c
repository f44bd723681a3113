/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fault-plan.h"

#define AT(endpoint) (1u << (endpoint))
#define LISTS (AT (DUB_FAKE_TASK_LIST) | AT (DUB_FAKE_VIDEO_LIST))
#define CREATE AT (DUB_FAKE_TASK_CREATE)
#define ACCOUNT AT (DUB_FAKE_USER_INFO)
#define API (CREATE | LISTS | ACCOUNT)
#define ANY (API | AT (DUB_FAKE_PREVIEW))

/* What may happen to which request, and how often beside the others. What takes seconds is rare. */
static const struct
{
  const char *word;
  guint endpoints;
  guint weight;
  gboolean of_account; /* of a service's account: the studio has none of it */
} kinds[DUB_FAULT_N_KINDS] = {
  [DUB_FAULT_DROP_UNREAD] = { "drop-unread", ANY, 8 },
  [DUB_FAULT_DROP_READ] = { "drop-read", ANY, 8 },
  [DUB_FAULT_DROP_ACTED] = { "drop-acted", ANY, 10 },
  [DUB_FAULT_HALF_ANSWER] = { "half-answer", ANY, 8 },
  [DUB_FAULT_LATE] = { "late", API, 4 },
  [DUB_FAULT_SERVER_ERROR] = { "500", ANY, 8 },
  [DUB_FAULT_UNAVAILABLE] = { "503", ANY, 6 },
  [DUB_FAULT_SERVER_CODE] = { "50000", API, 8 },
  [DUB_FAULT_UNKNOWN_CODE] = { "unknown-code", API, 6 },
  [DUB_FAULT_UNKNOWN_REFUSAL] = { "unknown-refusal", API, 6 },
  [DUB_FAULT_HTML] = { "html", API, 8 },
  [DUB_FAULT_REDIRECT] = { "redirect", API, 8 },
  [DUB_FAULT_TOO_MANY] = { "429", API, 2 },
  [DUB_FAULT_TOO_MANY_WAIT] = { "429-wait", API, 3 },
  [DUB_FAULT_TOO_MANY_CODE] = { "40100", API, 2 },
  [DUB_FAULT_BAD_TOKEN] = { "40105", API, 5, TRUE },
  [DUB_FAULT_OTHER_TOKEN] = { "other-token", CREATE | LISTS, 6, TRUE },
  [DUB_FAULT_NOT_ALLOWED] = { "40001", API, 6, TRUE },
  [DUB_FAULT_BAD_BATCH] = { "40002", CREATE, 4 },
  [DUB_FAULT_OFFLINE] = { "offline", CREATE | LISTS, 6 },
  [DUB_FAULT_CUT] = { "cut", API, 8 },
  [DUB_FAULT_REVERSED] = { "reversed", CREATE | LISTS, 16 },
  [DUB_FAULT_DOUBLED] = { "doubled", CREATE | LISTS, 10 },
  [DUB_FAULT_FEWER] = { "fewer", CREATE | LISTS, 10 },
  [DUB_FAULT_MORE] = { "more", CREATE | LISTS, 10 },
  [DUB_FAULT_OLDER] = { "older", AT (DUB_FAKE_VIDEO_LIST), 10 },
  [DUB_FAULT_STATUS] = { "status", AT (DUB_FAKE_TASK_LIST), 8 },
  [DUB_FAULT_FLOOD] = { "flood", API, 1 },
  [DUB_FAULT_BOMB] = { "bomb", API, 1 },
};

static const char *const endpoint_words[] = { "create", "list", "videos", "user", "preview", "nowhere" };
static const char *const moment_words[] = { "read", "acted on", "answered" };
static const char *const all_languages[] = { "es", "fr,de", "it,pt,ja", "ko,vi,tr,id" };
/* Into the others it does not translate. */
static const char *const studio_languages[] = { "es", "fr,es", "it,pt,fr", "es,fr,it,pt" };

static guint
below (GRand *random,
       guint  limit)
{
  return (guint) g_rand_int_range (random, 0, (gint32) limit);
}

static DubFakeEndpoint
choose_endpoint (GRand              *random,
                 const DubFaultPlan *plan)
{
  guint die = below (random, 100);

  if (plan->own_host && die < 20)
    return DUB_FAKE_PREVIEW;
  if (die < 60)
    return DUB_FAKE_TASK_CREATE;
  if (die < 78)
    return DUB_FAKE_TASK_LIST;
  return die < 95 ? DUB_FAKE_VIDEO_LIST : DUB_FAKE_USER_INFO;
}

static gboolean
may_happen (const DubFaultPlan *plan,
            DubFaultKind        kind,
            DubFakeEndpoint     endpoint)
{
  if ((kinds[kind].endpoints & AT (endpoint)) == 0)
    return FALSE;
  /* The studio's word that it does not know a dub counts at once: what it lists is true. */
  if (plan->studio && (kinds[kind].of_account || (kind == DUB_FAULT_FEWER && endpoint == DUB_FAKE_TASK_LIST)))
    return FALSE;
  return TRUE;
}

static DubFaultKind
choose_kind (GRand              *random,
             const DubFaultPlan *plan,
             DubFakeEndpoint     endpoint)
{
  guint total = 0;
  guint die;

  for (guint i = 0; i < DUB_FAULT_N_KINDS; i++)
    total += may_happen (plan, i, endpoint) ? kinds[i].weight : 0;
  die = below (random, total);
  for (guint i = 0; i < DUB_FAULT_N_KINDS; i++)
    {
      guint weight = may_happen (plan, i, endpoint) ? kinds[i].weight : 0;

      if (die < weight)
        return i;
      die -= weight;
    }
  g_assert_not_reached ();
}

/* One request meets one fault: two could say opposite things of what was done. */
static void
add_fault (DubFaultPlan   *self,
           DubFaultKind    kind,
           DubFakeEndpoint endpoint,
           guint           ordinal,
           gboolean        accepted)
{
  DubFault fault = { kind, endpoint, ordinal, accepted };

  for (guint i = 0; i < self->faults->len; i++)
    if (g_array_index (self->faults, DubFault, i).endpoint == endpoint &&
        g_array_index (self->faults, DubFault, i).ordinal == ordinal)
      return;
  g_array_append_val (self->faults, fault);
}

static void
choose_faults (GRand        *random,
               DubFaultPlan *self)
{
  static const guint reach[] = { 4, 8, 5, 2, 6 };
  guint n = below (random, 6);

  for (guint i = 0; i < n; i++)
    {
      DubFakeEndpoint endpoint = choose_endpoint (random, self);
      DubFaultKind kind = choose_kind (random, self, endpoint);
      guint ordinal = 1 + below (random, reach[endpoint]);

      add_fault (self, kind, endpoint, ordinal, g_rand_boolean (random));
    }
}

static DubFaultKill
choose_kill (GRand *random)
{
  DubFaultKill kill = { 0 };

  kill.kind = below (random, 4);
  switch (kill.kind)
    {
    case DUB_FAULT_KILL_BEFORE_COMMIT:
    case DUB_FAULT_KILL_AFTER_COMMIT:
      kill.ordinal = 1 + below (random, 30);
      break;
    case DUB_FAULT_KILL_AT_REQUEST:
      kill.endpoint = below (random, 3);
      kill.moment = below (random, 3);
      kill.ordinal = 1 + below (random, kill.endpoint == DUB_FAKE_TASK_CREATE ? 2 : 5);
      break;
    case DUB_FAULT_KILL_AT_LINE:
    default:
      kill.ordinal = 1 + below (random, 40);
      break;
    }
  return kill;
}

static DubFaultPlan *
plan_empty (guint seed)
{
  DubFaultPlan *self = g_new0 (DubFaultPlan, 1);

  self->seed = seed;
  self->faults = g_array_new (FALSE, FALSE, sizeof (DubFault));
  self->kills = g_array_new (FALSE, FALSE, sizeof (DubFaultKill));
  return self;
}

DubFaultPlan *
dub_fault_plan_new (guint seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  DubFaultPlan *self = plan_empty (seed);
  const char *const *languages;

  self->n_videos = 1 + below (random, 3) * below (random, 3) / 2;
  self->studio = below (random, 7) == 0;
  languages = self->studio ? studio_languages : all_languages;
  self->languages = g_strdup (languages[below (random, G_N_ELEMENTS (all_languages))]);
  self->own_host = below (random, 4) == 0;
  self->refusals = below (random, 4) == 0;
  self->interval_ms = below (random, 4) == 0 ? 10 : 0;
  self->n_acts = below (random, 3) == 0 ? 1 + below (random, 4) : 0;
  if (below (random, 5) == 0)
    self->restarts = g_strdup_printf ("%u", 1 + below (random, 25));
  choose_faults (random, self);
  if (below (random, 5) < 2)
    for (guint n = 1 + below (random, 3); n > 0; n--)
      {
        DubFaultKill kill = choose_kill (random);

        g_array_append_val (self->kills, kill);
      }
  self->namesakes = below (random, 5) == 0;
  return self;
}

DubFaultPlan *
dub_fault_plan_new_story (guint               n,
                          const DubFaultKill *kill)
{
  DubFaultPlan *self = plan_empty (n);

  self->story = TRUE;
  self->n_videos = 1;
  self->studio = n == 3;
  self->languages = g_strdup ((self->studio ? studio_languages : all_languages)[n % 2 == 0 ? 1 : 2]);
  if (n == 1)
    add_fault (self, DUB_FAULT_DROP_ACTED, DUB_FAKE_TASK_CREATE, 1, TRUE);
  if (n == 2)
    {
      add_fault (self, DUB_FAULT_BAD_BATCH, DUB_FAKE_TASK_CREATE, 1, FALSE);
      add_fault (self, DUB_FAULT_REVERSED, DUB_FAKE_TASK_CREATE, 2, TRUE);
    }
  if (n == 5)
    {
      add_fault (self, DUB_FAULT_BOMB, DUB_FAKE_TASK_CREATE, 1, TRUE);
      add_fault (self, DUB_FAULT_BOMB, DUB_FAKE_VIDEO_LIST, 2, FALSE);
      add_fault (self, DUB_FAULT_FLOOD, DUB_FAKE_VIDEO_LIST, 3, FALSE);
    }
  if (n == 6)
    add_fault (self, DUB_FAULT_DROP_ACTED, DUB_FAKE_TASK_CREATE, 1, TRUE);
  self->namesakes = n == 6;
  if (n == 7)
    add_fault (self, DUB_FAULT_FEWER, DUB_FAKE_TASK_CREATE, 1, TRUE);
  if (n == 8)
    add_fault (self, DUB_FAULT_MORE, DUB_FAKE_TASK_CREATE, 1, TRUE);
  if (kill != NULL)
    g_array_append_val (self->kills, *kill);
  return self;
}

void
dub_fault_plan_free (DubFaultPlan *self)
{
  g_free (self->languages);
  g_free (self->restarts);
  g_array_unref (self->faults);
  g_array_unref (self->kills);
  g_free (self);
}

static void
describe_kill (GString            *text,
               const DubFaultKill *kill)
{
  if (kill->kind == DUB_FAULT_KILL_AT_REQUEST)
    g_string_append_printf (text, " killed when %s %u is %s;", endpoint_words[kill->endpoint], kill->ordinal,
                            moment_words[kill->moment]);
  else if (kill->kind == DUB_FAULT_KILL_AT_LINE)
    g_string_append_printf (text, " killed at line %u;", kill->ordinal);
  else
    g_string_append_printf (text, " killed %s commit %u;", kill->kind == DUB_FAULT_KILL_BEFORE_COMMIT ? "before" : "after",
                            kill->ordinal);
}

char *
dub_fault_plan_describe (const DubFaultPlan *self)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%u videos × %s%s%s%s, %u acts;", self->n_videos, self->languages,
                          self->studio ? ", studio" : "", self->own_host ? ", own host" : "",
                          self->refusals ? ", some refused" : "", self->n_acts);
  if (self->namesakes)
    g_string_append (text, " older namesakes;");
  if (self->restarts != NULL)
    g_string_append_printf (text, " restarts at %s;", self->restarts);
  for (guint i = 0; i < self->faults->len; i++)
    {
      const DubFault *fault = &g_array_index (self->faults, DubFault, i);

      g_string_append_printf (text, " %s %u: %s%s;", endpoint_words[fault->endpoint], fault->ordinal,
                              kinds[fault->kind].word, fault->accepted ? " (done)" : "");
    }
  for (guint i = 0; i < self->kills->len; i++)
    describe_kill (text, &g_array_index (self->kills, DubFaultKill, i));
  return g_string_free_and_steal (text);
}

/* The same for a name, whenever it is asked for. */
static guint
lot (const DubFaultPlan *self,
     const char         *name,
     const char         *what,
     guint               limit)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (g_str_hash (name) ^ g_str_hash (what) ^ self->seed);

  return below (random, limit);
}

gboolean
dub_fault_plan_refuses (const DubFaultPlan *self,
                        const char         *name)
{
  return self->refusals && lot (self, name, "refused", 4) == 0;
}

gboolean
dub_fault_plan_fails (const DubFaultPlan *self,
                      const char         *name)
{
  return lot (self, name, "fails", 9) == 0;
}

guint
dub_fault_plan_patience (const DubFaultPlan *self,
                         const char         *name)
{
  return lot (self, name, "patience", 3);
}
