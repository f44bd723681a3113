/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-service-sentence.h"

#include <glib/gi18n-lib.h>

#define MAX_QUOTED_CHARS 300

/**
 * dub_service_sentence_clean:
 * @text: text from outside
 * @max_chars: how many characters may remain
 *
 * Brings text from outside into a form that can stand inside a sentence: one line, valid UTF-8, no control
 * characters, not longer than @max_chars. Any thread.
 *
 * Returns: (transfer full): the text
 */
char *
dub_service_sentence_clean (const char *text,
                            guint       max_chars)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) clean = g_string_new (NULL);
  guint n = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (n == max_chars)
        {
          g_string_append (clean, "…");
          break;
        }
      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR ||
          type == G_UNICODE_PARAGRAPH_SEPARATOR)
        c = ' ';
      g_string_append_unichar (clean, c);
      n++;
    }
  g_strstrip (clean->str);
  clean->len = strlen (clean->str);
  return g_string_free_and_steal (g_steal_pointer (&clean));
}

static const char *
what_happened (DubServiceError code)
{
  switch (code)
    {
    case DUB_SERVICE_ERROR_RATE_LIMITED:
      return _("The dubbing service is being asked too often at the moment.");
    case DUB_SERVICE_ERROR_PERMISSION:
      return _("The dubbing service does not permit this for your account.");
    case DUB_SERVICE_ERROR_TOKEN:
      return _("The dubbing service does not accept the access token of this account.");
    case DUB_SERVICE_ERROR_PARAMETERS:
      return _("The dubbing service refused this.");
    case DUB_SERVICE_ERROR_SERVER:
      return _("The dubbing service has a fault of its own.");
    case DUB_SERVICE_ERROR_UNKNOWN_CODE:
      return _("The dubbing service answered with an error that is not known here.");
    case DUB_SERVICE_ERROR_MALFORMED:
      return _("The answer of the dubbing service could not be understood.");
    case DUB_SERVICE_ERROR_TOO_LARGE:
      return _("The answer of the dubbing service was far too large and was cut off.");
    case DUB_SERVICE_ERROR_TIMED_OUT:
      return _("The dubbing service did not answer in time.");
    case DUB_SERVICE_ERROR_NETWORK:
      return _("The connection to the dubbing service failed.");
    case DUB_SERVICE_ERROR_REDIRECTED:
      return _("The dubbing service pointed to another address, which was not followed.");
    case DUB_SERVICE_ERROR_INSECURE:
      return _("The address of the dubbing service is not secure: it must start with “https”.");
    case DUB_SERVICE_ERROR_NO_TOKEN:
      return _("There is no usable access token for this account.");
    case DUB_SERVICE_ERROR_KEYRING:
    case DUB_SERVICE_ERROR_NO_KEYRING:
      return _("The keyring cannot be used.");
    case DUB_SERVICE_ERROR_EXPIRED:
      return _("The link to this dub has expired.");
    default:
      g_return_val_if_reached ("");
    }
}

static const char *
what_is_safe (DubServiceError        code,
              const DubServiceFault *fault)
{
  if (code == DUB_SERVICE_ERROR_INSECURE || code == DUB_SERVICE_ERROR_NO_TOKEN)
    return _("Nothing was sent.");
  if (fault->maybe_received)
    return _("The dub may already be under way.");
  if (code == DUB_SERVICE_ERROR_RATE_LIMITED)
    return _("Nothing was started, and nothing is lost.");
  if (fault->http_status == 0 && fault->return_code == 0)
    return _("Nothing was sent.");
  return _("Nothing was started.");
}

static const char *
what_to_do (DubServiceError        code,
            const DubServiceFault *fault,
            gboolean               creating)
{
  if (creating && fault->maybe_received)
    return _("Look for it in the library before you send it again.");

  switch (code)
    {
    case DUB_SERVICE_ERROR_RATE_LIMITED:
      return _("It can be tried again in a minute.");
    case DUB_SERVICE_ERROR_PERMISSION:
      return _("Ask your representative to allow video dubbing for this account.");
    case DUB_SERVICE_ERROR_TOKEN:
    case DUB_SERVICE_ERROR_NO_TOKEN:
      return _("Enter a new token in the preferences.");
    case DUB_SERVICE_ERROR_PARAMETERS:
      return _("Change what it names, then try again.");
    case DUB_SERVICE_ERROR_SERVER:
    case DUB_SERVICE_ERROR_TIMED_OUT:
    case DUB_SERVICE_ERROR_MALFORMED:
    case DUB_SERVICE_ERROR_TOO_LARGE:
      return _("Try again in a few minutes.");
    case DUB_SERVICE_ERROR_NETWORK:
      return _("Check the connection, then try again.");
    case DUB_SERVICE_ERROR_UNKNOWN_CODE:
      return _("Ask the support of the service, and name the request ID.");
    case DUB_SERVICE_ERROR_REDIRECTED:
    case DUB_SERVICE_ERROR_INSECURE:
      return _("Check the address of the service in the preferences.");
    case DUB_SERVICE_ERROR_KEYRING:
    case DUB_SERVICE_ERROR_NO_KEYRING:
      return _("Unlock the keyring, then try again.");
    case DUB_SERVICE_ERROR_EXPIRED:
      return _("Refresh the library for a new link; links that are older than 30 days need a new dub.");
    default:
      g_return_val_if_reached ("");
    }
}

static void
append_sentence (GString    *text,
                 const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
}

static void
append_quoted (GString    *text,
               const char *format,
               const char *words)
{
  g_autofree char *clean = dub_service_sentence_clean (words, MAX_QUOTED_CHARS);
  g_auto (GStrv) parts = NULL;
  g_autofree char *sentence = NULL;

  if (*clean == '\0')
    return;
  parts = g_strsplit (format, "%s", 2);
  sentence = g_strconcat (parts[0], clean, parts[1], NULL);
  append_sentence (text, sentence);
}

/**
 * dub_service_sentence:
 * @code: the kind of error
 * @fault: what is known of it
 * @creating: whether the request asked for new dubs
 * @what: (nullable): a sentence that says what happened, or %NULL for that of @code
 * @detail: (nullable): technical, for the support: what exactly cannot be read in an answer
 *
 * Makes the sentences of an error. Any thread.
 *
 * Returns: (transfer full): the text for people
 */
char *
dub_service_sentence (DubServiceError        code,
                      const DubServiceFault *fault,
                      gboolean               creating,
                      const char            *what,
                      const char            *detail)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_sentence (text, what != NULL ? what : what_happened (code));
  if (fault->service_message != NULL)
    /* Translators: %s is what the dubbing service answered, in its own words. */
    append_quoted (text, _("It says: “%s”."), fault->service_message);
  if (detail != NULL)
    /* Translators: %s is technical, for the support: where in the answer something is wrong. */
    append_quoted (text, _("For the support: “%s”."), detail);
  if (creating || code == DUB_SERVICE_ERROR_INSECURE || code == DUB_SERVICE_ERROR_NO_TOKEN)
    append_sentence (text, what_is_safe (code, fault));
  append_sentence (text, what_to_do (code, fault, creating));
  return g_string_free_and_steal (g_steal_pointer (&text));
}
