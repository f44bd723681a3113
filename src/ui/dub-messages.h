/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* @text is plain: no markup is read in it. */
AdwToast *dub_messages_toast (GtkWidget    *widget,
                              const char   *text);
void      dub_messages_error (GtkWidget    *widget,
                              const char   *heading,
                              const GError *error);

G_END_DECLS
