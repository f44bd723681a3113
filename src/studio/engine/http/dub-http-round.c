/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-http-round.h"

#include "dub-http-exchange.h"

typedef struct
{
  DubHttpPeer *peer;
  GPtrArray *requests;
  GPtrArray *answers;      /* of GBytes, NULL where there is none yet */
  GCancellable **stops;    /* of those that are under way */
  DubHttpProgressFunc func;
  gpointer user_data;
  guint next;
  guint n_running;
  guint n_done;
  guint first_failed; /* the length of requests while none has */
  GError *error;      /* of first_failed */
} Round;

typedef struct
{
  Round *round;
  guint index;
} Place;

static void send_more (Round *round);

/* Which one is told must not depend on which is faster: the first in order. Those before it are waited for. */
static void
take_failure (Round *round, guint index, GError *failure)
{
  if (index > round->first_failed)
    {
      g_error_free (failure);
      return;
    }
  g_clear_error (&round->error);
  round->error = failure;
  round->first_failed = index;
  for (guint i = index + 1; i < round->requests->len; i++)
    if (round->stops[i] != NULL)
      g_cancellable_cancel (round->stops[i]);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Place *place = user_data;
  Round *round = place->round;
  GError *failure = NULL;
  GBytes *answer = dub_http_exchange_finish (result, &failure);

  round->n_running--;
  g_clear_object (&round->stops[place->index]);
  if (answer == NULL)
    take_failure (round, place->index, failure);
  else
    {
      round->answers->pdata[place->index] = answer;
      round->n_done++;
      if (round->func != NULL)
        round->func (round->n_done, round->user_data);
    }
  send_more (round);
}

static void
send_more (Round *round)
{
  while (round->n_running < round->peer->choice->parallel && round->next < round->first_failed)
    {
      Place *place = g_new0 (Place, 1);

      place->round = round;
      place->index = round->next++;
      round->n_running++;
      round->stops[place->index] = g_cancellable_new ();
      dub_http_exchange_async (round->peer, g_ptr_array_index (round->requests, place->index), round->stops[place->index],
                           on_answer, place);
    }
}

static void
free_answer (gpointer answer)
{
  if (answer != NULL)
    g_bytes_unref (answer);
}

/**
 * dub_http_call_all:
 * @requests: (element-type DubHttpRequest): at least one
 * @func: (nullable): told of each answer
 *
 * Blocks, for the engine's time limit for each round of requests.
 *
 * Returns: (transfer full) (element-type GBytes) (nullable): the answers
 */
GPtrArray *
dub_http_call_all (DubHttpPeer        *peer,
                        GPtrArray          *requests,
                        DubHttpProgressFunc func,
                        gpointer            user_data,
                        GError            **error)
{
  Round round = {
    .peer = peer, .requests = requests, .func = func, .user_data = user_data, .first_failed = requests->len,
  };

  if (!dub_http_peer_check_key (peer, error))
    return NULL;
  round.answers = g_ptr_array_new_with_free_func (free_answer);
  g_ptr_array_set_size (round.answers, (int) requests->len);
  round.stops = g_new0 (GCancellable *, requests->len);

  g_main_context_push_thread_default (peer->context);
  send_more (&round);
  while (round.n_running > 0)
    g_main_context_iteration (peer->context, TRUE);
  g_main_context_pop_thread_default (peer->context);

  g_free (round.stops);
  if (round.error == NULL)
    return round.answers;
  g_propagate_error (error, round.error);
  g_ptr_array_unref (round.answers);
  return NULL;
}

/**
 * dub_http_call:
 * @request: what is asked
 *
 * Blocks, not longer than the engine's time limit.
 *
 * Returns: (transfer full) (nullable): the body of the answer
 */
GBytes *
dub_http_call (DubHttpPeer *peer, DubHttpRequest *request, GError **error)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new ();
  g_autoptr (GPtrArray) answers = NULL;

  g_ptr_array_add (requests, request);
  answers = dub_http_call_all (peer, requests, NULL, NULL, error);
  return answers != NULL ? g_bytes_ref (g_ptr_array_index (answers, 0)) : NULL;
}
