/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-notices.h"

/* The wording is prescribed by the service: any change of a letter is another text, and asks for a new consent. */
static const char *const texts[] = {
  [DUB_NOTICE_UPLOAD] =
    "By uploading assets, you confirm that you have the necessary legal rights to these assets, the assets do "
    "not include any user generated content, and you are authorized to grant TikTok permission to scan and "
    "modify the assets. You may not upload any assets that would violate TikTok's Ad Policies or Community "
    "Guidelines.",
  [DUB_NOTICE_DOWNLOAD] =
    "If you choose to download and edit any output, you agree that such output can only be shared or published "
    "on TikTok-branded platforms, and that you will not intentionally remove or modify any watermarks contained "
    "therein.",
  [DUB_NOTICE_CONSENT] =
    "By clicking \"Generate,\" you confirm: that you have the necessary legal rights to the video(s) and from any "
    "individual(s) appearing in the video(s); the videos do not include any unauthorized user generated content; "
    "the individual(s) are age 18 or older; the individual(s) are not residents of or physically located in "
    "Illinois or Texas; and you are authorized to grant TikTok permission to scan and modify the assets. You may "
    "not upload any assets that would violate TikTok's Ad Policies or Community Guidelines.",
};

static const struct
{
  const char *page;
  const char *address;
} links[] = {
  { "Ad Policies", "https://ads.tiktok.com/help/article?aid=10000494" },
  { "Community Guidelines", "https://www.tiktok.com/community-guidelines" },
};

/**
 * dub_notice_get_text:
 *
 * Returns: (transfer none): the prescribed text, in English; it is never translated
 */
const char *
dub_notice_get_text (DubNotice notice)
{
  g_return_val_if_fail ((guint) notice < G_N_ELEMENTS (texts), NULL);

  return texts[notice];
}

/**
 * dub_notice_get_version:
 *
 * Returns: (transfer none): the SHA-256 of dub_notice_get_text() in hexadecimal
 */
const char *
dub_notice_get_version (DubNotice notice)
{
  g_autofree char *version = NULL;

  g_return_val_if_fail ((guint) notice < G_N_ELEMENTS (texts), NULL);

  version = g_compute_checksum_for_string (G_CHECKSUM_SHA256, texts[notice], -1);
  return g_intern_string (version);
}

/**
 * dub_notice_dup_markup:
 *
 * Returns: (transfer full): the text as Pango markup, each named page being a link
 */
char *
dub_notice_dup_markup (DubNotice notice)
{
  g_autofree char *escaped = NULL;
  GString *markup;

  g_return_val_if_fail ((guint) notice < G_N_ELEMENTS (texts), NULL);

  escaped = g_markup_escape_text (texts[notice], -1);
  markup = g_string_new (escaped);
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *address = g_markup_escape_text (links[i].address, -1);
      g_autofree char *link = g_strdup_printf ("<a href=\"%s\">%s</a>", address, links[i].page);

      g_string_replace (markup, links[i].page, link, 0);
    }
  return g_string_free_and_steal (markup);
}
