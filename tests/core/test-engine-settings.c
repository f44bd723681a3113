/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-engine-settings.h"
#include "dub-error.h"
#include "dub-test-support.h"

#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->dir = dub_test_make_dir ();
  fixture->path = g_build_filename (fixture->dir, DUB_ENGINE_SETTINGS_FILE, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  dub_test_remove_dir (fixture->dir);
  g_free (fixture->path);
}

static void
write_file (Fixture    *fixture,
            const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->path, text, -1, &error);
  g_assert_no_error (error);
}

static void
assert_choice_equal (const DubEngineChoice *a,
                     const DubEngineChoice *b)
{
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmpstr (a->address, ==, b->address);
  g_assert_cmpstr (a->model, ==, b->model);
  g_assert_cmpstr (a->voice, ==, b->voice);
  g_assert_cmpuint (a->parallel, ==, b->parallel);
  g_assert_cmpuint (a->timeout_s, ==, b->timeout_s);
  g_assert_cmpint (a->languages != NULL, ==, b->languages != NULL);
  if (a->languages != NULL)
    g_assert_cmpstrv (a->languages, b->languages);
}

static DubEngineSettings *
make_settings (void)
{
  DubEngineSettings *settings = dub_engine_settings_new ();

  settings->stages[DUB_STAGE_TRANSLATE]->kind = DUB_ENGINE_LIBRETRANSLATE;
  settings->stages[DUB_STAGE_TRANSLATE]->address = g_strdup ("https://translate.example:5000/base");
  settings->stages[DUB_STAGE_TRANSLATE]->languages = g_strdupv ((char *[]) { (char *) "es", (char *) "de", NULL });
  settings->stages[DUB_STAGE_SPEAK]->kind = DUB_ENGINE_OPENAI;
  settings->stages[DUB_STAGE_SPEAK]->address = g_strdup ("http://[::1]:8000");
  settings->stages[DUB_STAGE_SPEAK]->model = g_strdup ("a; model=with [signs] # and \\ more");
  settings->stages[DUB_STAGE_SPEAK]->voice = g_strdup ("Zoë");
  settings->stages[DUB_STAGE_SPEAK]->parallel = DUB_ENGINE_MAX_PARALLEL;
  settings->stages[DUB_STAGE_SPEAK]->timeout_s = DUB_ENGINE_MAX_TIMEOUT;
  return settings;
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (DubEngineSettings) settings = make_settings ();
  g_autoptr (DubEngineSettings) read = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (dub_engine_settings_save (settings, fixture->dir, &error));
  g_assert_no_error (error);
  read = dub_engine_settings_load (fixture->dir, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < DUB_N_STAGES; i++)
    assert_choice_equal (read->stages[i], settings->stages[i]);
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_no_file (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (DubEngineSettings) read = NULL;
  g_autoptr (GError) error = NULL;

  read = dub_engine_settings_load (fixture->dir, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < DUB_N_STAGES; i++)
    g_assert_cmpint (read->stages[i]->kind, ==, DUB_ENGINE_BUILT_IN);
}

/* The directory is made with the first choice. */
static void
test_makes_directory (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *dir = g_build_filename (fixture->dir, "new", "studio", NULL);
  g_autoptr (DubEngineSettings) settings = make_settings ();
  g_autoptr (DubEngineSettings) read = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dub_engine_settings_save (settings, dir, &error));
  g_assert_no_error (error);
  read = dub_engine_settings_load (dir, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read->stages[DUB_STAGE_SPEAK]->kind, ==, DUB_ENGINE_OPENAI);
}

static void
assert_refused (Fixture    *fixture,
                const char *text,
                DubError    code)
{
  g_autoptr (DubEngineSettings) read = NULL;
  g_autoptr (GError) error = NULL;

  write_file (fixture, text);
  read = dub_engine_settings_load (fixture->dir, &error);
  g_assert_null (read);
  g_assert_error (error, DUB_ERROR, (int) code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_hostile_files (Fixture       *fixture,
                    gconstpointer  data)
{
  static const char *const unusable[] = {
    "[translate]\nengine=oracle\n",
    "[translate]\nengine=openai\naddress=https://a.example\n",
    "[translate]\nengine=libretranslate\n",
    "[translate]\nengine=libretranslate\naddress=ftp://a.example\n",
    "[translate]\nengine=libretranslate\naddress=https://user:secret@a.example\n",
    "[translate]\nengine=libretranslate\naddress=https://a.example/?key=1\n",
    "[translate]\nengine=libretranslate\naddress=https://\n",
    "[translate]\nengine=libretranslate\naddress=https://a.example\nparallel=0\n",
    "[translate]\nengine=libretranslate\naddress=https://a.example\nparallel=17\n",
    "[translate]\nengine=libretranslate\naddress=https://a.example\nparallel=two\n",
    "[translate]\nengine=libretranslate\naddress=https://a.example\ntimeout=-1\n",
    "[translate]\nengine=libretranslate\naddress=https://a.example\ntimeout=99999999999999999999\n",
    "[translate]\nengine=libretranslate\naddress=https://a.example\ntimeout=\\q\n",
    "[translate]\nengine=libretranslate\naddress=https://a.example\\q\n",
    "[translate]\nengine=libretranslate\naddress=https://a.example\nmodel=a\\q\n",
    "[speak]\nengine=openai\naddress=https://a.example\nvoice=a\\nb\n",
    "[translate]\nengine=\\q\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (unusable); i++)
    {
      g_test_message ("%s", unusable[i]);
      assert_refused (fixture, unusable[i], DUB_ERROR_ENGINE);
    }
  assert_refused (fixture, "engine=openai\n", DUB_ERROR_FILE);
  assert_refused (fixture, "[translate\n", DUB_ERROR_FILE);
  assert_refused (fixture, "\001\002\377", DUB_ERROR_FILE);
}

static void
test_long_words (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *model = g_strnfill (201, 'a');
  g_autofree char *text = g_strdup_printf ("[speak]\nengine=openai\naddress=https://a.example\nmodel=%s\n", model);
  g_autofree char *comment = g_strnfill (64 * 1024 + 1, '#');

  assert_refused (fixture, text, DUB_ERROR_ENGINE);
  assert_refused (fixture, comment, DUB_ERROR_FILE);
}

/* What is no file is not waited for. */
static void
test_no_plain_file (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  g_assert_null (dub_engine_settings_load (fixture->dir, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_FILE);
}

static void
test_not_written (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *dir = g_build_filename (fixture->path, "below-a-file", NULL);
  g_autoptr (DubEngineSettings) settings = make_settings ();
  g_autoptr (GError) error = NULL;

  write_file (fixture, "");
  g_assert_false (dub_engine_settings_save (settings, dir, &error));
  g_assert_error (error, DUB_ERROR, DUB_ERROR_FILE);
}

static char *
dup_key_id (const char *address)
{
  g_autoptr (DubEngineChoice) choice = dub_engine_choice_new ();

  choice->kind = DUB_ENGINE_OPENAI;
  choice->address = g_strdup (address);
  return dub_engine_choice_dup_key_id (choice);
}

/* A key belongs to a server, whatever path is asked. */
static void
test_key_ids (void)
{
  g_autofree char *one = dup_key_id ("https://API.example/v1"), *same = dup_key_id ("https://api.example:443/other");
  g_autofree char *port = dup_key_id ("https://api.example:8443"), *plain = dup_key_id ("http://api.example");
  g_autofree char *six = dup_key_id ("http://[::1]:80/"), *none = dup_key_id ("api.example");

  g_assert_cmpstr (one, ==, "engine https://api.example:443");
  g_assert_cmpstr (same, ==, one);
  g_assert_cmpstr (port, !=, one);
  g_assert_cmpstr (plain, !=, one);
  g_assert_cmpstr (six, ==, "engine http://[::1]:80");
  g_assert_null (none);
}

static void
assert_server (const char *address,
               const char *host,
               gboolean    local,
               gboolean    takes_key)
{
  g_autoptr (DubEngineChoice) choice = dub_engine_choice_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  choice->kind = DUB_ENGINE_OPENAI;
  choice->address = g_strdup (address);
  name = dub_engine_choice_dup_host (choice);
  g_assert_cmpstr (name, ==, host);
  g_assert_cmpint (dub_engine_choice_is_local (choice), ==, local);
  g_assert_cmpint (dub_engine_choice_check_key (choice, &error), ==, takes_key);
  if (takes_key)
    g_assert_no_error (error);
  else
    g_assert_error (error, DUB_ERROR, DUB_ERROR_ENGINE);
}

/* A key goes over https, or nowhere. */
static void
test_servers (void)
{
  g_autoptr (DubEngineChoice) built_in = dub_engine_choice_new ();

  assert_server ("https://API.example/v1", "api.example", FALSE, TRUE);
  assert_server ("http://api.example:8080", "api.example:8080", FALSE, FALSE);
  assert_server ("http://192.168.1.7:5000", "192.168.1.7:5000", FALSE, FALSE);
  assert_server ("http://127.0.0.1:5000", "127.0.0.1:5000", TRUE, TRUE);
  assert_server ("https://api.example:443", "api.example", FALSE, TRUE);
  assert_server ("https://api.example:80", "api.example:80", FALSE, TRUE);
  assert_server ("http://[::1]", "[::1]", TRUE, TRUE);
  assert_server ("http://LocalHost:2737", "localhost:2737", TRUE, TRUE);
  assert_server ("http://localhost.example", "localhost.example", FALSE, FALSE);
  assert_server ("http://127.0.0.1.example", "127.0.0.1.example", FALSE, FALSE);
  assert_server ("nonsense", NULL, FALSE, FALSE);
  g_assert_true (dub_engine_choice_is_local (built_in));
  g_assert_null (dub_engine_choice_dup_host (built_in));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/core/engine-settings/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/core/engine-settings/no-file", Fixture, NULL, set_up, test_no_file, tear_down);
  g_test_add ("/core/engine-settings/makes-directory", Fixture, NULL, set_up, test_makes_directory, tear_down);
  g_test_add ("/core/engine-settings/hostile-files", Fixture, NULL, set_up, test_hostile_files, tear_down);
  g_test_add ("/core/engine-settings/long-words", Fixture, NULL, set_up, test_long_words, tear_down);
  g_test_add ("/core/engine-settings/no-plain-file", Fixture, NULL, set_up, test_no_plain_file, tear_down);
  g_test_add ("/core/engine-settings/not-written", Fixture, NULL, set_up, test_not_written, tear_down);
  g_test_add_func ("/core/engine-settings/key-ids", test_key_ids);
  g_test_add_func ("/core/engine-settings/servers", test_servers);
  return g_test_run ();
}
