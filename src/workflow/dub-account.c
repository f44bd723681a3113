/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-account-private.h"

/**
 * DubAccount:
 *
 * An account that dubs are made with: the built-in studio, or one of the service. What it may be used for shows in its
 * status. All on the main thread.
 */
struct _DubAccount
{
  GObject parent_instance;

  char *id;
  char *name;
  char *base_url;
  char *problem;
  DubAccountStatus status;
  gboolean is_studio;
};

enum
{
  PROP_ID = 1,
  PROP_NAME,
  PROP_IS_STUDIO,
  PROP_STATUS,
  PROP_PROBLEM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (DubAccountStatus, dub_account_status,
                    G_DEFINE_ENUM_VALUE (DUB_ACCOUNT_STATUS_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (DUB_ACCOUNT_STATUS_STARTING, "starting"),
                    G_DEFINE_ENUM_VALUE (DUB_ACCOUNT_STATUS_READY, "ready"),
                    G_DEFINE_ENUM_VALUE (DUB_ACCOUNT_STATUS_NEEDS_TOKEN, "needs-token"),
                    G_DEFINE_ENUM_VALUE (DUB_ACCOUNT_STATUS_NO_PERMISSION, "no-permission"),
                    G_DEFINE_ENUM_VALUE (DUB_ACCOUNT_STATUS_UNREACHABLE, "unreachable"),
                    G_DEFINE_ENUM_VALUE (DUB_ACCOUNT_STATUS_HELD_UP, "held-up"),
                    G_DEFINE_ENUM_VALUE (DUB_ACCOUNT_STATUS_LOCKED, "locked"))

G_DEFINE_FINAL_TYPE (DubAccount, dub_account, G_TYPE_OBJECT)

static void
dub_account_finalize (GObject *object)
{
  DubAccount *self = DUB_ACCOUNT (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->base_url);
  g_free (self->problem);
  G_OBJECT_CLASS (dub_account_parent_class)->finalize (object);
}

static void
dub_account_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  DubAccount *self = DUB_ACCOUNT (object);

  switch (id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_IS_STUDIO:
      g_value_set_boolean (value, self->is_studio);
      break;
    case PROP_STATUS:
      g_value_set_enum (value, self->status);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_account_class_init (DubAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = dub_account_finalize;
  object_class->get_property = dub_account_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_IS_STUDIO] = g_param_spec_boolean ("is-studio", NULL, NULL, FALSE, flags);
  properties[PROP_STATUS] = g_param_spec_enum ("status", NULL, NULL, DUB_TYPE_ACCOUNT_STATUS, DUB_ACCOUNT_STATUS_UNKNOWN, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dub_account_init (DubAccount *self)
{
}

DubAccount *
dub_account_new (const char *id,
                 const char *name,
                 gboolean    is_studio,
                 const char *base_url)
{
  DubAccount *self;

  g_return_val_if_fail (id != NULL && name != NULL, NULL);

  self = g_object_new (DUB_TYPE_ACCOUNT, NULL);
  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->is_studio = is_studio;
  self->base_url = g_strdup (base_url);
  return self;
}

void
dub_account_set_status (DubAccount       *self,
                        DubAccountStatus  status,
                        const char       *problem)
{
  g_return_if_fail (DUB_IS_ACCOUNT (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
  if (self->status != status)
    {
      self->status = status;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * dub_account_get_id:
 *
 * Returns: (transfer none): "studio", or a random UUID
 */
const char *
dub_account_get_id (DubAccount *self)
{
  g_return_val_if_fail (DUB_IS_ACCOUNT (self), NULL);
  return self->id;
}

/**
 * dub_account_get_name:
 *
 * Returns: (transfer none): the account's name, for people
 */
const char *
dub_account_get_name (DubAccount *self)
{
  g_return_val_if_fail (DUB_IS_ACCOUNT (self), NULL);
  return self->name;
}

/**
 * dub_account_is_studio:
 *
 * Returns: whether this is the built-in studio, which works on this machine
 */
gboolean
dub_account_is_studio (DubAccount *self)
{
  g_return_val_if_fail (DUB_IS_ACCOUNT (self), FALSE);
  return self->is_studio;
}

/**
 * dub_account_get_status:
 *
 * Returns: what can be done with the account now
 */
DubAccountStatus
dub_account_get_status (DubAccount *self)
{
  g_return_val_if_fail (DUB_IS_ACCOUNT (self), DUB_ACCOUNT_STATUS_UNKNOWN);
  return self->status;
}

/**
 * dub_account_get_problem:
 *
 * Returns: (transfer none) (nullable): a sentence that says what is wrong and what to do
 */
const char *
dub_account_get_problem (DubAccount *self)
{
  g_return_val_if_fail (DUB_IS_ACCOUNT (self), NULL);
  return self->problem;
}

gboolean
dub_account_status_is_rest (DubAccountStatus status)
{
  return status == DUB_ACCOUNT_STATUS_NEEDS_TOKEN || status == DUB_ACCOUNT_STATUS_NO_PERMISSION ||
         status == DUB_ACCOUNT_STATUS_LOCKED;
}

/**
 * dub_account_is_resting:
 *
 * Returns: whether nothing is sent or asked with it until the person has done something
 */
gboolean
dub_account_is_resting (DubAccount *self)
{
  g_return_val_if_fail (DUB_IS_ACCOUNT (self), FALSE);
  return dub_account_status_is_rest (self->status);
}

/**
 * dub_account_can_try_again:
 *
 * Returns: whether it rests for a reason that the token that it has may have outlived: a permission that has been granted
 *   since, a keyring that has been unlocked
 */
gboolean
dub_account_can_try_again (DubAccount *self)
{
  g_return_val_if_fail (DUB_IS_ACCOUNT (self), FALSE);
  return self->status == DUB_ACCOUNT_STATUS_NO_PERMISSION || self->status == DUB_ACCOUNT_STATUS_LOCKED;
}

const char *
dub_account_get_base_url (DubAccount *self)
{
  g_return_val_if_fail (DUB_IS_ACCOUNT (self), NULL);
  return self->base_url;
}
