/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-view-private.h"

#include <glib/gi18n-lib.h>

#include "dub-format.h"

/* What stands above the list, and in its place where it has nothing. */

/* @range: (nullable): when they are ready */
static char *
dup_going_on (guint       n,
              const char *range)
{
  if (range == NULL)
    return g_strdup_printf (ngettext ("%'u dub that was sent goes on", "%'u dubs that were sent go on", n), n);
  /* Translators: %s is a range of times; sending is paused */
  return g_strdup_printf (ngettext ("%'u dub that was sent goes on, ready about %s", "%'u dubs that were sent go on, all ready about %s", n),
                          n, range);
}

static char *
dup_forecast (DubQueueView *self,
              gint64        now)
{
  gboolean holds = self->paused && dub_queue_summary_get_waiting (self->summary) > 0;
  DubReadySummary ready = dub_queue_summary_when_ready (self->summary, holds);
  g_autofree char *range = NULL;

  if (ready.n_dubs == 0)
    return NULL;
  /* One without a forecast may be the last one, and a forecast that is over says nothing any more. */
  if (ready.n_unknown == 0 && ready.to > now)
    range = dub_format_unbroken_range (MAX (ready.from, now), ready.to, now);
  if (holds)
    return dup_going_on (ready.n_dubs, range);
  if (range == NULL)
    return g_strdup_printf (ngettext ("%'u dub under way", "%'u dubs under way", ready.n_dubs), ready.n_dubs);
  /* Translators: %s is a range of times: “38 dubs under way, all ready about 11:20–12:05” */
  return g_strdup_printf (ngettext ("%'u dub under way, ready about %s", "%'u dubs under way, all ready about %s", ready.n_dubs),
                          ready.n_dubs, range);
}

static void
update_forecast (DubQueueView *self)
{
  gint64 now;
  g_autofree char *text = NULL;

  g_object_get (self->clock, "now", &now, NULL);
  text = dup_forecast (self, now);
  gtk_widget_set_visible (GTK_WIDGET (self->forecast), text != NULL);
  gtk_label_set_label (self->forecast, text != NULL ? text : "");
}

static void
update_pause (DubQueueView *self)
{
  GtkWidget *button = GTK_WIDGET (self->pause);
  const char *label = self->paused ? _("_Resume Sending") : _("_Pause Sending");

  gtk_widget_set_visible (button, self->queue != NULL && (self->paused || dub_queue_summary_get_waiting (self->summary) > 0));
  gtk_actionable_set_action_name (self->pause, self->paused ? "line.resume" : "line.pause");
  gtk_image_set_from_icon_name (self->pause_icon, self->paused ? "media-playback-start-symbolic" : "media-playback-pause-symbolic");
  gtk_label_set_label (self->pause_label, label);
  gtk_widget_set_tooltip_text (button, self->paused ? _("Resume Sending: the dubs that wait are sent")
                                                    : _("Pause Sending: nothing more is sent, dubs that were sent go on"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->paused ? _("Resume Sending") : _("Pause Sending"), -1);
}

static void
update_retry_all (DubQueueView *self)
{
  guint n = dub_queue_filter_get_kind (self->filter_choice) == DUB_QUEUE_FILTER_FAILED
              ? g_list_model_get_n_items (G_LIST_MODEL (self->filtered))
              : 0;
  g_autofree char *label = g_strdup_printf (ngettext ("_Try %'u Again…", "_Try All %'u Again…", n), n);

  gtk_widget_set_visible (GTK_WIDGET (self->retry_all), n > 0);
  gtk_button_set_label (self->retry_all, label);
}

static gboolean
is_searching (DubQueueView *self)
{
  return self->search != NULL && *self->search != '\0';
}

static const char *
get_nothing_title (DubQueueView *self)
{
  if (is_searching (self))
    return _("No Dubs Found");
  switch (dub_queue_filter_get_kind (self->filter_choice))
    {
    case DUB_QUEUE_FILTER_NEEDS_YOU:
      return _("Nothing Needs You");
    case DUB_QUEUE_FILTER_UNDER_WAY:
      return _("No Dubs Under Way");
    case DUB_QUEUE_FILTER_FAILED:
      return _("Nothing Has Failed");
    case DUB_QUEUE_FILTER_DONE:
    case DUB_QUEUE_FILTER_ALL:
    default:
      return _("No Dubs Done Yet");
    }
}

static void
update_nothing (DubQueueView *self)
{
  DubQueueFilterKind kind = dub_queue_filter_get_kind (self->filter_choice);
  gboolean searching = is_searching (self), filtering = kind != DUB_QUEUE_FILTER_ALL;
  g_autofree char *plain = NULL, *description = NULL;

  if (searching && filtering)
    /* Translators: the first %s is the name of a filter, such as “Failed”; the second is what was searched for */
    plain = g_strdup_printf (_("Of the dubs in “%s”, none has “%s” in its title, language or name."),
                             dub_queue_filter_get_label (kind), self->search);
  else if (searching)
    plain = g_strdup_printf (_("None has “%s” in its title, language or name."), self->search);
  description = plain != NULL ? g_markup_escape_text (plain, -1) : NULL;

  adw_status_page_set_title (self->nothing, get_nothing_title (self));
  adw_status_page_set_description (self->nothing, description);
  gtk_widget_set_visible (self->clear_search, searching);
  gtk_widget_set_visible (self->show_all, filtering);
}

/**
 * dub_queue_view_update_head:
 *
 * Says above the list when all is ready, and offers what can be done with all.
 */
void
dub_queue_view_update_head (DubQueueView *self)
{
  if (self->summary == NULL)
    return;

  update_forecast (self);
  update_pause (self);
  update_retry_all (self);
  update_nothing (self);
}
