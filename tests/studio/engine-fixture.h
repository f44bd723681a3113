/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What `ffprobe OPTIONS PATH` prints, with blanks between the options. (transfer full) */
char   *engine_test_probe   (const char *path,
                                const char *options);
/* What `ffmpeg OPTIONS PATH` makes, with blanks between the options. */
void    engine_test_make    (const char *path,
                             const char *options);
/* Its @index-th picture as it is seen, in @n_wide × @n_high fields of three colours. (transfer full) */
GBytes *engine_test_fields  (const char *path,
                             int         index,
                             int         n_wide,
                             int         n_high);
/* In seconds. */
double  engine_test_duration (const char *path);
/* The pictures of @path as they are coded: times and a sum of their bytes. (transfer full) */
char   *engine_test_packets (const char *path);
/* When its pictures are seen, in seconds. (transfer full) (element-type double) */
GArray *engine_test_times   (const char *path);
/* When dark pictures are followed by a bright one, and silence by sound, in seconds. (transfer full) (element-type double) */
GArray *engine_test_flashes (const char *path);
GArray *engine_test_clicks  (const char *path);
/* What is heard: one channel, 48 kHz. (transfer full) (element-type float) */
GArray *engine_test_sound   (const char *path);
/* The same with left and right, one after the other. */
GArray *engine_test_stereo  (const char *path);
/* The level between two instants, in dB below full scale. */
double  engine_test_level   (GArray     *sound,
                                double      from_s,
                                double      until_s);
/* The share of pixels of the picture's lower half that are white, at an instant. */
double  engine_test_white   (const char *path,
                                double      time_s);

G_END_DECLS
