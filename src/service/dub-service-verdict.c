/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-service-verdict.h"
#include "dub-service-error.h"
#include "dub-service-sentence.h"

#include <string.h>

/* RFC 6585, which libsoup's list of statuses does not have. */
#define STATUS_TOO_MANY_REQUESTS 429

/**
 * dub_verdict_mask:
 * @body: an answer's body
 * @token: what must not be in it
 *
 * A service may quote the token in its answer; what is read, kept and shown must not have it. Any thread.
 *
 * Returns: (transfer full): @body, or a masked copy
 */
GBytes *
dub_verdict_mask (GBytes     *body,
                  const char *token)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  gsize n = strlen (token);
  char *masked;
  char *found;

  if (length < n || memmem (data, length, token, n) == NULL)
    return g_bytes_ref (body);
  masked = g_memdup2 (data, length);
  for (found = memmem (masked, length, token, n); found != NULL;
       found = memmem (found + n, length - (gsize) (found + n - masked), token, n))
    memset (found, '*', n);
  return g_bytes_new_take (masked, length);
}

/**
 * dub_verdict_new:
 * @answer: an answer
 * @creating: whether it is that of a create
 * @from_body: (nullable): what is wrong by the body
 * @request_id: (nullable): the body's request ID where nothing is wrong by it
 *
 * Joins what the status says with what the body says. HTTP 429 and 5xx decide by themselves (service documentation,
 * "Return codes"); the body's words and request ID are kept with them. Any thread.
 *
 * Returns: (transfer full): a #DubServiceError with all that is known
 */
GError *
dub_verdict_new (const DubAnswer *answer,
                 gboolean         creating,
                 const GError    *from_body,
                 const char      *request_id)
{
  const DubServiceFault *said = dub_service_error_get_fault (from_body);
  DubServiceError code = DUB_SERVICE_ERROR_MALFORMED;
  DubServiceFault fault = { 0 };
  g_autofree char *sentence = NULL;

  if (said != NULL)
    {
      fault = *said;
    }
  else
    {
      fault.maybe_received = TRUE;
      fault.request_id = (char *) request_id;
    }
  fault.http_status = answer->status;
  fault.retry_after = answer->retry_after;

  if (answer->status == STATUS_TOO_MANY_REQUESTS)
    {
      code = DUB_SERVICE_ERROR_RATE_LIMITED;
      fault.maybe_received = FALSE;
    }
  else if (answer->status >= 500)
    {
      code = DUB_SERVICE_ERROR_SERVER;
      fault.maybe_received = TRUE;
    }
  else if (said != NULL)
    {
      return dub_service_error_new ((DubServiceError) from_body->code, &fault, from_body->message);
    }
  sentence = dub_service_sentence (code, &fault, creating, NULL, NULL);
  return dub_service_error_new (code, &fault, sentence);
}

/**
 * dub_verdict_of_count:
 * @n_tasks: how many ids the service sent
 * @n_items: how many items it was sent
 * @request_id: (nullable): the answer's request ID
 *
 * Where the two differ, nobody can tell which task is whose, though tasks were made. Any thread.
 *
 * Returns: (transfer full) (nullable): %DUB_SERVICE_ERROR_MALFORMED, or %NULL
 */
GError *
dub_verdict_of_count (guint       n_tasks,
                      guint       n_items,
                      const char *request_id)
{
  DubServiceFault fault = { 0 };
  g_autofree char *detail = NULL;
  g_autofree char *sentence = NULL;

  if (n_tasks == n_items)
    return NULL;
  fault.http_status = SOUP_STATUS_OK;
  fault.request_id = (char *) request_id;
  fault.maybe_received = TRUE;
  detail = g_strdup_printf ("data.task_ids: %u for %u items", n_tasks, n_items);
  sentence = dub_service_sentence (DUB_SERVICE_ERROR_MALFORMED, &fault, TRUE, NULL, detail);
  return dub_service_error_new (DUB_SERVICE_ERROR_MALFORMED, &fault, sentence);
}
