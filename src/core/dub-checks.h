/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-media-info.h"

G_BEGIN_DECLS

typedef enum
{
  DUB_SEVERITY_ADVICE,  /* works, but is not advised */
  DUB_SEVERITY_WARNING, /* probably not what is wanted */
  DUB_SEVERITY_REFUSED, /* cannot be dubbed */
} DubSeverity;

/**
 * DubFinding:
 * @id: a stable word for tests and machines ("too-long")
 * @sentence: what is wrong and what follows from it, for a person
 */
typedef struct
{
  DubSeverity severity;
  const char *id;
  char       *sentence;
} DubFinding;

#define DUB_TYPE_FINDING (dub_finding_get_type ())
GType       dub_finding_get_type (void);
DubFinding *dub_finding_new      (DubSeverity  severity,
                                  const char  *static_id,
                                  const char  *sentence);
DubFinding *dub_finding_copy     (const DubFinding *self);
void        dub_finding_free     (DubFinding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubFinding, dub_finding_free)

/* The limits of the service documentation: 1 to 600 s, up to 120 s and 200 MB advised, text refused, no sound a
 * warning. Returns (transfer full) (element-type DubFinding), the gravest first; empty when all is well. */
GPtrArray  *dub_checks_run       (const DubMediaInfo *info);
gboolean    dub_checks_accept    (GPtrArray *findings);

G_END_DECLS
