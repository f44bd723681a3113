/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-task.h"

G_BEGIN_DECLS

typedef struct _DubCliReport DubCliReport;

/* What came of it, for --json: {"dubs": [{…}], "refused": [{"video": …, "reason": …}]}. */
DubCliReport *dub_cli_report_new     (void);
void          dub_cli_report_free    (DubCliReport *self);
void          dub_cli_report_refused (DubCliReport *self,
                                      const char   *video,
                                      const char   *reason);
/* @path: where it was saved, or NULL; @problem: why not, or NULL */
void          dub_cli_report_dub     (DubCliReport *self,
                                      DubTask      *task,
                                      const char   *path,
                                      const char   *problem);
/* (transfer full) */
char         *dub_cli_report_to_json (DubCliReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubCliReport, dub_cli_report_free)

G_END_DECLS
