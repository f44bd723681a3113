/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-account.h"
#include "dub-draft-video-private.h"
#include "dub-draft.h"
#include "dub-queue-private.h"
#include "dub-studio-engines.h"

G_BEGIN_DECLS

struct _DubDraft
{
  GObject parent_instance;

  DubStore *store;
  DubQueue *queue;
  DubStudioEngines *engines;
  DubAccount *account;
  GListStore *videos;
  gboolean wanted[DUB_N_LANGUAGES];
  char *name; /* as it was typed, or NULL; it may not do */
  GError *name_problem;
  int name_style;
  gboolean subtitles;
  gboolean lipsync;
  gboolean agreed;
  gboolean generating;
  /* As last notified. */
  gboolean checking;
  gboolean needs_agreement;
  gboolean can_generate;
  guint n_accepted;
  guint n_languages;
  guint n_dubs;
  guint n_left_out;
  gint64 expected_from;
  gint64 expected_to;
};

/* dub-draft.c */
DubDraft  *dub_draft_new           (DubStore   *store,
                                    DubQueue   *queue,
                                    DubStudioEngines *engines,
                                    DubAccount *account);
/* Finds out anew what can be done, and notifies what is different. */
void       dub_draft_update        (DubDraft   *self);
/* Without sound a video can be dubbed from scripts: whether it has them all depends on the languages. */
void       dub_draft_update_findings (DubDraft *self);
/* (transfer full) (element-type DubDraftVideo) */
GPtrArray *dub_draft_list_accepted (DubDraft   *self);

/* dub-draft-rules.c */
/* Whether the name does, for what is wanted now. */
void       dub_draft_update_name      (DubDraft *self);
/* Then a name of the person's own has the language added. */
gboolean   dub_draft_has_several_dubs (DubDraft *self);

G_END_DECLS
