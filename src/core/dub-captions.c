/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-captions.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "dub-captions-private.h"
#include "dub-error.h"
#include "dub-file-private.h"

#define PIECE_BYTES (64 * 1024)
#define MAX_TIME_BYTES 64

static void
cue_free (gpointer data)
{
  DubCue *cue = data;

  g_free (cue->text);
  g_free (cue);
}

static int
compare_cues (gconstpointer a,
              gconstpointer b)
{
  const DubCue *cue_a = *(const DubCue *const *) a;
  const DubCue *cue_b = *(const DubCue *const *) b;

  return (cue_a->start > cue_b->start) - (cue_a->start < cue_b->start);
}

/* Divides @text in place; the lines point into it. */
static GPtrArray *
divide (char *text)
{
  GPtrArray *lines = g_ptr_array_new ();

  for (char *line = text; line != NULL;)
    {
      char *end = strchr (line, '\n');

      if (end != NULL)
        *end++ = '\0';
      g_ptr_array_add (lines, line);
      line = end;
    }
  return lines;
}

/* Every subtitle of SRT has a line of times; an arrow alone may be a comment's end in another format. */
static gboolean
is_srt (const char *text)
{
  for (const char *arrow = strstr (text, "-->"); arrow != NULL; arrow = strstr (arrow + 3, "-->"))
    {
      const char *line = arrow;

      while (line > text && line[-1] != '\n' && arrow - line < MAX_TIME_BYTES)
        line--;
      line += strspn (line, " \t");
      if (g_ascii_isdigit (*line))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_vtt (const char *text)
{
  text += strspn (text, " \t\n");
  return g_str_has_prefix (text, "WEBVTT") && (text[6] == '\0' || strchr (" \t\n", text[6]) != NULL);
}

static gboolean
parse_cues (char       *text,
            GPtrArray  *cues,
            GError    **error)
{
  g_autoptr (GPtrArray) lines = NULL;
  gboolean vtt = is_vtt (text);
  gboolean srt = is_srt (text);

  if (!vtt && dub_captions_is_csv (text))
    return dub_captions_parse_csv (text, cues, error);

  if (!vtt && !srt)
    {
      g_set_error_literal (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
                           _("From line 1 on, this is not a subtitle file that can be read. "
                             "Choose an SRT, VTT or CSV file (CSV: with the columns start, end and text)."));
      return FALSE;
    }

  lines = divide (text);
  return vtt ? dub_captions_parse_vtt (lines, cues, error) : dub_captions_parse_srt (lines, cues, error);
}

/**
 * dub_captions_parse:
 * @bytes: the bytes of a subtitle file, up to %DUB_CAPTIONS_MAX_BYTES
 * @error: return location
 *
 * Reads subtitles from an untrusted file: SRT (https://en.wikipedia.org/wiki/SubRip, as it is found in the wild), WebVTT
 * (https://www.w3.org/TR/webvtt1/) or CSV (RFC 4180, with a header line that names start, end and text in any order;
 * separated by comma, semicolon or tab; times in milliseconds or as hh:mm:ss.mmm; the text is taken as it is). The format
 * is found by content. Subtitles may overlap; they are put in order of their start; those without text are left out.
 * Nothing that has text is left out: a file with a subtitle that cannot be read is refused as a whole.
 *
 * May be called on any thread.
 *
 * Returns: (transfer full): a script of at least one segment; or %NULL with %DUB_ERROR_CAPTIONS, whose sentence names
 *   the line
 */
DubScript *
dub_captions_parse (GBytes  *bytes,
                    GError **error)
{
  g_autoptr (GPtrArray) cues = g_ptr_array_new_with_free_func (cue_free);
  g_autoptr (DubScript) script = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = dub_captions_decode (bytes, error);
  if (text == NULL || !parse_cues (text, cues, error))
    return NULL;

  if (cues->len == 0)
    {
      g_set_error_literal (error, DUB_ERROR, DUB_ERROR_CAPTIONS,
                           _("The file has no subtitle with text in it. Choose another one."));
      return NULL;
    }

  g_ptr_array_sort (cues, compare_cues);
  script = dub_script_new ();
  for (guint i = 0; i < cues->len; i++)
    {
      const DubCue *cue = g_ptr_array_index (cues, i);

      dub_script_append (script, cue->text, cue->start, cue->end);
    }
  return g_steal_pointer (&script);
}

static GBytes *
read_limited (GInputStream  *stream,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  gssize got;

  /* One byte more than allowed is enough to know that it is too large. */
  while (bytes->len <= DUB_CAPTIONS_MAX_BYTES
         && (got = g_input_stream_read (stream, piece, PIECE_BYTES, cancellable, error)) != 0)
    {
      if (got < 0)
        return NULL;
      g_byte_array_append (bytes, piece, (guint) got);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
load (GTask        *task,
      gpointer      source,
      gpointer      data,
      GCancellable *cancellable)
{
  GFile *file = source;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = dub_file_open (file, cancellable, &error);
  g_autoptr (GBytes) bytes = NULL;
  DubScript *script = NULL;

  if (stream != NULL)
    {
      bytes = read_limited (stream, cancellable, &error);
      if (bytes == NULL)
        dub_file_translate (file, &error);
    }
  if (bytes != NULL)
    script = dub_captions_parse (bytes, &error);

  if (script == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, script, g_object_unref);
}

/**
 * dub_captions_load_async:
 * @file: an ordinary file
 * @cancellable: (nullable): stops the reading
 * @callback: called on the caller's main context
 * @user_data: for @callback
 *
 * Reads and parses a file on a worker thread, see dub_captions_parse().
 */
void
dub_captions_load_async (GFile               *file,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (file, cancellable, callback, user_data);
  g_task_set_source_tag (task, dub_captions_load_async);
  g_task_run_in_thread (task, load);
}

/**
 * dub_captions_load_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the script; or %NULL with %DUB_ERROR_CAPTIONS, %DUB_ERROR_FILE or %G_IO_ERROR_CANCELLED
 */
DubScript *
dub_captions_load_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
