/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-http-peer.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include "dub-http-near.h"
#include "dub-http-sentence.h"
#include "dub-job.h"

#define FIRST_REST_MS 500

static char *
make_base (const char *address, const char *ignored_suffix)
{
  g_autofree char *base = g_strdup (address);

  while (g_str_has_suffix (base, "/"))
    base[strlen (base) - 1] = '\0';
  if (ignored_suffix != NULL && g_str_has_suffix (base, ignored_suffix))
    base[strlen (base) - strlen (ignored_suffix)] = '\0';
  return g_strconcat (base, "/", NULL);
}

static char *
make_name (const char *base)
{
  g_autoptr (GUri) uri = g_uri_parse (base, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GUri) bare = NULL;

  /* An address that is none does not come so far. */
  if (uri == NULL)
    return g_strdup (base);
  if (g_uri_get_port (uri) > 0 && g_uri_get_port (uri) != (g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80))
    return g_strdup_printf (strchr (g_uri_get_host (uri), ':') != NULL ? "[%s]:%d" : "%s:%d", g_uri_get_host (uri),
                            g_uri_get_port (uri));
  return g_strdup (g_uri_get_host (uri));
}

static SoupSession *
make_session (const DubEngineChoice *choice)
{
  /* A deadline of our own covers all of a request; libsoup's would cover each read. */
  return soup_session_new_with_options ("max-conns", (int) choice->parallel, "max-conns-per-host",
                                        (int) choice->parallel, "timeout", 0, "user-agent", "Dubroom", NULL);
}

/**
 * dub_http_peer_new:
 * @choice: with an address that was checked
 * @key: (nullable): the key of its server
 * @bearer: whether the key goes into a header
 * @ignored_suffix: (nullable): "/v1", where people give the address with it and without
 *
 * Returns: (transfer full): a server, to which nothing is said yet
 */
DubHttpPeer *
dub_http_peer_new (const DubEngineChoice *choice, const char *key, gboolean bearer, const char *ignored_suffix)
{
  DubHttpPeer *self = g_new0 (DubHttpPeer, 1);
  g_autofree char *trimmed = key != NULL ? g_strstrip (g_strdup (key)) : NULL;

  self->choice = dub_engine_choice_copy (choice);
  if (trimmed != NULL && *trimmed != '\0')
    self->key = g_steal_pointer (&trimmed);
  self->bearer = bearer;
  self->base = make_base (choice->address, ignored_suffix);
  self->name = make_name (self->base);
  self->context = g_main_context_new ();
  self->first_rest_ms = FIRST_REST_MS;
  g_main_context_push_thread_default (self->context);
  self->session = make_session (choice);
  g_main_context_pop_thread_default (self->context);
  return self;
}

/**
 * dub_http_peer_free:
 * @self: (nullable) (transfer full): a server
 *
 * Of the key nothing stays in memory.
 */
void
dub_http_peer_free (DubHttpPeer *self)
{
  if (self == NULL)
    return;

  g_main_context_push_thread_default (self->context);
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);
  g_clear_pointer (&self->context, g_main_context_unref);
  if (self->key != NULL)
    explicit_bzero (self->key, strlen (self->key));
  g_free (self->key);
  g_free (self->name);
  g_free (self->base);
  dub_engine_choice_free (self->choice);
  g_free (self);
}

/* A header with a line break in it would go out as none at all (libsoup drops it). */
static gboolean
is_sendable (const char *key)
{
  for (const char *c = key; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c))
      return FALSE;
  return TRUE;
}

/**
 * dub_http_peer_check_key:
 * @error: return location; %DUB_STUDIO_ERROR_UNSUITABLE
 *
 * A key goes out by https, or on a network that is the person's own: what is read on its way is worth as much to whoever
 * reads it. Blocks where a name has to be looked up.
 *
 * Returns: whether the key may be sent; %TRUE where there is none
 */
gboolean
dub_http_peer_check_key (DubHttpPeer *self, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) unknown = NULL;

  if (self->key == NULL)
    return TRUE;
  if (!is_sendable (self->key))
    {
      g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
                   /* Translators: the name of a server. */
                   _("The key for the engine at %s has characters that no key has. Enter it again in Preferences."),
                   self->name);
      return FALSE;
    }
  uri = g_uri_parse (self->base, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;
  /* A proxy may be anywhere. */
  soup_session_set_proxy_resolver (self->session, NULL);
  if (uri != NULL && dub_http_near_check_host (g_uri_get_host (uri), &unknown))
    return TRUE;

  if (unknown != NULL)
    dub_http_sentence_for_connection (self->name, unknown, error);
  else
    g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE,
                 /* Translators: the name of a server. */
                 _("The key for the engine at %s was not sent, because others could read it on its way. Give the engine’s "
                   "address with https:// in Preferences."),
                 self->name);
  return FALSE;
}

/**
 * dub_http_peer_misunderstand:
 * @fault: where the answer is wrong ("segments[2].start: is missing")
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 *
 * Returns: %FALSE
 */
gboolean
dub_http_peer_misunderstand (DubHttpPeer *self, const char *fault, GError **error)
{
  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
               /* Translators: the name of a server, then what is wrong, in English ("segments[2].start: is missing"). */
               _("What the engine at %s answered cannot be understood (%s). Check in Preferences that the engine there is "
                 "of the kind that you chose, then try again."),
               self->name, fault);
  return FALSE;
}
