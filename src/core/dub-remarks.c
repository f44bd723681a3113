/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-remarks.h"

#include <math.h>

/* Ten minutes, and more words than anybody says in them. */
#define MAX_MS 600000.0
#define MAX_DOUBTS 5000

G_DEFINE_BOXED_TYPE (DubRemarks, dub_remarks, dub_remarks_copy, dub_remarks_free)

/**
 * dub_remarks_new:
 *
 * Returns: (transfer full): remarks that say nothing
 */
DubRemarks *
dub_remarks_new (void)
{
  DubRemarks *self = g_new0 (DubRemarks, 1);

  self->confidence = -1;
  self->doubts = g_array_new (FALSE, FALSE, sizeof (DubTextRange));
  return self;
}

/**
 * dub_remarks_copy:
 * @self: remarks
 *
 * Returns: (transfer full): the same
 */
DubRemarks *
dub_remarks_copy (const DubRemarks *self)
{
  DubRemarks *copy = g_new0 (DubRemarks, 1);

  *copy = *self;
  copy->doubts = g_array_copy (self->doubts);
  return copy;
}

/**
 * dub_remarks_free:
 * @self: (nullable) (transfer full): remarks
 */
void
dub_remarks_free (DubRemarks *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->doubts);
  g_free (self);
}

/**
 * dub_remarks_add_doubt:
 * @self: remarks
 * @from: the first character of a word, not before the end of the doubt before it
 * @until: the character after the last one
 *
 * Says that the recogniser was not sure of these characters.
 */
void
dub_remarks_add_doubt (DubRemarks *self,
                       guint       from,
                       guint       until)
{
  DubTextRange range = { from, until };

  g_return_if_fail (from < until);
  g_array_append_val (self->doubts, range);
}

/**
 * dub_remarks_is_empty:
 * @self: (nullable): remarks
 *
 * Returns: whether they say nothing
 */
gboolean
dub_remarks_is_empty (const DubRemarks *self)
{
  return self == NULL
         || (self->confidence < 0 && self->doubts->len == 0 && self->natural_ms <= 0 && self->overrun_ms <= 0
             && self->unspoken == 0);
}

static gboolean
doubts_equal (const GArray *a,
              const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      const DubTextRange *one = &g_array_index (a, DubTextRange, i);
      const DubTextRange *other = &g_array_index (b, DubTextRange, i);

      if (one->from != other->from || one->until != other->until)
        return FALSE;
    }
  return TRUE;
}

/**
 * dub_remarks_equal:
 * @a: (nullable): remarks
 * @b: (nullable): remarks
 *
 * Returns: whether they say the same
 */
gboolean
dub_remarks_equal (const DubRemarks *a,
                   const DubRemarks *b)
{
  if (dub_remarks_is_empty (a) || dub_remarks_is_empty (b))
    return dub_remarks_is_empty (a) && dub_remarks_is_empty (b);
  return MAX (a->confidence, -1) == MAX (b->confidence, -1) && a->natural_ms == b->natural_ms
         && a->overrun_ms == b->overrun_ms && a->unspoken == b->unspoken && doubts_equal (a->doubts, b->doubts);
}

/**
 * dub_remarks_to_variant:
 * @self: remarks
 *
 * Returns: (transfer floating): the same, of type %DUB_REMARKS_VARIANT_TYPE
 */
GVariant *
dub_remarks_to_variant (const DubRemarks *self)
{
  GVariantBuilder doubts;

  g_variant_builder_init (&doubts, G_VARIANT_TYPE ("a(uu)"));
  for (guint i = 0; i < self->doubts->len; i++)
    {
      const DubTextRange *range = &g_array_index (self->doubts, DubTextRange, i);

      g_variant_builder_add (&doubts, "(uu)", range->from, range->until);
    }
  return g_variant_new (DUB_REMARKS_VARIANT_TYPE, self->confidence, &doubts, self->natural_ms, self->overrun_ms,
                        self->unspoken);
}

static gboolean
is_duration (double ms)
{
  return isfinite (ms) && ms >= 0 && ms <= MAX_MS;
}

static gboolean
take_doubts (DubRemarks   *self,
             GVariantIter *iter)
{
  guint from, until, last = 0;

  while (g_variant_iter_next (iter, "(uu)", &from, &until))
    {
      if (from >= until || from < last || self->doubts->len >= MAX_DOUBTS)
        return FALSE;
      dub_remarks_add_doubt (self, from, until);
      last = until;
    }
  return TRUE;
}

/**
 * dub_remarks_from_variant:
 * @variant: (nullable): what came
 *
 * Reads remarks. Everything is checked: @variant may be anything.
 *
 * Returns: (transfer full) (nullable): the remarks, or %NULL where @variant is none
 */
DubRemarks *
dub_remarks_from_variant (GVariant *variant)
{
  g_autoptr (DubRemarks) self = dub_remarks_new ();
  g_autoptr (GVariantIter) doubts = NULL;

  if (variant == NULL || !g_variant_is_of_type (variant, G_VARIANT_TYPE (DUB_REMARKS_VARIANT_TYPE))
      || !g_variant_is_normal_form (variant))
    return NULL;

  g_variant_get (variant, DUB_REMARKS_VARIANT_TYPE, &self->confidence, &doubts, &self->natural_ms, &self->overrun_ms,
                 &self->unspoken);
  if (!isfinite (self->confidence) || self->confidence > 1 || !is_duration (self->natural_ms)
      || !is_duration (self->overrun_ms) || !take_doubts (self, doubts))
    return NULL;
  return g_steal_pointer (&self);
}
