/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DubServiceError:
 * @DUB_SERVICE_ERROR_RATE_LIMITED: too many requests: wait and try again; nothing is lost
 * @DUB_SERVICE_ERROR_PERMISSION: not permitted, not on the allow-list, scope not granted: stop the account's queue
 * @DUB_SERVICE_ERROR_TOKEN: token invalid, expired or revoked: stop the account's queue
 * @DUB_SERVICE_ERROR_PARAMETERS: the service refuses what was sent; never repeat it as it is
 * @DUB_SERVICE_ERROR_SERVER: the service's own fault (50000, …, HTTP 5xx)
 * @DUB_SERVICE_ERROR_UNKNOWN_CODE: a return code that is not known here; shown as it came
 * @DUB_SERVICE_ERROR_MALFORMED: an answer that cannot be read (not JSON, a field missing or of a wrong type)
 * @DUB_SERVICE_ERROR_TOO_LARGE: an answer over the cap
 * @DUB_SERVICE_ERROR_TIMED_OUT: no whole answer within the deadline
 * @DUB_SERVICE_ERROR_NETWORK: no connection, or it broke
 * @DUB_SERVICE_ERROR_REDIRECTED: the service answered with a redirect, which is never followed
 * @DUB_SERVICE_ERROR_INSECURE: an address that is neither https nor loopback
 * @DUB_SERVICE_ERROR_NO_TOKEN: there is no token, or not one that fits in a header
 * @DUB_SERVICE_ERROR_KEYRING: the keyring is locked, or refused
 * @DUB_SERVICE_ERROR_NO_KEYRING: there is no keyring, or nobody to ask for it: nothing can be in it
 * @DUB_SERVICE_ERROR_EXPIRED: the address of a finished dub leads nowhere any more
 *
 * The codes are those of the service documentation, "Return codes".
 */
typedef enum
{
  DUB_SERVICE_ERROR_RATE_LIMITED,
  DUB_SERVICE_ERROR_PERMISSION,
  DUB_SERVICE_ERROR_TOKEN,
  DUB_SERVICE_ERROR_PARAMETERS,
  DUB_SERVICE_ERROR_SERVER,
  DUB_SERVICE_ERROR_UNKNOWN_CODE,
  DUB_SERVICE_ERROR_MALFORMED,
  DUB_SERVICE_ERROR_TOO_LARGE,
  DUB_SERVICE_ERROR_TIMED_OUT,
  DUB_SERVICE_ERROR_NETWORK,
  DUB_SERVICE_ERROR_REDIRECTED,
  DUB_SERVICE_ERROR_INSECURE,
  DUB_SERVICE_ERROR_NO_TOKEN,
  DUB_SERVICE_ERROR_KEYRING,
  DUB_SERVICE_ERROR_NO_KEYRING,
  DUB_SERVICE_ERROR_EXPIRED,
} DubServiceError;

/**
 * DubServiceFault:
 * @return_code: the service's return code, or 0 where no envelope was read
 * @http_status: the HTTP status, or 0 where there was no answer
 * @request_id: what support asks for, or NULL
 * @service_message: the service's own words, or NULL
 * @retry_after: seconds asked for by Retry-After, or 0
 * @maybe_received: whether the request may have reached the service: a create must then not be repeated
 *
 * What an error of this domain carries beside its sentence (an extended GError).
 */
typedef struct
{
  gint64   return_code;
  guint    http_status;
  char    *request_id;
  char    *service_message;
  guint    retry_after;
  gboolean maybe_received;
} DubServiceFault;

G_END_DECLS
