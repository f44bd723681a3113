/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-filter.h"

#include <glib/gi18n-lib.h>

/* Beside the words and the number of a choice. */
#define CHOICE_MARGIN 10

/**
 * DubQueueFilter:
 *
 * Which dubs of the queue are shown: a row of buttons, in a narrow window one button with a list.
 */
struct _DubQueueFilter
{
  AdwBin parent_instance;

  /* children, one at a time */
  AdwToggleGroup *toggles;
  GtkDropDown *menu;

  /* owned */
  DubQueueSummary *summary;
  DubQueueFilterKind kind;
  gboolean narrow;
};

enum
{
  PROP_NARROW = 1,
  PROP_SUMMARY,
  PROP_KIND,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DubQueueFilter, dub_queue_filter, ADW_TYPE_BIN)

/* By kind: the words, and the property of the summary that has the number. */
static const struct
{
  const char *label;
  const char *count;
} choices[] = {
  [DUB_QUEUE_FILTER_ALL] = { N_("All"), "n-all" },
  [DUB_QUEUE_FILTER_NEEDS_YOU] = { N_("Needs you"), "n-needs-you" },
  [DUB_QUEUE_FILTER_UNDER_WAY] = { N_("Under way"), "n-under-way" },
  [DUB_QUEUE_FILTER_FAILED] = { N_("Failed"), "n-failed" },
  [DUB_QUEUE_FILTER_DONE] = { N_("Done"), "n-done" },
};

/**
 * dub_queue_filter_get_label:
 *
 * Returns: the words for @kind, translated
 */
const char *
dub_queue_filter_get_label (DubQueueFilterKind kind)
{
  return _(choices[kind].label);
}

/**
 * dub_queue_filter_matches:
 * @summary: of the list that @task is in
 *
 * Returns: whether @task is shown
 */
gboolean
dub_queue_filter_matches (DubQueueFilterKind  kind,
                          DubQueueSummary    *summary,
                          DubTask            *task)
{
  switch (kind)
    {
    case DUB_QUEUE_FILTER_NEEDS_YOU:
      return dub_queue_summary_group_of (summary, task) == DUB_TASK_GROUP_NEEDS_YOU;
    case DUB_QUEUE_FILTER_UNDER_WAY:
      return dub_queue_summary_group_of (summary, task) == DUB_TASK_GROUP_UNDER_WAY;
    case DUB_QUEUE_FILTER_FAILED:
      return dub_queue_summary_is_failed (summary, task);
    case DUB_QUEUE_FILTER_DONE:
      return dub_queue_summary_group_of (summary, task) == DUB_TASK_GROUP_DONE;
    case DUB_QUEUE_FILTER_ALL:
    default:
      return TRUE;
    }
}

/* {Choices} */

static gboolean
to_text (GBinding     *binding,
         const GValue *number,
         GValue       *text,
         gpointer      user_data)
{
  g_value_take_string (text, g_strdup_printf ("%'u", g_value_get_uint (number)));
  return TRUE;
}

static GtkWidget *
make_choice (DubQueueFilterKind kind)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (dub_queue_filter_get_label (kind));
  GtkWidget *number = gtk_label_new (NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (number, "dim-label");
  gtk_widget_add_css_class (number, "numeric");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), number);
  return box;
}

/* @box: of make_choice() */
static void
show_count (DubQueueFilter     *self,
            GtkWidget          *box,
            DubQueueFilterKind  kind)
{
  if (self->summary != NULL)
    g_object_bind_property_full (self->summary, choices[kind].count, gtk_widget_get_last_child (box), "label", G_BINDING_SYNC_CREATE,
                                 to_text, NULL, NULL, NULL);
}

static void
on_toggled (DubQueueFilter *self)
{
  dub_queue_filter_set_kind (self, adw_toggle_group_get_active (self->toggles));
}

static void
on_chosen (DubQueueFilter *self)
{
  dub_queue_filter_set_kind (self, gtk_drop_down_get_selected (self->menu));
}

static void
make_toggles (DubQueueFilter *self)
{
  self->toggles = ADW_TOGGLE_GROUP (g_object_ref_sink (adw_toggle_group_new ()));
  adw_toggle_group_set_can_shrink (self->toggles, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->toggles), "round");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggles), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Which dubs to show"), -1);
  for (DubQueueFilterKind kind = 0; kind < G_N_ELEMENTS (choices); kind++)
    {
      AdwToggle *toggle = adw_toggle_new ();
      GtkWidget *box = make_choice (kind);

      gtk_widget_set_margin_start (box, CHOICE_MARGIN);
      gtk_widget_set_margin_end (box, CHOICE_MARGIN);
      adw_toggle_set_child (toggle, box);
      adw_toggle_group_add (self->toggles, toggle);
    }
  adw_toggle_group_set_active (self->toggles, DUB_QUEUE_FILTER_ALL);
  g_signal_connect_object (self->toggles, "notify::active", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
}

static void
bind_choice (DubQueueFilter *self,
             GtkListItem    *item)
{
  DubQueueFilterKind kind = gtk_list_item_get_position (item);
  GtkWidget *box = make_choice (kind);

  show_count (self, box, kind);
  gtk_list_item_set_child (item, box);
}

static void
set_checked (GObject    *menu,
             GParamSpec *pspec,
             gpointer    item)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  gboolean chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (menu)) == gtk_list_item_get_position (item);

  if (box != NULL)
    gtk_widget_set_opacity (gtk_widget_get_last_child (box), chosen ? 1 : 0);
}

/* In the list the one that is chosen has a mark. */
static void
bind_row (DubQueueFilter *self,
          GtkListItem    *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *box = make_choice (gtk_list_item_get_position (item));

  show_count (self, box, gtk_list_item_get_position (item));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (row), box);
  gtk_box_append (GTK_BOX (row), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_item_set_child (item, row);
  g_signal_connect_object (self->menu, "notify::selected", G_CALLBACK (set_checked), item, 0);
  set_checked (G_OBJECT (self->menu), NULL, item);
}

static void
unbind_row (DubQueueFilter *self,
            GtkListItem    *item)
{
  g_signal_handlers_disconnect_by_func (self->menu, set_checked, item);
  gtk_list_item_set_child (item, NULL);
}

static void
make_menu (DubQueueFilter *self)
{
  g_autoptr (GtkListItemFactory) button = gtk_signal_list_item_factory_new (), list = gtk_signal_list_item_factory_new ();
  GtkStringList *labels = gtk_string_list_new (NULL);

  for (DubQueueFilterKind kind = 0; kind < G_N_ELEMENTS (choices); kind++)
    gtk_string_list_append (labels, dub_queue_filter_get_label (kind));
  self->menu = GTK_DROP_DOWN (g_object_ref_sink (gtk_drop_down_new (G_LIST_MODEL (labels), NULL)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Which dubs to show"), -1);
  g_signal_connect_object (button, "bind", G_CALLBACK (bind_choice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "bind", G_CALLBACK (bind_row), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "unbind", G_CALLBACK (unbind_row), self, G_CONNECT_SWAPPED);
  gtk_drop_down_set_factory (self->menu, button);
  gtk_drop_down_set_list_factory (self->menu, list);
  g_signal_connect_object (self->menu, "notify::selected", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
}

/* {Object} */

static void
set_narrow (DubQueueFilter *self,
            gboolean        narrow)
{
  self->narrow = narrow;
  if (narrow && self->menu == NULL)
    {
      make_menu (self);
      gtk_drop_down_set_selected (self->menu, self->kind);
    }
  adw_bin_set_child (ADW_BIN (self), narrow ? GTK_WIDGET (self->menu) : GTK_WIDGET (self->toggles));
}

static void
set_summary (DubQueueFilter  *self,
             DubQueueSummary *summary)
{
  if (!g_set_object (&self->summary, summary) || summary == NULL)
    return;
  for (DubQueueFilterKind kind = 0; kind < G_N_ELEMENTS (choices); kind++)
    show_count (self, adw_toggle_get_child (adw_toggle_group_get_toggle (self->toggles, kind)), kind);
  /* Its choices get their numbers when they are made. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->menu);
  set_narrow (self, self->narrow);
}

/**
 * dub_queue_filter_get_kind:
 *
 * Returns: which dubs to show
 */
DubQueueFilterKind
dub_queue_filter_get_kind (DubQueueFilter *self)
{
  g_return_val_if_fail (DUB_IS_QUEUE_FILTER (self), DUB_QUEUE_FILTER_ALL);
  return self->kind;
}

/**
 * dub_queue_filter_set_kind:
 *
 * Chooses as the person does.
 */
void
dub_queue_filter_set_kind (DubQueueFilter     *self,
                           DubQueueFilterKind  kind)
{
  g_return_if_fail (DUB_IS_QUEUE_FILTER (self));

  if (self->kind == kind || kind >= G_N_ELEMENTS (choices))
    return;

  self->kind = kind;
  adw_toggle_group_set_active (self->toggles, kind);
  if (self->menu != NULL)
    gtk_drop_down_set_selected (self->menu, kind);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);
}

static void
dub_queue_filter_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DubQueueFilter *self = DUB_QUEUE_FILTER (object);

  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_SUMMARY:
      g_value_set_object (value, self->summary);
      break;
    case PROP_KIND:
      g_value_set_uint (value, self->kind);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_queue_filter_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DubQueueFilter *self = DUB_QUEUE_FILTER (object);

  switch (id)
    {
    case PROP_NARROW:
      set_narrow (self, g_value_get_boolean (value));
      break;
    case PROP_SUMMARY:
      set_summary (self, g_value_get_object (value));
      break;
    case PROP_KIND:
      dub_queue_filter_set_kind (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_queue_filter_dispose (GObject *object)
{
  DubQueueFilter *self = DUB_QUEUE_FILTER (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->toggles);
  g_clear_object (&self->menu);
  g_clear_object (&self->summary);
  G_OBJECT_CLASS (dub_queue_filter_parent_class)->dispose (object);
}

static void
dub_queue_filter_class_init (DubQueueFilterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = dub_queue_filter_dispose;
  object_class->get_property = dub_queue_filter_get_property;
  object_class->set_property = dub_queue_filter_set_property;

  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  properties[PROP_SUMMARY] = g_param_spec_object ("summary", NULL, NULL, DUB_TYPE_QUEUE_SUMMARY, flags);
  properties[PROP_KIND] = g_param_spec_uint ("kind", NULL, NULL, 0, G_N_ELEMENTS (choices) - 1, DUB_QUEUE_FILTER_ALL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dub_queue_filter_init (DubQueueFilter *self)
{
  make_toggles (self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->toggles));
}
