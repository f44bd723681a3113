/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-task-section.h"

#include <glib/gi18n-lib.h>

#include "dub-format.h"
#include "dub-video-picture.h"

/**
 * DubTaskSection:
 *
 * The head of a card in the queue: the video whose dubs follow.
 */
struct _DubTaskSection
{
  GtkWidget parent_instance;

  /* template widgets */
  DubVideoPicture *picture;
  GtkLabel *title;
  GtkLabel *facts;
  GtkLabel *ready;
  GtkMenuButton *menu;

  /* owned */
  DubQueueSummary *summary;
  DubTask *task;
  gint64 now;   /* Unix seconds */
  gboolean narrow;
};

enum
{
  PROP_NOW = 1,
  PROP_NARROW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DubTaskSection, dub_task_section, GTK_TYPE_WIDGET)

static char *
dup_facts (DubTaskSection        *self,
           const DubVideoSummary *summary)
{
  g_autofree char *duration = dub_format_duration (dub_task_get_video_duration (self->task));
  g_autofree char *dubs = g_strdup_printf (ngettext ("%u dub", "%u dubs", summary->n_dubs), summary->n_dubs);
  g_autofree char *range = NULL;

  /* A forecast that is over says nothing any more. */
  if (summary->n_under_way == 0 || summary->expected_to <= self->now)
    /* Translators: duration of a video and the number of its dubs: “0:53 · 5 dubs” */
    return g_strdup_printf (_("%s · %s"), duration, dubs);

  range = dub_format_unbroken_range (MAX (summary->expected_from, self->now), summary->expected_to, self->now);
  if (self->narrow)
    /* Translators: the same, with a range of times in the second line: “Ready Tue 09:40–10:05” */
    return g_strdup_printf (_("%s · %s\nReady %s"), duration, dubs, range);
  /* Translators: duration, number of dubs, and a range of times: “0:53 · 5 dubs · ready Tue 09:40–10:05” */
  return g_strdup_printf (_("%s · %s · ready %s"), duration, dubs, range);
}

static void
update (DubTaskSection *self)
{
  g_autofree char *facts = NULL, *ready = NULL;
  DubVideoSummary summary;

  if (self->task == NULL)
    return;

  summary = dub_queue_summary_of_video (self->summary, dub_task_get_video (self->task));
  facts = dup_facts (self, &summary);
  /* Translators: how many of the dubs of a video are ready, “2 of 5 ready” */
  ready = g_strdup_printf (ngettext ("%u of %u ready", "%u of %u ready", summary.n_dubs), summary.n_ready, summary.n_dubs);

  gtk_label_set_label (self->title, dub_task_get_video_title (self->task));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), dub_task_get_video_title (self->task));
  gtk_label_set_label (self->facts, facts);
  gtk_label_set_label (self->ready, ready);
  gtk_widget_set_visible (GTK_WIDGET (self->ready), !self->narrow);
  dub_video_picture_set_uri (self->picture, dub_task_get_video_uri (self->task));
}

static void
append (GMenu          *menu,
        const char     *label,
        const char     *action,
        DubTaskSection *self)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "x", dub_task_get_video (self->task));
  g_menu_append_item (menu, item);
}

static void
append_failed (GMenu          *menu,
               DubTaskSection *self,
               guint           n_failed)
{
  g_autofree char *label = g_strdup_printf (ngettext ("_Try %u Failed Dub Again…", "_Try All %u Failed Dubs Again…", n_failed), n_failed);

  append (menu, label, "retry.video", self);
}

static void
make_menu (GtkMenuButton *button,
           gpointer       user_data)
{
  DubTaskSection *self = user_data;
  g_autoptr (GMenu) menu = g_menu_new (), more = g_menu_new (), away = g_menu_new ();
  DubVideoSummary summary;

  if (self->task == NULL)
    return;

  summary = dub_queue_summary_of_video (self->summary, dub_task_get_video (self->task));
  append (more, _("Dub in _More Languages…"), "queue.more-languages", self);
  if (summary.n_failed > 0)
    append_failed (more, self, summary.n_failed);
  if (summary.n_waiting > 0)
    append (away, _("_Cancel What Has Not Started"), "queue.cancel-video", self);
  if (summary.n_over > 0)
    append (away, _("_Remove What Is Over From Queue"), "queue.remove-video", self);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (away));
  gtk_menu_button_set_menu_model (button, G_MENU_MODEL (menu));
}

/**
 * dub_task_section_set_task:
 * @task: (nullable): one of the video's dubs
 */
void
dub_task_section_set_task (DubTaskSection *self,
                           DubTask        *task)
{
  g_return_if_fail (DUB_IS_TASK_SECTION (self));

  if (g_set_object (&self->task, task))
    update (self);
}

static void
dub_task_section_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DubTaskSection *self = DUB_TASK_SECTION (object);

  switch (id)
    {
    case PROP_NOW:
      g_value_set_int64 (value, self->now);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* Times are shown to the minute. */
static void
set_now (DubTaskSection *self,
         gint64          now)
{
  gboolean same_minute = self->now / 60 == now / 60;

  self->now = now;
  if (!same_minute)
    update (self);
}

static void
dub_task_section_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DubTaskSection *self = DUB_TASK_SECTION (object);

  switch (id)
    {
    case PROP_NOW:
      set_now (self, g_value_get_int64 (value));
      break;
    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      update (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_task_section_dispose (GObject *object)
{
  DubTaskSection *self = DUB_TASK_SECTION (object);
  GtkWidget *child;

  g_clear_object (&self->summary);
  g_clear_object (&self->task);
  gtk_widget_dispose_template (GTK_WIDGET (object), DUB_TYPE_TASK_SECTION);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (dub_task_section_parent_class)->dispose (object);
}

static void
dub_task_section_class_init (DubTaskSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dub_task_section_dispose;
  object_class->get_property = dub_task_section_get_property;
  object_class->set_property = dub_task_section_set_property;

  properties[PROP_NOW] = g_param_spec_int64 ("now", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DUB_TYPE_VIDEO_PICTURE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-task-section.ui");
  gtk_widget_class_bind_template_child (widget_class, DubTaskSection, picture);
  gtk_widget_class_bind_template_child (widget_class, DubTaskSection, title);
  gtk_widget_class_bind_template_child (widget_class, DubTaskSection, facts);
  gtk_widget_class_bind_template_child (widget_class, DubTaskSection, ready);
  gtk_widget_class_bind_template_child (widget_class, DubTaskSection, menu);
  gtk_widget_class_set_css_name (widget_class, "tasksection");
}

static void
dub_task_section_init (DubTaskSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu, make_menu, self, NULL);
}

/**
 * dub_task_section_new:
 * @summary: what the dubs of each video come to
 *
 * Returns: (transfer floating): a head without a video
 */
GtkWidget *
dub_task_section_new (DubPictures     *pictures,
                      DubQueueSummary *summary)
{
  DubTaskSection *self = g_object_new (DUB_TYPE_TASK_SECTION, NULL);

  self->summary = g_object_ref (summary);
  g_object_set (self->picture, "pictures", pictures, NULL);
  g_signal_connect_object (summary, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
