/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-account.h"
#include "dub-log.h"
#include "dub-records.h"

G_BEGIN_DECLS

/* What the workflow notes in the log; @log may be NULL. Of a person's data the names of dubs alone. */

/* A stored transition: @record is the task as it is then. */
void dub_workflow_log_step    (DubLog              *log,
                               const DubTaskRecord *record,
                               DubTaskState         from);
/* New tasks, each waiting. @records: DubTaskRecord */
void dub_workflow_log_added   (DubLog              *log,
                               GPtrArray           *records);
void dub_workflow_log_account (DubLog              *log,
                               DubAccount          *account);

G_END_DECLS
