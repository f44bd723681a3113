/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef gboolean (*DubUiMatch) (GtkWidget *widget, gconstpointer data);

/* The first widget below @root that is mapped and matches, or NULL. */
GtkWidget *dub_ui_find         (GtkWidget *root, GType type, DubUiMatch match, gconstpointer data);
/* A mapped label that says this, or NULL. */
GtkWidget *dub_ui_find_text    (GtkWidget *root, const char *text);
/* A mapped button with this label or tooltip; the test fails where there is none. */
GtkWidget *dub_ui_get_button   (GtkWidget *root, const char *name);
/* Presses it; the test fails where that cannot be done. */
void       dub_ui_click        (GtkWidget *root, const char *name);
/* As if these keys were pressed with the focus on @widget; the test fails where they have no meaning there. */
void       dub_ui_press_keys   (GtkWidget *widget, guint key, GdkModifierType modifiers);
/* All mapped widgets of a type. (element-type GtkWidget) */
GPtrArray *dub_ui_list         (GtkWidget *root, GType type);
/* Lets the window draw until there is nothing to do. */
void       dub_ui_settle       (void);
/* Fails the test when a button that shows no words has neither label nor tooltip. */
void       dub_ui_assert_named (GtkWidget *root);
/* A window that is on the screen with this in it. */
GtkWidget *dub_ui_show         (GtkWidget *child, int width, int height);
void       dub_ui_init         (int *argc, char ***argv);

G_END_DECLS
