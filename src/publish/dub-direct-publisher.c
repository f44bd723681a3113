/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-direct-publisher.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dub-address.h"
#include "dub-address-check.h"
#include "dub-error.h"
#include "dub-file-identity.h"

struct _DubDirectPublisher
{
  GObject parent_instance;

  gboolean local_files;
};

enum
{
  PROP_LOCAL_FILES = 1,
  N_PROPS,
};

typedef struct
{
  char *address; /* what is handed on */
  char *identity;
} Wish;

static void publisher_init (DubPublisherInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DubDirectPublisher, dub_direct_publisher, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DUB_TYPE_PUBLISHER, publisher_init))

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->address);
  g_free (wish->identity);
  g_free (wish);
}

/* @name: what the person knows it by. */
static void
conclude (GTask      *task,
          const char *identity,
          const char *name)
{
  const Wish *wish = g_task_get_task_data (task);

  if (g_str_equal (identity, wish->identity))
    g_task_return_pointer (task, g_strdup (wish->address), g_free);
  else
    g_task_return_new_error (task, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_CHANGED,
                             _("“%s” was changed after you agreed to it. Nothing was sent. Add it again to dub it as it is now."),
                             name);
}

static void
on_identity (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *identity = dub_file_identity_finish (result, &error);
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;

  if (g_error_matches (error, DUB_ERROR, DUB_ERROR_FILE))
    {
      g_task_return_new_error_literal (task, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_UNREACHABLE, error->message);
      return;
    }
  if (identity == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  path = g_file_get_basename (G_FILE (source));
  name = g_filename_display_name (path);
  conclude (task, identity, name);
}

static void
publish_file (DubDirectPublisher *self,
              GTask              *task,
              const char         *uri)
{
  Wish *wish = g_task_get_task_data (task);
  g_autoptr (GFile) file = g_file_new_for_uri (uri);

  if (!self->local_files)
    {
      g_task_return_new_error_literal (task, DUB_PUBLISH_ERROR, DUB_PUBLISH_ERROR_NO_PLACE,
                                       _("This video is a file on this computer, where the dubbing service cannot "
                                         "reach it. Put it on a web server and paste its link."));
      return;
    }
  wish->address = g_strdup (uri);
  dub_file_identity_async (file, g_task_get_cancellable (task), on_identity, g_object_ref (task));
}

static void
on_address (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  const Wish *wish = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubAddress) address = dub_address_check_finish (result, &error);
  g_autofree char *name = NULL;

  if (address == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* Its query may hold a key. */
  name = g_strndup (wish->address, strcspn (wish->address, "?"));
  conclude (task, address->identity, name);
}

static void
publish_address (GTask      *task,
                 const char *uri)
{
  Wish *wish = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) address = dub_address_parse (uri, &error);

  if (address == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  wish->address = g_uri_to_string (address);
  dub_address_check_async (uri, g_task_get_cancellable (task), on_address, g_object_ref (task));
}

static void
publish_async (DubPublisher        *publisher,
               const char          *uri,
               const char          *identity,
               GCancellable        *cancellable,
               GAsyncReadyCallback  callback,
               gpointer             user_data)
{
  DubDirectPublisher *self = DUB_DIRECT_PUBLISHER (publisher);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Wish *wish = g_new0 (Wish, 1);

  wish->identity = g_strdup (identity);
  g_task_set_source_tag (task, publish_async);
  g_task_set_task_data (task, wish, wish_free);

  if (g_ascii_strncasecmp (uri, "file:", 5) == 0)
    publish_file (self, task, uri);
  else
    publish_address (task, uri);
}

static char *
publish_finish (DubPublisher  *publisher,
                GAsyncResult  *result,
                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, publisher), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
publisher_init (DubPublisherInterface *iface)
{
  iface->publish_async = publish_async;
  iface->publish_finish = publish_finish;
}

static void
dub_direct_publisher_get_property (GObject    *object,
                                   guint       id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_LOCAL_FILES)
    g_value_set_boolean (value, DUB_DIRECT_PUBLISHER (object)->local_files);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dub_direct_publisher_set_property (GObject      *object,
                                   guint         id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  if (id == PROP_LOCAL_FILES)
    DUB_DIRECT_PUBLISHER (object)->local_files = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dub_direct_publisher_class_init (DubDirectPublisherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dub_direct_publisher_get_property;
  object_class->set_property = dub_direct_publisher_set_property;
  g_object_class_install_property (object_class, PROP_LOCAL_FILES,
                                   g_param_spec_boolean ("local-files", NULL, NULL, FALSE,
                                                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                           | G_PARAM_STATIC_STRINGS));
}

static void
dub_direct_publisher_init (DubDirectPublisher *self)
{
}

/**
 * dub_direct_publisher_new:
 * @local_files: whether the one that dubs can read files of this computer
 *
 * Makes a publisher that hands addresses on as they are. A file's bytes are read once more, and a server is asked once
 * more what it has at an address; what is found is compared with what the person agreed to.
 *
 * Returns: (transfer full): a publisher
 */
DubPublisher *
dub_direct_publisher_new (gboolean local_files)
{
  return g_object_new (DUB_TYPE_DIRECT_PUBLISHER, "local-files", local_files, NULL);
}
