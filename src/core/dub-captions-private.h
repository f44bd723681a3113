/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-script.h"

G_BEGIN_DECLS

/* A subtitle as it was found; text without markup, times in milliseconds. */
typedef struct
{
  double start;
  double end;
  char *text;
} DubCue;

/* The text of a file as UTF-8 with "\n" as the only line end, without mark and NUL (transfer full). */
char       *dub_captions_decode      (GBytes      *bytes,
                                      GError     **error);

/* The parsers add to @cues (element-type DubCue). @lines point into one text; the count is of lines from 0, what a person
 * reads counts from 1. */
gboolean    dub_captions_parse_srt   (GPtrArray   *lines,
                                      GPtrArray   *cues,
                                      GError     **error);
gboolean    dub_captions_parse_vtt   (GPtrArray   *lines,
                                      GPtrArray   *cues,
                                      GError     **error);
gboolean    dub_captions_parse_csv   (const char  *text,
                                      GPtrArray   *cues,
                                      GError     **error);
gboolean    dub_captions_is_csv      (const char  *text);
void        dub_captions_write_csv   (DubScript   *script,
                                      GString     *output);

gboolean    dub_captions_is_blank    (const char  *line);
gboolean    dub_captions_has_arrow   (GPtrArray   *lines,
                                      guint        index);
/* Reads "[hh:]mm:ss[.mmm]" at *@cursor and moves it behind; nothing moves where there is none. */
gboolean    dub_captions_read_time   (const char **cursor,
                                      double      *ms);
/* Reads "time --> time", whatever follows behind white space (settings, positions). */
gboolean    dub_captions_read_times  (GPtrArray   *lines,
                                      guint        index,
                                      double      *start,
                                      double      *end,
                                      GError     **error);
gboolean    dub_captions_check_times (double       start,
                                      double       end,
                                      guint        line_number,
                                      GError     **error);
/* Makes a cue of the lines from @first up to @past (not included), its markup removed; none where no text is left. */
void        dub_captions_add_lines   (GPtrArray   *cues,
                                      double       start,
                                      double       end,
                                      GPtrArray   *lines,
                                      guint        first,
                                      guint        past);
void        dub_captions_add_text    (GPtrArray   *cues,
                                      double       start,
                                      double       end,
                                      const char  *text);

/* (transfer full) */
char       *dub_captions_strip       (const char  *markup);
/* The character for an entity at @text ("&amp;"), its length in *@length; 0 where there is none. */
gunichar    dub_captions_read_entity (const char  *text,
                                      gsize       *length);

G_END_DECLS
