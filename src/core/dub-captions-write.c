/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-captions.h"

#include <math.h>

#include "dub-captions-private.h"

#define MAX_MS 3599999999.0

static gint64
to_whole_ms (double ms)
{
  return isfinite (ms) ? (gint64) floor (CLAMP (ms, 0, MAX_MS) + 0.5) : 0;
}

static void
append_time (GString *output,
             gint64   ms,
             char     decimal)
{
  g_string_append_printf (output, "%02d:%02d:%02d%c%03d", (int) (ms / 3600000), (int) (ms / 60000 % 60),
                          (int) (ms / 1000 % 60), decimal, (int) (ms % 1000));
}

static void
append_times (GString    *output,
              DubSegment *segment,
              char        decimal)
{
  gint64 start = to_whole_ms (dub_segment_get_start (segment));
  gint64 end = to_whole_ms (dub_segment_get_end (segment));

  append_time (output, start, decimal);
  g_string_append (output, " --> ");
  /* Rounding must not make a short segment unreadable. */
  append_time (output, MAX (end, start + 1), decimal);
  g_string_append_c (output, '\n');
}

static gboolean
is_ambiguous (const char *text)
{
  gsize length;

  if (*text == '<')
    return g_ascii_isalnum (text[1]) || text[1] == '/';
  if (*text == '{')
    return text[1] == '\\';
  return dub_captions_read_entity (text, &length) != 0;
}

/* SRT knows no escapes, and many players show them: only what would else be taken for markup gets one. */
static void
append_srt_text (GString    *output,
                 const char *text)
{
  const char *start = text;

  for (const char *c = text; *c != '\0'; c++)
    {
      if ((*c == '<' || *c == '{' || *c == '&') && is_ambiguous (c))
        g_string_append (output, *c == '<' ? "&lt;" : *c == '{' ? "&#123;" : "&amp;");
      else if (*c == '>' && c - start >= 2 && c[-1] == '-' && c[-2] == '-')
        g_string_append (output, "&gt;");
      else
        g_string_append_c (output, *c);
    }
}

static void
append_vtt_text (GString    *output,
                 const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '{' && is_ambiguous (c))
        g_string_append (output, "&#123;");
      else if (*c == '&')
        g_string_append (output, "&amp;");
      else if (*c == '<')
        g_string_append (output, "&lt;");
      else if (*c == '>')
        g_string_append (output, "&gt;");
      else
        g_string_append_c (output, *c);
    }
}

/* An empty line would end the subtitle. */
static char *
without_empty_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!dub_captions_is_blank (lines[i]))
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? "\n" : "", lines[i]);

  return g_string_free_and_steal (joined);
}

static void
write_timed (DubScript         *script,
             DubCaptionsFormat  format,
             GString           *output)
{
  guint length = dub_script_get_length (script);

  if (format == DUB_CAPTIONS_VTT)
    g_string_append (output, "WEBVTT\n\n");

  for (guint i = 0; i < length; i++)
    {
      DubSegment *segment = dub_script_get_segment (script, i);
      g_autofree char *text = without_empty_lines (dub_segment_get_text (segment));

      if (i > 0)
        g_string_append_c (output, '\n');
      g_string_append_printf (output, "%u\n", i + 1);
      append_times (output, segment, format == DUB_CAPTIONS_SRT ? ',' : '.');
      if (format == DUB_CAPTIONS_SRT)
        append_srt_text (output, text);
      else
        append_vtt_text (output, text);
      g_string_append_c (output, '\n');
    }
}

/**
 * dub_captions_write:
 * @script: a script
 * @format: how to write it
 *
 * Writes a script as UTF-8 without mark, in a form that dub_captions_parse() reads again as the same script: SRT and VTT
 * to the millisecond, CSV exactly (times in milliseconds). Line ends are "\n", in CSV "\r\n" (RFC 4180).
 *
 * Returns: (transfer full): the bytes of the file
 */
GBytes *
dub_captions_write (DubScript         *script,
                    DubCaptionsFormat  format)
{
  GString *output = g_string_new (NULL);

  g_return_val_if_fail (DUB_IS_SCRIPT (script), NULL);

  if (format == DUB_CAPTIONS_CSV)
    dub_captions_write_csv (script, output);
  else
    write_timed (script, format, output);
  return g_string_free_to_bytes (output);
}
