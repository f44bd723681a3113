/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-checks.h"

#include <string.h>

static DubMediaInfo *
make_info (gint64  duration_ms,
           guint64 size)
{
  DubMediaInfo *info = dub_media_info_new ();

  info->content_type = g_strdup ("video/mp4");
  info->video_codec = g_strdup ("H.264");
  info->audio_codec = g_strdup ("AAC");
  info->duration_ms = duration_ms;
  info->size = size;
  info->width = 1080;
  info->height = 1920;
  info->has_video = TRUE;
  info->has_audio = TRUE;
  return info;
}

/* The findings as "severity:id …". */
static char *
describe (const DubMediaInfo *info)
{
  g_autoptr (GPtrArray) findings = dub_checks_run (info);
  GString *described = g_string_new (NULL);
  gboolean refused = FALSE;

  for (guint i = 0; i < findings->len; i++)
    {
      DubFinding *finding = findings->pdata[i];

      g_assert_cmpstr (finding->sentence, !=, "");
      if (i > 0)
        g_assert_cmpint (((DubFinding *) findings->pdata[i - 1])->severity, >=, finding->severity);
      refused |= finding->severity == DUB_SEVERITY_REFUSED;
      g_string_append_printf (described, "%s%d:%s", i > 0 ? " " : "", finding->severity, finding->id);
    }
  g_assert_cmpint (dub_checks_accept (findings), ==, !refused);
  return g_string_free_and_steal (described);
}

static void
assert_findings (gint64      duration_ms,
                 guint64     size,
                 const char *expected)
{
  g_autoptr (DubMediaInfo) info = make_info (duration_ms, size);
  g_autofree char *found = describe (info);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_duration (void)
{
  assert_findings (999, 1000, "2:too-short");
  assert_findings (1000, 1000, "");
  assert_findings (120000, 1000, "");
  assert_findings (120001, 1000, "0:long");
  assert_findings (600000, 1000, "0:long");
  assert_findings (600001, 1000, "2:too-long");
  assert_findings (G_MAXINT64, 1000, "2:too-long");
  assert_findings (0, 1000, "1:unknown-duration");
}

static void
test_size (void)
{
  assert_findings (5000, 200000000, "");
  assert_findings (5000, 200000001, "0:large");
  assert_findings (5000, 0, "");
  assert_findings (500000, G_MAXUINT64, "0:long 0:large");
  assert_findings (700000, G_MAXUINT64, "2:too-long");
}

static void
test_streams (void)
{
  g_autoptr (DubMediaInfo) info = make_info (150000, 1000);
  g_autofree char *silent = NULL;
  g_autofree char *blind = NULL;

  info->has_audio = FALSE;
  silent = describe (info);
  g_assert_cmpstr (silent, ==, "1:no-sound 0:long");

  info->has_video = FALSE;
  blind = describe (info);
  g_assert_cmpstr (blind, ==, "2:no-video");
}

static void
test_text (void)
{
  const char *types[] = { "text/plain", "text/html", "TEXT/HTML; charset=utf-8" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (DubMediaInfo) info = dub_media_info_new ();
      g_autofree char *found = NULL;

      info->content_type = g_strdup (types[i]);
      found = describe (info);
      g_assert_cmpstr (found, ==, "2:text");
    }
}

static void
assert_sentence (gint64      duration_ms,
                 const char *expected)
{
  g_autoptr (DubMediaInfo) info = make_info (duration_ms, 0);
  g_autoptr (GPtrArray) findings = dub_checks_run (info);

  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_cmpstr (((DubFinding *) findings->pdata[0])->sentence, ==, expected);
}

static void
test_sentences (void)
{
  assert_sentence (2830000, "Too long: 10 minutes is the limit. It is left out.");
  assert_sentence (156000, "Longer than the advised 2 minutes. It works, but takes about 2 h 40 min.");
  assert_sentence (160000, "Longer than the advised 2 minutes. It works, but takes about 2 h 40 min.");
  assert_sentence (160001, "Longer than the advised 2 minutes. It works, but takes about 2 h 50 min.");
  assert_sentence (180000, "Longer than the advised 2 minutes. It works, but takes about 3 h.");
}

static void
test_copies (void)
{
  g_autoptr (DubMediaInfo) info = make_info (53480, 38000000);
  g_autoptr (DubMediaInfo) copy = dub_media_info_copy (info);
  g_autoptr (DubFinding) finding = dub_finding_new (DUB_SEVERITY_WARNING, "id", "Sentence.");
  g_autoptr (DubFinding) same = g_boxed_copy (DUB_TYPE_FINDING, finding);

  g_assert_cmpstr (copy->content_type, ==, "video/mp4");
  g_assert_true (copy->content_type != info->content_type);
  g_assert_cmpstr (copy->video_codec, ==, "H.264");
  g_assert_cmpstr (copy->audio_codec, ==, "AAC");
  g_assert_cmpint (copy->duration_ms, ==, 53480);
  g_assert_cmpint (copy->height, ==, 1920);
  g_assert_cmpstr (same->sentence, ==, "Sentence.");
  g_assert_true (same->sentence != finding->sentence);
  g_assert_cmpint (same->severity, ==, DUB_SEVERITY_WARNING);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/checks/duration", test_duration);
  g_test_add_func ("/core/checks/size", test_size);
  g_test_add_func ("/core/checks/streams", test_streams);
  g_test_add_func ("/core/checks/text", test_text);
  g_test_add_func ("/core/checks/sentences", test_sentences);
  g_test_add_func ("/core/checks/copies", test_copies);
  return g_test_run ();
}
