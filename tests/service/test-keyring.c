/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-keyring.h"
#include "dub-service-error.h"
#include "dub-test-support.h"

#include <glib/gstdio.h>
#include <string.h>

/* The keyring: libsecret's own file, a real GNOME Keyring, and what happens where there is none or it is locked.
 * Each runs in a process of its own with a home of its own, since libsecret chooses its keyring once. */

#define TOKEN "token-0815"

static gboolean
store (DubKeyring   *keyring,
       const char   *account,
       const char   *token,
       GCancellable *cancellable,
       GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_keyring_store_async (keyring, account, "Dubroom: test", token, cancellable, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_keyring_store_finish (keyring, result, error);
}

static char *
lookup (DubKeyring *keyring,
        const char *account,
        GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_keyring_lookup_async (keyring, account, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_keyring_lookup_finish (keyring, result, error);
}

static gboolean
clear (DubKeyring *keyring,
       const char *account,
       GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_keyring_clear_async (keyring, account, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_keyring_clear_finish (keyring, result, error);
}

static void
assert_token (DubKeyring *keyring,
              const char *account,
              const char *wanted)
{
  g_autoptr (GError) error = NULL;
  char *token = lookup (keyring, account, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, wanted);
  dub_keyring_token_free (token);
}

static void
child_round (void)
{
  g_autoptr (DubKeyring) keyring = dub_keyring_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  assert_token (keyring, "one", NULL);
  g_assert_true (store (keyring, "one", TOKEN, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (store (keyring, "two", "another", NULL, &error));
  g_assert_no_error (error);
  assert_token (keyring, "one", TOKEN);
  assert_token (keyring, "two", "another");
  store (keyring, "one", "newer", NULL, &error);
  g_assert_no_error (error);
  assert_token (keyring, "one", "newer");

  g_cancellable_cancel (cancellable);
  g_assert_false (store (keyring, "one", "never", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  assert_token (keyring, "one", "newer");

  g_assert_true (clear (keyring, "one", &error));
  g_assert_true (clear (keyring, "one", &error));
  g_assert_no_error (error);
  assert_token (keyring, "one", NULL);
  assert_token (keyring, "two", "another");
}

static void
assert_refused (GError        **error,
                DubServiceError code,
                const char     *words)
{
  g_assert_error (*error, DUB_SERVICE_ERROR, (int) code);
  if (strstr ((*error)->message, words) == NULL)
    g_error ("“%s” does not say “%s”", (*error)->message, words);
  g_assert_null (strstr ((*error)->message, TOKEN));
  g_clear_error (error);
}

static void
all_refused (DubServiceError code,
             const char     *words)
{
  g_autoptr (DubKeyring) keyring = dub_keyring_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (store (keyring, "one", TOKEN, NULL, &error));
  assert_refused (&error, code, words);
  g_assert_null (lookup (keyring, "one", &error));
  assert_refused (&error, code, words);
  g_assert_false (clear (keyring, "one", &error));
  assert_refused (&error, code, words);
}

static void
child_missing (void)
{
  all_refused (DUB_SERVICE_ERROR_NO_KEYRING, "There is no keyring");
}

static void
child_no_bus (void)
{
  all_refused (DUB_SERVICE_ERROR_NO_KEYRING, "cannot be reached");
}

static void
lock (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) answer = NULL;
  const char *const collections[] = { "/org/freedesktop/secrets/aliases/default", NULL };

  g_assert_no_error (error);
  answer = g_dbus_connection_call_sync (bus, "org.freedesktop.secrets", "/org/freedesktop/secrets",
                                        "org.freedesktop.Secret.Service", "Lock",
                                        g_variant_new ("(@ao)", g_variant_new_objv (collections, -1)), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

/* Nobody is there to type a password. */
static void
child_locked (void)
{
  g_autoptr (DubKeyring) keyring = dub_keyring_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (store (keyring, "one", TOKEN, NULL, &error));
  g_assert_no_error (error);
  lock ();
  all_refused (DUB_SERVICE_ERROR_KEYRING, "locked");
}

static const struct
{
  const char *name;
  void (*run) (void);
} children[] = {
  { "round", child_round },
  { "missing", child_missing },
  { "no-bus", child_no_bus },
  { "locked", child_locked },
};

static int
run_child (const char *name)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL);
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++)
    {
      if (g_str_equal (children[i].name, name))
        {
          children[i].run ();
          return 0;
        }
    }
  return 2;
}

/* Runs a shell command in which $0 is this program. */
static void
assert_passes (const char *command,
               const char *const *variables)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *run_dir = NULL;
  char *home = dub_test_make_dir ();

  run_dir = g_build_filename (home, "run", NULL);
  g_assert_cmpint (g_mkdir (run_dir, 0700), ==, 0);
  g_subprocess_launcher_setenv (launcher, "HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", run_dir, TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", home, TRUE);
  /* They are meant for this program: GNOME Keyring would end at its own warnings. */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  g_subprocess_launcher_unsetenv (launcher, "MALLOC_CHECK_");
  g_subprocess_launcher_unsetenv (launcher, "MALLOC_PERTURB_");
  g_subprocess_launcher_unsetenv (launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "WAYLAND_DISPLAY");
  g_subprocess_launcher_unsetenv (launcher, "DBUS_SESSION_BUS_ADDRESS");
  for (gsize i = 0; variables != NULL && variables[i] != NULL; i += 2)
    g_subprocess_launcher_setenv (launcher, variables[i], variables[i + 1], TRUE);
  g_subprocess_launcher_set_cwd (launcher, home);

  process = g_subprocess_launcher_spawn (launcher, &error, "sh", "-c", command, self, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &said, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_error ("%s: %s", command, said);
  dub_test_remove_dir (home);
}

static gboolean
has_programs (void)
{
  g_autofree char *bus = g_find_program_in_path ("dbus-run-session");
  g_autofree char *daemon = g_find_program_in_path ("gnome-keyring-daemon");

  if (bus != NULL && daemon != NULL)
    return TRUE;
  g_test_skip ("dbus-run-session or gnome-keyring-daemon is not installed");
  return FALSE;
}

static void
test_file (void)
{
  const char *variables[] = { "SECRET_BACKEND", "file", "SECRET_FILE_TEST_PATH", "test.keyring",
                              "SECRET_FILE_TEST_PASSWORD", "pw", NULL };

  assert_passes ("exec \"$0\" --child round", variables);
}

static void
test_gnome_keyring (void)
{
  if (has_programs ())
    assert_passes ("exec dbus-run-session -- sh -c 'printf pw | gnome-keyring-daemon --unlock --components=secrets "
                   ">/dev/null && exec \"$0\" --child round' \"$0\"",
                   NULL);
}

static void
test_locked (void)
{
  if (has_programs ())
    assert_passes ("exec dbus-run-session -- sh -c 'printf pw | gnome-keyring-daemon --unlock --components=secrets "
                   ">/dev/null && exec \"$0\" --child locked' \"$0\"",
                   NULL);
}

static void
test_missing (void)
{
  if (has_programs ())
    assert_passes ("echo '<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>"
                   "<policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>"
                   "<allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>'"
                   " >bus.conf && exec dbus-run-session --config-file=bus.conf -- \"$0\" --child missing",
                   NULL);
}

static void
test_no_bus (void)
{
  const char *variables[] = { "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", NULL };

  assert_passes ("exec \"$0\" --child no-bus", variables);
}

int
main (int   argc,
      char *argv[])
{
  if (argc == 3 && g_str_equal (argv[1], "--child"))
    return run_child (argv[2]);

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/service/keyring/file", test_file);
  g_test_add_func ("/service/keyring/gnome-keyring", test_gnome_keyring);
  g_test_add_func ("/service/keyring/missing", test_missing);
  g_test_add_func ("/service/keyring/no-bus", test_no_bus);
  g_test_add_func ("/service/keyring/locked", test_locked);

  return g_test_run ();
}
