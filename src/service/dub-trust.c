/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-trust.h"

#include <stdlib.h>

/**
 * dub_trust_is_local:
 * @uri: an address
 *
 * Whether the host is this machine by the letter: 127.0.0.0/8, ::1 or localhost. A name that merely resolves to it
 * does not count, since who answers for the name can change. Any thread.
 *
 * Returns: whether it is
 */
gboolean
dub_trust_is_local (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autoptr (GInetAddress) address = NULL;

  if (host == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;
  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

/**
 * dub_trust_is_secure:
 * @uri: an address
 *
 * Whether something private may be sent to @uri: by https, or by http to this machine. Any thread.
 *
 * Returns: whether it may
 */
gboolean
dub_trust_is_secure (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  if (host == NULL || *host == '\0')
    return FALSE;
  if (g_str_equal (g_uri_get_scheme (uri), "https"))
    return TRUE;
  return g_str_equal (g_uri_get_scheme (uri), "http") && dub_trust_is_local (uri);
}

/**
 * dub_trust_resolve_below:
 * @file: a file of this computer
 * @root: a folder
 *
 * By the file system's own word, so that neither ".." nor a link leads out. It blocks. Any thread.
 *
 * Returns: (transfer full) (nullable): the real path of @file, which is there, below @root
 */
char *
dub_trust_resolve_below (GFile *file,
                         GFile *root)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *real_root = realpath (g_file_peek_path (root), NULL);
  g_autofree char *real_path = path != NULL ? realpath (path, NULL) : NULL;
  g_autofree char *prefix = real_root != NULL ? g_strconcat (real_root, "/", NULL) : NULL;

  if (prefix == NULL || real_path == NULL || !g_str_has_prefix (real_path, prefix))
    return NULL;
  return g_steal_pointer (&real_path);
}
