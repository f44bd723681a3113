/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-account.h"
#include "dub-keyring.h"
#include "dub-publisher.h"
#include "dub-service-client.h"
#include "dub-studio-process.h"

G_BEGIN_DECLS

#define DUB_TYPE_SESSION (dub_session_get_type ())
G_DECLARE_FINAL_TYPE (DubSession, dub_session, DUB, SESSION, GObject)

/* An account at work: its client, limiter, publisher, and the token from the keyring or from the studio's process. It keeps the
 * account's status. Signal "resumed": after it rested, there is a new token, or the studio has to be started again. */
DubSession       *dub_session_new            (DubAccount       *account,
                                              DubKeyring       *keyring,
                                              DubStudioProcess *studio,
                                              DubRateLimiter   *limiter,
                                              DubLog           *log);
DubAccount       *dub_session_get_account    (DubSession       *self);
DubPublisher     *dub_session_get_publisher  (DubSession       *self);
/* NULL until it is prepared. */
DubServiceClient *dub_session_get_client     (DubSession       *self);
/* The directory that the studio's dubs lie in; NULL for an account of the service. */
GFile            *dub_session_get_local_root (DubSession       *self);

/* Whether it is on this machine, and can be reached without a network. */
gboolean          dub_session_is_local       (DubSession       *self);

void              dub_session_prepare_async  (DubSession           *self,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean          dub_session_prepare_finish (DubSession           *self,
                                              GAsyncResult         *result,
                                              GError              **error);
gboolean          dub_session_set_token      (DubSession           *self,
                                              const char           *token,
                                              GError              **error);
/* After it rested: the person believes that it may go on. "resumed", or its status, tells. */
void              dub_session_try_again      (DubSession           *self);
/* Another process may have put a new token into the keyring. */
void              dub_session_look_again     (DubSession           *self);

/* What a request, or the store, has shown. An error that says nothing of the account (of an item, of the person's cancelling)
 * changes nothing. */
void              dub_session_succeeded      (DubSession           *self);
void              dub_session_stored         (DubSession           *self);
void              dub_session_failed         (DubSession           *self,
                                              const GError         *error);
/* No request is to be made until "resumed". */
gboolean          dub_session_is_resting     (DubSession           *self);
/* Whether an address in an answer may be fetched and played. */
gboolean          dub_session_trusts         (DubSession           *self,
                                              const char           *url);

G_END_DECLS
