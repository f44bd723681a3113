/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-segment-row.h"

#include <glib/gi18n-lib.h>

#include "dub-format.h"

/**
 * DubSegmentRow:
 *
 * A row of the script; only labels, so that thousands of them stay light.
 */
struct _DubSegmentRow
{
  GtkWidget parent_instance;

  /* template widgets */
  GtkBox *outer;
  GtkBox *head;
  GtkLabel *number;
  GtkBox *times;
  GtkLabel *start;
  GtkLabel *dash;
  GtkLabel *end;
  GtkBox *texts;
  GtkLabel *original;
  GtkWidget *dub;
  GtkLabel *translation;
  GtkWidget *note;
  GtkImage *note_icon;
  GtkLabel *note_text;

  /* owned */
  DubSegmentPair *pair;
  gulong watch;
};

G_DEFINE_FINAL_TYPE (DubSegmentRow, dub_segment_row, GTK_TYPE_WIDGET)

static void
show_current (DubSegmentRow *self)
{
  if (self->pair != NULL && dub_segment_pair_get_current (self->pair))
    gtk_widget_set_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_CHECKED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self), GTK_STATE_FLAG_CHECKED);
}

static void
set_time (GtkLabel *label,
          double    ms)
{
  g_autofree char *text = dub_format_position (ms);

  gtk_label_set_label (label, text);
}

/* Aligned as its own language is written, whatever the window's language. */
static void
set_text (DubSegmentRow *self,
          GtkLabel      *label,
          const char    *text)
{
  gboolean window_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean rtl;

  gtk_label_set_label (label, text);
  rtl = pango_layout_get_direction (gtk_label_get_layout (label), 0) == PANGO_DIRECTION_RTL;
  gtk_label_set_xalign (label, rtl == window_rtl ? 0 : 1);
}

/* Below that nobody hears it. */
#define LEAST_OVERRUN_MS 50

/* How the dub misses its time: NULL where it does not. (transfer full) */
static char *
dup_note (const DubRemarks *remarks)
{
  if (remarks == NULL)
    return NULL;
  if (remarks->unspoken > 0)
    return g_strdup_printf (ngettext ("The last %u character was cut off: shorten the text",
                                      "The last %u characters were cut off: shorten the text", remarks->unspoken),
                            remarks->unspoken);
  if (remarks->overrun_ms >= LEAST_OVERRUN_MS)
    /* Translators: seconds */
    return g_strdup_printf (_("Runs %.1f s into the pause"), remarks->overrun_ms / 1000);
  return NULL;
}

/* (transfer full) or NULL */
static char *
dup_doubts (DubSegmentPair *pair)
{
  guint n = dub_segment_pair_get_doubts (pair)->len;

  if (n == 0)
    return NULL;
  return g_strdup_printf (ngettext ("%u word may be wrong", "%u words may be wrong", n), n);
}

static void
show_note (DubSegmentRow    *self,
           const DubRemarks *remarks)
{
  g_autofree char *note = dup_note (remarks);
  gboolean cut_off = remarks != NULL && remarks->unspoken > 0;

  gtk_widget_set_visible (self->note, note != NULL);
  if (note == NULL)
    return;
  gtk_label_set_label (self->note_text, note);
  gtk_image_set_from_icon_name (self->note_icon, cut_off ? "dialog-warning-symbolic" : "preferences-system-time-symbolic");
  if (cut_off)
    gtk_widget_add_css_class (self->note, "warning");
  else
    gtk_widget_remove_css_class (self->note, "warning");
}

/* Underlined as a spelling checker does it. */
static void
show_doubts (DubSegmentRow  *self,
             DubSegmentPair *pair)
{
  GArray *doubts = dub_segment_pair_get_doubts (pair);
  const char *text = gtk_label_get_label (self->original);
  g_autoptr (PangoAttrList) attributes = doubts->len > 0 ? pango_attr_list_new () : NULL;
  g_autofree char *tooltip = dup_doubts (pair);

  for (guint i = 0; i < doubts->len; i++)
    {
      const DubTextRange *range = &g_array_index (doubts, DubTextRange, i);
      PangoAttribute *underline = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);

      underline->start_index = (guint) (g_utf8_offset_to_pointer (text, range->from) - text);
      underline->end_index = (guint) (g_utf8_offset_to_pointer (text, range->until) - text);
      pango_attr_list_insert (attributes, underline);
    }
  gtk_label_set_attributes (self->original, attributes);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->original), tooltip);
}

/**
 * dub_segment_row_set_pair:
 * @pair: (nullable): the segment to be shown; %NULL until the row is used again
 */
void
dub_segment_row_set_pair (DubSegmentRow  *self,
                          DubSegmentPair *pair)
{
  g_autofree char *number = NULL;
  const char *original;

  g_return_if_fail (DUB_IS_SEGMENT_ROW (self));

  if (self->pair != NULL)
    g_clear_signal_handler (&self->watch, self->pair);
  g_set_object (&self->pair, pair);
  show_current (self);
  if (pair == NULL)
    return;

  self->watch = g_signal_connect_object (pair, "notify::current", G_CALLBACK (show_current), self, G_CONNECT_SWAPPED);
  number = g_strdup_printf ("%u", dub_segment_pair_get_number (pair));
  gtk_label_set_label (self->number, number);
  set_time (self->start, dub_segment_pair_get_start (pair));
  set_time (self->end, dub_segment_pair_get_end (pair));
  original = dub_segment_pair_get_original (pair);
  set_text (self, self->original, original != NULL ? original : "");
  set_text (self, self->translation, dub_segment_pair_get_translation (pair));
  show_doubts (self, pair);
  show_note (self, dub_segment_pair_get_remarks (pair));
}

/**
 * dub_segment_row_set_narrow:
 * @narrow: whether the row is a card
 *
 * In a card the translation is what is worked on, so it stands above the original.
 */
void
dub_segment_row_set_narrow (DubSegmentRow *self,
                            gboolean       narrow)
{
  GtkOrientation along = narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  g_return_if_fail (DUB_IS_SEGMENT_ROW (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->outer), along);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->texts), along);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->times), narrow ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (self->outer, narrow ? 4 : 12);
  gtk_box_set_spacing (self->texts, narrow ? 4 : 24);
  gtk_box_set_spacing (self->times, narrow ? 4 : 0);
  gtk_label_set_xalign (self->number, narrow ? 0 : 1);
  gtk_box_set_homogeneous (self->texts, !narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->dash), narrow);
  gtk_box_reorder_child_after (self->texts, GTK_WIDGET (self->original), narrow ? self->dub : NULL);
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "card");
}

/**
 * dub_segment_row_set_columns:
 * @with_original: whether there is a column for originals
 * @language: (nullable): that of the translation, for the shapes of its letters
 */
void
dub_segment_row_set_columns (DubSegmentRow     *self,
                             gboolean           with_original,
                             const DubLanguage *language)
{
  g_autoptr (PangoAttrList) attributes = NULL;

  g_return_if_fail (DUB_IS_SEGMENT_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->original), with_original);
  if (language == NULL)
    return;
  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_language_new (pango_language_from_string (dub_language_get_code (language))));
  gtk_label_set_attributes (self->translation, attributes);
}

/**
 * dub_segment_row_join:
 * @numbers: the widths of all numbers
 * @times: the widths of all times
 *
 * Makes the columns of this row as wide as those of the others and of the heads.
 */
void
dub_segment_row_join (DubSegmentRow *self,
                      GtkSizeGroup  *numbers,
                      GtkSizeGroup  *times)
{
  g_return_if_fail (DUB_IS_SEGMENT_ROW (self));

  gtk_size_group_add_widget (numbers, GTK_WIDGET (self->number));
  gtk_size_group_add_widget (times, GTK_WIDGET (self->times));
}

static char *
describe_texts (DubSegmentPair *pair)
{
  g_autofree char *start = dub_format_position (dub_segment_pair_get_start (pair));
  g_autofree char *end = dub_format_position (dub_segment_pair_get_end (pair));

  if (dub_segment_pair_get_original (pair) == NULL)
    /* Translators: read out by screen readers: a segment's number, start, end and text. */
    return g_strdup_printf (_("Segment %u, %s to %s: %s"), dub_segment_pair_get_number (pair), start, end,
                            dub_segment_pair_get_translation (pair));
  /* Translators: read out by screen readers: a segment's number, start, end, translation and original text. */
  return g_strdup_printf (_("Segment %u, %s to %s: %s Original: %s"), dub_segment_pair_get_number (pair), start, end,
                          dub_segment_pair_get_translation (pair), dub_segment_pair_get_original (pair));
}

/**
 * dub_segment_row_describe:
 * @pair: a segment
 *
 * Returns: (transfer full): what is read out: times, texts, and what is to be said of them
 */
char *
dub_segment_row_describe (DubSegmentPair *pair)
{
  g_autofree char *texts = describe_texts (pair), *doubts = dup_doubts (pair), *note = dup_note (dub_segment_pair_get_remarks (pair));

  if (doubts != NULL && note != NULL)
    /* Translators: read out by screen readers: a segment, and two remarks on it. */
    return g_strdup_printf (_("%s (%s; %s)"), texts, doubts, note);
  if (doubts != NULL || note != NULL)
    /* Translators: read out by screen readers: a segment, and a remark on it. */
    return g_strdup_printf (_("%s (%s)"), texts, doubts != NULL ? doubts : note);
  return g_steal_pointer (&texts);
}

static void
dub_segment_row_dispose (GObject *object)
{
  dub_segment_row_set_pair (DUB_SEGMENT_ROW (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), DUB_TYPE_SEGMENT_ROW);
  G_OBJECT_CLASS (dub_segment_row_parent_class)->dispose (object);
}

static void
dub_segment_row_class_init (DubSegmentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dub_segment_row_dispose;
  gtk_widget_class_set_css_name (widget_class, "segmentrow");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-segment-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DubSegmentRow, outer);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentRow, head);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentRow, number);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentRow, times);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentRow, start);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentRow, dash);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentRow, end);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentRow, texts);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentRow, original);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentRow, dub);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentRow, translation);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentRow, note);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentRow, note_icon);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentRow, note_text);
}

static void
dub_segment_row_init (DubSegmentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Times run left to right in every language. */
  gtk_widget_set_direction (GTK_WIDGET (self->times), GTK_TEXT_DIR_LTR);
}

/**
 * dub_segment_row_new:
 *
 * Returns: (transfer floating): a row without a segment
 */
GtkWidget *
dub_segment_row_new (void)
{
  return g_object_new (DUB_TYPE_SEGMENT_ROW, NULL);
}
