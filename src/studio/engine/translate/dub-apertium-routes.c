/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-apertium-routes.h"

/* Direct where there is a pair of apertium's; by way of Catalan otherwise, which reads clearly better than by way of
 * Spanish. Portuguese is Brazil's, as its voice is. */
static const DubApertiumRoute routes[] = {
  { "en", "es", { "eng-spa" } },
  { "en", "fr", { "eng-cat", "cat-fra" } },
  { "en", "it", { "eng-cat", "cat-ita" } },
  { "en", "pt", { "eng-cat", "cat-por_BR" } },
  { "es", "en", { "spa-eng" } },
  { "es", "fr", { "es-fr" } },
  { "es", "it", { "spa-ita" } },
  { "es", "pt", { "es-pt_BR" } },
  { "fr", "en", { "fra-cat", "cat-eng" } },
  { "fr", "es", { "fr-es" } },
  { "fr", "it", { "fra-cat", "cat-ita" } },
  { "fr", "pt", { "fra-cat", "cat-por_BR" } },
  { "it", "en", { "ita-cat", "cat-eng" } },
  { "it", "es", { "ita-spa" } },
  { "it", "fr", { "ita-cat", "cat-fra" } },
  { "it", "pt", { "ita-cat", "cat-por_BR" } },
  { "pt", "en", { "por-cat", "cat-eng" } },
  { "pt", "es", { "pt-es" } },
  { "pt", "fr", { "por-cat", "cat-fra" } },
  { "pt", "it", { "por-cat", "cat-ita" } },
};

/* In which package a mode is. */
static const struct
{
  const char *mode;
  const char *package;
} packages[] = {
  { "cat-eng", "apertium-eng-cat" }, { "cat-fra", "apertium-fra-cat" },    { "cat-ita", "apertium-cat-ita" },
  { "eng-cat", "apertium-eng-cat" }, { "cat-por_BR", "apertium-por-cat" }, { "ita-cat", "apertium-cat-ita" },
  { "fra-cat", "apertium-fra-cat" }, { "por-cat", "apertium-por-cat" },    { "eng-spa", "apertium-eng-spa" },
  { "spa-eng", "apertium-eng-spa" }, { "es-fr", "apertium-fr-es" },        { "fr-es", "apertium-fr-es" },
  { "es-pt_BR", "apertium-es-pt" },  { "pt-es", "apertium-es-pt" },        { "spa-ita", "apertium-spa-ita" },
  { "ita-spa", "apertium-spa-ita" },
};

/**
 * dub_apertium_route_find:
 * @from: the code of a language
 * @to: the code of another one
 *
 * Returns: (transfer none) (nullable): the way from one to the other
 */
const DubApertiumRoute *
dub_apertium_route_find (const char *from,
                         const char *to)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (routes[i].from, from) && g_str_equal (routes[i].to, to))
      return &routes[i];
  return NULL;
}

/**
 * dub_apertium_route_begins:
 * @language: the code of a language
 *
 * Returns: whether it can be translated into any other one
 */
gboolean
dub_apertium_route_begins (const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (routes[i].from, language))
      return TRUE;
  return FALSE;
}

static gboolean
is_installed (const char *mode)
{
  g_autofree char *name = g_strconcat (mode, ".mode", NULL);
  g_autofree char *path = g_build_filename (DUB_APERTIUM_DATA, "modes", name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static const char *
package_of (const char *mode)
{
  for (guint i = 0; i < G_N_ELEMENTS (packages); i++)
    if (g_str_equal (packages[i].mode, mode))
      return packages[i].package;
  g_return_val_if_reached (NULL);
}

/**
 * dub_apertium_route_dup_missing:
 * @self: a route
 *
 * Looks for the program and the modes of the route on this machine.
 *
 * Returns: (transfer full) (nullable): the names of the packages to install, with blanks between, or %NULL where all is
 * there
 */
char *
dub_apertium_route_dup_missing (const DubApertiumRoute *self)
{
  g_autofree char *program = g_find_program_in_path ("apertium");
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (program == NULL)
    g_ptr_array_add (names, (gpointer) "apertium");
  for (guint i = 0; self->modes[i] != NULL; i++)
    if (!is_installed (self->modes[i]))
      g_ptr_array_add (names, (gpointer) package_of (self->modes[i]));
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}
