/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-batch-news.h"

#include <glib/gi18n-lib.h>

#include "dub-latest-dubs.h"
#include "dub-task-words.h"

/**
 * DubBatchNews:
 *
 * Finds out when there is something to tell of a batch: of thirty dubs that were asked for together one thing is told, and
 * not thirty. What a batch has come to is read from the dubs, so it outlives the program; only which batches have something
 * that was not told yet is kept here.
 */
struct _DubBatchNews
{
  GObject parent_instance;

  /* owned */
  GListModel *tasks;
  GHashTable *pending; /* string, the batch, to Pending */
  guint idle;
};

/* Of a batch with something that was not told. */
typedef struct
{
  gboolean needs_you; /* a dub of it failed, or is unconfirmed, and nothing was said yet */
  gboolean told;      /* it was said before that a dub needs the person */
} Pending;

static guint news_signal;

G_DEFINE_FINAL_TYPE (DubBatchNews, dub_batch_news, G_TYPE_OBJECT)

/* Room for the name of a batch of one. */
#define NAME_SIZE 32

/* Early versions stored no batch: then each dub is one. @room is used where there is no name yet. */
static const char *
name_batch (DubTask *task,
            char     room[NAME_SIZE])
{
  const char *batch = dub_task_get_batch (task);

  if (batch != NULL && *batch != '\0')
    return batch;
  g_snprintf (room, NAME_SIZE, "dub-%" G_GINT64_FORMAT, dub_task_get_id (task));
  return room;
}

static gboolean
needs_you (DubTask *task)
{
  return dub_task_words_get_group (dub_task_get_state (task)) == DUB_TASK_GROUP_NEEDS_YOU;
}

/* {Reports} */

/* A report, and what it takes to make it. */
typedef struct
{
  DubBatchReport report;
  GPtrArray *tasks;   /* DubTask */
} Draft;

static void
draft_free (Draft *draft)
{
  g_free (draft->report.id);
  g_ptr_array_unref (draft->tasks);
  g_free (draft);
}

static void
add_to_report (DubBatchReport *report,
               DubTask        *task)
{
  DubTaskState state = dub_task_get_state (task);

  if (state == DUB_TASK_CANCELLED || state == DUB_TASK_DROPPED)
    return;

  report->n_dubs++;
  report->n_ready += state == DUB_TASK_SUCCEEDED;
  report->n_failed += state == DUB_TASK_FAILED || state == DUB_TASK_REJECTED;
  report->n_unconfirmed += state == DUB_TASK_UNCONFIRMED;
  report->n_under_way += dub_task_words_get_group (state) == DUB_TASK_GROUP_UNDER_WAY;
  if (report->first == NULL)
    report->first = task;
}

static void
finish_draft (Draft *draft)
{
  g_autoptr (GHashTable) latest = dub_latest_dubs_new ();
  g_autoptr (GHashTable) videos = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < draft->tasks->len; i++)
    dub_latest_dubs_note (latest, draft->tasks->pdata[i]);
  for (guint i = 0; i < draft->tasks->len; i++)
    {
      gint64 video = dub_task_get_video (draft->tasks->pdata[i]);

      /* One that was sent again has another in its place. */
      if (dub_latest_dubs_has_later (latest, draft->tasks->pdata[i]))
        continue;
      add_to_report (&draft->report, draft->tasks->pdata[i]);
      g_hash_table_add (videos, g_memdup2 (&video, sizeof video));
    }
  draft->report.n_videos = g_hash_table_size (videos);
}

/* Of the batches that are pending, in one pass over all dubs. */
static GHashTable *
draft_reports (DubBatchNews *self)
{
  GHashTable *drafts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) draft_free);

  for (guint i = 0; i < g_list_model_get_n_items (self->tasks); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (self->tasks, i);
      char room[NAME_SIZE];
      const char *batch = name_batch (task, room);
      Draft *draft;

      if (!g_hash_table_contains (self->pending, batch))
        continue;
      draft = g_hash_table_lookup (drafts, batch);
      if (draft == NULL)
        {
          draft = g_new0 (Draft, 1);
          draft->report.id = g_strdup (batch);
          draft->tasks = g_ptr_array_new_with_free_func (g_object_unref);
          g_hash_table_insert (drafts, draft->report.id, draft);
        }
      g_ptr_array_add (draft->tasks, g_steal_pointer (&task));
    }
  return drafts;
}

/* {Telling} */

static void
tell_over (DubBatchNews   *self,
           DubBatchReport *report)
{
  /* Where the person has ended them all, there is nothing that the person does not know. */
  if (report->n_dubs > 0)
    g_signal_emit (self, news_signal, 0, report);
}

static void
tell_meanwhile (DubBatchNews   *self,
                Pending        *pending,
                DubBatchReport *report)
{
  if (!pending->needs_you || pending->told)
    return;
  pending->needs_you = FALSE;
  pending->told = TRUE;
  g_signal_emit (self, news_signal, 0, report);
}

static gboolean
tell (DubBatchNews *self)
{
  g_autoptr (GHashTable) drafts = draft_reports (self);
  GHashTableIter iter;
  gpointer batch, pending;

  g_hash_table_iter_init (&iter, self->pending);
  while (g_hash_table_iter_next (&iter, &batch, &pending))
    {
      Draft *draft = g_hash_table_lookup (drafts, batch);

      if (draft != NULL)
        finish_draft (draft);
      if (draft != NULL && draft->report.n_under_way > 0)
        tell_meanwhile (self, pending, &draft->report);
      else
        {
          if (draft != NULL)
            tell_over (self, &draft->report);
          g_hash_table_iter_remove (&iter);
        }
    }
  return G_SOURCE_REMOVE;
}

static gboolean
on_idle (gpointer user_data)
{
  DubBatchNews *self = user_data;

  self->idle = 0;
  return tell (self);
}

static Pending *
ensure_pending (DubBatchNews *self,
                const char   *batch)
{
  Pending *pending = g_hash_table_lookup (self->pending, batch);

  if (pending != NULL)
    return pending;
  pending = g_new0 (Pending, 1);
  g_hash_table_insert (self->pending, g_strdup (batch), pending);
  return pending;
}

/**
 * dub_batch_news_note:
 * @task: one that became succeeded, failed, rejected or unconfirmed
 *
 * Looks at its batch when this turn of the main loop is over: of five that end at once one thing is told.
 */
void
dub_batch_news_note (DubBatchNews *self,
                     DubTask      *task)
{
  char room[NAME_SIZE];
  Pending *pending;

  g_return_if_fail (DUB_IS_BATCH_NEWS (self));

  pending = ensure_pending (self, name_batch (task, room));
  if (needs_you (task))
    pending->needs_you = TRUE;
  dub_batch_news_look (self);
}

/**
 * dub_batch_news_look:
 *
 * Looks soon at the batches of which something was not told yet.
 */
void
dub_batch_news_look (DubBatchNews *self)
{
  g_return_if_fail (DUB_IS_BATCH_NEWS (self));

  if (self->idle == 0 && g_hash_table_size (self->pending) > 0)
    self->idle = g_idle_add (on_idle, self);
}

/* {Words} */

static char *
dup_title_of_one (const DubBatchReport *report)
{
  const char *name = dub_task_words_get_language (report->first);

  /* Translators: %s in this and the next ones is a language */
  if (report->n_ready > 0)
    return g_strdup_printf (_("%s dub ready to review"), name);
  if (report->n_unconfirmed > 0)
    return g_strdup_printf (_("%s dub unconfirmed"), name);
  if (dub_task_get_state (report->first) == DUB_TASK_REJECTED)
    return g_strdup_printf (_("%s dub refused"), name);
  return g_strdup_printf (_("%s dub failed"), name);
}

static char *
dup_title_of_trouble (const DubBatchReport *report)
{
  guint n = report->n_failed + report->n_unconfirmed;

  return g_strdup_printf (ngettext ("%u of %u dubs needs you", "%u of %u dubs need you", n), n, report->n_dubs);
}

/**
 * dub_batch_report_dup_title:
 *
 * Returns: (transfer full): what is to be told, in a few words
 */
char *
dub_batch_report_dup_title (const DubBatchReport *report)
{
  if (report->n_dubs == 1)
    return dup_title_of_one (report);
  if (report->n_under_way > 0)
    return dup_title_of_trouble (report);
  if (report->n_ready == report->n_dubs)
    return g_strdup_printf (ngettext ("%u dub is ready to review", "%u dubs are ready to review", report->n_dubs), report->n_dubs);
  if (report->n_failed == report->n_dubs)
    return g_strdup_printf (ngettext ("%u dub failed", "%u dubs failed", report->n_dubs), report->n_dubs);
  if (report->n_unconfirmed == 0)
    /* Translators: “10 of 12 dubs are ready; 2 failed” */
    return g_strdup_printf (ngettext ("%u of %u dubs is ready; %u failed", "%u of %u dubs are ready; %u failed", report->n_ready),
                            report->n_ready, report->n_dubs, report->n_failed);
  /* Translators: “9 of 12 dubs are ready; 3 failed or unconfirmed” */
  return g_strdup_printf (ngettext ("%u of %u dubs is ready; %u failed or unconfirmed",
                                    "%u of %u dubs are ready; %u failed or unconfirmed", report->n_ready),
                          report->n_ready, report->n_dubs, report->n_failed + report->n_unconfirmed);
}

/**
 * dub_batch_report_dup_body:
 *
 * Returns: (transfer full): of which videos
 */
char *
dub_batch_report_dup_body (const DubBatchReport *report)
{
  const char *title = dub_task_get_video_title (report->first);
  guint others = report->n_videos - 1;

  if (others == 0)
    return g_strdup (title);
  /* Translators: %s is the title of a video: “Autumn coat and 3 more videos” */
  return g_strdup_printf (ngettext ("%s and %u more video", "%s and %u more videos", others), title, others);
}

/* {Object} */

typedef enum
{
  ENDED = 1,
  NEEDED_YOU,
} Past;

static void
note_past (GHashTable *past,
           DubTask    *task)
{
  char room[NAME_SIZE];
  const char *batch = name_batch (task, room);
  gpointer known = g_hash_table_lookup (past, batch);

  if (needs_you (task))
    g_hash_table_replace (past, g_strdup (batch), GINT_TO_POINTER (NEEDED_YOU));
  else if (dub_task_get_state (task) == DUB_TASK_SUCCEEDED && known == NULL)
    g_hash_table_insert (past, g_strdup (batch), GINT_TO_POINTER (ENDED));
}

static void
recall (DubBatchNews *self,
        GHashTable   *past,
        DubTask      *task)
{
  char room[NAME_SIZE];
  const char *batch = name_batch (task, room);
  Past of_batch = GPOINTER_TO_INT (g_hash_table_lookup (past, batch));

  Pending *pending;

  if (of_batch == 0 || dub_task_words_get_group (dub_task_get_state (task)) != DUB_TASK_GROUP_UNDER_WAY)
    return;
  pending = ensure_pending (self, batch);
  pending->told = pending->told || of_batch == NEEDED_YOU;
}

/* A batch that is under way when the dubs are read, and of which one has ended already, is told as a whole when it is over. One
 * that is over was told, or the person sees it in the window. */
static void
on_items_changed (GListModel   *tasks,
                  guint         position,
                  guint         removed,
                  guint         added,
                  DubBatchNews *self)
{
  g_autoptr (GHashTable) past = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (tasks, i);
      note_past (past, task);
    }
  for (guint i = position; g_hash_table_size (past) > 0 && i < position + added; i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (tasks, i);
      recall (self, past, task);
    }
}

static void
dub_batch_news_dispose (GObject *object)
{
  DubBatchNews *self = DUB_BATCH_NEWS (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_pointer (&self->pending, g_hash_table_unref);
  g_clear_object (&self->tasks);
  G_OBJECT_CLASS (dub_batch_news_parent_class)->dispose (object);
}

static void
dub_batch_news_class_init (DubBatchNewsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dub_batch_news_dispose;
  news_signal = g_signal_new ("news", DUB_TYPE_BATCH_NEWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
dub_batch_news_init (DubBatchNews *self)
{
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * dub_batch_news_new:
 * @tasks: a list of [class@DubTask]
 *
 * Returns: (transfer full): what tells of their batches; nothing of those that are over already
 */
DubBatchNews *
dub_batch_news_new (GListModel *tasks)
{
  DubBatchNews *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (tasks), NULL);

  self = g_object_new (DUB_TYPE_BATCH_NEWS, NULL);
  self->tasks = g_object_ref (tasks);
  g_signal_connect_object (tasks, "items-changed", G_CALLBACK (on_items_changed), self, 0);
  on_items_changed (tasks, 0, 0, g_list_model_get_n_items (tasks), self);
  return self;
}
