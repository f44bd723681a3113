/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-links-dialog.h"
#include "dub-new-dub-page.h"
#include "dub-notices.h"
#include "dub-ui-find.h"
#include "dub-ui-models.h"
#include "dub-window.h"
#include "dub-workflow-fixture.h"
#include "store-fixture.h"

/* The window over a workflow whose current account is one of the service, which writes down what it is asked. */
typedef struct
{
  DubWorkflowFixture service;
  DubPictures *pictures;
  GSettings *settings;
  GtkWidget *window;
  gint64 ticked; /* Unix ms */
  guint creates;
} Fixture;

typedef struct
{
  int width;
  gboolean by_keys;
} Way;

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

static char *
ask (Fixture    *fixture,
     const char *sql)
{
  return query_file (dub_paths_get_database (fixture->service.paths), sql);
}

/* By a connection of its own: it sees what is on the disk alone. */
static void
assert_consent_is_stored (Fixture *fixture)
{
  g_autofree char *agreed = ask (fixture, "SELECT agreed FROM consents");
  g_autofree char *version = ask (fixture, "SELECT notice_version FROM consents");
  g_autofree char *covered = ask (fixture, "SELECT count(*) FROM tasks JOIN consents USING (identity, notice_version)");
  g_autofree char *sent = ask (fixture, "SELECT min(moment) FROM transitions WHERE to_state = 'submitting'");
  gint64 consent = g_ascii_strtoll (agreed, NULL, 10);

  g_assert_cmpstr (version, ==, dub_notice_get_version (DUB_NOTICE_CONSENT));
  g_assert_cmpint (consent, >=, fixture->ticked);
  g_assert_cmpint (consent, <=, g_ascii_strtoll (sent, NULL, 10));
  g_assert_cmpint (consent, <=, now_ms ());
  g_assert_cmpstr (covered, ==, "1");
}

static void
on_request (const DubFakeRequest *request,
            gpointer              user_data)
{
  Fixture *fixture = user_data;

  if (request->endpoint != DUB_FAKE_TASK_CREATE)
    return;
  if (fixture->creates++ == 0)
    assert_consent_is_stored (fixture);
}

/* One for all tests: a process has one. */
static GtkApplication *
get_application (void)
{
  GApplication *application = g_application_get_default ();
  g_autoptr (GError) error = NULL;

  if (application == NULL)
    {
      application = G_APPLICATION (adw_application_new (NULL, G_APPLICATION_NON_UNIQUE));
      g_application_register (application, NULL, &error);
      g_assert_no_error (error);
    }
  return GTK_APPLICATION (application);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const Way *way = data;

  dub_workflow_fixture_set_up (&fixture->service, NULL);
  dub_fake_service_set_watch (fixture->service.service, on_request, fixture);
  fixture->pictures = dub_pictures_new ();
  fixture->settings = g_settings_new ("io.github.dubroom.Dubroom");
  g_settings_set_int (fixture->settings, "window-width", way->width);
  g_settings_set_int (fixture->settings, "window-height", 740);
  fixture->window = GTK_WIDGET (dub_window_new (get_application (), fixture->service.workflow, fixture->pictures,
                                                fixture->settings, NULL));
  gtk_window_present (GTK_WINDOW (fixture->window));
  dub_ui_settle ();
}

static gboolean
is_gone (gpointer window)
{
  return *(GtkWidget **) window == NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  dub_test_wait_for (is_gone, &fixture->window, "the window to be freed");
  g_clear_object (&fixture->pictures);
  g_clear_object (&fixture->settings);
  dub_workflow_fixture_tear_down (&fixture->service, NULL);
}

/* {What a person does} */

static GtkWidget *
get_page (Fixture *fixture)
{
  GtkWidget *page = dub_ui_find (fixture->window, DUB_TYPE_NEW_DUB_PAGE, NULL, NULL);

  g_assert_nonnull (page);
  return page;
}

static void
paste_address (Fixture    *fixture,
               const char *name)
{
  g_autofree char *base = g_strdup (fixture->service.base_url);
  g_autofree char *address = NULL;
  GtkWidget *dialog, *text;

  *strstr (base, "/open_api") = '\0';
  address = g_strdup_printf ("%s/preview/%s", base, name);
  g_assert_true (gtk_widget_activate_action (get_page (fixture), "draft.paste-links", NULL));
  dub_ui_settle ();
  dialog = dub_ui_find (fixture->window, DUB_TYPE_LINKS_DIALOG, NULL, NULL);
  text = dub_ui_find (dialog, GTK_TYPE_TEXT_VIEW, NULL, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), address, -1);
  dub_ui_click (dialog, "Add");
  dub_ui_wait_for_draft (dub_new_dub_page_get_draft (DUB_NEW_DUB_PAGE (get_page (fixture))));
  dub_ui_settle ();
}

static void
pick (Fixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (fixture->window, "win.new-dub", NULL));
  dub_ui_settle ();
  paste_address (fixture, "Coat1.mp4");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (dub_ui_get_button (get_page (fixture), "Spanish")), TRUE);
  dub_ui_settle ();
}

static void
press_generate_keys (Fixture *fixture)
{
  dub_ui_press_keys (get_page (fixture), GDK_KEY_Return, GDK_CONTROL_MASK);
}

static void
activate_action (Fixture *fixture)
{
  gtk_widget_activate_action (get_page (fixture), "draft.generate", NULL);
}

static void
activate_default (Fixture *fixture)
{
  gtk_widget_activate_default (get_page (fixture));
  gtk_widget_activate_default (fixture->window);
}

/* What cannot be focused takes neither Return nor the space bar. */
static void
focus_button (Fixture *fixture)
{
  g_assert_false (gtk_widget_grab_focus (dub_ui_get_button (fixture->window, "Generate")));
}

static void
press_mnemonic (Fixture *fixture)
{
  gtk_widget_mnemonic_activate (dub_ui_get_button (fixture->window, "Generate"), FALSE);
}

static void
emit_clicked (Fixture *fixture)
{
  g_signal_emit_by_name (dub_ui_get_button (fixture->window, "Generate"), "clicked");
}

/* {What must not have happened} */

/* The store does one thing after the other: after this, what was asked for before is done. */
static void
await_store (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_store_get_setting_async (fixture->service.store, "none", NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  g_free (dub_store_get_setting_finish (fixture->service.store, result, NULL));
}

static void
assert_nothing_left (Fixture *fixture)
{
  GPtrArray *requests = dub_fake_service_get_requests (fixture->service.service);
  g_autofree char *rows = NULL;

  await_store (fixture);
  dub_ui_settle ();
  rows = ask (fixture, "SELECT (SELECT count(*) FROM consents) + (SELECT count(*) FROM tasks)");
  g_assert_cmpstr (rows, ==, "0");
  g_assert_cmpuint (dub_fake_service_count_requests (fixture->service.service, DUB_FAKE_TASK_CREATE), ==, 0);
  for (guint i = 0; i < requests->len; i++)
    {
      const DubFakeRequest *request = requests->pdata[i];

      /* The address itself is looked at; the service is told nothing of it. */
      if (request->endpoint == DUB_FAKE_PREVIEW)
        continue;
      g_assert_null (request->body);
      g_assert_null (strstr (request->path, "Coat"));
    }
}

static void
try_all (Fixture *fixture)
{
  static const struct { const char *what; void (*act) (Fixture *fixture); } tries[] = {
    { "Ctrl+Return", press_generate_keys },
    { "the action", activate_action },
    { "the default widget", activate_default },
    { "the focus", focus_button },
    { "the mnemonic", press_mnemonic },
    { "a click", emit_clicked },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_test_message ("%s", tries[i].what);
      g_assert_false (gtk_widget_is_sensitive (dub_ui_get_button (fixture->window, "Generate")));
      tries[i].act (fixture);
      assert_nothing_left (fixture);
    }
}

static gboolean
has_created (gpointer fixture)
{
  return ((Fixture *) fixture)->creates > 0;
}

static void
test_gate (Fixture       *fixture,
           gconstpointer  data)
{
  const Way *way = data;
  GtkCheckButton *box;

  pick (fixture);
  try_all (fixture);

  box = GTK_CHECK_BUTTON (dub_ui_find (get_page (fixture), GTK_TYPE_CHECK_BUTTON, NULL, NULL));
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (box)));
  g_assert_false (gtk_check_button_get_active (box));
  fixture->ticked = now_ms ();
  gtk_check_button_set_active (box, TRUE);
  dub_ui_settle ();
  /* The tick alone is no order. */
  assert_nothing_left (fixture);

  /* The same keys that did nothing before. */
  if (way->by_keys)
    press_generate_keys (fixture);
  else
    dub_ui_click (fixture->window, "Generate");
  dub_test_wait_for (has_created, fixture, "the request to come");
  g_assert_cmpuint (fixture->creates, ==, 1);
}

/* Who takes the tick away again has not agreed. */
static void
test_taken_back (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkCheckButton *box;

  pick (fixture);
  box = GTK_CHECK_BUTTON (dub_ui_find (get_page (fixture), GTK_TYPE_CHECK_BUTTON, NULL, NULL));
  gtk_check_button_set_active (box, TRUE);
  dub_ui_settle ();
  g_assert_true (gtk_widget_is_sensitive (dub_ui_get_button (fixture->window, "Generate")));
  gtk_check_button_set_active (box, FALSE);
  dub_ui_settle ();
  try_all (fixture);

  /* Nor has who agreed for one video and then adds another. */
  gtk_check_button_set_active (box, TRUE);
  paste_address (fixture, "Coat2.mp4");
  try_all (fixture);
}

int
main (int    argc,
      char **argv)
{
  static const Way by_click = { 1100, FALSE }, by_keys = { 1100, TRUE }, narrow = { 370, FALSE };

  dub_workflow_fixture_init ();
  dub_ui_init (&argc, &argv);
  g_test_add ("/ui/consent/gate", Fixture, &by_click, set_up, test_gate, tear_down);
  g_test_add ("/ui/consent/gate-keys", Fixture, &by_keys, set_up, test_gate, tear_down);
  g_test_add ("/ui/consent/gate-narrow", Fixture, &narrow, set_up, test_gate, tear_down);
  g_test_add ("/ui/consent/taken-back", Fixture, &by_click, set_up, test_taken_back, tear_down);
  return dub_workflow_fixture_run ();
}
