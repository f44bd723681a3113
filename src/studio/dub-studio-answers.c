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

  tasks = dub_studio_store_get_finish (DUB_STUDIO_SERVER (exchange->server)->tools.store, result, &error);
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
    dub_studio_store_get_async (self->tools.store, (const char *const *) exchange->strings, NULL, on_looked_up, exchange);
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

/* --- studio/rehearse/ and studio/engine/test/ --- */

/* What is asked, until the engines are known. */
typedef struct
{
  DubStudioExchange *exchange;
  DubRehearsalWish *wish;
  DubEngineTest *test;
} Question;

static void
question_free (Question *self)
{
  g_clear_pointer (&self->wish, dub_rehearsal_wish_free);
  g_clear_pointer (&self->test, dub_engine_test_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static Question *
question_new (DubStudioExchange *exchange)
{
  Question *self = g_new0 (Question, 1);

  self->exchange = exchange;
  return self;
}

/* A sentence for the person who asked, which no try of the same will change, or the studio's own fault. */
static void
refuse_with (DubStudioExchange *exchange,
             const GError      *error)
{
  gboolean own = error->domain != DUB_STUDIO_ERROR || error->code == DUB_STUDIO_ERROR_CRASHED;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_RATE_LIMITED, "too many rehearsals wait already: try again later");
  else
    dub_studio_exchange_refuse (exchange, own ? DUB_STUDIO_CODE_SERVER : DUB_STUDIO_CODE_PARAMETERS, error->message);
}

static void
on_rehearsed (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  DubStudioExchange *exchange = user_data;
  g_autoptr (DubRehearsal) rehearsal = NULL;
  g_autoptr (GError) error = NULL;

  rehearsal = dub_rehearser_say_finish (DUB_REHEARSER (source), result, &error);
  if (rehearsal != NULL)
    dub_studio_exchange_answer (exchange, dub_codec_encode_rehearsal (rehearsal, exchange->request_id));
  else
    refuse_with (exchange, error);
}

static void
on_engines_loaded (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  DubStudioExchange *exchange = question->exchange;
  DubStudioServer *self = DUB_STUDIO_SERVER (exchange->server);
  g_autoptr (GError) error = NULL;
  DubJobEngines engines;

  dub_job_engines_init (&engines);
  if (dub_studio_setup_finish (self->tools.setup, result, &engines, &error))
    dub_rehearser_say_async (self->rehearser, question->wish, &engines, self->cancellable, on_rehearsed, exchange);
  else
    refuse_with (exchange, error);
  dub_job_engines_clear (&engines);
}

/**
 * dub_studio_answer_rehearse:
 * @exchange: (transfer full): what was asked
 * @query: (nullable): not used
 *
 * Speaks a segment, with the engine that is chosen.
 */
void
dub_studio_answer_rehearse (DubStudioExchange *exchange,
                            GHashTable        *query)
{
  DubStudioServer *self = DUB_STUDIO_SERVER (exchange->server);
  g_autoptr (GBytes) body = dub_studio_exchange_take_body (exchange);
  g_autoptr (GError) error = NULL;
  DubRehearsalWish *wish;
  Question *question;

  if (body == NULL)
    return;
  wish = dub_codec_decode_rehearsal_wish (body, &error);
  if (wish == NULL)
    {
      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_PARAMETERS, error->message);
      return;
    }

  dub_studio_exchange_pause (exchange);
  question = question_new (exchange);
  question->wish = wish;
  dub_studio_setup_load_async (self->tools.setup, self->cancellable, on_engines_loaded, question);
}

static void
on_tried (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  DubStudioExchange *exchange = user_data;
  g_autoptr (DubEngineTrialResult) found = NULL;
  g_autoptr (GError) error = NULL;
  DubEngineVerdict verdict;

  found = dub_job_runner_try_finish (DUB_JOB_RUNNER (source), result, &error);
  if (found == NULL)
    {
      refuse_with (exchange, error);
      return;
    }
  verdict = (DubEngineVerdict) { found->message, found->languages };
  dub_studio_exchange_answer (exchange, dub_codec_encode_engine_verdict (&verdict, exchange->request_id));
}

static void
on_keys_found (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  DubStudioExchange *exchange = question->exchange;
  DubStudioServer *self = DUB_STUDIO_SERVER (exchange->server);
  g_autoptr (DubEngineTrial) trial = dub_engine_trial_new ();
  g_autoptr (GError) error = NULL;

  if (!dub_studio_setup_finish (self->tools.setup, result, &trial->engines, &error))
    {
      refuse_with (exchange, error);
      return;
    }
  trial->stage = question->test->stage;
  trial->language = g_strdup (question->test->language != NULL ? question->test->language : "es");
  dub_job_runner_try_async (self->tools.runner, trial, self->cancellable, on_tried, exchange);
}

/**
 * dub_studio_answer_test_engine:
 * @exchange: (transfer full): what was asked
 * @query: (nullable): not used
 *
 * Tries an engine that is not chosen yet.
 */
void
dub_studio_answer_test_engine (DubStudioExchange *exchange,
                               GHashTable        *query)
{
  DubStudioServer *self = DUB_STUDIO_SERVER (exchange->server);
  g_autoptr (GBytes) body = dub_studio_exchange_take_body (exchange);
  g_autoptr (DubEngineSettings) settings = dub_engine_settings_new ();
  g_autoptr (GError) error = NULL;
  DubEngineTest *test;
  Question *question;

  if (body == NULL)
    return;
  test = dub_codec_decode_engine_test (body, &error);
  if (test == NULL)
    {
      dub_studio_exchange_refuse (exchange, DUB_STUDIO_CODE_PARAMETERS, error->message);
      return;
    }

  dub_engine_choice_free (settings->stages[test->stage]);
  settings->stages[test->stage] = dub_engine_choice_copy (test->choice);
  dub_studio_exchange_pause (exchange);
  question = question_new (exchange);
  question->test = test;
  dub_studio_setup_find_keys_async (self->tools.setup, settings, self->cancellable, on_keys_found, question);
}
