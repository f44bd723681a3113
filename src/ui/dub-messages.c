/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-messages.h"

#include <glib/gi18n-lib.h>

/* A dialog lies beside the content of its window. */
static AdwToastOverlay *
find_overlay (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (overlay == NULL && ADW_IS_APPLICATION_WINDOW (root))
    overlay = adw_application_window_get_content (ADW_APPLICATION_WINDOW (root));
  return ADW_IS_TOAST_OVERLAY (overlay) ? ADW_TOAST_OVERLAY (overlay) : NULL;
}

/**
 * dub_messages_toast:
 * @widget: any widget of the window
 * @text: a few words, plain
 *
 * Says something short that needs no answer.
 *
 * Returns: (transfer none) (nullable): the message, for a button on it
 */
AdwToast *
dub_messages_toast (GtkWidget  *widget,
                    const char *text)
{
  AdwToastOverlay *overlay = find_overlay (widget);
  AdwToast *toast;

  if (overlay == NULL)
    return NULL;

  /* The newest is what matters: many in a row would be said for a minute. */
  adw_toast_overlay_dismiss_all (overlay);
  toast = adw_toast_new ("");
  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_title (toast, text);
  adw_toast_overlay_add_toast (overlay, toast);
  return toast;
}

/**
 * dub_messages_error:
 * @widget: the widget whose wish could not be fulfilled
 * @heading: what did not happen, in a few words: in a narrow window there is no more room for them
 * @error: why; nothing is said where it was cancelled
 *
 * Says what went wrong. The sentence of the error says what to do.
 */
void
dub_messages_error (GtkWidget    *widget,
                    const char   *heading,
                    const GError *error)
{
  AdwDialog *dialog;

  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (gtk_widget_get_root (widget) == NULL)
    return;

  dialog = adw_alert_dialog_new (heading, error->message);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _("_Close"));
  adw_dialog_present (dialog, widget);
}
