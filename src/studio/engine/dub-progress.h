/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far a job is: stages one after the other, each with its share of the whole, never going back. */
typedef struct _DubProgress DubProgress;

typedef void (*DubProgressFunc) (const char *stage,
                                 double      fraction,
                                 gpointer    user_data);

DubProgress *dub_progress_new   (DubProgressFunc  func,
                                 gpointer         user_data);
void         dub_progress_free  (DubProgress     *self);
void         dub_progress_begin (DubProgress     *self,
                                 const char      *static_stage,
                                 double           until);
void         dub_progress_set   (DubProgress     *self,
                                 double           fraction_of_stage);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DubProgress, dub_progress_free)

G_END_DECLS
