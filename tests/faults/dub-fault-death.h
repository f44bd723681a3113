/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  DUB_FAULT_DEATH_NEVER,
  DUB_FAULT_DEATH_BEFORE, /* the commit is about to be written: a restart must not find it */
  DUB_FAULT_DEATH_AFTER,  /* it is on the disk, and nobody was told: a restart must find it */
} DubFaultDeath;

/* Kills the process at the @ordinal-th commit (from 1) of any database that it opens from now on. */
void dub_fault_death_arm (DubFaultDeath death,
                          guint         ordinal);

G_END_DECLS
