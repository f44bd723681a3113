/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-studio-exchange.h"
#include "dub-studio-server.h"

G_BEGIN_DECLS

struct _DubStudioServer
{
  GObject parent_instance;

  /* owned */
  DubStudioStore *store;
  DubStudioQueue *queue;
  DubJobRunner *runner;
  SoupServer *soup;
  GCancellable *cancellable;
  DubStudioGate gate;

  guint qps;
  guint port;
};

/* The answers that the service does not have. They take the exchange. */
void dub_studio_answer_cancel (DubStudioExchange *exchange,
                               GHashTable        *query);

G_END_DECLS
