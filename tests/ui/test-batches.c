/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-batch-news.h"
#include "dub-notifier.h"
#include "dub-task-private.h"
#include "dub-ui-find.h"
#include "dub-ui-models.h"

/* What is told on the desktop of the dubs that were asked for together. */
typedef struct
{
  GListStore *tasks;
  DubBatchNews *news;
  GPtrArray *told; /* "batch: title | body", in the order in which it was told */
} Fixture;

static const char *const languages[] = { "de", "es", "fr", "it", "pt", "ja", "ko", "th", "vi", "id", "tr", "ar" };

static void
on_news (DubBatchNews         *news,
         const DubBatchReport *report,
         Fixture              *fixture)
{
  g_autofree char *title = dub_batch_report_dup_title (report), *body = dub_batch_report_dup_body (report);
  g_autoptr (GNotification) notification = dub_notifier_make (report);

  g_assert_nonnull (notification);
  g_ptr_array_add (fixture->told, g_strdup_printf ("%s: %s | %s", report->id, title, body));
}

/* @n dubs of one video each four, all waiting, the next ones of the list. */
static void
add (Fixture    *fixture,
     const char *batch,
     guint       n)
{
  guint first = g_list_model_get_n_items (G_LIST_MODEL (fixture->tasks));

  for (guint i = 0; i < n; i++)
    {
      DubUiTask wanted = { .id = first + i + 1, .video = first / 100 * 100 + i / 4 + 1, .title = "Coat", .uri = "file:///a.mp4",
                           .language = languages[i % G_N_ELEMENTS (languages)], .state = DUB_TASK_WAITING, .batch = batch };
      g_autoptr (DubTask) task = dub_ui_make_task (&wanted);

      g_list_store_append (fixture->tasks, task);
    }
}

/* Quietly: as the queue does where nothing is to be said. */
static DubTask *
set_state (Fixture      *fixture,
           gint64        id,
           DubTaskState  state)
{
  g_autoptr (DubTask) task = g_list_model_get_item (G_LIST_MODEL (fixture->tasks), (guint) id - 1);
  g_autoptr (DubTaskRecord) record = dub_task_record_copy (dub_task_get_record (task));

  record->state = state;
  dub_task_update (task, record);
  return task;
}

static void
end (Fixture      *fixture,
     gint64        id,
     DubTaskState  state)
{
  dub_batch_news_note (fixture->news, set_state (fixture, id, state));
  dub_ui_settle ();
}

static void
watch (Fixture *fixture)
{
  g_clear_object (&fixture->news);
  fixture->news = dub_batch_news_new (G_LIST_MODEL (fixture->tasks));
  g_signal_connect (fixture->news, "news", G_CALLBACK (on_news), fixture);
  dub_ui_settle ();
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->tasks = g_list_store_new (DUB_TYPE_TASK);
  fixture->told = g_ptr_array_new_with_free_func (g_free);
  watch (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->news);
  g_clear_object (&fixture->tasks);
  g_ptr_array_unref (fixture->told);
}

static void
assert_told (Fixture    *fixture,
             const char *all)
{
  g_autofree char *told = NULL;

  dub_ui_settle ();
  g_ptr_array_add (fixture->told, NULL);
  told = g_strjoinv ("\n", (char **) fixture->told->pdata);
  g_assert_cmpstr (told, ==, all);
  g_ptr_array_set_size (fixture->told, 0);
}

static void
test_one_thing_for_thirty (Fixture       *fixture,
                           gconstpointer  data)
{
  add (fixture, "a", 30);
  for (gint64 id = 1; id < 30; id++)
    end (fixture, id, DUB_TASK_SUCCEEDED);
  assert_told (fixture, "");
  end (fixture, 30, DUB_TASK_SUCCEEDED);
  assert_told (fixture, "a: 30 dubs are ready to review | Coat and 7 more videos");
}

static void
test_five_at_once (Fixture       *fixture,
                   gconstpointer  data)
{
  add (fixture, "a", 4);
  for (gint64 id = 1; id <= 4; id++)
    dub_batch_news_note (fixture->news, set_state (fixture, id, DUB_TASK_SUCCEEDED));
  assert_told (fixture, "a: 4 dubs are ready to review | Coat");
}

static void
test_one (Fixture       *fixture,
          gconstpointer  data)
{
  add (fixture, "a", 1);
  end (fixture, 1, DUB_TASK_SUCCEEDED);
  assert_told (fixture, "a: German dub ready to review | Coat");
  end (fixture, 1, DUB_TASK_REJECTED);
  assert_told (fixture, "a: German dub refused | Coat");
}

/* Early versions stored no batch. */
static void
test_without_batch (Fixture       *fixture,
                    gconstpointer  data)
{
  add (fixture, NULL, 2);
  end (fixture, 1, DUB_TASK_SUCCEEDED);
  end (fixture, 2, DUB_TASK_FAILED);
  assert_told (fixture, "dub-1: German dub ready to review | Coat\ndub-2: Spanish dub failed | Coat");
}

/* The first trouble is told at once, and then nothing before the end. */
static void
test_trouble (Fixture       *fixture,
              gconstpointer  data)
{
  add (fixture, "a", 12);
  end (fixture, 1, DUB_TASK_SUCCEEDED);
  end (fixture, 2, DUB_TASK_FAILED);
  assert_told (fixture, "a: 1 of 12 dubs needs you | Coat and 2 more videos");
  end (fixture, 3, DUB_TASK_REJECTED);
  for (gint64 id = 4; id < 12; id++)
    end (fixture, id, DUB_TASK_SUCCEEDED);
  assert_told (fixture, "");
  end (fixture, 12, DUB_TASK_SUCCEEDED);
  assert_told (fixture, "a: 10 of 12 dubs are ready; 2 failed | Coat and 2 more videos");
}

static void
test_several (Fixture       *fixture,
              gconstpointer  data)
{
  add (fixture, "a", 3);
  add (fixture, "b", 3);
  add (fixture, "c", 2);
  end (fixture, 4, DUB_TASK_SUCCEEDED);
  end (fixture, 1, DUB_TASK_SUCCEEDED);
  end (fixture, 7, DUB_TASK_UNCONFIRMED);
  end (fixture, 5, DUB_TASK_SUCCEEDED);
  end (fixture, 2, DUB_TASK_SUCCEEDED);
  assert_told (fixture, "c: 1 of 2 dubs needs you | Coat");
  end (fixture, 6, DUB_TASK_SUCCEEDED);
  assert_told (fixture, "b: 3 dubs are ready to review | Coat");
  end (fixture, 8, DUB_TASK_SUCCEEDED);
  assert_told (fixture, "c: 1 of 2 dubs is ready; 1 failed or unconfirmed | Coat");
  end (fixture, 3, DUB_TASK_FAILED);
  assert_told (fixture, "a: 2 of 3 dubs are ready; 1 failed | Coat");

  /* What was open after the end is told when it is settled, in place of what was told before. */
  end (fixture, 7, DUB_TASK_SUCCEEDED);
  assert_told (fixture, "c: 2 dubs are ready to review | Coat");
}

/* The last one may not end but be taken back. */
static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  add (fixture, "a", 3);
  end (fixture, 1, DUB_TASK_SUCCEEDED);
  end (fixture, 2, DUB_TASK_SUCCEEDED);
  set_state (fixture, 3, DUB_TASK_CANCELLED);
  dub_batch_news_look (fixture->news);
  assert_told (fixture, "a: 2 dubs are ready to review | Coat");

  /* Of what the person took back as a whole, nothing is said. */
  add (fixture, "b", 2);
  set_state (fixture, 4, DUB_TASK_CANCELLED);
  set_state (fixture, 5, DUB_TASK_DROPPED);
  dub_batch_news_look (fixture->news);
  assert_told (fixture, "");
}

static void
test_sent_again (Fixture       *fixture,
                 gconstpointer  data)
{
  DubUiTask again = { .id = 4, .video = 1, .title = "Coat", .uri = "file:///a.mp4", .language = "es", .state = DUB_TASK_WAITING, .batch = "a" };
  g_autoptr (DubTask) task = dub_ui_make_task (&again);

  add (fixture, "a", 3);
  end (fixture, 1, DUB_TASK_SUCCEEDED);
  end (fixture, 3, DUB_TASK_SUCCEEDED);
  end (fixture, 2, DUB_TASK_FAILED);
  assert_told (fixture, "a: 2 of 3 dubs are ready; 1 failed | Coat");
  g_list_store_append (fixture->tasks, task);
  assert_told (fixture, "");
  end (fixture, 4, DUB_TASK_SUCCEEDED);
  assert_told (fixture, "a: 3 dubs are ready to review | Coat");
}

/* The program starts anew, and knows no more than what the dubs say. */
static void
test_restart (Fixture       *fixture,
              gconstpointer  data)
{
  add (fixture, "old", 3);
  add (fixture, "a", 4);
  add (fixture, "b", 2);
  add (fixture, "new", 2);
  for (gint64 id = 1; id <= 3; id++)
    set_state (fixture, id, id == 2 ? DUB_TASK_FAILED : DUB_TASK_SUCCEEDED);
  for (gint64 id = 4; id <= 6; id++)
    set_state (fixture, id, DUB_TASK_SUCCEEDED);
  set_state (fixture, 8, DUB_TASK_FAILED);
  watch (fixture);
  dub_batch_news_look (fixture->news);
  assert_told (fixture, "");

  /* It was told before the restart that one of them needs the person. */
  end (fixture, 10, DUB_TASK_SUCCEEDED);
  assert_told (fixture, "");
  /* The last of a batch is taken back: nothing of it ended in this run. */
  set_state (fixture, 7, DUB_TASK_CANCELLED);
  dub_batch_news_look (fixture->news);
  assert_told (fixture, "a: 3 dubs are ready to review | Coat");
  end (fixture, 9, DUB_TASK_SUCCEEDED);
  assert_told (fixture, "b: 1 of 2 dubs is ready; 1 failed | Coat");
  end (fixture, 11, DUB_TASK_SUCCEEDED);
  assert_told (fixture, "new: 2 dubs are ready to review | Coat");
}

int
main (int    argc,
      char **argv)
{
  dub_ui_init (&argc, &argv);
  g_test_add ("/ui/batches/one-thing-for-thirty", Fixture, NULL, set_up, test_one_thing_for_thirty, tear_down);
  g_test_add ("/ui/batches/five-at-once", Fixture, NULL, set_up, test_five_at_once, tear_down);
  g_test_add ("/ui/batches/one", Fixture, NULL, set_up, test_one, tear_down);
  g_test_add ("/ui/batches/without-batch", Fixture, NULL, set_up, test_without_batch, tear_down);
  g_test_add ("/ui/batches/trouble", Fixture, NULL, set_up, test_trouble, tear_down);
  g_test_add ("/ui/batches/several", Fixture, NULL, set_up, test_several, tear_down);
  g_test_add ("/ui/batches/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/ui/batches/sent-again", Fixture, NULL, set_up, test_sent_again, tear_down);
  g_test_add ("/ui/batches/restart", Fixture, NULL, set_up, test_restart, tear_down);
  return g_test_run ();
}
