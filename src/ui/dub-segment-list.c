/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-segment-list.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "dub-segment-pair.h"
#include "dub-segment-row.h"

#define NONE G_MAXUINT
/* The player knows whole milliseconds, the service fractions of them. */
#define WHOLE_MS 1.0

/**
 * DubSegmentList:
 *
 * The segments of a dub, in order; the one under the playhead is lit.
 */
struct _DubSegmentList
{
  AdwBin parent_instance;

  /* template widgets */
  GtkStack *stack;
  GtkBox *heads;
  GtkLabel *original_head;
  GtkLabel *translation_head;
  GtkListView *view;
  GtkNoSelection *selection;
  GtkSizeGroup *numbers;
  GtkSizeGroup *times;

  /* owned */
  GListStore *pairs;

  const DubLanguage *language;
  guint current;
  gboolean with_original;
  gboolean narrow;
};

enum
{
  PROP_NARROW = 1,
  N_PROPS,
};

enum
{
  CHOSEN,
  FIT, /* private: the rows shall look as the list is now */
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DubSegmentList, dub_segment_list, ADW_TYPE_BIN)

static DubSegmentPair *
get_pair (DubSegmentList *self,
          guint           index)
{
  g_autoptr (DubSegmentPair) pair = g_list_model_get_item (G_LIST_MODEL (self->pairs), index);

  return pair; /* the store keeps it */
}

static void
fit_row (DubSegmentList *self,
         DubSegmentRow  *row)
{
  dub_segment_row_set_narrow (row, self->narrow);
  dub_segment_row_set_columns (row, self->with_original, self->language);
}

static void
on_setup (DubSegmentList *self,
          GtkListItem    *item)
{
  GtkWidget *row = dub_segment_row_new ();

  gtk_list_item_set_child (item, row);
  dub_segment_row_join (DUB_SEGMENT_ROW (row), self->numbers, self->times);
  g_signal_connect_object (self, "fit", G_CALLBACK (fit_row), row, G_CONNECT_DEFAULT);
  fit_row (self, DUB_SEGMENT_ROW (row));
}

static void
on_bind (DubSegmentList *self,
         GtkListItem    *item)
{
  DubSegmentPair *pair = gtk_list_item_get_item (item);
  g_autofree char *description = dub_segment_row_describe (pair);

  dub_segment_row_set_pair (DUB_SEGMENT_ROW (gtk_list_item_get_child (item)), pair);
  gtk_list_item_set_accessible_label (item, description);
}

static void
on_unbind (DubSegmentList *self,
           GtkListItem    *item)
{
  dub_segment_row_set_pair (DUB_SEGMENT_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
on_activate (DubSegmentList *self,
             guint           index)
{
  DubSegmentPair *pair = get_pair (self, index);

  if (pair != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, dub_segment_pair_get_start (pair));
}

static void
fit (DubSegmentList *self)
{
  GtkSizeGroupMode mode = self->narrow ? GTK_SIZE_GROUP_NONE : GTK_SIZE_GROUP_HORIZONTAL;

  g_signal_emit (self, signals[FIT], 0);
  gtk_size_group_set_mode (self->numbers, mode);
  gtk_size_group_set_mode (self->times, mode);
  gtk_widget_set_visible (GTK_WIDGET (self->heads), !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->original_head), self->with_original);
  if (self->narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self->view), "cards");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->view), "cards");
}

static gboolean
find_original (GListStore *pairs)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (pairs)); i++)
    {
      g_autoptr (DubSegmentPair) pair = g_list_model_get_item (G_LIST_MODEL (pairs), i);

      if (dub_segment_pair_get_original (pair) != NULL)
        return TRUE;
    }
  return FALSE;
}

/**
 * dub_segment_list_set_scripts:
 * @original: (nullable): what is said in the original
 * @translated: (nullable): what is said in the dub
 * @language: (nullable): the language of the dub
 */
void
dub_segment_list_set_scripts (DubSegmentList    *self,
                              DubScript         *original,
                              DubScript         *translated,
                              const DubLanguage *language)
{
  g_return_if_fail (DUB_IS_SEGMENT_LIST (self));

  self->current = NONE;
  self->language = language;
  gtk_no_selection_set_model (self->selection, NULL);
  g_clear_object (&self->pairs);
  self->pairs = dub_segment_pairs_new (original, translated);
  self->with_original = find_original (self->pairs);
  gtk_label_set_label (self->translation_head, language != NULL ? dub_language_get_name (language) : _("Dub"));
  fit (self);
  gtk_no_selection_set_model (self->selection, G_LIST_MODEL (self->pairs));
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (G_LIST_MODEL (self->pairs)) > 0 ? "segments" : "empty");
}

/* The last segment that has begun. */
static guint
find_begun (DubSegmentList *self,
            gint64          position_ms)
{
  guint low = 0, high = self->pairs != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->pairs)) : 0;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (dub_segment_pair_get_start (get_pair (self, middle)) <= (double) position_ms + WHOLE_MS)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? low - 1 : NONE;
}

/**
 * dub_segment_list_set_position:
 * @position_ms: in milliseconds from the start of the video, or -1
 */
void
dub_segment_list_set_position (DubSegmentList *self,
                               gint64          position_ms)
{
  guint index;

  g_return_if_fail (DUB_IS_SEGMENT_LIST (self));

  index = position_ms >= 0 ? find_begun (self, position_ms) : NONE;
  if (index == self->current)
    return;
  if (self->current != NONE)
    dub_segment_pair_set_current (get_pair (self, self->current), FALSE);
  self->current = index;
  if (index == NONE)
    return;
  dub_segment_pair_set_current (get_pair (self, index), TRUE);
  gtk_list_view_scroll_to (self->view, index, GTK_LIST_SCROLL_NONE, NULL);
}

/**
 * dub_segment_list_find_start:
 * @position_ms: in milliseconds from the start of the video
 * @forward: whether the next segment is looked for, or else the one before
 * @start_ms: (out): where it starts, in milliseconds; left alone where there is none
 *
 * Returns: whether there is such a segment
 */
gboolean
dub_segment_list_find_start (DubSegmentList *self,
                             gint64          position_ms,
                             gboolean        forward,
                             gint64         *start_ms)
{
  guint n, begun, index;

  g_return_val_if_fail (DUB_IS_SEGMENT_LIST (self), FALSE);

  n = self->pairs != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->pairs)) : 0;
  begun = find_begun (self, position_ms);
  if (forward)
    index = begun == NONE ? 0 : begun + 1;
  /* A little into a segment, back means its own start, as on any player. */
  else if (begun != NONE && (double) position_ms - dub_segment_pair_get_start (get_pair (self, begun)) > 800)
    index = begun;
  else
    index = begun == NONE || begun == 0 ? NONE : begun - 1;
  if (index >= n)
    return FALSE;
  *start_ms = (gint64) ceil (dub_segment_pair_get_start (get_pair (self, index)));
  return TRUE;
}

static void
dub_segment_list_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, DUB_SEGMENT_LIST (object)->narrow);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dub_segment_list_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DubSegmentList *self = DUB_SEGMENT_LIST (object);

  if (id != PROP_NARROW)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->narrow = g_value_get_boolean (value);
  fit (self);
}

static void
dub_segment_list_dispose (GObject *object)
{
  DubSegmentList *self = DUB_SEGMENT_LIST (object);

  /* AdwBin would let go of it a second time. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), DUB_TYPE_SEGMENT_LIST);
  g_clear_object (&self->pairs);
  G_OBJECT_CLASS (dub_segment_list_parent_class)->dispose (object);
}

static void
dub_segment_list_class_init (DubSegmentListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dub_segment_list_dispose;
  object_class->get_property = dub_segment_list_get_property;
  object_class->set_property = dub_segment_list_set_property;

  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHOSEN] = g_signal_new ("chosen", DUB_TYPE_SEGMENT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[FIT] = g_signal_new ("fit", DUB_TYPE_SEGMENT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-segment-list.ui");
  gtk_widget_class_bind_template_child (widget_class, DubSegmentList, stack);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentList, heads);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentList, original_head);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentList, translation_head);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentList, view);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentList, selection);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentList, numbers);
  gtk_widget_class_bind_template_child (widget_class, DubSegmentList, times);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
dub_segment_list_init (DubSegmentList *self)
{
  self->current = NONE;
  gtk_widget_init_template (GTK_WIDGET (self));
}
