/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-studio-server-private.h"

#include "dub-studio-codec.h"

/* What the studio answers beyond the service: see dub-studio-codec.h. */

/* --- studio/task/cancel/ --- */

static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  DubStudioExchange *exchange = user_data;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  tasks = dub_studio_store_get_finish (DUB_STUDIO_SERVER (exchange->server)->store, result, &error);
  if (tasks == NULL)
    {
      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_SERVER, error->message);
      return;
    }
  sentence = g_strdup_printf (tasks->len > 0 ? "task_id: task %s is finished already" : "task_id: there is no task %s",
                              exchange->strings[0]);
  dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_PARAMETERS, sentence);
}

static void
on_cancelled (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  DubStudioExchange *exchange = user_data;
  DubStudioServer *self = DUB_STUDIO_SERVER (exchange->server);
  g_autoptr (GError) error = NULL;

  if (dub_studio_queue_cancel_finish (self->queue, result, &error))
    dub_studio_exchange_answer (exchange, dub_codec_encode_granted (exchange->request_id));
  else if (g_error_matches (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE))
    dub_studio_store_get_async (self->store, (const char *const *) exchange->strings, NULL, on_looked_up, exchange);
  else
    dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_SERVER, error->message);
}

/**
 * dub_studio_answer_cancel:
 * @exchange: (transfer full): what was asked
 * @query: (nullable): not used
 *
 * Gives a task up, and answers when it is given up.
 */
void
dub_studio_answer_cancel (DubStudioExchange *exchange,
                          GHashTable        *query)
{
  DubStudioServer *self = DUB_STUDIO_SERVER (exchange->server);
  g_autoptr (GBytes) body = dub_studio_exchange_take_body (exchange);
  g_autofree char *task_id = NULL;
  g_autoptr (GError) error = NULL;

  if (body == NULL)
    return;
  task_id = dub_codec_decode_cancel (body, &error);
  if (task_id == NULL)
    {
      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_PARAMETERS, error->message);
      return;
    }

  exchange->strings = g_strdupv ((char *[]) { task_id, NULL });
  dub_studio_exchange_pause (exchange);
  dub_studio_queue_cancel_async (self->queue, task_id, on_cancelled, exchange);
}
