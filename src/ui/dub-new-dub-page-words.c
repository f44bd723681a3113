/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-new-dub-page-private.h"

#include <glib/gi18n-lib.h>

#include "dub-format.h"

static void
update_videos (DubNewDubPage *self)
{
  guint n = g_list_model_get_n_items (dub_draft_get_videos (self->draft));
  guint accepted = dub_draft_get_n_accepted (self->draft);
  g_autofree char *count = NULL;

  gtk_widget_set_visible (self->videos_group, n > 0);
  if (dub_draft_get_checking (self->draft))
    count = g_strdup (_("Looking at them…"));
  else if (accepted < n)
    /* Translators: “3 of 4 can be dubbed” */
    count = g_strdup_printf (ngettext ("%u of %u can be dubbed", "%u of %u can be dubbed", accepted), accepted, n);
  gtk_label_set_label (self->videos_count, count != NULL ? count : "");
}

/* How many languages “Select All” is about: those that need no script, where some do. */
static guint
count_languages (DubNewDubPage *self,
                 gboolean       wanted)
{
  guint n = 0;

  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    {
      const DubLanguage *language = dub_language_get_all ()[i];

      if (dub_draft_translates (self->draft, language))
        n += !wanted || dub_draft_get_language (self->draft, language);
    }
  return n;
}

gboolean
dub_new_dub_page_has_all (DubNewDubPage *self)
{
  return count_languages (self, TRUE) == count_languages (self, FALSE);
}

static void
update_languages (DubNewDubPage *self)
{
  guint n = dub_draft_get_n_languages (self->draft);
  /* Translators: “4 of 13” languages are chosen */
  g_autofree char *count = g_strdup_printf (_("%u of %u"), n, (guint) DUB_N_LANGUAGES);
  const char *all = self->studio ? _("Select All _Translated") : _("Select _All");

  gtk_label_set_label (self->languages_count, count);
  gtk_button_set_label (self->select_all, dub_new_dub_page_has_all (self) ? _("Select _None") : all);
}

/* {Scripts} */

static void
add_to_list (GString    *list,
             const char *what)
{
  if (list->len > 0)
    /* Translators: between two languages in a list */
    g_string_append (list, _(", "));
  g_string_append (list, what);
}

static gboolean
is_wanted_untranslated (DubNewDubPage     *self,
                        const DubLanguage *language)
{
  return dub_draft_get_language (self->draft, language) && dub_draft_speaks (self->draft, language)
         && !dub_draft_translates (self->draft, language);
}

/* Which wanted languages cannot be dubbed into at all. */
static char *
list_voiceless (DubNewDubPage *self,
                guint         *n)
{
  GString *list = g_string_new (NULL);

  *n = 0;
  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    {
      const DubLanguage *language = dub_language_get_all ()[i];

      if (!dub_draft_get_language (self->draft, language) || dub_draft_speaks (self->draft, language))
        continue;
      *n += 1;
      add_to_list (list, dub_language_get_name (language));
    }
  return g_string_free_and_steal (list);
}

/* Which wanted languages lack a script of some video; that of a video without sound is another matter. */
static char *
list_needs (DubNewDubPage *self)
{
  GListModel *videos = dub_draft_get_videos (self->draft);
  guint n_needs[DUB_N_LANGUAGES] = { 0 };
  gboolean silent = FALSE;
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (videos); i++)
    {
      g_autoptr (DubDraftVideo) video = g_list_model_get_item (videos, i);

      for (guint j = 0; dub_draft_video_get_state (video) == DUB_DRAFT_VIDEO_ACCEPTED && j < DUB_N_LANGUAGES; j++)
        {
          const DubLanguage *language = dub_language_get_all ()[j];
          DubScriptNeed need = dub_draft_get_script_need (self->draft, video, language);

          n_needs[j] += need == DUB_SCRIPT_NEED_LANGUAGE && dub_draft_get_language (self->draft, language);
          silent |= need == DUB_SCRIPT_NEED_SOUND && dub_draft_get_language (self->draft, language);
        }
    }
  for (guint j = 0; j < DUB_N_LANGUAGES; j++)
    if (n_needs[j] > 0 || (dub_draft_get_n_accepted (self->draft) == 0 && is_wanted_untranslated (self, dub_language_get_all ()[j])))
      add_to_list (list, dub_language_get_name (dub_language_get_all ()[j]));
  if (silent)
    add_to_list (list, _("videos without sound"));
  return g_string_free_and_steal (list);
}

static char *
dup_needs (DubNewDubPage *self,
           const char    *list,
           guint          n_voiceless)
{
  guint left_out = dub_draft_get_n_left_out (self->draft) - dub_draft_get_n_accepted (self->draft) * n_voiceless;
  guint total = dub_draft_get_n_dubs (self->draft) + left_out;

  if (*list == '\0')
    return NULL;
  if (total > 0)
    /* Translators: “4 of 12 dubs need a script of your own, …: German, Japanese” */
    return g_strdup_printf (ngettext ("%u of %u dubs needs a script of your own, else it is left out: %s",
                                      "%u of %u dubs need a script of your own, else they are left out: %s", left_out),
                            left_out, total, list);
  /* Translators: %s is a list of languages */
  return g_strdup_printf (_("A script of your own is needed for: %s"), list);
}

static void
update_needs (DubNewDubPage *self)
{
  guint n_voiceless;
  g_autofree char *voiceless = list_voiceless (self, &n_voiceless), *list = list_needs (self);
  g_autofree char *needs = dup_needs (self, list, n_voiceless), *refusal = NULL, *both = NULL;

  if (n_voiceless > 0)
    /* Translators: %s is a list of languages */
    refusal = g_strdup_printf (_("The studio has no voice and makes no dub for: %s"), voiceless);
  if (needs != NULL && refusal != NULL)
    both = g_strjoin ("\n", needs, refusal, NULL);
  gtk_label_set_label (self->needs_text, both != NULL ? both : needs != NULL ? needs : refusal != NULL ? refusal : "");
  gtk_widget_set_visible (self->needs, needs != NULL || refusal != NULL);
  gtk_widget_set_visible (self->needs_scripts, needs != NULL);
  gtk_widget_set_sensitive (self->needs_scripts, dub_draft_get_n_accepted (self->draft) > 0);
}

typedef gboolean (*Skill) (DubDraft *draft, const DubLanguage *language);

/* NULL: all. */
static char *
list_skilled (DubNewDubPage *self,
              Skill          skill)
{
  GString *list = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    if (skill (self->draft, dub_language_get_all ()[i]))
      {
        add_to_list (list, dub_language_get_name (dub_language_get_all ()[i]));
        n++;
      }
  if (n < DUB_N_LANGUAGES)
    return g_string_free_and_steal (list);
  g_string_free (list, TRUE);
  return NULL;
}

static char *
dup_studio_hint (const char *heard,
                 const char *translated)
{
  if (translated == NULL)
    return g_strdup (_("The built-in studio translates into all of these languages with the engines that you have chosen."));
  if (heard == NULL)
    /* Translators: %s is a list of languages */
    return g_strdup_printf (_("The built-in studio translates into: %s. Any other language needs a script of your own."), translated);
  /* Translators: both %s are lists of languages */
  return g_strdup_printf (_("The built-in studio understands %s and translates into: %s. Any other language needs a script of your own."),
                          heard, translated);
}

static void
update_studio_hint (DubNewDubPage *self)
{
  g_autofree char *heard = list_skilled (self, dub_draft_hears), *translated = list_skilled (self, dub_draft_translates);
  g_autofree char *hint = dup_studio_hint (heard, translated);

  if (self->studio)
    gtk_label_set_label (self->languages_hint, hint);
}

/* {Options} */

/* The first dub that would be made: its name is the example. */
static gboolean
find_example (DubNewDubPage      *self,
              DubDraftVideo     **video,
              const DubLanguage **language)
{
  GListModel *videos = dub_draft_get_videos (self->draft);

  *video = NULL;
  *language = NULL;
  for (guint i = 0; i < g_list_model_get_n_items (videos) && *video == NULL; i++)
    {
      g_autoptr (DubDraftVideo) candidate = g_list_model_get_item (videos, i);
      if (dub_draft_video_get_state (candidate) == DUB_DRAFT_VIDEO_ACCEPTED)
        *video = candidate;
    }
  for (guint i = 0; i < DUB_N_LANGUAGES && *language == NULL; i++)
    if (dub_draft_get_language (self->draft, dub_language_get_all ()[i]))
      *language = dub_language_get_all ()[i];
  return *video != NULL && *language != NULL;
}

static char *
dup_name_title (DubNewDubPage *self)
{
  guint room = dub_draft_get_name_room (self->draft);

  if (dub_draft_get_name_problem (self->draft) != NULL)
    return g_strdup (dub_draft_get_name_problem (self->draft));
  if (room == DUB_NAME_MAX_CHARS)
    return g_strdup_printf (ngettext ("Name, at most %u character", "Name, at most %u characters", room), room);
  return g_strdup_printf (ngettext ("Name, at most %u character beside the language",
                                    "Name, at most %u characters beside the language", room),
                          room);
}

static void
update_own_name (DubNewDubPage *self)
{
  g_autofree char *title = dup_name_title (self);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->own_name), title);
  if (dub_draft_get_name_problem (self->draft) != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->own_name), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->own_name), "error");
}

static void
update_options (DubNewDubPage *self)
{
  GListModel *videos = dub_draft_get_videos (self->draft);
  guint scripts = 0, dubs = dub_draft_get_n_accepted (self->draft) * dub_draft_get_n_languages (self->draft);
  g_autofree char *example = NULL, *count = NULL;
  const DubLanguage *language;
  DubDraftVideo *first;

  if (dub_draft_get_name_problem (self->draft) == NULL && find_example (self, &first, &language))
    example = dub_draft_dup_name (self->draft, first, language);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->names), example != NULL ? example : "");
  update_own_name (self);

  for (guint i = 0; i < g_list_model_get_n_items (videos); i++)
    {
      g_autoptr (DubDraftVideo) video = g_list_model_get_item (videos, i);
      for (guint j = 0; j < DUB_N_LANGUAGES; j++)
        if (dub_draft_get_language (self->draft, dub_language_get_all ()[j]))
          scripts += dub_draft_get_script (self->draft, video, dub_language_get_all ()[j]) != NULL;
    }
  count = scripts == 0 ? g_strdup (_("None")) : g_strdup_printf (_("%u of %u"), scripts, dubs);
  gtk_label_set_label (self->scripts_count, count);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scripts), dubs > 0);
}

static void
update_consent (DubNewDubPage *self)
{
  guint n = dub_draft_get_n_accepted (self->draft);
  g_autofree char *label = NULL;
  gboolean needed;

  g_object_get (self->draft, "needs-agreement", &needed, NULL);
  if (n == 0)
    label = g_strdup (_("I agree"));
  else if (n == 1)
    label = g_strdup (_("I agree, for this video"));
  else
    label = g_strdup_printf (ngettext ("I agree, for this %u video", "I agree, for these %u videos", n), n);

  gtk_label_set_label (self->agree_label, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->agree), n > 0 && !self->generating);
  gtk_widget_set_visible (GTK_WIDGET (self->agree), needed || n == 0);
  gtk_widget_set_visible (self->agreed_before, !needed && n > 0);
}

static char *
dup_left_out (DubNewDubPage *self)
{
  guint n = dub_draft_get_n_left_out (self->draft);

  return g_strdup_printf (ngettext ("%u without a script is left out", "%u without a script are left out", n), n);
}

static const char *
choose_hint (DubNewDubPage *self)
{
  if (self->generating)
    return _("Starting…");
  if (dub_draft_get_can_generate (self->draft))
    return _("Your consent is kept with each video");
  if (dub_draft_get_checking (self->draft))
    return _("Looking at the videos…");
  if (dub_draft_get_n_accepted (self->draft) == 0)
    return _("Add a video first");
  if (dub_draft_get_n_languages (self->draft) == 0)
    return _("Choose a language first");
  if (dub_draft_get_name_problem (self->draft) != NULL)
    return _("Shorten the name first");
  if (dub_draft_get_n_dubs (self->draft) == 0)
    return _("Choose the scripts first");
  return self->narrow ? _("Read and agree first") : _("Tick “I agree” first");
}

static char *
dup_hint (DubNewDubPage *self)
{
  if (dub_draft_get_can_generate (self->draft) && !self->generating && dub_draft_get_n_left_out (self->draft) > 0)
    return dup_left_out (self);
  return g_strdup (choose_hint (self));
}

static char *
dup_sum (DubNewDubPage *self)
{
  guint left_out = dub_draft_get_n_left_out (self->draft);
  guint videos = dub_draft_get_n_accepted (self->draft), languages = dub_draft_get_n_languages (self->draft);
  guint dubs = dub_draft_get_n_dubs (self->draft);
  g_autofree char *dubs_text = g_strdup_printf (ngettext ("%u dub", "%u dubs", dubs), dubs);
  g_autofree char *videos_text = g_strdup_printf (ngettext ("%u video", "%u videos", videos), videos);
  g_autofree char *languages_text = g_strdup_printf (ngettext ("%u language", "%u languages", languages), languages);

  if (left_out > 0)
    /* Translators: “8 of 12 dubs” would be made */
    return g_strdup_printf (ngettext ("%u of %u dub", "%u of %u dubs", dubs + left_out), dubs, dubs + left_out);
  if (dubs == 0)
    return g_strdup (_("No dubs yet"));
  if (self->narrow)
    return g_steal_pointer (&dubs_text);
  /* Translators: “3 videos × 4 languages = 12 dubs” */
  return g_strdup_printf (_("%s × %s = %s"), videos_text, languages_text, dubs_text);
}

void
dub_new_dub_page_update_sum (DubNewDubPage *self)
{
  gint64 from, to, now = g_get_real_time () / G_USEC_PER_SEC;
  gboolean can = dub_draft_get_can_generate (self->draft) && !self->generating;
  g_autofree char *sum = dup_sum (self), *hint = dup_hint (self), *ready = NULL, *range = NULL;

  g_object_get (self->draft, "expected-from", &from, "expected-to", &to, NULL);
  if (dub_draft_get_n_dubs (self->draft) > 0 && to > 0)
    {
      range = dub_format_unbroken_range (from, to, now);
      /* Translators: %s is a range of times, such as “Tue 14:10–14:40” */
      ready = g_strdup_printf (_("Ready %s"), range);
    }

  gtk_label_set_label (self->sum, sum);
  /* A space keeps the place of the line, so that nothing jumps. */
  gtk_label_set_label (self->ready, ready != NULL ? ready : " ");
  gtk_widget_set_visible (GTK_WIDGET (self->ready), !self->narrow || (can && ready != NULL));
  gtk_label_set_label (self->hint, hint);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), !gtk_widget_get_visible (GTK_WIDGET (self->ready)) || !self->narrow);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "draft.generate", can);
}

void
dub_new_dub_page_update (DubNewDubPage *self)
{
  update_videos (self);
  update_languages (self);
  update_needs (self);
  update_studio_hint (self);
  update_options (self);
  update_consent (self);
  dub_new_dub_page_update_sum (self);
}
