/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-workflow.h"

G_BEGIN_DECLS

typedef struct
{
  const char *dir;
  const char *base_url;
  const char *studio; /* NULL: an account of the service */
  guint interval_ms;
} DubFaultPlace;

/* A workflow that goes fast, from its opening to its closing. It blocks, like a person who waits. */
typedef struct _DubFaultSubject DubFaultSubject;

DubFaultSubject *dub_fault_subject_open       (const DubFaultPlace *place,
                                               void               (*changed) (DubTask *task, gpointer user_data),
                                               void               (*account) (DubAccount *account, gpointer user_data),
                                               gpointer             user_data);
void             dub_fault_subject_close      (DubFaultSubject     *self);
DubQueue        *dub_fault_subject_get_queue  (DubFaultSubject     *self);
/* Has the videos dubbed into the languages ("es,fr"), unless that was done in an earlier life; says "promised NAME" of
 * each. */
void             dub_fault_subject_wish       (DubFaultSubject     *self,
                                               const char          *addresses,
                                               const char          *languages,
                                               void               (*say) (const char *line));
void             dub_fault_subject_give_token (DubFaultSubject     *self,
                                               const char          *token);
void             dub_fault_subject_try_again  (DubFaultSubject     *self);

G_END_DECLS
