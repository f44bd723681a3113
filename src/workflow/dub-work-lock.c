/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-work-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "dub-error.h"

#define TRY_AGAIN_S 2

/**
 * DubWorkLock:
 *
 * Decides which of several processes on one store works the queue. All on the main thread; nothing here waits.
 */
struct _DubWorkLock
{
  GObject parent_instance;

  char *path;
  int fd;
  guint timer;
  gboolean held;
};

enum
{
  PROP_HELD = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DubWorkLock, dub_work_lock, G_TYPE_OBJECT)

static void
dub_work_lock_dispose (GObject *object)
{
  dub_work_lock_release (DUB_WORK_LOCK (object));
  G_OBJECT_CLASS (dub_work_lock_parent_class)->dispose (object);
}

static void
dub_work_lock_finalize (GObject *object)
{
  g_free (DUB_WORK_LOCK (object)->path);
  G_OBJECT_CLASS (dub_work_lock_parent_class)->finalize (object);
}

static void
dub_work_lock_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  if (id == PROP_HELD)
    g_value_set_boolean (value, DUB_WORK_LOCK (object)->held);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dub_work_lock_class_init (DubWorkLockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dub_work_lock_dispose;
  object_class->finalize = dub_work_lock_finalize;
  object_class->get_property = dub_work_lock_get_property;
  properties[PROP_HELD] = g_param_spec_boolean ("held", NULL, NULL, FALSE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dub_work_lock_init (DubWorkLock *self)
{
  self->fd = -1;
}

DubWorkLock *
dub_work_lock_new (const char *directory)
{
  DubWorkLock *self = g_object_new (DUB_TYPE_WORK_LOCK, NULL);

  self->path = g_build_filename (directory, "queue.lock", NULL);
  return self;
}

/* A file system without locks (EOPNOTSUPP, ENOLCK) must not stop the only process. */
static gboolean
lock_file (int fd)
{
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  return errno != EWOULDBLOCK && errno != EINTR;
}

static gboolean
try_to_hold (gpointer user_data)
{
  DubWorkLock *self = user_data;

  if (!lock_file (self->fd))
    return G_SOURCE_CONTINUE;

  self->timer = 0;
  self->held = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELD]);
  return G_SOURCE_REMOVE;
}

gboolean
dub_work_lock_open (DubWorkLock  *self,
                    GError      **error)
{
  g_autofree char *shown = NULL;
  int fault;

  g_return_val_if_fail (DUB_IS_WORK_LOCK (self), FALSE);

  if (self->fd < 0)
    self->fd = g_open (self->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->fd >= 0)
    return TRUE;

  fault = errno;
  shown = g_filename_display_name (self->path);
  g_set_error (error, DUB_ERROR, DUB_ERROR_FILE,
               /* Translators: the first is a file, the second the system's reason. */
               _("The file “%s” cannot be opened (%s), so that no dub can be made. Check its permissions, then start Dubroom again."),
               shown, g_strerror (fault));
  return FALSE;
}

void
dub_work_lock_start (DubWorkLock *self)
{
  g_return_if_fail (DUB_IS_WORK_LOCK (self) && self->fd >= 0);

  if (self->held || self->timer != 0)
    return;
  if (try_to_hold (self) == G_SOURCE_CONTINUE)
    self->timer = g_timeout_add_seconds (TRY_AGAIN_S, try_to_hold, self);
}

gboolean
dub_work_lock_is_held (DubWorkLock *self)
{
  g_return_val_if_fail (DUB_IS_WORK_LOCK (self), FALSE);
  return self->held;
}

void
dub_work_lock_release (DubWorkLock *self)
{
  g_return_if_fail (DUB_IS_WORK_LOCK (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_fd (&self->fd, NULL);
  if (!self->held)
    return;
  self->held = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELD]);
}
