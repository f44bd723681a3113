/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-checks.h"
#include "dub-draft-video.h"
#include "dub-language.h"
#include "dub-records.h"
#include "dub-store.h"

G_BEGIN_DECLS

struct _DubDraftVideo
{
  GObject parent_instance;

  char *uri;
  char *title;
  char *file_name;
  char *identity;
  DubMediaInfo *info;
  GPtrArray *findings; /* DubFinding */
  GPtrArray *dropped;  /* DubFinding: of scripts that did not fit */
  DubThumbnail *thumbnail;
  GHashTable *scripts; /* language code → DubScript */
  GHashTable *script_files; /* language code → the name of its file */
  DubStore *store;
  GCancellable *cancellable;
  DubDraftVideoState state;
  guint pending; /* looks under way */
  gboolean local_files;
  gboolean agreed;
};

/* @local_files: whether a local file will do (the built-in studio). */
DubDraftVideo *dub_draft_video_new          (const char        *uri,
                                             gboolean           local_files);
/* Stops looking. */
void           dub_draft_video_abandon      (DubDraftVideo     *self);
/* What the bytes are; NULL while it is not known. */
const char    *dub_draft_video_get_identity (DubDraftVideo     *self);
void           dub_draft_video_set_agreed   (DubDraftVideo     *self,
                                             gboolean           agreed);
/* (transfer full) */
DubVideoRecord *dub_draft_video_make_record (DubDraftVideo     *self);

/* Own scripts, checked by the draft. (transfer none) or NULL */
DubScript     *dub_draft_video_get_script   (DubDraftVideo     *self,
                                             const DubLanguage *language);
void           dub_draft_video_set_script   (DubDraftVideo     *self,
                                             const DubLanguage *language,
                                             DubScript         *script);
/* The name of the file that a script came from, or NULL. A new script has none at first. */
const char    *dub_draft_video_get_script_file (DubDraftVideo     *self,
                                                const DubLanguage *language);
void           dub_draft_video_set_script_file (DubDraftVideo     *self,
                                                const DubLanguage *language,
                                                const char        *file_name);
/* @all_scripted: every language that is wanted has a script: then the sound does not matter. */
void           dub_draft_video_find         (DubDraftVideo     *self,
                                             gboolean           all_scripted);

/* For dub-draft-video-check.c. */
gboolean       dub_draft_video_is_local       (const char         *uri);
/* (element-type DubFinding) empty */
GPtrArray     *dub_draft_video_findings_new   (void);
void           dub_draft_video_set_state      (DubDraftVideo      *self,
                                               DubDraftVideoState  state);
/* These are owned by it then. */
void           dub_draft_video_take_findings  (DubDraftVideo      *self,
                                               GPtrArray          *findings);
void           dub_draft_video_take_info      (DubDraftVideo      *self,
                                               DubMediaInfo       *info);
void           dub_draft_video_take_thumbnail (DubDraftVideo      *self,
                                               DubThumbnail       *thumbnail);

/* dub-draft-video-check.c: looks at it; what is found shows in the properties. Its end is "notify::state". */
void           dub_draft_video_check          (DubDraftVideo      *self,
                                               DubStore           *store);

G_END_DECLS
