/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-studio-types.h"

G_BEGIN_DECLS

/*
 * JSON of what the built-in studio alone answers, both ways; by the rules of dub-service-codec.h. All three are POSTs.
 */
#define DUB_PATH_STUDIO_CANCEL      "studio/task/cancel/"
#define DUB_PATH_STUDIO_REHEARSE    "studio/rehearse/"
#define DUB_PATH_STUDIO_TEST_ENGINE "studio/engine/test/"

/* For the client. Decoders return NULL with a #DubServiceError. */
char             *dub_codec_encode_cancel         (const char              *task_id);
/* (transfer full) (nullable): "": it was granted. */
char             *dub_codec_decode_granted        (GBytes                  *body,
                                                   char                   **request_id,
                                                   GError                 **error);
char             *dub_codec_encode_rehearsal_wish (const DubRehearsalWish  *wish);
DubRehearsal     *dub_codec_decode_rehearsal      (GBytes                  *body,
                                                   char                   **request_id,
                                                   GError                 **error);
char             *dub_codec_encode_engine_test    (const DubEngineTest     *test);
DubEngineVerdict *dub_codec_decode_engine_verdict (GBytes                  *body,
                                                   char                   **request_id,
                                                   GError                 **error);

/* For the studio's server. The error is DUB_SERVICE_ERROR_PARAMETERS; its sentence names the field. Values are checked too. */
char             *dub_codec_decode_cancel         (GBytes                  *body,
                                                   GError                 **error);
char             *dub_codec_encode_granted        (const char              *request_id);
DubRehearsalWish *dub_codec_decode_rehearsal_wish (GBytes                  *body,
                                                   GError                 **error);
char             *dub_codec_encode_rehearsal      (const DubRehearsal      *rehearsal,
                                                   const char              *request_id);
DubEngineTest    *dub_codec_decode_engine_test    (GBytes                  *body,
                                                   GError                 **error);
char             *dub_codec_encode_engine_verdict (const DubEngineVerdict  *verdict,
                                                   const char              *request_id);

G_END_DECLS
