/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-codec-write.h"

/**
 * dub_codec_write_string:
 * @builder: an object under construction
 * @name: the member
 * @value: (nullable): its value; %NULL is written as ""
 *
 * Writes a member that is a string.
 */
void
dub_codec_write_string (JsonBuilder *builder,
                        const char  *name,
                        const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value != NULL ? value : "");
}

/**
 * dub_codec_to_text:
 * @builder: a finished builder
 *
 * Returns: (transfer full): the JSON text, on one line
 */
char *
dub_codec_to_text (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/**
 * dub_codec_open_answer:
 * @code: the return code
 * @message: what is said of it
 * @request_id: what the request is known by
 *
 * Returns: (transfer full): an answer, in whose `data` members can be written
 */
JsonBuilder *
dub_codec_open_answer (gint64      code,
                       const char *message,
                       const char *request_id)
{
  JsonBuilder *builder = json_builder_new_immutable ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "code");
  json_builder_add_int_value (builder, code);
  dub_codec_write_string (builder, "message", message);
  dub_codec_write_string (builder, "request_id", request_id);
  json_builder_set_member_name (builder, "data");
  json_builder_begin_object (builder);
  return builder;
}

/**
 * dub_codec_close_answer:
 * @builder: an answer
 *
 * Returns: (transfer full): the JSON text, on one line
 */
char *
dub_codec_close_answer (JsonBuilder *builder)
{
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  return dub_codec_to_text (builder);
}

/**
 * dub_codec_strings:
 * @strings: texts
 *
 * Returns: (transfer full): a JSON array of them
 */
char *
dub_codec_strings (const char *const *strings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  json_builder_begin_array (builder);
  for (gsize i = 0; strings[i] != NULL; i++)
    json_builder_add_string_value (builder, strings[i]);
  json_builder_end_array (builder);
  return dub_codec_to_text (builder);
}
