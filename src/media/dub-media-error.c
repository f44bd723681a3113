/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-media-error-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <gst/gst.h>
#include <string.h>

/**
 * dub_media_error_quark:
 *
 * The error domain of looking at and playing videos. Every message is a whole sentence for a person.
 *
 * Returns: the quark of %DUB_MEDIA_ERROR
 */
G_DEFINE_QUARK (dub-media-error-quark, dub_media_error)

char *
dub_media_error_dup_subject (const char *uri)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GUri) parsed = NULL;
  g_autofree char *name = NULL;
  g_autofree char *valid = NULL;

  if (uri == NULL)
    return g_strdup (_("The video"));

  file = g_file_new_for_uri (uri);
  if (g_file_is_native (file))
    name = g_file_get_basename (file);
  else if ((parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL)) != NULL)
    name = g_path_get_basename (g_uri_get_path (parsed));

  if (name == NULL || *name == '\0' || g_str_equal (name, "/") || g_str_equal (name, "."))
    return g_strdup (_("The video"));
  valid = g_utf8_make_valid (name, -1);
  /* Translators: a file name in quotation marks. */
  return g_strdup_printf (_("“%s”"), valid);
}

GError *
dub_media_error_missing (const char *what,
                         const char *uri)
{
  g_autofree char *name = dub_media_error_dup_subject (uri);

  if (what != NULL && *what != '\0')
    return g_error_new (DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_MISSING_CODEC,
                        /* Translators: the first %s is a video, the second is a format such as "H.265". */
                        _("%s needs support for “%s”, which is not installed. Install that GStreamer plugin, or use an MP4 with H.264 and AAC."),
                        name, what);
  return g_error_new (DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_MISSING_CODEC,
                      _("%s is in a format for which no plugin is installed. Install the GStreamer plugins, or use an MP4 with H.264 and AAC."),
                      name);
}

gboolean
dub_media_error_concerns_us (const char *installer_detail)
{
  g_auto (GStrv) fields = g_strsplit (installer_detail, "|", -1);
  const char *what = g_strv_length (fields) >= 5 ? fields[4] : "";

  return strstr (what, "-video/") != NULL || strstr (what, "-audio/") != NULL || g_str_has_prefix (what, "element-");
}

GError *
dub_media_error_timed_out (const char *uri)
{
  g_autofree char *name = dub_media_error_dup_subject (uri);

  return g_error_new (DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_TIMED_OUT,
                      _("%s took too long to open. If it lies on a slow disk or on the network, copy it to this computer and try again."),
                      name);
}

GError *
dub_media_error_damaged (const char *uri)
{
  g_autofree char *name = dub_media_error_dup_subject (uri);

  return g_error_new (DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_DAMAGED,
                      _("%s cannot be read: it is damaged, incomplete or copy-protected. Export or download it again."), name);
}

static GError *
from_resource_error (const GError *error,
                     const char   *uri,
                     const char   *name)
{
  gboolean local = uri != NULL && g_ascii_strncasecmp (uri, "file:", 5) == 0;

  if (error->code == GST_RESOURCE_ERROR_NOT_FOUND)
    return g_error_new (DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_NOT_FOUND,
                        local ? _("%s is no longer there. It may have been moved, renamed or deleted.")
                              : _("%s is not at that address any more. The link may have expired."),
                        name);
  if (error->code == GST_RESOURCE_ERROR_NOT_AUTHORIZED)
    return g_error_new (DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_NOT_FOUND,
                        local ? _("%s may not be read by you. Change its permissions, or copy it to a folder of yours.")
                              : _("The server does not hand out %s. The link may have expired."),
                        name);
  if (local)
    return g_error_new (DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_NOT_FOUND,
                        _("%s could not be read. Check that the file is there and that its disk is connected."), name);
  return g_error_new (DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_NOT_FOUND,
                      _("%s could not be loaded. Check the connection to the internet and try again."), name);
}

static GError *
from_stream_error (const GError *error,
                   const char   *uri,
                   const char   *name)
{
  if (error->code == GST_STREAM_ERROR_DECRYPT || error->code == GST_STREAM_ERROR_DECRYPT_NOKEY)
    return g_error_new (DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_DAMAGED,
                        _("%s is copy-protected and cannot be read. Use a copy of the video without protection."), name);
  if (error->code == GST_STREAM_ERROR_TYPE_NOT_FOUND || error->code == GST_STREAM_ERROR_WRONG_TYPE)
    return g_error_new (DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_NOT_MEDIA,
                        _("%s is not a video. Pick a video file, such as an MP4."), name);
  return dub_media_error_damaged (uri);
}

GError *
dub_media_error_from_gst (const GError *error,
                          const char   *uri)
{
  g_autofree char *name = dub_media_error_dup_subject (uri);

  if (error == NULL)
    return g_error_new (DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_FAILED, _("%s could not be opened. Try another copy of it."), name);
  g_debug ("%s: %s %d: %s", name, g_quark_to_string (error->domain), error->code, error->message);
  if (g_error_matches (error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN) ||
      g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND))
    return dub_media_error_missing (NULL, uri);
  if (error->domain == GST_RESOURCE_ERROR)
    return from_resource_error (error, uri, name);
  if (error->domain == GST_STREAM_ERROR)
    return from_stream_error (error, uri, name);
  return g_error_new (DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_FAILED,
                      /* Translators: the first %s is a video, the second what the system reports. */
                      _("%s could not be opened (%s). Try another copy of it."), name, error->message);
}
