/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-exchange.h"

G_BEGIN_DECLS

/* What an answer means beside its body. All (transfer full). */

/* @body with every occurrence of @token overwritten by asterisks. */
GBytes *dub_verdict_mask     (GBytes          *body,
                              const char      *token);
/* The error of an answer that is refused by its status, or by @from_body. */
GError *dub_verdict_new      (const DubAnswer *answer,
                              gboolean         creating,
                              const GError    *from_body,
                              const char      *request_id);
/* NULL where a create made as many tasks as were asked for. */
GError *dub_verdict_of_count (guint            n_tasks,
                              guint            n_items,
                              const char      *request_id);

G_END_DECLS
