/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/pbutils/pbutils.h>

G_BEGIN_DECLS

/* Keeps the decoders in @bin, those to come, from a fault that aborts the process. */
void dub_decoders_tame               (GstElement    *bin);
/* The same for those that @discoverer will use. */
void dub_decoders_tame_in_discoverer (GstDiscoverer *discoverer);

G_END_DECLS
