/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>
#include "dub-workflow.h"

G_BEGIN_DECLS

#define DUB_TYPE_APPLICATION (dub_application_get_type ())
G_DECLARE_FINAL_TYPE (DubApplication, dub_application, DUB, APPLICATION, AdwApplication)

/* @sample: the path of a video to try, or NULL. The application opens @workflow when it starts and closes it before it ends. */
DubApplication *dub_application_new (DubWorkflow *workflow,
                                     const char  *sample);

G_END_DECLS
