/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-file-private.h"

#include <glib/gi18n-lib.h>

#include "dub-error.h"

char *
dub_file_dup_name (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return base != NULL ? g_filename_display_name (base) : g_file_get_uri (file);
}

void
dub_file_translate (GFile   *file,
                    GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *name = NULL;

  if (error == NULL || (*error)->domain == DUB_ERROR || g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  cause = g_steal_pointer (error);
  name = dub_file_dup_name (file);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, DUB_ERROR, DUB_ERROR_FILE,
                 _("“%s” is not there any more. It was moved, renamed or deleted: choose it again."), name);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, DUB_ERROR, DUB_ERROR_FILE,
                 _("“%s” may not be read. Change its permissions, or choose a copy of it."), name);
  else
    /* Translators: the first is a file, the second the system's reason. */
    g_set_error (error, DUB_ERROR, DUB_ERROR_FILE,
                 _("“%s” cannot be read (%s). Check the drive it is on, or choose a copy of it."), name, cause->message);
}

static gboolean
check_type (GFile      *file,
            GFileType   type,
            GError    **error)
{
  g_autofree char *name = dub_file_dup_name (file);

  if (type == G_FILE_TYPE_DIRECTORY)
    g_set_error (error, DUB_ERROR, DUB_ERROR_FILE, _("“%s” is a folder. Choose the files in it."), name);
  else if (type == G_FILE_TYPE_SPECIAL)
    g_set_error (error, DUB_ERROR, DUB_ERROR_FILE, _("“%s” is a device or pipe, not a file. Choose a file."), name);
  else
    return TRUE;

  return FALSE;
}

/* Opens an ordinary file: a pipe would block, a device never end. Errors are sentences already. */
GInputStream *
dub_file_open (GFile         *file,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (GFileInfo) info = NULL;
  GFileInputStream *stream;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, cancellable, error);
  if (info == NULL)
    {
      dub_file_translate (file, error);
      return NULL;
    }
  if (!check_type (file, g_file_info_get_file_type (info), error))
    return NULL;

  stream = g_file_read (file, cancellable, error);
  if (stream == NULL)
    dub_file_translate (file, error);
  return stream != NULL ? G_INPUT_STREAM (stream) : NULL;
}
