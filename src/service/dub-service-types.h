/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-script.h"

G_BEGIN_DECLS

/* Service documentation, "Create tasks" and "Task results". */
#define DUB_MAX_ITEMS_PER_CREATE 5
#define DUB_MAX_IDS_PER_LIST     5
/* Characters. */
#define DUB_MAX_KEY_LENGTH       64

/**
 * DubCreateItem:
 *
 * @script: NULL where the service shall translate
 * @key: of the built-in studio alone: an item whose key it knows is not made again; NULL: none
 *
 * One item of `dubbing_video_info`: a video, a language.
 */
typedef struct
{
  char      *video_url;
  char      *target_language;
  char      *video_name;
  gboolean   lipsync;
  gboolean   subtitles;
  DubScript *script;
  char      *key;
} DubCreateItem;

DubCreateItem *dub_create_item_new  (void);
void           dub_create_item_free (DubCreateItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubCreateItem, dub_create_item_free)

typedef enum
{
  DUB_REMOTE_STATUS_SUBMITTED,
  DUB_REMOTE_STATUS_PROCESSING,
  DUB_REMOTE_STATUS_SUCCESS,
  DUB_REMOTE_STATUS_FAILED,
  DUB_REMOTE_STATUS_UNKNOWN, /* a word that is not in the contract: kept in status_word, asked again later */
} DubRemoteStatus;

/**
 * DubRemoteTask:
 * @preview_url: NULL also where it leads nowhere
 * @progress_stage: (transfer none): what is being done, one of dub_progress_stage_find(); NULL: not told
 * @progress: how much of the task is done, 0 to 1; -1: not told
 *
 * One entry of `task/list`. Strings that the status does not have are NULL. Progress is the built-in studio's.
 */
typedef struct
{
  char           *task_id;
  char           *video_name;
  DubRemoteStatus status;
  char           *status_word;
  char           *video_id;
  char           *preview_url;
  char           *error_msg;
  const char     *progress_stage;
  double          progress;
} DubRemoteTask;

/* (nullable) (transfer none): the stage of this name: fetch (the video, from the web), open, listen, transcribe, translate,
 * speak, compose. */
const char    *dub_progress_stage_find (const char *word);

DubRemoteTask *dub_remote_task_new  (void);
void           dub_remote_task_free (DubRemoteTask *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubRemoteTask, dub_remote_task_free)

/**
 * DubRemoteVideo:
 * @preview_url: NULL where the service gives none that can be opened: links end
 * @create_time: Unix seconds, UTC
 * @translated_script: of the built-in studio with the true times and remarks
 * @subtitle_lines: of the built-in studio: the very lines drawn on the picture; NULL: there are none, or it is not known
 * @note: of the built-in studio: a sentence for a person on the whole of it; NULL: there is none
 *
 * One entry of `video/list`.
 */
typedef struct
{
  char      *video_id;
  char      *video_name;
  char      *preview_url;
  char      *target_language;
  gint64     create_time;
  DubScript *original_script;
  DubScript *translated_script;
  DubScript *subtitle_lines;
  char      *note;
} DubRemoteVideo;

DubRemoteVideo *dub_remote_video_new  (void);
void            dub_remote_video_free (DubRemoteVideo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubRemoteVideo, dub_remote_video_free)

/* The answer's envelope. */
typedef struct
{
  gint64  code;
  char   *message;
  char   *request_id;
} DubEnvelope;

DubEnvelope *dub_envelope_new  (void);
void         dub_envelope_free (DubEnvelope *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubEnvelope, dub_envelope_free)

G_END_DECLS
