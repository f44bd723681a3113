/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-script.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "dub-error.h"

struct _DubScript
{
  GObject parent_instance;

  GListStore *segments;
};

static GType
get_item_type (GListModel *model)
{
  return DUB_TYPE_SEGMENT;
}

static guint
get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (DUB_SCRIPT (model)->segments));
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  return g_list_model_get_item (G_LIST_MODEL (DUB_SCRIPT (model)->segments), position);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (DubScript, dub_script, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
dub_script_dispose (GObject *object)
{
  DubScript *self = DUB_SCRIPT (object);

  g_clear_object (&self->segments);
  G_OBJECT_CLASS (dub_script_parent_class)->dispose (object);
}

static void
dub_script_class_init (DubScriptClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dub_script_dispose;
}

static void
dub_script_init (DubScript *self)
{
  self->segments = g_list_store_new (DUB_TYPE_SEGMENT);
  g_signal_connect_object (self->segments, "items-changed", G_CALLBACK (g_list_model_items_changed),
                           self, G_CONNECT_SWAPPED);
}

/**
 * dub_script_new:
 *
 * Returns: (transfer full): an empty script
 */
DubScript *
dub_script_new (void)
{
  return g_object_new (DUB_TYPE_SCRIPT, NULL);
}

static int
compare_starts (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  double start_a = dub_segment_get_start ((DubSegment *) a);
  double start_b = dub_segment_get_start ((DubSegment *) b);

  return (start_a > start_b) - (start_a < start_b);
}

/**
 * dub_script_append:
 * @self: a script
 * @text: what is spoken
 * @start_ms: milliseconds from the start of the video
 * @end_ms: milliseconds from the start of the video
 *
 * Adds a segment: at the end, or, where it starts earlier than others, at its place among them. Of segments that start
 * at the same instant the one added first stays first.
 */
void
dub_script_append (DubScript  *self,
                   const char *text,
                   double      start_ms,
                   double      end_ms)
{
  g_autoptr (DubSegment) segment = dub_segment_new (text, start_ms, end_ms);

  dub_script_add_segment (self, segment);
}

/**
 * dub_script_add_segment:
 * @self: a script
 * @segment: a segment
 *
 * Adds a segment at its place, as dub_script_append() does.
 */
void
dub_script_add_segment (DubScript  *self,
                        DubSegment *segment)
{
  g_return_if_fail (DUB_IS_SCRIPT (self));
  g_return_if_fail (DUB_IS_SEGMENT (segment));

  g_list_store_insert_sorted (self->segments, segment, compare_starts, NULL);
}

/**
 * dub_script_get_length:
 *
 * Returns: the number of segments
 */
guint
dub_script_get_length (DubScript *self)
{
  g_return_val_if_fail (DUB_IS_SCRIPT (self), 0);

  return get_n_items (G_LIST_MODEL (self));
}

/**
 * dub_script_get_segment:
 *
 * Returns: (transfer none) (nullable): the segment at @index, or %NULL past the end
 */
DubSegment *
dub_script_get_segment (DubScript *self,
                        guint      index)
{
  g_autoptr (DubSegment) segment = NULL;

  g_return_val_if_fail (DUB_IS_SCRIPT (self), NULL);

  segment = get_item (G_LIST_MODEL (self), index);
  return segment;
}

/**
 * dub_script_find:
 * @self: a script
 * @position_ms: milliseconds from the start of the video
 *
 * Returns: the index of the segment spoken at @position_ms (of several the one that started last); in a pause that of
 *   the last one that started before; -1 before the first
 */
int
dub_script_find (DubScript *self,
                 double     position_ms)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (DUB_IS_SCRIPT (self), -1);

  high = dub_script_get_length (self);
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (dub_segment_get_start (dub_script_get_segment (self, middle)) <= position_ms)
        low = middle + 1;
      else
        high = middle;
    }

  for (guint i = low; i > 0; i--)
    if (position_ms < dub_segment_get_end (dub_script_get_segment (self, i - 1)))
      return (int) i - 1;

  return (int) low - 1;
}

/**
 * dub_script_equal:
 *
 * Returns: whether both scripts have the same segments
 */
gboolean
dub_script_equal (DubScript *a,
                  DubScript *b)
{
  guint length;

  g_return_val_if_fail (DUB_IS_SCRIPT (a), FALSE);
  g_return_val_if_fail (DUB_IS_SCRIPT (b), FALSE);

  length = dub_script_get_length (a);
  if (length != dub_script_get_length (b))
    return FALSE;

  for (guint i = 0; i < length; i++)
    if (!dub_segment_equal (dub_script_get_segment (a, i), dub_script_get_segment (b, i)))
      return FALSE;

  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_isspace (g_utf8_get_char (c)) && !g_unichar_iszerowidth (g_utf8_get_char (c)))
      return FALSE;

  return TRUE;
}

static gboolean
check_segment (DubSegment  *segment,
               guint        number,
               gint64       duration_ms,
               GError     **error)
{
  const char *text = dub_segment_get_text (segment);
  double start = dub_segment_get_start (segment);
  double end = dub_segment_get_end (segment);
  g_autofree char *sentence = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    sentence = g_strdup_printf (_("Segment %u of the script is not readable text. Type it again."), number);
  else if (is_blank (text))
    sentence = g_strdup_printf (_("Segment %u of the script has no text. Give it one, or take it out."), number);
  else if (!isfinite (start) || !isfinite (end))
    sentence = g_strdup_printf (_("Segment %u of the script has no times. Give it a start and an end."), number);
  else if (start < 0)
    sentence = g_strdup_printf (_("Segment %u of the script starts before the video. Correct its start."), number);
  else if (end <= start)
    sentence = g_strdup_printf (_("Segment %u of the script does not end after its start. Correct its times."), number);
  else if (duration_ms > 0 && end > (double) duration_ms)
    sentence = g_strdup_printf (_("Segment %u of the script ends after the end of the video. "
                                  "Correct its times, or take it out."),
                                number);

  if (sentence == NULL)
    return TRUE;

  g_set_error_literal (error, DUB_ERROR, DUB_ERROR_SCRIPT, sentence);
  return FALSE;
}

/**
 * dub_script_check:
 * @self: a script
 * @duration_ms: length of the video in milliseconds, or 0 where it is not known
 * @error: return location
 *
 * Holds the script against the rules of the service documentation (`scripts`): at least one segment, none without text,
 * none that starts before the video, ends before it starts or ends after the video. The order needs no check: see
 * dub_script_append().
 *
 * Returns: whether the script may be sent; if not, %DUB_ERROR_SCRIPT names the first bad segment, counted from 1
 */
gboolean
dub_script_check (DubScript  *self,
                  gint64      duration_ms,
                  GError    **error)
{
  guint length;

  g_return_val_if_fail (DUB_IS_SCRIPT (self), FALSE);

  length = dub_script_get_length (self);
  if (length == 0)
    {
      g_set_error_literal (error, DUB_ERROR, DUB_ERROR_SCRIPT,
                           _("The script has no segments. Choose a script with at least one."));
      return FALSE;
    }

  for (guint i = 0; i < length; i++)
    if (!check_segment (dub_script_get_segment (self, i), i + 1, duration_ms, error))
      return FALSE;

  return TRUE;
}
