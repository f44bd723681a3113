/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "captions-support.h"

static void
test_columns (void)
{
  assert_parsed ("start,end,text\n1000,2000,One\n3000,4000,Two\n", "1000-2000 One|3000-4000 Two");
  assert_parsed ("Text;START; End \nOne;1000;2000\n", "1000-2000 One");
  assert_parsed ("id\tend\tspeaker\ttext\tstart\n1\t2000\tA\tOne, two; three\t1000\n", "1000-2000 One, two; three");
  assert_parsed ("\xef\xbb\xbf" "\"start\",\"end\",\"text\"\r\n\"1000\",\"2000\",\"One\"\r\n", "1000-2000 One");
  assert_parsed ("\n\nstart,end,text\n\n,,\n1000,2000,One\n\n", "1000-2000 One");
  assert_parsed ("start,end,text\n3000,4000,Two\n1000,2000,One", "1000-2000 One|3000-4000 Two");
}

static void
test_quotes (void)
{
  assert_parsed ("start,end,text\n1,2,\"a, \"\"b\"\"\nc\"\n3,4,d\"e\n", "1-2 a, \"b\"/c|3-4 d\"e");
  assert_parsed ("start,end,text\n1,2,<i>a</i> &amp; --> b\n", "1-2 <i>a</i> &amp; --> b");
  assert_parsed ("start,end,text\n1,2,\"\"\n3,4,x\n", "3-4 x");
}

static void
test_times (void)
{
  assert_parsed ("start,end,text\n00:00:01.500,1:02.25,a\n", "1500-62250 a");
  assert_parsed ("start;end;text\n00:00:01,500;2000,5;a\n", "1500-2000.5 a");
  assert_parsed ("start,end,text\n 0 , 1.5 ,a\n", "0-1.5 a");
}

static void
test_bad (void)
{
  assert_refused ("start,end,text\n1,2,a\nx,3,b\n", "Line 3 has “x” where a time is expected");
  assert_refused ("start,end,text\n1,2,\"a\n\nb\"\n,3,b\n", "Line 5 has “” where a time is expected");
  assert_refused ("start,end,text\n1,2\n", "Line 2 has too few columns");
  assert_refused ("start,end,text\n1,2,a\n3,4,\"b\n\n", "mark on line 3 is never closed");
  assert_refused ("start,end,text\n1,2,\"a\"b\n", "Line 2 has text behind");
  assert_refused ("start,end,text\n-1,2,a\n", "Line 2 has “-1”");
  assert_refused ("start,end,text\n1,1e9,a\n", "Line 2 has “1e9”");
  assert_refused ("start,end,text\n1,nan,a\n", "Line 2 has “nan”");
  assert_refused ("start,end,text\n1,1.2.3,a\n", "Line 2 has “1.2.3”");
  assert_refused ("start,end,text\n", "no subtitle with text");
  assert_refused ("start,end\n1,2\n", "not a subtitle file");
  assert_refused ("1,2,a\n", "not a subtitle file");
}

static void
test_many_columns (void)
{
  g_autoptr (GString) text = g_string_new ("start,end,text\n1,2,a");

  for (guint i = 3; i < 64; i++)
    g_string_append_c (text, ',');
  assert_parsed (text->str, "1-2 a");
  g_string_append_c (text, ',');
  assert_refused (text->str, "Line 2 has more than 64 columns");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/captions-csv/columns", test_columns);
  g_test_add_func ("/core/captions-csv/quotes", test_quotes);
  g_test_add_func ("/core/captions-csv/times", test_times);
  g_test_add_func ("/core/captions-csv/bad", test_bad);
  g_test_add_func ("/core/captions-csv/many-columns", test_many_columns);
  return g_test_run ();
}
