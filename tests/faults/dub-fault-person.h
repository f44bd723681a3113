/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-workflow.h"

G_BEGIN_DECLS

/* Whoever sits before the queue: now and then cancels, moves, tries again, drops, removes or no longer follows a dub, by a
 * seed. Each act is said before it begins and when it has ended, since the process may be killed in between. */
typedef struct _DubFaultPerson DubFaultPerson;

/* @say: gets lines such as "act retry NAME" and "acted" */
DubFaultPerson *dub_fault_person_new      (guint32          seed,
                                           guint            n_acts,
                                           void           (*say) (const char *line));
void            dub_fault_person_free     (DubFaultPerson  *self);
/* Something has changed: perhaps an act is due. */
void            dub_fault_person_beat     (DubFaultPerson  *self,
                                           DubQueue        *queue);
/* No further act. */
void            dub_fault_person_rest     (DubFaultPerson  *self);
/* Whether no act is under way. */
gboolean        dub_fault_person_is_idle  (DubFaultPerson  *self);

G_END_DECLS
