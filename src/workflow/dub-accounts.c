/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-accounts-private.h"

#include <glib/gi18n-lib.h>

#include "dub-account-private.h"
#include "dub-service-error.h"
#include "dub-workflow-error.h"

#define CURRENT_KEY "current-account"
#define STUDIO_ID "studio"

/**
 * DubAccounts:
 *
 * The accounts that are stored, each with its session; the built-in studio is the first. All on the main thread.
 */
struct _DubAccounts
{
  GObject parent_instance;

  DubStore *store;
  DubKeyring *keyring;
  DubStudioProcess *studio;
  GListStore *list;
  GHashTable *sessions; /* id → DubSession */
  DubAccount *current;
  guint interval_ms;
  gboolean loaded;
};

enum
{
  PROP_CURRENT = 1,
  N_PROPS,
};

enum
{
  SIGNAL_SESSION_RESUMED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DubAccounts, dub_accounts, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return DUB_TYPE_ACCOUNT;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (DUB_ACCOUNTS (model)->list));
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (DUB_ACCOUNTS (model)->list), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
dub_accounts_finalize (GObject *object)
{
  DubAccounts *self = DUB_ACCOUNTS (object);

  g_clear_object (&self->store);
  g_clear_object (&self->keyring);
  g_clear_object (&self->studio);
  g_clear_object (&self->list);
  g_clear_object (&self->current);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  G_OBJECT_CLASS (dub_accounts_parent_class)->finalize (object);
}

static void
dub_accounts_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  if (id == PROP_CURRENT)
    g_value_set_object (value, DUB_ACCOUNTS (object)->current);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dub_accounts_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  if (id == PROP_CURRENT)
    dub_accounts_set_current (DUB_ACCOUNTS (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dub_accounts_class_init (DubAccountsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = dub_accounts_finalize;
  object_class->get_property = dub_accounts_get_property;
  object_class->set_property = dub_accounts_set_property;
  properties[PROP_CURRENT] =
    g_param_spec_object ("current", NULL, NULL, DUB_TYPE_ACCOUNT,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_SESSION_RESUMED] = g_signal_new ("session-resumed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                                  NULL, NULL, G_TYPE_NONE, 1, DUB_TYPE_SESSION);
}

static void
dub_accounts_init (DubAccounts *self)
{
  self->list = g_list_store_new (DUB_TYPE_ACCOUNT);
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (g_list_model_items_changed), self, G_CONNECT_SWAPPED);
}

DubAccounts *
dub_accounts_new (DubStore         *store,
                  DubKeyring       *keyring,
                  DubStudioProcess *studio,
                  guint             interval_ms)
{
  DubAccounts *self = g_object_new (DUB_TYPE_ACCOUNTS, NULL);

  g_set_object (&self->store, store);
  g_set_object (&self->keyring, keyring);
  g_set_object (&self->studio, studio);
  self->interval_ms = interval_ms;
  return self;
}

DubSession *
dub_accounts_get_session (DubAccounts *self,
                          const char  *id)
{
  g_return_val_if_fail (DUB_IS_ACCOUNTS (self), NULL);
  return id != NULL ? g_hash_table_lookup (self->sessions, id) : NULL;
}

/**
 * dub_accounts_find:
 * @id: an account's id
 *
 * Returns: (transfer none) (nullable): the account
 */
DubAccount *
dub_accounts_find (DubAccounts *self,
                   const char  *id)
{
  DubSession *session = dub_accounts_get_session (self, id);

  return session != NULL ? dub_session_get_account (session) : NULL;
}

/**
 * dub_accounts_get_current:
 *
 * Returns: (transfer none) (nullable): the account that new dubs go to; %NULL before the accounts are read
 */
DubAccount *
dub_accounts_get_current (DubAccounts *self)
{
  g_return_val_if_fail (DUB_IS_ACCOUNTS (self), NULL);
  return self->current;
}

static void
make_current (DubAccounts *self,
              DubAccount  *account)
{
  if (g_set_object (&self->current, account))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

/**
 * dub_accounts_set_current:
 * @account: one of the list
 *
 * New dubs go to @account from now on; this is stored.
 */
void
dub_accounts_set_current (DubAccounts *self,
                          DubAccount  *account)
{
  g_return_if_fail (DUB_IS_ACCOUNTS (self) && DUB_IS_ACCOUNT (account));

  if (self->current == account)
    return;
  dub_store_put_setting_async (self->store, CURRENT_KEY, dub_account_get_id (account), NULL, NULL, NULL);
  make_current (self, account);
}

static void
on_session_resumed (DubSession  *session,
                    DubAccounts *self)
{
  g_signal_emit (self, signals[SIGNAL_SESSION_RESUMED], 0, session);
}

static DubAccount *
add (DubAccounts            *self,
     const DubAccountRecord *record)
{
  gboolean is_studio = record->kind == DUB_ACCOUNT_KIND_STUDIO;
  g_autoptr (DubAccount) account = NULL;
  g_autoptr (DubSession) session = NULL;

  account = dub_account_new (record->id, is_studio ? _("Built-in studio") : record->name, is_studio, record->base_url);
  session = dub_session_new (account, self->keyring, self->studio, self->interval_ms);
  g_signal_connect_object (session, "resumed", G_CALLBACK (on_session_resumed), self, 0);
  g_hash_table_insert (self->sessions, g_strdup (record->id), g_steal_pointer (&session));
  if (is_studio)
    g_list_store_insert (self->list, 0, account);
  else
    g_list_store_append (self->list, account);
  return account;
}

static void
take_away (DubAccounts *self,
           DubAccount  *account)
{
  g_autofree char *id = g_strdup (dub_account_get_id (account));
  DubAccount *studio = dub_accounts_find (self, STUDIO_ID);
  guint position;

  if (self->current == account && studio != NULL)
    dub_accounts_set_current (self, studio);
  if (g_list_store_find (self->list, account, &position))
    g_list_store_remove (self->list, position);
  g_hash_table_remove (self->sessions, id);
}

static gboolean
is_recorded (GPtrArray  *records,
             DubAccount *account)
{
  for (guint i = 0; i < records->len; i++)
    if (g_str_equal (((DubAccountRecord *) records->pdata[i])->id, dub_account_get_id (account)))
      return TRUE;
  return FALSE;
}

static void
merge (DubAccounts *self,
       GPtrArray   *records)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->list)); i > 0; i--)
    {
      g_autoptr (DubAccount) account = g_list_model_get_item (G_LIST_MODEL (self->list), i - 1);

      if (!is_recorded (records, account))
        take_away (self, account);
    }
  for (guint i = 0; i < records->len; i++)
    {
      DubSession *session = dub_accounts_get_session (self, ((DubAccountRecord *) records->pdata[i])->id);

      if (session == NULL)
        add (self, records->pdata[i]);
      else
        dub_session_look_again (session);
    }
}

static void
on_current_read (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubAccounts *self = g_task_get_source_object (task);
  g_autofree char *id = NULL;
  GError *error = NULL;
  DubAccount *account;

  id = dub_store_get_setting_finish (DUB_STORE (source), result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  account = dub_accounts_find (self, id);
  if (self->current == NULL)
    make_current (self, account != NULL ? account : dub_accounts_find (self, STUDIO_ID));
  g_task_return_boolean (task, TRUE);
}

static void
on_records_read (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubAccounts *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) records = NULL;
  GError *error = NULL;

  records = dub_store_list_accounts_finish (DUB_STORE (source), result, &error);
  if (records == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  merge (self, records);
  dub_store_get_setting_async (self->store, CURRENT_KEY, g_task_get_cancellable (task), on_current_read,
                               g_object_ref (task));
}

void
dub_accounts_load_async (DubAccounts         *self,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DUB_IS_ACCOUNTS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_accounts_load_async);
  dub_store_list_accounts_async (self->store, cancellable, on_records_read, task);
}

gboolean
dub_accounts_load_finish (DubAccounts   *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A token on its way: into a new account, or into one that is there. */
typedef struct
{
  DubAccountRecord *record; /* of a new account */
  DubAccount *account;      /* one that is there */
  char *token;
  DubServiceClient *client;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->record, dub_account_record_free);
  g_clear_object (&entry->account);
  g_clear_object (&entry->client);
  g_clear_pointer (&entry->token, dub_keyring_token_free);
  g_free (entry);
}

/* Stored before it is told: who opens the store then finds it so. */
static void
on_current_stored (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubAccounts *self = g_task_get_source_object (task);
  Entry *entry = g_task_get_task_data (task);
  DubAccount *account = dub_accounts_find (self, entry->record->id);

  /* Without it the account is there all the same, and chosen for now. */
  dub_store_put_setting_finish (DUB_STORE (source), result, NULL);
  if (account == NULL)
    {
      g_task_return_new_error_literal (task, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_ACCOUNT,
                                       _("The account was removed meanwhile."));
      return;
    }
  make_current (self, account);
  g_task_return_pointer (task, g_object_ref (account), g_object_unref);
}

static void
on_account_stored (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubAccounts *self = g_task_get_source_object (task);
  Entry *entry = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dub_store_put_account_finish (DUB_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (dub_accounts_find (self, entry->record->id) == NULL)
    add (self, entry->record);
  if (!dub_session_set_token (dub_accounts_get_session (self, entry->record->id), entry->token, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  dub_store_put_setting_async (self->store, CURRENT_KEY, entry->record->id, NULL, on_current_stored, g_object_ref (task));
}

static void
on_token_kept (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubAccounts *self = g_task_get_source_object (task);
  Entry *entry = g_task_get_task_data (task);
  DubSession *session;
  GError *error = NULL;

  if (!dub_keyring_store_finish (DUB_KEYRING (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (entry->record != NULL)
    {
      dub_store_put_account_async (self->store, entry->record, NULL, on_account_stored, g_steal_pointer (&task));
      return;
    }
  session = dub_accounts_get_session (self, dub_account_get_id (entry->account));
  if (session != NULL && !dub_session_set_token (session, entry->token, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_token_checked (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubAccounts *self = g_task_get_source_object (task);
  Entry *entry = g_task_get_task_data (task);
  g_autofree char *name = NULL;
  GError *error = NULL;
  const char *id;

  name = dub_service_client_check_finish (DUB_SERVICE_CLIENT (source), result, NULL, &error);
  if (name == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (entry->record != NULL && entry->record->name == NULL)
    entry->record->name = g_strdup (*name != '\0' ? name : _("Service account"));

  id = entry->record != NULL ? entry->record->id : dub_account_get_id (entry->account);
  dub_keyring_store_async (self->keyring, id,
                           entry->record != NULL ? entry->record->name : dub_account_get_name (entry->account), entry->token,
                           g_task_get_cancellable (task), on_token_kept, g_object_ref (task));
}

static void
check_token (DubAccounts *self,
             GTask       *task,
             const char  *base_url)
{
  Entry *entry = g_task_get_task_data (task);
  g_autoptr (DubRateLimiter) limiter = dub_rate_limiter_new (self->interval_ms);
  GError *error = NULL;

  entry->client = dub_service_client_new (base_url, limiter);
  if (!dub_service_client_set_token (entry->client, entry->token, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  dub_service_client_check_async (entry->client, g_task_get_cancellable (task), on_token_checked, g_object_ref (task));
}

/**
 * dub_accounts_add_service_async:
 * @name: (nullable): a name of the person's own
 * @token: the access token
 * @base_url: (nullable): where the service is; %NULL for its own address
 *
 * Asks the service whether @token is good, keeps it in the keyring and nowhere else, then stores the account and makes it
 * the current one. Errors: #DubServiceError, #DubStoreError.
 */
void
dub_accounts_add_service_async (DubAccounts         *self,
                                const char          *name,
                                const char          *token,
                                const char          *base_url,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Entry *entry;

  g_return_if_fail (DUB_IS_ACCOUNTS (self) && token != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_accounts_add_service_async);
  entry = g_new0 (Entry, 1);
  g_task_set_task_data (task, entry, entry_free);
  entry->token = g_strdup (token);
  entry->record = dub_account_record_new ();
  entry->record->id = g_uuid_string_random ();
  entry->record->kind = DUB_ACCOUNT_KIND_SERVICE;
  entry->record->name = name != NULL && *name != '\0' ? g_strdup (name) : NULL;
  entry->record->base_url = g_strdup (base_url != NULL && *base_url != '\0' ? base_url : DUB_SERVICE_BASE_URL);
  entry->record->created = g_get_real_time () / 1000;
  check_token (self, task, entry->record->base_url);
}

/**
 * dub_accounts_add_service_finish:
 *
 * Returns: (transfer none) (nullable): the new account
 */
DubAccount *
dub_accounts_add_service_finish (DubAccounts   *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_autoptr (DubAccount) account = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  account = g_task_propagate_pointer (G_TASK (result), error);
  /* The list holds it. */
  return account;
}

/**
 * dub_accounts_replace_token_async:
 * @account: an account of the service
 * @token: its new access token
 *
 * Like dub_accounts_add_service_async() for an account that is there; its queue goes on by itself.
 */
void
dub_accounts_replace_token_async (DubAccounts         *self,
                                  DubAccount          *account,
                                  const char          *token,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Entry *entry;

  g_return_if_fail (DUB_IS_ACCOUNTS (self) && DUB_IS_ACCOUNT (account) && token != NULL);
  g_return_if_fail (!dub_account_is_studio (account));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_accounts_replace_token_async);
  entry = g_new0 (Entry, 1);
  g_task_set_task_data (task, entry, entry_free);
  entry->token = g_strdup (token);
  entry->account = g_object_ref (account);
  check_token (self, task, dub_account_get_base_url (account));
}

gboolean
dub_accounts_replace_token_finish (DubAccounts   *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_token_cleared (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubAccounts *self = g_task_get_source_object (task);
  DubAccount *account = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean cleared = dub_keyring_clear_finish (DUB_KEYRING (source), result, &error);

  take_away (self, account);
  /* The account is gone all the same; the person is told of the token that stayed behind. */
  if (cleared)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_account_removed (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubAccounts *self = g_task_get_source_object (task);
  DubAccount *account = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dub_store_remove_account_finish (DUB_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  dub_keyring_clear_async (self->keyring, dub_account_get_id (account), NULL, on_token_cleared, g_steal_pointer (&task));
}

/**
 * dub_accounts_remove_async:
 * @account: an account of the service without dubs under way
 *
 * Removes the account, then its token from the keyring. Its finished dubs stay in the queue's list.
 */
void
dub_accounts_remove_async (DubAccounts         *self,
                           DubAccount          *account,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DUB_IS_ACCOUNTS (self) && DUB_IS_ACCOUNT (account));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_accounts_remove_async);
  if (dub_account_is_studio (account))
    {
      g_task_return_new_error_literal (task, DUB_WORKFLOW_ERROR, DUB_WORKFLOW_ERROR_NOT_NOW,
                                       _("The built-in studio is a part of Dubroom and cannot be removed."));
      return;
    }
  g_task_set_task_data (task, g_object_ref (account), g_object_unref);
  dub_store_remove_account_async (self->store, dub_account_get_id (account), cancellable, on_account_removed,
                                  g_steal_pointer (&task));
}

gboolean
dub_accounts_remove_finish (DubAccounts   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
