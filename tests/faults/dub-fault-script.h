/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-fault-plan.h"

G_BEGIN_DECLS

/* Tells @service what @fault is; @elsewhere: where a redirect leads. Those that change the service for longer than one
 * answer (another token, offline) are left to whoever runs it. */
void dub_fault_script (DubFakeService *service,
                       const DubFault *fault,
                       const char     *elsewhere);

G_END_DECLS
