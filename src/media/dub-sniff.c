/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-sniff-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "dub-media-error-private.h"

#define HEAD_BYTES 4096

void
dub_sniff_clear (DubSniff *sniff)
{
  g_clear_pointer (&sniff->content_type, g_free);
}

static gboolean
check_entry (GFile       *file,
             const char  *name,
             guint64     *size,
             GError     **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GFileInfo) info = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, NULL, &reason);
  if (info == NULL)
    {
      g_set_error (error, DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_NOT_FOUND,
                   _("%s could not be found. It may have been moved, renamed or deleted."), name);
      return FALSE;
    }
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_NOT_MEDIA,
                   _("%s is a folder. Open it and pick the videos in it."), name);
      return FALSE;
    }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_NOT_MEDIA,
                   _("%s is not a file. Pick a video file, such as an MP4."), name);
      return FALSE;
    }

  *size = (guint64) MAX (g_file_info_get_size (info), 0);
  if (*size == 0)
    {
      g_set_error (error, DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_NOT_MEDIA,
                   _("%s is empty. Export or download the video again."), name);
      return FALSE;
    }
  return TRUE;
}

static gssize
read_head (GFile      *file,
           const char *name,
           guchar     *head,
           GError    **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &reason);
  gsize length = 0;

  if (stream != NULL && g_input_stream_read_all (G_INPUT_STREAM (stream), head, HEAD_BYTES, &length, NULL, &reason))
    return (gssize) length;
  g_set_error (error, DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_NOT_FOUND,
               _("%s could not be read. Check that you may open it and that its disk is connected."), name);
  return -1;
}

/* By content alone: the ending of the name is no proof of anything. */
static gboolean
is_text (const guchar *head,
         gsize         length)
{
  const char *end = NULL;

  if (length >= 2 && ((head[0] == 0xff && head[1] == 0xfe) || (head[0] == 0xfe && head[1] == 0xff)))
    return TRUE;
  for (gsize i = 0; i < length; i++)
    if (head[i] < 0x20 && strchr ("\t\n\v\f\r\033", head[i]) == NULL)
      return FALSE;
  if (memchr (head, 0, length) != NULL)
    return FALSE;
  /* A character may be cut at the end of what was read. */
  return g_utf8_validate_len ((const char *) head, length, &end) || (gsize) (end - (const char *) head) + 4 > length;
}

/**
 * dub_sniff_file:
 * @uri: a `file:` address
 * @sniff: (out caller-allocates): what was found
 * @error: return location for a %DUB_MEDIA_ERROR
 *
 * Refuses what cannot be a video before any decoder sees it. Blocks on the disk; call it on a worker thread.
 *
 * Returns: whether the file may be a video
 */
gboolean
dub_sniff_file (const char  *uri,
                DubSniff    *sniff,
                GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_uri (uri);
  g_autofree char *name = dub_media_error_dup_subject (uri);
  g_autofree char *type = NULL;
  g_autofree guchar *head = g_malloc (HEAD_BYTES);
  gboolean uncertain = FALSE;
  gssize length;

  memset (sniff, 0, sizeof *sniff);
  if (!check_entry (file, name, &sniff->size, error))
    return FALSE;
  length = read_head (file, name, head, error);
  if (length < 0)
    return FALSE;
  if (is_text (head, (gsize) length))
    {
      g_set_error (error, DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_NOT_MEDIA,
                   _("%s contains text, not a video. Pick a video file, such as an MP4."), name);
      return FALSE;
    }

  type = g_content_type_guess (NULL, head, (gsize) length, &uncertain);
  if (!uncertain && type != NULL && !g_content_type_is_unknown (type))
    sniff->content_type = g_content_type_get_mime_type (type);
  if (sniff->content_type != NULL && g_str_has_prefix (sniff->content_type, "image/"))
    {
      dub_sniff_clear (sniff);
      g_set_error (error, DUB_MEDIA_ERROR, DUB_MEDIA_ERROR_NOT_MEDIA,
                   _("%s is a picture, not a video. Pick a video file, such as an MP4."), name);
      return FALSE;
    }
  return TRUE;
}
