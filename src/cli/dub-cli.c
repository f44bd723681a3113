/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-cli.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "dub-captions.h"
#include "dub-checks.h"
#include "dub-cli-expectation.h"
#include "dub-cli-progress.h"
#include "dub-cli-report.h"
#include "dub-cli-save.h"
#include "dub-cli-words.h"
#include "dub-format.h"

/* A studio that ends so often, and no dub between, will not come to an end. */
#define MAX_STOPS 3

typedef struct
{
  DubWorkflow *workflow;
  const DubCliOptions *options;
  GMainLoop *loop;
  GCancellable *cancellable;
  DubDraft *draft;
  DubAccount *account;
  DubCliProgress *progress;
  DubCliReport *report;
  GPtrArray *tasks;   /* DubTask; NULL before they are in the queue */
  GPtrArray *scripts; /* language codes that are still to be read */
  char *problem;      /* of the account, as last said */
  guint n_open;       /* neither saved nor failed */
  guint n_saving;
  guint n_stops;      /* of the studio, since a dub ended */
  guint interrupt;
  guint terminate;
  gboolean was_ready; /* the account could be used */
  gboolean is_ready;
  gboolean failed;
  gboolean ended;
  gboolean closed;    /* the workflow */
  int status;
} Run;

static void
say (Run        *run,
     const char *sentence)
{
  dub_cli_progress_say (run->progress, "%s", sentence);
}

/* A saving that was broken off takes away what it had begun. */
static void
quit_when_over (Run *run)
{
  if (run->closed && run->n_saving == 0)
    g_main_loop_quit (run->loop);
}

static void
on_closed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Run *run = user_data;

  dub_workflow_close_finish (DUB_WORKFLOW (source), result);
  run->closed = TRUE;
  quit_when_over (run);
}

static void
end (Run *run,
     int  status)
{
  if (run->ended)
    return;
  run->ended = TRUE;
  run->status = status;
  g_cancellable_cancel (run->cancellable);
  dub_workflow_close_async (run->workflow, on_closed, run);
}

static void
end_with (Run        *run,
          int         status,
          const char *sentence)
{
  if (!run->ended)
    {
      say (run, sentence);
      dub_cli_report_message (run->report, sentence);
    }
  end (run, status);
}

static void
say_what_stays (Run *run)
{
  if (run->tasks != NULL && run->n_open > 0)
    say (run, ngettext ("One dub stays in the queue and goes on at the next start of Dubroom. When it is ready, it is in the "
                        "library of Dubroom’s window.",
                        "The dubs that are not ready stay in the queue and go on at the next start of Dubroom. When they are "
                        "ready, they are in the library of Dubroom’s window.",
                        run->n_open));
}

static gboolean
on_interrupted (gpointer user_data)
{
  Run *run = user_data;

  if (run->tasks == NULL)
    {
      end_with (run, DUB_CLI_INTERRUPTED, _("Stopped. Nothing was sent."));
      return G_SOURCE_CONTINUE;
    }
  if (!run->ended)
    say_what_stays (run);
  end (run, DUB_CLI_INTERRUPTED);
  return G_SOURCE_CONTINUE;
}

/* As it is: g_print() would change what the locale's encoding has not, and a path must stay that path. */
static void
print_line (const char *line)
{
  fprintf (stdout, "%s\n", line);
  fflush (stdout);
}

static void
close_one (Run *run)
{
  run->n_stops = 0;
  if (--run->n_open == 0)
    end (run, run->failed ? DUB_CLI_SOME_FAILED : DUB_CLI_SAVED);
}

/* A task whose dub is being saved. */
typedef struct
{
  Run *run;
  DubTask *task;
} Saving;

static void
tell_saved (Run               *run,
            DubTask           *task,
            const DubCliSaved *saved)
{
  dub_cli_report_subtitles (run->report, saved->subtitles, saved->problem);
  if (saved->problem != NULL)
    {
      run->failed = TRUE;
      /* Translators: the name of a dub, then a whole sentence. */
      dub_cli_progress_say (run->progress, _("“%s”: %s"), dub_task_get_name (task), saved->problem);
    }
  if (run->options->json)
    return;
  dub_cli_progress_clear (run->progress);
  print_line (saved->path);
  if (saved->subtitles != NULL)
    print_line (saved->subtitles);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Saving *saving = user_data;
  Run *run = saving->run;
  g_autoptr (DubTask) task = saving->task;
  g_autoptr (GError) error = NULL;
  g_autoptr (DubCliSaved) saved = dub_cli_save_finish (DUB_LIBRARY (source), result, &error);

  g_free (saving);
  run->n_saving--;
  if (run->ended && saved == NULL)
    {
      quit_when_over (run);
      return;
    }
  dub_cli_report_dub (run->report, task, saved != NULL ? saved->path : NULL, error != NULL ? error->message : NULL);
  if (saved == NULL)
    {
      run->failed = TRUE;
      dub_cli_progress_say (run->progress, _("“%s” could not be saved: %s"), dub_task_get_name (task), error->message);
      say (run, _("The dub is kept: save it from the library in Dubroom’s window."));
    }
  else
    tell_saved (run, task, saved);
  close_one (run);
  quit_when_over (run);
}

static void
on_task_ended (Run     *run,
               DubTask *task)
{
  const char *message = dub_task_get_message (task);
  const char *request_id = dub_task_get_request_id (task);

  run->failed = TRUE;
  dub_cli_report_dub (run->report, task, NULL, NULL);
  dub_cli_progress_say (run->progress, "“%s”: %s", dub_task_get_name (task),
                        message != NULL ? message : _("It was taken out of the queue."));
  if (request_id != NULL)
    /* Translators: a number that the service's support asks for. */
    dub_cli_progress_say (run->progress, _("Request ID: %s"), request_id);
  close_one (run);
}

static void
on_task_state (DubTask    *task,
               GParamSpec *pspec,
               Run        *run)
{
  DubTaskState state = dub_task_get_state (task);
  Saving *saving;

  if (run->ended || (!dub_task_state_is_final (state) && state != DUB_TASK_UNCONFIRMED))
    return;
  g_signal_handlers_disconnect_by_func (task, on_task_state, run);
  if (state != DUB_TASK_SUCCEEDED)
    {
      on_task_ended (run, task);
      return;
    }
  run->n_saving++;
  saving = g_new0 (Saving, 1);
  saving->run = run;
  saving->task = g_object_ref (task);
  dub_cli_save_async (dub_workflow_get_library (run->workflow), task, run->options, run->cancellable, on_saved, saving);
}

/* Here is nobody who could give a new token, and a studio that has never run will not. */
static void
on_account_status (Run *run)
{
  DubAccountStatus status = dub_account_get_status (run->account);
  const char *problem = dub_account_get_problem (run->account);
  gboolean hopeless = dub_account_is_resting (run->account);

  if (run->is_ready && status == DUB_ACCOUNT_STATUS_UNREACHABLE)
    run->n_stops++;
  run->is_ready = status == DUB_ACCOUNT_STATUS_READY;
  run->was_ready = run->was_ready || run->is_ready;
  if (status == DUB_ACCOUNT_STATUS_UNREACHABLE && dub_account_is_studio (run->account) && !run->was_ready)
    hopeless = TRUE;
  if (run->ended)
    return;
  if (run->n_stops >= MAX_STOPS && dub_account_is_studio (run->account))
    {
      say_what_stays (run);
      end_with (run, DUB_CLI_CANNOT_START,
                _("The built-in studio failed again and again, so that no dub was made. Take the video that it was at out of "
                  "the queue, in Dubroom’s window, or install Dubroom again."));
      return;
    }
  if (problem != NULL && g_set_str (&run->problem, problem))
    say (run, problem);
  if (!hopeless || problem == NULL)
    return;
  dub_cli_report_message (run->report, problem);
  say_what_stays (run);
  end (run, DUB_CLI_CANNOT_START);
}

/* It may be paused, and resumed, while this waits. */
static void
say_expectation (Run *run)
{
  dub_cli_expectation_say (run->progress, dub_workflow_get_queue (run->workflow), run->draft, run->options->languages->len, run->tasks);
}

static void
on_generated (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = dub_draft_generate_finish (DUB_DRAFT (source), result, &error);

  if (run->ended)
    return;
  if (tasks == NULL)
    {
      end_with (run, DUB_CLI_CANNOT_START, error->message);
      return;
    }
  if (tasks->len == 0)
    {
      end_with (run, DUB_CLI_CANNOT_START,
                _("The dubs are in the queue, but the queue cannot be read at the moment. They go on at the next start of Dubroom: "
                  "do not ask for them again."));
      return;
    }
  run->tasks = g_ptr_array_ref (tasks);
  run->n_open = tasks->len;
  run->progress = dub_cli_progress_new (tasks);
  say_expectation (run);
  g_signal_connect_swapped (dub_workflow_get_queue (run->workflow), "notify::paused", G_CALLBACK (say_expectation), run);
  g_signal_connect_swapped (run->account, "notify::problem", G_CALLBACK (on_account_status), run);
  g_signal_connect_swapped (run->account, "notify::status", G_CALLBACK (on_account_status), run);
  for (guint i = 0; i < tasks->len; i++)
    {
      g_signal_connect (tasks->pdata[i], "notify::state", G_CALLBACK (on_task_state), run);
      on_task_state (tasks->pdata[i], NULL, run);
    }
  /* The queue has begun before this was called. */
  on_account_status (run);
}

static gboolean
make_output (Run *run)
{
  g_autofree char *shown = g_filename_display_name (run->options->output);
  g_autofree char *sentence = NULL;

  if (g_mkdir_with_parents (run->options->output, 0777) != 0)
    sentence = g_strdup_printf (_("The directory “%s” cannot be made (%s). Nothing was sent: choose another one."), shown,
                                g_strerror (errno));
  /* Before an hour of work, not after it. */
  else if (g_access (run->options->output, W_OK | X_OK) != 0)
    sentence = g_strdup_printf (_("Nothing can be saved in the directory “%s” (%s). Nothing was sent: choose another one."), shown,
                                g_strerror (errno));
  else
    return TRUE;
  end_with (run, DUB_CLI_USAGE, sentence);
  return FALSE;
}

static void
say_left_out (Run               *run,
              DubDraftVideo     *video,
              const DubLanguage *language)
{
  DubScriptNeed need = dub_draft_get_script_need (run->draft, video, language);
  g_autofree char *sentence = NULL;

  if (dub_draft_video_get_state (video) != DUB_DRAFT_VIDEO_ACCEPTED || need == DUB_SCRIPT_NEED_NONE)
    return;
  sentence = dub_cli_words_dup_left_out (need, dub_draft_video_get_file_name (video), dub_language_get_name (language));
  run->failed = TRUE;
  say (run, sentence);
  dub_cli_report_refused (run->report, dub_draft_video_get_uri (video), sentence);
}

/* The others go on. */
static void
say_all_left_out (Run *run)
{
  GListModel *videos = dub_draft_get_videos (run->draft);

  for (guint i = 0; i < g_list_model_get_n_items (videos); i++)
    {
      g_autoptr (DubDraftVideo) video = g_list_model_get_item (videos, i);

      for (guint j = 0; j < run->options->languages->len; j++)
        say_left_out (run, video, run->options->languages->pdata[j]);
    }
}

static void
generate (Run *run)
{
  if (!make_output (run))
    return;
  say_all_left_out (run);
  if (dub_draft_get_n_dubs (run->draft) == 0)
    {
      end_with (run, DUB_CLI_SOME_FAILED, _("There is nothing that can be dubbed. Nothing was sent."));
      return;
    }
  dub_draft_set_agreed (run->draft, TRUE);
  dub_draft_generate_async (run->draft, run->cancellable, on_generated, run);
}

static void read_next_script (Run *run);

static void
refuse_script (Run        *run,
               const char *code,
               const char *reason)
{
  g_autofree char *shown = g_filename_display_basename (g_hash_table_lookup (run->options->scripts, code));
  g_autofree char *sentence = g_strdup_printf ("%s: %s", shown, reason);

  end_with (run, DUB_CLI_USAGE, strstr (reason, shown) != NULL ? reason : sentence);
}

static void
on_script (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DubScript) script = dub_captions_load_finish (result, &error);
  g_autoptr (DubDraftVideo) video = NULL;
  const char *code;

  if (run->ended)
    return;
  code = run->scripts->pdata[run->scripts->len - 1];
  video = g_list_model_get_item (dub_draft_get_videos (run->draft), 0);
  if (script == NULL || !dub_draft_set_script (run->draft, video, dub_language_from_code (code), script, &error))
    {
      refuse_script (run, code, error->message);
      return;
    }
  g_ptr_array_set_size (run->scripts, run->scripts->len - 1);
  read_next_script (run);
}

static void
read_next_script (Run *run)
{
  g_autoptr (GFile) file = NULL;

  if (run->scripts->len == 0)
    {
      generate (run);
      return;
    }
  file = g_file_new_for_commandline_arg (
    g_hash_table_lookup (run->options->scripts, run->scripts->pdata[run->scripts->len - 1]));
  dub_captions_load_async (file, run->cancellable, on_script, run);
}

static void
say_findings (Run           *run,
              DubDraftVideo *video)
{
  GPtrArray *findings = dub_draft_video_get_findings (video);

  for (guint i = 0; i < findings->len; i++)
    {
      const DubFinding *finding = findings->pdata[i];

      /* Some sentences name the file, some do not. */
      if (strstr (finding->sentence, dub_draft_video_get_file_name (video)) != NULL)
        say (run, finding->sentence);
      else
        dub_cli_progress_say (run->progress, "%s: %s", dub_draft_video_get_file_name (video), finding->sentence);
      if (finding->severity != DUB_SEVERITY_REFUSED)
        continue;
      run->failed = TRUE;
      dub_cli_report_refused (run->report, dub_draft_video_get_uri (video), finding->sentence);
    }
}

static void
on_checked (Run *run)
{
  GListModel *videos = dub_draft_get_videos (run->draft);
  GHashTableIter iter;
  gpointer code;

  if (run->ended || dub_draft_get_checking (run->draft))
    return;
  g_signal_handlers_disconnect_by_func (run->draft, on_checked, run);
  for (guint i = 0; i < g_list_model_get_n_items (videos); i++)
    {
      g_autoptr (DubDraftVideo) video = g_list_model_get_item (videos, i);

      say_findings (run, video);
    }
  if (dub_draft_get_n_accepted (run->draft) == 0)
    {
      end_with (run, DUB_CLI_SOME_FAILED, _("There is nothing that can be dubbed. Nothing was sent."));
      return;
    }
  run->scripts = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, run->options->scripts);
  while (g_hash_table_iter_next (&iter, &code, NULL))
    g_ptr_array_add (run->scripts, code);
  read_next_script (run);
}

static void
add_video (Run        *run,
           const char *argument)
{
  g_autoptr (GPtrArray) refused = NULL;
  g_autoptr (GFile) file = NULL;

  if (g_ascii_strncasecmp (argument, "http://", 7) != 0 && g_ascii_strncasecmp (argument, "https://", 8) != 0)
    {
      file = g_file_new_for_commandline_arg (argument);
      dub_draft_add_file (run->draft, file);
      return;
    }
  refused = dub_draft_add_addresses (run->draft, argument);
  for (guint i = 0; i < refused->len; i++)
    {
      run->failed = TRUE;
      say (run, refused->pdata[i]);
      dub_cli_report_refused (run->report, argument, refused->pdata[i]);
    }
}

static DubAccount *
find_account (Run *run)
{
  DubAccounts *accounts = dub_workflow_get_accounts (run->workflow);

  if (run->options->account == NULL)
    return dub_accounts_get_current (accounts);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (accounts)); i++)
    {
      g_autoptr (DubAccount) account = g_list_model_get_item (G_LIST_MODEL (accounts), i);

      if (g_str_equal (dub_account_get_id (account), run->options->account) ||
          g_str_equal (dub_account_get_name (account), run->options->account))
        return account;
    }
  return NULL;
}

static void
on_open (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Run *run = user_data;
  g_autoptr (GError) error = NULL;

  if (!dub_workflow_open_finish (DUB_WORKFLOW (source), result, &error))
    {
      end_with (run, DUB_CLI_CANNOT_START, error->message);
      return;
    }
  run->account = find_account (run);
  if (run->account == NULL)
    {
      end_with (run, DUB_CLI_USAGE, _("There is no such account. The window shows the accounts: “studio” is the built-in one."));
      return;
    }
  g_object_ref (run->account);
  run->draft = dub_workflow_create_draft_for (run->workflow, run->account);
  g_object_set (run->draft, "subtitles", run->options->subtitles, "lipsync", run->options->lipsync, NULL);
  for (guint i = 0; i < run->options->languages->len; i++)
    dub_draft_set_language (run->draft, run->options->languages->pdata[i], TRUE);
  if (!dub_draft_set_name (run->draft, run->options->name, &error))
    {
      end_with (run, DUB_CLI_USAGE, error->message);
      return;
    }
  for (guint i = 0; i < run->options->videos->len; i++)
    add_video (run, run->options->videos->pdata[i]);
  g_signal_connect_swapped (run->draft, "changed", G_CALLBACK (on_checked), run);
  on_checked (run);
}

static void
clean_up (Run *run)
{
  for (guint i = 0; run->tasks != NULL && i < run->tasks->len; i++)
    g_signal_handlers_disconnect_by_data (run->tasks->pdata[i], run);
  if (run->account != NULL)
    g_signal_handlers_disconnect_by_data (run->account, run);
  g_signal_handlers_disconnect_by_data (dub_workflow_get_queue (run->workflow), run);
  if (run->draft != NULL)
    g_signal_handlers_disconnect_by_data (run->draft, run);
  g_clear_pointer (&run->progress, dub_cli_progress_free);
  g_clear_pointer (&run->report, dub_cli_report_free);
  g_clear_pointer (&run->tasks, g_ptr_array_unref);
  g_clear_pointer (&run->scripts, g_ptr_array_unref);
  g_clear_pointer (&run->problem, g_free);
  g_clear_object (&run->draft);
  g_clear_object (&run->account);
  g_clear_object (&run->cancellable);
  g_clear_pointer (&run->loop, g_main_loop_unref);
  g_clear_handle_id (&run->interrupt, g_source_remove);
  g_clear_handle_id (&run->terminate, g_source_remove);
}

/**
 * dub_cli_run:
 * @workflow: not opened yet
 * @options: what was asked for, the person having agreed to the terms
 *
 * Dubs and saves. Dubs that are not ready when it ends stay in the queue.
 *
 * Returns: the exit status
 */
int
dub_cli_run (DubWorkflow         *workflow,
             const DubCliOptions *options)
{
  Run run = { .workflow = workflow, .options = options };

  g_return_val_if_fail (options->agree, DUB_CLI_USAGE);

  run.loop = g_main_loop_new (NULL, FALSE);
  run.cancellable = g_cancellable_new ();
  run.report = dub_cli_report_new ();
  run.interrupt = g_unix_signal_add (SIGINT, on_interrupted, &run);
  run.terminate = g_unix_signal_add (SIGTERM, on_interrupted, &run);
  dub_workflow_open_async (workflow, NULL, on_open, &run);
  g_main_loop_run (run.loop);
  if (options->json)
    {
      g_autofree char *json = NULL;

      if (run.tasks != NULL)
        dub_cli_report_rest (run.report, run.tasks);
      json = dub_cli_report_to_json (run.report);
      g_clear_pointer (&run.progress, dub_cli_progress_free);
      print_line (json);
    }
  clean_up (&run);
  return run.status;
}

/**
 * dub_cli_refuse:
 * @options: as far as they were understood
 * @sentence: why nothing is done
 *
 * Returns: the exit status
 */
int
dub_cli_refuse (const DubCliOptions *options,
                const char          *sentence)
{
  g_autoptr (DubCliReport) report = dub_cli_report_new ();
  g_autofree char *json = NULL;

  g_printerr ("%s\n", sentence);
  dub_cli_report_message (report, sentence);
  json = dub_cli_report_to_json (report);
  if (options->json)
    print_line (json);
  return DUB_CLI_USAGE;
}
