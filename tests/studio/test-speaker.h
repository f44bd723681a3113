/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-speaker.h"

G_BEGIN_DECLS

#define TEST_TYPE_SPEAKER (test_speaker_get_type ())
G_DECLARE_FINAL_TYPE (TestSpeaker, test_speaker, TEST, SPEAKER, GObject)

/* Each character is 50 ms of a tone at the natural rate, each blank 50 ms of silence; 200 ms of silence at
 * either end. Without times of words. */
TestSpeaker *test_speaker_new            (double       fastest,
                                          guint        attempts);
/* How often it has said something. */
guint        test_speaker_count_attempts (TestSpeaker *self);

G_END_DECLS
