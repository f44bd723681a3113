/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-task-words.h"

#include <glib/gi18n-lib.h>

#include "dub-format.h"

static const struct
{
  DubTaskGroup group;
  const char *label;
  const char *icon;
  const char *tone;
} words[] = {
  [DUB_TASK_WAITING] = { DUB_TASK_GROUP_UNDER_WAY, N_("Waiting"), "content-loading-symbolic", "neutral" },
  [DUB_TASK_PUBLISHING] = { DUB_TASK_GROUP_UNDER_WAY, N_("Uploading"), "send-to-symbolic", "neutral" },
  [DUB_TASK_SUBMITTING] = { DUB_TASK_GROUP_UNDER_WAY, N_("Sending"), "mail-send-symbolic", "neutral" },
  [DUB_TASK_SUBMITTED] = { DUB_TASK_GROUP_UNDER_WAY, N_("Sent"), "mail-send-symbolic", "neutral" },
  [DUB_TASK_PROCESSING] = { DUB_TASK_GROUP_UNDER_WAY, N_("Dubbing"), "audio-input-microphone-symbolic", "neutral" },
  [DUB_TASK_SUCCEEDED] = { DUB_TASK_GROUP_DONE, N_("Ready to review"), "media-playback-start-symbolic", "accent" },
  [DUB_TASK_FAILED] = { DUB_TASK_GROUP_NEEDS_YOU, N_("Failed"), "dialog-error-symbolic", "error" },
  [DUB_TASK_REJECTED] = { DUB_TASK_GROUP_NEEDS_YOU, N_("Refused"), "dialog-error-symbolic", "error" },
  [DUB_TASK_UNCONFIRMED] = { DUB_TASK_GROUP_NEEDS_YOU, N_("Unconfirmed"), "dialog-question-symbolic", "warning" },
  [DUB_TASK_CANCELLED] = { DUB_TASK_GROUP_DONE, N_("Cancelled"), "process-stop-symbolic", "neutral" },
  [DUB_TASK_DROPPED] = { DUB_TASK_GROUP_DONE, N_("Given up"), "action-unavailable-symbolic", "neutral" },
};

/**
 * dub_task_words_get_group:
 *
 * Returns: under which filter of the queue a dub in @state is found
 */
DubTaskGroup
dub_task_words_get_group (DubTaskState state)
{
  return words[state].group;
}

/**
 * dub_task_words_get_label:
 *
 * Returns: the word for @state, translated
 */
const char *
dub_task_words_get_label (DubTaskState state)
{
  return _(words[state].label);
}

/**
 * dub_task_words_get_icon:
 *
 * Returns: the name of the symbol for @state
 */
const char *
dub_task_words_get_icon (DubTaskState state)
{
  return words[state].icon;
}

/**
 * dub_task_words_get_tone:
 *
 * Returns: the style class for @state; red only for what no longer works
 */
const char *
dub_task_words_get_tone (DubTaskState state)
{
  return words[state].tone;
}

/**
 * dub_task_words_get_look:
 * @place: (nullable): what it is among the others
 *
 * Returns: how the state of @task is shown; the strings are static
 */
DubTaskLook
dub_task_words_get_look (DubTask            *task,
                         const DubTaskPlace *place)
{
  DubTaskState state = dub_task_get_state (task);
  DubTaskLook look = { dub_task_words_get_label (state), words[state].icon, words[state].tone };

  if (state == DUB_TASK_WAITING && place != NULL && place->paused)
    look = (DubTaskLook) { _("Paused"), "media-playback-pause-symbolic", "neutral" };
  else if (dub_task_can_follow_again (task))
    look = (DubTaskLook) { _("Not followed"), "view-conceal-symbolic", "neutral" };
  else if (place != NULL && place->has_later && words[state].group == DUB_TASK_GROUP_NEEDS_YOU)
    look.tone = "neutral";
  return look;
}

/**
 * dub_task_words_get_language:
 *
 * Returns: (transfer none): the name of the language of @task; its code where this version has no name for it
 */
const char *
dub_task_words_get_language (DubTask *task)
{
  const DubLanguage *language = dub_task_get_language (task);

  return language != NULL ? dub_language_get_name (language) : dub_task_get_language_code (task);
}

/**
 * dub_task_words_is_resting:
 * @account: (nullable): the account of a dub
 *
 * Returns: whether nothing is sent or asked until the person signs in or gets a permission
 */
gboolean
dub_task_words_is_resting (DubAccount *account)
{
  return account != NULL && dub_account_is_resting (account);
}

/**
 * dub_task_words_is_late:
 * @now: Unix seconds
 *
 * Returns: whether the late end of the forecast is over and the dub is still under way, and nothing better is known
 */
gboolean
dub_task_words_is_late (DubTask *task,
                        gint64   now)
{
  return dub_task_words_get_group (dub_task_get_state (task)) == DUB_TASK_GROUP_UNDER_WAY &&
         dub_task_get_submitted (task) > 0 && dub_task_get_expected_to (task) > 0 &&
         now > dub_task_get_expected_to (task) && dub_task_get_progress (task) < 0;
}

/**
 * dub_task_words_get_elapsed:
 * @account: (nullable): the account of the dub
 * @now: Unix seconds
 *
 * How much is done, where that is told; else how much of the forecast time is over, which is never a guess of how much work is done.
 *
 * Returns: 0 to 1, or -1 where there is nothing to show
 */
double
dub_task_words_get_elapsed (DubTask    *task,
                            DubAccount *account,
                            gint64      now)
{
  DubTaskState state = dub_task_get_state (task);
  gint64 from = dub_task_get_submitted (task), to = dub_task_get_expected_to (task);

  if (state != DUB_TASK_SUBMITTED && state != DUB_TASK_PROCESSING)
    return -1;
  if (dub_task_words_is_resting (account))
    return -1;
  if (dub_task_get_progress (task) >= 0)
    return dub_task_get_progress (task);
  /* The studio has not begun; what it does then is told. */
  if (state == DUB_TASK_SUBMITTED && dub_task_can_recall (task))
    return -1;
  if (from <= 0 || to <= from)
    return -1;
  return CLAMP ((double) (now - from) / (double) (to - from), 0.0, 1.0);
}

/* (transfer full): what is said of one that waits, whatever is expected of it; NULL where its place is not known */
static char *
dup_turn (const DubTaskPlace *place)
{
  if (place == NULL || place->turn == 0)
    return NULL;
  if (place->turn == 1)
    return g_strdup (_("Next in line"));
  /* Translators: the place of a dub in the line of those that wait to be sent: “Place 3 of 12 in line” */
  return g_strdup_printf (_("Place %u of %u in line"), place->turn, place->n_waiting);
}

static char *
dup_expected (DubTask            *task,
              const DubTaskPlace *place,
              gint64              now)
{
  g_autofree char *range = dub_format_unbroken_range (MAX (dub_task_get_expected_from (task), now), dub_task_get_expected_to (task), now);
  g_autofree char *turn = dub_task_get_state (task) == DUB_TASK_WAITING ? dup_turn (place) : NULL;

  if (turn != NULL)
    /* Translators: the place in the line, and a range of times: “Next in line · expected 09:40–10:05” */
    return g_strdup_printf (_("%s · expected %s"), turn, range);
  /* Translators: a range of times, such as “09:40–10:05” */
  return g_strdup_printf (_("Expected %s"), range);
}

static char *
dup_waiting (const DubTaskPlace *place)
{
  char *turn = dup_turn (place);

  return turn != NULL ? turn : g_strdup (_("Waits for its turn"));
}

static char *
dup_under_way (DubTask            *task,
               DubAccount         *account,
               const DubTaskPlace *place,
               gint64              now)
{
  DubTaskState state = dub_task_get_state (task);
  gboolean sent = state == DUB_TASK_SUBMITTED || state == DUB_TASK_PROCESSING;

  if (dub_task_words_is_resting (account))
    return g_strdup (sent ? _("Goes on at the service; progress unknown") : _("Goes on when the account works again"));
  if (state == DUB_TASK_WAITING && place != NULL && place->paused)
    return g_strdup (_("Waits until you resume"));
  if (sent && dub_task_get_progress_words (task) != NULL)
    return g_strdup (dub_task_get_progress_words (task));
  if (dub_task_words_is_late (task, now))
    return g_strdup (_("Taking longer than expected"));
  if (dub_task_get_expected_to (task) > now)
    return dup_expected (task, place, now);
  if (state == DUB_TASK_WAITING)
    return dup_waiting (place);
  if (state == DUB_TASK_PUBLISHING)
    return g_strdup (_("The video is made ready to send"));
  return g_strdup (sent ? _("Under way") : _("Is being sent"));
}

/* When what its state says happened. */
static gint64
get_moment (DubTask *task)
{
  if (dub_task_get_state (task) == DUB_TASK_UNCONFIRMED && dub_task_get_submitted (task) > 0)
    return dub_task_get_submitted (task);
  return dub_task_get_finished (task) > 0 ? dub_task_get_finished (task) : dub_task_get_changed (task);
}

/**
 * dub_task_words_dup_when:
 * @account: (nullable): the account of the dub
 * @place: (nullable): what it is among the others
 * @now: Unix seconds
 *
 * Returns: (transfer full): one line that says when it is expected, or when what happened
 */
char *
dub_task_words_dup_when (DubTask            *task,
                         DubAccount         *account,
                         const DubTaskPlace *place,
                         gint64              now)
{
  gint64 moment = get_moment (task);
  g_autofree char *when = moment > 0 ? dub_format_moment (moment, now) : g_strdup ("");
  gboolean later = place != NULL && place->has_later;

  switch (dub_task_get_state (task))
    {
    case DUB_TASK_SUCCEEDED:
      /* Translators: %s in this and the next ones is a time, such as “09:05” or “Yesterday 09:05” */
      return g_strdup_printf (_("Finished %s"), when);
    case DUB_TASK_FAILED:
      return g_strdup_printf (later ? _("Failed %s, tried again since") : _("Failed %s"), when);
    case DUB_TASK_REJECTED:
      return g_strdup_printf (later ? _("Refused %s, tried again since") : _("Refused %s"), when);
    case DUB_TASK_UNCONFIRMED:
      return g_strdup_printf (_("Sent %s, no answer"), when);
    case DUB_TASK_CANCELLED:
      return g_strdup_printf (_("Cancelled %s"), when);
    case DUB_TASK_DROPPED:
      return g_strdup_printf (dub_task_can_follow_again (task) ? _("Not followed since %s") : _("Given up %s"), when);
    case DUB_TASK_WAITING:
    case DUB_TASK_PUBLISHING:
    case DUB_TASK_SUBMITTING:
    case DUB_TASK_SUBMITTED:
    case DUB_TASK_PROCESSING:
    default:
      return dup_under_way (task, account, place, now);
    }
}

/* What is known of the chance that it was sent, and what is done about it. */
static char *
dup_unconfirmed (DubTask    *task,
                 const char *message,
                 gint64      now)
{
  gint64 next = dub_task_get_next_look (task);
  g_autofree char *when = next > now ? dub_format_moment (next, now) : NULL;
  const char *known = message != NULL && *message != '\0'
                        ? message
                        : _("The connection dropped before the service answered, so this dub may already be under way. "
                            "Dubroom does not send it twice. It looks for it in the library.");

  if (when == NULL)
    return g_strdup (known);
  /* Translators: the first %s are whole sentences, the second is a time: “… Dubroom looks again at 09:20.” */
  return g_strdup_printf (_("%s Dubroom looks again at %s."), known, when);
}

/**
 * dub_task_words_dup_detail:
 * @account: (nullable): the account of the dub
 * @now: Unix seconds
 *
 * Returns: (transfer full) (nullable): what went wrong, as plain text: the service's words are marked as such, those of the
 *   built-in studio are our own
 */
char *
dub_task_words_dup_detail (DubTask    *task,
                           DubAccount *account,
                           gint64      now)
{
  const char *message = dub_task_get_message (task);
  DubTaskState state = dub_task_get_state (task);
  gboolean studio = account != NULL && dub_account_is_studio (account);
  g_autofree char *quoted = NULL;

  if (dub_task_can_follow_again (task))
    return g_strdup (_("The service goes on making it. When it is ready, it is in the library."));
  if (state != DUB_TASK_FAILED && state != DUB_TASK_REJECTED && state != DUB_TASK_UNCONFIRMED &&
      state != DUB_TASK_WAITING)
    return NULL;
  if (message != NULL && *message != '\0' && dub_task_is_service_message (task) && !studio)
    /* Translators: %s is a sentence of the dubbing service, in English */
    message = quoted = g_strdup_printf (_("The service says: “%s”"), message);
  if (state == DUB_TASK_UNCONFIRMED)
    return dup_unconfirmed (task, message, now);
  return message != NULL && *message != '\0' ? g_strdup (message) : NULL;
}
