/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fake-engine-private.h"

#include <string.h>

#define CHUNK (64 * 1024)
#define DRIP_US (50 * 1000)

/* Of its own making, for 127.0.0.1, and used for nothing else. */
static const char certificate[] =
  "-----BEGIN PRIVATE KEY-----\n"
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgGEZ7QvjFvaRzZ2RE\n"
  "qXybqy1wnbfWCezR9boSlUOUJ5yhRANCAASO5t8JMNgZzYhsOy5Im+HMZDTV9SGi\n"
  "0shWTs4buUNduxqDW7hrpbZ9pMDjzIw13GeihekFO/8tdHV2Aq6tNAHc\n"
  "-----END PRIVATE KEY-----\n"
  "-----BEGIN CERTIFICATE-----\n"
  "MIIBkDCCATagAwIBAgIUDG3QLFLL/GMtQTEZzBwoCO4DrsMwCgYIKoZIzj0EAwIw\n"
  "FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyNTA0MzkxOFoYDzIxMjYxMTAx\n"
  "MDQzOTE4WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO\n"
  "PQMBBwNCAASO5t8JMNgZzYhsOy5Im+HMZDTV9SGi0shWTs4buUNduxqDW7hrpbZ9\n"
  "pMDjzIw13GeihekFO/8tdHV2Aq6tNAHco2QwYjAdBgNVHQ4EFgQUTFRETKXM+GPu\n"
  "NIDeXyRW15YNmjUwHwYDVR0jBBgwFoAUTFRETKXM+GPuNIDeXyRW15YNmjUwDwYD\n"
  "VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC\n"
  "IAa8F2zbPxThQVVFy10QroKgc6k6rEea35qri8BeJ1VEAiEAk1KBIOAGjO2nzbJc\n"
  "dYK1tLJea0MU7Q8suZHW3MGdg/M=\n"
  "-----END CERTIFICATE-----\n";

typedef struct
{
  DubFakeFault fault;
  guint status; /* 0: the right answer */
  char *type;
  char *headers;
  GBytes *body;
} Plan;

struct _DubFakeEngine
{
  DubFakeConvention convention;
  char *key;
  gboolean is_secure;
  char *url;
  GThread *thread;
  GMainContext *context;
  SoupServer *server;
  GMutex mutex;
  GCond changed;
  /* under the mutex */
  Plan plan;
  Plan list_plan;
  guint n_busy;
  guint busy_status;
  char *busy_headers;
  char *wrong_text;
  guint wrong_status;
  gboolean no_lists;
  guint wait_for;
  GPtrArray *waiting; /* of SoupServerMessage, paused, whose answers are set */
  guint n_requests;
  guint most_parallel;
  char *complaint;
  gboolean closing;
  GPtrArray *threads; /* of those that write by themselves */
};

/* A connection that is served byte by byte, on a thread of its own. */
typedef struct
{
  DubFakeEngine *self;
  DubFakeFault fault;
  GIOStream *stream;
  GBytes *body;
  char *type;
} Rough;

static void
plan_clear (Plan *plan)
{
  g_clear_pointer (&plan->type, g_free);
  g_clear_pointer (&plan->headers, g_free);
  g_clear_pointer (&plan->body, g_bytes_unref);
  plan->status = 0;
  plan->fault = DUB_FAKE_RIGHT;
}

static gboolean
write_all (Rough *rough, const void *data, gsize length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (rough->stream), data, length, NULL, NULL, NULL);
}

static gboolean
is_closing (DubFakeEngine *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->closing;
}

/* TRUE where the fake is to end. */
static gboolean
rest (DubFakeEngine *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (!self->closing)
    g_cond_wait_until (&self->changed, &self->mutex, g_get_monotonic_time () + DRIP_US);
  return self->closing;
}

static void
write_head (Rough *rough, const char *length)
{
  g_autofree char *head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\n%s\r\n\r\n", rough->type, length);

  write_all (rough, head, strlen (head));
}

static void
drip (Rough *rough)
{
  const char *data = g_bytes_get_data (rough->body, NULL);
  gsize length = g_bytes_get_size (rough->body);
  g_autofree char *stated = g_strdup_printf ("Content-Length: %" G_GSIZE_FORMAT, length + 100000);

  write_head (rough, stated);
  for (gsize i = 0; write_all (rough, i < length ? data + i : " ", 1); i++)
    if (rest (rough->self))
      break;
}

/* Until the other side has gone. */
static void
wait_for_end (Rough *rough)
{
  char byte;

  while (g_input_stream_read (g_io_stream_get_input_stream (rough->stream), &byte, 1, NULL, NULL) > 0)
    ;
}

static void
write_half (Rough *rough)
{
  gsize length = g_bytes_get_size (rough->body);
  g_autofree char *stated = g_strdup_printf ("Content-Length: %" G_GSIZE_FORMAT, length);

  write_head (rough, stated);
  write_all (rough, g_bytes_get_data (rough->body, NULL), length / 2);
}

static void
write_half_a_chunk (Rough *rough)
{
  gsize length = g_bytes_get_size (rough->body);
  g_autofree char *size = g_strdup_printf ("%" G_GSIZE_MODIFIER "x\r\n", length);

  write_head (rough, "Transfer-Encoding: chunked");
  write_all (rough, size, strlen (size));
  write_all (rough, g_bytes_get_data (rough->body, NULL), length / 2);
}

static void
write_without_end (Rough *rough, const char *length)
{
  g_autofree char *chunk = g_malloc (CHUNK);

  memset (chunk, ' ', CHUNK);
  write_head (rough, length);
  write_all (rough, g_bytes_get_data (rough->body, NULL), g_bytes_get_size (rough->body) - 1);
  while (!is_closing (rough->self) && write_all (rough, chunk, CHUNK))
    ;
}

/* Some thousand times as much comes out of it. */
static void
write_bomb (Rough *rough)
{
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) packed = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (packed, packer);
  g_autofree char *chunk = g_malloc (1024 * 1024);
  g_autofree char *stated = NULL;
  gsize length;

  memset (chunk, ' ', 1024 * 1024);
  for (guint i = 0; i < 100; i++)
    g_output_stream_write_all (stream, chunk, 1024 * 1024, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  length = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (packed));
  stated = g_strdup_printf ("Content-Encoding: gzip\r\nContent-Length: %" G_GSIZE_FORMAT, length);
  write_head (rough, stated);
  write_all (rough, g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (packed)), length);
}

static gpointer
serve_roughly (gpointer data)
{
  Rough *rough = data;

  switch (rough->fault)
    {
    case DUB_FAKE_DRIPS:
      drip (rough);
      break;
    case DUB_FAKE_SILENT:
      wait_for_end (rough);
      break;
    case DUB_FAKE_CUT:
      write_half (rough);
      break;
    case DUB_FAKE_CUT_CHUNK:
      write_half_a_chunk (rough);
      break;
    case DUB_FAKE_STATES_HUGE:
      write_without_end (rough, "Content-Length: 10000000000");
      break;
    case DUB_FAKE_ENDLESS:
      write_without_end (rough, "Connection: close");
      break;
    case DUB_FAKE_BOMB:
      write_bomb (rough);
      break;
    case DUB_FAKE_GARBAGE:
      write_all (rough, "\0\x01\xff\xfeSSH-2.0-nothing\r\n\r\n", 24);
      break;
    case DUB_FAKE_REDIRECTS:
    {
      const char head[] = "HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n";

      write_all (rough, head, strlen (head));
      break;
    }
    case DUB_FAKE_HANGS_UP:
    case DUB_FAKE_RIGHT:
    default:
      break;
    }
  g_io_stream_close (rough->stream, NULL, NULL);
  g_object_unref (rough->stream);
  g_bytes_unref (rough->body);
  g_free (rough->type);
  g_free (rough);
  return NULL;
}

static void
go_rough (DubFakeEngine *self, SoupServerMessage *message, DubFakeFault fault, DubFakeReply *reply)
{
  Rough *rough = g_new0 (Rough, 1);
  g_autoptr (GMutexLocker) locker = NULL;

  rough->self = self;
  rough->fault = fault;
  rough->body = g_bytes_ref (reply->body);
  rough->type = g_strdup (reply->type);
  rough->stream = soup_server_message_steal_connection (message);
  locker = g_mutex_locker_new (&self->mutex);
  g_ptr_array_add (self->threads, g_thread_new ("rough", serve_roughly, rough));
}

static void
set_answer (SoupServerMessage *message, guint status, const char *type, const char *headers, GBytes *body)
{
  SoupMessageHeaders *to = soup_server_message_get_response_headers (message);
  g_auto (GStrv) lines = g_strsplit (headers != NULL ? headers : "", "\r\n", -1);

  soup_server_message_set_status (message, status, NULL);
  if (type != NULL)
    soup_message_headers_replace (to, "Content-Type", type);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) field = g_strsplit (lines[i], ": ", 2);

      if (g_strv_length (field) == 2)
        soup_message_headers_append (to, field[0], field[1]);
    }
  if (body != NULL && g_bytes_get_size (body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
}

static void
judge (DubFakeEngine *self, SoupServerMessage *message, const char *path, DubFakeReply *reply)
{
  if (self->convention == DUB_FAKE_OPENAI)
    dub_fake_judge_openai (message, path, self->key, reply);
  else if (self->convention == DUB_FAKE_LIBRETRANSLATE)
    dub_fake_judge_libretranslate (message, path, self->key, self->no_lists, reply);
  else
    dub_fake_judge_apy (message, path, self->key, reply);
  if (reply->complaint != NULL && self->complaint == NULL)
    self->complaint = g_strdup (reply->complaint);
}

/* Those that are asked for at the same time are answered at the same time. */
static void
hold_back (DubFakeEngine *self, SoupServerMessage *message)
{
  soup_server_message_pause (message);
  g_ptr_array_add (self->waiting, g_object_ref (message));
  self->most_parallel = MAX (self->most_parallel, self->waiting->len);
  if (self->waiting->len < self->wait_for)
    return;
  for (guint i = 0; i < self->waiting->len; i++)
    soup_server_message_unpause (g_ptr_array_index (self->waiting, i));
  g_ptr_array_set_size (self->waiting, 0);
}

/* Under the mutex. Returns the fault that cannot be told by libsoup. */
static DubFakeFault
answer (DubFakeEngine *self, SoupServerMessage *message, DubFakeReply *reply)
{
  Plan *plan = reply->is_list ? &self->list_plan : &self->plan;

  if (reply->complaint != NULL)
    set_answer (message, reply->status, reply->type, NULL, reply->body);
  else if (self->n_busy > 0)
    {
      self->n_busy--;
      set_answer (message, self->busy_status, NULL, self->busy_headers, NULL);
    }
  else if (reply->text != NULL && g_strcmp0 (reply->text, self->wrong_text) == 0)
    set_answer (message, self->wrong_status, NULL, NULL, NULL);
  else if (plan->fault != DUB_FAKE_RIGHT)
    return plan->fault;
  else if (plan->status != 0)
    set_answer (message, plan->status, plan->type, plan->headers, plan->body);
  else
    set_answer (message, reply->status, reply->type, NULL, reply->body);
  if (!reply->is_list && self->wait_for > 0)
    hold_back (self, message);
  return DUB_FAKE_RIGHT;
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  DubFakeEngine *self = user_data;
  g_auto (DubFakeReply) reply = { 0 };
  DubFakeFault fault;

  g_mutex_lock (&self->mutex);
  self->n_requests++;
  judge (self, message, path, &reply);
  fault = answer (self, message, &reply);
  g_mutex_unlock (&self->mutex);
  if (fault != DUB_FAKE_RIGHT)
    go_rough (self, message, fault, &reply);
}

static void
start_listening (DubFakeEngine *self)
{
  SoupServerListenOptions options = SOUP_SERVER_LISTEN_IPV4_ONLY;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  if (self->is_secure)
    {
      g_autoptr (GTlsCertificate) own = g_tls_certificate_new_from_pem (certificate, -1, &error);

      g_assert_no_error (error);
      soup_server_set_tls_certificate (self->server, own);
      options |= SOUP_SERVER_LISTEN_HTTPS;
    }
  soup_server_listen_local (self->server, 0, options, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("%s://127.0.0.1:%d", self->is_secure ? "https" : "http", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

static gpointer
run (gpointer user_data)
{
  DubFakeEngine *self = user_data;

  g_main_context_push_thread_default (self->context);
  g_mutex_lock (&self->mutex);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  start_listening (self);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);

  while (!is_closing (self))
    g_main_context_iteration (self->context, TRUE);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static DubFakeEngine *
make (DubFakeConvention convention, const char *key, gboolean is_secure)
{
  DubFakeEngine *self = g_new0 (DubFakeEngine, 1);

  self->is_secure = is_secure;
  self->convention = convention;
  self->key = g_strdup (key);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->threads = g_ptr_array_new_with_free_func ((GDestroyNotify) g_thread_join);
  self->context = g_main_context_new ();
  self->thread = g_thread_new ("fake-engine", run, self);
  g_mutex_lock (&self->mutex);
  while (self->url == NULL)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return self;
}

DubFakeEngine *
dub_fake_engine_new (DubFakeConvention convention, const char *key)
{
  return make (convention, key, FALSE);
}

DubFakeEngine *
dub_fake_engine_new_secure (DubFakeConvention convention, const char *key)
{
  return make (convention, key, TRUE);
}

void
dub_fake_engine_free (DubFakeEngine *self)
{
  g_mutex_lock (&self->mutex);
  self->closing = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_main_context_wakeup (self->context);
  g_thread_join (self->thread);
  g_ptr_array_unref (self->threads);
  g_ptr_array_unref (self->waiting);
  g_main_context_unref (self->context);
  plan_clear (&self->plan);
  plan_clear (&self->list_plan);
  g_free (self->busy_headers);
  g_free (self->wrong_text);
  g_free (self->complaint);
  g_free (self->url);
  g_free (self->key);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

const char *
dub_fake_engine_get_url (DubFakeEngine *self)
{
  return self->url;
}

void
dub_fake_engine_set_fault (DubFakeEngine *self, DubFakeFault fault)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  plan_clear (&self->plan);
  self->plan.fault = fault;
}

void
dub_fake_engine_set_list_fault (DubFakeEngine *self, DubFakeFault fault)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  plan_clear (&self->list_plan);
  self->list_plan.fault = fault;
}

void
dub_fake_engine_set_answer (DubFakeEngine *self, guint status, const char *type, const char *headers, GBytes *body)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  plan_clear (&self->plan);
  self->plan.status = status;
  self->plan.type = g_strdup (type);
  self->plan.headers = g_strdup (headers);
  self->plan.body = body != NULL ? g_bytes_ref (body) : NULL;
}

void
dub_fake_engine_set_list_answer (DubFakeEngine *self, guint status, const char *type, GBytes *body)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  plan_clear (&self->list_plan);
  self->list_plan.status = status;
  self->list_plan.type = g_strdup (type);
  self->list_plan.body = body != NULL ? g_bytes_ref (body) : NULL;
}

void
dub_fake_engine_set_busy (DubFakeEngine *self, guint n, guint status, const char *headers)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->n_busy = n;
  self->busy_status = status;
  g_free (self->busy_headers);
  self->busy_headers = g_strdup (headers);
}

void
dub_fake_engine_set_wrong_text (DubFakeEngine *self, const char *text, guint status)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_free (self->wrong_text);
  self->wrong_text = g_strdup (text);
  self->wrong_status = status;
}

void
dub_fake_engine_set_no_lists (DubFakeEngine *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->no_lists = TRUE;
}

void
dub_fake_engine_set_wait_for (DubFakeEngine *self, guint n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->wait_for = n;
}

guint
dub_fake_engine_count (DubFakeEngine *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->n_requests;
}

guint
dub_fake_engine_count_parallel (DubFakeEngine *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return self->most_parallel;
}

char *
dub_fake_engine_dup_complaint (DubFakeEngine *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_strdup (self->complaint);
}
