/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-paths.h"

#include <errno.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "dub-error.h"

struct _DubPaths
{
  GObject parent_instance;

  char *data_dir;
  char *cache_dir;
  char *state_dir;
  char *database;
  char *studio_dir;
  char *log;
};

enum
{
  PROP_DATA_DIR = 1,
  PROP_CACHE_DIR,
  PROP_STATE_DIR,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (DubPaths, dub_paths, G_TYPE_OBJECT)

static void
dub_paths_constructed (GObject *object)
{
  DubPaths *self = DUB_PATHS (object);

  if (self->data_dir == NULL)
    self->data_dir = g_build_filename (g_get_user_data_dir (), "dubroom", NULL);
  if (self->cache_dir == NULL)
    self->cache_dir = g_build_filename (g_get_user_cache_dir (), "dubroom", NULL);
  if (self->state_dir == NULL)
    self->state_dir = g_build_filename (g_get_user_state_dir (), "dubroom", NULL);
  self->database = g_build_filename (self->data_dir, "dubroom.db", NULL);
  self->studio_dir = g_build_filename (self->data_dir, "studio", NULL);
  self->log = g_build_filename (self->state_dir, "dubroom.log", NULL);

  G_OBJECT_CLASS (dub_paths_parent_class)->constructed (object);
}

static void
dub_paths_finalize (GObject *object)
{
  DubPaths *self = DUB_PATHS (object);

  g_free (self->data_dir);
  g_free (self->cache_dir);
  g_free (self->state_dir);
  g_free (self->database);
  g_free (self->studio_dir);
  g_free (self->log);
  G_OBJECT_CLASS (dub_paths_parent_class)->finalize (object);
}

static void
dub_paths_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  DubPaths *self = DUB_PATHS (object);

  switch (id)
    {
    case PROP_DATA_DIR:
      g_value_set_string (value, self->data_dir);
      break;
    case PROP_CACHE_DIR:
      g_value_set_string (value, self->cache_dir);
      break;
    case PROP_STATE_DIR:
      g_value_set_string (value, self->state_dir);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_paths_set_property (GObject      *object,
                        guint         id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  DubPaths *self = DUB_PATHS (object);

  switch (id)
    {
    case PROP_DATA_DIR:
      g_assert (self->data_dir == NULL);
      self->data_dir = g_value_dup_string (value);
      break;
    case PROP_CACHE_DIR:
      g_assert (self->cache_dir == NULL);
      self->cache_dir = g_value_dup_string (value);
      break;
    case PROP_STATE_DIR:
      g_assert (self->state_dir == NULL);
      self->state_dir = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_paths_class_init (DubPathsClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamSpec *props[N_PROPS] = { NULL, };

  object_class->constructed = dub_paths_constructed;
  object_class->finalize = dub_paths_finalize;
  object_class->get_property = dub_paths_get_property;
  object_class->set_property = dub_paths_set_property;

  props[PROP_DATA_DIR] = g_param_spec_string ("data-dir", NULL, NULL, NULL, flags);
  props[PROP_CACHE_DIR] = g_param_spec_string ("cache-dir", NULL, NULL, NULL, flags);
  props[PROP_STATE_DIR] = g_param_spec_string ("state-dir", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
dub_paths_init (DubPaths *self)
{
}

/**
 * dub_paths_new:
 * @data_dir: (nullable) (type filename): where data lives; %NULL for the person's data directory + "dubroom"
 * @cache_dir: (nullable) (type filename): where what can be made again lives; %NULL for the person's cache directory +
 *   "dubroom"
 * @state_dir: (nullable) (type filename): where the log lies; %NULL for the person's state directory + "dubroom"
 *
 * Nothing is touched on disk: see dub_paths_prepare().
 *
 * Returns: (transfer full): the places
 */
DubPaths *
dub_paths_new (const char *data_dir,
               const char *cache_dir,
               const char *state_dir)
{
  return g_object_new (DUB_TYPE_PATHS, "data-dir", data_dir, "cache-dir", cache_dir, "state-dir", state_dir, NULL);
}

static gboolean
make_dir (const char  *path,
          GError     **error)
{
  g_autofree char *shown = NULL;
  int code;

  if (g_mkdir_with_parents (path, 0700) == 0)
    return TRUE;

  code = errno;
  shown = g_filename_display_name (path);
  /* Translators: the first is a folder, the second the system's reason. */
  g_set_error (error, DUB_ERROR, DUB_ERROR_FILE,
               _("The folder “%s” cannot be made (%s). Check its permissions and the free space."),
               shown, g_strerror (code));
  return FALSE;
}

/**
 * dub_paths_prepare:
 * @self: the places
 * @error: return location
 *
 * Makes the directories that are missing, for this person alone (mode 0700). That of the log is not among them: without a log
 * the program works. Blocks: called once, at start.
 *
 * Returns: whether all of them are there; if not, %DUB_ERROR_FILE
 */
gboolean
dub_paths_prepare (DubPaths  *self,
                   GError   **error)
{
  g_return_val_if_fail (DUB_IS_PATHS (self), FALSE);

  return make_dir (self->data_dir, error)
         && make_dir (self->cache_dir, error)
         && make_dir (self->studio_dir, error);
}

/**
 * dub_paths_get_data_dir:
 *
 * Returns: (transfer none) (type filename): where data lives
 */
const char *
dub_paths_get_data_dir (DubPaths *self)
{
  g_return_val_if_fail (DUB_IS_PATHS (self), NULL);

  return self->data_dir;
}

/**
 * dub_paths_get_cache_dir:
 *
 * Returns: (transfer none) (type filename): where what can be made again lives
 */
const char *
dub_paths_get_cache_dir (DubPaths *self)
{
  g_return_val_if_fail (DUB_IS_PATHS (self), NULL);

  return self->cache_dir;
}

/**
 * dub_paths_get_state_dir:
 *
 * Returns: (transfer none) (type filename): where the log lies
 */
const char *
dub_paths_get_state_dir (DubPaths *self)
{
  g_return_val_if_fail (DUB_IS_PATHS (self), NULL);

  return self->state_dir;
}

/**
 * dub_paths_get_log:
 *
 * Returns: (transfer none) (type filename): the file of the log
 */
const char *
dub_paths_get_log (DubPaths *self)
{
  g_return_val_if_fail (DUB_IS_PATHS (self), NULL);

  return self->log;
}

/**
 * dub_paths_get_database:
 *
 * Returns: (transfer none) (type filename): the file of the store
 */
const char *
dub_paths_get_database (DubPaths *self)
{
  g_return_val_if_fail (DUB_IS_PATHS (self), NULL);

  return self->database;
}

/**
 * dub_paths_get_studio_dir:
 *
 * Returns: (transfer none) (type filename): where the built-in studio keeps its own
 */
const char *
dub_paths_get_studio_dir (DubPaths *self)
{
  g_return_val_if_fail (DUB_IS_PATHS (self), NULL);

  return self->studio_dir;
}
