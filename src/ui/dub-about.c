/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-about.h"

#include <glib/gi18n-lib.h>

#include "dub-support.h"

#define N_LINES 200

static void
set_log (AdwAboutDialog *dialog,
         const char     *lines)
{
  g_autofree char *text = dub_support_dup_log (lines);

  adw_about_dialog_set_debug_info (dialog, text);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (AdwAboutDialog) dialog = user_data;
  DubLog *log = g_object_get_data (G_OBJECT (dialog), "log");
  g_autoptr (GError) error = NULL;
  g_autofree char *lines = dub_log_read_finish (log, result, &error);
  g_autofree char *problem = error != NULL ? g_strdup_printf ("The log cannot be read: %s\n", error->message) : NULL;

  set_log (dialog, lines != NULL ? lines : problem);
}

/**
 * dub_about_new:
 * @log: (nullable): what is shown under Troubleshooting, as soon as it is read
 *
 * Returns: (transfer floating): the About dialog
 */
AdwDialog *
dub_about_new (DubLog *log)
{
  AdwAboutDialog *dialog = ADW_ABOUT_DIALOG (adw_about_dialog_new ());

  g_object_set (dialog, "application-name", "Dubroom", "application-icon", "io.github.dubroom.Dubroom",
                "version", DUBROOM_VERSION, "developer-name", _("The Dubroom developers"), "license-type", GTK_LICENSE_GPL_3_0,
                "comments", _("Dubs short video ads into 13 languages, by the dubbing service or on this computer."),
                "debug-info-filename", "dubroom-log.txt",
                /* Translators: put your names here, one in each line */
                "translator-credits", _("translator-credits"), NULL);
  set_log (dialog, "");
  if (log != NULL)
    {
      g_object_set_data_full (G_OBJECT (dialog), "log", g_object_ref (log), g_object_unref);
      dub_log_read_async (log, N_LINES, NULL, on_read, g_object_ref (dialog));
    }
  return ADW_DIALOG (dialog);
}
