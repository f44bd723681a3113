/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-log.h"

void
dub_workflow_log_step (DubLog              *log,
                       const DubTaskRecord *record,
                       DubTaskState         from)
{
  dub_log_write (log, "dub %" G_GINT64_FORMAT " “%s” %s → %s code=%" G_GINT64_FORMAT " request_id=%s%s%s", record->id, record->name,
                 dub_task_state_to_string (from), dub_task_state_to_string (record->state), record->return_code,
                 record->request_id != NULL ? record->request_id : "-", record->message != NULL ? " message: " : "",
                 record->message != NULL ? record->message : "");
}

void
dub_workflow_log_added (DubLog    *log,
                        GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const DubTaskRecord *record = records->pdata[i];

      dub_log_write (log, "dub %" G_GINT64_FORMAT " “%s” new, %s, account=%s", record->id, record->name, record->language,
                     record->account_id);
    }
}

/* By its id: its name is the person's own. */
void
dub_workflow_log_account (DubLog     *log,
                          DubAccount *account)
{
  g_autoptr (GEnumClass) statuses = g_type_class_ref (DUB_TYPE_ACCOUNT_STATUS);

  dub_log_write (log, "account %s %s", dub_account_get_id (account),
                 g_enum_get_value (statuses, (int) dub_account_get_status (account))->value_nick);
}
