/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-script.h"
#include "dub-draft-video.h"
#include "dub-language.h"
#include "dub-names.h"

G_BEGIN_DECLS

/* Why a dub cannot be made as it is. */
typedef enum
{
  DUB_SCRIPT_NEED_NONE,
  DUB_SCRIPT_NEED_LANGUAGE, /* the built-in studio does not translate into it */
  DUB_SCRIPT_NEED_SOUND,    /* there is no speech to translate */
  DUB_SCRIPT_NEED_VOICE,    /* the built-in studio has no voice for it: no script helps */
} DubScriptNeed;

#define DUB_TYPE_DRAFT (dub_draft_get_type ())
G_DECLARE_FINAL_TYPE (DubDraft, dub_draft, DUB, DRAFT, GObject)

/*
 * What the person is about to have dubbed: the model of the New Dub page and of `dubroom dub`. No request to the service
 * leaves for a video before dub_draft_generate_async() has stored the consent for it. Thumbnails and checks look at local files; of a
 * pasted address one byte is asked for, at the address itself, without any token (DubAddress).
 *
 * Properties, notified: subtitles, lipsync (boolean, read-write), name-style (int, DubNameStyle, read-write), agreed (boolean, read-write; set back to FALSE
 * when a video without a stored consent is added), checking (boolean), n-accepted, n-languages, n-dubs (uint: those that would be made), n-left-out (uint: those
 * that lack a script that they need), needs-agreement (boolean: some accepted
 * video has no stored consent), can-generate (boolean), expected-from, expected-to (int64, Unix seconds; 0 when nothing to dub).
 * Signal: "changed": any of it, also scripts and names.
 */
GListModel *dub_draft_get_videos        (DubDraft          *self); /* DubDraftVideo; transfer none */
void        dub_draft_add_file          (DubDraft          *self,
                                         GFile             *file);
/* Returns (transfer full) (element-type utf8): a sentence for each thing in the text that is no address. */
GPtrArray  *dub_draft_add_addresses     (DubDraft          *self,
                                         const char        *text);
void        dub_draft_remove            (DubDraft          *self,
                                         DubDraftVideo     *video);
gboolean    dub_draft_get_language      (DubDraft          *self,
                                         const DubLanguage *language);
void        dub_draft_set_language      (DubDraft          *self,
                                         const DubLanguage *language,
                                         gboolean           wanted);
/* An own script of a video in a language, checked against the video's duration; NULL removes it. */
gboolean    dub_draft_set_script        (DubDraft          *self,
                                         DubDraftVideo     *video,
                                         const DubLanguage *language,
                                         DubScript         *script,
                                         GError           **error);
DubScript  *dub_draft_get_script        (DubDraft          *self,
                                         DubDraftVideo     *video,
                                         const DubLanguage *language);
/* Where its own file's name is shown beside it. */
void        dub_draft_set_script_file   (DubDraft          *self,
                                         DubDraftVideo     *video,
                                         const DubLanguage *language,
                                         const char        *file_name);
const char *dub_draft_get_script_file   (DubDraft          *self,
                                         DubDraftVideo     *video,
                                         const DubLanguage *language);
/* What the lack of a script means for a dub. One that needs it is left out. */
DubScriptNeed dub_draft_get_script_need (DubDraft          *self,
                                         DubDraftVideo     *video,
                                         const DubLanguage *language);
/* Whether a language can be dubbed into without a script. */
gboolean    dub_draft_translates        (DubDraft          *self,
                                         const DubLanguage *language);
/* Whether it can be dubbed into at all. */
gboolean    dub_draft_speaks            (DubDraft          *self,
                                         const DubLanguage *language);
/* Whether speech in it is understood. */
gboolean    dub_draft_hears             (DubDraft          *self,
                                         const DubLanguage *language);
/* A name of the person's own for all dubs ("" or NULL: made by the style); with several dubs the language is added, with several
 * videos the title too. One that does not do is kept, and nothing can be generated under it. */
gboolean    dub_draft_set_name          (DubDraft          *self,
                                         const char        *name,
                                         GError           **error);
/* A sentence that says why the name does not do, or NULL. */
const char *dub_draft_get_name_problem  (DubDraft          *self);
/* How many characters an own name may have beside what is added to it. */
guint       dub_draft_get_name_room     (DubDraft          *self);
/* (transfer full) */
char       *dub_draft_dup_name          (DubDraft          *self,
                                         DubDraftVideo     *video,
                                         const DubLanguage *language);
guint       dub_draft_get_n_accepted    (DubDraft          *self);
guint       dub_draft_get_n_languages   (DubDraft          *self);
guint       dub_draft_get_n_dubs        (DubDraft          *self);
guint       dub_draft_get_n_left_out    (DubDraft          *self);
/* Finds out anew when the dubs would be ready: time goes on. */
void        dub_draft_update_forecast   (DubDraft          *self);
gboolean    dub_draft_get_checking      (DubDraft          *self);
gboolean    dub_draft_get_agreed        (DubDraft          *self);
void        dub_draft_set_agreed        (DubDraft          *self,
                                         gboolean           agreed);
gboolean    dub_draft_get_can_generate  (DubDraft          *self);
/* Stores the consents, then the videos, then the tasks; the queue takes it from there. Returns (transfer full) (element-type
 * DubTask) the new tasks. */
void        dub_draft_generate_async    (DubDraft            *self,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);
GPtrArray  *dub_draft_generate_finish   (DubDraft            *self,
                                         GAsyncResult        *result,
                                         GError             **error);

G_END_DECLS
