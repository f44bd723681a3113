/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The service's list of tasks, and the ids that a create is answered with. */

#include "fuzz.h"

#include "dub-service-codec.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) body = g_bytes_new (data, size);
  g_autofree char *request_id = NULL;
  g_autofree char *other_id = NULL;
  g_autofree char *user_id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;
  g_autoptr (GPtrArray) tasks = dub_codec_decode_tasks (body, &request_id, &error);
  g_auto (GStrv) ids = dub_codec_decode_task_ids (body, &other_id, &other_error);
  g_autofree char *user = dub_codec_decode_user (body, &user_id, NULL);

  g_assert_true ((tasks == NULL) == (error != NULL));
  g_assert_true ((ids == NULL) == (other_error != NULL));
  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      DubRemoteTask *task = g_ptr_array_index (tasks, i);

      g_assert_nonnull (task->task_id);
      g_assert_cmpint (task->status, <=, DUB_REMOTE_STATUS_UNKNOWN);
    }
  return 0;
}
