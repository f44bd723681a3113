/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-service-fault.h"

G_BEGIN_DECLS

#define DUB_SERVICE_ERROR (dub_service_error_quark ())
GQuark dub_service_error_quark (void);

/* (transfer none): NULL for an error of another domain. */
const DubServiceFault *dub_service_error_get_fault (const GError *error);
/* The kind of error that a return code means. */
DubServiceError        dub_service_error_from_code (gint64        return_code);
/* A fault with these values, its sentence made from them. (transfer full) */
GError                *dub_service_error_new       (DubServiceError        code,
                                                    const DubServiceFault *fault,
                                                    const char            *sentence);

G_END_DECLS
