/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-ui-find.h"

#include <adwaita.h>
#include <gst/gst.h>

#include "dub-test-support.h"

static void
collect (GtkWidget *widget,
         GType      type,
         GPtrArray *found)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    g_ptr_array_add (found, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    collect (child, type, found);
}

GPtrArray *
dub_ui_list (GtkWidget *root,
             GType      type)
{
  GPtrArray *found = g_ptr_array_new ();

  collect (root, type, found);
  return found;
}

GtkWidget *
dub_ui_find (GtkWidget     *root,
             GType          type,
             DubUiMatch     match,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) all = dub_ui_list (root, type);

  for (guint i = 0; i < all->len; i++)
    if (match == NULL || match (all->pdata[i], data))
      return all->pdata[i];
  return NULL;
}

static gboolean
says (GtkWidget     *label,
      gconstpointer  text)
{
  return g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) == 0;
}

GtkWidget *
dub_ui_find_text (GtkWidget  *root,
                  const char *text)
{
  return dub_ui_find (root, GTK_TYPE_LABEL, says, text);
}

static gboolean
is_called (GtkWidget     *button,
           gconstpointer  name)
{
  return g_strcmp0 (gtk_widget_get_tooltip_text (button), name) == 0 || dub_ui_find_text (button, name) != NULL;
}

GtkWidget *
dub_ui_get_button (GtkWidget  *root,
                   const char *name)
{
  GtkWidget *button = dub_ui_find (root, GTK_TYPE_BUTTON, is_called, name);

  if (button == NULL)
    g_error ("there is no button “%s”", name);
  return button;
}

void
dub_ui_click (GtkWidget  *root,
              const char *name)
{
  GtkWidget *button = dub_ui_get_button (root, name);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  dub_ui_settle ();
}

static gboolean
is_triggered_by (GtkShortcutTrigger *trigger,
                 GtkShortcutTrigger *wanted)
{
  GtkAlternativeTrigger *both = GTK_IS_ALTERNATIVE_TRIGGER (trigger) ? GTK_ALTERNATIVE_TRIGGER (trigger) : NULL;

  if (both == NULL)
    return gtk_shortcut_trigger_equal (trigger, wanted);
  return is_triggered_by (gtk_alternative_trigger_get_first (both), wanted) ||
         is_triggered_by (gtk_alternative_trigger_get_second (both), wanted);
}

void
dub_ui_press_keys (GtkWidget       *widget,
                   guint            key,
                   GdkModifierType  modifiers)
{
  g_autoptr (GtkShortcutTrigger) wanted = gtk_keyval_trigger_new (key, modifiers);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  guint found = 0;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (!is_triggered_by (gtk_shortcut_get_trigger (shortcut), wanted))
            continue;
          found++;
          gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), GTK_SHORTCUT_ACTION_EXCLUSIVE, widget, NULL);
        }
    }
  g_assert_cmpuint (found, >, 0);
}

static gboolean
is_idle (gpointer settled)
{
  return *(gboolean *) settled;
}

static gboolean
on_idle (gpointer settled)
{
  *(gboolean *) settled = TRUE;
  return G_SOURCE_REMOVE;
}

static void
on_painted (gboolean *painted)
{
  *painted = TRUE;
}

static void
wait_for_frame (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_mapped (window) ? gtk_widget_get_frame_clock (window) : NULL;
  gboolean painted = FALSE;
  gulong handler;

  if (clock == NULL)
    return;

  g_object_ref (clock);
  handler = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (on_painted), &painted);
  gtk_widget_queue_draw (window);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
  dub_test_wait_for (is_idle, &painted, "the window to be drawn");
  g_signal_handler_disconnect (clock, handler);
  g_object_unref (clock);
}

void
dub_ui_settle (void)
{
  /* More than once, because what is drawn may want more. */
  for (int i = 0; i < 3; i++)
    {
      GListModel *windows = gtk_window_get_toplevels ();
      gboolean idle = FALSE;

      for (guint j = 0; j < g_list_model_get_n_items (windows); j++)
        {
          g_autoptr (GtkWidget) window = g_list_model_get_item (windows, j);
          wait_for_frame (window);
        }
      g_idle_add_full (G_PRIORITY_LOW + 100, on_idle, &idle, NULL);
      dub_test_wait_for (is_idle, &idle, "all that is due to be done");
    }
}

static gboolean
has_words (GtkWidget     *label,
           gconstpointer  data)
{
  return *gtk_label_get_text (GTK_LABEL (label)) != '\0';
}

static void
assert_all_named (GtkWidget *root,
                  GType      type)
{
  g_autoptr (GPtrArray) all = dub_ui_list (root, type);

  for (guint i = 0; i < all->len; i++)
    {
      GtkWidget *button = all->pdata[i];
      const char *tooltip = gtk_widget_get_tooltip_text (button);
      const char *icon = GTK_IS_BUTTON (button) ? gtk_button_get_icon_name (GTK_BUTTON (button)) : NULL;

      /* The arrows within composed widgets are named by those. */
      if (GTK_IS_MENU_BUTTON (gtk_widget_get_parent (button)) || GTK_IS_DROP_DOWN (gtk_widget_get_parent (button)))
        continue;
      if (gtk_widget_get_ancestor (button, GTK_TYPE_WINDOW_CONTROLS) != NULL || gtk_widget_get_ancestor (button, GTK_TYPE_EDITABLE) != NULL)
        continue;
      if (dub_ui_find (button, GTK_TYPE_LABEL, has_words, NULL) != NULL)
        continue;
      if ((tooltip == NULL || *tooltip == '\0') && !gtk_test_accessible_has_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL))
        g_error ("a %s (%s) within %s has no name", G_OBJECT_TYPE_NAME (button), icon, G_OBJECT_TYPE_NAME (gtk_widget_get_parent (button)));
    }
}

void
dub_ui_assert_named (GtkWidget *root)
{
  assert_all_named (root, GTK_TYPE_BUTTON);
  assert_all_named (root, GTK_TYPE_MENU_BUTTON);
}

GtkWidget *
dub_ui_show (GtkWidget *child,
             int        width,
             int        height)
{
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  dub_ui_settle ();
  return window;
}

void
dub_ui_init (int    *argc,
             char ***argv)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  gtk_test_init (argc, argv, NULL);
  gst_init (NULL, NULL);
  adw_init ();
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/io/github/dubroom/Dubroom/ui/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}
