/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-skills.h"

static DubEngineSettings *
settings_with (DubStage    stage,
               const char *languages)
{
  DubEngineSettings *settings = dub_engine_settings_new ();
  DubEngineChoice *choice = settings->stages[stage];

  choice->kind = stage == DUB_STAGE_TRANSLATE ? DUB_ENGINE_LIBRETRANSLATE : DUB_ENGINE_OPENAI;
  choice->address = g_strdup ("https://engine.example");
  choice->languages = languages != NULL ? g_strsplit (languages, " ", -1) : NULL;
  return settings;
}

typedef gboolean (*Skill) (const DubEngineSettings *settings, const DubLanguage *language);

static char *
list (Skill                    skill,
      const DubEngineSettings *settings)
{
  GString *codes = g_string_new (NULL);

  for (const DubLanguage *const *l = dub_language_get_all (); *l != NULL; l++)
    if (skill (settings, *l))
      g_string_append_printf (codes, "%s%s", codes->len > 0 ? " " : "", dub_language_get_code (*l));
  return g_string_free_and_steal (codes);
}

static void
assert_skill (Skill                    skill,
              const DubEngineSettings *settings,
              const char              *expected)
{
  g_autofree char *codes = list (skill, settings);

  g_assert_cmpstr (codes, ==, expected);
}

#define ALL "ar en fr de id it ja ko pt es th tr vi"

static void
test_built_in (void)
{
  g_autoptr (DubEngineSettings) settings = dub_engine_settings_new ();

  assert_skill (dub_studio_hears, NULL, "en");
  assert_skill (dub_studio_hears, settings, "en");
  assert_skill (dub_studio_translates, NULL, "fr it pt es");
  assert_skill (dub_studio_translates, settings, "fr it pt es");
  assert_skill (dub_studio_speaks, NULL, "ar en fr de id it ja ko pt es tr vi");
  assert_skill (dub_studio_speaks, settings, "ar en fr de id it ja ko pt es tr vi");
}

/* Whatever is not known is tried. */
static void
test_unknown (void)
{
  g_autoptr (DubEngineSettings) recognition = settings_with (DUB_STAGE_TRANSCRIBE, NULL);
  g_autoptr (DubEngineSettings) translation = settings_with (DUB_STAGE_TRANSLATE, NULL);
  g_autoptr (DubEngineSettings) voice = settings_with (DUB_STAGE_SPEAK, NULL);

  assert_skill (dub_studio_hears, recognition, ALL);
  assert_skill (dub_studio_translates, translation, "ar fr de id it ja ko pt es th tr vi");
  assert_skill (dub_studio_speaks, voice, ALL);
}

static void
test_known (void)
{
  g_autoptr (DubEngineSettings) translation = settings_with (DUB_STAGE_TRANSLATE, "en DE pt-BR es_MX zh deu");
  g_autoptr (DubEngineSettings) voice = settings_with (DUB_STAGE_SPEAK, "th");

  assert_skill (dub_studio_translates, translation, "de pt es");
  assert_skill (dub_studio_speaks, voice, "th");
}

/* Into English there is something to translate only where something else than English is understood. */
static void
test_into_english (void)
{
  g_autoptr (DubEngineSettings) both = settings_with (DUB_STAGE_TRANSLATE, "en de");
  DubEngineChoice *recognition = both->stages[DUB_STAGE_TRANSCRIBE];

  assert_skill (dub_studio_translates, both, "de");
  recognition->kind = DUB_ENGINE_OPENAI;
  recognition->address = g_strdup ("https://engine.example");
  assert_skill (dub_studio_translates, both, "en de");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/studio-skills/built-in", test_built_in);
  g_test_add_func ("/core/studio-skills/unknown", test_unknown);
  g_test_add_func ("/core/studio-skills/known", test_known);
  g_test_add_func ("/core/studio-skills/into-english", test_into_english);
  return g_test_run ();
}
