/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-database.h"
#include "dub-studio-store.h"

G_BEGIN_DECLS

struct _DubStudioStore
{
  GObject parent_instance;

  /* owned */
  DubDatabase *database;
};

G_END_DECLS
