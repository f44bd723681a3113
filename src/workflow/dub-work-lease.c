/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-work-lease.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "dub-boot.h"
#include "dub-error.h"

#define TRY_AGAIN_MS 2000

/**
 * DubWorkLease:
 *
 * Decides which of several processes on one store works the queue: the one that the store names, until the lease's time is
 * over. The times are those of the monotonic clock, so that neither a clock that is set nor a machine that sleeps ends it.
 * All on the main thread; nothing here waits.
 *
 * A process that dies does not give its lease back. So each holds, as long as it lives, the lock of one byte of a file, at
 * the place that its number names: whoever finds that byte unlocked knows that the holder is gone, and need not wait.
 */
struct _DubWorkLease
{
  GObject parent_instance;

  DubStore *store;
  char *path;
  char *boot;
  int fd;
  gboolean locks; /* the file system knows locks */
  gint64 limit;   /* ms */
  gint64 holder;  /* this process's number */
  gint64 gone;    /* the number of a process that has died while it held the lease */
  gint64 asked;   /* the end of the lease that is asked for (monotonic ms) */
  gint64 until;   /* the end of the lease that is held */
  gint64 turn;
  guint timer;
  gboolean started;
  gboolean wanted;
  gboolean asking;
  gboolean held;
};

enum
{
  PROP_HELD = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DubWorkLease, dub_work_lease, G_TYPE_OBJECT)

static void
dub_work_lease_dispose (GObject *object)
{
  DubWorkLease *self = DUB_WORK_LEASE (object);

  if (self->store != NULL)
    dub_work_lease_release (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (dub_work_lease_parent_class)->dispose (object);
}

static void
dub_work_lease_finalize (GObject *object)
{
  DubWorkLease *self = DUB_WORK_LEASE (object);

  g_free (self->path);
  g_free (self->boot);
  G_OBJECT_CLASS (dub_work_lease_parent_class)->finalize (object);
}

static void
dub_work_lease_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  if (id == PROP_HELD)
    g_value_set_boolean (value, DUB_WORK_LEASE (object)->held);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dub_work_lease_class_init (DubWorkLeaseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dub_work_lease_dispose;
  object_class->finalize = dub_work_lease_finalize;
  object_class->get_property = dub_work_lease_get_property;
  properties[PROP_HELD] = g_param_spec_boolean ("held", NULL, NULL, FALSE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dub_work_lease_init (DubWorkLease *self)
{
  self->fd = -1;
}

/* A place in the file, far beyond its end, that no other process has. */
static gint64
make_number (void)
{
  return ((gint64) (g_random_int () & 0x3fffffff) << 32 | g_random_int ()) + 1;
}

DubWorkLease *
dub_work_lease_new (DubStore   *store,
                    const char *directory,
                    guint       limit_ms)
{
  DubWorkLease *self = g_object_new (DUB_TYPE_WORK_LEASE, NULL);

  self->store = g_object_ref (store);
  self->path = g_build_filename (directory, "queue.lock", NULL);
  self->boot = dub_boot_dup_id ();
  self->limit = limit_ms;
  self->holder = make_number ();
  return self;
}

static void
set_held (DubWorkLease *self,
          gboolean      held)
{
  if (self->held == held)
    return;
  self->held = held;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELD]);
}

static struct flock
byte_of (gint64 number)
{
  return (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = number, .l_len = 1 };
}

/* Not known where the file system has no locks: then the time decides alone. */
static gboolean
is_gone (DubWorkLease *self,
         gint64        holder)
{
  struct flock byte = byte_of (holder);

  return self->locks && holder > 0 && fcntl (self->fd, F_OFD_GETLK, &byte) == 0 && byte.l_type == F_UNLCK;
}

static gint64
now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

static void ask (DubWorkLease *self);

static gboolean
on_timer (gpointer user_data)
{
  DubWorkLease *self = user_data;

  self->timer = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
ask_in (DubWorkLease *self,
        gint64        ms)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add ((guint) MAX (ms, 0), on_timer, self);
}

static void
take (DubWorkLease         *self,
      const DubLeaseRecord *lease)
{
  self->until = self->asked;
  self->gone = 0;
  /* Given to another one in between: what this process knows of the tasks is not what is stored. */
  if (self->turn != lease->turn)
    set_held (self, FALSE);
  self->turn = lease->turn;
  if (self->wanted)
    ask_in (self, self->limit / 3);
  set_held (self, TRUE);
}

static void
leave (DubWorkLease         *self,
       const DubLeaseRecord *lease)
{
  self->turn = 0;
  if (is_gone (self, lease->holder))
    self->gone = lease->holder;
  ask_in (self, self->gone != 0 ? 0 : MIN (TRY_AGAIN_MS, self->limit / 3));
  set_held (self, FALSE);
}

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DubWorkLease) self = user_data;
  g_autofree DubLeaseRecord *lease = NULL;
  g_autoptr (GError) error = NULL;

  lease = dub_store_take_lease_finish (DUB_STORE (source), result, &error);
  self->asking = FALSE;
  if (!self->started)
    return;
  if (lease != NULL && lease->holder == self->holder)
    {
      take (self, lease);
      return;
    }
  if (lease != NULL)
    {
      leave (self, lease);
      return;
    }
  /* Nobody can take it from a store that takes nothing; what is held for too long is checked at each act. */
  g_debug ("the lease of the queue was not taken: %s", error->message);
  ask_in (self, TRY_AGAIN_MS);
}

/* A lease whose time is over is left to a holder that lives as long as there is nothing to do. */
static void
ask (DubWorkLease *self)
{
  gint64 now = now_ms ();

  if (self->asking)
    return;
  self->asking = TRUE;
  self->asked = now + self->limit;
  dub_store_take_lease_async (self->store, self->holder, self->gone, self->boot, self->wanted ? now : 0, self->asked, NULL,
                              on_answer, g_object_ref (self));
}

gboolean
dub_work_lease_open (DubWorkLease  *self,
                     GError       **error)
{
  g_autofree char *shown = NULL;
  struct flock byte;
  int fault;

  g_return_val_if_fail (DUB_IS_WORK_LEASE (self), FALSE);

  if (self->fd >= 0)
    return TRUE;
  self->fd = g_open (self->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->fd >= 0)
    {
      byte = byte_of (self->holder);
      self->locks = fcntl (self->fd, F_OFD_SETLK, &byte) == 0;
      return TRUE;
    }

  fault = errno;
  shown = g_filename_display_name (self->path);
  g_set_error (error, DUB_ERROR, DUB_ERROR_FILE,
               /* Translators: the first is a file, the second the system's reason. */
               _("The file “%s” cannot be opened (%s), so that no dub can be made. Check its permissions, then start Dubroom again."),
               shown, g_strerror (fault));
  return FALSE;
}

void
dub_work_lease_start (DubWorkLease *self)
{
  g_return_if_fail (DUB_IS_WORK_LEASE (self) && self->fd >= 0);

  if (self->started)
    return;
  self->started = TRUE;
  ask (self);
}

void
dub_work_lease_set_wanted (DubWorkLease *self,
                           gboolean      wanted)
{
  g_return_if_fail (DUB_IS_WORK_LEASE (self));

  if (self->wanted == wanted)
    return;
  self->wanted = wanted;
  if (!self->started)
    return;
  if (wanted)
    ask (self);
  else if (self->held)
    g_clear_handle_id (&self->timer, g_source_remove);
}

gboolean
dub_work_lease_is_held (DubWorkLease *self)
{
  g_return_val_if_fail (DUB_IS_WORK_LEASE (self), FALSE);
  return self->held;
}

gint64
dub_work_lease_get_turn (DubWorkLease *self)
{
  g_return_val_if_fail (DUB_IS_WORK_LEASE (self), 0);
  return self->held ? self->turn : 0;
}

void
dub_work_lease_release (DubWorkLease *self)
{
  g_return_if_fail (DUB_IS_WORK_LEASE (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  /* Where it cannot be written, the byte that is let go says the same. */
  if (self->started && self->turn != 0)
    dub_store_give_lease_back_async (self->store, self->holder, NULL, NULL, NULL);
  self->started = FALSE;
  self->turn = 0;
  g_clear_fd (&self->fd, NULL);
  set_held (self, FALSE);
}
