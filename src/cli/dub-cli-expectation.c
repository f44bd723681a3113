/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-cli-expectation.h"

#include <glib/gi18n-lib.h>

#include "dub-format.h"

static char *
dup_range (GPtrArray *tasks)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  gint64 from = 0;
  gint64 to = 0;

  for (guint i = 0; i < tasks->len; i++)
    {
      from = MAX (from, dub_task_get_expected_from (tasks->pdata[i]));
      to = MAX (to, dub_task_get_expected_to (tasks->pdata[i]));
    }
  return dub_format_range (MAX (from, now), MAX (to, now), now);
}

void
dub_cli_expectation_say (DubCliProgress *progress,
                         DubQueue       *queue,
                         DubDraft       *draft,
                         guint           n_languages,
                         GPtrArray      *tasks)
{
  g_autofree char *range = NULL;

  if (dub_queue_get_paused (queue))
    {
      dub_cli_progress_say (progress, "%s",
                            _("Sending is paused. The dubs wait in the queue, and are sent when you resume it in Dubroom’s window."));
      return;
    }
  range = dup_range (tasks);
  if (dub_draft_get_n_left_out (draft) > 0)
    {
      dub_cli_progress_say (progress, ngettext ("%u dub, ready about %s.", "%u dubs, ready about %s.", tasks->len), tasks->len,
                            range);
      return;
    }
  /* Translators: 2 videos × 3 languages = 6 dubs, ready about 09:40–10:05 */
  dub_cli_progress_say (progress, ngettext ("%u × %u = %u dub, ready about %s.", "%u × %u = %u dubs, ready about %s.", tasks->len),
                        tasks->len / n_languages, n_languages, tasks->len, range);
}
