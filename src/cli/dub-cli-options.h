/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include "dub-captions.h"

G_BEGIN_DECLS

/* Exit statuses of `dubroom dub`. */
enum
{
  DUB_CLI_SAVED = 0,        /* all dubs are saved */
  DUB_CLI_SOME_FAILED = 1,
  DUB_CLI_USAGE = 2,        /* or no agreement: nothing was sent, nothing stored */
  DUB_CLI_CANNOT_START = 3, /* the store, the studio, the account */
  DUB_CLI_INTERRUPTED = 130,
};

/* What `dubroom dub` was asked for. */
typedef struct
{
  GPtrArray  *videos;    /* char *: paths and addresses, as given */
  GPtrArray  *languages; /* const DubLanguage * */
  GHashTable *scripts;   /* language code → path */
  char       *name;
  char       *account;
  char       *output;
  char       *data_dir;
  gboolean    subtitles;
  gboolean    subtitle_file; /* a file of subtitles is wanted beside each dub, as: */
  DubCaptionsFormat subtitle_format;
  gboolean    lipsync;
  gboolean    agree;
  gboolean    json;
} DubCliOptions;

/* @arguments: with "dub" in the place of the program's name. `--help` prints and ends the program. */
gboolean dub_cli_options_parse         (DubCliOptions  *self,
                                        GStrv           arguments,
                                        GError        **error);
void     dub_cli_options_clear         (DubCliOptions  *self);
/* The three prescribed texts; to standard error where standard output is for what comes of it. */
void     dub_cli_options_print_notices (const DubCliOptions *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DubCliOptions, dub_cli_options_clear)

G_END_DECLS
