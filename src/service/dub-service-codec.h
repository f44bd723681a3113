/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-service-types.h"

G_BEGIN_DECLS

/*
 * JSON of the API, both ways: what the client writes the studio reads, and the reverse. Numbers may be integers
 * or decimal strings, ids also integers, unknown fields are ignored, missing ones are an error that names them by path
 * ("data.list[2].task_id"); what only tells people something is left out where it is no text. No JSON type of a library
 * is seen outside.
 */

/* Every path ends in a slash. */
#define DUB_PATH_TASK_CREATE "creative/aigc/video/task/create/"
#define DUB_PATH_TASK_LIST   "creative/aigc/video/task/list/"
#define DUB_PATH_VIDEO_LIST  "creative/aigc/video/list/"
#define DUB_PATH_USER_INFO   "user/info/"

/* For the client. (element-type DubCreateItem), etc. Decoders return NULL with a #DubServiceError; where the
 * envelope's code is not 0 the error is that of the code, with request_id and message. */
char      *dub_codec_encode_create        (GPtrArray    *items);
char      *dub_codec_encode_task_query    (const char *const *task_ids);   /* "task_ids=%5B…&aigc_video_type=DUBBING" */
char      *dub_codec_encode_video_query   (void);
GStrv      dub_codec_decode_task_ids      (GBytes       *body,
                                           char        **request_id,
                                           GError      **error);
GPtrArray *dub_codec_decode_tasks         (GBytes       *body,
                                           char        **request_id,
                                           GError      **error);
GPtrArray *dub_codec_decode_videos        (GBytes       *body,
                                           char        **request_id,
                                           GError      **error);
char      *dub_codec_decode_user          (GBytes       *body,        /* display name, or "" */
                                           char        **request_id,
                                           GError      **error);

/* For the studio's server. On failure the error is DUB_SERVICE_ERROR_PARAMETERS whose sentence names the
 * field ("dubbing_video_info[0].target_languages: …"). Only form is checked here (presence, type), limits and
 * values are the server's to check. */
GPtrArray *dub_codec_decode_create        (GBytes       *body,
                                           GError      **error);
GStrv      dub_codec_decode_id_array      (const char   *json,        /* the value of task_ids= */
                                           GError      **error);
char      *dub_codec_encode_error         (gint64        code,
                                           const char   *message,
                                           const char   *request_id);
char      *dub_codec_encode_task_ids      (const char *const *task_ids,
                                           const char   *request_id);
char      *dub_codec_encode_tasks         (GPtrArray    *tasks,
                                           const char   *request_id);
char      *dub_codec_encode_videos        (GPtrArray    *videos,
                                           const char   *request_id);
char      *dub_codec_encode_user          (const char   *display_name,
                                           const char   *request_id);

G_END_DECLS
