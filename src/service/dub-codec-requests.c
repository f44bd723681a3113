/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-service-codec.h"
#include "dub-codec-parts.h"

/* What the client asks. */

static void
write_item (JsonBuilder         *builder,
            const DubCreateItem *item)
{
  json_builder_begin_object (builder);
  dub_codec_write_string (builder, "video_url", item->video_url);
  json_builder_set_member_name (builder, "target_languages");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, item->target_language);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "lipsync_enabled");
  json_builder_add_boolean_value (builder, item->lipsync);
  if (item->video_name != NULL)
    dub_codec_write_string (builder, "video_name", item->video_name);
  json_builder_set_member_name (builder, "subtitle_enabled");
  json_builder_add_boolean_value (builder, item->subtitles);
  if (item->script != NULL)
    dub_codec_write_script (builder, "scripts", item->script, DUB_CODEC_PLAIN);
  if (item->key != NULL)
    dub_codec_write_string (builder, "client_key", item->key);
  json_builder_end_object (builder);
}

/**
 * dub_codec_encode_create:
 * @items: (element-type DubCreateItem): what is to be dubbed
 *
 * The body of a create (service documentation, "Create tasks"; `client_key` is the built-in studio's). Any thread.
 *
 * Returns: (transfer full): JSON
 */
char *
dub_codec_encode_create (GPtrArray *items)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  dub_codec_write_string (builder, "aigc_video_type", DUB_TYPE_WORD_DUBBING);
  json_builder_set_member_name (builder, "dubbing_video_info");
  json_builder_begin_array (builder);
  for (guint i = 0; i < items->len; i++)
    write_item (builder, g_ptr_array_index (items, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return dub_codec_to_text (builder);
}

/**
 * dub_codec_encode_task_query:
 * @task_ids: ids of tasks
 *
 * The query of a question for tasks: the ids as a JSON array, percent-encoded. Any thread.
 *
 * Returns: (transfer full): the query, without "?"
 */
char *
dub_codec_encode_task_query (const char *const *task_ids)
{
  g_autofree char *json = dub_codec_strings (task_ids);
  g_autofree char *escaped = g_uri_escape_string (json, NULL, FALSE);

  return g_strdup_printf ("task_ids=%s&aigc_video_type=" DUB_TYPE_WORD_DUBBING, escaped);
}

/**
 * dub_codec_encode_video_query:
 *
 * The query of a question for the dubbed videos. Any thread.
 *
 * Returns: (transfer full): the query, without "?"
 */
char *
dub_codec_encode_video_query (void)
{
  static const char *const types[] = { DUB_TYPE_WORD_DUBBING, NULL };
  g_autofree char *json = dub_codec_strings (types);
  g_autofree char *escaped = g_uri_escape_string (json, NULL, FALSE);

  return g_strconcat ("aigc_video_types=", escaped, NULL);
}
