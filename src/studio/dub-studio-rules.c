/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-rules.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dub-job.h"
#include "dub-language.h"
#include "dub-names.h"
#include "dub-service-codec.h"
#include "dub-service-error.h"
#include "dub-video-limits.h"

static void
refuse (GError    **error,
        const char *path,
        const char *what)
{
  g_autofree char *sentence = g_strdup_printf ("%s: %s", path, what);

  g_propagate_error (error, dub_service_error_new (DUB_SERVICE_ERROR_PARAMETERS, NULL, sentence));
}

/**
 * dub_studio_refuse_field:
 * @error: return location
 * @index: which item of the request, from 0
 * @field: the field of the item, with what leads to it from there
 * @what: what is wrong with it
 *
 * Sets a refusal that names the field by its path. The words go over the wire: plain English, as the service's own.
 */
void
dub_studio_refuse_field (GError    **error,
                         guint       index,
                         const char *field,
                         const char *what)
{
  g_autofree char *path = g_strdup_printf ("dubbing_video_info[%u].%s", index, field);

  refuse (error, path, what);
}

static void
refuse_segment (GError    **error,
                guint       index,
                guint       segment,
                const char *field,
                const char *what)
{
  g_autofree char *path = g_strdup_printf ("scripts[%u].%s", segment, field);

  dub_studio_refuse_field (error, index, path, what);
}

/**
 * dub_studio_is_local:
 * @video_url: an address
 *
 * Returns: whether it names a file of this machine
 */
gboolean
dub_studio_is_local (const char *video_url)
{
  return g_ascii_strncasecmp (video_url, "file:", 5) == 0;
}

static gboolean
is_usable_address (const char *video_url)
{
  g_autoptr (GUri) uri = NULL;
  const char *host;

  if (dub_studio_is_local (video_url))
    {
      g_autofree char *hostname = NULL;
      g_autofree char *path = g_filename_from_uri (video_url, &hostname, NULL);

      return path != NULL && (hostname == NULL || g_ascii_strcasecmp (hostname, "localhost") == 0);
    }

  uri = g_uri_parse (video_url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (uri == NULL)
    return FALSE;
  host = g_uri_get_host (uri);
  return host != NULL && *host != '\0'
         && (g_str_equal (g_uri_get_scheme (uri), "http") || g_str_equal (g_uri_get_scheme (uri), "https"));
}

static char *
list_languages (void)
{
  const DubLanguage *const *all = dub_language_get_all ();
  g_autoptr (GString) codes = g_string_new ("must hold exactly one of ");

  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    g_string_append_printf (codes, "%s%s", i > 0 ? ", " : "", dub_language_get_code (all[i]));
  return g_string_free_and_steal (g_steal_pointer (&codes));
}

static gboolean
is_blank (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isspace (g_utf8_get_char (c)))
      return FALSE;
  return TRUE;
}

static gboolean
check_segment (DubSegment *segment,
               guint       item,
               guint       index,
               GError    **error)
{
  double start = dub_segment_get_start (segment);
  double end = dub_segment_get_end (segment);

  if (is_blank (dub_segment_get_text (segment)))
    refuse_segment (error, item, index, "text", "must not be empty");
  else if (!isfinite (start) || start < 0)
    refuse_segment (error, item, index, "text_start_time", "must be a number of milliseconds, 0 or more");
  else if (!isfinite (end) || end <= start)
    refuse_segment (error, item, index, "text_end_time", "must be after text_start_time");
  else
    return TRUE;
  return FALSE;
}

/* A script counts its segments in the order of their start, whatever the order in the request was. */
static gboolean
check_script (DubScript *script,
              guint      item,
              GError   **error)
{
  if (dub_script_get_length (script) == 0)
    {
      dub_studio_refuse_field (error, item, "scripts", "must hold at least one segment");
      return FALSE;
    }

  for (guint i = 0; i < dub_script_get_length (script); i++)
    if (!check_segment (dub_script_get_segment (script, i), item, i, error))
      return FALSE;
  return TRUE;
}

static gboolean
check_item (const DubCreateItem *item,
            guint                index,
            GError             **error)
{
  if (!is_usable_address (item->video_url))
    {
      dub_studio_refuse_field (error, index, "video_url", "must be an address that begins with https://, http:// or file://");
      return FALSE;
    }
  if (dub_language_from_code (item->target_language) == NULL)
    {
      g_autofree char *what = list_languages ();

      dub_studio_refuse_field (error, index, "target_languages", what);
      return FALSE;
    }
  if (item->video_name != NULL && g_utf8_strlen (item->video_name, -1) > DUB_NAME_MAX_CHARS)
    {
      g_autofree char *what = g_strdup_printf ("must have at most %d characters", DUB_NAME_MAX_CHARS);

      dub_studio_refuse_field (error, index, "video_name", what);
      return FALSE;
    }
  return item->script == NULL || check_script (item->script, index, error);
}

/**
 * dub_studio_check_items:
 * @items: (element-type DubCreateItem): what a create asks for, of right form
 * @error: return location; %DUB_SERVICE_ERROR_PARAMETERS
 *
 * Checks number and values of the items (service documentation, "Create tasks").
 *
 * Returns: whether all are right
 */
gboolean
dub_studio_check_items (GPtrArray *items,
                        GError   **error)
{
  if (items->len < 1 || items->len > DUB_MAX_ITEMS_PER_CREATE)
    {
      g_autofree char *what = g_strdup_printf ("must hold 1 to %d items", DUB_MAX_ITEMS_PER_CREATE);

      refuse (error, "dubbing_video_info", what);
      return FALSE;
    }

  for (guint i = 0; i < items->len; i++)
    if (!check_item (g_ptr_array_index (items, i), i, error))
      return FALSE;
  return TRUE;
}

/**
 * dub_studio_check_item_media:
 * @item: an item of a create
 * @index: its place, from 0
 * @info: what its video is
 * @error: return location; %DUB_SERVICE_ERROR_PARAMETERS
 *
 * Checks that the video is one, of 1 to 600 s, and that the script ends with it. What does not state its duration is let
 * pass: the engine measures it.
 *
 * Returns: whether it can be dubbed, as far as can be seen
 */
gboolean
dub_studio_check_item_media (const DubCreateItem *item,
                             guint                index,
                             const DubMediaInfo  *info,
                             GError             **error)
{
  int late = dub_video_limits_late_segment (item->script, info->duration_ms);
  g_autofree char *what = NULL;

  if (!info->has_video)
    {
      dub_studio_refuse_field (error, index, "video_url", "the file has no moving picture: only a video can be dubbed");
    }
  else if (!dub_video_limits_hold (info->duration_ms))
    {
      what = g_strdup_printf ("the video lasts %" G_GINT64_FORMAT " ms, and must last 1000 to 600000 ms", info->duration_ms);
      dub_studio_refuse_field (error, index, "video_url", what);
    }
  else if (late >= 0)
    {
      what = g_strdup_printf ("must be at most the video's duration, %" G_GINT64_FORMAT " ms", info->duration_ms);
      refuse_segment (error, index, (guint) late, "text_end_time", what);
    }
  else
    {
      return TRUE;
    }
  return FALSE;
}

/**
 * dub_studio_check_video:
 * @info: what a video is
 * @script: (nullable): what is to be spoken
 * @error: return location; %DUB_STUDIO_ERROR_UNSUITABLE
 *
 * The same rules for a video that could be looked at only when its task had begun.
 *
 * Returns: whether it can be dubbed, as far as can be seen
 */
gboolean
dub_studio_check_video (const DubMediaInfo *info,
                        DubScript          *script,
                        GError            **error)
{
  if (!info->has_video)
    {
      g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
                           _("The file has no moving picture, and only a video can be dubbed. Choose another file."));
      return FALSE;
    }
  return dub_video_limits_check (info->duration_ms, error)
         && dub_video_limits_check_script (script, info->duration_ms, error);
}

/**
 * dub_studio_make_name:
 *
 * Returns: (transfer full): the name of a video that was given none (service documentation, `video_name`)
 */
char *
dub_studio_make_name (void)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *moment = g_date_time_format (now, "%Y%m%d%H%M%S");
  char random[4] = "";

  for (int i = 0; i < 3; i++)
    random[i] = letters[g_random_int_range (0, sizeof letters - 1)];
  return g_strdup_printf ("DUBBING-%s-%s", moment, random);
}
