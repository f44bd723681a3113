/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-language-chips.h"
#include "dub-new-dub-page.h"

G_BEGIN_DECLS

struct _DubNewDubPage
{
  AdwNavigationPage parent_instance;

  /* template widgets */
  AdwMultiLayoutView *layouts;
  GtkLabel *notice;
  GtkWidget *drop_zone;
  GtkDropTarget *drop_target;
  GtkLabel *drop_title;
  GtkLabel *drop_kinds;
  GtkWidget *videos_group;
  GtkWidget *choose_files;
  GtkLabel *videos_count;
  GtkListBox *videos;
  DubLanguageChips *chips;
  GtkLabel *languages_count;
  GtkButton *select_all;
  GtkLabel *languages_hint;
  AdwSwitchRow *subtitles;
  AdwSwitchRow *lipsync;
  AdwComboRow *names;
  AdwEntryRow *own_name;
  AdwActionRow *scripts;
  GtkLabel *scripts_count;
  GtkWidget *consent_heading;
  GtkLabel *consent_text;
  GtkCheckButton *agree;
  GtkLabel *agree_label;
  GtkWidget *agreed_before;
  GtkLabel *sum;
  GtkLabel *ready;
  GtkWidget *generate;
  GtkLabel *hint;

  /* owned */
  DubDraft *draft;
  DubAccount *account;
  GCancellable *cancellable;
  gboolean narrow;
  gboolean generating;
};

/* What the page says of its draft. */
void  dub_new_dub_page_update (DubNewDubPage *self);

G_END_DECLS
