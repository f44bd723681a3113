/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DubTextRange:
 * @from: the first character (not byte) of a text
 * @until: the character after the last one
 */
typedef struct
{
  guint from;
  guint until;
} DubTextRange;

/**
 * DubRemarks:
 * @confidence: how sure the recogniser was of the text, 0 to 1; negative where nothing is known
 * @doubts: (element-type DubTextRange): the words that it was not sure of, in order
 * @natural_ms: how long the text takes at the voice's natural rate; 0 where nothing is known
 * @overrun_ms: for how long it is spoken beyond the end that was asked for; 0 where it fits
 * @unspoken: how many characters at the end of the text are not spoken, because there was no time; 0 where all is
 *
 * What whoever made a segment has to say of it, for the person who reviews it.
 */
typedef struct
{
  double  confidence;
  GArray *doubts;
  double  natural_ms;
  double  overrun_ms;
  guint   unspoken;
} DubRemarks;

#define DUB_TYPE_REMARKS (dub_remarks_get_type ())
GType       dub_remarks_get_type     (void);
/* With nothing to say. */
DubRemarks *dub_remarks_new          (void);
DubRemarks *dub_remarks_copy         (const DubRemarks *self);
void        dub_remarks_free         (DubRemarks       *self);
void        dub_remarks_add_doubt    (DubRemarks       *self,
                                      guint             from,
                                      guint             until);
/* Whether there is nothing to say. */
gboolean    dub_remarks_is_empty     (const DubRemarks *self);
gboolean    dub_remarks_equal        (const DubRemarks *a,
                                      const DubRemarks *b);

/* As it goes through a pipe or into a database; what is read may be anything. */
#define DUB_REMARKS_VARIANT_TYPE "(da(uu)ddu)"
GVariant   *dub_remarks_to_variant   (const DubRemarks *self);
DubRemarks *dub_remarks_from_variant (GVariant         *variant);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubRemarks, dub_remarks_free)

G_END_DECLS
