/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-session.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dub-account-private.h"
#include "dub-direct-publisher.h"
#include "dub-service-error.h"
#include "dub-store.h"
#include "dub-trust.h"
#include "dub-workflow-error.h"
#include "dub-workflow-log.h"

#define MAX_URL_BYTES 8192

/**
 * DubSession:
 *
 * An account at work. All on the main thread.
 */
struct _DubSession
{
  GObject parent_instance;

  DubAccount *account;
  DubKeyring *keyring;
  DubStudioProcess *studio; /* NULL for an account of the service */
  DubPublisher *publisher;
  DubRateLimiter *limiter;
  DubLog *log; /* NULL: there is none */
  DubServiceClient *client; /* with its token; NULL before */
  char *token;              /* the last one of an account of the service, good or not */
  GCancellable *looking;
  gboolean refused; /* by the service: only another token, or the person's wish, ends the rest */
};

enum
{
  SIGNAL_RESUMED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DubSession, dub_session, G_TYPE_OBJECT)

static void
dub_session_dispose (GObject *object)
{
  g_cancellable_cancel (DUB_SESSION (object)->looking);
  G_OBJECT_CLASS (dub_session_parent_class)->dispose (object);
}

static void
dub_session_finalize (GObject *object)
{
  DubSession *self = DUB_SESSION (object);

  g_clear_pointer (&self->token, dub_keyring_token_free);
  g_clear_object (&self->looking);

  g_clear_object (&self->account);
  g_clear_object (&self->keyring);
  g_clear_object (&self->studio);
  g_clear_object (&self->publisher);
  g_clear_object (&self->limiter);
  g_clear_object (&self->log);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (dub_session_parent_class)->finalize (object);
}

static void
dub_session_class_init (DubSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dub_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = dub_session_finalize;
  signals[SIGNAL_RESUMED] = g_signal_new ("resumed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static void
dub_session_init (DubSession *self)
{
  self->looking = g_cancellable_new ();
}

static void
on_studio_stopped (DubSession *self)
{
  g_clear_object (&self->client);
  dub_account_set_status (self->account, DUB_ACCOUNT_STATUS_UNREACHABLE,
                          _("The built-in studio has stopped. It is started again by itself; your dubs are safe."));
  g_signal_emit (self, signals[SIGNAL_RESUMED], 0);
}

static void
on_status (DubSession *self)
{
  dub_workflow_log_account (self->log, self->account);
}

DubSession *
dub_session_new (DubAccount       *account,
                 DubKeyring       *keyring,
                 DubStudioProcess *studio,
                 DubRateLimiter   *limiter,
                 DubLog           *log)
{
  DubSession *self;
  gboolean is_studio;

  g_return_val_if_fail (DUB_IS_ACCOUNT (account), NULL);

  self = g_object_new (DUB_TYPE_SESSION, NULL);
  is_studio = dub_account_is_studio (account);
  self->account = g_object_ref (account);
  g_set_object (&self->keyring, keyring);
  g_set_object (&self->log, log);
  g_signal_connect_object (account, "notify::status", G_CALLBACK (on_status), self, G_CONNECT_SWAPPED);
  self->publisher = dub_direct_publisher_new (is_studio);
  self->limiter = g_object_ref (limiter);
  if (is_studio && g_set_object (&self->studio, studio))
    g_signal_connect_object (studio, "stopped", G_CALLBACK (on_studio_stopped), self, G_CONNECT_SWAPPED);
  return self;
}

DubAccount *
dub_session_get_account (DubSession *self)
{
  g_return_val_if_fail (DUB_IS_SESSION (self), NULL);
  return self->account;
}

DubPublisher *
dub_session_get_publisher (DubSession *self)
{
  g_return_val_if_fail (DUB_IS_SESSION (self), NULL);
  return self->publisher;
}

DubServiceClient *
dub_session_get_client (DubSession *self)
{
  g_return_val_if_fail (DUB_IS_SESSION (self), NULL);
  return self->client;
}

GFile *
dub_session_get_local_root (DubSession *self)
{
  g_return_val_if_fail (DUB_IS_SESSION (self), NULL);
  return self->studio != NULL ? dub_studio_process_get_directory (self->studio) : NULL;
}

static gboolean
take_client (DubSession  *self,
             const char  *base_url,
             const char  *token,
             GError     **error)
{
  g_autoptr (DubServiceClient) client = dub_service_client_new (base_url, self->limiter);

  g_object_set (client, "is-studio", self->studio != NULL, "log", self->log, NULL);
  if (self->studio == NULL)
    {
      g_clear_pointer (&self->token, dub_keyring_token_free);
      self->token = g_strdup (token);
    }
  if (!dub_service_client_set_token (client, token, error))
    return FALSE;
  g_set_object (&self->client, client);
  return TRUE;
}

static void
finish_prepare (DubSession *self,
                GTask      *task,
                GError     *error)
{
  if (error == NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dub_session_failed (self, error);
  g_task_return_error (task, error);
}

static void
on_studio_runs (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubSession *self = g_task_get_source_object (task);
  g_autofree char *base_url = NULL;
  g_autofree char *token = NULL;
  GError *error = NULL;

  if (dub_studio_process_ensure_finish (DUB_STUDIO_PROCESS (source), result, &base_url, &token, &error) &&
      (self->client == NULL || g_strcmp0 (dub_service_client_get_base_url (self->client), base_url) != 0) &&
      take_client (self, base_url, token, &error))
    dub_account_set_status (self->account, DUB_ACCOUNT_STATUS_READY, NULL);
  finish_prepare (self, task, error);
}

static void
wake (DubSession       *self,
      DubAccountStatus  status)
{
  self->refused = FALSE;
  dub_account_set_status (self->account, status, NULL);
  g_signal_emit (self, signals[SIGNAL_RESUMED], 0);
}

static void
on_token (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  char *token = dub_keyring_lookup_finish (DUB_KEYRING (source), result, &error);

  if (token == NULL && error == NULL)
    error = g_error_new (DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_ACCOUNT,
                         _("There is no access token for “%s” on this computer. Paste it in the preferences; the dubs that wait go on then."),
                         dub_account_get_name (self->account));
  if (error == NULL && take_client (self, dub_account_get_base_url (self->account), token, &error) &&
      dub_session_is_resting (self) && !self->refused)
    wake (self, DUB_ACCOUNT_STATUS_READY);
  g_clear_pointer (&token, dub_keyring_token_free);
  finish_prepare (self, task, error);
}

void
dub_session_prepare_async (DubSession          *self,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DUB_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_session_prepare_async);
  if (self->client != NULL)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (dub_account_get_status (self->account) == DUB_ACCOUNT_STATUS_UNKNOWN)
    dub_account_set_status (self->account, DUB_ACCOUNT_STATUS_STARTING, NULL);
  if (self->studio != NULL)
    dub_studio_process_ensure_async (self->studio, cancellable, on_studio_runs, g_steal_pointer (&task));
  else
    dub_keyring_lookup_async (self->keyring, dub_account_get_id (self->account), cancellable, on_token,
                              g_steal_pointer (&task));
}

gboolean
dub_session_prepare_finish (DubSession    *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
dub_session_set_token (DubSession  *self,
                       const char  *token,
                       GError     **error)
{
  g_return_val_if_fail (DUB_IS_SESSION (self), FALSE);

  if (!take_client (self, dub_account_get_base_url (self->account), token, error))
    return FALSE;
  wake (self, DUB_ACCOUNT_STATUS_READY);
  return TRUE;
}

static void
on_looked_again (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (DubSession) self = user_data;
  char *token = dub_keyring_lookup_finish (DUB_KEYRING (source), result, NULL);

  /* The same one would be refused again. */
  if (token != NULL && g_strcmp0 (token, self->token) != 0 && dub_session_is_resting (self))
    dub_session_set_token (self, token, NULL);
  g_clear_pointer (&token, dub_keyring_token_free);
}

static void
on_checked_again (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (DubSession) self = user_data;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  name = dub_service_client_check_finish (DUB_SERVICE_CLIENT (source), result, NULL, &error);
  /* There is another token meanwhile. */
  if (self->client != DUB_SERVICE_CLIENT (source) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (name != NULL)
    {
      wake (self, DUB_ACCOUNT_STATUS_READY);
      return;
    }
  dub_session_failed (self, error);
  g_signal_emit (self, signals[SIGNAL_RESUMED], 0);
}

static void
on_prepared_again (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (DubSession) self = user_data;

  /* Where that failed, the status says so. */
  if (dub_session_prepare_finish (self, result, NULL) && self->client != NULL)
    dub_service_client_check_async (self->client, self->looking, on_checked_again, g_object_ref (self));
}

void
dub_session_try_again (DubSession *self)
{
  g_return_if_fail (DUB_IS_SESSION (self));

  if (!dub_session_is_resting (self))
    return;
  self->refused = FALSE;
  dub_account_set_status (self->account, DUB_ACCOUNT_STATUS_STARTING, NULL);
  /* The keyring is asked too: there may be another token by now. */
  g_clear_object (&self->client);
  dub_session_prepare_async (self, self->looking, on_prepared_again, g_object_ref (self));
}

void
dub_session_look_again (DubSession *self)
{
  g_return_if_fail (DUB_IS_SESSION (self));

  if (self->studio == NULL && dub_session_is_resting (self))
    dub_keyring_lookup_async (self->keyring, dub_account_get_id (self->account), self->looking, on_looked_again,
                              g_object_ref (self));
}

void
dub_session_succeeded (DubSession *self)
{
  g_return_if_fail (DUB_IS_SESSION (self));

  /* One endpoint may be permitted while another one is not: only a new token ends the rest. Of the store an answer tells
   * nothing. */
  if (!dub_session_is_resting (self) && dub_account_get_status (self->account) != DUB_ACCOUNT_STATUS_HELD_UP)
    dub_account_set_status (self->account, DUB_ACCOUNT_STATUS_READY, NULL);
}

void
dub_session_stored (DubSession *self)
{
  g_return_if_fail (DUB_IS_SESSION (self));

  if (dub_account_get_status (self->account) == DUB_ACCOUNT_STATUS_HELD_UP)
    dub_account_set_status (self->account, DUB_ACCOUNT_STATUS_READY, NULL);
}

/* What is wrong with a single dub is not said of the account. */
static gboolean
is_of_the_store (const GError *error)
{
  return error->domain == DUB_STORE_ERROR && error->code != DUB_STORE_ERROR_NO_CONSENT &&
         error->code != DUB_STORE_ERROR_CONFLICT && error->code != DUB_STORE_ERROR_NOT_FOUND &&
         error->code != DUB_STORE_ERROR_LEASE;
}

static gboolean
status_of_error (const GError     *error,
                 DubAccountStatus *status)
{
  if (error->domain == DUB_WORKFLOW_ERROR && error->code == DUB_WORKFLOW_ERROR_ACCOUNT)
    *status = DUB_ACCOUNT_STATUS_NEEDS_TOKEN;
  else if (error->domain == DUB_WORKFLOW_ERROR && error->code == DUB_WORKFLOW_ERROR_STUDIO)
    *status = DUB_ACCOUNT_STATUS_UNREACHABLE;
  else if (is_of_the_store (error))
    *status = DUB_ACCOUNT_STATUS_HELD_UP;
  else if (error->domain != DUB_SERVICE_ERROR)
    return FALSE;
  else if (error->code == DUB_SERVICE_ERROR_TOKEN || error->code == DUB_SERVICE_ERROR_NO_TOKEN)
    *status = DUB_ACCOUNT_STATUS_NEEDS_TOKEN;
  else if (error->code == DUB_SERVICE_ERROR_KEYRING || error->code == DUB_SERVICE_ERROR_NO_KEYRING)
    *status = DUB_ACCOUNT_STATUS_LOCKED;
  else if (error->code == DUB_SERVICE_ERROR_PERMISSION)
    *status = DUB_ACCOUNT_STATUS_NO_PERMISSION;
  else if (error->code == DUB_SERVICE_ERROR_PARAMETERS || error->code == DUB_SERVICE_ERROR_RATE_LIMITED ||
           error->code == DUB_SERVICE_ERROR_UNKNOWN_CODE)
    return FALSE;
  else
    *status = DUB_ACCOUNT_STATUS_UNREACHABLE;
  return TRUE;
}

void
dub_session_failed (DubSession   *self,
                    const GError *error)
{
  DubAccountStatus status;

  g_return_if_fail (DUB_IS_SESSION (self) && error != NULL);

  if (!status_of_error (error, &status))
    return;
  /* The studio makes its token anew at each start: an old one is no fault of the account. */
  if (self->studio != NULL && status != DUB_ACCOUNT_STATUS_HELD_UP)
    {
      status = DUB_ACCOUNT_STATUS_UNREACHABLE;
      g_clear_object (&self->client);
    }
  if (error->domain == DUB_SERVICE_ERROR &&
      (error->code == DUB_SERVICE_ERROR_TOKEN || error->code == DUB_SERVICE_ERROR_PERMISSION))
    self->refused = TRUE;
  if (!dub_session_is_resting (self) || dub_account_status_is_rest (status))
    dub_account_set_status (self->account, status, error->message);
}

gboolean
dub_session_is_resting (DubSession *self)
{
  g_return_val_if_fail (DUB_IS_SESSION (self), FALSE);

  return dub_account_is_resting (self->account);
}

static gboolean
base_is_loopback (DubSession *self)
{
  const char *base = dub_account_get_base_url (self->account);
  g_autoptr (GUri) uri = base != NULL ? g_uri_parse (base, G_URI_FLAGS_NONE, NULL) : NULL;

  return uri != NULL && dub_trust_is_local (uri);
}

gboolean
dub_session_is_local (DubSession *self)
{
  g_return_val_if_fail (DUB_IS_SESSION (self), FALSE);
  return self->studio != NULL || base_is_loopback (self);
}

gboolean
dub_session_trusts (DubSession *self,
                    const char *url)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme;
  const char *host;

  g_return_val_if_fail (DUB_IS_SESSION (self), FALSE);

  if (url == NULL || strlen (url) > MAX_URL_BYTES)
    return FALSE;
  uri = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL || g_uri_get_userinfo (uri) != NULL)
    return FALSE;

  scheme = g_uri_get_scheme (uri);
  host = g_uri_get_host (uri);
  if (g_strcmp0 (scheme, "file") == 0)
    {
      g_autoptr (GFile) file = g_file_new_for_uri (url);
      g_autofree char *path = self->studio != NULL ? dub_trust_resolve_below (file, dub_session_get_local_root (self)) : NULL;

      return path != NULL;
    }
  if (host == NULL || *host == '\0')
    return FALSE;
  if (g_strcmp0 (scheme, "https") == 0)
    return TRUE;
  return g_strcmp0 (scheme, "http") == 0 && dub_trust_is_local (uri) && dub_session_is_local (self);
}
