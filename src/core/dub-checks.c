/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-checks.h"

#include <glib/gi18n-lib.h>

#define MIN_DURATION_MS 1000
#define MAX_DURATION_MS (600 * 1000)
#define ADVISED_DURATION_MS (120 * 1000)
#define ADVISED_SIZE (200 * G_GUINT64_CONSTANT (1000000))

G_DEFINE_BOXED_TYPE (DubFinding, dub_finding, dub_finding_copy, dub_finding_free)

/**
 * dub_finding_new:
 * @severity: how grave it is
 * @static_id: a stable word, a literal
 * @sentence: what is wrong and what follows from it
 *
 * Returns: (transfer full): a finding
 */
DubFinding *
dub_finding_new (DubSeverity  severity,
                 const char  *static_id,
                 const char  *sentence)
{
  DubFinding *self = g_new0 (DubFinding, 1);

  self->severity = severity;
  self->id = static_id;
  self->sentence = g_strdup (sentence);
  return self;
}

/**
 * dub_finding_copy:
 *
 * Returns: (transfer full): a copy
 */
DubFinding *
dub_finding_copy (const DubFinding *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return dub_finding_new (self->severity, self->id, self->sentence);
}

/**
 * dub_finding_free:
 * @self: (transfer full) (nullable): a finding
 */
void
dub_finding_free (DubFinding *self)
{
  if (self == NULL)
    return;

  g_free (self->sentence);
  g_free (self);
}

/* A dub takes about 60 times the duration: a minute for each second, here to the next ten minutes. */
static char *
describe_effort (gint64 duration_ms)
{
  guint minutes = (guint) ((duration_ms + 999) / 1000);
  guint tens = (minutes + 9) / 10 * 10;

  if (tens % 60 == 0)
    /* Translators: a length of time, in hours. */
    return g_strdup_printf (_("%u h"), tens / 60);

  /* Translators: a length of time, in hours and minutes. */
  return g_strdup_printf (_("%u h %u min"), tens / 60, tens % 60);
}

static void
add (GPtrArray   *findings,
     DubSeverity  severity,
     const char  *id,
     const char  *sentence)
{
  g_ptr_array_add (findings, dub_finding_new (severity, id, sentence));
}

static gboolean
is_text (const char *content_type)
{
  return content_type != NULL && g_ascii_strncasecmp (content_type, "text/", 5) == 0;
}

static void
find_refusals (const DubMediaInfo *info,
               GPtrArray          *findings)
{
  if (is_text (info->content_type))
    {
      add (findings, DUB_SEVERITY_REFUSED, "text", _("This is text, not a video. It is left out."));
      return;
    }

  if (!info->has_video)
    add (findings, DUB_SEVERITY_REFUSED, "no-video",
         _("No moving picture: only a video can be dubbed. It is left out."));
  if (info->duration_ms > MAX_DURATION_MS)
    add (findings, DUB_SEVERITY_REFUSED, "too-long", _("Too long: 10 minutes is the limit. It is left out."));
  else if (info->duration_ms > 0 && info->duration_ms < MIN_DURATION_MS)
    add (findings, DUB_SEVERITY_REFUSED, "too-short", _("Too short: 1 second is the least. It is left out."));
}

static void
find_warnings (const DubMediaInfo *info,
               GPtrArray          *findings)
{
  if (!info->has_audio)
    add (findings, DUB_SEVERITY_WARNING, "no-sound",
         _("No sound: it can be dubbed only with a script of your own."));
  if (info->duration_ms <= 0)
    add (findings, DUB_SEVERITY_WARNING, "unknown-duration",
         _("Its length is not known. Over 10 minutes it cannot be dubbed."));
}

static void
find_advice (const DubMediaInfo *info,
             GPtrArray          *findings)
{
  if (info->duration_ms > ADVISED_DURATION_MS)
    {
      g_autofree char *effort = describe_effort (info->duration_ms);
      /* Translators: %s is a length of time, "2 h 40 min". */
      g_autofree char *sentence =
        g_strdup_printf (_("Longer than the advised 2 minutes. It works, but takes about %s."), effort);

      add (findings, DUB_SEVERITY_ADVICE, "long", sentence);
    }
  if (info->size > ADVISED_SIZE)
    add (findings, DUB_SEVERITY_ADVICE, "large",
         _("Larger than the advised 200 MB. It may work, but takes longer to upload."));
}

/**
 * dub_checks_run:
 * @info: what is known of a video
 *
 * Holds a video against the rules of the service documentation (`video_url`): 1 to 600 s, up to 120 s and 200 MB (of a
 * million bytes) advised, no text. What cannot be dubbed for another reason is refused as well.
 *
 * The findings are "text", "no-video", "too-long", "too-short" (refused), "no-sound", "unknown-duration" (warnings),
 * "long", "large" (advice). Once a video is refused, the lesser findings do not matter any more and are left out.
 *
 * Returns: (transfer full) (element-type DubFinding): the gravest first; empty when all is well
 */
GPtrArray *
dub_checks_run (const DubMediaInfo *info)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_finding_free);

  g_return_val_if_fail (info != NULL, g_steal_pointer (&findings));

  find_refusals (info, findings);
  if (findings->len > 0)
    return g_steal_pointer (&findings);

  find_warnings (info, findings);
  find_advice (info, findings);
  return g_steal_pointer (&findings);
}

/**
 * dub_checks_accept:
 * @findings: (element-type DubFinding): of dub_checks_run()
 *
 * Returns: whether the video can be dubbed: no finding refuses it
 */
gboolean
dub_checks_accept (GPtrArray *findings)
{
  g_return_val_if_fail (findings != NULL, FALSE);

  for (guint i = 0; i < findings->len; i++)
    {
      DubFinding *finding = g_ptr_array_index (findings, i);

      if (finding->severity == DUB_SEVERITY_REFUSED)
        return FALSE;
    }
  return TRUE;
}
