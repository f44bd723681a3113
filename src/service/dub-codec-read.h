/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Typed reading of JSON from outside. The first thing that is wrong is kept, with its path, and whatever is read
 * after it is empty: a decoder reads all its fields and asks once at the end. A null counts as missing.
 */
typedef struct _DubRead DubRead;

typedef enum
{
  DUB_READ_OPTIONAL,
  DUB_READ_REQUIRED,
  DUB_READ_NOT_EMPTY, /* required, and not "" */
} DubReadNeed;

DubRead    *dub_read_new         (const char  *json,
                                  gsize        length);
void        dub_read_free        (DubRead     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubRead, dub_read_free)

/* NULL while all is right, else "data.list[2].task_id: is missing". */
const char *dub_read_get_fault   (DubRead     *self);
char       *dub_read_take_fault  (DubRead     *self);
void        dub_read_fail        (DubRead     *self,
                                  const char  *name,
                                  const char  *what);

/* The place that names are relative to: a member, or (name NULL) an element. */
void        dub_read_enter       (DubRead     *self,
                                  const char  *name,
                                  guint        index);
void        dub_read_leave       (DubRead     *self);

/* What is read stays owned by @self; @object may be NULL where something was wrong before. */
JsonObject *dub_read_root_object (DubRead     *self);
JsonArray  *dub_read_root_array  (DubRead     *self);
JsonObject *dub_read_object      (DubRead     *self,
                                  JsonObject  *object,
                                  const char  *name,
                                  DubReadNeed  need);
JsonArray  *dub_read_array       (DubRead     *self,
                                  JsonObject  *object,
                                  const char  *name,
                                  DubReadNeed  need);
guint       dub_read_length      (JsonArray   *array);
/* Of the element @index of @array, whose place was entered. */
JsonObject *dub_read_item        (DubRead     *self,
                                  JsonArray   *array,
                                  guint        index);
char       *dub_read_item_string (DubRead     *self,
                                  JsonArray   *array,
                                  guint        index);

/* Whatever they are; a member that is null counts as missing. */
JsonNode   *dub_read_member      (DubRead     *self,
                                  JsonObject  *object,
                                  const char  *name,
                                  DubReadNeed  need);
JsonNode   *dub_read_element     (DubRead     *self,
                                  JsonArray   *array,
                                  guint        index);

/* (transfer full) or NULL */
char       *dub_read_string      (DubRead     *self,
                                  JsonObject  *object,
                                  const char  *name,
                                  DubReadNeed  need);
/* What is only shown: a string, else a number's digits, else NULL; never a fault. (transfer full) */
char       *dub_read_words       (DubRead     *self,
                                  JsonObject  *object,
                                  const char  *name);
/* A string that is not empty, or an integer. (transfer full) or NULL */
char       *dub_read_id          (DubRead     *self,
                                  JsonObject  *object,
                                  const char  *name);
char       *dub_read_item_id     (DubRead     *self,
                                  JsonArray   *array,
                                  guint        index);
/* An integer, also as a decimal string. */
gint64      dub_read_integer     (DubRead     *self,
                                  JsonObject  *object,
                                  const char  *name,
                                  DubReadNeed  need);
/* A finite number, also as a decimal string. */
double      dub_read_number      (DubRead     *self,
                                  JsonObject  *object,
                                  const char  *name,
                                  DubReadNeed  need);
gboolean    dub_read_boolean     (DubRead     *self,
                                  JsonObject  *object,
                                  const char  *name,
                                  DubReadNeed  need);

G_END_DECLS
