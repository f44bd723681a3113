/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-support.h"

#include <adwaita.h>

/**
 * dub_support_dup_versions:
 *
 * Returns: (transfer full): the versions of the program and of what it runs on, in one line
 */
char *
dub_support_dup_versions (void)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  return g_strdup_printf ("Dubroom %s, GTK %u.%u.%u, libadwaita %u.%u.%u, GLib %u.%u.%u, %s", DUBROOM_VERSION,
                          gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (),
                          adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version (),
                          glib_major_version, glib_minor_version, glib_micro_version, system != NULL ? system : "unknown system");
}

/* RFC 3339, UTC. */
static char *
format_utc (gint64 moment_ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (moment_ms / 1000);
  g_autofree char *seconds = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S") : g_strdup ("?");

  return g_strdup_printf ("%s.%03dZ", seconds, (int) (moment_ms % 1000));
}

static void
append_step (GString           *text,
             const DubTaskStep *step)
{
  g_autofree char *time = format_utc (step->moment);

  g_string_append_printf (text, "%s  %s", time, dub_task_state_to_string (step->to));
  if (step->return_code != 0)
    g_string_append_printf (text, "  code %" G_GINT64_FORMAT, step->return_code);
  if (step->request_id != NULL)
    g_string_append_printf (text, "  request ID %s", step->request_id);
  if (step->message != NULL)
    g_string_append_printf (text, "\n    %s", step->message);
  g_string_append_c (text, '\n');
}

/**
 * dub_support_dup_history:
 * @task: a dub
 * @account: (nullable): its account
 * @steps: (element-type DubTaskStep): its history
 * @log: (nullable): knows what must not be in it
 *
 * Returns: (transfer full): all that the service's support asks for, the steps with UTC times, without what may be secret
 */
char *
dub_support_dup_history (DubTask    *task,
                         DubAccount *account,
                         GPtrArray  *steps,
                         DubLog     *log)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *versions = dub_support_dup_versions ();
  const char *dub = dub_task_get_service_task (task), *video = dub_task_get_service_video (task);

  g_string_append_printf (text, "Dub: %s\nLanguage: %s\nAccount: %s\n", dub_task_get_name (task), dub_task_get_language_code (task),
                          account != NULL ? dub_account_get_name (account) : dub_task_get_account_id (task));
  g_string_append_printf (text, "Task ID: %s\nVideo ID: %s\n\n", dub != NULL ? dub : "-", video != NULL ? video : "-");
  for (guint i = 0; i < steps->len; i++)
    append_step (text, steps->pdata[i]);
  g_string_append_printf (text, "\n%s\n", versions);
  return dub_log_redact (log, text->str);
}

/**
 * dub_support_dup_log:
 * @lines: the last lines of the log, "" where there is none
 *
 * Returns: (transfer full): the versions and @lines, with words about what is in them
 */
char *
dub_support_dup_log (const char *lines)
{
  g_autofree char *versions = dub_support_dup_versions ();

  return g_strdup_printf ("%s\n\nNames of dubs are in the lines below, passwords and access tokens are not.\n\n%s", versions,
                          *lines != '\0' ? lines : "The log is empty.\n");
}
