/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-error.h"

G_DEFINE_QUARK (dub-workflow-error-quark, dub_workflow_error)
