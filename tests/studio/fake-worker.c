/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fake-worker.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "dub-job.h"
#include "dub-look.h"
#include "dub-probe.h"
#include "dub-rehearse.h"

static GBytes *
read_input (void)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_output_stream_splice (memory, input, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static DubJob *
read_job (void)
{
  g_autoptr (GBytes) bytes = read_input ();
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GError) error = NULL;
  DubJob *job;

  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (DUB_JOB_VARIANT_TYPE), bytes, FALSE));
  job = dub_job_from_variant (variant, &error);
  g_assert_no_error (error);
  return job;
}

static void
say (const char *line)
{
  printf ("%s\n", line);
  fflush (stdout);
}

static void
say_done (GVariant *variant)
{
  g_autofree char *encoded = g_base64_encode (g_variant_get_data (variant), g_variant_get_size (variant));
  g_autofree char *line = g_strconcat ("done ", encoded, NULL);

  say (line);
}

static void
say_failed (const GError *error)
{
  g_autofree char *line = g_strconcat ("failed ", error->message, NULL);

  say (line);
}

static void
say_pid (DubJob *job,
         pid_t   pid)
{
  g_autofree char *path = g_strconcat (job->video, ".pid", NULL);
  g_autofree char *text = g_strdup_printf ("%d", (int) pid);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static gboolean
is_there (DubJob     *job,
          const char *ending)
{
  g_autofree char *path = g_strconcat (job->video, ending, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
copy_video (DubJob *job)
{
  g_autoptr (GFile) from = g_file_new_for_path (job->video);
  g_autoptr (GFile) to = g_file_new_for_path (job->output);
  g_autofree char *between = g_build_filename (job->work_dir, "between", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_test (job->work_dir, G_FILE_TEST_IS_DIR));
  g_assert_true (g_file_set_contents (between, "between", -1, NULL));
  g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
remark (DubJobResult *result)
{
  DubRemarks *heard = dub_remarks_new ();
  DubRemarks *said = dub_remarks_new ();

  heard->confidence = 0.75;
  dub_remarks_add_doubt (heard, 0, 4);
  dub_segment_set_remarks (dub_script_get_segment (result->original, 0), heard);
  said->natural_ms = 812.5;
  said->overrun_ms = 40;
  said->unspoken = 3;
  dub_segment_set_remarks (dub_script_get_segment (result->translated, 1), said);
  result->note = g_strdup ("Some of it is hard to understand.");
  result->subtitle_lines = dub_script_new ();
  dub_script_append (result->subtitle_lines, "Buenos\ndías.", 100, 900.5);
}

static char *
encode_result (DubJob *job)
{
  g_autoptr (DubJobResult) result = dub_job_result_new ();
  g_autofree char *name = g_path_get_basename (job->video);
  g_autoptr (GVariant) variant = NULL;

  if (job->script != NULL && !g_str_has_prefix (name, "deaf"))
    {
      g_set_object (&result->original, job->script);
      g_set_object (&result->translated, job->script);
    }
  else
    {
      result->original = dub_script_new ();
      dub_script_append (result->original, "Good morning.", 100, 900.5);
      dub_script_append (result->original, "Buy a coat.", 1000, 1900);
      result->translated = dub_script_new ();
      dub_script_append (result->translated, "Buenos días.", 100, 900.5);
      dub_script_append (result->translated, "Compra un abrigo.", 1000, 1900);
    }
  if (g_str_has_prefix (name, "remarks"))
    remark (result);
  variant = dub_job_result_to_variant (result);
  return g_base64_encode (g_variant_get_data (variant), g_variant_get_size (variant));
}

static int
finish (DubJob *job)
{
  g_autofree char *encoded = encode_result (job);
  g_autofree char *line = g_strconcat ("done ", encoded, NULL);

  say ("progress compose 0.5");
  copy_video (job);
  say (line);
  return 0;
}

static int
crash (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
  signal (SIGSEGV, SIG_DFL);
  raise (SIGSEGV);
  return 0;
}

static int
crash_once (DubJob *job)
{
  g_autofree char *mark = g_strconcat (job->video, ".crashed", NULL);

  if (is_there (job, ".crashed"))
    return finish (job);
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  return crash ();
}

G_NORETURN static void
stay (void)
{
  for (;;)
    pause ();
}

static int
climb (void)
{
  say ("progress open 0.02");
  say ("progress transcribe 0.5");
  say ("progress transcribe 0.4");
  say ("progress listening 0.9");
  say ("progress transcribe 1.5");
  say ("progress transcribe -0.1");
  say ("progress transcribe nan");
  say ("progress transcribe 0x1p-1");
  say ("progress transcribe 0.9 ");
  say ("progress  0.9");
  say ("progress transcribe");
  stay ();
}

/* Touched, since memory that is only promised is none. */
G_NORETURN static void
take_memory (void)
{
  for (;;)
    memset (g_malloc (1024 * 1024), 1, 1024 * 1024);
}

static int
relapse (DubJob *job)
{
  g_autofree char *mark = g_strconcat (job->video, ".crashed", NULL);

  if (is_there (job, ".crashed"))
    {
      say ("progress listen 0.2");
      stay ();
    }
  say ("progress speak 0.7");
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  return crash ();
}

static int
say_garbage (void)
{
  say ("progress");
  say ("progress compose nan");
  say ("progress \xff\xfe 1e999");
  say ("");
  say ("done");
  say ("done ");
  say ("done !!!! AAAA");
  say ("failed");
  say ("failed    ");
  fwrite ("\0done \0\n", 1, 8, stdout);
  printf ("an end without an end of line");
  fflush (stdout);
  return 0;
}

static int
say_half (DubJob *job)
{
  g_autofree char *encoded = encode_result (job);
  g_autofree char *line = NULL;

  encoded[strlen (encoded) / 2 / 4 * 4] = '\0';
  line = g_strconcat ("done ", encoded, NULL);
  copy_video (job);
  say (line);
  return 0;
}

static int
never_end (void)
{
  g_autofree char *piece = g_strnfill (64 * 1024, 'x');

  while (fputs (piece, stdout) >= 0)
    ;
  return 0;
}

static int
chatter (void)
{
  while (fputs ("progress compose 0.5\n", stdout) >= 0)
    ;
  return 0;
}

static int
leave_child (DubJob *job)
{
  pid_t child = fork ();

  if (child == 0)
    stay ();
  say_pid (job, child);
  return finish (job);
}

/* --- looking --- */

static guint
count_together (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint count = 0;

  while ((name = g_dir_read_name (dir)) != NULL)
    count += g_str_has_suffix (name, ".seen");
  return count;
}

static void
await_the_others (const char *path)
{
  g_autofree char *mark = g_strconcat (path, ".seen", NULL);

  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  while (count_together (path) < FAKE_WORKER_TOGETHER)
    g_usleep (10 * 1000);
}

static int
look_really (const char *uri)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DubMediaInfo) info = dub_probe (uri, NULL, &error);
  g_autoptr (GVariant) variant = info != NULL ? dub_look_to_variant (info) : NULL;

  if (variant != NULL)
    say_done (variant);
  else
    say_failed (error);
  return variant != NULL ? 0 : 1;
}

static int
say_another_thing (void)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_new_string ("a look"));

  say_done (variant);
  return 0;
}

static int
look (void)
{
  g_autoptr (GBytes) input = read_input ();
  g_autofree char *uri = g_strndup (g_bytes_get_data (input, NULL), g_bytes_get_size (input));
  g_autofree char *path = g_filename_from_uri (uri, NULL, NULL);
  g_autofree char *name = g_path_get_basename (path);

  if (g_str_has_prefix (name, "look-crash"))
    return crash ();
  if (g_str_has_prefix (name, "look-hang"))
    stay ();
  if (g_str_has_prefix (name, "look-garbage"))
    return say_garbage ();
  if (g_str_has_prefix (name, "look-odd"))
    return say_another_thing ();
  if (g_str_has_prefix (name, "look-together"))
    await_the_others (path);
  return look_really (uri);
}

/* --- rehearsing --- */

static const char wave[44] = "RIFF\44\0\0\0WAVEfmt \20\0\0\0\1\0\1\0\300]\0\0\200\273\0\0\2\0\20\0data\0\0\0";

static void
speak (DubRehearsalWish *wish,
       guint             spoken)
{
  g_autoptr (DubRehearsal) rehearsal = dub_rehearsal_new ();
  g_autoptr (GVariant) variant = NULL;

  rehearsal->wav = g_bytes_new_static (wave, sizeof wave);
  rehearsal->natural_ms = wish->pitch_hz;
  rehearsal->spoken_ms = wish->slot_ms;
  rehearsal->overrun_ms = wish->room_ms;
  rehearsal->unspoken = (guint) g_utf8_strlen (wish->text, -1);
  rehearsal->speed = spoken;
  rehearsal->stretch = 1;
  rehearsal->why = g_strdup (g_str_has_prefix (wish->text, "poor") ? "It is hard to understand." : NULL);
  variant = dub_rehearsal_to_variant (rehearsal);
  say_done (variant);
}

static void
rehearse_crash_once (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return;
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  crash ();
}

static void
rehearse_one (GBytes *frame,
              guint   spoken)
{
  g_autoptr (GVariant) engines = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DubRehearsalWish) wish = dub_rehearse_from_frame (frame, &engines, &error);

  g_assert_no_error (error);
  if (g_str_has_prefix (wish->text, "crash-once "))
    rehearse_crash_once (wish->text + strlen ("crash-once "));
  else if (g_str_has_prefix (wish->text, "crash"))
    crash ();
  if (g_str_has_prefix (wish->text, "hang"))
    stay ();
  if (g_str_has_prefix (wish->text, "garbage"))
    say ("done QUJD");
  else if (g_str_has_prefix (wish->text, "refuse"))
    say ("failed There is no voice for this.");
  else
    speak (wish, spoken);
}

static int
rehearse (void)
{
  guint32 size;

  for (guint spoken = 0; fread (&size, sizeof size, 1, stdin) == 1; spoken++)
    {
      g_autofree guint8 *bytes = g_malloc (GUINT32_FROM_LE (size));
      g_autoptr (GBytes) frame = NULL;

      g_assert_cmpuint (fread (bytes, GUINT32_FROM_LE (size), 1, stdin), ==, 1);
      frame = g_bytes_new_take (g_steal_pointer (&bytes), GUINT32_FROM_LE (size));
      rehearse_one (frame, spoken);
    }
  return 0;
}

/* --- dubbing --- */

static int
become_real (DubJob *job)
{
  g_autoptr (GVariant) variant = dub_job_to_variant (job);
  const char *program = g_getenv ("DUBROOM_STUDIO");
  int fd = memfd_create ("job", 0);

  g_assert_nonnull (program);
  g_assert_cmpint (write (fd, g_variant_get_data (variant), g_variant_get_size (variant)), ==,
                   (gssize) g_variant_get_size (variant));
  lseek (fd, 0, SEEK_SET);
  dup2 (fd, STDIN_FILENO);
  execl (program, program, DUB_JOB_WORD, NULL);
  return 1;
}

static int
dub (void)
{
  g_autoptr (DubJob) job = read_job ();
  g_autofree char *name = g_path_get_basename (job->video);

  if (g_str_has_prefix (name, "family"))
    return leave_child (job);
  if (g_str_has_prefix (name, "real"))
    return become_real (job);

  say_pid (job, getpid ());
  if (g_str_has_prefix (name, "crash-once"))
    return crash_once (job);
  if (g_str_has_prefix (name, "crash"))
    return crash ();
  if (g_str_has_prefix (name, "late-crash"))
    {
      finish (job);
      return crash ();
    }
  if (g_str_has_prefix (name, "silent"))
    return 0;
  if (g_str_has_prefix (name, "garbage"))
    return say_garbage ();
  if (g_str_has_prefix (name, "endless"))
    return never_end ();
  if (g_str_has_prefix (name, "chatter"))
    return chatter ();
  if (g_str_has_prefix (name, "cut"))
    return say_half (job);
  if (g_str_has_prefix (name, "refuse"))
    {
      say ("progress transcribe 0.1");
      say ("failed This video has no speech. Give it a script.");
      return 1;
    }
  if (g_str_has_prefix (name, "liar"))
    {
      g_autofree char *encoded = encode_result (job);
      g_autofree char *line = g_strconcat ("done ", encoded, NULL);

      say (line);
      return 0;
    }
  if (g_str_has_prefix (name, "climb"))
    return climb ();
  if (g_str_has_prefix (name, "greedy"))
    take_memory ();
  if (g_str_has_prefix (name, "relapse"))
    return relapse (job);
  if (g_str_has_prefix (name, "hang") || (g_str_has_prefix (name, "wait") && !is_there (job, ".go")))
    stay ();
  return finish (job);
}

gboolean
fake_worker_knows (const char *word)
{
  return g_strcmp0 (word, DUB_JOB_WORD) == 0 || g_strcmp0 (word, DUB_LOOK_WORD) == 0
         || g_strcmp0 (word, DUB_REHEARSE_WORD) == 0;
}

int
fake_worker_main (const char *word)
{
  signal (SIGPIPE, SIG_DFL);
  if (g_str_equal (word, DUB_REHEARSE_WORD))
    return rehearse ();
  return g_str_equal (word, DUB_LOOK_WORD) ? look () : dub ();
}
