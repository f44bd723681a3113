/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

/* Defines list_model_init() for an object that is, as a GListModel, the list in its field @list. */
#define DUB_DEFINE_LIST_MODEL(CAST, ITEM_TYPE, list)                              \
  static GType                                                                    \
  get_item_type (GListModel *model)                                               \
  {                                                                               \
    return ITEM_TYPE;                                                             \
  }                                                                               \
                                                                                  \
  static guint                                                                    \
  get_n_items (GListModel *model)                                                 \
  {                                                                               \
    return g_list_model_get_n_items (G_LIST_MODEL (CAST (model)->list));          \
  }                                                                               \
                                                                                  \
  static gpointer                                                                 \
  get_item (GListModel *model,                                                    \
            guint       position)                                                 \
  {                                                                               \
    return g_list_model_get_item (G_LIST_MODEL (CAST (model)->list), position);   \
  }                                                                               \
                                                                                  \
  static void                                                                     \
  list_model_init (GListModelInterface *iface)                                    \
  {                                                                               \
    iface->get_item_type = get_item_type;                                         \
    iface->get_n_items = get_n_items;                                             \
    iface->get_item = get_item;                                                   \
  }
