/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-file-identity.h"

#include "dub-file-private.h"

#define PIECE_BYTES (1024 * 1024)

static char *
hash_stream (GInputStream  *stream,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *piece = g_malloc (PIECE_BYTES);
  gssize got;

  while ((got = g_input_stream_read (stream, piece, PIECE_BYTES, cancellable, error)) > 0)
    g_checksum_update (checksum, piece, got);

  if (got < 0)
    return NULL;
  return g_strconcat ("sha256:", g_checksum_get_string (checksum), NULL);
}

static void
identify (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  GFile *file = source;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = dub_file_open (file, cancellable, &error);
  g_autofree char *identity = NULL;

  if (stream != NULL)
    {
      identity = hash_stream (stream, cancellable, &error);
      if (identity == NULL)
        dub_file_translate (file, &error);
    }

  if (identity == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&identity), g_free);
}

/**
 * dub_file_identity_async:
 * @file: an ordinary file
 * @cancellable: (nullable): stops the reading
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Reads the whole file on a worker thread, in pieces, and tells its bytes' SHA-256.
 */
void
dub_file_identity_async (GFile               *file,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_file_identity_async);
  g_task_run_in_thread (task, identify);
}

/**
 * dub_file_identity_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): "sha256:" and 64 hexadecimal digits; or %NULL with %DUB_ERROR_FILE or
 *   %G_IO_ERROR_CANCELLED
 */
char *
dub_file_identity_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
