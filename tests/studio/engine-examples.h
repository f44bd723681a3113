/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* A sentence of an ad in the language with this code. */
const char *engine_example (const char *code);
