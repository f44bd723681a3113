/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-simulated-service.h"

#include <math.h>

/* So many dubs until a drifting service is as it was. */
#define DRIFT_PERIOD 400.0

/* Box and Muller's method. */
static double
draw_normal (GRand *chance)
{
  double radius = sqrt (-2 * log (1 - g_rand_double (chance)));

  return radius * cos (2 * G_PI * g_rand_double (chance));
}

static double
draw_log_normal (GRand *chance,
                 double middle,
                 double spread)
{
  return middle * exp (spread * draw_normal (chance));
}

static double
draw_heavy (GRand *chance)
{
  double factor = draw_log_normal (chance, 1, 0.2);

  return g_rand_double (chance) < 0.125 ? factor * MIN (pow (1 - g_rand_double (chance), -1 / 1.5), 20) : factor;
}

const char *
dub_simulated_service_name (DubSimulatedService service)
{
  static const char *const names[DUB_N_SIMULATED] = { "exact", "log-normal 0.15", "log-normal 0.30", "log-normal 0.50",
                                                      "twice as slow", "half as slow", "heavy tail", "two kinds",
                                                      "drifting" };

  return names[service];
}

double
dub_simulated_service_factor (DubSimulatedService service,
                              GRand              *chance,
                              guint               nth)
{
  switch (service)
    {
    case DUB_SIMULATED_SPREAD_15:
      return draw_log_normal (chance, 1, 0.15);
    case DUB_SIMULATED_SPREAD_30:
      return draw_log_normal (chance, 1, 0.3);
    case DUB_SIMULATED_SPREAD_50:
      return draw_log_normal (chance, 1, 0.5);
    case DUB_SIMULATED_TWICE:
      return draw_log_normal (chance, 2, 0.15);
    case DUB_SIMULATED_HALF:
      return draw_log_normal (chance, 0.5, 0.15);
    case DUB_SIMULATED_HEAVY:
      return draw_heavy (chance);
    case DUB_SIMULATED_TWO_KINDS:
      return draw_log_normal (chance, g_rand_double (chance) < 0.75 ? 0.8 : 2, 0.1);
    case DUB_SIMULATED_DRIFTING:
      return draw_log_normal (chance, exp2 (sin (2 * G_PI * nth / DRIFT_PERIOD)), 0.2);
    case DUB_SIMULATED_EXACT:
    case DUB_N_SIMULATED:
    default:
      return 1;
    }
}

/* The lengths in which video ads are sold and made (6, 15, 20, 30 and 60 s), and one of six of another length, up to the
 * service's 600 s, short ones more often. The shares are an assumption: nobody publishes them. */
gint64
dub_simulated_duration (GRand *chance)
{
  static const struct
  {
    double share;
    gint64 s;
  } usual[] = { { 0.12, 6 }, { 0.40, 15 }, { 0.50, 20 }, { 0.74, 30 }, { 0.83, 60 } };
  double draw = g_rand_double (chance);

  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (draw < usual[i].share)
      return usual[i].s * 1000;
  return (gint64) (1000 * exp (log (600) * g_rand_double (chance)));
}
