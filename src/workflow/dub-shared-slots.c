/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-shared-slots.h"

#include "dub-boot.h"

struct _DubSharedSlots
{
  GObject parent_instance;

  DubSlotBook *book;
  char *account_id;
  char *boot;
};

static void slots_init (DubSlotsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DubSharedSlots, dub_shared_slots, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (DUB_TYPE_SLOTS, slots_init))

static void
dub_shared_slots_finalize (GObject *object)
{
  DubSharedSlots *self = DUB_SHARED_SLOTS (object);

  g_clear_object (&self->book);
  g_free (self->account_id);
  g_free (self->boot);
  G_OBJECT_CLASS (dub_shared_slots_parent_class)->finalize (object);
}

static void
dub_shared_slots_class_init (DubSharedSlotsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dub_shared_slots_finalize;
}

static void
dub_shared_slots_init (DubSharedSlots *self)
{
}

static void
on_taken (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gint64 slot = dub_slot_book_take_finish (DUB_SLOT_BOOK (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_memdup2 (&slot, sizeof slot), g_free);
}

/* Rounded up: never too early. */
static gint64
to_ms (gint64 us)
{
  return (us + 999) / 1000;
}

static void
take_async (DubSlots            *slots,
            DubEndpoint          endpoint,
            gint64               from,
            gint64               interval,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  DubSharedSlots *self = DUB_SHARED_SLOTS (slots);
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, take_async);
  dub_slot_book_take_async (self->book, self->account_id, dub_endpoint_to_string (endpoint), self->boot, to_ms (from),
                            to_ms (interval), NULL, on_taken, task);
}

static gint64
take_finish (DubSlots      *slots,
             GAsyncResult  *result,
             GError       **error)
{
  g_autofree gint64 *slot = g_task_propagate_pointer (G_TASK (result), error);

  return slot != NULL ? *slot * 1000 : -1;
}

static void
rest (DubSlots    *slots,
      DubEndpoint  endpoint,
      gint64       until)
{
  DubSharedSlots *self = DUB_SHARED_SLOTS (slots);

  dub_slot_book_rest (self->book, self->account_id, dub_endpoint_to_string (endpoint), self->boot, to_ms (until));
}

static void
slots_init (DubSlotsInterface *iface)
{
  iface->take_async = take_async;
  iface->take_finish = take_finish;
  iface->rest = rest;
}

DubSharedSlots *
dub_shared_slots_new (DubSlotBook *book,
                      const char  *account_id)
{
  DubSharedSlots *self = g_object_new (DUB_TYPE_SHARED_SLOTS, NULL);

  self->book = g_object_ref (book);
  self->account_id = g_strdup (account_id);
  self->boot = dub_boot_dup_id ();
  return self;
}
