/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-part-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#define MAX_PARTS 100

struct _DubPartFile
{
  int fd;
  char *destination;
  char *part;
  gboolean replace;
};

static const char *
sentence_for (int fault)
{
  switch (fault)
    {
    case ENOSPC:
    case EDQUOT:
      return _("The disk is full. Nothing was saved. Make room, or choose another folder.");
    case EACCES:
    case EPERM:
    case EROFS:
      return _("The folder does not allow files to be saved in it. Nothing was saved. Choose another folder.");
    case ENOENT:
    case ENOTDIR:
      return _("The folder is not there any more. Nothing was saved. Choose another folder.");
    case EEXIST:
      return _("There is a file of this name already. Nothing was saved. Choose another name.");
    case EISDIR:
      return _("There is a folder of this name already. Nothing was saved. Choose another name.");
    case ENAMETOOLONG:
      return _("The file name is too long. Nothing was saved. Choose a shorter name.");
    case EFBIG:
      return _("The disk cannot hold a file of this size. Nothing was saved. Choose another folder.");
    case EWOULDBLOCK:
      return _("This dub is being saved there already. Wait until that is done, or choose another name.");
    default:
      return _("The file could not be written to the disk. Nothing was saved. Choose another folder.");
    }
}

static gboolean
fail (int      fault,
      GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (fault), sentence_for (fault));
  return FALSE;
}

/* Whether another save of the same dub writes to @part. */
static gboolean
is_being_written (const char *part)
{
  g_autofd int fd = open (part, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

  return fd >= 0 && flock (fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

/* A file of its own: one that is there already may be another program's. */
static int
create_part (const char *path,
             char      **part,
             GError    **error)
{
  for (guint i = 1; i <= MAX_PARTS; i++)
    {
      g_autofree char *name = i == 1 ? g_strconcat (path, ".part", NULL) : g_strdup_printf ("%s.%u.part", path, i);
      int fd = open (name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
      int fault = errno;

      if (fd >= 0)
        {
          /* It only tells others; some file systems have no locks. */
          (void) flock (fd, LOCK_EX | LOCK_NB);
          *part = g_steal_pointer (&name);
          return fd;
        }
      if (fault == EEXIST && is_being_written (name))
        fault = EWOULDBLOCK;
      if (fault != EEXIST)
        {
          fail (fault, error);
          return -1;
        }
    }
  fail (EBUSY, error);
  return -1;
}

static gboolean
is_there (const char *path)
{
  struct stat info;

  return lstat (path, &info) == 0;
}

/**
 * dub_part_file_open:
 * @destination: where the file shall be
 * @replace: whether it may take the place of a file
 * @error: a fault of the disk; without @replace, %G_IO_ERROR_EXISTS where the name is taken
 *
 * Makes "NAME.part" beside @destination for writing, or "NAME.2.part" and so on where there is such a file.
 *
 * Returns: (transfer full) (nullable): the part
 */
DubPartFile *
dub_part_file_open (GFile   *destination,
                    gboolean replace,
                    GError **error)
{
  g_autofree char *path = g_file_get_path (destination);
  g_autofree char *part = NULL;
  DubPartFile *self;
  int fd;

  if (path == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _("Dubs can only be saved on this computer. Nothing was saved. Choose another folder."));
      return NULL;
    }
  if (replace ? g_file_test (path, G_FILE_TEST_IS_DIR) : is_there (path))
    {
      fail (replace ? EISDIR : EEXIST, error);
      return NULL;
    }
  fd = create_part (path, &part, error);
  if (fd < 0)
    return NULL;

  self = g_new0 (DubPartFile, 1);
  self->fd = fd;
  self->destination = g_steal_pointer (&path);
  self->part = g_steal_pointer (&part);
  self->replace = replace;
  return self;
}

/**
 * dub_part_file_free:
 * @self: (transfer full): a part
 *
 * Closes the part, and removes it where it was not committed.
 */
void
dub_part_file_free (DubPartFile *self)
{
  if (self->part != NULL)
    g_unlink (self->part);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->part);
  g_free (self->destination);
  g_free (self);
}

/**
 * dub_part_file_write:
 * @self: a part
 * @data: bytes
 * @length: how many
 * @error: a fault of the disk
 *
 * Returns: whether all were written
 */
gboolean
dub_part_file_write (DubPartFile *self,
                     const void  *data,
                     gsize        length,
                     GError     **error)
{
  const char *rest = data;

  while (length > 0)
    {
      gssize n = write (self->fd, rest, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail (errno, error);
      rest += n;
      length -= (gsize) n;
    }
  return TRUE;
}

/* Without it a power cut may undo the rename; where a folder cannot be flushed, the file is there all the same. */
static void
flush_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofd int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd >= 0)
    fsync (fd);
}

/* An empty file keeps the name for the moment of the rename. */
static gboolean
rename_over_own (const char *from,
                 const char *to)
{
  g_autofd int fd = open (to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
  int fault;

  if (fd < 0)
    return FALSE;
  if (g_rename (from, to) == 0)
    return TRUE;
  fault = errno;
  g_unlink (to);
  errno = fault;
  return FALSE;
}

/* In the best way that the file system knows; errno tells what went wrong. */
static gboolean
rename_without_replacing (const char *from,
                          const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL && errno != ENOSYS)
    return FALSE;
  if (link (from, to) != 0)
    return errno != EEXIST && rename_over_own (from, to);
  g_unlink (from);
  return TRUE;
}

/**
 * dub_part_file_commit:
 * @self: a part; nothing can be written to it after this
 * @error: a fault of the disk; %G_IO_ERROR_EXISTS where the name was taken meanwhile and must not be
 *
 * Flushes the part and gives it the name of the destination.
 *
 * Returns: whether the file is there, whole
 */
gboolean
dub_part_file_commit (DubPartFile *self,
                      GError     **error)
{
  if (fsync (self->fd) != 0)
    return fail (errno, error);
  if (self->replace ? g_rename (self->part, self->destination) != 0
                    : !rename_without_replacing (self->part, self->destination))
    return fail (errno, error);
  g_clear_pointer (&self->part, g_free);
  flush_folder (self->destination);
  return TRUE;
}
