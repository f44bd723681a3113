/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-workflow.h"

G_BEGIN_DECLS

#define DUB_TYPE_RESULT_PAGE (dub_result_page_get_type ())
G_DECLARE_FINAL_TYPE (DubResultPage, dub_result_page, DUB, RESULT_PAGE, AdwNavigationPage)

/* A page for the window's AdwNavigationView: the dub and its original played, the segments beside it, Save…. Everything it plays
 * stops when the page is hidden. */
AdwNavigationPage *dub_result_page_new (DubWorkflow    *workflow,
                                        DubLibraryItem *item);

G_END_DECLS
