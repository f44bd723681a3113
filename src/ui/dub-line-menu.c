/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-line-menu.h"

#include <glib/gi18n-lib.h>

/* There is no such action, so an entry that has it is shown and cannot be chosen. */
#define NOWHERE "line.nowhere"

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        DubTask    *task)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "x", dub_task_get_id (task));
  g_menu_append_item (menu, item);
}

static void
append_moves (GMenu              *menu,
              DubTask            *task,
              const DubTaskPlace *place)
{
  gboolean first = place->turn == 1, last = place->turn == place->n_waiting;

  append (menu, _("Send _First"), first ? NOWHERE : "line.first", task);
  append (menu, _("Move _Up"), first ? NOWHERE : "line.up", task);
  append (menu, _("Move _Down"), last ? NOWHERE : "line.down", task);
  append (menu, _("Send _Last"), last ? NOWHERE : "line.last", task);
}

/**
 * dub_line_menu_new:
 * @place: what @task is among the others
 *
 * Returns: (transfer full): the section; empty where nothing can be done
 */
GMenuModel *
dub_line_menu_new (DubTask            *task,
                   const DubTaskPlace *place)
{
  GMenu *menu = g_menu_new ();

  if (place->turn > 0)
    append_moves (menu, task, place);
  /* The built-in studio gives up what it is told to: see Cancel. */
  if (dub_task_can_stop_following (task) && !dub_task_can_recall (task))
    append (menu, _("_Stop Following…"), "line.stop-following", task);
  if (dub_task_can_follow_again (task))
    append (menu, _("_Follow Again"), "line.follow-again", task);
  return G_MENU_MODEL (menu);
}
