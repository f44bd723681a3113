/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-accounts-private.h"
#include "dub-queue.h"
#include "dub-studio-engines.h"

G_BEGIN_DECLS

struct _DubStudioEngines
{
  GObject parent_instance;

  char *studio_dir;
  DubKeyring *keyring;
  DubAccounts *accounts;
  DubQueue *queue;
  DubEngineSettings *settings;
  char *problem; /* NULL: what is stored can be used */
  GMutex file;   /* one thread at a time reads and writes it */
};

DubStudioEngines *dub_studio_engines_new         (const char          *studio_dir,
                                                  DubKeyring          *keyring,
                                                  DubAccounts         *accounts,
                                                  DubQueue            *queue);

/* dub-studio-engines-key.c */
/* @key NULL: nothing is to be done. */
void              dub_studio_engines_keep_async  (DubStudioEngines      *self,
                                                  const DubEngineChoice *choice,
                                                  const char            *key,
                                                  GCancellable          *cancellable,
                                                  GAsyncReadyCallback    callback,
                                                  gpointer               user_data);
gboolean          dub_studio_engines_keep_finish (DubStudioEngines      *self,
                                                  GAsyncResult          *result,
                                                  GError               **error);

G_END_DECLS
