/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-address.h"

#include <string.h>

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

#include "dub-publisher.h"
#include "dub-redact.h"

#define MAX_SHOWN_CHARS 80

/* What else surrounds an address in a mail or a list. */
#define QUOTES "<>\"'“”‘’«»,;"

/* What of @text can be shown. Something pasted may be a whole document. */
static char *
make_shown (const char *text)
{
  g_autofree char *masked = dub_redact_userinfo (text);
  g_autofree char *valid = g_utf8_make_valid (masked, -1);

  return g_utf8_strlen (valid, -1) <= MAX_SHOWN_CHARS ? g_steal_pointer (&valid)
                                                      : g_utf8_truncate_middle (valid, MAX_SHOWN_CHARS);
}

static void
set_credentials_error (const char  *host,
                       GError     **error)
{
  /* An "@" inside a password is read as if the host began there. */
  const char *at = strrchr (host, '@');

  /* The address itself is not shown: it holds a password. */
  g_set_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_ADDRESS,
               _("The address at “%s” has a user name or password in it, which others would see. "
                 "Use an address that works without."),
               at != NULL ? at + 1 : host);
}

static gboolean
check_parts (GUri        *uri,
             const char  *text,
             GError     **error)
{
  g_autofree char *shown = make_shown (text);
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);
  gboolean has_host = host != NULL && *host != '\0';

  if (has_host && g_uri_get_userinfo (uri) != NULL)
    set_credentials_error (host, error);
  else if (!g_str_equal (scheme, "http") && !g_str_equal (scheme, "https"))
    g_set_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_ADDRESS,
                 _("“%s” is not a web address. It has to start with https:// or http://."), shown);
  else if (!has_host)
    g_set_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_ADDRESS,
                 _("The address “%s” names no server. Copy it again."), shown);
  else
    return TRUE;

  return FALSE;
}

static char *
escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  for (const char *c = text; c != NULL && *c != '\0'; c++)
    {
      if ((guchar) *c > 0x20 && (guchar) *c < 0x7f)
        g_string_append_c (escaped, *c);
      else
        g_string_append_printf (escaped, "%%%02X", (guchar) *c);
    }
  return g_string_free_and_steal (escaped);
}

/* Without the fragment, which is never sent. */
static GUri *
make_sendable (GUri *uri)
{
  g_autofree char *path = escape (g_uri_get_path (uri));
  g_autofree char *query = g_uri_get_query (uri) != NULL ? escape (g_uri_get_query (uri)) : NULL;

  return g_uri_build (g_uri_get_flags (uri), g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri),
                      *path != '\0' ? path : "/", query, NULL);
}

static void
set_unreadable_error (const char  *text,
                      GError     **error)
{
  g_autofree char *shown = make_shown (text);

  if (g_ascii_strncasecmp (text, "http://", 7) == 0 || g_ascii_strncasecmp (text, "https://", 8) == 0)
    g_set_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_ADDRESS,
                 _("The address “%s” cannot be read. Copy it again."), shown);
  else
    g_set_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_ADDRESS,
                 _("“%s” is not a web address. It has to start with https:// or http://."), shown);
}

/**
 * dub_address_parse:
 * @text: an address
 * @error: return location; %DUB_PUBLISH_ERROR_ADDRESS
 *
 * Reads an http(s) address without credentials in it; what is not ASCII is escaped, all else left as it is.
 *
 * Returns: (transfer full) (nullable): the address
 */
GUri *
dub_address_parse (const char  *text,
                   GError     **error)
{
  g_autoptr (GUri) uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri == NULL)
    {
      set_unreadable_error (text, error);
      return NULL;
    }
  return check_parts (uri, text, error) ? make_sendable (uri) : NULL;
}

/**
 * dub_address_follow:
 * @base: the address that redirects
 * @location: (nullable): where to, as it was given
 * @error: return location; %DUB_PUBLISH_ERROR_ADDRESS, %DUB_PUBLISH_ERROR_UNREACHABLE
 *
 * Reads the address of a redirect, by the rules of dub_address_parse(); never from https to http.
 *
 * Returns: (transfer full) (nullable): the address
 */
GUri *
dub_address_follow (GUri        *base,
                    const char  *location,
                    GError     **error)
{
  g_autoptr (GUri) uri = NULL;

  if (location != NULL)
    uri = g_uri_parse_relative (base, location, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL)
    {
      g_set_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_UNREACHABLE,
                   _("“%s” sends visitors on to an address that cannot be read. Use the video’s own address."),
                   g_uri_get_host (base));
      return NULL;
    }
  if (!check_parts (uri, location, error))
    return NULL;
  if (g_str_equal (g_uri_get_scheme (base), "https") && g_str_equal (g_uri_get_scheme (uri), "http"))
    {
      g_set_error (error, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_UNREACHABLE,
                   _("“%s” sends visitors on to an address that is not secure. Use the video’s own address."),
                   g_uri_get_host (base));
      return NULL;
    }
  return make_sendable (uri);
}

static gboolean
is_quote (const char *c)
{
  return g_utf8_strchr (QUOTES, -1, g_utf8_get_char (c)) != NULL;
}

static char *
trim (const char *word)
{
  const char *end = word + strlen (word);

  while (word < end && is_quote (word))
    word = g_utf8_next_char (word);
  while (end > word && is_quote (g_utf8_prev_char (end)))
    end = g_utf8_prev_char (end);
  return g_strndup (word, end - word);
}

static void
add_address (const char *word,
             GPtrArray  *addresses,
             GPtrArray  *refused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = dub_address_parse (word, &error);
  g_autofree char *address = NULL;

  if (uri == NULL)
    {
      g_ptr_array_add (refused, g_strdup (error->message));
      return;
    }

  address = g_uri_to_string (uri);
  if (!g_ptr_array_find_with_equal_func (addresses, address, g_str_equal, NULL))
    g_ptr_array_add (addresses, g_steal_pointer (&address));
}

/**
 * dub_address_parse_text:
 * @text: what was pasted
 * @refused: (out) (optional) (transfer full) (element-type utf8): a sentence for each thing that is no address
 *
 * Finds the addresses in a text: words that are divided by white space. Quotation marks, brackets and commas around them
 * are taken off; of an address given twice one is kept. An address with a user name or password in it is refused.
 *
 * Returns: (transfer full) (element-type utf8): the addresses, in the order given; may be empty
 */
GPtrArray *
dub_address_parse_text (const char  *text,
                        GPtrArray  **refused)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (const char *c = valid; *c != '\0';)
    {
      const char *end = c;
      g_autofree char *word = NULL;
      g_autofree char *trimmed = NULL;

      while (*end != '\0' && !g_unichar_isspace (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
      word = g_strndup (c, end - c);
      trimmed = trim (word);
      if (*trimmed != '\0')
        add_address (trimmed, addresses, others);
      c = *end != '\0' ? g_utf8_next_char (end) : end;
    }

  if (refused != NULL)
    *refused = g_steal_pointer (&others);
  return g_steal_pointer (&addresses);
}
