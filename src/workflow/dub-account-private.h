/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-account.h"

G_BEGIN_DECLS

DubAccount *dub_account_new        (const char       *id,
                                    const char       *name,
                                    gboolean          is_studio,
                                    const char       *base_url);
/* NULL for the studio, whose address is known only when it runs. */
const char *dub_account_get_base_url (DubAccount     *self);
gboolean    dub_account_status_is_rest (DubAccountStatus status);
void        dub_account_set_status (DubAccount       *self,
                                    DubAccountStatus  status,
                                    const char       *problem);

G_END_DECLS
