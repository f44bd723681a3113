/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-gate.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#define TOKEN_BYTES 32

/* Who sends one request a second by an own clock must not be refused for the jitter of the way. */
#define TOLERANCE_US (50 * 1000)

static gboolean
fill_with_chance (guint8  *bytes,
                  gsize    size,
                  GError **error)
{
  int fault;

  if (getrandom (bytes, size, 0) == (gssize) size)
    return TRUE;
  fault = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (fault), "no random numbers: %s", g_strerror (fault));
  return FALSE;
}

/**
 * dub_studio_gate_init:
 * @self: a gate without values
 * @qps: requests a second for each endpoint, 0 for no limit
 * @error: return location; #GIOErrorEnum
 *
 * Makes a token of 32 random bytes, as hexadecimal digits.
 *
 * Returns: whether there is a token
 */
gboolean
dub_studio_gate_init (DubStudioGate *self,
                      guint          qps,
                      GError       **error)
{
  guint8 bytes[TOKEN_BYTES];
  g_autoptr (GString) token = g_string_sized_new (2 * TOKEN_BYTES);

  memset (self, 0, sizeof *self);
  self->qps = qps;
  if (!fill_with_chance (bytes, sizeof bytes, error))
    return FALSE;
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (token, "%02x", bytes[i]);
  self->token = g_string_free_and_steal (g_steal_pointer (&token));
  return TRUE;
}

/**
 * dub_studio_gate_clear:
 * @self: a gate
 *
 * Frees what the gate holds.
 */
void
dub_studio_gate_clear (DubStudioGate *self)
{
  g_clear_pointer (&self->token, g_free);
}

/**
 * dub_studio_gate_knows:
 * @self: a gate
 * @token: (nullable): what was sent
 *
 * Compares in a time that does not tell how much of it was right.
 *
 * Returns: whether it is the token
 */
gboolean
dub_studio_gate_knows (DubStudioGate *self,
                       const char    *token)
{
  guint8 difference = 0;

  if (self->token == NULL || token == NULL || strlen (token) != strlen (self->token))
    return FALSE;
  for (gsize i = 0; self->token[i] != '\0'; i++)
    difference |= (guint8) (self->token[i] ^ token[i]);
  return difference == 0;
}

/**
 * dub_studio_gate_count:
 * @self: a gate
 * @endpoint: what is asked for
 * @now: microseconds of the monotonic clock
 *
 * Counts a request (service documentation: requests a second for each endpoint). A refused one does not count.
 *
 * Returns: whether it may pass
 */
gboolean
dub_studio_gate_count (DubStudioGate *self,
                       DubEndpoint    endpoint,
                       gint64         now)
{
  if (self->qps == 0)
    return TRUE;
  if (now + TOLERANCE_US < self->next[endpoint])
    return FALSE;
  self->next[endpoint] = MAX (now, self->next[endpoint]) + G_USEC_PER_SEC / self->qps;
  return TRUE;
}
