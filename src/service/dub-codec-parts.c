/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-codec-parts.h"

#include "dub-codec-extras.h"

/**
 * dub_codec_read_script:
 * @read: a reader
 * @object: (nullable): where to look
 * @name: the member that holds the segments
 * @need: whether it must be there
 * @form: what may be beside the text and its times
 *
 * Reads segments `{text, text_start_time, text_end_time}`, times in milliseconds (service documentation, "Create
 * tasks"). Their order and times are not checked.
 *
 * Returns: (transfer full) (nullable): the script, or %NULL where there is none or it cannot be read
 */
DubScript *
dub_codec_read_script (DubRead    *read,
                       JsonObject *object,
                       const char *name,
                       DubReadNeed  need,
                       DubCodecForm form)
{
  JsonArray *array = dub_read_array (read, object, name, need);
  g_autoptr (DubScript) script = NULL;

  if (array == NULL)
    return NULL;

  script = dub_script_new ();
  dub_read_enter (read, name, 0);
  for (guint i = 0; i < dub_read_length (array) && dub_read_get_fault (read) == NULL; i++)
    {
      g_autofree char *text = NULL;
      g_autoptr (DubSegment) segment = NULL;
      JsonObject *item;
      double start;
      double end;

      dub_read_enter (read, NULL, i);
      item = dub_read_item (read, array, i);
      text = dub_read_string (read, item, "text", DUB_READ_REQUIRED);
      start = dub_read_number (read, item, "text_start_time", DUB_READ_REQUIRED);
      end = dub_read_number (read, item, "text_end_time", DUB_READ_REQUIRED);
      if (dub_read_get_fault (read) == NULL)
        {
          segment = dub_segment_new (text, start, end);
          if (form == DUB_CODEC_WITH_REMARKS)
            dub_segment_set_remarks (segment, dub_codec_read_remarks (item, text));
          dub_script_add_segment (script, segment);
        }
      dub_read_leave (read);
    }
  dub_read_leave (read);

  return dub_read_get_fault (read) == NULL ? g_steal_pointer (&script) : NULL;
}

/**
 * dub_codec_write_script:
 * @builder: an object under construction
 * @name: the member that takes the segments
 * @script: (nullable): the script; %NULL is written as an empty one
 * @form: what stands beside the text and its times
 *
 * Writes segments with times in milliseconds.
 */
void
dub_codec_write_script (JsonBuilder *builder,
                        const char  *name,
                        DubScript   *script,
                        DubCodecForm form)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; script != NULL && i < dub_script_get_length (script); i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);

      json_builder_begin_object (builder);
      dub_codec_write_string (builder, "text", dub_segment_get_text (segment));
      json_builder_set_member_name (builder, "text_start_time");
      json_builder_add_double_value (builder, dub_segment_get_start (segment));
      json_builder_set_member_name (builder, "text_end_time");
      json_builder_add_double_value (builder, dub_segment_get_end (segment));
      if (form == DUB_CODEC_WITH_REMARKS)
        dub_codec_write_remarks (builder, dub_segment_get_remarks (segment));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}
