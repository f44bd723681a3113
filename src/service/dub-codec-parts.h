/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-codec-read.h"
#include "dub-codec-write.h"
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

G_END_DECLS
