/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-segment.h"

struct _DubSegment
{
  GObject parent_instance;

  char *text;
  double start;
  double end;
  DubRemarks *remarks;
};

enum
{
  PROP_TEXT = 1,
  PROP_START,
  PROP_END,
  N_PROPS,
};

G_DEFINE_FINAL_TYPE (DubSegment, dub_segment, G_TYPE_OBJECT)

static void
dub_segment_finalize (GObject *object)
{
  DubSegment *self = DUB_SEGMENT (object);

  g_free (self->text);
  dub_remarks_free (self->remarks);
  G_OBJECT_CLASS (dub_segment_parent_class)->finalize (object);
}

static void
dub_segment_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  DubSegment *self = DUB_SEGMENT (object);

  switch (id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    case PROP_START:
      g_value_set_double (value, self->start);
      break;
    case PROP_END:
      g_value_set_double (value, self->end);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_segment_class_init (DubSegmentClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamSpec *props[N_PROPS] = { NULL, };

  object_class->finalize = dub_segment_finalize;
  object_class->get_property = dub_segment_get_property;

  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  props[PROP_START] = g_param_spec_double ("start", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  props[PROP_END] = g_param_spec_double ("end", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
dub_segment_init (DubSegment *self)
{
}

/**
 * dub_segment_new:
 * @text: (nullable): what is spoken
 * @start_ms: milliseconds from the start of the video
 * @end_ms: milliseconds from the start of the video
 *
 * Makes a segment, immutable from then on. Nothing is checked here: dub_script_check() knows the rules.
 *
 * Returns: (transfer full): a segment
 */
DubSegment *
dub_segment_new (const char *text,
                 double      start_ms,
                 double      end_ms)
{
  DubSegment *self = g_object_new (DUB_TYPE_SEGMENT, NULL);

  /* Not by construct properties: a time that is no number would not pass them, and times come from outside. */
  self->text = g_strdup (text != NULL ? text : "");
  self->start = start_ms;
  self->end = end_ms;
  return self;
}

/**
 * dub_segment_get_text:
 *
 * Returns: (transfer none): what is spoken; never %NULL
 */
const char *
dub_segment_get_text (DubSegment *self)
{
  g_return_val_if_fail (DUB_IS_SEGMENT (self), NULL);

  return self->text;
}

/**
 * dub_segment_get_start:
 *
 * Returns: milliseconds from the start of the video
 */
double
dub_segment_get_start (DubSegment *self)
{
  g_return_val_if_fail (DUB_IS_SEGMENT (self), 0);

  return self->start;
}

/**
 * dub_segment_get_end:
 *
 * Returns: milliseconds from the start of the video
 */
double
dub_segment_get_end (DubSegment *self)
{
  g_return_val_if_fail (DUB_IS_SEGMENT (self), 0);

  return self->end;
}

/**
 * dub_segment_get_remarks:
 * @self: a segment
 *
 * Returns: (transfer none) (nullable): what is said of it; %NULL: nothing
 */
const DubRemarks *
dub_segment_get_remarks (DubSegment *self)
{
  g_return_val_if_fail (DUB_IS_SEGMENT (self), NULL);

  return self->remarks;
}

/**
 * dub_segment_set_remarks:
 * @self: a segment that nobody else has yet
 * @remarks: (nullable) (transfer full): what is to be said of it
 *
 * Remarks that say nothing are as good as none.
 */
void
dub_segment_set_remarks (DubSegment *self,
                         DubRemarks *remarks)
{
  g_return_if_fail (DUB_IS_SEGMENT (self));

  g_clear_pointer (&self->remarks, dub_remarks_free);
  if (dub_remarks_is_empty (remarks))
    dub_remarks_free (remarks);
  else
    self->remarks = remarks;
}

/**
 * dub_segment_equal:
 *
 * Returns: whether text and both times are the same
 */
gboolean
dub_segment_equal (DubSegment *a,
                   DubSegment *b)
{
  g_return_val_if_fail (DUB_IS_SEGMENT (a), FALSE);
  g_return_val_if_fail (DUB_IS_SEGMENT (b), FALSE);

  return a->start == b->start && a->end == b->end && g_str_equal (a->text, b->text);
}
