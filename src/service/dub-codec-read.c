/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-codec-read.h"

#include <string.h>

/* No answer of the API nests deeper than 7; a parser that recurses must not meet more than it can hold. */
#define MAX_DEPTH 32
/* Every value costs the parser some 200 bytes, however short it is in the text. */
#define MAX_VALUES (1000 * 1000)
#define ZERO "\\u0000"

struct _DubRead
{
  JsonParser *parser;
  GPtrArray *places; /* of char*: "data", "[2]" */
  char *fault;
};

static const char *
scan (const char *json,
      gsize       length)
{
  guint depth = 0;
  guint n_values = 1;
  gboolean in_string = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = json[i];

      if (in_string)
        {
          /* To the parser it would be the end of the text. */
          if (c == '\\' && length - i >= strlen (ZERO) && memcmp (json + i, ZERO, strlen (ZERO)) == 0)
            return "has a zero character";
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
          continue;
        }
      if (c == '"')
        in_string = TRUE;
      else if (c == '{' || c == '[')
        depth++, n_values++;
      else if ((c == '}' || c == ']') && depth > 0)
        depth--;
      else if (c == ',')
        n_values++;

      if (depth > MAX_DEPTH)
        return "is nested too deeply";
      if (n_values > MAX_VALUES)
        return "has too many values";
    }
  return NULL;
}

static void
parse (DubRead    *self,
       const char *json,
       gsize       length)
{
  const char *problem;

  if (length == 0)
    {
      dub_read_fail (self, NULL, "is empty");
      return;
    }
  if (!g_utf8_validate_len (json, length, NULL))
    {
      dub_read_fail (self, NULL, "is not text in UTF-8");
      return;
    }
  problem = scan (json, length);
  if (problem != NULL)
    {
      dub_read_fail (self, NULL, problem);
      return;
    }
  if (!json_parser_load_from_data (self->parser, json, (gssize) length, NULL))
    dub_read_fail (self, NULL, "is not JSON");
}

/**
 * dub_read_new:
 * @json: the text, which need not end in a zero byte
 * @length: its length in bytes
 *
 * Parses @json within limits of depth and number of values. What is wrong is told by dub_read_get_fault().
 *
 * Returns: (transfer full): a reader
 */
DubRead *
dub_read_new (const char *json,
              gsize       length)
{
  DubRead *self = g_new0 (DubRead, 1);

  self->parser = json_parser_new_immutable ();
  json_parser_set_strict (self->parser, TRUE);
  self->places = g_ptr_array_new_with_free_func (g_free);
  parse (self, json, length);
  return self;
}

/**
 * dub_read_free:
 * @self: (transfer full): a reader
 *
 * Frees the reader and everything that was borrowed from it.
 */
void
dub_read_free (DubRead *self)
{
  g_clear_object (&self->parser);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_free (self->fault);
  g_free (self);
}

/**
 * dub_read_get_fault:
 * @self: a reader
 *
 * Returns: (transfer none) (nullable): the first thing that was wrong, with its path, or %NULL
 */
const char *
dub_read_get_fault (DubRead *self)
{
  return self->fault;
}

/**
 * dub_read_take_fault:
 * @self: a reader
 *
 * Reading goes on as if nothing had been wrong.
 *
 * Returns: (transfer full) (nullable): the fault that there was
 */
char *
dub_read_take_fault (DubRead *self)
{
  return g_steal_pointer (&self->fault);
}

/**
 * dub_read_fail:
 * @self: a reader
 * @name: (nullable): the member that is wrong, or %NULL for the place itself
 * @what: what is wrong: "is missing"
 *
 * Keeps a fault, unless there is one already.
 */
void
dub_read_fail (DubRead    *self,
               const char *name,
               const char *what)
{
  g_autoptr (GString) path = NULL;

  if (self->fault != NULL)
    return;

  path = g_string_new (NULL);
  for (guint i = 0; i < self->places->len; i++)
    {
      const char *place = g_ptr_array_index (self->places, i);

      if (path->len > 0 && *place != '[')
        g_string_append_c (path, '.');
      g_string_append (path, place);
    }
  if (name != NULL)
    g_string_append_printf (path, "%s%s", path->len > 0 ? "." : "", name);
  if (path->len == 0)
    g_string_append (path, "the whole");
  self->fault = g_strdup_printf ("%s: %s", path->str, what);
}

/**
 * dub_read_enter:
 * @self: a reader
 * @name: (nullable): the member that is entered, or %NULL for an element
 * @index: the element's index
 *
 * Names are relative to this place until dub_read_leave().
 */
void
dub_read_enter (DubRead    *self,
                const char *name,
                guint       index)
{
  g_ptr_array_add (self->places, name != NULL ? g_strdup (name) : g_strdup_printf ("[%u]", index));
}

/**
 * dub_read_leave:
 * @self: a reader
 *
 * Goes back to where the last dub_read_enter() came from.
 */
void
dub_read_leave (DubRead *self)
{
  g_return_if_fail (self->places->len > 0);
  g_ptr_array_set_size (self->places, (int) self->places->len - 1);
}

static JsonNode *
root (DubRead *self)
{
  JsonNode *node = self->fault == NULL ? json_parser_get_root (self->parser) : NULL;

  if (node == NULL)
    dub_read_fail (self, NULL, "is empty");
  return node;
}

/**
 * dub_read_root_object:
 * @self: a reader
 *
 * Returns: (transfer none) (nullable): the whole text as an object
 */
JsonObject *
dub_read_root_object (DubRead *self)
{
  JsonNode *node = root (self);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  dub_read_fail (self, NULL, "is not an object");
  return NULL;
}

/**
 * dub_read_root_array:
 * @self: a reader
 *
 * Returns: (transfer none) (nullable): the whole text as an array
 */
JsonArray *
dub_read_root_array (DubRead *self)
{
  JsonNode *node = root (self);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_node_get_array (node);
  dub_read_fail (self, NULL, "is not an array");
  return NULL;
}

/**
 * dub_read_member:
 * @self: a reader
 * @object: (nullable): where to look
 * @name: the member
 * @need: whether it must be there
 *
 * Returns: (transfer none) (nullable): the member, whatever it is but null
 */
JsonNode *
dub_read_member (DubRead    *self,
                 JsonObject *object,
                 const char *name,
                 DubReadNeed need)
{
  JsonNode *node;

  if (self->fault != NULL || object == NULL)
    return NULL;
  node = json_object_get_member (object, name);
  if (node != NULL && !JSON_NODE_HOLDS_NULL (node))
    return node;
  if (need != DUB_READ_OPTIONAL)
    dub_read_fail (self, name, "is missing");
  return NULL;
}

static JsonNode *
member_of_type (DubRead     *self,
                JsonObject  *object,
                const char  *name,
                DubReadNeed  need,
                JsonNodeType type,
                const char  *otherwise)
{
  JsonNode *node = dub_read_member (self, object, name, need);

  if (node == NULL || json_node_get_node_type (node) == type)
    return node;
  dub_read_fail (self, name, otherwise);
  return NULL;
}

/**
 * dub_read_object:
 * @self: a reader
 * @object: (nullable): where to look
 * @name: the member
 * @need: whether it must be there
 *
 * Returns: (transfer none) (nullable): the member as an object
 */
JsonObject *
dub_read_object (DubRead    *self,
                 JsonObject *object,
                 const char *name,
                 DubReadNeed need)
{
  JsonNode *node = member_of_type (self, object, name, need, JSON_NODE_OBJECT, "is not an object");

  return node != NULL ? json_node_get_object (node) : NULL;
}

/**
 * dub_read_array:
 * @self: a reader
 * @object: (nullable): where to look
 * @name: the member
 * @need: whether it must be there
 *
 * Returns: (transfer none) (nullable): the member as an array
 */
JsonArray *
dub_read_array (DubRead    *self,
                JsonObject *object,
                const char *name,
                DubReadNeed need)
{
  JsonNode *node = member_of_type (self, object, name, need, JSON_NODE_ARRAY, "is not an array");

  return node != NULL ? json_node_get_array (node) : NULL;
}

/**
 * dub_read_length:
 * @array: (nullable): an array
 *
 * Returns: its number of elements; 0 for %NULL
 */
guint
dub_read_length (JsonArray *array)
{
  return array != NULL ? json_array_get_length (array) : 0;
}

/**
 * dub_read_element:
 * @self: a reader
 * @array: an array
 * @index: an element of it
 *
 * Returns: (transfer none) (nullable): the element, whatever it is
 */
JsonNode *
dub_read_element (DubRead   *self,
                  JsonArray *array,
                  guint      index)
{
  return self->fault == NULL ? json_array_get_element (array, index) : NULL;
}

/**
 * dub_read_item:
 * @self: a reader
 * @array: an array
 * @index: an element of it
 *
 * Returns: (transfer none) (nullable): the element as an object
 */
JsonObject *
dub_read_item (DubRead   *self,
               JsonArray *array,
               guint      index)
{
  JsonNode *node = dub_read_element (self, array, index);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  dub_read_fail (self, NULL, "is not an object");
  return NULL;
}
