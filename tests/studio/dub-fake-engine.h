/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A server of one of the conventions by which engines are reached, on a thread of its own. It is strict: what the
 * convention does not allow (method, path, type, fields, key) is refused with status 400 or 401, and the reason is kept.
 */
typedef struct _DubFakeEngine DubFakeEngine;

typedef enum
{
  DUB_FAKE_OPENAI,
  DUB_FAKE_LIBRETRANSLATE,
  DUB_FAKE_APY,
} DubFakeConvention;

/**
 * DubFakeFault:
 * @DUB_FAKE_RIGHT: none
 * @DUB_FAKE_DRIPS: a byte of the answer now and then, and never all
 * @DUB_FAKE_SILENT: no answer at all
 * @DUB_FAKE_CUT: half of the answer, then the connection is closed
 * @DUB_FAKE_CUT_CHUNK: the same of an answer that does not state its length
 * @DUB_FAKE_HANGS_UP: the connection is closed at once
 * @DUB_FAKE_STATES_HUGE: an answer that says that it has 10 GB
 * @DUB_FAKE_ENDLESS: an answer without end
 * @DUB_FAKE_BOMB: a small answer that becomes one of 100 MB when it is unpacked
 * @DUB_FAKE_REDIRECTS: to another path of the same server
 * @DUB_FAKE_GARBAGE: not HTTP
 */
typedef enum
{
  DUB_FAKE_RIGHT,
  DUB_FAKE_DRIPS,
  DUB_FAKE_SILENT,
  DUB_FAKE_CUT,
  DUB_FAKE_CUT_CHUNK,
  DUB_FAKE_HANGS_UP,
  DUB_FAKE_STATES_HUGE,
  DUB_FAKE_ENDLESS,
  DUB_FAKE_BOMB,
  DUB_FAKE_REDIRECTS,
  DUB_FAKE_GARBAGE,
} DubFakeFault;

/* @key (nullable): what it wants to see; NULL: it wants to see none. */
DubFakeEngine *dub_fake_engine_new             (DubFakeConvention convention,
                                                const char       *key);
/* The same by https, with a certificate that nobody has signed. */
DubFakeEngine *dub_fake_engine_new_secure      (DubFakeConvention convention,
                                                const char       *key);
void           dub_fake_engine_free            (DubFakeEngine    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubFakeEngine, dub_fake_engine_free)
/* "http://127.0.0.1:PORT", or "https://…" */
const char    *dub_fake_engine_get_url         (DubFakeEngine    *self);

/* How it answers from now on what it is there for (not `/languages`, `/listPairs`). */
void           dub_fake_engine_set_fault       (DubFakeEngine    *self,
                                                DubFakeFault      fault);
/* The same for `/languages` and `/listPairs`. */
void           dub_fake_engine_set_list_fault  (DubFakeEngine    *self,
                                                DubFakeFault      fault);
/* An answer instead of the right one; @type and @headers ("Name: value\r\n") may be NULL. */
void           dub_fake_engine_set_answer      (DubFakeEngine    *self,
                                                guint             status,
                                                const char       *type,
                                                const char       *headers,
                                                GBytes           *body);
/* The same for `/languages` and `/listPairs`. */
void           dub_fake_engine_set_list_answer (DubFakeEngine    *self,
                                                guint             status,
                                                const char       *type,
                                                GBytes           *body);
/* The next @n requests are answered so, then right ones follow. */
void           dub_fake_engine_set_busy        (DubFakeEngine    *self,
                                                guint             n,
                                                guint             status,
                                                const char       *headers);
/* The request that begins with @text is answered with this status, all others are answered as they would be. */
void           dub_fake_engine_set_wrong_text  (DubFakeEngine    *self,
                                                const char       *text,
                                                guint             status);
/* LibreTranslate before 1.3: no lists of texts. */
void           dub_fake_engine_set_no_lists    (DubFakeEngine    *self);
/* Answers wait until so many requests are there at the same time. */
void           dub_fake_engine_set_wait_for    (DubFakeEngine    *self,
                                                guint             n);

/* All requests, and those at the same time. */
guint          dub_fake_engine_count           (DubFakeEngine    *self);
guint          dub_fake_engine_count_parallel  (DubFakeEngine    *self);
/* (transfer full) (nullable): why it refused a request; NULL: it had no reason to. */
char          *dub_fake_engine_dup_complaint   (DubFakeEngine    *self);

G_END_DECLS
