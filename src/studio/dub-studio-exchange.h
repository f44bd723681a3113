/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>
#include "dub-studio-gate.h"

G_BEGIN_DECLS

/* Service documentation, return codes. */
#define DUB_STUDIO_CODE_RATE_LIMITED 40100
#define DUB_STUDIO_CODE_TOKEN        40105
#define DUB_STUDIO_CODE_PARAMETERS   40002
#define DUB_STUDIO_CODE_SERVER       50000

#define DUB_STUDIO_MAX_BODY (1024 * 1024)

/* One request on its way to its answer, which ends it. */
typedef struct
{
  GObject           *server; /* a DubStudioServer */
  SoupServerMessage *message;
  char              *request_id;
  GStrv              strings;    /* what an answer needs later */
  gboolean           paused;
} DubStudioExchange;

/* To be called for each message when its headers are there: its body is kept as far as the cap. */
void               dub_studio_exchange_keep_body (SoupServerMessage *message);
DubStudioExchange *dub_studio_exchange_new       (gpointer           server,
                                                  SoupServerMessage *message);
void               dub_studio_exchange_pause     (DubStudioExchange *self);
/* (transfer full) (nullable): the JSON that was sent. NULL: it is none, the exchange is refused and gone. */
GBytes            *dub_studio_exchange_take_body (DubStudioExchange *self);
/* @json: (transfer full). The exchange is gone after it, and after dub_studio_exchange_refuse(). */
void               dub_studio_exchange_answer    (DubStudioExchange *self,
                                                  char              *json);
void               dub_studio_exchange_refuse    (DubStudioExchange *self,
                                                  gint64             code,
                                                  const char        *message);

G_END_DECLS
