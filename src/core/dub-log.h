/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DUB_TYPE_LOG (dub_log_get_type ())
G_DECLARE_FINAL_TYPE (DubLog, dub_log, DUB, LOG, GObject)

/* What the program did, for support: one line for each event, in a file that several processes write to. Any thread, and
 * nothing waits for the disk. Where @self is NULL, writing does nothing, so that whoever has no log needs no question. */
DubLog *dub_log_new           (const char          *path);
void    dub_log_write         (DubLog              *self,
                               const char          *format,
                               ...) G_GNUC_PRINTF (2, 3);
/* What must never be in it, as long as it is kept: as often forgotten as kept. */
void    dub_log_keep_secret   (DubLog              *self,
                               const char          *secret);
void    dub_log_forget_secret (DubLog              *self,
                               const char          *secret);
/* @text as it would stand in the log, but with its line breaks. (transfer full) */
char   *dub_log_redact        (DubLog              *self,
                               const char          *text);
void    dub_log_read_async    (DubLog              *self,
                               guint                n_lines,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
char   *dub_log_read_finish   (DubLog              *self,
                               GAsyncResult        *result,
                               GError             **error);
void    dub_log_close         (DubLog              *self);

G_END_DECLS
