/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-workflow-fixture.h"

/* Without a network nothing is tried, and the person is told; with it, it goes on by itself. */

/* What the system says of the network. */

#define DUB_TYPE_FAKE_MONITOR (dub_fake_monitor_get_type ())
G_DECLARE_FINAL_TYPE (DubFakeMonitor, dub_fake_monitor, DUB, FAKE_MONITOR, GObject)

struct _DubFakeMonitor
{
  GObject parent_instance;

  gboolean available;
};

static gboolean
fake_monitor_init (GInitable     *initable,
                   GCancellable  *cancellable,
                   GError       **error)
{
  return TRUE;
}

static void
initable_init (GInitableIface *iface)
{
  iface->init = fake_monitor_init;
}

static void
network_monitor_init (GNetworkMonitorInterface *iface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (DubFakeMonitor, dub_fake_monitor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, initable_init)
                               G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, network_monitor_init))

static void
dub_fake_monitor_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (id == 1)
    g_value_set_boolean (value, DUB_FAKE_MONITOR (object)->available);
  else if (id == 2)
    g_value_set_boolean (value, FALSE);
  else
    g_value_set_enum (value, G_NETWORK_CONNECTIVITY_FULL);
}

static void
dub_fake_monitor_class_init (DubFakeMonitorClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = dub_fake_monitor_get_property;
  g_object_class_override_property (G_OBJECT_CLASS (klass), 1, "network-available");
  g_object_class_override_property (G_OBJECT_CLASS (klass), 2, "network-metered");
  g_object_class_override_property (G_OBJECT_CLASS (klass), 3, "connectivity");
}

static void
dub_fake_monitor_init (DubFakeMonitor *self)
{
}

static void
set_available (DubFakeMonitor *self,
               gboolean        available)
{
  self->available = available;
  g_object_notify (G_OBJECT (self), "network-available");
}

/* Names are asked for as soon as something is tried. */

#define DUB_TYPE_FAKE_RESOLVER (dub_fake_resolver_get_type ())
G_DECLARE_FINAL_TYPE (DubFakeResolver, dub_fake_resolver, DUB, FAKE_RESOLVER, GResolver)

struct _DubFakeResolver
{
  GResolver parent_instance;
};

static guint n_asked;

G_DEFINE_FINAL_TYPE (DubFakeResolver, dub_fake_resolver, G_TYPE_RESOLVER)

static void
lookup_async (GResolver                *resolver,
              const char               *name,
              GResolverNameLookupFlags  flags,
              GCancellable             *cancellable,
              GAsyncReadyCallback       callback,
              gpointer                  user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_assert_cmpstr (name, ==, "dubbing.example");
  n_asked++;
  g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "There is no such name");
}

static GList *
lookup_finish (GResolver     *resolver,
               GAsyncResult  *result,
               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
dub_fake_resolver_class_init (DubFakeResolverClass *klass)
{
  G_RESOLVER_CLASS (klass)->lookup_by_name_with_flags_async = lookup_async;
  G_RESOLVER_CLASS (klass)->lookup_by_name_with_flags_finish = lookup_finish;
}

static void
dub_fake_resolver_init (DubFakeResolver *self)
{
}

static gboolean
has_asked (gpointer nothing)
{
  return n_asked > 0;
}

static gboolean
is_offline (gpointer queue)
{
  return dub_queue_get_offline (queue);
}

static void
test_network (DubWorkflowFixture *fixture,
              gconstpointer       data)
{
  g_autoptr (DubFakeMonitor) monitor = g_object_new (DUB_TYPE_FAKE_MONITOR, NULL);
  g_autoptr (DubFakeResolver) resolver = g_object_new (DUB_TYPE_FAKE_RESOLVER, NULL);
  g_autoptr (DubTask) task = dub_workflow_fixture_dub (fixture, "de", NULL);
  DubQueue *queue;

  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  dub_workflow_fixture_close (fixture);
  dub_workflow_fixture_sql (fixture, "UPDATE accounts SET base_url = 'https://dubbing.example/open_api/v1.3/' WHERE kind = 'service'");
  g_resolver_set_default (G_RESOLVER (resolver));
  fixture->network = G_NETWORK_MONITOR (monitor);
  dub_workflow_fixture_restart (fixture);
  queue = dub_workflow_get_queue (fixture->workflow);

  /* The first time it is tried all the same: the system may be wrong. */
  dub_test_wait_for (is_offline, queue, "the person to be told");
  dub_workflow_fixture_pause (100);
  n_asked = 0;
  dub_workflow_fixture_pause (400);
  g_assert_cmpuint (n_asked, ==, 0);

  set_available (monitor, TRUE);
  dub_test_wait_for (has_asked, NULL, "it to be tried");
  dub_workflow_fixture_close (fixture);
  fixture->network = NULL;
}

/* What is on this machine needs none. */
static void
test_local (DubWorkflowFixture *fixture,
            gconstpointer       data)
{
  g_autoptr (DubFakeMonitor) monitor = g_object_new (DUB_TYPE_FAKE_MONITOR, NULL);
  g_autoptr (DubTask) task = NULL;

  fixture->network = G_NETWORK_MONITOR (monitor);
  dub_workflow_fixture_restart (fixture);
  task = dub_workflow_fixture_dub (fixture, "de", NULL);
  dub_workflow_fixture_wait_state (task, DUB_TASK_SUBMITTED);
  g_assert_false (dub_queue_get_offline (dub_workflow_get_queue (fixture->workflow)));
  dub_workflow_fixture_close (fixture);
  fixture->network = NULL;
}

#define ADD(path, function) \
  g_test_add ("/workflow/network/" path, DubWorkflowFixture, NULL, dub_workflow_fixture_set_up, function, dub_workflow_fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dub_workflow_fixture_init ();

  ADD ("comes-back", test_network);
  ADD ("local", test_local);

  return dub_workflow_fixture_run ();
}
