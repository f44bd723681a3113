/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-script.h"
#include "dub-service-types.h"

G_BEGIN_DECLS

/**
 * DubStudioTask:
 * @task_id: the name of the task towards the client, decimal digits
 * @video_url: where the original is: file://, http:// or https://
 * @script: what the client wants to be spoken, or NULL
 * @key: what the client knows it by, unique; NULL where it gave none, and in what is read from the store
 * @status: never unknown
 * @output: path of the finished MP4; NULL before success
 * @original: what was recognised (or the given script); NULL before success
 * @translated: what is spoken, with its true times and remarks; NULL before success
 * @subtitle_lines: the lines on the picture; NULL or empty: there are none
 * @note: a sentence for a person on the whole of it; NULL: there is none
 * @created: Unix seconds, UTC
 * @finished: Unix seconds, UTC; 0 before success or failure
 * @starts: how often it was begun, less how often the studio ended in good order in it
 *
 * A task of the studio, as it is stored. Not changed once handed out.
 */
typedef struct
{
  char           *task_id;
  char           *video_url;
  char           *language;
  char           *name;
  gboolean        lipsync;
  gboolean        subtitles;
  DubScript      *script;
  char           *key;
  DubRemoteStatus status;
  char           *video_id;
  char           *output;
  char           *error_msg;
  DubScript      *original;
  DubScript      *translated;
  DubScript      *subtitle_lines;
  char           *note;
  gint64          created;
  gint64          finished;
  guint           starts;
} DubStudioTask;

#define DUB_TYPE_STUDIO_TASK (dub_studio_task_get_type ())
GType           dub_studio_task_get_type  (void);
/* With an id of its own, submitted now. */
DubStudioTask  *dub_studio_task_new       (void);
DubStudioTask  *dub_studio_task_copy      (const DubStudioTask *self);
void            dub_studio_task_free      (DubStudioTask       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubStudioTask, dub_studio_task_free)

/* A number at random, as decimal digits: names tasks and videos. (transfer full) */
char           *dub_studio_make_id        (void);
DubRemoteTask  *dub_studio_task_to_remote (const DubStudioTask *self);
DubRemoteVideo *dub_studio_task_to_video  (const DubStudioTask *self);

G_END_DECLS
