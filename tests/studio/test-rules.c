/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-job.h"
#include "dub-service-error.h"
#include "dub-studio-gate.h"
#include "dub-studio-rules.h"
#include "dub-studio-task.h"

#define SECOND G_USEC_PER_SEC

/* --- the gate --- */

static void
test_token (void)
{
  DubStudioGate a, b;
  g_autoptr (GError) error = NULL;
  g_autofree char *longer = NULL;

  g_assert_true (dub_studio_gate_init (&a, 0, &error));
  g_assert_true (dub_studio_gate_init (&b, 0, &error));
  longer = g_strconcat (a.token, "0", NULL);
  g_assert_cmpuint (strlen (a.token), ==, 64);
  g_assert_cmpstr (a.token, !=, b.token);
  g_assert_true (dub_studio_gate_knows (&a, a.token));
  g_assert_false (dub_studio_gate_knows (&a, b.token));
  g_assert_false (dub_studio_gate_knows (&a, NULL));
  g_assert_false (dub_studio_gate_knows (&a, ""));
  g_assert_false (dub_studio_gate_knows (&a, longer));
  dub_studio_gate_clear (&a);
  g_assert_false (dub_studio_gate_knows (&a, b.token));
  dub_studio_gate_clear (&b);
}

static void
test_one_a_second (void)
{
  DubStudioGate gate;
  gint64 start = 1000 * SECOND;

  g_assert_true (dub_studio_gate_init (&gate, 1, NULL));
  g_assert_true (dub_studio_gate_count (&gate, DUB_ENDPOINT_TASK_LIST, start));
  g_assert_false (dub_studio_gate_count (&gate, DUB_ENDPOINT_TASK_LIST, start + SECOND / 2));
  g_assert_true (dub_studio_gate_count (&gate, DUB_ENDPOINT_VIDEO_LIST, start + SECOND / 2));
  g_assert_true (dub_studio_gate_count (&gate, DUB_ENDPOINT_TASK_LIST, start + SECOND));
  g_assert_false (dub_studio_gate_count (&gate, DUB_ENDPOINT_TASK_LIST, start + SECOND + 1));
  dub_studio_gate_clear (&gate);
}

/* Nothing is gained by coming a little early each time. */
static void
test_jitter (void)
{
  DubStudioGate gate;
  gint64 start = 1000 * SECOND;

  g_assert_true (dub_studio_gate_init (&gate, 1, NULL));
  g_assert_true (dub_studio_gate_count (&gate, DUB_ENDPOINT_TASK_LIST, start));
  g_assert_true (dub_studio_gate_count (&gate, DUB_ENDPOINT_TASK_LIST, start + SECOND - 40000));
  g_assert_false (dub_studio_gate_count (&gate, DUB_ENDPOINT_TASK_LIST, start + 2 * SECOND - 80000));
  g_assert_true (dub_studio_gate_count (&gate, DUB_ENDPOINT_TASK_LIST, start + 2 * SECOND - 40000));
  dub_studio_gate_clear (&gate);
}

static void
test_no_limit (void)
{
  DubStudioGate gate;

  g_assert_true (dub_studio_gate_init (&gate, 0, NULL));
  for (int i = 0; i < 100; i++)
    g_assert_true (dub_studio_gate_count (&gate, DUB_ENDPOINT_TASK_CREATE, 7));
  dub_studio_gate_clear (&gate);
}

/* --- what the video allows --- */

static DubMediaInfo *
make_info (gint64 duration_ms)
{
  DubMediaInfo *info = dub_media_info_new ();

  info->has_video = TRUE;
  info->duration_ms = duration_ms;
  return info;
}

static void
check_duration (gint64   duration_ms,
                gboolean good)
{
  g_autoptr (DubMediaInfo) info = make_info (duration_ms);
  g_autoptr (DubCreateItem) item = dub_create_item_new ();
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GError) sentence = NULL;

  g_assert_cmpint (dub_studio_check_item_media (item, 3, info, &refusal), ==, good);
  g_assert_cmpint (dub_studio_check_video (info, NULL, &sentence), ==, good);
  if (good)
    return;
  g_assert_error (refusal, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_PARAMETERS);
  g_assert_true (g_str_has_prefix (refusal->message, "dubbing_video_info[3].video_url: "));
  g_assert_error (sentence, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE);
}

static void
test_duration (void)
{
  check_duration (999, FALSE);
  check_duration (1000, TRUE);
  check_duration (600000, TRUE);
  check_duration (600001, FALSE);
  check_duration (0, TRUE);
}

static void
check_end (double   end_ms,
           gboolean good)
{
  g_autoptr (DubMediaInfo) info = make_info (2000);
  g_autoptr (DubCreateItem) item = dub_create_item_new ();
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GError) sentence = NULL;

  item->script = dub_script_new ();
  dub_script_append (item->script, "Hola", 0, 1000);
  dub_script_append (item->script, "Adiós", 1000, end_ms);
  g_assert_cmpint (dub_studio_check_item_media (item, 0, info, &refusal), ==, good);
  g_assert_cmpint (dub_studio_check_video (info, item->script, &sentence), ==, good);
  if (good)
    return;
  g_assert_cmpstr (refusal->message, ==,
                   "dubbing_video_info[0].scripts[1].text_end_time: must be at most the video's duration, 2000 ms");
  g_assert_true (g_str_has_prefix (sentence->message, "Segment 2 of the script "));
}

/* The duration is cut to whole milliseconds: the last segment may end within the one that is missing. */
static void
test_end (void)
{
  check_end (2000, TRUE);
  check_end (2000.9, TRUE);
  check_end (2001.1, FALSE);
}

static void
test_no_picture (void)
{
  g_autoptr (DubMediaInfo) info = make_info (2000);
  g_autoptr (GError) error = NULL;

  info->has_video = FALSE;
  g_assert_false (dub_studio_check_video (info, NULL, &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE);
}

/* --- names --- */

static void
test_names (void)
{
  g_autofree char *name = dub_studio_make_name ();
  g_autofree char *id = dub_studio_make_id ();
  g_autofree char *other = dub_studio_make_id ();

  g_assert_true (g_regex_match_simple ("^DUBBING-[0-9]{14}-[a-z0-9]{3}$", name, 0, 0));
  g_assert_true (g_regex_match_simple ("^7[0-9]{18}$", id, 0, 0));
  g_assert_cmpstr (id, !=, other);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/studio/gate/token", test_token);
  g_test_add_func ("/studio/gate/one-a-second", test_one_a_second);
  g_test_add_func ("/studio/gate/jitter", test_jitter);
  g_test_add_func ("/studio/gate/no-limit", test_no_limit);
  g_test_add_func ("/studio/rules/duration", test_duration);
  g_test_add_func ("/studio/rules/end", test_end);
  g_test_add_func ("/studio/rules/no-picture", test_no_picture);
  g_test_add_func ("/studio/rules/names", test_names);
  return g_test_run ();
}
