/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-clock.h"
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
  GtkWidget *choose_files;
  GtkWidget *videos_group;
  GtkLabel *videos_count;
  GtkListBox *videos;
  DubLanguageChips *chips;
  GtkLabel *languages_count;
  GtkButton *select_all;
  GtkLabel *languages_hint;
  GtkWidget *needs;
  GtkLabel *needs_text;
  GtkWidget *needs_scripts;
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
  DubClock *clock;
  gboolean studio;
  gboolean narrow;
  gboolean generating;
};

/* What the page says of its draft. */
void     dub_new_dub_page_update     (DubNewDubPage *self);
/* Only what it says of the time. */
void     dub_new_dub_page_update_sum (DubNewDubPage *self);
/* Whether all languages are wanted that need no script. */
gboolean dub_new_dub_page_has_all    (DubNewDubPage *self);

G_END_DECLS
