/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fault-death.h"
#include "dub-fault-person.h"
#include "dub-fault-subject.h"

#include <gio/gunixinputstream.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/*
 * The program that is put to the test: Dubroom's workflow without a window, over a directory and an address. It wishes for
 * dubs, once, and works the queue until it is told to end. What it says, a line each:
 *   promised NAME        the dub is stored: from here on it must not get lost
 *   state NAME STATE     a dub is in a state, as the person sees it
 *   act WORD NAME        the person is about to do something; "acted": that has ended
 *   account WORD         the account needs something of the person
 *   resting              the person does nothing more
 *   peak KIB             it ends; so much memory was held at most
 * What it is told: "token TOKEN", "again", "rest", "end".
 */

static struct
{
  char *dir;
  char *base_url;
  char *addresses; /* of the videos */
  char *languages;
  char *studio;
  char *restarts; /* at which changes, "3,9" */
  char *death;
  int death_at;
  int seed;
  int n_acts;
  int interval;
  gboolean promised;
} options;

static const GOptionEntry entries[] = {
  { "dir", 0, 0, G_OPTION_ARG_FILENAME, &options.dir, NULL, NULL },
  { "base-url", 0, 0, G_OPTION_ARG_STRING, &options.base_url, NULL, NULL },
  { "addresses", 0, 0, G_OPTION_ARG_STRING, &options.addresses, NULL, NULL },
  { "languages", 0, 0, G_OPTION_ARG_STRING, &options.languages, NULL, NULL },
  { "studio", 0, 0, G_OPTION_ARG_FILENAME, &options.studio, NULL, NULL },
  { "restarts", 0, 0, G_OPTION_ARG_STRING, &options.restarts, NULL, NULL },
  { "die", 0, 0, G_OPTION_ARG_STRING, &options.death, NULL, NULL },
  { "die-at", 0, 0, G_OPTION_ARG_INT, &options.death_at, NULL, NULL },
  { "seed", 0, 0, G_OPTION_ARG_INT, &options.seed, NULL, NULL },
  { "acts", 0, 0, G_OPTION_ARG_INT, &options.n_acts, NULL, NULL },
  { "interval", 0, 0, G_OPTION_ARG_INT, &options.interval, NULL, NULL },
  { "promised", 0, 0, G_OPTION_ARG_NONE, &options.promised, NULL, NULL },
  { NULL },
};

typedef struct
{
  DubFaultSubject *subject;
  DubFaultPerson *person;
  GDataInputStream *orders;
  GStrv restarts;
  guint n_changes;
  gboolean resting;
  gboolean ending;
} Life;

/* Straight into the pipe: what was said before a kill has been said. */
static void
say (const char *line)
{
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  gssize left = (gssize) strlen (text);
  const char *p = text;

  while (left > 0)
    {
      gssize n = write (STDOUT_FILENO, p, (gsize) left);

      if (n < 0)
        exit (4);
      p += n;
      left -= n;
    }
}

static void
on_changed (DubTask *task,
            gpointer data)
{
  Life *life = data;
  g_autofree char *line = g_strdup_printf ("state %s %s", dub_task_state_to_string (dub_task_get_state (task)),
                                           dub_task_get_name (task));

  life->n_changes++;
  say (line);
}

static void
on_account (DubAccount *account,
            gpointer    data)
{
  g_autoptr (GEnumClass) words = g_type_class_ref (DUB_TYPE_ACCOUNT_STATUS);
  const GEnumValue *status = g_enum_get_value (words, (int) dub_account_get_status (account));
  g_autofree char *line = g_strdup_printf ("account %s", status->value_nick);

  say (line);
}

static void
open_life (Life *life)
{
  DubFaultPlace place = { options.dir, options.base_url, options.studio, (guint) options.interval };

  life->subject = dub_fault_subject_open (&place, on_changed, on_account, life);
}

static void
obey (Life *life,
      char *order)
{
  if (g_str_has_prefix (order, "token "))
    dub_fault_subject_give_token (life->subject, order + strlen ("token "));
  else if (g_str_equal (order, "again"))
    dub_fault_subject_try_again (life->subject);
  else if (g_str_equal (order, "end"))
    life->ending = TRUE;
  else
    {
      dub_fault_person_rest (life->person);
      life->resting = TRUE;
    }
}

static void
on_order (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Life *life = user_data;
  g_autofree char *order = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);

  /* Whoever gave the orders is gone. */
  if (order == NULL)
    exit (5);
  obey (life, order);
  g_data_input_stream_read_line_async (G_DATA_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, on_order, life);
}

static gboolean
is_restart_due (Life *life)
{
  return *life->restarts != NULL && life->n_changes >= (guint) atoi (*life->restarts);
}

static void
restart (Life *life)
{
  life->restarts++;
  say ("restart");
  dub_fault_subject_close (life->subject);
  open_life (life);
  say ("restarted");
}

static void
go_on (Life *life)
{
  guint seen = life->n_changes;

  while (!life->ending)
    {
      g_main_context_iteration (NULL, TRUE);
      if (life->n_changes != seen)
        {
          seen = life->n_changes;
          dub_fault_person_beat (life->person, dub_fault_subject_get_queue (life->subject));
        }
      if (!dub_fault_person_is_idle (life->person))
        continue;
      if (is_restart_due (life))
        restart (life);
      if (life->resting)
        say ("resting");
      life->resting = FALSE;
    }
}

static void
say_peak (void)
{
  struct rusage usage;
  g_autofree char *line = NULL;

  getrusage (RUSAGE_SELF, &usage);
  line = g_strdup_printf ("peak %ld", usage.ru_maxrss);
  say (line);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) restarts = NULL;
  Life life = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (options.death != NULL)
    dub_fault_death_arm (g_str_equal (options.death, "before") ? DUB_FAULT_DEATH_BEFORE : DUB_FAULT_DEATH_AFTER,
                         (guint) options.death_at);

  restarts = g_strsplit (options.restarts != NULL ? options.restarts : "", ",", -1);
  life.restarts = restarts;
  life.person = dub_fault_person_new ((guint32) options.seed, (guint) options.n_acts, say);
  life.orders = g_data_input_stream_new (input);
  g_data_input_stream_read_line_async (life.orders, G_PRIORITY_DEFAULT, NULL, on_order, &life);
  open_life (&life);
  if (!options.promised)
    dub_fault_subject_wish (life.subject, options.addresses, options.languages, say);
  say ("wished");
  go_on (&life);
  dub_fault_subject_close (life.subject);
  say_peak ();
  return 0;
}
