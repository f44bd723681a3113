/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-service-error.h"
#include "dub-service-sentence.h"

typedef DubServiceFault DubServiceErrorPrivate;

static void
dub_service_error_private_init (DubServiceErrorPrivate *self)
{
}

static void
dub_service_error_private_copy (const DubServiceErrorPrivate *source,
                                DubServiceErrorPrivate       *copy)
{
  *copy = *source;
  copy->request_id = g_strdup (source->request_id);
  copy->service_message = g_strdup (source->service_message);
}

static void
dub_service_error_private_clear (DubServiceErrorPrivate *self)
{
  g_clear_pointer (&self->request_id, g_free);
  g_clear_pointer (&self->service_message, g_free);
}

G_DEFINE_EXTENDED_ERROR (DubServiceError, dub_service_error)

/**
 * dub_service_error_get_fault:
 * @error: (nullable): any error
 *
 * What an error of this domain carries beside its sentence. It lives as long as @error. Any thread.
 *
 * Returns: (transfer none) (nullable): the fault, or %NULL for an error of another domain
 */
const DubServiceFault *
dub_service_error_get_fault (const GError *error)
{
  if (error == NULL || error->domain != DUB_SERVICE_ERROR)
    return NULL;
  return dub_service_error_get_private (error);
}

/**
 * dub_service_error_from_code:
 * @return_code: the `code` of an answer, not 0
 *
 * The kind of error that a return code means (service documentation, "Return codes"). Any thread.
 *
 * Returns: the kind; %DUB_SERVICE_ERROR_UNKNOWN_CODE for a code that is not in the documentation
 */
DubServiceError
dub_service_error_from_code (gint64 return_code)
{
  switch (return_code)
    {
    case 40100:
    case 40132:
    case 40133:
    case 61000:
      return DUB_SERVICE_ERROR_RATE_LIMITED;
    case 40001:
    case 40118:
    case 40125:
    case 40130:
      return DUB_SERVICE_ERROR_PERMISSION;
    case 40101:
    case 40102:
    case 40104:
    case 40105:
    case 40110:
    case 40113:
    case 40114:
      return DUB_SERVICE_ERROR_TOKEN;
    case 40000:
    case 40002:
    case 40053:
      return DUB_SERVICE_ERROR_PARAMETERS;
    case 50000:
    case 50002:
    case 60001:
      return DUB_SERVICE_ERROR_SERVER;
    default:
      break;
    }

  if (return_code >= 40900 && return_code <= 40999)
    return DUB_SERVICE_ERROR_PARAMETERS;
  if (return_code >= 51000 && return_code <= 52999)
    return DUB_SERVICE_ERROR_SERVER;
  return DUB_SERVICE_ERROR_UNKNOWN_CODE;
}

/**
 * dub_service_error_new:
 * @code: the kind
 * @fault: (nullable): what the error carries; copied
 * @sentence: (nullable): the sentence for people, or %NULL to have it made from @code and @fault
 *
 * Makes an error of this domain. Any thread.
 *
 * Returns: (transfer full): the error
 */
GError *
dub_service_error_new (DubServiceError        code,
                       const DubServiceFault *fault,
                       const char            *sentence)
{
  static const DubServiceFault nothing = { 0 };
  const DubServiceFault *values = fault != NULL ? fault : &nothing;
  g_autofree char *made = NULL;
  GError *error;

  if (sentence == NULL)
    made = dub_service_sentence (code, values, values->maybe_received, NULL, NULL);
  error = g_error_new_literal (DUB_SERVICE_ERROR, (int) code, sentence != NULL ? sentence : made);
  dub_service_error_private_copy (values, dub_service_error_get_private (error));
  return error;
}
