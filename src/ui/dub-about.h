/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-log.h"

G_BEGIN_DECLS

/* Who made it, and, for support, what it did. @log: may be NULL. */
AdwDialog *dub_about_new (DubLog *log);

G_END_DECLS
