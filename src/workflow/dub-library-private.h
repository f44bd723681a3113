/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-library.h"
#include "dub-queue-private.h"

G_BEGIN_DECLS

DubLibrary *dub_library_new   (DubStore    *store,
                               DubAccounts *accounts,
                               DubQueue    *queue);
/* From now on it is read by itself. */
void        dub_library_start (DubLibrary  *self);
void        dub_library_stop  (DubLibrary  *self);

G_END_DECLS
