/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-segment-pair.h"

/**
 * DubSegmentPair:
 *
 * One row of the script as the window shows it.
 */
struct _DubSegmentPair
{
  GObject parent_instance;

  DubSegment *segment;
  char *original;
  GArray *doubts; /* of DubTextRange, in @original */
  guint number;
  gboolean current;
};

enum
{
  PROP_CURRENT = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DubSegmentPair, dub_segment_pair, G_TYPE_OBJECT)

/**
 * dub_segment_pair_get_number:
 *
 * Returns: its place in the script, from 1
 */
guint
dub_segment_pair_get_number (DubSegmentPair *self)
{
  return self->number;
}

/**
 * dub_segment_pair_get_start:
 *
 * Returns: where it starts, in milliseconds from the start of the video
 */
double
dub_segment_pair_get_start (DubSegmentPair *self)
{
  return dub_segment_get_start (self->segment);
}

/**
 * dub_segment_pair_get_end:
 *
 * Returns: where it ends, in milliseconds from the start of the video
 */
double
dub_segment_pair_get_end (DubSegmentPair *self)
{
  return dub_segment_get_end (self->segment);
}

/**
 * dub_segment_pair_get_original:
 *
 * Returns: (nullable): what is said there in the original; %NULL where nothing is known
 */
const char *
dub_segment_pair_get_original (DubSegmentPair *self)
{
  return self->original;
}

/**
 * dub_segment_pair_get_translation:
 *
 * Returns: what is said there in the dub
 */
const char *
dub_segment_pair_get_translation (DubSegmentPair *self)
{
  return dub_segment_get_text (self->segment);
}

/**
 * dub_segment_pair_get_doubts:
 *
 * Returns: (transfer none) (element-type DubTextRange): the words of the original that may be wrong; none is outside of it
 */
GArray *
dub_segment_pair_get_doubts (DubSegmentPair *self)
{
  return self->doubts;
}

/**
 * dub_segment_pair_get_remarks:
 *
 * Returns: (transfer none) (nullable): what whoever made the dub has to say of it
 */
const DubRemarks *
dub_segment_pair_get_remarks (DubSegmentPair *self)
{
  return dub_segment_get_remarks (self->segment);
}

/**
 * dub_segment_pair_get_current:
 *
 * Returns: whether the playhead is in it
 */
gboolean
dub_segment_pair_get_current (DubSegmentPair *self)
{
  return self->current;
}

/**
 * dub_segment_pair_set_current:
 * @current: whether the playhead is in it
 */
void
dub_segment_pair_set_current (DubSegmentPair *self,
                              gboolean        current)
{
  if (self->current == current)
    return;
  self->current = current;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
}

static double
shared_time (DubSegment *a,
             DubSegment *b)
{
  return MIN (dub_segment_get_end (a), dub_segment_get_end (b)) - MAX (dub_segment_get_start (a), dub_segment_get_start (b));
}

/* The segment of @script with which @segment shares the most time; the nearest where it shares none. */
static guint
find_partner (DubScript  *script,
              DubSegment *segment)
{
  double best = -G_MAXDOUBLE;
  guint found = 0;

  for (guint i = 0; i < dub_script_get_length (script); i++)
    {
      double shared = shared_time (dub_script_get_segment (script, i), segment);

      if (shared > best)
        {
          best = shared;
          found = i;
        }
    }
  return found;
}

static void
add_doubts (DubSegmentPair   *self,
            const DubRemarks *remarks,
            guint             offset,
            guint             length)
{
  for (guint i = 0; remarks != NULL && i < remarks->doubts->len; i++)
    {
      DubTextRange range = g_array_index (remarks->doubts, DubTextRange, i);

      /* It came from outside. */
      range.until = MIN (range.until, length);
      if (range.from >= range.until)
        continue;
      range.from += offset;
      range.until += offset;
      g_array_append_val (self->doubts, range);
    }
}

static void
add_original (DubSegmentPair *self,
              DubSegment     *segment)
{
  g_autofree char *before = g_steal_pointer (&self->original);
  const char *text = dub_segment_get_text (segment);
  guint offset = before != NULL ? (guint) g_utf8_strlen (before, -1) + 1 : 0;

  self->original = before != NULL ? g_strconcat (before, " ", text, NULL) : g_strdup (text);
  add_doubts (self, dub_segment_get_remarks (segment), offset, (guint) g_utf8_strlen (text, -1));
}

static void
add_originals (GListStore *pairs,
               DubScript  *original,
               DubScript  *translated)
{
  guint n = dub_script_get_length (original);
  gboolean same_length = n == dub_script_get_length (translated);

  for (guint i = 0; i < n; i++)
    {
      DubSegment *segment = dub_script_get_segment (original, i);
      guint partner = same_length ? i : find_partner (translated, segment);
      g_autoptr (DubSegmentPair) pair = g_list_model_get_item (G_LIST_MODEL (pairs), partner);

      add_original (pair, segment);
    }
}

/**
 * dub_segment_pairs_new:
 * @original: (nullable): what is said in the original
 * @translated: (nullable): what is said in the dub
 *
 * Returns: (transfer full): the segments of @translated, or of @original where @translated is %NULL or empty
 */
GListStore *
dub_segment_pairs_new (DubScript *original,
                       DubScript *translated)
{
  GListStore *pairs = g_list_store_new (DUB_TYPE_SEGMENT_PAIR);
  gboolean has_translated = translated != NULL && dub_script_get_length (translated) > 0;
  DubScript *script = has_translated ? translated : original;

  for (guint i = 0; script != NULL && i < dub_script_get_length (script); i++)
    {
      g_autoptr (DubSegmentPair) pair = g_object_new (DUB_TYPE_SEGMENT_PAIR, NULL);

      pair->segment = g_object_ref (dub_script_get_segment (script, i));
      pair->number = i + 1;
      g_list_store_append (pairs, pair);
    }
  /* The service gives the own script of a task as the original too (service documentation, section 3). */
  if (has_translated && original != NULL && !dub_script_equal (original, translated))
    add_originals (pairs, original, translated);
  return pairs;
}

static void
dub_segment_pair_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (id == PROP_CURRENT)
    g_value_set_boolean (value, DUB_SEGMENT_PAIR (object)->current);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dub_segment_pair_finalize (GObject *object)
{
  DubSegmentPair *self = DUB_SEGMENT_PAIR (object);

  g_clear_object (&self->segment);
  g_free (self->original);
  g_array_unref (self->doubts);
  G_OBJECT_CLASS (dub_segment_pair_parent_class)->finalize (object);
}

static void
dub_segment_pair_class_init (DubSegmentPairClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dub_segment_pair_get_property;
  object_class->finalize = dub_segment_pair_finalize;
  properties[PROP_CURRENT] = g_param_spec_boolean ("current", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dub_segment_pair_init (DubSegmentPair *self)
{
  self->doubts = g_array_new (FALSE, FALSE, sizeof (DubTextRange));
}
