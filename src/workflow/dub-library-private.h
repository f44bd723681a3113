/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-catalogue.h"
#include "dub-library.h"
#include "dub-queue-private.h"

G_BEGIN_DECLS

struct _DubLibrary
{
  GObject parent_instance;

  DubAccounts *accounts;
  DubQueue *queue;
  DubCatalogue *catalogue;
  GListStore *items;
  GCancellable *stop;
  GQueue waiters; /* GTask of refresh */
  char *reading_id; /* the account that is being read */
  char *error;
  gboolean loading;
  gboolean loaded;
  gboolean again; /* something has changed while it was read */
  gboolean started;
  gint64 read_at; /* monotonic µs */
  guint later;    /* timer: it is read again */
};

DubLibrary *dub_library_new   (DubStore    *store,
                               DubAccounts *accounts,
                               DubQueue    *queue);
/* From now on it is read by itself. */
void        dub_library_start (DubLibrary  *self);
void        dub_library_stop  (DubLibrary  *self);

G_END_DECLS
