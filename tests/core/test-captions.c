/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "captions-support.h"

#define A "00:00:01,000 --> 00:00:02,000\n"
#define B "00:00:03,000 --> 00:00:04,000\n"
#define C "00:00:05,000 --> 00:00:06,000\n"

static void
test_srt (void)
{
  assert_parsed ("1\n" A "One\ntwo\n\n2\n" B "Three\n", "1000-2000 One/two|3000-4000 Three");
  assert_parsed ("1\n" A "One", "1000-2000 One");
  assert_parsed (A "One\n\n" B "Two\n", "1000-2000 One|3000-4000 Two");
  assert_parsed ("\n\n1\n\n" A "\nOne\n\n\n2\n" B "\n\nTwo\n\nmore\n\n", "1000-2000 One|3000-4000 Two/more");
  assert_parsed ("7\n" A "One\n3\n\n3\n" B "Two\n", "1000-2000 One/3|3000-4000 Two");
  assert_parsed ("1\n" A "One\n2\n" B "Two\n", "1000-2000 One|3000-4000 Two");
  assert_parsed ("0\n" A "One\n\n1\n" B "Two\n", "1000-2000 One|3000-4000 Two");
  assert_parsed ("1\n" A "\n2\n" B "Two\n", "3000-4000 Two");
}

static void
test_srt_numbers_in_text (void)
{
  assert_parsed ("1\n" A "Call\n112\n\n2\n" B "Now\n", "1000-2000 Call/112|3000-4000 Now");
  assert_parsed ("1\n" A "In\n\n1984\n\nit was\n", "1000-2000 In/1984/it was");
  assert_parsed (A "Call\n112\n" B "Now\n", "1000-2000 Call/112|3000-4000 Now");
}

static void
test_srt_order (void)
{
  assert_parsed ("1\n" B "Later\n\n2\n" A "Earlier\n", "1000-2000 Earlier|3000-4000 Later");
  assert_parsed ("1\n00:00:01,000 --> 00:00:05,000\nLong\n\n2\n00:00:01,000 --> 00:00:02,000\nShort\n",
                 "1000-5000 Long|1000-2000 Short");
}

static void
test_times (void)
{
  assert_parsed ("0:1.5 --> 1:01:01.25 X1:40 X2:600\nx\n", "1500-3.66125e+06 x");
  assert_parsed ("  00:00:01.000-->00:00:02\t align:start\nx\n", "1000-2000 x");
  assert_parsed ("00:00:01,0005 --> 00:00:02\nx\n", "1000.5-2000 x");
  assert_parsed ("75:00 --> 100:00\nx\n", "4.5e+06-6e+06 x");
}

static void
test_times_bad (void)
{
  const char *bad[] = {
    "00:00:01,000 --> \nx\n", " --> 00:00:01,000\nx\n", "00:00:01,000 --> 00:00:61,000\nx\n",
    "00:60:01,000 --> 02:00:00,000\nx\n", "00:00:01:000 --> 00:00:02:000\nx\n", "1 --> 2\nx\n",
    "-00:00:01 --> 00:00:02\nx\n", "00:00:01, --> 00:00:02\nx\n", "99999:00:01 --> 99999:00:02\nx\n",
    "00:00:01,000 --> 00:00:02,000x\nx\n", "00:001:01 --> 00:02:00\nx\n", "00:00:01 -->\xc2\xa0 00:00:02\nx\n",
    "99999999999999999999:00:00 --> 00:00:02\nx\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *srt = g_strconcat ("1\n" A "fine\n\n2\n", bad[i], NULL);

      assert_refused (srt, "Line 6 should have times");
    }
}

static void
test_ends_before_start (void)
{
  assert_refused ("1\n00:00:02,000 --> 00:00:02,000\nx\n", "on line 2 does not end after its start");
  assert_refused ("WEBVTT\n\n00:02.000 --> 00:01.999\nx\n", "on line 3 does not end after its start");
  assert_refused ("start,end,text\n10,20,a\n20,10,b\n", "on line 3 does not end after its start");
}

static void
test_srt_bad (void)
{
  assert_refused ("1\n" A "One\n\n2\nNo times\n\n3\n" C "Three\n", "on line 5 has no times");
  assert_refused ("\nHello\n\n1\n" A "One\n", "Line 2 is text without times");
  assert_refused ("1\n" A "a --> b\n", "Line 3 should have times");
}

static void
test_markup (void)
{
  assert_parsed (A "{\\an8}<i>One</i> <font color=\"#fff\">two</FONT>", "1000-2000 One two");
  assert_parsed (A "a < b &amp; c > d <3 {e} <", "1000-2000 a < b & c > d <3 {e} <");
  assert_parsed (A "&lt;i&gt; &quot;x&quot; &#233;&#xe9; &nope; &#0; &#x110000; &#99999999999999999999; AT&T", "1000-2000 <i> \"x\" éé &nope; \xef\xbf\xbd \xef\xbf\xbd &#99999999999999999999; AT&T");
  assert_parsed (A "x <y <i>z</i> {\\a {\\b}c", "1000-2000 x <y z {\\a c");
  assert_parsed (A "one<br>two<br/>\nthree", "1000-2000 one/two/three");
  assert_parsed (A "<i>\n</i>\n" B "x", "3000-4000 x");
  assert_parsed (A "a\x07" "b\tc  ", "1000-2000 ab c");
}

static void
test_vtt (void)
{
  assert_parsed ("WEBVTT - title\nKind: captions\n\nNOTE\nsome --not-- text\n\nSTYLE\n::cue { color: red }\n\n"
                 "REGION\nid:fred\n\nintro\n00:01.000 --> 00:02.000 align:start position:0%\nOne\ntwo\n\n"
                 "00:00:03.000 --> 00:00:04.000\n<v.loud Roger Bingham>Three</v> <c.yellow>four</c>\n",
                 "1000-2000 One/two|3000-4000 Three four");
  assert_parsed ("WEBVTT\n00:01.000 --> 00:02.000\nOne\n00:03.000 --> 00:04.000\nTwo", "1000-2000 One|3000-4000 Two");
  assert_parsed ("WEBVTT\n\n00:01.000 --> 00:02.000\nWhat<00:00:01.320><c> if</c><00:00:01.480><c> so</c>\n",
                 "1000-2000 What if so");
  assert_parsed ("WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>base<rt>over</rt></ruby> &lrm;x\n",
                 "1000-2000 base \xe2\x80\x8ex");
  assert_parsed ("WEBVTT\n\n00:01.000 --> 00:02.000\n \nOne\n", "1000-2000 One");
  assert_parsed ("WEBVTT\n\n1\n00:01.000 --> 00:02.000\nOne\n  \n2\n00:03.000 --> 00:04.000\nTwo\n",
                 "1000-2000 One|3000-4000 Two");
  assert_parsed ("WEBVTT\n\nNOTES\n00:01.000 --> 00:02.000\nNOTE well\n", "1000-2000 NOTE well");
}

static void
test_vtt_bad (void)
{
  assert_refused ("WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\nlost text\nmore\n", "Line 6 is text without times");
  assert_refused ("WEBVTT\n\nlost", "Line 3 is text without times");
  assert_refused ("WEBVTT\n\n00:02.bad --> 00:03.456\nOne\n", "Line 3 should have times");
  assert_refused ("WEBVTT\n", "no subtitle with text");
  assert_refused ("WEBVTT\n\nNOTE only\n", "no subtitle with text");
  assert_refused ("WEBVTTX\n\n00:01.000 --> 00:02.000\nOne\n", "Line 1 is text without times");
}

static void
test_line_ends (void)
{
  assert_parsed ("1\r\n00:00:01,000 --> 00:00:02,000\r\nOne\r\ntwo\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nThree",
                 "1000-2000 One/two|3000-4000 Three");
  assert_parsed ("1\r00:00:01,000 --> 00:00:02,000\rOne\r\r2\r00:00:03,000 --> 00:00:04,000\rThree\r",
                 "1000-2000 One|3000-4000 Three");
  assert_refused ("1\r\n00:00:01,000 --> 00:00:02,000\r\nOne\r\n\r\n2\r\n00:00:bad --> \r\n", "Line 6 ");
}

static void
assert_encoded (const char *encoding,
                const char *mark,
                gsize       mark_size)
{
  const char *text = "1\n" A "Ünï 🙂\n";
  gsize size = 0;
  g_autofree char *converted = g_convert (text, -1, encoding, "UTF-8", NULL, &size, NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) mark, mark_size);
  g_byte_array_append (bytes, (const guint8 *) converted, size);
  assert_parsed_bytes ((const char *) bytes->data, bytes->len, "1000-2000 Ünï 🙂");
}

static void
test_encodings (void)
{
  assert_encoded ("UTF-8", "\xef\xbb\xbf", 3);
  assert_encoded ("UTF-16LE", "\xff\xfe", 2);
  assert_encoded ("UTF-16BE", "\xfe\xff", 2);
  assert_encoded ("UTF-16LE", "", 0);
  assert_encoded ("UTF-16BE", "", 0);
}

static void
test_encodings_bad (void)
{
  assert_refused ("1\n" A "\xc5\x45\xd8\n", "Line 3 is written in an encoding other than UTF-8");
  assert_refused ("1\r\n00:00:01,000 --> 00:00:02,000\r\n\r\n\xff\n", "Line 4 is written");
  assert_refused_bytes ("\xff\xfe\0\0" "1\0\0\0", 8, "UTF-32");
  assert_refused_bytes ("\0\0\xfe\xff" "\0\0\0001", 8, "UTF-32");
  assert_refused_bytes ("\xff\xfe" "1\0\n", 5, "damaged");
  assert_refused_bytes ("\xff\xfe" "1\0\x00\xd8", 6, "damaged");
  assert_refused_bytes ("\xff\xfe" "1\0\0\0", 6, "damaged");
  assert_refused_bytes ("1\n" A "a\0b\n", 35, "Line 3 is written");
  assert_refused ("", "empty");
  assert_refused ("\xef\xbb\xbf", "not a subtitle file");
  assert_refused_bytes ("\0", 1, "Line 1");
}

static void
test_other_files (void)
{
  assert_refused ("[Script Info]\nTitle: x\n", "not a subtitle file");
  assert_refused ("Hello, world", "not a subtitle file");
  assert_refused ("{0}{25}Hello", "not a subtitle file");
  assert_refused ("<tt>\n<!-- 1 -->\n</tt>", "not a subtitle file");
}

/* Large enough for anything that is not linear to never end. */
#define HOSTILE_BYTES (128 * 1024)

static GBytes *
repeat (const char *head,
        const char *unit)
{
  GString *text = g_string_new (head);
  gsize length = strlen (unit);

  while (text->len + length <= HOSTILE_BYTES)
    g_string_append_len (text, unit, length);
  return g_string_free_to_bytes (text);
}

/* Files made to take forever or all memory; a test that hangs here has found something. */
static void
test_hostile (void)
{
  const char *units[] = { "<a", "{\\", "&#", "\n", "\r", "-->", "1\n", "<rt>", ",", "\"", "\"\"", ";\n", "\t", "<a>" };
  const char *heads[] = { "", A, "WEBVTT\n\n00:01.000 --> 00:02.000\n", "start,end,text\n1,2,", "start,end,text\n1,2,\"" };

  for (guint head = 0; head < G_N_ELEMENTS (heads); head++)
    for (guint unit = 0; unit < G_N_ELEMENTS (units); unit++)
      {
        g_autoptr (GBytes) bytes = repeat (heads[head], units[unit]);
        g_autoptr (GError) error = NULL;
        g_autoptr (DubScript) script = dub_captions_parse (bytes, &error);

        g_assert_true ((script == NULL) == (error != NULL));
      }
}

static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DubScript) script = NULL;
  g_autoptr (GError) error = NULL;
  guint count = 0;

  /* From the last to the first: the worst order. */
  for (int i = 9999; i >= 0; i--, count++)
    g_string_append_printf (text, "%d:%02d --> 9999:00\nx\n", i / 60, i % 60);
  bytes = g_bytes_new (text->str, text->len);
  script = dub_captions_parse (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dub_script_get_length (script), ==, count);
  g_assert_cmpfloat (dub_segment_get_start (dub_script_get_segment (script, 0)), ==, 0);
}

/* Each beginning of a file, and each with one byte changed: never a crash, never silence about why. */
static void
test_damaged (void)
{
  const char *files[] = {
    "1\n" A "{\\an8}<i>One</i> &amp; &#233;\n\n2\n" B "Two\n",
    "WEBVTT\n\nNOTE x\n\nid\n00:01.000 --> 00:02.000 a\n<v R>One</v><00:01.500>\n",
    "text;start;end\r\n\"a \"\"b\"\"\r\nc\";1000;00:00:02.000\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    for (gsize place = 0; place < strlen (files[i]); place++)
      for (guint value = 0; value < 256; value += 3)
        {
          g_autofree char *copy = g_strdup (files[i]);
          g_autoptr (GBytes) bytes = NULL;
          g_autoptr (GBytes) part = NULL;
          g_autoptr (GError) error = NULL;
          g_autoptr (DubScript) script = NULL;

          copy[place] = (char) value;
          bytes = g_bytes_new (copy, strlen (files[i]));
          part = g_bytes_new_from_bytes (bytes, 0, value == 0 ? place : strlen (files[i]));
          script = dub_captions_parse (part, &error);
          g_assert_true ((script == NULL) == (error != NULL));
        }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/captions/srt", test_srt);
  g_test_add_func ("/core/captions/srt-numbers-in-text", test_srt_numbers_in_text);
  g_test_add_func ("/core/captions/srt-order", test_srt_order);
  g_test_add_func ("/core/captions/times", test_times);
  g_test_add_func ("/core/captions/times-bad", test_times_bad);
  g_test_add_func ("/core/captions/ends-before-start", test_ends_before_start);
  g_test_add_func ("/core/captions/srt-bad", test_srt_bad);
  g_test_add_func ("/core/captions/markup", test_markup);
  g_test_add_func ("/core/captions/vtt", test_vtt);
  g_test_add_func ("/core/captions/vtt-bad", test_vtt_bad);
  g_test_add_func ("/core/captions/line-ends", test_line_ends);
  g_test_add_func ("/core/captions/encodings", test_encodings);
  g_test_add_func ("/core/captions/encodings-bad", test_encodings_bad);
  g_test_add_func ("/core/captions/other-files", test_other_files);
  g_test_add_func ("/core/captions/hostile", test_hostile);
  g_test_add_func ("/core/captions/many", test_many);
  g_test_add_func ("/core/captions/damaged", test_damaged);
  return g_test_run ();
}
