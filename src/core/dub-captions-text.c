/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-captions-private.h"

#include <string.h>

/* Longer ones are text: without a limit a file of nothing but "<" would take forever. */
#define MAX_TAG_BYTES 256
#define MAX_ENTITY_BYTES 12

static const struct
{
  const char *name;
  gunichar character;
} entities[] = {
  { "&amp;", '&' },
  { "&lt;", '<' },
  { "&gt;", '>' },
  { "&quot;", '"' },
  { "&apos;", '\'' },
  { "&nbsp;", 0x00a0 },
  { "&lrm;", 0x200e },
  { "&rlm;", 0x200f },
};

static gunichar
read_number (const char *text,
             gsize      *length)
{
  gboolean hexadecimal = text[2] == 'x' || text[2] == 'X';
  const char *digits = text + (hexadecimal ? 3 : 2);
  char *end = NULL;
  guint64 value;

  if (hexadecimal ? !g_ascii_isxdigit (*digits) : !g_ascii_isdigit (*digits))
    return 0;

  value = g_ascii_strtoull (digits, &end, hexadecimal ? 16 : 10);
  if (*end != ';' || end - text > MAX_ENTITY_BYTES)
    return 0;

  *length = end + 1 - text;
  return value > 0 && value <= 0x10ffff && g_unichar_validate ((gunichar) value) ? (gunichar) value : 0xfffd;
}

gunichar
dub_captions_read_entity (const char *text,
                          gsize      *length)
{
  if (text[0] == '&' && text[1] == '#')
    return read_number (text, length);

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (g_str_has_prefix (text, entities[i].name))
      {
        *length = strlen (entities[i].name);
        return entities[i].character;
      }
  return 0;
}

/* The length of the bracketed thing at @text, or 0 where it is never closed. */
static gsize
measure (const char *text,
         char        open,
         char        close)
{
  for (gsize i = 1; i < MAX_TAG_BYTES && text[i] != '\0' && text[i] != open; i++)
    if (text[i] == close)
      return i + 1;

  return 0;
}

static gsize
measure_tag (const char *text)
{
  gsize length;

  if (text[0] == '{' && text[1] == '\\')
    return measure (text, '{', '}');
  if (text[0] != '<')
    return 0;

  length = measure (text, '<', '>');
  if (length == 0)
    return 0;
  if (g_ascii_isalpha (text[1]) || text[1] == '/')
    return length;
  /* The instant of a word in VTT: "<00:00:01.000>". */
  return g_ascii_isdigit (text[1]) && strspn (text + 1, "0123456789:.") == length - 2 ? length : 0;
}

static gboolean
is_tag (const char *text,
        const char *name)
{
  gsize length = strlen (name);

  return g_ascii_strncasecmp (text + 1, name, length) == 0 && strchr (" \t\n./>", text[1 + length]) != NULL;
}

static char *
remove_tags (const char *markup)
{
  GString *text = g_string_new (NULL);
  gboolean reading_aid = FALSE;

  for (const char *c = markup; *c != '\0';)
    {
      gsize length = measure_tag (c);

      if (length == 0)
        {
          if (!reading_aid)
            g_string_append_c (text, *c);
          c++;
          continue;
        }

      /* A reading aid over a word says the same once more. */
      if (is_tag (c, "rt"))
        reading_aid = TRUE;
      else if (is_tag (c, "/rt") || is_tag (c, "/ruby"))
        reading_aid = FALSE;
      else if (is_tag (c, "br"))
        g_string_append_c (text, '\n');
      c += length;
    }
  return g_string_free_and_steal (text);
}

static char *
decode_entities (const char *text)
{
  GString *decoded = g_string_new (NULL);

  for (const char *c = text; *c != '\0';)
    {
      gsize length = 0;
      gunichar character = dub_captions_read_entity (c, &length);

      if (character != 0)
        {
          g_string_append_unichar (decoded, character);
          c += length;
        }
      else
        g_string_append_c (decoded, *c++);
    }
  return g_string_free_and_steal (decoded);
}

char *
dub_captions_strip (const char *markup)
{
  g_autofree char *text = remove_tags (markup);

  return decode_entities (text);
}

/* Trims each line, leaves blank ones out, takes invisible control characters away. */
static char *
tidy_lines (const char *text)
{
  GString *tidied = g_string_new (NULL);
  gsize line_start = 0;

  for (const char *c = text;; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character == '\n' || character == '\0')
        {
          while (tidied->len > line_start && tidied->str[tidied->len - 1] == ' ')
            g_string_truncate (tidied, tidied->len - 1);
          if (character == '\0')
            break;
          if (tidied->len > line_start)
            g_string_append_c (tidied, '\n');
          line_start = tidied->len;
        }
      else if (character == ' ' || character == '\t')
        {
          if (tidied->len > line_start)
            g_string_append_c (tidied, ' ');
        }
      else if (!g_unichar_iscntrl (character))
        g_string_append_len (tidied, c, g_utf8_next_char (c) - c);
    }

  if (tidied->len > 0 && tidied->str[tidied->len - 1] == '\n')
    g_string_truncate (tidied, tidied->len - 1);
  return g_string_free_and_steal (tidied);
}

void
dub_captions_add_text (GPtrArray  *cues,
                       double      start,
                       double      end,
                       const char *text)
{
  g_autofree char *tidied = tidy_lines (text);
  DubCue *cue;

  if (*tidied == '\0')
    return;

  cue = g_new0 (DubCue, 1);
  cue->start = start;
  cue->end = end;
  cue->text = g_steal_pointer (&tidied);
  g_ptr_array_add (cues, cue);
}

void
dub_captions_add_lines (GPtrArray *cues,
                        double     start,
                        double     end,
                        GPtrArray *lines,
                        guint      first,
                        guint      past)
{
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = first; i < past; i++)
    {
      g_string_append (joined, g_ptr_array_index (lines, i));
      g_string_append_c (joined, '\n');
    }
  text = dub_captions_strip (joined->str);
  dub_captions_add_text (cues, start, end, text);
}
