/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "captions-support.h"

#include <math.h>

static const DubCaptionsFormat formats[] = { DUB_CAPTIONS_SRT, DUB_CAPTIONS_VTT, DUB_CAPTIONS_CSV };

static void
assert_written (DubScript         *script,
                DubCaptionsFormat  format,
                const char        *expected)
{
  g_autoptr (GBytes) bytes = dub_captions_write (script, format);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected, strlen (expected));
}

static void
test_form (void)
{
  g_autoptr (DubScript) script = dub_script_new ();

  dub_script_append (script, "One\ntwo", 1500, 3723004);
  dub_script_append (script, "\"A\" & <b>", 4000.25, 5000);

  assert_written (script, DUB_CAPTIONS_SRT,
                  "1\n00:00:01,500 --> 01:02:03,004\nOne\ntwo\n\n"
                  "2\n00:00:04,000 --> 00:00:05,000\n\"A\" & &lt;b>\n");
  assert_written (script, DUB_CAPTIONS_VTT,
                  "WEBVTT\n\n1\n00:00:01.500 --> 01:02:03.004\nOne\ntwo\n\n"
                  "2\n00:00:04.000 --> 00:00:05.000\n\"A\" &amp; &lt;b&gt;\n");
  assert_written (script, DUB_CAPTIONS_CSV,
                  "start,end,text\r\n1500,3723004,\"One\ntwo\"\r\n4000.25,5000,\"\"\"A\"\" & <b>\"\r\n");
}

static void
test_round_trip (void)
{
  const char *texts[] = {
    "plain", "two\nlines", "<i>no tag</i>", "a < b > c", "{\\an8} braces", "&amp; &lt; &#38; AT&T", "x --> y", "42",
    "NOTE this", "WEBVTT", "\"quoted\", 'text'; tab", "=1+1", "00:00:01,000 --> 00:00:02,000", "العربية",
    "日本語🙂", "<00:00:01.000>", "</v>", "<3", "&", "{", "&amp;lt;", "STYLE", "1\n2\n3", "<rt>x</rt>", "a<br>b",
  };
  g_autoptr (DubScript) script = dub_script_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    dub_script_append (script, texts[i], 1000.0 * i, 1000.0 * i + 1500);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GBytes) bytes = dub_captions_write (script, formats[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (DubScript) again = dub_captions_parse (bytes, &error);
      g_autofree char *expected = describe_script (script);
      g_autofree char *found = NULL;

      g_assert_no_error (error);
      found = describe_script (again);
      g_assert_cmpstr (found, ==, expected);
      g_assert_true (dub_script_equal (script, again));
    }
}

static void
test_exact_csv (void)
{
  const double times[] = { 0.1, 1.0 / 3, 123456.789, 599999.99999999988, 1e-9 };
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DubScript) again = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i + 1 < G_N_ELEMENTS (times); i++)
    dub_script_append (script, "x", times[i], times[i] + 1000);
  bytes = dub_captions_write (script, DUB_CAPTIONS_CSV);
  again = dub_captions_parse (bytes, &error);
  g_assert_no_error (error);
  g_assert_true (dub_script_equal (script, again));
}

static void
test_odd_times (void)
{
  g_autoptr (DubScript) script = dub_script_new ();

  dub_script_append (script, "short", 10.1, 10.2);
  dub_script_append (script, "blank line", 20, 30);
  assert_written (script, DUB_CAPTIONS_SRT,
                  "1\n00:00:00,010 --> 00:00:00,011\nshort\n\n2\n00:00:00,020 --> 00:00:00,030\nblank line\n");

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (DubScript) odd = dub_script_new ();
      g_autoptr (GBytes) bytes = NULL;

      dub_script_append (odd, "a\n\n\r\nb", -5, NAN);
      dub_script_append (odd, "", 1e300, INFINITY);
      bytes = dub_captions_write (odd, formats[i]);
      g_assert_cmpuint (g_bytes_get_size (bytes), >, 0);
    }
}

static void
test_blank_lines (void)
{
  g_autoptr (DubScript) script = dub_script_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DubScript) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  dub_script_append (script, "a\n\nb", 0, 1000);
  dub_script_append (script, "c", 2000, 3000);
  bytes = dub_captions_write (script, DUB_CAPTIONS_VTT);
  again = dub_captions_parse (bytes, &error);
  g_assert_no_error (error);
  found = describe_script (again);
  g_assert_cmpstr (found, ==, "0-1000 a/b|2000-3000 c");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/captions-write/form", test_form);
  g_test_add_func ("/core/captions-write/round-trip", test_round_trip);
  g_test_add_func ("/core/captions-write/exact-csv", test_exact_csv);
  g_test_add_func ("/core/captions-write/odd-times", test_odd_times);
  g_test_add_func ("/core/captions-write/blank-lines", test_blank_lines);
  return g_test_run ();
}
