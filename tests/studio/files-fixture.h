/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-pcm.h"
#include "dub-progress.h"
#include "dub-source.h"

G_BEGIN_DECLS

/* Two seconds of a moving picture; of a tone. */
#define PICTURE "-f lavfi -i testsrc2=size=320x180:rate=25:duration=2"
#define TONE " -f lavfi -i sine=frequency=440:duration=2:sample_rate=48000"
#define X264 " -c:v libx264 -preset veryfast -bf 2"
#define X265 " -c:v libx265 -preset ultrafast -x265-params log-level=none"
#define AAC " -c:a aac"
#define UNEVEN " -vf setpts='PTS+mod(N*7919,1500)/90000/TB' -fps_mode vfr -enc_time_base 1/90000 -video_track_timescale 90000"

/* @video: what is composed; @output: the dub. */
typedef struct
{
  char *dir;
  char *video;
  char *output;
  DubProgress *progress;
} FilesFixture;

void       files_test_set_up        (FilesFixture *fixture, gconstpointer data);
void       files_test_tear_down     (FilesFixture *fixture, gconstpointer data);
/* Makes the video, by options of ffmpeg. */
void       files_test_make          (FilesFixture *fixture, const char *name, const char *options);
/* Makes another one of the one that there is. */
void       files_test_make_from     (FilesFixture *fixture, const char *options_before, const char *name, const char *options);
/* (transfer full) */
DubSource *files_test_open_measured (const char *path, DubUnderstands understands, FilesFixture *fixture);
/* (transfer full): the sound of the video itself, as long as the dub. */
DubPcm    *files_test_take_sound    (FilesFixture *fixture, DubSource *source);
/* Makes the dub with that sound; with subtitles from 1.2 to 1.6 s. */
void       files_test_compose       (FilesFixture *fixture, gboolean subtitles);
/* One picture, one sound in Spanish, and the index in front. */
void       files_test_check_file    (FilesFixture *fixture, const char *picture_codec);
/* All pictures, when they were. */
void       files_test_check_times   (FilesFixture *fixture);

G_END_DECLS
