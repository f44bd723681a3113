/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-exchange.h"

#include <string.h>

#include "dub-service-codec.h"

#define BODY_KEY "dub-studio-body"

/* As the service's: the moment and something random, in one word. */
static char *
make_request_id (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *moment = g_date_time_format (now, "%Y%m%d%H%M%S");

  return g_strdup_printf ("%s%08X%08X", moment, g_random_int (), g_random_int ());
}

/**
 * dub_studio_exchange_new:
 * @server: (type GObject): who answers
 * @message: what was asked
 *
 * Returns: (transfer full): the exchange, gone with its answer
 */
DubStudioExchange *
dub_studio_exchange_new (gpointer           server,
                         SoupServerMessage *message)
{
  DubStudioExchange *self = g_new0 (DubStudioExchange, 1);

  self->server = g_object_ref (server);
  self->message = g_object_ref (message);
  self->request_id = make_request_id ();
  return self;
}

static void
exchange_free (DubStudioExchange *self)
{
  g_object_unref (self->server);
  g_object_unref (self->message);
  g_free (self->request_id);
  g_strfreev (self->strings);
  g_free (self);
}

/**
 * dub_studio_exchange_pause:
 * @self: an exchange
 *
 * The answer comes later.
 */
void
dub_studio_exchange_pause (DubStudioExchange *self)
{
  self->paused = TRUE;
  soup_server_message_pause (self->message);
}

/**
 * dub_studio_exchange_answer:
 * @self: (transfer full): an exchange
 * @json: (transfer full): the answer
 *
 * Errors too arrive under HTTP 200 (service documentation, envelope).
 */
void
dub_studio_exchange_answer (DubStudioExchange *self,
                            char              *json)
{
  SoupServerMessage *message = self->message;

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Cache-Control", "no-store");
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, json, strlen (json));
  if (self->paused)
    soup_server_message_unpause (message);
  exchange_free (self);
}

/**
 * dub_studio_exchange_refuse:
 * @self: (transfer full): an exchange
 * @code: the return code
 * @message: what is wrong
 */
void
dub_studio_exchange_refuse (DubStudioExchange *self,
                            gint64             code,
                            const char        *message)
{
  dub_studio_exchange_answer (self, dub_codec_encode_error (code, message, self->request_id));
}

/* Kept here, as far as the cap: libsoup would keep all of it. */
static void
on_got_chunk (SoupServerMessage *message,
              GBytes            *chunk,
              GByteArray        *body)
{
  gsize size = g_bytes_get_size (chunk);

  /* One byte over the cap says that there was more. */
  size = MIN (size, DUB_STUDIO_MAX_BODY + 1 - body->len);
  g_byte_array_append (body, g_bytes_get_data (chunk, NULL), size);
}

/**
 * dub_studio_exchange_keep_body:
 * @message: a request whose headers are there
 */
void
dub_studio_exchange_keep_body (SoupServerMessage *message)
{
  GByteArray *body = g_byte_array_new ();

  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  g_object_set_data_full (G_OBJECT (message), BODY_KEY, body, (GDestroyNotify) g_byte_array_unref);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), body);
}

/**
 * dub_studio_exchange_take_body:
 * @self: an exchange
 *
 * Returns: (transfer full) (nullable): the body; %NULL where it is not said to be JSON or is too large: the exchange is
 *   refused then, and gone
 */
GBytes *
dub_studio_exchange_take_body (DubStudioExchange *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (self->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);
  GByteArray *body = g_object_get_data (G_OBJECT (self->message), BODY_KEY);

  if (type != NULL && g_ascii_strcasecmp (type, "application/json") == 0 && body->len <= DUB_STUDIO_MAX_BODY)
    return g_bytes_new (body->data, body->len);

  if (type == NULL || g_ascii_strcasecmp (type, "application/json") != 0)
    dub_studio_exchange_refuse (self, DUB_STUDIO_CODE_PARAMETERS, "Content-Type: must be application/json");
  else
    dub_studio_exchange_refuse (self, DUB_STUDIO_CODE_PARAMETERS, "the body must have at most 1048576 bytes");
  return NULL;
}
