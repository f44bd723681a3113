/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DUB_WORKFLOW_ERROR (dub_workflow_error_quark ())
GQuark dub_workflow_error_quark (void);

/**
 * DubWorkflowError:
 * @DUB_WORKFLOW_ERROR_NO_CONSENT: Generate without agreement
 * @DUB_WORKFLOW_ERROR_NOTHING: no video that can be dubbed, or no language
 * @DUB_WORKFLOW_ERROR_NOT_NOW: the task's state does not allow this
 * @DUB_WORKFLOW_ERROR_STUDIO: the built-in studio could not be started, or stopped
 * @DUB_WORKFLOW_ERROR_ACCOUNT: the account has no token, or the service refuses it
 * @DUB_WORKFLOW_ERROR_EXPIRED: the dub's link has expired
 */
typedef enum
{
  DUB_WORKFLOW_ERROR_NO_CONSENT,
  DUB_WORKFLOW_ERROR_NOTHING,
  DUB_WORKFLOW_ERROR_NOT_NOW,
  DUB_WORKFLOW_ERROR_STUDIO,
  DUB_WORKFLOW_ERROR_ACCOUNT,
  DUB_WORKFLOW_ERROR_EXPIRED,
} DubWorkflowError;

G_END_DECLS
