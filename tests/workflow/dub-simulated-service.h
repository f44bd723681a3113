/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Services that take their time in different ways, by a factor of the 60 times that the documentation speaks of. */
typedef enum
{
  DUB_SIMULATED_EXACT,     /* always the factor 1 */
  DUB_SIMULATED_SPREAD_15, /* log-normal around 1, of this standard deviation (percent) */
  DUB_SIMULATED_SPREAD_30,
  DUB_SIMULATED_SPREAD_50,
  DUB_SIMULATED_TWICE,     /* log-normal (0.15) around 2 */
  DUB_SIMULATED_HALF,      /* log-normal (0.15) around a half */
  DUB_SIMULATED_HEAVY,     /* log-normal (0.2); one of eight takes longer by a Pareto tail (1.5) */
  DUB_SIMULATED_TWO_KINDS, /* log-normal (0.1): three of four around 0.8, the others around 2 */
  DUB_SIMULATED_DRIFTING,  /* log-normal (0.2) around what goes to the double and the half within hundreds of dubs */
  DUB_N_SIMULATED,
} DubSimulatedService;

const char *dub_simulated_service_name   (DubSimulatedService service);
/* The factor of its @nth dub. */
double      dub_simulated_service_factor (DubSimulatedService service,
                                          GRand              *chance,
                                          guint               nth);
/* The duration of an ad, in ms. */
gint64      dub_simulated_duration       (GRand              *chance);

G_END_DECLS
