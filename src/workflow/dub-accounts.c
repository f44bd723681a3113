/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-accounts-private.h"

#include <glib/gi18n-lib.h>

#include "dub-account-private.h"
#include "dub-shared-slots.h"
#include "dub-list-model.h"

/**
 * DubAccounts:
 *
 * The accounts that are stored, each with its session; the built-in studio is the first. All on the main thread.
 */

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

DUB_DEFINE_LIST_MODEL (DUB_ACCOUNTS, DUB_TYPE_ACCOUNT, list)

G_DEFINE_FINAL_TYPE_WITH_CODE (DubAccounts, dub_accounts, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
dub_accounts_finalize (GObject *object)
{
  DubAccounts *self = DUB_ACCOUNTS (object);

  g_clear_object (&self->store);
  g_clear_object (&self->keyring);
  g_clear_object (&self->studio);
  g_clear_object (&self->book);
  g_clear_object (&self->log);
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
                  DubSlotBook      *book,
                  guint             interval_ms,
                  DubLog           *log)
{
  DubAccounts *self = g_object_new (DUB_TYPE_ACCOUNTS, NULL);

  g_set_object (&self->store, store);
  g_set_object (&self->keyring, keyring);
  g_set_object (&self->studio, studio);
  g_set_object (&self->book, book);
  g_set_object (&self->log, log);
  self->interval_ms = interval_ms;
  return self;
}

DubLog *
dub_accounts_get_log (DubAccounts *self)
{
  g_return_val_if_fail (DUB_IS_ACCOUNTS (self), NULL);
  return self->log;
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

void
dub_accounts_make_current (DubAccounts *self,
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
  dub_store_put_setting_async (self->store, DUB_CURRENT_ACCOUNT_KEY, dub_account_get_id (account), NULL, NULL, NULL);
  dub_accounts_make_current (self, account);
}

static void
on_session_resumed (DubSession  *session,
                    DubAccounts *self)
{
  g_signal_emit (self, signals[SIGNAL_SESSION_RESUMED], 0, session);
}

/* The studio is on this machine, and knows no limit. */
static DubRateLimiter *
make_limiter (DubAccounts *self,
              const char  *account_id,
              gboolean     is_studio)
{
  DubRateLimiter *limiter = dub_rate_limiter_new (is_studio ? 0 : self->interval_ms);
  g_autoptr (DubSharedSlots) slots = NULL;

  if (is_studio || self->interval_ms == 0)
    return limiter;
  slots = dub_shared_slots_new (self->book, account_id);
  dub_rate_limiter_share (limiter, DUB_SLOTS (slots));
  return limiter;
}

DubAccount *
dub_accounts_add (DubAccounts            *self,
                  const DubAccountRecord *record)
{
  gboolean is_studio = record->kind == DUB_ACCOUNT_KIND_STUDIO;
  g_autoptr (DubAccount) account = NULL;
  g_autoptr (DubRateLimiter) limiter = NULL;
  g_autoptr (DubSession) session = NULL;

  account = dub_account_new (record->id, is_studio ? _("Built-in studio") : record->name, is_studio, record->base_url);
  limiter = make_limiter (self, record->id, is_studio);
  session = dub_session_new (account, self->keyring, self->studio, limiter, self->log);
  g_signal_connect_object (session, "resumed", G_CALLBACK (on_session_resumed), self, 0);
  g_hash_table_insert (self->sessions, g_strdup (record->id), g_steal_pointer (&session));
  if (is_studio)
    g_list_store_insert (self->list, 0, account);
  else
    g_list_store_append (self->list, account);
  return account;
}

void
dub_accounts_take_away (DubAccounts *self,
                        DubAccount  *account)
{
  g_autofree char *id = g_strdup (dub_account_get_id (account));
  DubAccount *studio = dub_accounts_find (self, DUB_STUDIO_ACCOUNT_ID);
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
        dub_accounts_take_away (self, account);
    }
  for (guint i = 0; i < records->len; i++)
    {
      DubSession *session = dub_accounts_get_session (self, ((DubAccountRecord *) records->pdata[i])->id);

      if (session == NULL)
        dub_accounts_add (self, records->pdata[i]);
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
    dub_accounts_make_current (self, account != NULL ? account : dub_accounts_find (self, DUB_STUDIO_ACCOUNT_ID));
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
  dub_store_get_setting_async (self->store, DUB_CURRENT_ACCOUNT_KEY, g_task_get_cancellable (task), on_current_read,
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
