/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-engine-choice.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "dub-error.h"

#define MAX_WORD 200

G_DEFINE_BOXED_TYPE (DubEngineChoice, dub_engine_choice, dub_engine_choice_copy, dub_engine_choice_free)

static const char *const stage_words[DUB_N_STAGES] = { "transcribe", "translate", "speak" };

static const struct
{
  const char *word;
  gboolean serves[DUB_N_STAGES];
} kinds[] = {
  [DUB_ENGINE_BUILT_IN] = { "built-in", { TRUE, TRUE, TRUE } },
  [DUB_ENGINE_OPENAI] = { "openai", { TRUE, FALSE, TRUE } },
  [DUB_ENGINE_LIBRETRANSLATE] = { "libretranslate", { FALSE, TRUE, FALSE } },
  [DUB_ENGINE_APERTIUM] = { "apertium", { FALSE, TRUE, FALSE } },
};

/**
 * dub_engine_choice_new:
 *
 * Returns: (transfer full): the choice of what is built in
 */
DubEngineChoice *
dub_engine_choice_new (void)
{
  DubEngineChoice *self = g_new0 (DubEngineChoice, 1);

  self->parallel = DUB_ENGINE_USUAL_PARALLEL;
  self->timeout_s = DUB_ENGINE_USUAL_TIMEOUT;
  return self;
}

/**
 * dub_engine_choice_copy:
 * @self: a choice
 *
 * Returns: (transfer full): the same
 */
DubEngineChoice *
dub_engine_choice_copy (const DubEngineChoice *self)
{
  DubEngineChoice *copy = g_new0 (DubEngineChoice, 1);

  *copy = *self;
  copy->address = g_strdup (self->address);
  copy->model = g_strdup (self->model);
  copy->voice = g_strdup (self->voice);
  copy->languages = g_strdupv (self->languages);
  return copy;
}

/**
 * dub_engine_choice_free:
 * @self: (nullable) (transfer full): a choice
 */
void
dub_engine_choice_free (DubEngineChoice *self)
{
  if (self == NULL)
    return;

  g_free (self->address);
  g_free (self->model);
  g_free (self->voice);
  g_strfreev (self->languages);
  g_free (self);
}

/**
 * dub_engine_kind_serves:
 *
 * Returns: whether there are engines of this kind for @stage
 */
gboolean
dub_engine_kind_serves (DubEngineKind kind,
                        DubStage      stage)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds) && stage < DUB_N_STAGES, FALSE);

  return kinds[kind].serves[stage];
}

/**
 * dub_stage_to_word:
 *
 * Returns: the stage's name in files and on the wire
 */
const char *
dub_stage_to_word (DubStage stage)
{
  g_return_val_if_fail (stage < DUB_N_STAGES, NULL);

  return stage_words[stage];
}

/**
 * dub_stage_from_word:
 * @word: (nullable): what was read
 * @stage: (out): the stage
 *
 * Returns: whether there is a stage of this name
 */
gboolean
dub_stage_from_word (const char *word,
                     DubStage   *stage)
{
  for (guint i = 0; i < DUB_N_STAGES; i++)
    if (g_strcmp0 (stage_words[i], word) == 0)
      {
        *stage = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * dub_engine_kind_to_word:
 *
 * Returns: the kind's name in files and on the wire
 */
const char *
dub_engine_kind_to_word (DubEngineKind kind)
{
  g_return_val_if_fail (kind < G_N_ELEMENTS (kinds), NULL);

  return kinds[kind].word;
}

/**
 * dub_engine_kind_from_word:
 * @word: (nullable): what was read
 * @kind: (out): the kind
 *
 * Returns: whether there is a kind of this name
 */
gboolean
dub_engine_kind_from_word (const char    *word,
                           DubEngineKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].word, word) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

static GUri *
parse_address (const char *address)
{
  g_autoptr (GUri) uri = NULL;

  if (address == NULL)
    return NULL;
  uri = g_uri_parse (address, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0')
    return NULL;
  if (!g_str_equal (g_uri_get_scheme (uri), "http") && !g_str_equal (g_uri_get_scheme (uri), "https"))
    return NULL;
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return NULL;
  return g_steal_pointer (&uri);
}

static gboolean
refuse (GError    **error,
        const char *sentence)
{
  g_set_error_literal (error, DUB_ERROR, DUB_ERROR_ENGINE, sentence);
  return FALSE;
}

static gboolean
is_word (const char *word)
{
  if (word == NULL)
    return TRUE;
  if (!g_utf8_validate (word, -1, NULL) || strlen (word) > MAX_WORD)
    return FALSE;
  for (const char *c = word; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;
  return TRUE;
}

/**
 * dub_engine_choice_check:
 * @self: a choice
 * @stage: what it is for
 * @error: return location; %DUB_ERROR_ENGINE
 *
 * Returns: whether it can be used
 */
gboolean
dub_engine_choice_check (const DubEngineChoice *self,
                         DubStage               stage,
                         GError               **error)
{
  g_autoptr (GUri) uri = NULL;

  if (!dub_engine_kind_serves (self->kind, stage))
    return refuse (error, _("An engine of this kind cannot do this step. Choose another one in Preferences."));
  if (self->kind == DUB_ENGINE_BUILT_IN)
    return TRUE;

  uri = parse_address (self->address);
  if (uri == NULL)
    return refuse (error, _("This is not the address of a server. It begins with https:// (or http:// on this computer "
                            "or in your own network), and has no user name, “?” or “#”."));
  if (!is_word (self->model) || !is_word (self->voice))
    return refuse (error, _("The name of the model or of the voice is too long, or has characters that cannot be sent."));
  if (self->parallel < 1 || self->parallel > DUB_ENGINE_MAX_PARALLEL)
    return refuse (error, _("From 1 to 16 requests at a time can be sent to an engine."));
  if (self->timeout_s < 1 || self->timeout_s > DUB_ENGINE_MAX_TIMEOUT)
    return refuse (error, _("An engine can be given from 1 second to 30 minutes for an answer."));
  return TRUE;
}

static GUri *
parse_server (const DubEngineChoice *self)
{
  return self->kind != DUB_ENGINE_BUILT_IN ? parse_address (self->address) : NULL;
}

/* With its port, also where that is the usual one. */
static char *
dup_authority (GUri *uri)
{
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  g_autofree char *closed = strchr (host, ':') != NULL ? g_strdup_printf ("[%s]", host) : g_strdup (host);

  return g_uri_get_port (uri) > 0 ? g_strdup_printf ("%s:%d", closed, g_uri_get_port (uri)) : g_steal_pointer (&closed);
}

/**
 * dub_engine_choice_dup_key_id:
 * @self: a choice
 *
 * Returns: (transfer full) (nullable): the name of its key in the keyring; %NULL where it wants none
 */
char *
dub_engine_choice_dup_key_id (const DubEngineChoice *self)
{
  g_autoptr (GUri) uri = parse_server (self);
  g_autofree char *authority = uri != NULL ? dup_authority (uri) : NULL;

  return uri != NULL ? g_strdup_printf ("engine %s://%s", g_uri_get_scheme (uri), authority) : NULL;
}

/**
 * dub_engine_choice_dup_host:
 * @self: a choice
 *
 * Returns: (transfer full) (nullable): its server, as people know it; %NULL where there is none
 */
char *
dub_engine_choice_dup_host (const DubEngineChoice *self)
{
  g_autoptr (GUri) uri = parse_server (self);
  g_autofree char *authority = uri != NULL ? dup_authority (uri) : NULL;
  const char *usual = uri != NULL && g_str_equal (g_uri_get_scheme (uri), "https") ? ":443" : ":80";

  if (authority != NULL && g_str_has_suffix (authority, usual))
    authority[strlen (authority) - strlen (usual)] = '\0';
  return g_steal_pointer (&authority);
}

/**
 * dub_engine_choice_is_local:
 * @self: a choice
 *
 * Returns: whether it is built in, or its server is this machine, by the letter
 */
gboolean
dub_engine_choice_is_local (const DubEngineChoice *self)
{
  g_autoptr (GUri) uri = parse_server (self);
  g_autoptr (GInetAddress) address = uri != NULL ? g_inet_address_new_from_string (g_uri_get_host (uri)) : NULL;

  if (self->kind == DUB_ENGINE_BUILT_IN)
    return TRUE;
  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return uri != NULL && g_ascii_strcasecmp (g_uri_get_host (uri), "localhost") == 0;
}

/**
 * dub_engine_choice_check_key:
 * @self: a choice with a server
 * @error: return location; %DUB_ERROR_ENGINE
 *
 * Returns: whether a key may be sent to its server
 */
gboolean
dub_engine_choice_check_key (const DubEngineChoice *self,
                             GError               **error)
{
  g_autoptr (GUri) uri = parse_server (self);

  if (uri == NULL)
    return refuse (error, _("A key needs the address of a server. Enter one, then try again."));
  if (g_str_equal (g_uri_get_scheme (uri), "https") || dub_engine_choice_is_local (self))
    return TRUE;
  return refuse (error, _("A key is sent over https only: anybody between here and the server could read it otherwise. Use an "
                          "address that begins with https://, or no key."));
}
