/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-rehearser.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>

#include "dub-worker-process.h"

/* Ten minutes of sound at 24 kHz, in BASE64. */
#define MAX_LINE       (40 * 1024 * 1024)
#define MAX_SENTENCE   1000
#define READ_AT_A_TIME (64 * 1024)
/* A voice with its dictionary needs a tenth of it. */
#define MEMORY         (G_GUINT64_CONSTANT (1) << 30)
/* Who asks waits for a minute (dub-service-client.c). */
#define LONGEST_MS     (50 * 1000)
/* Five times as long as it takes on two slow cores. */
#define MS_PER_CHARACTER 10
/* A process may have died of something else before it was asked. */
#define ATTEMPTS         2

/* One working process. It is over when both reading and waiting are. */
typedef struct
{
  DubRehearser *owner; /* NULL: it is not wanted any more */
  GSubprocess *process;
  GByteArray *line;
  pid_t group;
  guint under_way;
} Actor;

/* What waits for its turn, as the data of a GTask. */
typedef struct
{
  GBytes *frame;
  guint patience_ms;
  guint attempts;
} Turn;

struct _DubRehearser
{
  GObject parent_instance;

  /* owned */
  char *program;
  GQueue waiting;
  GTask *current;
  Actor *actor;

  guint patience_ms;
  guint watchdog;
  gboolean too_long;
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (DubRehearser, dub_rehearser, G_TYPE_OBJECT)

static void next (DubRehearser *self);

static void
turn_free (Turn *turn)
{
  g_bytes_unref (turn->frame);
  g_free (turn);
}

/* Ends the turn that is on. @rehearsal and @error: (transfer full). */
static void
answer (DubRehearser *self,
        DubRehearsal *rehearsal,
        GError       *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->current);

  g_clear_handle_id (&self->watchdog, g_source_remove);
  if (rehearsal != NULL)
    g_task_return_pointer (task, rehearsal, (GDestroyNotify) dub_rehearsal_free);
  else
    g_task_return_error (task, error);
  next (self);
}

/* --- the process --- */

static void
kill_actor (Actor *actor)
{
  if (actor->group > 0)
    kill (-actor->group, SIGKILL);
}

static GError *
make_crash_error (DubRehearser *self)
{
  if (self->too_long)
    return g_error_new_literal (DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_CRASHED,
                                _("The built-in studio took too long to speak this text. Shorten it, or try again."));
  return g_error_new_literal (DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_CRASHED,
                              _("The built-in studio crashed while it spoke this text. Change it, or try again."));
}

static void begin_turn (DubRehearser *self);

static void
on_actor_lost (DubRehearser *self)
{
  const Turn *turn = g_task_get_task_data (self->current);

  g_clear_handle_id (&self->watchdog, g_source_remove);
  if (self->too_long || turn->attempts >= ATTEMPTS)
    {
      answer (self, NULL, make_crash_error (self));
      return;
    }
  begin_turn (self);
  next (self);
}

static void
actor_conclude (Actor *actor)
{
  g_autoptr (DubRehearser) self = NULL;

  if (--actor->under_way > 0)
    return;

  if (actor->owner != NULL)
    {
      self = g_object_ref (actor->owner);
      self->actor = NULL;
    }
  g_clear_object (&actor->process);
  g_clear_pointer (&actor->line, g_byte_array_unref);
  g_free (actor);
  if (self != NULL && self->current != NULL)
    on_actor_lost (self);
}

static DubRehearsal *
decode (const char *base64)
{
  gsize size;
  guchar *data = g_base64_decode (base64, &size);
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, size);
  g_autoptr (GVariant) variant = NULL;

  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (DUB_REHEARSAL_VARIANT_TYPE), bytes, FALSE));
  return dub_rehearsal_from_variant (variant);
}

static GError *
make_failure (const char *words)
{
  g_autofree char *valid = g_utf8_make_valid (words, -1);
  g_autofree char *sentence = NULL;

  g_strstrip (valid);
  sentence = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_SENTENCE));
  return g_error_new_literal (DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED, sentence);
}

/* A process that says what it may not is believed no more. */
static void
take_line (Actor      *actor,
           const char *line)
{
  DubRehearser *self = actor->owner;
  DubRehearsal *rehearsal = NULL;

  if (self == NULL || self->current == NULL)
    {
      kill_actor (actor);
      return;
    }
  if (g_str_has_prefix (line, "failed ") && line[strlen ("failed ")] != '\0')
    {
      answer (self, NULL, make_failure (line + strlen ("failed ")));
      return;
    }
  if (g_str_has_prefix (line, "done "))
    rehearsal = decode (line + strlen ("done "));
  if (rehearsal != NULL)
    answer (self, rehearsal, NULL);
  else
    kill_actor (actor);
}

static void
take_bytes (Actor  *actor,
            GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *end;

  while (size > 0 && (end = memchr (data, '\n', size)) != NULL)
    {
      g_byte_array_append (actor->line, (const guint8 *) data, end - data);
      g_byte_array_append (actor->line, (const guint8 *) "", 1);
      take_line (actor, (const char *) actor->line->data);
      g_byte_array_set_size (actor->line, 0);
      size -= end + 1 - data;
      data = end + 1;
    }
  g_byte_array_append (actor->line, (const guint8 *) data, size);
  if (actor->line->len > MAX_LINE)
    kill_actor (actor);
}

static void read_more (Actor *actor);

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Actor *actor = user_data;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (bytes != NULL && g_bytes_get_size (bytes) > 0)
    {
      take_bytes (actor, bytes);
      read_more (actor);
      return;
    }
  actor_conclude (actor);
}

static void
read_more (Actor *actor)
{
  g_input_stream_read_bytes_async (g_subprocess_get_stdout_pipe (actor->process), READ_AT_A_TIME, G_PRIORITY_DEFAULT, NULL,
                                   on_read, actor);
}

static void
on_ended (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Actor *actor = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  kill_actor (actor);
  actor->group = 0;
  actor_conclude (actor);
}

static Actor *
start_actor (DubRehearser *self,
             GError      **error)
{
  const char *command[] = { self->program, DUB_REHEARSE_WORD, NULL };
  const DubWorkerLimits limits = { .memory = MIN (MEMORY, dub_worker_memory ()) };
  g_autoptr (GSubprocess) process = dub_worker_process_start (command, &limits, error);
  Actor *actor;

  if (process == NULL)
    return NULL;
  actor = g_new0 (Actor, 1);
  actor->owner = self;
  actor->line = g_byte_array_new ();
  actor->group = (pid_t) g_ascii_strtoll (g_subprocess_get_identifier (process), NULL, 10);
  actor->process = g_steal_pointer (&process);
  actor->under_way = 2;
  g_subprocess_wait_async (actor->process, NULL, on_ended, actor);
  read_more (actor);
  return actor;
}

/* --- turns --- */

static gboolean
on_patience_over (gpointer user_data)
{
  DubRehearser *self = user_data;

  self->watchdog = 0;
  self->too_long = TRUE;
  if (self->actor != NULL)
    kill_actor (self->actor);
  return G_SOURCE_REMOVE;
}

/* That it could not be written is known by the end of the process. */
static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GBytes) frame = user_data;

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
}

static void
begin_turn (DubRehearser *self)
{
  Turn *turn = g_task_get_task_data (self->current);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (self->current))
    {
      g_clear_object (&self->current);
      return;
    }
  if (self->actor == NULL)
    self->actor = start_actor (self, &error);
  if (self->actor == NULL)
    {
      g_task_return_new_error (self->current, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_CRASHED,
                               /* Translators: %s is what the system says. */
                               _("The built-in studio cannot start to speak: %s. Free some memory, or install Dubroom again."),
                               error->message);
      g_error_free (error);
      g_clear_object (&self->current);
      return;
    }

  turn->attempts++;
  self->too_long = FALSE;
  self->watchdog = g_timeout_add (turn->patience_ms, on_patience_over, self);
  g_output_stream_write_all_async (g_subprocess_get_stdin_pipe (self->actor->process), g_bytes_get_data (turn->frame, NULL),
                                   g_bytes_get_size (turn->frame), G_PRIORITY_DEFAULT, NULL, on_written,
                                   g_bytes_ref (turn->frame));
}

static void
next (DubRehearser *self)
{
  while (!self->closed && self->current == NULL && !g_queue_is_empty (&self->waiting))
    {
      self->current = g_queue_pop_head (&self->waiting);
      begin_turn (self);
    }
}

/* A text of many sentences takes longer, and a server has the time that it is given. */
static guint
find_patience (DubRehearser           *self,
               const DubRehearsalWish *wish,
               const DubJobEngines    *engines)
{
  const DubEngineChoice *choice = engines->settings->stages[DUB_STAGE_SPEAK];
  guint patience = self->patience_ms + MS_PER_CHARACTER * (guint) g_utf8_strlen (wish->text, -1);

  if (choice->kind != DUB_ENGINE_BUILT_IN)
    patience += 1000 * choice->timeout_s;
  return MIN (patience, LONGEST_MS);
}

/**
 * dub_rehearser_say_async:
 * @self: the rehearser
 * @wish: what is to be heard; not needed any more when this returns
 * @engines: who speaks; likewise
 * @cancellable: (nullable): a cancellable: what has its turn already is not cut off
 * @callback: called when it was spoken
 * @user_data: for @callback
 *
 * Speaks a segment when its turn comes. Main thread.
 */
void
dub_rehearser_say_async (DubRehearser           *self,
                         const DubRehearsalWish *wish,
                         const DubJobEngines    *engines,
                         GCancellable           *cancellable,
                         GAsyncReadyCallback     callback,
                         gpointer                user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Turn *turn;

  g_task_set_source_tag (task, dub_rehearser_say_async);
  if (self->closed)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
      return;
    }
  if (self->waiting.length >= DUB_REHEARSER_MAX_WAITING)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, "busy");
      return;
    }

  turn = g_new0 (Turn, 1);
  turn->frame = dub_rehearse_to_frame (wish, engines);
  turn->patience_ms = find_patience (self, wish, engines);
  g_task_set_task_data (task, turn, (GDestroyNotify) turn_free);
  g_queue_push_tail (&self->waiting, g_steal_pointer (&task));
  next (self);
}

/**
 * dub_rehearser_say_finish:
 * @self: the rehearser
 * @result: what the callback got
 * @error: return location; %DUB_STUDIO_ERROR_FAILED, %DUB_STUDIO_ERROR_CRASHED, %G_IO_ERROR_BUSY or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what is to be heard
 */
DubRehearsal *
dub_rehearser_say_finish (DubRehearser *self,
                          GAsyncResult *result,
                          GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dub_rehearser_close:
 * @self: the rehearser
 *
 * Takes no more, and ends the process.
 */
void
dub_rehearser_close (DubRehearser *self)
{
  GTask *task;

  self->closed = TRUE;
  g_clear_handle_id (&self->watchdog, g_source_remove);
  if (self->actor != NULL)
    {
      kill_actor (self->actor);
      self->actor->owner = NULL;
      self->actor = NULL;
    }
  if (self->current != NULL)
    g_queue_push_head (&self->waiting, g_steal_pointer (&self->current));
  while ((task = g_queue_pop_head (&self->waiting)) != NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "closed");
      g_object_unref (task);
    }
}

static void
dub_rehearser_dispose (GObject *object)
{
  dub_rehearser_close (DUB_REHEARSER (object));
  G_OBJECT_CLASS (dub_rehearser_parent_class)->dispose (object);
}

static void
dub_rehearser_finalize (GObject *object)
{
  DubRehearser *self = DUB_REHEARSER (object);

  g_free (self->program);
  G_OBJECT_CLASS (dub_rehearser_parent_class)->finalize (object);
}

static void
dub_rehearser_class_init (DubRehearserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dub_rehearser_dispose;
  object_class->finalize = dub_rehearser_finalize;
}

static void
dub_rehearser_init (DubRehearser *self)
{
  g_queue_init (&self->waiting);
}

/**
 * dub_rehearser_new:
 * @program: path of the program that works when it is started with %DUB_REHEARSE_WORD
 * @patience_ms: how long what is built in may take for one text
 *
 * Returns: (transfer full): a rehearser without a process yet
 */
DubRehearser *
dub_rehearser_new (const char *program,
                   guint       patience_ms)
{
  DubRehearser *self = g_object_new (DUB_TYPE_REHEARSER, NULL);

  self->program = g_strdup (program);
  self->patience_ms = patience_ms;
  return self;
}
