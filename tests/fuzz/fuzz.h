/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/*
 * A fuzz target is a file that has LLVMFuzzerTestOneInput(): what is read from outside, given anything. It aborts where what
 * was read is not what it must be. It is built twice: with fuzz-main.c as an ordinary test, and by `build-aux/bench fuzz`
 * with libFuzzer, which has a main of its own and calls the other two by their names.
 */
int  LLVMFuzzerInitialize   (int           *argc,
                             char        ***argv);
int  LLVMFuzzerTestOneInput (const uint8_t *data,
                             size_t         size);

G_END_DECLS
