/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  DUB_NOTICE_UPLOAD,
  DUB_NOTICE_DOWNLOAD,
  DUB_NOTICE_CONSENT,
} DubNotice;

/* The prescribed texts of the service documentation, to the letter, in English, never translated. */
const char *dub_notice_get_text    (DubNotice notice);
/* SHA-256 of the text, in hexadecimal: the version that is stored with a consent. */
const char *dub_notice_get_version (DubNotice notice);
/* The same text as Pango markup, the named pages as <a href>: removing the tags gives the text. (transfer full) */
char       *dub_notice_dup_markup  (DubNotice notice);

G_END_DECLS
