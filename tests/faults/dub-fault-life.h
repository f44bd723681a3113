/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  DUB_FAULT_DEATH_ENDED,
  DUB_FAULT_DEATH_KILLED,
  DUB_FAULT_DEATH_CRASHED,
} DubFaultDeathCause;

/* A process of the program under test, its words and its orders. */
typedef struct _DubFaultLife DubFaultLife;

/* @dir: for its keyring and its complaints. @died is called once, when its last line has been given to @line; @errors: what
 * it wrote to its error output. */
DubFaultLife *dub_fault_life_start (const char *const *arguments,
                                    const char        *dir,
                                    void             (*line) (const char *line, gpointer user_data),
                                    void             (*died) (DubFaultDeathCause cause,
                                                              const char        *errors,
                                                              gpointer           user_data),
                                    gpointer           user_data);
void          dub_fault_life_free  (DubFaultLife      *self);
void          dub_fault_life_tell  (DubFaultLife      *self,
                                    const char        *order);
/* SIGKILL. */
void          dub_fault_life_kill  (DubFaultLife      *self);

G_END_DECLS
