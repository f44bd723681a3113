/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-deck-private.h"
#include "dub-test-support.h"
#include "dub-test-video.h"

#define SECONDS 30
#define N_SEEKS 40

typedef struct
{
  DubDeck *deck;
  guint    ready;
  guint    ended;
  gint64   before; /* ms */
} Deck;

static void
count (guint *n)
{
  (*n)++;
}

static gboolean
is_ready (gpointer deck)
{
  g_assert_cmpstr (dub_deck_get_error (deck), ==, NULL);
  return dub_deck_is_ready (deck);
}

static gboolean
is_ready_once_more (gpointer user_data)
{
  Deck *deck = user_data;

  g_assert_cmpstr (dub_deck_get_error (deck->deck), ==, NULL);
  return deck->ready > 0;
}

static gboolean
on_tick (gpointer unused)
{
  return G_SOURCE_CONTINUE;
}

static gboolean
has_moved (gpointer user_data)
{
  Deck *self = user_data;

  return dub_deck_get_position (self->deck) > self->before;
}

static void
wait_until_it_plays (Deck *self)
{
  guint tick = g_timeout_add (5, on_tick, NULL);

  self->before = dub_deck_get_position (self->deck);
  dub_test_wait_for (has_moved, self, "it to play");
  g_source_remove (tick);
}

static Deck
open_deck (const char *dir)
{
  g_autofree char *uri = dub_test_make_video (dir, "ball.webm", SECONDS);
  Deck self = { .deck = dub_deck_new ("fakesink", "fakesink") };

  dub_deck_load (self.deck, uri);
  dub_test_wait_for (is_ready, self.deck, "the first picture");
  return self;
}

static void
close_deck (Deck *self)
{
  dub_deck_load (self->deck, NULL);
  g_object_unref (self->deck);
}

/* "ready" is the word for the last seek, however fast they come and whatever is done between: at it, the deck is where it
 * was sent to, and no further than the time since then allows. */
static void
test_ready_is_said_at_the_place (void)
{
  char *dir = dub_test_make_dir ();
  Deck self = open_deck (dir);
  g_autoptr (GRand) rand = g_rand_new_with_seed (20241119);

  g_signal_connect_swapped (self.deck, "ready", G_CALLBACK (count), &self.ready);
  g_signal_connect_swapped (self.deck, "ended", G_CALLBACK (count), &self.ended);
  for (guint i = 0; i < N_SEEKS; i++)
    {
      gint64 place = g_rand_int_range (rand, 0, (SECONDS - 10) * 1000);
      gint64 began, position, passed;

      dub_deck_set_playing (self.deck, TRUE);
      wait_until_it_plays (&self);
      if (i % 2 == 0)
        dub_deck_set_playing (self.deck, FALSE);
      dub_deck_seek (self.deck, g_rand_int_range (rand, 0, (SECONDS - 10) * 1000), 1.0);
      if (i % 3 == 0)
        dub_deck_set_playing (self.deck, TRUE);
      self.ready = 0;
      began = g_get_monotonic_time ();
      dub_deck_seek (self.deck, place, 1.0);
      dub_test_wait_for (is_ready_once_more, &self, "the place");
      position = dub_deck_get_position (self.deck);
      passed = (g_get_monotonic_time () - began) / 1000;
      g_assert_cmpint (position, >=, place - 1);
      g_assert_cmpint (position, <=, place + passed + 1);
    }
  g_assert_cmpuint (self.ended, ==, 0);
  close_deck (&self);
  dub_test_remove_dir (dir);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/deck/ready-is-said-at-the-place", test_ready_is_said_at_the_place);
  return g_test_run ();
}
