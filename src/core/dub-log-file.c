/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-log-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define N_OLD 3
/* Another process holds the lock for some microseconds; one that was stopped just then must not stop this one. */
#define LOCK_PAUSE_US 2000
#define MAX_LOCK_PAUSES 500

struct _DubLogFile
{
  char *directory;
  char *name;
  gsize max_bytes;
  int directory_fd; /* carries the lock, so that there is no file for it */
  int fd;
  gboolean torn;      /* the last line was written in part */
  gboolean impatient; /* the lock was waited for in vain: not again for each line, until it is to be had */
};

static gboolean
set_error (GError    **error,
           const char *path)
{
  int code = errno;
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", shown, g_strerror (code));
  return FALSE;
}

/**
 * dub_log_file_new:
 * @path: (type filename): the file; neither it nor its directory has to be there
 * @max_bytes: where it would become larger, it is put aside
 *
 * Nothing is touched on disk before something is written or read.
 *
 * Returns: (transfer full): the file
 */
DubLogFile *
dub_log_file_new (const char *path,
                  gsize       max_bytes)
{
  DubLogFile *self = g_new0 (DubLogFile, 1);

  self->directory = g_path_get_dirname (path);
  self->name = g_path_get_basename (path);
  self->max_bytes = max_bytes;
  self->directory_fd = self->fd = -1;
  return self;
}

/**
 * dub_log_file_free:
 * @self: (transfer full): a file
 */
void
dub_log_file_free (DubLogFile *self)
{
  g_clear_fd (&self->fd, NULL);
  g_clear_fd (&self->directory_fd, NULL);
  g_free (self->directory);
  g_free (self->name);
  g_free (self);
}

static gboolean
open_directory (DubLogFile  *self,
                GError     **error)
{
  if (self->directory_fd >= 0)
    return TRUE;
  if (g_mkdir_with_parents (self->directory, 0700) != 0)
    return set_error (error, self->directory);
  self->directory_fd = open (self->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return self->directory_fd >= 0 || set_error (error, self->directory);
}

/* FALSE: it is not to be had (a file system without locks, a process that was stopped). A line can be written without it. */
static gboolean
lock (DubLogFile *self)
{
  guint pauses = self->impatient ? 0 : MAX_LOCK_PAUSES;

  while (flock (self->directory_fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (pauses-- == 0 || (errno != EWOULDBLOCK && errno != EINTR))
        {
          self->impatient = TRUE;
          return FALSE;
        }
      g_usleep (LOCK_PAUSE_US);
    }
  self->impatient = FALSE;
  return TRUE;
}

static void
unlock (DubLogFile *self)
{
  flock (self->directory_fd, LOCK_UN);
}

/* What has the name now may be another file: another process put ours aside, or the person removed it. */
static gboolean
is_current (DubLogFile *self)
{
  struct stat ours, named;

  return self->fd >= 0 && fstat (self->fd, &ours) == 0 && fstatat (self->directory_fd, self->name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
         ours.st_ino == named.st_ino && ours.st_dev == named.st_dev;
}

static gboolean
open_current (DubLogFile  *self,
              GError     **error)
{
  struct stat status;

  if (is_current (self))
    return TRUE;

  g_clear_fd (&self->fd, NULL);
  /* Not to wait for a reader, where a pipe has the name. */
  self->fd = openat (self->directory_fd, self->name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (self->fd < 0)
    return set_error (error, self->name);
  if (fstat (self->fd, &status) == 0 && S_ISREG (status.st_mode))
    {
      fchmod (self->fd, 0600);
      return TRUE;
    }
  g_clear_fd (&self->fd, NULL);
  errno = EINVAL;
  return set_error (error, self->name);
}

static gboolean
has_room (DubLogFile *self,
          gsize       length)
{
  struct stat status;

  return fstat (self->fd, &status) != 0 || status.st_size == 0 || (gsize) status.st_size + length <= self->max_bytes;
}

static char *
dup_old_name (DubLogFile *self,
              guint       age)
{
  return age == 0 ? g_strdup (self->name) : g_strdup_printf ("%s.%u", self->name, age);
}

/* The oldest goes. */
static gboolean
put_aside (DubLogFile  *self,
           GError     **error)
{
  for (guint age = N_OLD; age > 0; age--)
    {
      g_autofree char *from = dup_old_name (self, age - 1);
      g_autofree char *to = dup_old_name (self, age);

      if (renameat (self->directory_fd, from, self->directory_fd, to) != 0 && errno != ENOENT)
        return set_error (error, from);
    }
  return open_current (self, error);
}

/* One write, so that no other process writes into the middle of it. */
static gboolean
write_line (DubLogFile  *self,
            const char  *line,
            GError     **error)
{
  g_autofree char *mended = self->torn ? g_strconcat ("\n", line, NULL) : NULL;
  const char *bytes = mended != NULL ? mended : line;
  gssize length = (gssize) strlen (bytes);
  gssize written;

  do
    written = write (self->fd, bytes, (gsize) length);
  while (written < 0 && errno == EINTR);
  if (written == length)
    {
      self->torn = FALSE;
      return TRUE;
    }
  if (written >= 0)
    {
      self->torn = TRUE;
      errno = ENOSPC;
    }
  return set_error (error, self->name);
}

/**
 * dub_log_file_append:
 * @self: a file
 * @line: a line, with its line break
 * @error: return location for a #GIOErrorEnum
 *
 * Writes @line in one piece behind what this process and others have written. Before it would grow over its size, the file
 * is put aside (mode 0600 for the new one), and the oldest of the three that lie aside is removed. Waits up to a second for another
 * process that does the same, once; then lines are written, whatever the size.
 *
 * Returns: whether it is written; if not, the next one may be
 */
gboolean
dub_log_file_append (DubLogFile  *self,
                     const char  *line,
                     GError     **error)
{
  gboolean locked, done;

  if (!open_directory (self, error))
    return FALSE;

  locked = lock (self);
  done = open_current (self, error);
  if (done && locked && !has_room (self, strlen (line)))
    done = put_aside (self, error);
  done = done && write_line (self, line, error);
  if (locked)
    unlock (self);
  return done;
}

/* Without the first of its lines that are too many. */
static const char *
skip_to_last (const char *text,
              guint       n_lines)
{
  const char *end = text + strlen (text);

  for (const char *at = end - 1; at > text; at--)
    if (at[-1] == '\n' && --n_lines == 0)
      return at;
  return text;
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (const char *at = strchr (text, '\n'); at != NULL; at = strchr (at + 1, '\n'))
    n++;
  return n;
}

/**
 * dub_log_file_read:
 * @self: a file
 * @n_lines: at least 1
 * @error: return location for a #GFileError
 *
 * Returns: (transfer full) (nullable): the last @n_lines that any process wrote, "" where there is none
 */
char *
dub_log_file_read (DubLogFile  *self,
                   guint        n_lines,
                   GError     **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean locked, done = TRUE;

  if (!open_directory (self, error))
    return NULL;

  locked = lock (self);
  for (guint age = 0; done && age <= N_OLD && count_lines (text->str) < n_lines; age++)
    {
      g_autofree char *name = dup_old_name (self, age);
      g_autofree char *path = g_build_filename (self->directory, name, NULL);
      g_autofree char *part = NULL;
      g_autoptr (GError) problem = NULL;

      if (g_file_get_contents (path, &part, NULL, &problem))
        {
          g_string_prepend (text, part);
        }
      else if (!g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          done = FALSE;
        }
    }
  if (locked)
    unlock (self);
  return done ? g_utf8_make_valid (skip_to_last (text->str, n_lines), -1) : NULL;
}
