/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-test-studio.h"
#include "dub-test-support.h"
#include "dub-test-video.h"

G_BEGIN_DECLS

#define CREATE "creative/aigc/video/task/create/"
#define VIDEOS "creative/aigc/video/list/"

/* A directory of its own, a video of 2 s, and a studio over a working process that dubs nothing. */
typedef struct
{
  char          *dir;
  char          *data;
  char          *video; /* a file:// address */
  DubTestStudio *studio;
} Fixture;

const char *fixture_get_program (void);
/* @option: of the studio, or NULL */
void        fixture_set_up      (Fixture       *fixture,
                                 gconstpointer  option);
void        fixture_tear_down   (Fixture       *fixture,
                                 gconstpointer  option);
/* The same video under another name, which says what the working process does: its address. (transfer full) */
char       *fixture_name_video  (Fixture       *fixture,
                                 const char    *name);
/* An item of a create as JSON. (transfer full) */
char       *fixture_make_item   (const char    *video,
                                 const char    *more);

G_END_DECLS
