/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DUB_TYPE_WELCOME_PAGE (dub_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (DubWelcomePage, dub_welcome_page, DUB, WELCOME_PAGE, AdwNavigationPage)

/* Properties: narrow, has-sample (boolean). */

G_END_DECLS
