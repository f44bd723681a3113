/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* An hour becomes less than a second. */
#define DUB_FAULT_HASTE 5000
/* How long the program waits for an answer: long enough for a busy machine, and waited for in full where there is none. */
#define DUB_FAULT_DEADLINE_MS 1000
