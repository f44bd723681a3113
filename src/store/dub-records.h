/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-media-info.h"
#include "dub-script.h"
#include "dub-task-state.h"

G_BEGIN_DECLS

/* Rows of the store as plain structs. Times are Unix milliseconds, UTC; ids are row ids; strings may be NULL
 * where a value is not known. */

/* The account of the built-in studio, which is there from the first start. */
#define DUB_STUDIO_ACCOUNT_ID "studio"

typedef enum
{
  DUB_ACCOUNT_KIND_STUDIO,
  DUB_ACCOUNT_KIND_SERVICE,
} DubAccountKind;

typedef struct
{
  char          *id; /* DUB_STUDIO_ACCOUNT_ID, or a random UUID */
  DubAccountKind kind;
  char          *name;
  char          *base_url; /* NULL for the studio */
  gint64         created;
} DubAccountRecord;

typedef struct
{
  gint64        id;
  char         *uri;      /* file://, http:// or https:// */
  char         *identity; /* what the bytes are: dub_file_identity_async(), or of an address its own */
  char         *title;
  DubMediaInfo *info;
} DubVideoRecord;

typedef struct
{
  char  *identity;
  char  *notice_version;
  gint64 agreed;
} DubConsentRecord;

typedef struct
{
  gint64       id;
  char        *account_id;
  gint64       video;
  char        *language;
  int          round;
  char        *name;
  gboolean     subtitles;
  gboolean     lipsync;
  DubTaskState state;
  char        *batch;       /* what was asked for together */
  char        *publish_url; /* the address given to the service */
  char        *remote_task;
  char        *remote_video;
  char        *preview_url;
  char        *message;     /* of a failure, for a person: the service's words or ours */
  gint64       return_code;
  char        *request_id;
  gint64       created;
  gint64       changed;     /* when the state was entered */
  gint64       submitted;   /* when the create was sent; 0 before */
  gint64       finished;    /* 0 before */
  gint64       place;       /* in the line of those that wait: the least goes first, then the oldest */
} DubTaskRecord;

typedef struct
{
  gint64       task;
  DubTaskState from; /* equals to for the first one, and where only values were put right */
  DubTaskState to;
  gint64       moment;
  gint64       return_code;
  char        *message;
  char        *request_id;
} DubTransitionRecord;

typedef enum
{
  DUB_SCRIPT_GIVEN,      /* sent with the task */
  DUB_SCRIPT_ORIGINAL,   /* from video/list */
  DUB_SCRIPT_TRANSLATED, /* from video/list */
  DUB_SCRIPT_SUBTITLES,  /* from the built-in studio's video/list: the lines that are drawn on the picture */
} DubScriptRole;

/* What a list of the service says of a finished task; each may be NULL. */
typedef struct
{
  gint64     task;
  DubScript *original;
  DubScript *translated;
  DubScript *subtitles;
} DubTranscriptRecord;

/* The lease of the queue as it is after it was asked for. */
typedef struct
{
  gint64 holder;
  gint64 turn;  /* grows each time that it goes to another holder */
  gint64 until; /* monotonic ms */
} DubLeaseRecord;

DubAccountRecord    *dub_account_record_new     (void);
void                 dub_account_record_free    (DubAccountRecord    *self);
DubVideoRecord      *dub_video_record_new       (void);
DubVideoRecord      *dub_video_record_copy      (const DubVideoRecord *self);
void                 dub_video_record_free      (DubVideoRecord      *self);
DubTaskRecord       *dub_task_record_new        (void);
DubTaskRecord       *dub_task_record_copy       (const DubTaskRecord *self);
gboolean             dub_task_record_equal      (const DubTaskRecord *a,
                                                 const DubTaskRecord *b);
void                 dub_task_record_free       (DubTaskRecord       *self);
void                 dub_transition_record_free (DubTransitionRecord *self);
DubTranscriptRecord *dub_transcript_record_new  (gint64               task,
                                                 DubScript           *original,
                                                 DubScript           *translated,
                                                 DubScript           *subtitles);
void                 dub_transcript_record_free (DubTranscriptRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubAccountRecord, dub_account_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubVideoRecord, dub_video_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubTaskRecord, dub_task_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubTransitionRecord, dub_transition_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubTranscriptRecord, dub_transcript_record_free)

G_END_DECLS
