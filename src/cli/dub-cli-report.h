/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-task.h"

G_BEGIN_DECLS

typedef struct _DubCliReport DubCliReport;

/* What came of it, for --json: {"message": …, "dubs": [{…}], "refused": [{"video": …, "reason": …}]}. */
DubCliReport *dub_cli_report_new     (void);
void          dub_cli_report_free    (DubCliReport *self);
/* Why the whole of it ended early. */
void          dub_cli_report_message (DubCliReport *self,
                                      const char   *sentence);
/* What may hold a password is left out of @video. */
void          dub_cli_report_refused (DubCliReport *self,
                                      const char   *video,
                                      const char   *reason);
/* @path: where it was saved, or NULL; @problem: why not, or NULL */
void          dub_cli_report_dub     (DubCliReport *self,
                                      DubTask      *task,
                                      const char   *path,
                                      const char   *problem);
/* Of the dub that was told of last. @path: where its subtitles were saved, or NULL; @problem: why not, or NULL */
void          dub_cli_report_subtitles (DubCliReport *self,
                                      const char   *path,
                                      const char   *problem);
/* Those of @tasks that were not told of yet: they stay in the queue. */
void          dub_cli_report_rest    (DubCliReport *self,
                                      GPtrArray    *tasks);
/* (transfer full) */
char         *dub_cli_report_to_json (DubCliReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubCliReport, dub_cli_report_free)

G_END_DECLS
