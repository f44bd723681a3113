/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-rehearser.h"
#include "dub-studio-exchange.h"
#include "dub-studio-server.h"

G_BEGIN_DECLS

struct _DubStudioServer
{
  GObject parent_instance;

  /* owned */
  DubStudioTools tools;
  DubStudioQueue *queue;
  DubRehearser *rehearser;
  SoupServer *soup;
  GCancellable *cancellable;
  DubStudioGate gate;

  guint qps;
  guint port;
};

/* The answers that the service does not have. They take the exchange. */
void dub_studio_answer_cancel (DubStudioExchange *exchange,
                               GHashTable        *query);
void dub_studio_answer_rehearse (DubStudioExchange *exchange,
                                 GHashTable        *query);
void dub_studio_answer_test_engine (DubStudioExchange *exchange,
                                    GHashTable        *query);

G_END_DECLS
