/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-codec-read.h"
#include "dub-service-types.h"

G_BEGIN_DECLS

/* An answer that is being read: first the envelope, then its data, at last whether anything was wrong. */
typedef struct
{
  DubRead     *read;
  JsonObject  *data; /* of @read; NULL where there is none */
  DubEnvelope *envelope;
  gboolean     creating;
} DubCodecAnswer;

/* NULL for an entry that is none of ours, or has a fault. */
typedef gpointer (*DubCodecReadEntry) (DubRead    *read,
                                       JsonObject *item);

void       dub_codec_answer_clear     (DubCodecAnswer    *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DubCodecAnswer, dub_codec_answer_clear)

gboolean   dub_codec_answer_open      (DubCodecAnswer    *self,
                                       GBytes            *body,
                                       gboolean           creating,
                                       GError           **error);
gboolean   dub_codec_answer_close     (DubCodecAnswer    *self,
                                       char             **request_id,
                                       GError           **error);
void       dub_codec_answer_need_data (DubCodecAnswer    *self);
GPtrArray *dub_codec_answer_read_list (DubCodecAnswer    *self,
                                       DubCodecReadEntry  function,
                                       GDestroyNotify     free_entry,
                                       gboolean           patient);

G_END_DECLS
