/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-error.h"

G_DEFINE_QUARK (dub-error-quark, dub_error)
