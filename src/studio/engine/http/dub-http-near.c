/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-http-near.h"

/* Unique local addresses, fc00::/7 (RFC 4193). GIO counts only site-local ones, their predecessors. */
static gboolean
is_unique_local (GInetAddress *address)
{
  return g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
         (g_inet_address_to_bytes (address)[0] & 0xfe) == 0xfc;
}

/**
 * dub_http_near_is_private:
 * @address: an address
 *
 * Loopback, link-local, and what RFC 1918 and RFC 4193 keep for private networks.
 *
 * Returns: whether nobody between here and there is a stranger
 */
gboolean
dub_http_near_is_private (GInetAddress *address)
{
  return g_inet_address_get_is_loopback (address) || g_inet_address_get_is_link_local (address) ||
         g_inet_address_get_is_site_local (address) || is_unique_local (address);
}

/**
 * dub_http_near_check_host:
 * @host: a name, or the letters of an address
 * @error: return location for what the resolver says
 *
 * Returns: whether all that @host stands for is private; %FALSE without an error where it is not
 */
gboolean
dub_http_near_check_host (const char *host, GError **error)
{
  g_autoptr (GInetAddress) literal = g_inet_address_new_from_string (host);
  g_autoptr (GResolver) resolver = NULL;
  GList *addresses;
  gboolean is_near = TRUE;

  if (literal != NULL)
    return dub_http_near_is_private (literal);

  resolver = g_resolver_get_default ();
  addresses = g_resolver_lookup_by_name (resolver, host, NULL, error);
  if (addresses == NULL)
    return FALSE;
  for (GList *l = addresses; l != NULL; l = l->next)
    is_near &= dub_http_near_is_private (l->data);
  g_resolver_free_addresses (addresses);
  return is_near;
}
