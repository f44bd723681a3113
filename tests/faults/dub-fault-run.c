/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fault-run.h"

#include "dub-fault-judge.h"
#include "dub-fault-life.h"
#include "dub-fault-script.h"
#include "dub-test-support.h"

#include <string.h>

/* A run that takes longer hangs. */
#define PATIENCE_S 60
#define OFFLINE_MS 40

struct _DubFaultRun
{
  DubFaultWorld *world; /* borrowed */
  DubFaultPlan *plan;
  DubFakeService *service;
  DubFaultEvidence evidence;
  GHashTable *dubs;
  DubFaultLife *life;
  char *dir;      /* of the run; the program's is below */
  char *data_dir;
  char *studio;
  char *token;    /* what the service takes */
  GPtrArray *wrongs;
  GString *log;
  gint64 begun;

  guint n_lives;
  guint n_kills;
  guint n_asked[DUB_FAKE_STUDIO_TEST + 1]; /* in this life */
  guint n_lines;                       /* in this life */
  guint n_acting;
  gboolean promised;
  gboolean wished;
  gboolean resting;
  gboolean rest_asked;
  gboolean end_asked;
  gboolean closing; /* it is closing its workflow */
  gboolean untidy;  /* and it has crashed by that */
  gboolean over;
  guint64 peak;
  guint patience;
  guint offline;

  void (*ended) (DubFaultRun *run, gpointer user_data);
  gpointer user_data;
};

DubFaultWorld *
dub_fault_world_new (const char *program)
{
  DubFaultWorld *self = g_new0 (DubFaultWorld, 1);

  self->program = g_strdup (program);
  self->host = dub_fake_service_new ();
  self->elsewhere = dub_fake_service_new ();
  return self;
}

void
dub_fault_world_free (DubFaultWorld *self)
{
  g_object_unref (self->host);
  g_object_unref (self->elsewhere);
  g_free (self->program);
  g_free (self);
}

static void
dub_free (gpointer data)
{
  DubFaultDub *dub = data;

  g_free (dub->name);
  g_free (dub->state);
  g_free (dub);
}

static void G_GNUC_PRINTF (2, 3)
note (DubFaultRun *self,
      const char  *format,
      ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_printf (self->log, "%6.3f ", (g_get_monotonic_time () - self->begun) / 1e6);
  g_string_append_vprintf (self->log, format, args);
  g_string_append_c (self->log, '\n');
  va_end (args);
}

static DubFaultDub *
get_dub (DubFaultRun *self,
         const char  *name)
{
  DubFaultDub *dub = g_hash_table_lookup (self->dubs, name);

  if (dub != NULL)
    return dub;
  dub = g_new0 (DubFaultDub, 1);
  dub->name = g_strdup (name);
  dub->patience = dub_fault_plan_patience (self->plan, name);
  g_hash_table_insert (self->dubs, dub->name, dub);
  return dub;
}

static void
finish (DubFaultRun *self)
{
  if (self->over)
    return;
  self->over = TRUE;
  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->wrongs->len == 0)
    dub_fault_judge_end (&self->evidence, self->wrongs);
  self->ended (self, self->user_data);
}

static gboolean
on_patience_over (gpointer user_data)
{
  DubFaultRun *self = user_data;

  self->patience = 0;
  g_ptr_array_add (self->wrongs, g_strdup_printf ("it did not come to an end within %u s", PATIENCE_S));
  dub_fault_life_kill (self->life);
  return G_SOURCE_REMOVE;
}

/* --- the person's end: when nothing more is to be expected --- */

/* An unconfirmed one can be found only if it was made, and will be ready. */
static gboolean
is_settled (DubFaultRun       *self,
            const DubFaultDub *dub)
{
  static const char *const final[] = { "succeeded", "failed", "rejected", "cancelled", "dropped", NULL };

  if (dub->state == NULL || dub->removed || g_strv_contains (final, dub->state))
    return TRUE;
  return !self->plan->studio && g_str_equal (dub->state, "unconfirmed") &&
         (dub_fake_service_get_task_id (self->service, dub->name) == NULL || dub_fault_plan_fails (self->plan, dub->name));
}

static gboolean
all_settled (DubFaultRun *self)
{
  GHashTableIter iter;
  gpointer dub;

  if (!self->wished || self->n_acting > 0)
    return FALSE;
  g_hash_table_iter_init (&iter, self->dubs);
  while (g_hash_table_iter_next (&iter, NULL, &dub))
    if (!is_settled (self, dub))
      return FALSE;
  return TRUE;
}

static void
tell (DubFaultRun *self,
      const char  *order)
{
  note (self, "→ %s", order);
  dub_fault_life_tell (self->life, order);
}

static void
consider_the_end (DubFaultRun *self)
{
  if (self->life == NULL || self->end_asked || !all_settled (self))
    return;
  if (self->resting)
    {
      self->end_asked = TRUE;
      self->closing = TRUE;
      tell (self, "end");
    }
  else if (!self->rest_asked)
    {
      self->rest_asked = TRUE;
      tell (self, "rest");
    }
}

/* --- the service --- */

static const DubFaultKill *
current_kill (DubFaultRun *self)
{
  return self->n_lives <= self->plan->kills->len && self->n_lives > 0
           ? &g_array_index (self->plan->kills, DubFaultKill, self->n_lives - 1)
           : NULL;
}

static void
kill_if_due (DubFaultRun          *self,
             const DubFakeRequest *request,
             DubFakeMoment         moment)
{
  const DubFaultKill *kill = current_kill (self);

  if (kill != NULL && self->life != NULL && kill->kind == DUB_FAULT_KILL_AT_REQUEST && kill->endpoint == request->endpoint &&
      kill->moment == moment && kill->ordinal == self->n_asked[request->endpoint])
    dub_fault_life_kill (self->life);
}

static void
refuse_names (DubFaultRun          *self,
              const DubFakeRequest *request)
{
  for (char **name = request->video_names; *name != NULL; name++)
    {
      get_dub (self, *name);
      if (dub_fault_plan_refuses (self->plan, *name))
        dub_fake_service_refuse_name (self->service, *name, 40002, "The video is too long.");
    }
}

/* With each question time goes on there. */
static void
let_time_pass (DubFaultRun *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->dubs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      DubFaultDub *dub = value;
      const char *task_id = dub_fake_service_get_task_id (self->service, dub->name);
      gboolean fails = dub_fault_plan_fails (self->plan, dub->name);

      if (task_id == NULL || dub->patience == G_MAXUINT)
        continue;
      if (dub->patience == 0)
        dub_fake_service_finish_task (self->service, task_id, fails ? "FAILED" : "SUCCESS",
                                      fails ? "Nobody speaks in this video." : NULL);
      else
        dub_fake_service_finish_task (self->service, task_id, "PROCESSING", NULL);
      dub->patience--;
    }
}

static gboolean
on_online (gpointer user_data)
{
  DubFaultRun *self = user_data;

  self->offline = 0;
  dub_fake_service_set_offline (self->service, FALSE);
  note (self, "online");
  return G_SOURCE_REMOVE;
}

/* What lasts longer than an answer. */
static void
change_service (DubFaultRun          *self,
                const DubFakeRequest *request)
{
  guint ordinal = dub_fake_service_count_requests (self->service, request->endpoint);

  for (guint i = 0; i < self->plan->faults->len; i++)
    {
      const DubFault *fault = &g_array_index (self->plan->faults, DubFault, i);

      if (fault->endpoint != request->endpoint || fault->ordinal != ordinal)
        continue;
      if (fault->kind == DUB_FAULT_OTHER_TOKEN)
        {
          g_autofree char *token = g_strdup_printf ("%s-%u", DUB_FAKE_TOKEN, i);

          g_set_str (&self->token, token);
          dub_fake_service_set_token (self->service, token);
        }
      if (fault->kind == DUB_FAULT_OFFLINE && self->offline == 0)
        {
          note (self, "offline");
          dub_fake_service_set_offline (self->service, TRUE);
          self->offline = g_timeout_add (OFFLINE_MS, on_online, self);
        }
    }
}

static void
on_request (const DubFakeRequest *request,
            gpointer              user_data)
{
  DubFaultRun *self = user_data;

  self->n_asked[request->endpoint]++;
  note (self, "%s %s", request->method, request->path);
  change_service (self, request);
}

static void
on_moment (const DubFakeRequest *request,
           DubFakeMoment         moment,
           gpointer              user_data)
{
  DubFaultRun *self = user_data;

  if (self->over)
    return;
  if (moment == DUB_FAKE_READ && request->endpoint == DUB_FAKE_TASK_CREATE)
    {
      g_autofree char *names = g_strjoinv ("”, “", request->video_names);

      note (self, "create of “%s”", names);
      refuse_names (self, request);
      dub_fault_judge_create (&self->evidence, request, self->wrongs);
    }
  if (moment == DUB_FAKE_READ && (request->endpoint == DUB_FAKE_TASK_LIST || request->endpoint == DUB_FAKE_VIDEO_LIST))
    let_time_pass (self);
  kill_if_due (self, request, moment);
}

/* --- the program --- */

static void
answer_account (DubFaultRun *self,
                const char  *word)
{
  g_autofree char *order = NULL;

  if (g_str_equal (word, "needs-token"))
    order = g_strdup_printf ("token %s", self->token);
  else if (g_str_equal (word, "no-permission"))
    order = g_strdup ("again");
  if (order != NULL)
    tell (self, order);
}

static void
take_act (DubFaultRun *self,
          const char  *word)
{
  self->n_acting++;
  if (g_str_has_prefix (word, "remove "))
    get_dub (self, word + strlen ("remove "))->removed = TRUE;
  else if (g_str_has_prefix (word, "retry "))
    self->evidence.n_retries++;
}

static void
take_state (DubFaultRun *self,
            const char  *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 2);

  g_set_str (&get_dub (self, words[1])->state, words[0]);
}

static void
take_line (DubFaultRun *self,
           const char  *line)
{
  const char *rest = strchr (line, ' ');

  rest = rest != NULL ? rest + 1 : "";
  if (g_str_has_prefix (line, "promised "))
    self->promised = get_dub (self, rest)->promised = TRUE;
  else if (g_str_has_prefix (line, "state "))
    take_state (self, rest);
  else if (g_str_has_prefix (line, "act "))
    take_act (self, rest);
  else if (g_str_has_prefix (line, "account "))
    answer_account (self, rest);
  else if (g_str_has_prefix (line, "peak "))
    self->peak = MAX (self->peak, g_ascii_strtoull (rest, NULL, 10));
  else if (g_str_equal (line, "acted"))
    self->n_acting--;
  else if (g_str_equal (line, "wished"))
    self->wished = TRUE;
  else if (g_str_equal (line, "restart"))
    self->closing = TRUE;
  else if (g_str_equal (line, "restarted"))
    self->closing = FALSE;
  else if (g_str_equal (line, "resting"))
    self->resting = TRUE;
}

static void
on_line (const char *line,
         gpointer    user_data)
{
  DubFaultRun *self = user_data;
  const DubFaultKill *kill = current_kill (self);

  note (self, "  %s", line);
  if (strstr (line, DUB_FAKE_TOKEN) != NULL)
    g_ptr_array_add (self->wrongs, g_strdup_printf ("the token is shown: %s", line));
  take_line (self, line);
  if (kill != NULL && kill->kind == DUB_FAULT_KILL_AT_LINE && kill->ordinal == ++self->n_lines)
    dub_fault_life_kill (self->life);
  consider_the_end (self);
}

static void
judge_death (DubFaultRun       *self,
             DubFaultDeathCause cause,
             const char        *errors)
{
  if (errors != NULL && *errors != '\0')
    g_ptr_array_add (self->wrongs, g_strdup_printf ("it complained: %s", errors));
  if (cause == DUB_FAULT_DEATH_CRASHED)
    g_ptr_array_add (self->wrongs, g_strdup ("the program crashed"));
  if (cause == DUB_FAULT_DEATH_ENDED && !self->end_asked)
    g_ptr_array_add (self->wrongs, g_strdup ("the program ended though nobody asked it to"));
}

static void live (DubFaultRun *self);

/* To libsoup 3.6.5 it happens that it frees a request twice that is cancelled while its answer comes in, which a workflow
 * does that is closed. All that matters is on the disk by then: such a crash is counted, and is a death like others. */
static void
on_death (DubFaultDeathCause cause,
          const char        *errors,
          gpointer           user_data)
{
  DubFaultRun *self = user_data;

  g_clear_pointer (&self->life, dub_fault_life_free);
  note (self, "%s", cause == DUB_FAULT_DEATH_KILLED ? "killed" : cause == DUB_FAULT_DEATH_ENDED ? "ended" : "crashed");
  if (cause == DUB_FAULT_DEATH_CRASHED && self->closing)
    self->untidy = TRUE;
  else
    judge_death (self, cause, errors);
  if ((self->end_asked && cause != DUB_FAULT_DEATH_KILLED) || self->wrongs->len > 0)
    {
      finish (self);
      return;
    }
  self->n_kills++;
  live (self);
}

static char *
list_addresses (DubFaultRun *self)
{
  g_autofree char *base = g_strdup (dub_fake_service_get_base_url (self->plan->own_host ? self->service : self->world->host));
  GString *text = g_string_new (NULL);

  *strstr (base, "/open_api") = '\0';
  for (guint i = 1; i <= self->plan->n_videos; i++)
    g_string_append_printf (text, "%s/preview/Coat%u.mp4\n", base, i);
  return g_string_free_and_steal (text);
}

static GStrv
make_arguments (DubFaultRun *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const DubFaultKill *kill = current_kill (self);
  gboolean dies = kill != NULL && (kill->kind == DUB_FAULT_KILL_BEFORE_COMMIT || kill->kind == DUB_FAULT_KILL_AFTER_COMMIT);

  g_strv_builder_add_many (builder, self->world->program, "--dir", self->data_dir, "--base-url",
                           dub_fake_service_get_base_url (self->service), "--languages", self->plan->languages, NULL);
  g_strv_builder_take (builder, g_strdup ("--addresses"));
  g_strv_builder_take (builder, list_addresses (self));
  g_strv_builder_take (builder, g_strdup_printf ("--seed=%d", (int) (self->plan->seed * 16 + self->n_lives)));
  g_strv_builder_take (builder, g_strdup_printf ("--acts=%u", self->plan->n_acts));
  g_strv_builder_take (builder, g_strdup_printf ("--interval=%u", self->plan->interval_ms));
  if (self->plan->restarts != NULL)
    g_strv_builder_add_many (builder, "--restarts", self->plan->restarts, NULL);
  if (self->studio != NULL)
    g_strv_builder_add_many (builder, "--studio", self->studio, NULL);
  if (self->promised)
    g_strv_builder_add (builder, "--promised");
  if (dies)
    {
      g_strv_builder_add_many (builder, "--die", kill->kind == DUB_FAULT_KILL_BEFORE_COMMIT ? "before" : "after", NULL);
      g_strv_builder_take (builder, g_strdup_printf ("--die-at=%u", kill->ordinal));
    }
  return g_strv_builder_end (builder);
}

static void
live (DubFaultRun *self)
{
  g_auto (GStrv) arguments = NULL;

  self->n_lives++;
  memset (self->n_asked, 0, sizeof self->n_asked);
  self->n_lines = 0;
  self->n_acting = 0;
  self->wished = self->resting = self->rest_asked = self->end_asked = self->closing = FALSE;
  arguments = make_arguments (self);
  note (self, "life %u", self->n_lives);
  self->life = dub_fault_life_start ((const char *const *) arguments, self->dir, on_line, on_death, self);
}

/* --- before and after --- */

/* The studio is a program; the fake service has its manners. */
static void
write_studio (DubFaultRun *self)
{
  g_autoptr (GUri) uri = g_uri_parse (dub_fake_service_get_base_url (self->service), G_URI_FLAGS_NONE, NULL);
  g_autofree char *text = NULL;

  text = g_strdup_printf ("#!/bin/sh\necho 'ready %d %s'\nexec cat >/dev/null\n", g_uri_get_port (uri), DUB_FAKE_TOKEN);
  dub_fake_service_take_keys (self->service);
  self->studio = g_build_filename (self->dir, "studio.sh", NULL);
  g_assert_true (g_file_set_contents_full (self->studio, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
}

DubFaultRun *
dub_fault_run_start (DubFaultWorld *world,
                     DubFaultPlan  *plan,
                     void         (*ended) (DubFaultRun *run, gpointer user_data),
                     gpointer       user_data)
{
  DubFaultRun *self = g_new0 (DubFaultRun, 1);

  self->world = world;
  self->plan = plan;
  self->ended = ended;
  self->user_data = user_data;
  self->begun = g_get_monotonic_time ();
  self->log = g_string_new (NULL);
  self->wrongs = g_ptr_array_new_with_free_func (g_free);
  self->dubs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, dub_free);
  self->token = g_strdup (DUB_FAKE_TOKEN);
  self->dir = dub_test_make_dir ();
  self->data_dir = g_build_filename (self->dir, "data", NULL);
  self->service = dub_fake_service_new ();
  dub_fake_service_set_watch (self->service, on_request, self);
  dub_fake_service_set_witness (self->service, on_moment, self);
  for (guint i = 0; i < plan->faults->len; i++)
    dub_fault_script (self->service, &g_array_index (plan->faults, DubFault, i),
                      dub_fake_service_get_base_url (world->elsewhere));
  if (plan->namesakes)
    dub_fake_service_script_twist (self->service, DUB_FAKE_VIDEO_LIST, 0, DUB_FAKE_TWIST_OLDER);
  if (plan->studio)
    write_studio (self);
  self->evidence = (DubFaultEvidence) { plan, self->service, self->data_dir, self->dubs, 0 };
  self->patience = g_timeout_add_seconds (PATIENCE_S, on_patience_over, self);
  live (self);
  return self;
}

void
dub_fault_run_free (DubFaultRun *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_handle_id (&self->offline, g_source_remove);
  g_clear_pointer (&self->life, dub_fault_life_free);
  dub_fake_service_set_watch (self->service, NULL, NULL);
  dub_fake_service_set_witness (self->service, NULL, NULL);
  dub_test_remove_dir (self->dir);
  g_object_unref (self->service);
  g_hash_table_unref (self->dubs);
  g_ptr_array_unref (self->wrongs);
  g_string_free (self->log, TRUE);
  dub_fault_plan_free (self->plan);
  g_free (self->data_dir);
  g_free (self->studio);
  g_free (self->token);
  g_free (self);
}

GPtrArray *
dub_fault_run_get_wrongs (DubFaultRun *self)
{
  return self->wrongs;
}

const DubFaultPlan *
dub_fault_run_get_plan (DubFaultRun *self)
{
  return self->plan;
}

guint
dub_fault_run_get_n_kills (DubFaultRun *self)
{
  return self->n_kills;
}

gboolean
dub_fault_run_is_untidy (DubFaultRun *self)
{
  return self->untidy;
}

guint64
dub_fault_run_get_peak (DubFaultRun *self)
{
  return self->peak;
}

const char *
dub_fault_run_get_log (DubFaultRun *self)
{
  return self->log->str;
}
