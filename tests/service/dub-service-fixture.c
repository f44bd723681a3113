/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-service-fixture.h"

DubServiceClient *
dub_service_fixture_client (const char *base_url)
{
  g_autoptr (DubRateLimiter) limiter = dub_rate_limiter_new (0);
  DubServiceClient *client = dub_service_client_new (base_url, limiter);
  g_autoptr (GError) error = NULL;

  dub_service_client_set_token (client, DUB_FAKE_TOKEN, &error);
  g_assert_no_error (error);
  return client;
}

void
dub_service_fixture_set_up (DubServiceFixture *self,
                            gconstpointer      data)
{
  self->service = dub_fake_service_new ();
  self->client = dub_service_fixture_client (dub_fake_service_get_base_url (self->service));
  self->limiter = dub_service_client_get_limiter (self->client);
}

void
dub_service_fixture_tear_down (DubServiceFixture *self,
                               gconstpointer      data)
{
  g_assert_finalize_object (self->client);
  g_assert_finalize_object (self->service);
}

GPtrArray *
dub_service_fixture_items (guint n)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_create_item_free);

  for (guint i = 0; i < n; i++)
    {
      DubCreateItem *item = dub_create_item_new ();

      item->video_url = g_strdup ("https://example.com/coat.mp4?a=b%2Fc");
      item->target_language = g_strdup ("es");
      item->video_name = g_strdup_printf ("Video %u", i + 1);
      g_ptr_array_add (items, item);
    }
  return items;
}

GStrv
dub_service_fixture_create (DubServiceClient *client,
                            guint             n_items,
                            GError          **error)
{
  g_autoptr (GPtrArray) items = dub_service_fixture_items (n_items);
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_service_client_create_async (client, items, NULL, dub_test_keep_result, &slot);
  g_clear_pointer (&items, g_ptr_array_unref);
  result = dub_test_await (&slot);
  return dub_service_client_create_finish (client, result, NULL, error);
}

GPtrArray *
dub_service_fixture_list (DubServiceClient *client,
                          const char       *task_id,
                          GError          **error)
{
  const char *ids[] = { task_id, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_service_client_list_tasks_async (client, ids, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_service_client_list_tasks_finish (client, result, NULL, error);
}

GPtrArray *
dub_service_fixture_videos (DubServiceClient *client,
                            GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_service_client_list_videos_async (client, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_service_client_list_videos_finish (client, result, NULL, error);
}

char *
dub_service_fixture_check (DubServiceClient *client,
                           GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_service_client_check_async (client, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_service_client_check_finish (client, result, NULL, error);
}

const DubServiceFault *
dub_service_fixture_create_fails (DubServiceClient *client,
                                  DubServiceError   code)
{
  static GError *error = NULL;
  g_auto (GStrv) ids = NULL;

  g_clear_error (&error);
  ids = dub_service_fixture_create (client, 2, &error);
  g_assert_error (error, DUB_SERVICE_ERROR, (int) code);
  g_assert_null (ids);
  g_assert_null (strstr (error->message, DUB_FAKE_TOKEN));
  return dub_service_error_get_fault (error);
}
