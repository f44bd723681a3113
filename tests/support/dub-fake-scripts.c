/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-fake-service-private.h"

#include <string.h>

/* What a test has said of requests to come. */

#define MAX_ORDINAL 1000000

void
dub_fake_script_free (gpointer data)
{
  DubFakeScript *self = data;

  g_free (self->content_type);
  g_free (self->body);
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->flood, g_bytes_unref);
  g_free (self);
}

GHashTable *
dub_fake_scripts_new (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, dub_fake_script_free);
}

static gpointer
key_of (DubFakeEndpoint endpoint,
        guint           ordinal)
{
  g_assert_cmpuint (ordinal, <, MAX_ORDINAL);
  return GUINT_TO_POINTER (endpoint * MAX_ORDINAL + ordinal);
}

const DubFakeScript *
dub_fake_script_find (DubFakeService *self,
                      DubFakeEndpoint endpoint,
                      guint           ordinal)
{
  const DubFakeScript *script = g_hash_table_lookup (self->scripts, key_of (endpoint, ordinal));

  return script != NULL ? script : g_hash_table_lookup (self->scripts, key_of (endpoint, 0));
}

static DubFakeScript *
script_for (DubFakeService *self,
            DubFakeEndpoint endpoint,
            guint           ordinal)
{
  DubFakeScript *script = g_hash_table_lookup (self->scripts, key_of (endpoint, ordinal));

  if (script == NULL)
    {
      script = g_new0 (DubFakeScript, 1);
      script->headers = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->scripts, key_of (endpoint, ordinal), script);
    }
  return script;
}

void
dub_fake_service_script_answer (DubFakeService *self,
                                DubFakeEndpoint endpoint,
                                guint           ordinal,
                                guint           http_status,
                                const char     *content_type,
                                const char     *body)
{
  DubFakeScript *script = script_for (self, endpoint, ordinal);

  script->answers = TRUE;
  script->http_status = http_status;
  g_set_str (&script->content_type, content_type);
  g_set_str (&script->body, body);
}

void
dub_fake_service_script_code (DubFakeService *self,
                              DubFakeEndpoint endpoint,
                              guint           ordinal,
                              gint64          code,
                              const char     *message)
{
  g_autofree char *request_id = g_strdup_printf ("fake-request-%u", self->requests->len + 1);
  g_autofree char *body = dub_fake_model_code (code, message, request_id);

  dub_fake_service_script_answer (self, endpoint, ordinal, SOUP_STATUS_OK, NULL, body);
}

void
dub_fake_service_script_header (DubFakeService *self,
                                DubFakeEndpoint endpoint,
                                guint           ordinal,
                                const char     *name,
                                const char     *value)
{
  DubFakeScript *script = script_for (self, endpoint, ordinal);

  g_ptr_array_add (script->headers, g_strdup (name));
  g_ptr_array_add (script->headers, g_strdup (value));
}

void
dub_fake_service_script_drop (DubFakeService *self,
                              DubFakeEndpoint endpoint,
                              guint           ordinal,
                              DubFakeDrop     point)
{
  DubFakeScript *script = script_for (self, endpoint, ordinal);

  script->drops = TRUE;
  script->drop = point;
}

void
dub_fake_service_script_hold (DubFakeService *self,
                              DubFakeEndpoint endpoint,
                              guint           ordinal)
{
  script_for (self, endpoint, ordinal)->holds = TRUE;
}

void
dub_fake_service_script_acted (DubFakeService *self,
                               DubFakeEndpoint endpoint,
                               guint           ordinal)
{
  script_for (self, endpoint, ordinal)->acts = TRUE;
}

void
dub_fake_service_script_twist (DubFakeService *self,
                               DubFakeEndpoint endpoint,
                               guint           ordinal,
                               DubFakeTwist    twist)
{
  DubFakeScript *script = script_for (self, endpoint, ordinal);

  script->twists = TRUE;
  script->twist = twist;
}

void
dub_fake_service_script_flood (DubFakeService *self,
                               DubFakeEndpoint endpoint,
                               guint           ordinal,
                               GBytes         *piece,
                               guint           times)
{
  DubFakeScript *script = script_for (self, endpoint, ordinal);

  g_clear_pointer (&script->flood, g_bytes_unref);
  script->flood = g_bytes_ref (piece);
  script->flood_times = times;
}

void
dub_fake_service_clear_scripts (DubFakeService *self)
{
  g_ptr_array_add (self->forgotten, self->scripts);
  self->scripts = dub_fake_scripts_new ();
}
