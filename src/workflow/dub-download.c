/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-download.h"

#include <glib/gi18n-lib.h>

#include "dub-fetch.h"
#include "dub-workflow-error.h"

static void
on_fetched (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dub_fetch_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
has_expired (DubLibraryItem *item)
{
  gint64 expires = dub_library_item_get_expires (item);

  return expires != 0 && expires <= g_get_real_time () / G_USEC_PER_SEC;
}

static gboolean
may_fetch (DubLibraryItem *item,
           DubSession     *session)
{
  const char *url = dub_library_item_get_preview_uri (item);

  if (url == NULL)
    return FALSE;
  return session != NULL ? dub_session_trusts (session, url) : g_str_has_prefix (url, "https://");
}

void
dub_download_async (DubLibraryItem      *item,
                    DubSession          *session,
                    GFile               *destination,
                    gboolean             replace,
                    void               (*progress) (guint64, guint64, gpointer),
                    gpointer             progress_data,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (item, cancellable, callback, user_data);

  g_task_set_source_tag (task, dub_download_async);
  if (has_expired (item))
    {
      g_task_return_new_error_literal (task, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_EXPIRED,
                                       _("The link to this dub has expired: it lives for 30 days. Dub the video again to get a new one."));
      return;
    }
  if (!may_fetch (item, session))
    {
      g_task_return_new_error_literal (task, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_EXPIRED,
                                       _("There is no link to this dub that can be opened safely. Read the library again later."));
      return;
    }
  dub_fetch_async (dub_library_item_get_preview_uri (item), destination, replace,
                   session != NULL ? dub_session_get_local_root (session) : NULL, progress, progress_data, cancellable,
                   on_fetched, g_steal_pointer (&task));
}

gboolean
dub_download_finish (DubLibraryItem  *item,
                     GAsyncResult    *result,
                     GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, item), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
