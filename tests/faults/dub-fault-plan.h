/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "dub-fake-service.h"

G_BEGIN_DECLS

typedef enum
{
  DUB_FAULT_DROP_UNREAD,
  DUB_FAULT_DROP_READ,
  DUB_FAULT_DROP_ACTED,
  DUB_FAULT_HALF_ANSWER,
  DUB_FAULT_LATE,          /* no answer before the client's deadline */
  DUB_FAULT_SERVER_ERROR,  /* HTTP 500 and an envelope */
  DUB_FAULT_UNAVAILABLE,   /* HTTP 503 and a page */
  DUB_FAULT_SERVER_CODE,   /* 50000 under HTTP 200 */
  DUB_FAULT_UNKNOWN_CODE,  /* one that is neither documented nor in the range of refusals */
  DUB_FAULT_UNKNOWN_REFUSAL,
  DUB_FAULT_HTML,          /* a page under HTTP 200 */
  DUB_FAULT_REDIRECT,      /* to another host, which must never see a token */
  DUB_FAULT_TOO_MANY,      /* HTTP 429 */
  DUB_FAULT_TOO_MANY_WAIT, /* with Retry-After */
  DUB_FAULT_TOO_MANY_CODE, /* 40100 */
  DUB_FAULT_BAD_TOKEN,     /* 40105 once, though the token is good */
  DUB_FAULT_OTHER_TOKEN,   /* from here on another token is wanted */
  DUB_FAULT_NOT_ALLOWED,   /* 40001 once */
  DUB_FAULT_BAD_BATCH,     /* 40002 once */
  DUB_FAULT_OFFLINE,       /* nothing listens for a while */
  DUB_FAULT_CUT,
  DUB_FAULT_REVERSED,
  DUB_FAULT_DOUBLED,
  DUB_FAULT_FEWER,
  DUB_FAULT_MORE,
  DUB_FAULT_OLDER,
  DUB_FAULT_STATUS,
  DUB_FAULT_FLOOD,         /* 100 MB */
  DUB_FAULT_BOMB,          /* 100 MB, compressed */
  DUB_FAULT_N_KINDS,
} DubFaultKind;

typedef struct
{
  DubFaultKind kind;
  DubFakeEndpoint endpoint;
  guint ordinal;     /* of the run, from 1 */
  gboolean accepted; /* where the fault leaves that open: whether the service does what it was asked */
} DubFault;

typedef enum
{
  DUB_FAULT_KILL_BEFORE_COMMIT,
  DUB_FAULT_KILL_AFTER_COMMIT,
  DUB_FAULT_KILL_AT_REQUEST,
  DUB_FAULT_KILL_AT_LINE, /* of what the program says */
} DubFaultKillKind;

typedef struct
{
  DubFaultKillKind kind;
  guint ordinal; /* of this life, from 1 */
  DubFakeEndpoint endpoint;
  DubFakeMoment moment;
} DubFaultKill;

/* All that is decided about a run before it begins. */
typedef struct
{
  guint seed;
  gboolean story;     /* it was not drawn by lot; the seed is the story's number */
  guint n_videos;
  char *languages;
  gboolean studio;    /* the built-in studio's manners: keys, and nobody to be asked for a token */
  gboolean own_host;  /* the videos are where the faults are */
  gboolean refusals;  /* some dubs are refused for good */
  gboolean namesakes; /* the list of videos has older ones of the same names, always */
  guint interval_ms;
  guint n_acts;       /* of the person, in each life */
  char *restarts;     /* at which changes the program closes its workflow and opens it again: "3,9" */
  GArray *faults;     /* of DubFault */
  GArray *kills;      /* of DubFaultKill: one a life */
} DubFaultPlan;

/* The same for the same seed, for ever. */
DubFaultPlan *dub_fault_plan_new          (guint               seed);
/* Those that were thought out; @n: 1 to DUB_FAULT_N_STORIES are to be told with a death at each commit. */
DubFaultPlan *dub_fault_plan_new_story    (guint               n,
                                           const DubFaultKill *kill);
#define DUB_FAULT_N_STORIES 3
#define DUB_FAULT_N_ALL_STORIES 8
void          dub_fault_plan_free         (DubFaultPlan       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubFaultPlan, dub_fault_plan_free)
/* (transfer full): for whoever has to understand a run */
char         *dub_fault_plan_describe     (const DubFaultPlan *self);
/* Whether the service refuses a dub of this name for good, and how long it takes for it. */
gboolean      dub_fault_plan_refuses      (const DubFaultPlan *self,
                                           const char         *name);
gboolean      dub_fault_plan_fails        (const DubFaultPlan *self,
                                           const char         *name);
guint         dub_fault_plan_patience     (const DubFaultPlan *self,
                                           const char         *name);

G_END_DECLS
