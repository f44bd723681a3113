/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-task-state.h"

#define N_STATES 11

static const char *const words[N_STATES] = {
  "waiting", "publishing", "submitting", "submitted", "processing", "succeeded",
  "failed", "rejected", "unconfirmed", "cancelled", "dropped",
};

static const char *const transitions[] = {
  "waiting publishing", "waiting failed", "waiting cancelled",
  "publishing submitting", "publishing waiting", "publishing failed", "publishing cancelled",
  "submitting submitted", "submitting rejected", "submitting unconfirmed", "submitting waiting",
  "submitted processing", "submitted succeeded", "submitted failed",
  "processing succeeded", "processing failed",
  "unconfirmed succeeded", "unconfirmed dropped", "unconfirmed waiting",
  "submitted cancelled", "processing cancelled",
  "submitted dropped", "processing dropped", "dropped submitted",
};

static void
test_words (void)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (DUB_TYPE_TASK_STATE);

  g_assert_cmpuint (klass->n_values, ==, N_STATES);
  for (guint i = 0; i < N_STATES; i++)
    {
      DubTaskState state = DUB_TASK_DROPPED;

      g_assert_cmpstr (dub_task_state_to_string (i), ==, words[i]);
      g_assert_cmpstr (g_enum_get_value (klass, i)->value_nick, ==, words[i]);
      g_assert_true (dub_task_state_from_string (words[i], &state));
      g_assert_cmpint (state, ==, i);
    }
}

static void
test_unknown (void)
{
  DubTaskState state = DUB_TASK_SUBMITTED;

  g_assert_false (dub_task_state_from_string ("Waiting", &state));
  g_assert_false (dub_task_state_from_string ("", &state));
  g_assert_false (dub_task_state_from_string (NULL, &state));
  g_assert_cmpint (state, ==, DUB_TASK_SUBMITTED);
  g_assert_null (dub_task_state_to_string (N_STATES));
  g_assert_false (dub_task_state_may_follow (N_STATES, DUB_TASK_WAITING));
  g_assert_false (dub_task_state_may_follow (DUB_TASK_WAITING, (DubTaskState) -1));
  g_assert_true (dub_task_state_is_final (N_STATES));
}

static void
test_transitions (void)
{
  for (guint from = 0; from < N_STATES; from++)
    {
      gboolean leads_out = FALSE;

      for (guint to = 0; to < N_STATES; to++)
        {
          g_autofree char *transition = g_strdup_printf ("%s %s", words[from], words[to]);
          gboolean expected = FALSE;

          for (guint i = 0; i < G_N_ELEMENTS (transitions); i++)
            expected |= g_str_equal (transitions[i], transition);
          if (dub_task_state_may_follow (from, to) != expected)
            g_test_fail_printf ("%s", transition);
          leads_out |= expected;
        }
      /* Nothing leads out of it but the person's wish. */
      g_assert_cmpint (dub_task_state_is_final (from), ==, from == DUB_TASK_DROPPED || !leads_out);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/task-state/words", test_words);
  g_test_add_func ("/core/task-state/unknown", test_unknown);
  g_test_add_func ("/core/task-state/transitions", test_transitions);
  return g_test_run ();
}
