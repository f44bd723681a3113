/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-codec-extras.h"

#include <math.h>

#include "dub-codec-write.h"

/* What a dub may last, and more subtitles and doubtful words than it can have. */
#define MAX_MS     (600 * 1000.0)
#define MAX_LINES  10000
#define MAX_DOUBTS 5000

/**
 * dub_codec_number:
 * @object: (nullable): where to look
 * @name: the member
 * @otherwise: what counts where there is none
 *
 * Returns: the member, where it is a finite number
 */
double
dub_codec_number (JsonObject *object,
                  const char *name,
                  double      otherwise)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  double value;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return otherwise;
  value = json_node_get_double (node);
  return isfinite (value) ? value : otherwise;
}

/**
 * dub_codec_string:
 * @object: (nullable): where to look
 * @name: the member
 *
 * Returns: (transfer none) (nullable): the member, where it is a string
 */
const char *
dub_codec_string (JsonObject *object,
                  const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static JsonObject *
object_member (JsonObject *object,
               const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
array_member (JsonObject *object,
              const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* --- progress --- */

/**
 * dub_codec_write_progress:
 * @builder: an entry of a task list under construction
 * @task: the task
 *
 * Writes `"progress": {"stage", "fraction"}`, where the task has one.
 */
void
dub_codec_write_progress (JsonBuilder         *builder,
                          const DubRemoteTask *task)
{
  if (task->progress_stage == NULL)
    return;

  json_builder_set_member_name (builder, "progress");
  json_builder_begin_object (builder);
  dub_codec_write_string (builder, "stage", task->progress_stage);
  json_builder_set_member_name (builder, "fraction");
  json_builder_add_double_value (builder, task->progress);
  json_builder_end_object (builder);
}

/**
 * dub_codec_read_progress:
 * @item: (nullable): an entry of a task list
 * @task: the task, which gets it
 *
 * Reads what dub_codec_write_progress() writes.
 */
void
dub_codec_read_progress (JsonObject    *item,
                         DubRemoteTask *task)
{
  JsonObject *progress = object_member (item, "progress");
  const char *stage = dub_progress_stage_find (dub_codec_string (progress, "stage"));
  double fraction = dub_codec_number (progress, "fraction", -1);

  if (stage == NULL || fraction < 0 || fraction > 1)
    return;
  task->progress_stage = stage;
  task->progress = fraction;
}

/* --- remarks --- */

static void
write_number (JsonBuilder *builder,
              const char  *name,
              double       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
write_doubts (JsonBuilder *builder,
              GArray      *doubts)
{
  json_builder_set_member_name (builder, "doubts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < doubts->len; i++)
    {
      const DubTextRange *range = &g_array_index (doubts, DubTextRange, i);

      json_builder_begin_array (builder);
      json_builder_add_int_value (builder, range->from);
      json_builder_add_int_value (builder, range->until);
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

/**
 * dub_codec_write_remarks:
 * @builder: a segment under construction
 * @remarks: (nullable): remarks on it
 *
 * Writes `"remarks": {…}` with what they have to say; nothing where they have not.
 */
void
dub_codec_write_remarks (JsonBuilder      *builder,
                         const DubRemarks *remarks)
{
  if (dub_remarks_is_empty (remarks))
    return;

  json_builder_set_member_name (builder, "remarks");
  json_builder_begin_object (builder);
  if (remarks->confidence >= 0)
    write_number (builder, "confidence", remarks->confidence);
  if (remarks->doubts->len > 0)
    write_doubts (builder, remarks->doubts);
  if (remarks->natural_ms > 0)
    write_number (builder, "natural_ms", remarks->natural_ms);
  if (remarks->overrun_ms > 0)
    write_number (builder, "overrun_ms", remarks->overrun_ms);
  if (remarks->unspoken > 0)
    write_number (builder, "unspoken", remarks->unspoken);
  json_builder_end_object (builder);
}

/* Of the JSON [from, until], in characters of a text. */
static gboolean
read_range (JsonNode     *node,
            guint         least,
            guint         most,
            DubTextRange *range)
{
  JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gint64 from, until;

  if (pair == NULL || json_array_get_length (pair) != 2)
    return FALSE;
  for (guint i = 0; i < 2; i++)
    {
      JsonNode *bound = json_array_get_element (pair, i);

      if (!JSON_NODE_HOLDS_VALUE (bound) || json_node_get_value_type (bound) != G_TYPE_INT64)
        return FALSE;
    }
  from = json_array_get_int_element (pair, 0);
  until = json_array_get_int_element (pair, 1);
  if (from < least || from >= until || until > most)
    return FALSE;
  *range = (DubTextRange) { (guint) from, (guint) until };
  return TRUE;
}

/* One that cannot be meant makes the others doubtful, too. */
static void
read_doubts (JsonObject *object,
             const char *text,
             DubRemarks *remarks)
{
  JsonArray *array = array_member (object, "doubts");
  guint most = (guint) g_utf8_strlen (text, -1);
  guint least = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      DubTextRange range;

      if (i >= MAX_DOUBTS || !read_range (json_array_get_element (array, i), least, most, &range))
        {
          g_array_set_size (remarks->doubts, 0);
          return;
        }
      dub_remarks_add_doubt (remarks, range.from, range.until);
      least = range.until;
    }
}

static double
read_within (JsonObject *object,
             const char *name,
             double      most,
             double      otherwise)
{
  double value = dub_codec_number (object, name, otherwise);

  return value >= 0 && value <= most ? value : otherwise;
}

/**
 * dub_codec_read_remarks:
 * @segment: (nullable): a segment
 * @text: its text
 *
 * Reads what dub_codec_write_remarks() writes.
 *
 * Returns: (transfer full) (nullable): remarks that say something
 */
DubRemarks *
dub_codec_read_remarks (JsonObject *segment,
                        const char *text)
{
  JsonObject *object = object_member (segment, "remarks");
  g_autoptr (DubRemarks) remarks = NULL;

  if (object == NULL)
    return NULL;

  remarks = dub_remarks_new ();
  remarks->confidence = read_within (object, "confidence", 1, -1);
  remarks->natural_ms = read_within (object, "natural_ms", MAX_MS, 0);
  remarks->overrun_ms = read_within (object, "overrun_ms", MAX_MS, 0);
  remarks->unspoken = (guint) read_within (object, "unspoken", g_utf8_strlen (text, -1), 0);
  read_doubts (object, text, remarks);
  return dub_remarks_is_empty (remarks) ? NULL : g_steal_pointer (&remarks);
}

/* --- subtitle lines --- */

/**
 * dub_codec_read_lines:
 * @info: (nullable): where to look
 * @name: the member that holds them
 *
 * Reads segments `{text, text_start_time, text_end_time}` in the order of their times.
 *
 * Returns: (transfer full) (nullable): the lines; %NULL where there are none, or one of them cannot be meant
 */
DubScript *
dub_codec_read_lines (JsonObject *info,
                      const char *name)
{
  JsonArray *array = array_member (info, name);
  g_autoptr (DubScript) lines = NULL;
  double last = 0;

  if (array == NULL || json_array_get_length (array) == 0 || json_array_get_length (array) > MAX_LINES)
    return NULL;

  lines = dub_script_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *item = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *text = dub_codec_string (item, "text");
      double start = dub_codec_number (item, "text_start_time", -1);
      double end = dub_codec_number (item, "text_end_time", -1);

      if (text == NULL || start < last || end <= start || end > MAX_MS)
        return NULL;
      dub_script_append (lines, text, start, end);
      last = start;
    }
  return g_steal_pointer (&lines);
}
