/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-rate-limiter.h"

G_BEGIN_DECLS

/**
 * DubStudioGate:
 *
 * Who may pass, and how often: the token of this start and the limit of each endpoint.
 */
typedef struct
{
  char  *token;
  guint  qps;
  gint64 next[DUB_N_ENDPOINTS];
} DubStudioGate;

gboolean dub_studio_gate_init  (DubStudioGate *self,
                                guint          qps,
                                GError       **error);
void     dub_studio_gate_clear (DubStudioGate *self);
gboolean dub_studio_gate_knows (DubStudioGate *self,
                                const char    *token);
/* @now: microseconds of the monotonic clock */
gboolean dub_studio_gate_count (DubStudioGate *self,
                                DubEndpoint    endpoint,
                                gint64         now);

G_END_DECLS
