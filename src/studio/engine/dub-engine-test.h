/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-engine-trial.h"

G_BEGIN_DECLS

/* (transfer full) (nullable): lets an engine do a little of what it is there for. Blocks. */
DubEngineTrialResult *dub_engine_test (DubEngineTrial *trial,
                                       GError        **error);

G_END_DECLS
