/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-fake-engine.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What a request of a convention is, and its right answer. */
typedef struct
{
  gboolean is_list; /* languages, pairs */
  guint    status;
  char    *complaint; /* why it is refused */
  char    *text;      /* the first text of it */
  char    *type;
  GBytes  *body;
} DubFakeReply;

void dub_fake_reply_clear (DubFakeReply      *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DubFakeReply, dub_fake_reply_clear)
/* @reply: empty. */
void dub_fake_judge_openai         (SoupServerMessage *message,
                                    const char        *path,
                                    const char        *key,
                                    DubFakeReply      *reply);
void dub_fake_judge_libretranslate (SoupServerMessage *message,
                                    const char        *path,
                                    const char        *key,
                                    gboolean           no_lists,
                                    DubFakeReply      *reply);
void dub_fake_judge_apy            (SoupServerMessage *message,
                                    const char        *path,
                                    const char        *key,
                                    DubFakeReply      *reply);

G_END_DECLS
