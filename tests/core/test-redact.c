/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-redact.h"

#include <string.h>

static void
test_forms (void)
{
  static const struct { const char *text, *redacted; } cases[] = {
    { "No secret, no password: it waits. The dub “Coat (2)” waits at 09:40.", "No secret, no password: … waits. The dub “Coat (2)” waits at 09:40." },
    { "What? Really = yes", "What? Really = yes" },
    { "Write to help@service.example", "Write to help@service.example" },
    { "https://host.example/coat.mp4", "https://host.example/coat.mp4" },
    /* What signs an address has a name of its own at each host. */
    { "“https://host.example/coat.mp4?X-Amz-Signature=5ec3e7&X-Amz-Date=1” timed out", "“https://host.example/coat.mp4?…” timed out" },
    { "{\"url\":\"https://h.example/a?k=5ec3e7\",\"code\":1}", "{\"url\":\"https://h.example/a?…\",\"code\":1}" },
    { "see https://host.example/#access_token=5ec3e7", "see https://host.example/?…" },
    { "GET /coat.mp4?odd=5ec3e7 HTTP/1.1", "GET /coat.mp4?… HTTP/1.1" },
    { "https://bob:5ec3e7@host.example/coat.mp4", "https://…@host.example/coat.mp4" },
    { "https://bob:5e/c3?e7@host.example/a?sig=5ec3e7&b=5ec3e7", "https://…@host.example/a?…" },
    { "https://bob:5e@c3e7@host.example/", "https://…@host.example/" },
    { "bob:5ec3e7@host.example", "…@host.example" },
    { "Access-Token: 5ec3e7", "Access-Token: …" },
    { "access_token=5ec3e7&x=1", "access_token=…&x=1" },
    { "{\"access_token\": \"5ec3 e7\", \"code\": 0}", "{\"access_token\": …, \"code\": 0}" },
    { "{\"app_secret\":\"5e\\\"c3e7\"}", "{\"app_secret\":…}" },
    { "Authorization: Bearer 5ec3e7", "Authorization: …" },
    { "Authorization: AWS4-HMAC-SHA256 Credential=5ec3e7, Signature=5ec3e7\nHost: a", "Authorization: …\nHost: a" },
    { "x-amz-security-token: 5ec3e7", "x-amz-security-token: …" },
    { "password=5ec3e7,more", "password=…" },
    { "auth_code=5ec3e7", "auth_code=…" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *redacted = dub_redact (cases[i].text, NULL);

      g_assert_cmpstr (redacted, ==, cases[i].redacted);
      g_assert_null (strstr (redacted, "5ec3e7"));
    }
}

static void
test_secrets (void)
{
  const char *const secrets[] = { "token-long", "token", NULL };
  g_autofree char *redacted = dub_redact ("token-long, “token”, tokentoken", secrets);
  g_autofree char *invalid = dub_redact ("\xff token \xc3", secrets);

  g_assert_cmpstr (redacted, ==, "…, “…”, ……");
  g_assert_true (g_utf8_validate (invalid, -1, NULL));
  g_assert_null (strstr (invalid, "token"));
}

/* As much as a service may answer: neither let through nor without an end. */
static void
test_large (void)
{
  g_autoptr (GString) text = g_string_new ("https://host.example/a?");
  g_autofree char *redacted = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "5ec3e7:&");
  g_string_append (text, "@ end");
  redacted = dub_redact (text->str, NULL);
  g_assert_null (strstr (redacted, "5ec3e7"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/redact/forms", test_forms);
  g_test_add_func ("/core/redact/secrets", test_secrets);
  g_test_add_func ("/core/redact/large", test_large);
  return g_test_run ();
}
