/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-slot-book.h"
#include "dub-slots.h"

G_BEGIN_DECLS

#define DUB_TYPE_SHARED_SLOTS (dub_shared_slots_get_type ())
G_DECLARE_FINAL_TYPE (DubSharedSlots, dub_shared_slots, DUB, SHARED_SLOTS, GObject)

/* The slots of an account as they are in the book, which other processes use too. Implements #DubSlots. */
DubSharedSlots *dub_shared_slots_new (DubSlotBook *book,
                                      const char  *account_id);

G_END_DECLS
