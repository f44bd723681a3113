/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-redact.h"

#include <string.h>

/* What ends an address within a sentence or within JSON. */
#define ADDRESS_END "\\s\"'<>“”‘’«»"

typedef enum
{
  RULE_USERINFO,
  RULE_QUERY_OF_ADDRESS,
  RULE_QUERY,
  RULE_HEADER,
  RULE_NAMED,
  N_RULES,
} Rule;

static const struct
{
  const char *pattern;
  const char *replacement; /* NULL: each match is given to dub_redact_userinfo() */
} rules[N_RULES] = {
  [RULE_USERINFO] = { "(?<!\\S)\\S*?:\\S*@\\S*", NULL },
  /* Signatures of presigned addresses have many names: nothing behind the path is kept. A path with an "&" is that of an
   * address whose "?" went with its password. */
  [RULE_QUERY_OF_ADDRESS] = { "(://[^?#&" ADDRESS_END "]*)[?#&][^" ADDRESS_END "]+", "\\1?" DUB_REDACTED },
  [RULE_QUERY] = { "\\?[^=" ADDRESS_END "]*=[^" ADDRESS_END "]*", "?" DUB_REDACTED },
  /* Its value has several words. */
  [RULE_HEADER] = { "(authorization[\"']?\\s*[:=]\\s*)[^\\r\\n]+", "\\1" DUB_REDACTED },
  [RULE_NAMED] = { "((?:access[-_]?token|(?:[a-z]{1,16}[-_])?secret|auth[-_]?code|passw(?:or)?d"
                   "|x-(?:amz|goog)-[a-z-]+|signature|credential|sig|awsaccesskeyid)[\"']?\\s*[:=]\\s*)"
                   "(?:\"(?:[^\"\\\\]|\\\\.)*\"?|'[^']*'?|[^\\s\"&<>]+)",
                   "\\1" DUB_REDACTED },
};

/* Constant once they are made, so that any thread may use them. */
static GRegex *
get_regex (Rule rule)
{
  static GRegex *made[N_RULES];

  if (g_once_init_enter_pointer (&made[rule]))
    g_once_init_leave_pointer (&made[rule], g_regex_new (rules[rule].pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL));
  return made[rule];
}

/**
 * dub_redact_userinfo:
 * @text: an address, or a text that was meant as one
 *
 * What stands before an "@" may hold a password, also in a text that is no address. Any thread.
 *
 * Returns: (transfer full): @text with "…" in the place of all that stands between its scheme and its last "@"
 */
char *
dub_redact_userinfo (const char *text)
{
  const char *at = strrchr (text, '@');
  const char *scheme_end = strstr (text, "://");
  g_autofree char *scheme = NULL;

  if (at == NULL)
    return g_strdup (text);
  if (scheme_end != NULL && scheme_end < at)
    scheme = g_strndup (text, scheme_end + strlen ("://") - text);
  return g_strconcat (scheme != NULL ? scheme : "", DUB_REDACTED, at, NULL);
}

static gboolean
replace_userinfo (const GMatchInfo *match,
                  GString          *result,
                  gpointer          unused)
{
  g_autofree char *word = g_match_info_fetch (match, 0);
  g_autofree char *redacted = dub_redact_userinfo (word);

  g_string_append (result, redacted);
  return FALSE;
}

static char *
apply (Rule  rule,
       char *text)
{
  g_autofree char *before = text;
  GRegex *regex = get_regex (rule);

  if (rules[rule].replacement == NULL)
    return g_regex_replace_eval (regex, before, -1, 0, 0, replace_userinfo, NULL, NULL);
  return g_regex_replace (regex, before, -1, 0, rules[rule].replacement, 0, NULL);
}

/**
 * dub_redact:
 * @text: any text, also from outside
 * @secrets: (nullable) (array zero-terminated=1): words that must not be in it, a longer one before one that it begins with
 *
 * Takes out of @text: @secrets; what stands before the "@" of an address; the query and fragment of each address, as those
 * of presigned ones hold their signature; the values of fields whose name says that they are secret (`Access-Token`,
 * `Authorization`, `secret`, `auth_code`, `password`, `X-Amz-…`, `Signature`). The names stay. Any thread.
 *
 * Returns: (transfer full): what may be kept and shown, valid UTF-8
 */
char *
dub_redact (const char        *text,
            const char *const *secrets)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *plain = g_string_new (valid);
  char *redacted;

  for (guint i = 0; secrets != NULL && secrets[i] != NULL; i++)
    g_string_replace (plain, secrets[i], DUB_REDACTED, 0);
  redacted = g_string_free_and_steal (plain);
  for (Rule rule = 0; rule < N_RULES; rule++)
    {
      redacted = apply (rule, redacted);
      /* A text that is too much for the rules is not one that can be trusted. */
      if (redacted == NULL)
        return g_strdup (DUB_REDACTED);
    }
  return redacted;
}
