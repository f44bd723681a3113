/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A studio in a process of its own. */
typedef struct
{
  GSubprocess *process;
  guint        port;
  char        *token;
} DubTestStudio;

/* Starts @program (path) for @data_dir with more options (NULL-terminated), and waits until it serves. */
DubTestStudio *dub_test_studio_start  (const char        *program,
                                       const char        *data_dir,
                                       ...) G_GNUC_NULL_TERMINATED;
/* SIGTERM; it must end well. Frees. */
void           dub_test_studio_stop   (DubTestStudio     *self);
/* SIGKILL. Frees. */
void           dub_test_studio_kill   (DubTestStudio     *self);

/* Sends a request (@path: below the base path, with query) and returns its answer, which must be JSON under HTTP 200.
 * @token NULL: without one. @body NULL: none. */
JsonNode      *dub_test_studio_ask    (DubTestStudio     *self,
                                       const char        *method,
                                       const char        *path,
                                       const char        *token,
                                       const char        *body);
/* GET with the right token. */
JsonNode      *dub_test_studio_get    (DubTestStudio     *self,
                                       const char        *path);
/* A create, which must succeed, of one item given as JSON: the task's id. */
char          *dub_test_studio_create (DubTestStudio     *self,
                                       const char        *item);
/* Asks until the task has this status; fails the test when it gets another end. Returns the entry of the list. */
JsonNode      *dub_test_studio_await  (DubTestStudio     *self,
                                       const char        *task_id,
                                       const char        *status);
/* The path of the question for these tasks. (transfer full) */
char          *dub_test_studio_list   (const char        *ids_json);

/* Field for field: @golden is JSON in which "<name>" stands for a pattern: <id>, <request>, <moment>, <video>, <name>,
 * <text>. A field too many or too few is a difference. */
void           dub_test_assert_json   (JsonNode          *found,
                                       const char        *golden);
/* That it is a refusal with this code, whose message begins so. */
void           dub_test_assert_refusal (JsonNode         *found,
                                        gint64            code,
                                        const char       *message);

G_END_DECLS
