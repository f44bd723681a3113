/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fake-service-private.h"

/* Answers that are not what the service's documentation promises. */

#define A_DAY_S (24 * 60 * 60)

static JsonArray *
entries_of (JsonObject  *data,
            const char **member)
{
  *member = json_object_has_member (data, "task_ids") ? "task_ids" : "list";
  return json_object_has_member (data, *member) ? json_object_get_array_member (data, *member) : NULL;
}

/* json_node_copy() shares the object. */
static JsonNode *
entry_copy (JsonArray *entries,
            guint      i)
{
  g_autofree char *text = json_to_string (json_array_get_element (entries, i), FALSE);

  return json_from_string (text, NULL);
}

static void
set_string (JsonObject *object,
            const char *member,
            const char *suffix)
{
  g_autofree char *value = NULL;

  if (!json_object_has_member (object, member))
    return;
  value = g_strconcat (json_object_get_string_member (object, member), suffix, NULL);
  json_object_set_string_member (object, member, value);
}

static JsonNode *
make_foreign (JsonArray *entries)
{
  JsonNode *entry;
  JsonObject *object;

  if (json_array_get_length (entries) == 0)
    return NULL;
  entry = entry_copy (entries, 0);
  if (!JSON_NODE_HOLDS_OBJECT (entry))
    {
      json_node_set_string (entry, "fake-task-of-others");
      return entry;
    }
  object = json_node_get_object (entry);
  set_string (object, "task_id", "-of-others");
  set_string (object, "video_id", "-of-others");
  set_string (object, "video_name", " of others");
  return entry;
}

static JsonNode *
make_older (JsonArray *entries,
            guint      i)
{
  JsonNode *entry = entry_copy (entries, i);
  JsonObject *object = json_node_get_object (entry);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_seconds (now, -A_DAY_S);
  g_autofree char *made = g_date_time_format (then, "%Y-%m-%d %H:%M:%S");

  set_string (object, "video_id", "-of-yesterday");
  json_object_set_string_member (object, "create_time", made);
  return entry;
}

static void
add (JsonArray *to,
     JsonNode  *entry)
{
  if (entry != NULL)
    json_array_add_element (to, entry);
}

static JsonArray *
twist_entries (JsonArray   *entries,
               gboolean     ids,
               DubFakeTwist twist)
{
  JsonArray *twisted = json_array_new ();
  guint n = json_array_get_length (entries);

  if (twist == DUB_FAKE_TWIST_MORE)
    add (twisted, ids ? NULL : make_foreign (entries));
  for (guint i = 0; i < n; i++)
    {
      gboolean last = i + 1 == n;

      if (twist == DUB_FAKE_TWIST_FEWER && last)
        break;
      if (twist == DUB_FAKE_TWIST_OLDER && !ids)
        add (twisted, make_older (entries, i));
      if (twist == DUB_FAKE_TWIST_REVERSED)
        add (twisted, entry_copy (entries, n - 1 - i));
      else if (twist == DUB_FAKE_TWIST_DOUBLED && ids && last)
        add (twisted, entry_copy (entries, 0));
      else
        add (twisted, entry_copy (entries, i));
      if (twist == DUB_FAKE_TWIST_DOUBLED && (!ids || n == 1))
        add (twisted, entry_copy (entries, i));
      if (twist == DUB_FAKE_TWIST_STATUS && !ids && i == 0)
        json_object_set_string_member (json_array_get_object_element (twisted, 0), "status", "AWAITING_MOON");
    }
  if (twist == DUB_FAKE_TWIST_MORE && ids)
    add (twisted, make_foreign (entries));
  return twisted;
}

char *
dub_fake_twist (const char  *answer,
                DubFakeTwist twist)
{
  g_autoptr (JsonNode) root = json_from_string (answer, NULL);
  JsonObject *data;
  JsonArray *entries;
  const char *member;

  if (twist == DUB_FAKE_TWIST_CUT)
    return g_strndup (answer, strlen (answer) / 2);
  data = json_object_get_object_member (json_node_get_object (root), "data");
  entries = entries_of (data, &member);
  /* A refusal, or the answer of another endpoint. */
  if (entries == NULL)
    return g_strdup (answer);
  json_object_set_array_member (data, member, twist_entries (entries, g_str_equal (member, "task_ids"), twist));
  return json_to_string (root, FALSE);
}
