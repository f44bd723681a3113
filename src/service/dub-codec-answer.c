/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-codec-answer.h"
#include "dub-service-error.h"
#include "dub-service-sentence.h"

#define MAX_MESSAGE_CHARS 2000

/**
 * dub_codec_answer_clear:
 * @self: an answer
 *
 * Frees what was read.
 */
void
dub_codec_answer_clear (DubCodecAnswer *self)
{
  g_clear_pointer (&self->read, dub_read_free);
  g_clear_pointer (&self->envelope, dub_envelope_free);
}

/* The service itself refused the request: nothing of it can be under way. Its codes from 40000 on say what is wrong with a
 * request, also those that are not in the documentation. */
static gboolean
is_definite_refusal (DubServiceError code,
                     gint64          return_code)
{
  return code == DUB_SERVICE_ERROR_RATE_LIMITED || code == DUB_SERVICE_ERROR_PERMISSION ||
         code == DUB_SERVICE_ERROR_TOKEN || code == DUB_SERVICE_ERROR_PARAMETERS ||
         (code == DUB_SERVICE_ERROR_UNKNOWN_CODE && return_code >= 40000 && return_code <= 49999);
}

static void
set_error (const DubCodecAnswer *self,
           DubServiceError       code,
           const char           *detail,
           GError              **error)
{
  DubServiceFault fault = { 0 };
  g_autofree char *sentence = NULL;

  fault.return_code = self->envelope->code;
  fault.request_id = self->envelope->request_id;
  fault.service_message = detail == NULL ? self->envelope->message : NULL;
  fault.maybe_received = !is_definite_refusal (code, fault.return_code);
  sentence = dub_service_sentence (code, &fault, self->creating, NULL, detail);
  g_propagate_error (error, dub_service_error_new (code, &fault, sentence));
}

/**
 * dub_codec_answer_open:
 * @self: an answer that is all zero
 * @body: what came
 * @creating: whether it is that of a create
 * @error: a #DubServiceError; its fault has the envelope's words
 *
 * Reads the envelope. What follows is read at `data`.
 *
 * Returns: whether there is an answer, and it grants what was asked
 */
gboolean
dub_codec_answer_open (DubCodecAnswer *self,
                       GBytes         *body,
                       gboolean        creating,
                       GError        **error)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  g_autofree char *message = NULL;
  JsonObject *root;

  self->creating = creating;
  self->envelope = dub_envelope_new ();
  self->read = dub_read_new (text, length);
  root = dub_read_root_object (self->read);
  self->envelope->code = dub_read_integer (self->read, root, "code", DUB_READ_REQUIRED);
  self->envelope->request_id = dub_read_words (self->read, root, "request_id");
  message = dub_read_words (self->read, root, "message");
  if (message != NULL)
    self->envelope->message = dub_service_sentence_clean (message, MAX_MESSAGE_CHARS);
  if (dub_read_get_fault (self->read) == NULL && self->envelope->code == 0)
    {
      self->data = dub_read_object (self->read, root, "data", DUB_READ_OPTIONAL);
      dub_read_enter (self->read, "data", 0);
    }

  if (dub_read_get_fault (self->read) != NULL)
    {
      set_error (self, DUB_SERVICE_ERROR_MALFORMED, dub_read_get_fault (self->read), error);
      return FALSE;
    }
  if (self->envelope->code != 0)
    {
      set_error (self, dub_service_error_from_code (self->envelope->code), NULL, error);
      return FALSE;
    }
  return TRUE;
}

/**
 * dub_codec_answer_close:
 * @self: an answer
 * @request_id: (out) (optional) (nullable) (transfer full): what support asks for
 * @error: %DUB_SERVICE_ERROR_MALFORMED
 *
 * The last step of each decoder.
 *
 * Returns: whether all fields were right
 */
gboolean
dub_codec_answer_close (DubCodecAnswer *self,
                        char          **request_id,
                        GError        **error)
{
  const char *fault = dub_read_get_fault (self->read);

  if (fault != NULL)
    {
      set_error (self, DUB_SERVICE_ERROR_MALFORMED, fault, error);
      return FALSE;
    }
  if (request_id != NULL)
    *request_id = g_steal_pointer (&self->envelope->request_id);
  return TRUE;
}

/**
 * dub_codec_answer_need_data:
 * @self: an answer
 *
 * Without `data` the answer has a fault.
 */
void
dub_codec_answer_need_data (DubCodecAnswer *self)
{
  if (self->data == NULL)
    dub_read_fail (self->read, NULL, "is missing");
}

static gpointer
read_entry (DubCodecAnswer   *self,
            JsonArray        *array,
            guint             index,
            DubCodecReadEntry function)
{
  JsonObject *item;
  gpointer entry;

  dub_read_enter (self->read, NULL, index);
  item = dub_read_item (self->read, array, index);
  entry = item != NULL ? function (self->read, item) : NULL;
  dub_read_leave (self->read);
  return entry;
}

/* A list that is null is what some servers write for an empty one; a missing one is a fault. */
static JsonArray *
find_list (DubCodecAnswer *self)
{
  dub_codec_answer_need_data (self);
  if (self->data != NULL && json_object_has_member (self->data, "list") &&
      json_object_get_null_member (self->data, "list"))
    return NULL;
  return dub_read_array (self->read, self->data, "list", DUB_READ_REQUIRED);
}

/**
 * dub_codec_answer_read_list:
 * @self: an answer
 * @function: reads an entry
 * @free_entry: frees what @function made
 * @patient: whether an entry that cannot be read is left out, so that the others stay; else it is a fault of the answer
 *
 * Reads `data.list[]`.
 *
 * Returns: (transfer full): the entries
 */
GPtrArray *
dub_codec_answer_read_list (DubCodecAnswer   *self,
                            DubCodecReadEntry function,
                            GDestroyNotify    free_entry,
                            gboolean          patient)
{
  JsonArray *array = find_list (self);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_entry);

  dub_read_enter (self->read, "list", 0);
  for (guint i = 0; i < dub_read_length (array) && dub_read_get_fault (self->read) == NULL; i++)
    {
      gpointer entry = read_entry (self, array, i, function);
      g_autofree char *fault = patient ? dub_read_take_fault (self->read) : NULL;

      if (fault != NULL)
        g_info ("an entry of the service's list is left out: %s", fault);
      if (entry != NULL)
        g_ptr_array_add (entries, entry);
    }
  dub_read_leave (self->read);
  return g_steal_pointer (&entries);
}
