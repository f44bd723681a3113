/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-http-sentence.h"

#include <glib/gi18n-lib.h>
#include "dub-http-words.h"
#include "dub-job.h"

#define MAX_TYPE_CHARS 60

/* @sentence: transfer full */
static void
set (GError **error, char *sentence, const char *words)
{
  if (words != NULL)
    g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
                 /* Translators: a whole sentence of ours, then what a server said in its own words. */
                 _("%s It said: “%s”"), sentence, words);
  else
    g_set_error_literal (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED, sentence);
  g_free (sentence);
}

/* In all of these it is the name of a server that is put in. */

static char *
word_connection (const char *name, const GError *failure)
{
  if (failure->domain == G_RESOLVER_ERROR)
    return g_strdup_printf (
        _("The engine’s server %s cannot be found. Check its address in Preferences, and the connection."), name);
  if (failure->domain == G_TLS_ERROR)
    return g_strdup_printf (
        _("The engine at %s could not prove that it is the one that it says it is (its certificate is not valid), so nothing "
          "was sent to it. Ask whoever runs it."),
        name);
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED) ||
      g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE) ||
      g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    return g_strdup_printf (_("Nothing answers at %s. Start the engine there, or check its address in Preferences."), name);
  return g_strdup_printf (
      _("The connection to the engine at %s broke off before its whole answer was there. Try again later."), name);
}

static char *
word_oddity (const char *name)
{
  return g_strdup_printf (
      _("What answers at %s is not an engine of the kind that you chose. Check its address in Preferences."), name);
}

static char *
word_status (const char *name, guint status)
{
  switch (status)
    {
    case 401:
    case 403:
      return g_strdup_printf (
          _("The engine at %s does not accept the key, or wants one. Check the key in Preferences."), name);
    case 404:
    case 405:
      return g_strdup_printf (
          _("The engine at %s knows no such address or model. Check its address and the model in Preferences."), name);
    case 413:
      return g_strdup_printf (
          _("The request is too large for the engine at %s. Dub a shorter video, or choose another engine in Preferences."),
          name);
    case 429:
      return g_strdup_printf (
          _("The engine at %s takes no more requests for now. Wait a while, or send it fewer at a time (in Preferences), "
            "then try again."),
          name);
    default:
      break;
    }
  if (status >= 500 && status < 600)
    return g_strdup_printf (
        _("The engine at %s has a fault of its own and did not do it. Try again later, or ask whoever runs it."), name);
  if (status >= 400 && status < 500)
    return g_strdup_printf (
        _("The engine at %s refused the request. Check its model, voice and key in Preferences."), name);
  return word_oddity (name);
}

/**
 * dub_http_sentence_for_connection:
 * @name: of the server
 * @failure: what GIO says
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 */
void
dub_http_sentence_for_connection (const char *name, const GError *failure, GError **error)
{
  g_info ("%s: %s", name, failure->message);
  set (error, word_connection (name, failure), NULL);
}

/**
 * dub_http_sentence_for_time:
 * @name: of the server
 * @timeout_s: how long it had
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 */
void
dub_http_sentence_for_time (const char *name, guint timeout_s, GError **error)
{
  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
               /* Translators: the name of a server, then seconds. */
               ngettext ("The engine at %s did not answer in full within %u second. Give it more time in Preferences, or try "
                         "again later.",
                         "The engine at %s did not answer in full within %u seconds. Give it more time in Preferences, or "
                         "try again later.",
                         timeout_s),
               name, timeout_s);
}

/**
 * dub_http_sentence_for_status:
 * @name: of the server
 * @status: not 200
 * @words: (nullable): the server's
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 */
void
dub_http_sentence_for_status (const char *name, guint status, const char *words, GError **error)
{
  g_info ("%s: status %u", name, status);
  set (error, word_status (name, status), words);
}

/**
 * dub_http_sentence_for_redirect:
 * @name: of the server
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 */
void
dub_http_sentence_for_redirect (const char *name, GError **error)
{
  set (error,
       g_strdup_printf (
           _("The engine at %s sent the request on to another address, and it was not sent there. Give the address that the "
             "engine really has in Preferences."),
           name),
       NULL);
}

/**
 * dub_http_sentence_for_size:
 * @name: of the server
 * @max_bytes: what would have been read
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 */
void
dub_http_sentence_for_size (const char *name, gsize max_bytes, GError **error)
{
  g_autofree char *size = g_format_size (max_bytes);

  g_set_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED,
               /* Translators: the name of a server, then a size ("16 MB"). */
               _("The engine at %s sent more than %s, which no such answer can have. Check in Preferences that the engine "
                 "there is of the kind that you chose."),
               name, size);
}

/**
 * dub_http_sentence_for_type:
 * @name: of the server
 * @content_type: (nullable): of the answer
 * @words: (nullable): the server's
 * @error: return location; %DUB_STUDIO_ERROR_FAILED
 */
void
dub_http_sentence_for_type (const char *name, const char *content_type, const char *words, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (content_type != NULL ? content_type : "", -1);
  g_autofree char *shown = dub_http_words_clean (valid, MAX_TYPE_CHARS);

  g_info ("%s: answered with “%s”", name, shown);
  if (g_str_equal (shown, "text/html"))
    set (error,
         g_strdup_printf (_("What answers at %s is a web page, not an engine. Check its address in Preferences."), name),
         NULL);
  else
    set (error, word_oddity (name), words);
}
