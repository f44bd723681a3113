/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-codec-read.h"
#include "dub-script.h"

G_BEGIN_DECLS

/* What both directions of the codec have in common. */

#define DUB_TYPE_WORD_DUBBING "DUBBING"

/**
 * DubCodecForm:
 * @DUB_CODEC_PLAIN: as the service has it
 * @DUB_CODEC_WITH_REMARKS: with the built-in studio's remarks
 */
typedef enum
{
  DUB_CODEC_PLAIN,
  DUB_CODEC_WITH_REMARKS,
} DubCodecForm;

DubScript *dub_codec_read_script  (DubRead            *read,
                                   JsonObject         *object,
                                   const char         *name,
                                   DubReadNeed         need,
                                   DubCodecForm        form);
void       dub_codec_write_script (JsonBuilder        *builder,
                                   const char         *name,
                                   DubScript          *script,
                                   DubCodecForm        form);
void       dub_codec_write_string (JsonBuilder        *builder,
                                   const char         *name,
                                   const char         *value);
/* (transfer full): what @builder, which is used up, has built */
char      *dub_codec_to_text      (JsonBuilder        *builder);
/* (transfer full): the studio's envelope, to be filled and closed */
JsonBuilder *dub_codec_open_answer (gint64            code,
                                   const char         *message,
                                   const char         *request_id);
char      *dub_codec_close_answer (JsonBuilder        *builder);
/* (transfer full): ["…","…"] */
char      *dub_codec_strings      (const char *const  *strings);

G_END_DECLS
