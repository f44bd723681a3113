/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-library-view.h"

#include <glib/gi18n-lib.h>

#include "dub-clock.h"
#include "dub-library-tile.h"
#include "dub-messages.h"

#define MARGIN_WIDE 24
#define MARGIN_NARROW 12
/* The tiles have it themselves, see style.css. */
#define TILE_MARGIN 9

/**
 * DubLibraryView:
 *
 * The dubbed videos of the current account as tiles.
 */
struct _DubLibraryView
{
  AdwBin parent_instance;

  /* template widgets */
  GtkStack *stack;
  AdwStatusPage *error;
  GtkWidget *head_clamp;
  GtkWidget *grid_clamp;
  GtkLabel *count;
  GtkDropDown *languages;
  GtkDropDown *order;
  GtkScrolledWindow *scroller;
  GtkGridView *grid;

  /* owned */
  DubLibrary *library;
  DubPictures *pictures;
  DubClock *clock;
  GListModel *items;
  GtkFilter *filter;
  GtkFilterListModel *filtered;
  GtkSorter *sorter;
  GCancellable *cancellable;
  char *search;
  gboolean narrow;
};

enum
{
  PROP_NARROW = 1,
  PROP_SEARCH,
  N_PROPS,
};

enum
{
  ORDER_NEWEST,
  ORDER_OLDEST,
  ORDER_TITLE,
};

static GParamSpec *properties[N_PROPS];
static guint opened_signal;

G_DEFINE_FINAL_TYPE (DubLibraryView, dub_library_view, ADW_TYPE_BIN)

/* The first entry of the list is "all". */
static const DubLanguage *
get_wanted_language (DubLibraryView *self)
{
  guint selected = gtk_drop_down_get_selected (self->languages);

  return selected == 0 || selected > DUB_N_LANGUAGES ? NULL : dub_language_get_all ()[selected - 1];
}

static gboolean
is_shown (gpointer object,
          gpointer user_data)
{
  DubLibraryView *self = user_data;
  DubLibraryItem *item = object;
  const DubLanguage *wanted = get_wanted_language (self), *language = dub_library_item_get_language (item);

  if (wanted != NULL && wanted != language)
    return FALSE;
  if (self->search == NULL || *self->search == '\0')
    return TRUE;
  return g_str_match_string (self->search, dub_library_item_get_title (item), TRUE) ||
         g_str_match_string (self->search, dub_library_item_get_name (item), TRUE) ||
         (language != NULL && (g_str_match_string (self->search, dub_language_get_name (language), TRUE) ||
                               g_str_match_string (self->search, dub_language_get_endonym (language), TRUE)));
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  DubLibraryView *self = user_data;
  DubLibraryItem *item_a = (DubLibraryItem *) a, *item_b = (DubLibraryItem *) b;
  gint64 created_a = dub_library_item_get_created (item_a), created_b = dub_library_item_get_created (item_b);
  int newest = (created_b > created_a) - (created_b < created_a), title;

  switch (gtk_drop_down_get_selected (self->order))
    {
    case ORDER_OLDEST:
      return -newest;
    case ORDER_TITLE:
      title = g_utf8_collate (dub_library_item_get_title (item_a), dub_library_item_get_title (item_b));
      return title != 0 ? title : newest;
    default:
      return newest;
    }
}

static void
show_count (DubLibraryView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  g_autofree char *text = g_strdup_printf (ngettext ("%u dubbed video", "%u dubbed videos", n), n);

  gtk_label_set_label (self->count, text);
}

/**
 * dub_library_view_set_condition:
 *
 * Chooses what is shown: the videos if there are any, or why there are none.
 */
void
dub_library_view_set_condition (DubLibraryView            *self,
                                const DubLibraryCondition *condition)
{
  guint n = self->items != NULL ? g_list_model_get_n_items (self->items) : 0;
  g_autofree char *escaped = NULL;

  g_return_if_fail (DUB_IS_LIBRARY_VIEW (self));

  if (n > 0)
    {
      gboolean found = g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) > 0;

      show_count (self);
      gtk_stack_set_visible_child_name (self->stack, found ? "grid" : "nothing");
    }
  else if (condition->error != NULL)
    {
      escaped = g_markup_escape_text (condition->error, -1);
      adw_status_page_set_description (self->error, escaped);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  else
    gtk_stack_set_visible_child_name (self->stack, condition->loaded && !condition->loading ? "empty" : "loading");
}

static void
update (DubLibraryView *self)
{
  DubLibraryCondition condition = { .loaded = TRUE };

  if (self->library != NULL)
    {
      condition.loading = dub_library_get_loading (self->library);
      condition.loaded = dub_library_get_loaded (self->library);
      condition.error = dub_library_get_error (self->library);
    }
  dub_library_view_set_condition (self, &condition);
}

static void
refilter (DubLibraryView *self)
{
  if (self->filter == NULL)
    return;

  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

static void
on_language_chosen (DubLibraryView *self)
{
  refilter (self);
}

static void
on_order_chosen (DubLibraryView *self)
{
  if (self->sorter != NULL)
    gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

static void
on_activate (DubLibraryView *self,
             guint           position)
{
  g_autoptr (DubLibraryItem) item = g_list_model_get_item (G_LIST_MODEL (gtk_grid_view_get_model (self->grid)), position);

  g_signal_emit (self, opened_signal, 0, item);
}

static void
set_up_tile (DubLibraryView *self,
             GtkListItem    *item)
{
  GtkWidget *tile = dub_library_tile_new (self->pictures);

  g_object_bind_property (self->clock, "now", tile, "now", G_BINDING_SYNC_CREATE);
  g_object_bind_property (tile, "summary", item, "accessible-label", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, tile);
}

static void
bind_tile (DubLibraryView *self,
           GtkListItem    *item)
{
  dub_library_tile_set_item (DUB_LIBRARY_TILE (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_tile (DubLibraryView *self,
             GtkListItem    *item)
{
  dub_library_tile_set_item (DUB_LIBRARY_TILE (gtk_list_item_get_child (item)), NULL);
}

/**
 * dub_library_view_set_items:
 * @items: a list of [class@DubLibraryItem]
 *
 * Shows these videos.
 */
void
dub_library_view_set_items (DubLibraryView *self,
                            GListModel     *items,
                            DubPictures    *pictures)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSelectionModel) selection = NULL;
  GtkSortListModel *sorted;

  g_return_if_fail (DUB_IS_LIBRARY_VIEW (self));
  g_return_if_fail (self->items == NULL);

  g_set_object (&self->items, items);
  g_set_object (&self->pictures, pictures);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL));
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare, self, NULL));
  self->filtered = gtk_filter_list_model_new (g_object_ref (items), g_object_ref (self->filter));
  sorted = gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)), g_object_ref (self->sorter));
  selection = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (sorted)));

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (set_up_tile), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_tile), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_tile), self);
  gtk_grid_view_set_factory (self->grid, factory);
  gtk_grid_view_set_model (self->grid, selection);
  g_signal_connect_object (self->filtered, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * dub_library_view_set_library:
 *
 * Shows the library of the current account.
 */
void
dub_library_view_set_library (DubLibraryView *self,
                              DubLibrary     *library,
                              DubPictures    *pictures)
{
  g_return_if_fail (DUB_IS_LIBRARY_VIEW (self));

  g_set_object (&self->library, library);
  g_signal_connect_object (library, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  dub_library_view_set_items (self, G_LIST_MODEL (library), pictures);
}

static void
on_refreshed (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DubLibraryView) self = user_data;
  g_autoptr (GError) error = NULL;

  /* With an empty library the page itself says what is wrong. */
  if (!dub_library_refresh_finish (DUB_LIBRARY (source), result, &error) && g_list_model_get_n_items (self->items) > 0)
    dub_messages_error (GTK_WIDGET (self), _("Library Not Read"), error);
}

static void
refresh (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  DubLibraryView *self = DUB_LIBRARY_VIEW (widget);

  if (self->library != NULL)
    dub_library_refresh_async (self->library, self->cancellable, on_refreshed, g_object_ref (self));
}

static void
show_all (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  gtk_drop_down_set_selected (DUB_LIBRARY_VIEW (widget)->languages, 0);
  gtk_widget_activate_action (widget, "home.stop-search", NULL);
}

static void
fill_languages (DubLibraryView *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("All languages"));
  for (guint i = 0; i < DUB_N_LANGUAGES; i++)
    gtk_string_list_append (names, dub_language_get_name (dub_language_get_all ()[i]));
  gtk_drop_down_set_model (self->languages, G_LIST_MODEL (names));
}

static void
set_narrow (DubLibraryView *self,
            gboolean        narrow)
{
  int margin = narrow ? MARGIN_NARROW : MARGIN_WIDE;

  self->narrow = narrow;
  g_object_set (self->head_clamp, "margin-start", margin, "margin-end", margin, NULL);
  g_object_set (self->grid_clamp, "margin-start", margin - TILE_MARGIN, "margin-end", margin - TILE_MARGIN, NULL);
}

static void
dub_library_view_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DubLibraryView *self = DUB_LIBRARY_VIEW (object);

  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
dub_library_view_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DubLibraryView *self = DUB_LIBRARY_VIEW (object);

  switch (id)
    {
    case PROP_NARROW:
      set_narrow (self, g_value_get_boolean (value));
      break;
    case PROP_SEARCH:
      if (g_set_str (&self->search, g_value_get_string (value)))
        refilter (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* The button of a GtkDropDown is as wide as its words, whatever room there is. */
static void
shorten_labels (GtkWidget *widget)
{
  if (GTK_IS_POPOVER (widget))
    return;
  if (GTK_IS_LABEL (widget))
    gtk_label_set_ellipsize (GTK_LABEL (widget), PANGO_ELLIPSIZE_END);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    shorten_labels (child);
}

static void
dub_library_view_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dub_library_view_parent_class)->root (widget);
  shorten_labels (GTK_WIDGET (DUB_LIBRARY_VIEW (widget)->languages));
  shorten_labels (GTK_WIDGET (DUB_LIBRARY_VIEW (widget)->order));
}

static void
dub_library_view_dispose (GObject *object)
{
  DubLibraryView *self = DUB_LIBRARY_VIEW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->clock);
  if (self->grid != NULL)
    gtk_grid_view_set_model (self->grid, NULL);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_object (&self->sorter);
  g_clear_object (&self->items);
  g_clear_object (&self->library);
  g_clear_object (&self->pictures);
  g_clear_pointer (&self->search, g_free);
  G_OBJECT_CLASS (dub_library_view_parent_class)->dispose (object);
}

static void
dub_library_view_class_init (DubLibraryViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dub_library_view_dispose;
  object_class->get_property = dub_library_view_get_property;
  object_class->set_property = dub_library_view_set_property;
  widget_class->root = dub_library_view_root;

  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  opened_signal = g_signal_new ("opened", DUB_TYPE_LIBRARY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, DUB_TYPE_LIBRARY_ITEM);

  gtk_widget_class_install_action (widget_class, "library.refresh", NULL, refresh);
  gtk_widget_class_install_action (widget_class, "library.show-all", NULL, show_all);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "library.refresh", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "library.refresh", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/dubroom/Dubroom/ui/dub-library-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DubLibraryView, stack);
  gtk_widget_class_bind_template_child (widget_class, DubLibraryView, error);
  gtk_widget_class_bind_template_child (widget_class, DubLibraryView, head_clamp);
  gtk_widget_class_bind_template_child (widget_class, DubLibraryView, grid_clamp);
  gtk_widget_class_bind_template_child (widget_class, DubLibraryView, count);
  gtk_widget_class_bind_template_child (widget_class, DubLibraryView, languages);
  gtk_widget_class_bind_template_child (widget_class, DubLibraryView, order);
  gtk_widget_class_bind_template_child (widget_class, DubLibraryView, scroller);
  gtk_widget_class_bind_template_child (widget_class, DubLibraryView, grid);
  gtk_widget_class_bind_template_callback (widget_class, on_language_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_order_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
dub_library_view_init (DubLibraryView *self)
{
  self->cancellable = g_cancellable_new ();
  self->clock = dub_clock_new (GTK_WIDGET (self));
  gtk_widget_init_template (GTK_WIDGET (self));
  set_narrow (self, FALSE);
  fill_languages (self);
}
