/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A dubbing service that a test holds in its hand: an HTTP server on loopback, on a free port, in this process and
 * on its main context. It knows nothing of the code under test. Without a script it behaves like the service
 * (the model): tasks get ids and stay SUBMITTED until the test says otherwise, finished ones are in the video
 * list and their preview can be fetched. It is strict: whatever a client does that the service's documentation
 * does not provide for is kept as a violation.
 *
 *   g_autoptr (DubFakeService) service = dub_fake_service_new ();
 *   client = dub_service_client_new (dub_fake_service_get_base_url (service), limiter);
 *   dub_service_client_set_token (client, DUB_FAKE_TOKEN, NULL);
 *   …
 *   dub_fake_service_finish_task (service, dub_fake_service_get_task_id (service, "Coat · German"), "SUCCESS", NULL);
 *   …
 *   dub_fake_service_assert_no_violations (service);
 */

#define DUB_TYPE_FAKE_SERVICE (dub_fake_service_get_type ())
G_DECLARE_FINAL_TYPE (DubFakeService, dub_fake_service, DUB, FAKE_SERVICE, GObject)

/* The token that is accepted; another one is answered by 40105. */
#define DUB_FAKE_TOKEN "fake-token-4711-do-not-print"

typedef enum
{
  DUB_FAKE_TASK_CREATE,
  DUB_FAKE_TASK_LIST,
  DUB_FAKE_VIDEO_LIST,
  DUB_FAKE_USER_INFO,
  DUB_FAKE_PREVIEW, /* the finished dubs' own addresses: not of the API, and never with a token */
  DUB_FAKE_NOWHERE, /* a path that does not exist */
  DUB_FAKE_STUDIO_CANCEL, /* of the built-in studio alone */
  DUB_FAKE_STUDIO_TEST,
} DubFakeEndpoint;

/* One request as it came, in order of time. */
typedef struct
{
  DubFakeEndpoint endpoint;
  char           *method;
  char           *path;        /* with the query, as it came */
  char           *body;        /* NULL where it was not read, or is empty */
  GStrv           video_names; /* of a create; else empty */
  gint64          moment;      /* monotonic, microseconds */
  gboolean        has_token;   /* DUB_FAKE_TOKEN, or one that begins with it, is in a header or in the address */
} DubFakeRequest;

DubFakeService *dub_fake_service_new          (void);
/* "http://127.0.0.1:PORT/open_api/v1.3/" */
const char     *dub_fake_service_get_base_url (DubFakeService *self);

/* What it is asked. */
GPtrArray      *dub_fake_service_get_requests         (DubFakeService  *self); /* DubFakeRequest; transfer none */
guint           dub_fake_service_count_requests       (DubFakeService  *self,
                                                       DubFakeEndpoint  endpoint);
/* How many creates held an item of this name, whatever became of them. */
guint           dub_fake_service_count_creates        (DubFakeService  *self,
                                                       const char      *video_name);
/* How many tasks of this name were made: more than one is a dub made twice. */
guint           dub_fake_service_count_tasks          (DubFakeService  *self,
                                                       const char      *video_name);
/* Called as soon as a request's headers are there, before anything is done or answered. NULL: nobody is. */
typedef void (*DubFakeWatch) (const DubFakeRequest *request, gpointer user_data);
void            dub_fake_service_set_watch            (DubFakeService  *self,
                                                       DubFakeWatch     watch,
                                                       gpointer         user_data);
/* What has become of a request that was not dropped unread. */
typedef enum
{
  DUB_FAKE_READ,     /* the whole of it is there; nothing was done */
  DUB_FAKE_ACTED,    /* what was to be done is done; not a byte of the answer has left */
  DUB_FAKE_ANSWERED, /* the answer has left, or its connection is lost */
} DubFakeMoment;
typedef void (*DubFakeWitness) (const DubFakeRequest *request, DubFakeMoment moment, gpointer user_data);
void            dub_fake_service_set_witness          (DubFakeService  *self,
                                                       DubFakeWitness   witness,
                                                       gpointer         user_data);
void            dub_fake_service_assert_no_violations (DubFakeService  *self);
/* Of char*, transfer none. */
GPtrArray      *dub_fake_service_get_violations       (DubFakeService  *self);

/* The model. Statuses: "SUBMITTED", "PROCESSING", "SUCCESS", "FAILED", or a word the service does not have. */
/* NULL where no task of this name was made; the last one where there are several. */
const char     *dub_fake_service_get_task_id   (DubFakeService *self,
                                                const char     *video_name);
/* SUCCESS puts the dub into the video list. @error_msg: of FAILED, else NULL. */
void            dub_fake_service_finish_task   (DubFakeService *self,
                                                const char     *task_id,
                                                const char     *status,
                                                const char     *error_msg);
/* Every task that is SUBMITTED or PROCESSING succeeds. */
void            dub_fake_service_finish_all    (DubFakeService *self);
/* A create that holds an item of this name is answered by @code; none of its items is made. */
void            dub_fake_service_refuse_name   (DubFakeService *self,
                                                const char     *video_name,
                                                gint64          code,
                                                const char     *message);
/* What a finished dub's address yields (default: some bytes of video/mp4); read when it is asked for. */
void            dub_fake_service_set_preview   (DubFakeService *self,
                                                GBytes         *bytes,
                                                const char     *content_type);
/* The address that dubs finished from now on have instead of the service's own. */
void            dub_fake_service_set_preview_url (DubFakeService *self,
                                                  const char     *url);
/* How far the task is, as the built-in studio tells it while it is PROCESSING. */
void            dub_fake_service_set_progress  (DubFakeService *self,
                                                const char     *task_id,
                                                const char     *stage,
                                                double          fraction);
/* It is the built-in studio: an item may have a `client_key`, and one whose key is known makes no other task; tasks can be
 * cancelled, and each engine that is tried serves Spanish and German. */
void            dub_fake_service_take_keys     (DubFakeService *self);
/* Requests of one API endpoint closer together than this are answered by 40100. 0: none are (the default). */
void            dub_fake_service_set_interval  (DubFakeService *self,
                                                guint           interval_ms);
/* From now on only this token is accepted (NULL: none). */
void            dub_fake_service_set_token     (DubFakeService *self,
                                                const char     *token);
/* TRUE: the port is closed and all connections are dropped. FALSE: it listens again, on the same port. */
void            dub_fake_service_set_offline   (DubFakeService *self,
                                                gboolean        offline);

/* Scripts: what the @ordinal-th request (from 1) to an endpoint meets instead of the model's answer. Ordinal 0:
 * every one that has no script of its own. */
typedef enum
{
  DUB_FAKE_DROP_BEFORE_READING, /* the headers were read, the body was not */
  DUB_FAKE_DROP_AFTER_READING,  /* nothing was done */
  DUB_FAKE_DROP_AFTER_ACTING,   /* the model did what it was asked; the answer is lost */
  DUB_FAKE_DROP_HALF_ANSWER,    /* the model did what it was asked; half of the answer arrives */
} DubFakeDrop;

/* The whole answer. @content_type NULL: application/json. */
void dub_fake_service_script_answer   (DubFakeService  *self,
                                       DubFakeEndpoint  endpoint,
                                       guint            ordinal,
                                       guint            http_status,
                                       const char      *content_type,
                                       const char      *body);
/* {"code": …, "message": …, "request_id": "fake-request-N", "data": {}} under HTTP 200. */
void dub_fake_service_script_code     (DubFakeService  *self,
                                       DubFakeEndpoint  endpoint,
                                       guint            ordinal,
                                       gint64           code,
                                       const char      *message);
/* A header beside what is scripted for this request, or beside the model's answer: "Retry-After", "Location". */
void dub_fake_service_script_header   (DubFakeService  *self,
                                       DubFakeEndpoint  endpoint,
                                       guint            ordinal,
                                       const char      *name,
                                       const char      *value);
void dub_fake_service_script_drop     (DubFakeService  *self,
                                       DubFakeEndpoint  endpoint,
                                       guint            ordinal,
                                       DubFakeDrop      drop);
/* The model does what it was asked before the scripted answer is given. */
void dub_fake_service_script_acted    (DubFakeService  *self,
                                       DubFakeEndpoint  endpoint,
                                       guint            ordinal);
/* The model's answer, altered: what is said of entries holds for ids also. */
typedef enum
{
  DUB_FAKE_TWIST_REVERSED,
  DUB_FAKE_TWIST_DOUBLED, /* the last entry is the first one again; of a list, each is there twice */
  DUB_FAKE_TWIST_FEWER,   /* without the last entry */
  DUB_FAKE_TWIST_MORE,    /* with an entry that nobody asked for */
  DUB_FAKE_TWIST_OLDER,   /* before each video, one of the same name and language that was made a day earlier */
  DUB_FAKE_TWIST_STATUS,  /* a status that nobody knows */
  DUB_FAKE_TWIST_CUT,     /* half of the text */
} DubFakeTwist;
void dub_fake_service_script_twist    (DubFakeService  *self,
                                       DubFakeEndpoint  endpoint,
                                       guint            ordinal,
                                       DubFakeTwist     twist);
/* The body of the answer that is scripted is @piece, so often, one after the other. */
void dub_fake_service_script_flood    (DubFakeService  *self,
                                       DubFakeEndpoint  endpoint,
                                       guint            ordinal,
                                       GBytes          *piece,
                                       guint            times);
/* The answer (the model's or the scripted one) waits for dub_fake_service_release(); a request counts as soon as
 * it came, and the model acts before it waits. */
void dub_fake_service_script_hold     (DubFakeService  *self,
                                       DubFakeEndpoint  endpoint,
                                       guint            ordinal);
/* Whether an answer is being held. */
gboolean dub_fake_service_is_holding  (DubFakeService  *self);
/* Lets go of all held answers. */
void dub_fake_service_release         (DubFakeService  *self);
/* Forgets all scripts; ordinals go on. */
void dub_fake_service_clear_scripts   (DubFakeService  *self);

G_END_DECLS
