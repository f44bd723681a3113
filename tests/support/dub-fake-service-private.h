/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-fake-service.h"

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The fake service's parts: the model (what a service would have done), the judge (what a client must not do), the
 * scripts, and the server. */

#define DUB_FAKE_N_ENDPOINTS 8
#define DUB_FAKE_ROOT "/open_api/v1.3/"

typedef struct
{
  char *task_id;
  char *video_name;
  char *key; /* NULL: none */
  char *language;
  char *status;
  char *error_msg;
  char *preview_url;
  char *stage; /* NULL: nothing is told of its progress */
  double fraction;
  JsonNode *scripts; /* as they were sent, or NULL */
  gint64 created;    /* Unix seconds */
} DubFakeTask;

typedef struct
{
  GPtrArray *tasks;   /* of DubFakeTask */
  GHashTable *refused; /* video name → DubFakeRefusal */
} DubFakeModel;

typedef struct
{
  gint64 code;
  char *message;
} DubFakeRefusal;

void         dub_fake_model_init   (DubFakeModel *self);
void         dub_fake_model_clear  (DubFakeModel *self);
/* The answers, (transfer full). */
char        *dub_fake_model_create (DubFakeModel *self,
                                    JsonArray    *items,
                                    const char   *request_id);
char        *dub_fake_model_tasks  (DubFakeModel *self,
                                    JsonArray    *ids,
                                    const char   *request_id);
char        *dub_fake_model_videos (DubFakeModel *self,
                                    const char   *request_id);
char        *dub_fake_model_user   (const char   *request_id);
char        *dub_fake_model_code   (gint64        code,
                                    const char   *message,
                                    const char   *request_id);
/* (transfer full) @body: {"task_id": …} */
char        *dub_fake_model_cancel (DubFakeModel *self,
                                    const char   *body,
                                    const char   *request_id);
char        *dub_fake_model_test   (const char   *request_id);
DubFakeTask *dub_fake_model_find   (DubFakeModel *self,
                                    const char   *task_id);

/* Each adds a violation for whatever the documentation does not provide for; FALSE where it added one. */
gboolean     dub_fake_judge_request (GPtrArray         *violations,
                                     SoupServerMessage *message,
                                     DubFakeEndpoint    endpoint,
                                     const char        *token);
/* (transfer full): `dubbing_video_info`, or NULL after a violation */
JsonArray   *dub_fake_judge_create  (GPtrArray         *violations,
                                     SoupServerMessage *message,
                                     gboolean           takes_keys);
/* (transfer full): `task_ids`, or NULL after a violation */
JsonArray   *dub_fake_judge_ids     (GPtrArray         *violations,
                                     const char        *query);

typedef struct
{
  gboolean answers;
  gboolean acts; /* the model, before what is scripted is answered */
  guint http_status;
  char *content_type;
  char *body;
  GPtrArray *headers; /* name, value, name, value … */
  gboolean drops;
  DubFakeDrop drop;
  gboolean holds;
  gboolean twists;
  DubFakeTwist twist;
  GBytes *flood; /* sent @flood_times */
  guint flood_times;
} DubFakeScript;

struct _DubFakeService
{
  GObject parent_instance;

  SoupServer *server;
  guint port;
  char *base_url;
  char *token;
  DubFakeModel model;
  GPtrArray *requests;
  GPtrArray *violations;
  GPtrArray *held;        /* of SoupServerMessage */
  GPtrArray *sockets;     /* of GSocket: every connection that a request came by */
  GHashTable *scripts;    /* endpoint and ordinal → DubFakeScript */
  GPtrArray *forgotten;   /* of such tables: a request under way may still follow its script */
  guint counts[DUB_FAKE_N_ENDPOINTS];
  gint64 last[DUB_FAKE_N_ENDPOINTS];
  gint64 interval;
  gboolean takes_keys;
  GBytes *preview;
  char *preview_type;
  char *preview_url;
  DubFakeWatch watch;
  gpointer watch_data;
  DubFakeWitness witness;
  gpointer witness_data;
};

void                 dub_fake_script_free (gpointer         data);
/* NULL: nothing is scripted for it */
const DubFakeScript *dub_fake_script_find (DubFakeService  *self,
                                           DubFakeEndpoint  endpoint,
                                           guint            ordinal);
GHashTable          *dub_fake_scripts_new (void);
/* (transfer full): a model's answer of JSON, altered. */
char                *dub_fake_twist       (const char      *answer,
                                           DubFakeTwist     twist);

G_END_DECLS
