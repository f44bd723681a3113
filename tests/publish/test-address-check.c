/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-address-check.h"
#include "dub-publisher.h"
#include "dub-test-support.h"

#include <libsoup/soup.h>
#include <stdio.h>
#include <string.h>

#define FILM "a film of 22 bytes, so."

/* A real server on a free port of this machine. */
typedef struct
{
  SoupServer *server;
  char *base;
  char *type;        /* of the film, or NULL */
  char *etag;
  char *modified;
  char *film;
  guint requests;
  gboolean ranges;
} Fixture;

static void
on_film (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  Fixture *fixture = user_data;
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);

  fixture->requests++;
  g_assert_cmpstr (soup_server_message_get_method (message), ==, "GET");
  g_assert_cmpstr (soup_message_headers_get_one (request, "Range"), ==, "bytes=0-0");
  g_assert_cmpstr (soup_message_headers_get_list (request, "Accept-Encoding"), ==, "identity");
  g_assert_null (soup_message_headers_get_one (request, "Cookie"));
  g_assert_null (soup_message_headers_get_one (request, "Authorization"));

  if (!fixture->ranges)
    soup_message_headers_remove (request, "Range");
  if (fixture->etag != NULL)
    soup_message_headers_replace (response, "ETag", fixture->etag);
  if (fixture->modified != NULL)
    soup_message_headers_replace (response, "Last-Modified", fixture->modified);
  soup_message_headers_replace (response, "Set-Cookie", "seen=1");
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, fixture->type, SOUP_MEMORY_COPY, fixture->film, strlen (fixture->film));
}

/* "/to/3/302" leads to "/to/2/302", …, "/to/0/302" to the film. */
static void
on_to (SoupServer        *server,
       SoupServerMessage *message,
       const char        *path,
       GHashTable        *query,
       gpointer           user_data)
{
  guint steps = 0;
  guint status = 0;
  g_autofree char *next = NULL;

  g_assert_cmpint (sscanf (path, "/to/%u/%u", &steps, &status), ==, 2);
  next = steps == 0 ? g_strdup ("/film.mp4") : g_strdup_printf ("../%u/%u", steps - 1, status);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", next);
  soup_server_message_set_status (message, status, NULL);
}

static void
on_loop (SoupServer        *server,
         SoupServerMessage *message,
         const char        *path,
         GHashTable        *query,
         gpointer           user_data)
{
  Fixture *fixture = user_data;

  fixture->requests++;
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", path);
  soup_server_message_set_status (message, SOUP_STATUS_FOUND, NULL);
}

/* "/status/404" answers just that. */
static void
on_status (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  soup_server_message_set_status (message, (guint) g_ascii_strtoull (strrchr (path, '/') + 1, NULL, 10), NULL);
  soup_server_message_set_response (message, "video/mp4", SOUP_MEMORY_STATIC, FILM, strlen (FILM));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, "/film.mp4", on_film, fixture, NULL);
  soup_server_add_handler (fixture->server, "/to", on_to, fixture, NULL);
  soup_server_add_handler (fixture->server, "/loop", on_loop, fixture, NULL);
  soup_server_add_handler (fixture->server, "/status", on_status, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (fixture->server);
  fixture->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  fixture->type = g_strdup ("video/mp4");
  fixture->film = g_strdup (FILM);
  fixture->ranges = TRUE;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  soup_server_disconnect (fixture->server);
  g_object_unref (fixture->server);
  g_free (fixture->base);
  g_free (fixture->type);
  g_free (fixture->etag);
  g_free (fixture->modified);
  g_free (fixture->film);
}

static DubAddress *
check (Fixture     *fixture,
       const char  *path,
       GError     **error)
{
  g_autofree char *url = g_strconcat (fixture->base, path, NULL);
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  dub_address_check_async (url, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_address_check_finish (result, error);
}

static char *
identify (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubAddress) address = check (fixture, "/film.mp4", &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (address->identity, "url:"));
  g_assert_cmpuint (strlen (address->identity), ==, 4 + 64);
  return g_strdup (address->identity);
}

static void
test_good (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *url = g_strconcat (fixture->base, "/film.mp4", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubAddress) address = check (fixture, "/film.mp4", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (address->url, ==, url);
  g_assert_cmpstr (address->content_type, ==, "video/mp4");
  g_assert_cmpuint (address->size, ==, strlen (FILM));
  g_assert_cmpuint (fixture->requests, ==, 1);
}

static void
test_no_ranges (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubAddress) address = NULL;

  fixture->ranges = FALSE;
  address = check (fixture, "/film.mp4", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (address->size, ==, strlen (FILM));
}

static void
test_types (Fixture       *fixture,
            gconstpointer  data)
{
  const struct
  {
    const char *type;
    gboolean good;
  } types[] = {
    { "video/mp4", TRUE }, { "VIDEO/QuickTime; x=y", TRUE }, { "application/octet-stream", TRUE },
    { "binary/octet-stream", TRUE }, { "application/mp4", TRUE }, { "text/html", FALSE },
    { "Text/Plain; charset=utf-8", FALSE }, { "image/gif", FALSE }, { "application/json", FALSE },
    { "application/xhtml+xml", FALSE }, { "audio/mpeg", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DubAddress) address = NULL;

      g_set_str (&fixture->type, types[i].type);
      address = check (fixture, "/film.mp4", &error);
      if (types[i].good)
        g_assert_no_error (error);
      else
        g_assert_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_NOT_VIDEO);
      g_assert_true (types[i].good == (address != NULL));
    }
}

static void
test_identity (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *first = identify (fixture);
  g_autofree char *again = identify (fixture);

  g_assert_cmpstr (first, ==, again);
  g_hash_table_add (seen, g_steal_pointer (&first));
  g_set_str (&fixture->etag, "\"a\"");
  g_assert_true (g_hash_table_add (seen, identify (fixture)));
  g_set_str (&fixture->etag, NULL);
  g_set_str (&fixture->modified, "\"a\"");
  g_assert_true (g_hash_table_add (seen, identify (fixture)));
  g_set_str (&fixture->modified, NULL);
  g_set_str (&fixture->film, FILM " Or longer.");
  g_assert_true (g_hash_table_add (seen, identify (fixture)));
  fixture->ranges = FALSE;
  g_assert_false (g_hash_table_add (seen, identify (fixture)));
}

static void
test_redirects (Fixture       *fixture,
                gconstpointer  data)
{
  const char *paths[] = { "/to/4/301", "/to/0/302", "/to/0/303", "/to/0/307", "/to/0/308" };
  g_autofree char *url = g_strconcat (fixture->base, "/film.mp4", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (DubAddress) address = check (fixture, paths[i], &error);

      g_assert_no_error (error);
      g_assert_cmpstr (address->url, ==, url);
    }
  g_assert_cmpuint (fixture->requests, ==, G_N_ELEMENTS (paths));
}

static void
test_too_many_redirects (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (check (fixture, "/to/5/302", &error));
  g_assert_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_UNREACHABLE);
  g_assert_cmpuint (fixture->requests, ==, 0);
  g_clear_error (&error);

  g_assert_null (check (fixture, "/loop", &error));
  g_assert_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_UNREACHABLE);
  g_assert_cmpuint (fixture->requests, ==, 6);
}

static void
test_redirect_identity (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubAddress) first = check (fixture, "/to/0/302", &error);
  g_autoptr (DubAddress) again = check (fixture, "/to/0/302", &error);
  g_autoptr (DubAddress) direct = check (fixture, "/film.mp4", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (first->identity, ==, again->identity);
  g_assert_cmpstr (first->identity, !=, direct->identity);
}

static void
test_statuses (Fixture       *fixture,
               gconstpointer  data)
{
  const struct
  {
    const char *path;
    DubPublishError code;
  } statuses[] = {
    { "/status/404", DUB_PUBLISH_ERROR_UNREACHABLE }, { "/status/410", DUB_PUBLISH_ERROR_UNREACHABLE },
    { "/status/401", DUB_PUBLISH_ERROR_UNREACHABLE }, { "/status/403", DUB_PUBLISH_ERROR_UNREACHABLE },
    { "/status/500", DUB_PUBLISH_ERROR_NO_ANSWER },   { "/status/429", DUB_PUBLISH_ERROR_NO_ANSWER },
    { "/status/408", DUB_PUBLISH_ERROR_NO_ANSWER },   { "/status/304", DUB_PUBLISH_ERROR_UNREACHABLE },
    { "/status/300", DUB_PUBLISH_ERROR_UNREACHABLE }, { "/status/302", DUB_PUBLISH_ERROR_UNREACHABLE },
    { "/status/416", DUB_PUBLISH_ERROR_NOT_VIDEO },   { "/none", DUB_PUBLISH_ERROR_UNREACHABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (check (fixture, statuses[i].path, &error));
      g_assert_error (error, DUB_PUBLISH_ERROR, (int) statuses[i].code);
      g_assert_nonnull (strstr (error->message, "“127.0.0.1”"));
    }
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/publish/address-check/good", test_good);
  ADD ("/publish/address-check/no-ranges", test_no_ranges);
  ADD ("/publish/address-check/types", test_types);
  ADD ("/publish/address-check/identity", test_identity);
  ADD ("/publish/address-check/redirects", test_redirects);
  ADD ("/publish/address-check/too-many-redirects", test_too_many_redirects);
  ADD ("/publish/address-check/redirect-identity", test_redirect_identity);
  ADD ("/publish/address-check/statuses", test_statuses);
  return g_test_run ();
}
