/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-fake-service.h"
#include "dub-keyring.h"
#include "dub-store.h"
#include "dub-test-support.h"
#include "dub-work-lease.h"
#include "dub-workflow-private.h"

/* A workflow with an account at the fake service, and a directory of its own. */
typedef struct
{
  char *dir;
  char *base_url;
  char *studio; /* NULL: there is none */
  DubFakeService *service; /* NULL in a child process */
  DubFakeService *host;    /* where the videos are; NULL: @service has them */
  GNetworkMonitor *network; /* borrowed; NULL: nothing is known of the network */
  DubPaths *paths;
  DubStore *store;
  DubKeyring *keyring;
  DubWorkflow *workflow;
  DubAccount *account; /* borrowed */
  DubLog *log;         /* borrowed; NULL: there is none */
} DubWorkflowFixture;

/* To be called first in main(): tokens go into a file of the test's own. */
void       dub_workflow_fixture_init      (void);
/* In the place of g_test_run(). */
int        dub_workflow_fixture_run       (void);
/* All but the workflow. */
void       dub_workflow_fixture_prepare   (DubWorkflowFixture *self);
/* A program that says what the studio says (@line; NULL: that the fake service is it): to be called before it is opened. */
void       dub_workflow_fixture_write_studio (DubWorkflowFixture *self,
                                           const char         *line);
void       dub_workflow_fixture_set_up    (DubWorkflowFixture *self,
                                           gconstpointer       data);
void       dub_workflow_fixture_tear_down (DubWorkflowFixture *self,
                                           gconstpointer       data);
/* Ends the workflow as a program does, and opens it anew over the same store. */
void       dub_workflow_fixture_restart   (DubWorkflowFixture *self);
void       dub_workflow_fixture_close     (DubWorkflowFixture *self);
void       dub_workflow_fixture_open      (DubWorkflowFixture *self);
/* In the place of set_up(), after prepare(): what happens is noted in @log. */
void       dub_workflow_fixture_open_with_log (DubWorkflowFixture *self,
                                           DubLog             *log);
/* A draft of @n_videos addresses that can be dubbed, in @languages ("es,fr"), checked. (transfer full) */
DubDraft  *dub_workflow_fixture_draft     (DubWorkflowFixture *self,
                                           guint               n_videos,
                                           const char         *languages);
/* Agrees and generates. (transfer full) (element-type DubTask) */
GPtrArray *dub_workflow_fixture_generate  (DubWorkflowFixture *self,
                                           guint               n_videos,
                                           const char         *languages);
GPtrArray *dub_workflow_fixture_finish    (DubDraft           *draft,
                                           GError            **error);
void       dub_workflow_fixture_wait_state(DubTask            *task,
                                           DubTaskState        state);
/* Until it is in none of the states in which it waits for us. */
void       dub_workflow_fixture_wait_checked (DubDraft        *draft);
/* Of the API alone: previews are not counted. */
guint      dub_workflow_fixture_api_requests (DubWorkflowFixture *self);
void       dub_workflow_fixture_wait_resting (DubWorkflowFixture *self);
/* Changes the file behind the store's back, as another process could. */
void       dub_workflow_fixture_sql       (DubWorkflowFixture *self,
                                           const char         *sql);
/* Lets the program go on for so long: for what must not happen. */
void       dub_workflow_fixture_pause     (guint               ms);
/* Another process on the same store, which holds the lease, and does nothing. It ends with its last reference. (transfer full) */
DubWorkLease *dub_workflow_fixture_hold_lease (DubWorkflowFixture *self);
/* Generates one dub of one video, from @script where there is one. (transfer full) */
DubTask   *dub_workflow_fixture_dub       (DubWorkflowFixture *self,
                                           const char         *language,
                                           DubScript          *script);
