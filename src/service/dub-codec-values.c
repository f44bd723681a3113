/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-codec-read.h"

#include <math.h>

/* The values at the ends of the tree. */

/* Longer ids are no ids; they come back in addresses. */
#define MAX_ID_BYTES 512

static gboolean
holds (JsonNode *node,
       GType     type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

static char *
string_of (DubRead    *self,
           JsonNode   *node,
           const char *name)
{
  const char *text;

  if (!holds (node, G_TYPE_STRING))
    {
      dub_read_fail (self, name, "is not a string");
      return NULL;
    }
  text = json_node_get_string (node);
  /* The whole text was checked; what an escape makes of it was not. */
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    {
      dub_read_fail (self, name, "is not text in UTF-8");
      return NULL;
    }
  return g_strdup (text);
}

/**
 * dub_read_item_string:
 * @self: a reader
 * @array: an array
 * @index: an element of it
 *
 * Returns: (transfer full) (nullable): the element as a string that is not empty
 */
char *
dub_read_item_string (DubRead   *self,
                      JsonArray *array,
                      guint      index)
{
  JsonNode *node = dub_read_element (self, array, index);
  g_autofree char *text = node != NULL ? string_of (self, node, NULL) : NULL;

  if (text != NULL && *text == '\0')
    {
      dub_read_fail (self, NULL, "is empty");
      return NULL;
    }
  return g_steal_pointer (&text);
}

/**
 * dub_read_string:
 * @self: a reader
 * @object: (nullable): where to look
 * @name: the member
 * @need: whether it must be there
 *
 * Returns: (transfer full) (nullable): the member as a string of valid UTF-8
 */
char *
dub_read_string (DubRead    *self,
                 JsonObject *object,
                 const char *name,
                 DubReadNeed need)
{
  JsonNode *node = dub_read_member (self, object, name, need);
  g_autofree char *text = node != NULL ? string_of (self, node, name) : NULL;

  if (text != NULL && *text == '\0' && need == DUB_READ_NOT_EMPTY)
    {
      dub_read_fail (self, name, "is empty");
      return NULL;
    }
  return g_steal_pointer (&text);
}

/**
 * dub_read_words:
 * @self: a reader
 * @object: (nullable): where to look
 * @name: the member
 *
 * Reads what is only shown or kept for people, such as a message. Nothing that stands there is a fault.
 *
 * Returns: (transfer full) (nullable): the member as valid UTF-8, a number as its digits; %NULL where it is anything else
 */
char *
dub_read_words (DubRead    *self,
                JsonObject *object,
                const char *name)
{
  JsonNode *node = dub_read_member (self, object, name, DUB_READ_OPTIONAL);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (node == NULL)
    return NULL;
  if (holds (node, G_TYPE_STRING) && g_utf8_validate (json_node_get_string (node), -1, NULL))
    return json_node_dup_string (node);
  if (holds (node, G_TYPE_INT64))
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (holds (node, G_TYPE_DOUBLE))
    return g_strdup (g_ascii_dtostr (digits, sizeof digits, json_node_get_double (node)));
  return NULL;
}

static char *
id_of (DubRead    *self,
       JsonNode   *node,
       const char *name)
{
  g_autofree char *id = NULL;

  if (holds (node, G_TYPE_INT64))
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (!holds (node, G_TYPE_STRING))
    dub_read_fail (self, name, "is not an id");
  else
    id = string_of (self, node, name);

  if (id == NULL)
    return NULL;
  if (*id == '\0')
    dub_read_fail (self, name, "is empty");
  else if (strlen (id) > MAX_ID_BYTES)
    dub_read_fail (self, name, "is too long");
  else
    return g_steal_pointer (&id);
  return NULL;
}

/**
 * dub_read_id:
 * @self: a reader
 * @object: (nullable): where to look
 * @name: the member, which must be there
 *
 * Returns: (transfer full) (nullable): the member, a string or an integer, as an id
 */
char *
dub_read_id (DubRead    *self,
             JsonObject *object,
             const char *name)
{
  JsonNode *node = dub_read_member (self, object, name, DUB_READ_REQUIRED);

  return node != NULL ? id_of (self, node, name) : NULL;
}

/**
 * dub_read_item_id:
 * @self: a reader
 * @array: an array
 * @index: an element of it
 *
 * Returns: (transfer full) (nullable): the element, a string or an integer, as an id
 */
char *
dub_read_item_id (DubRead   *self,
                  JsonArray *array,
                  guint      index)
{
  JsonNode *node = dub_read_element (self, array, index);

  return node != NULL ? id_of (self, node, NULL) : NULL;
}

static gboolean
number_of (JsonNode *node,
           double   *number)
{
  if (holds (node, G_TYPE_INT64))
    *number = (double) json_node_get_int (node);
  else if (holds (node, G_TYPE_DOUBLE))
    *number = json_node_get_double (node);
  else if (holds (node, G_TYPE_STRING))
    {
      const char *text = json_node_get_string (node);
      char *end = NULL;

      /* strtod also takes "nan", "0x10" and leading blanks. */
      if (text == NULL || *text == '\0' || strspn (text, "+-.0123456789eE") != strlen (text))
        return FALSE;
      *number = g_ascii_strtod (text, &end);
      if (*end != '\0')
        return FALSE;
    }
  else
    return FALSE;
  return isfinite (*number) != 0;
}

static gboolean
integer_of (JsonNode *node,
            gint64   *integer)
{
  double number;

  if (holds (node, G_TYPE_INT64))
    {
      *integer = json_node_get_int (node);
      return TRUE;
    }
  if (holds (node, G_TYPE_STRING))
    return g_ascii_string_to_signed (json_node_get_string (node), 10, G_MININT64, G_MAXINT64, integer, NULL);
  if (!number_of (node, &number) || number != floor (number) || fabs (number) > 9007199254740992.0)
    return FALSE;
  *integer = (gint64) number;
  return TRUE;
}

/**
 * dub_read_integer:
 * @self: a reader
 * @object: (nullable): where to look
 * @name: the member
 * @need: whether it must be there
 *
 * Returns: the member as an integer; 0 where there is none
 */
gint64
dub_read_integer (DubRead    *self,
                  JsonObject *object,
                  const char *name,
                  DubReadNeed need)
{
  JsonNode *node = dub_read_member (self, object, name, need);
  gint64 integer = 0;

  if (node != NULL && !integer_of (node, &integer))
    dub_read_fail (self, name, "is not an integer");
  return integer;
}

/**
 * dub_read_number:
 * @self: a reader
 * @object: (nullable): where to look
 * @name: the member
 * @need: whether it must be there
 *
 * Returns: the member as a finite number; 0 where there is none
 */
double
dub_read_number (DubRead    *self,
                 JsonObject *object,
                 const char *name,
                 DubReadNeed need)
{
  JsonNode *node = dub_read_member (self, object, name, need);
  double number = 0;

  if (node != NULL && !number_of (node, &number))
    {
      dub_read_fail (self, name, "is not a number");
      return 0;
    }
  return number;
}

/**
 * dub_read_boolean:
 * @self: a reader
 * @object: (nullable): where to look
 * @name: the member
 * @need: whether it must be there
 *
 * Returns: the member as a boolean; %FALSE where there is none
 */
gboolean
dub_read_boolean (DubRead    *self,
                  JsonObject *object,
                  const char *name,
                  DubReadNeed need)
{
  JsonNode *node = dub_read_member (self, object, name, need);

  if (node == NULL)
    return FALSE;
  if (holds (node, G_TYPE_BOOLEAN))
    return json_node_get_boolean (node);
  dub_read_fail (self, name, "is not true or false");
  return FALSE;
}
