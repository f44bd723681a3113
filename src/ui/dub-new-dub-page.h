/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-account.h"
#include "dub-draft.h"

G_BEGIN_DECLS

#define DUB_TYPE_NEW_DUB_PAGE (dub_new_dub_page_get_type ())
G_DECLARE_FINAL_TYPE (DubNewDubPage, dub_new_dub_page, DUB, NEW_DUB_PAGE, AdwNavigationPage)

/* Properties: layout (string: "wide" or "narrow"). Signal "generated" (uint): so many dubs went to the queue. */
AdwNavigationPage *dub_new_dub_page_new       (DubDraft      *draft,
                                               DubAccount    *account);
DubDraft          *dub_new_dub_page_get_draft (DubNewDubPage *self);

G_END_DECLS
