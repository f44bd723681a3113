/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>
#include "dub-engine-choice.h"

G_BEGIN_DECLS

/**
 * DubHttpPeer:
 * @choice: how the engine is reached
 * @key: (nullable): what its server wants to see; NULL: nothing
 * @bearer: whether the key goes with each request as `Authorization: Bearer …`. LibreTranslate and apertium-apy want it
 *   as a field of the body, which is then up to whoever makes that
 * @name: host and port, as people are told them
 * @base: the address, with a slash at its end
 * @context: its requests are sent on; nobody else iterates it
 * @first_rest_ms: how long it is left alone before a request is repeated; twice as long each time
 *
 * A server that has an engine. For one thread.
 */
typedef struct
{
  DubEngineChoice *choice;
  char            *key;
  gboolean         bearer;
  char            *name;
  char            *base;
  GMainContext    *context;
  SoupSession     *session;
  guint            first_rest_ms;
} DubHttpPeer;

/* (transfer full): @ignored_suffix (nullable): what an address may end in though the convention's path begins with it. */
DubHttpPeer *dub_http_peer_new      (const DubEngineChoice *choice,
                                     const char            *key,
                                     gboolean               bearer,
                                     const char            *ignored_suffix);
void         dub_http_peer_free     (DubHttpPeer           *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubHttpPeer, dub_http_peer_free)

/* Whether the key may go where the address leads. Blocks. */
gboolean     dub_http_peer_check_key     (DubHttpPeer      *self,
                                     GError               **error);
/* FALSE: what came is not what the convention says; @fault (in English) says where. */
gboolean     dub_http_peer_misunderstand (DubHttpPeer      *self,
                                     const char            *fault,
                                     GError               **error);

G_END_DECLS
