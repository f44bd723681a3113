/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-publisher.h"

G_BEGIN_DECLS

#define DUB_TYPE_DIRECT_PUBLISHER (dub_direct_publisher_get_type ())
G_DECLARE_FINAL_TYPE (DubDirectPublisher, dub_direct_publisher, DUB, DIRECT_PUBLISHER, GObject)

/* Hands addresses on as they are. @local_files: whether a file:// address will do (the built-in studio); where not,
 * a local file is NO_PLACE with a sentence that says to put the video on a web server and paste its link. */
DubPublisher *dub_direct_publisher_new (gboolean local_files);

G_END_DECLS
