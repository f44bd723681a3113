/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  DUB_ACCOUNT_STATUS_UNKNOWN,       /* not used yet */
  DUB_ACCOUNT_STATUS_STARTING,      /* the studio starts, or the token is checked */
  DUB_ACCOUNT_STATUS_READY,
  DUB_ACCOUNT_STATUS_NEEDS_TOKEN,   /* the queue of the account rests until there is a new token */
  DUB_ACCOUNT_STATUS_NO_PERMISSION, /* the queue of the account rests */
  DUB_ACCOUNT_STATUS_UNREACHABLE,   /* tried again by itself */
  DUB_ACCOUNT_STATUS_HELD_UP,       /* what is to be stored is not taken here; tried again by itself */
  DUB_ACCOUNT_STATUS_LOCKED,        /* the token cannot be read; the queue of the account rests until it can */
} DubAccountStatus;

#define DUB_TYPE_ACCOUNT_STATUS (dub_account_status_get_type ())
GType dub_account_status_get_type (void);

#define DUB_TYPE_ACCOUNT (dub_account_get_type ())
G_DECLARE_FINAL_TYPE (DubAccount, dub_account, DUB, ACCOUNT, GObject)

/* Properties: id, name (string), is-studio (boolean), status (DubAccountStatus), problem (string or NULL: a sentence
 * that says what is wrong and what to do), all read-only from here. */
const char      *dub_account_get_id      (DubAccount *self);
const char      *dub_account_get_name    (DubAccount *self);
gboolean         dub_account_is_studio   (DubAccount *self);
DubAccountStatus dub_account_get_status  (DubAccount *self);
const char      *dub_account_get_problem (DubAccount *self);
/* Nothing is sent or asked until the person has done something. */
gboolean         dub_account_is_resting  (DubAccount *self);
/* It rests, and may go on with the token that it has: see dub_accounts_try_again(). */
gboolean         dub_account_can_try_again (DubAccount *self);

G_END_DECLS
