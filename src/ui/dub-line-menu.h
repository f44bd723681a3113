/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-task-words.h"

G_BEGIN_DECLS

/* What can be done with a dub in its line, as a section of its menu: actions of DubLineActions. (transfer full) */
GMenuModel *dub_line_menu_new (DubTask            *task,
                               const DubTaskPlace *place);

G_END_DECLS
