/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-cli-options.h"
#include "dub-library.h"

G_BEGIN_DECLS

/**
 * DubCliSaved:
 * @path: of the dub
 * @subtitles: of its subtitles; NULL: they were not wanted, or could not be saved
 * @problem: why they could not be saved, a sentence, or NULL
 */
typedef struct
{
  char *path;
  char *subtitles;
  char *problem;
} DubCliSaved;

void         dub_cli_saved_free  (DubCliSaved         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubCliSaved, dub_cli_saved_free)

/* Saves the dub that a task made into the directory of @options, under its name, and its subtitles beside it where they are
 * wanted; what is there already is never overwritten. The callback's source object is @library. */
void         dub_cli_save_async  (DubLibrary          *library,
                                  DubTask             *task,
                                  const DubCliOptions *options,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
/* (transfer full) */
DubCliSaved *dub_cli_save_finish (DubLibrary          *library,
                                  GAsyncResult        *result,
                                  GError             **error);

G_END_DECLS
