/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-notices.h"
#include "dub-store.h"
#include "dub-test-support.h"

G_BEGIN_DECLS

#define FIRST_IDENTITY  "sha256:1111"
#define SECOND_IDENTITY "sha256:2222"

/* Makes an asynchronous call that fills "slot", and declares "result" with what came. */
#define AWAIT(call)                                    \
  GAsyncResult *slot = NULL;                           \
  g_autoptr (GAsyncResult) result = NULL;              \
  call;                                                \
  result = dub_test_await (&slot)

/* A store in a directory of its own, and each call as one that is waited for. */
typedef struct
{
  char *dir;
  char *path;
  DubStore *store;
} StoreFixture;

void       store_fixture_set_up    (StoreFixture         *fixture,
                                    gconstpointer         data);
void       store_fixture_tear_down (StoreFixture         *fixture,
                                    gconstpointer         data);

gboolean   open_store              (DubStore             *store,
                                    GError              **error);
/* The same file in a new store: what was stored must be there again. */
void       reopen                  (StoreFixture         *fixture);
gboolean   put_account             (DubStore             *store,
                                    const DubAccountRecord *account,
                                    GError              **error);
gint64     put_video               (DubStore             *store,
                                    const char           *uri,
                                    const char           *identity,
                                    const char           *title);
void       agree                   (DubStore             *store,
                                    const char           *identity);
/* A video that was agreed to. */
gint64     put_agreed_video        (DubStore             *store);

DubTaskRecord *make_task           (gint64                video,
                                    const char           *name);
DubTaskRecord *task_at             (GPtrArray            *tasks,
                                    guint                 index);
GPtrArray *add_tasks               (DubStore             *store,
                                    GPtrArray            *tasks,
                                    GPtrArray            *scripts,
                                    GError              **error);
/* Tasks of these names, the list ending with NULL. */
GPtrArray *add_named               (DubStore             *store,
                                    gint64                video,
                                    ...) G_GNUC_NULL_TERMINATED;
GPtrArray *list_tasks              (DubStore             *store);
gboolean   transition              (DubStore             *store,
                                    GPtrArray            *tasks,
                                    const DubTaskState   *from,
                                    GError              **error);
/* One step of one task, which must succeed; brings @task up to date. */
void       step                    (DubStore             *store,
                                    DubTaskRecord        *task,
                                    DubTaskState          to);
GPtrArray *list_transitions        (DubStore             *store,
                                    gint64                task);

/* Looking at the file without the store: the first column of all rows, joined by commas. */
char      *query_file              (const char           *path,
                                    const char           *sql);
/* TRUE where the file itself takes @sql. */
gboolean   change_file             (const char           *path,
                                    const char           *sql);

G_END_DECLS
