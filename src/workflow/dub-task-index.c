/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-task-index.h"

#define N_STATES (DUB_TASK_DROPPED + 1)

/* Where a task was put: by then it is not what it was. */
typedef struct
{
  char *account_id;
  DubTaskState state;
  gint64 place;
  gint64 id;
} Spot;

typedef struct
{
  GArray *spots[N_STATES];    /* the order of @tasks */
  GPtrArray *tasks[N_STATES]; /* borrowed */
} Account;

struct _DubTaskIndex
{
  GHashTable *accounts; /* id → Account */
  GHashTable *spots;    /* task id → Spot */
};

static void
account_free (gpointer data)
{
  Account *account = data;

  for (guint i = 0; i < N_STATES; i++)
    {
      g_array_unref (account->spots[i]);
      g_ptr_array_unref (account->tasks[i]);
    }
  g_free (account);
}

static void
spot_free (gpointer data)
{
  Spot *spot = data;

  g_free (spot->account_id);
  g_free (spot);
}

DubTaskIndex *
dub_task_index_new (void)
{
  DubTaskIndex *self = g_new0 (DubTaskIndex, 1);

  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, account_free);
  self->spots = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, spot_free);
  return self;
}

void
dub_task_index_free (DubTaskIndex *self)
{
  g_hash_table_unref (self->spots);
  g_hash_table_unref (self->accounts);
  g_free (self);
}

static Account *
ensure_account (DubTaskIndex *self,
                const char   *account_id)
{
  Account *account = g_hash_table_lookup (self->accounts, account_id);

  if (account != NULL)
    return account;
  account = g_new0 (Account, 1);
  for (guint i = 0; i < N_STATES; i++)
    {
      account->spots[i] = g_array_new (FALSE, FALSE, sizeof (Spot));
      account->tasks[i] = g_ptr_array_new ();
    }
  g_hash_table_insert (self->accounts, g_strdup (account_id), account);
  return account;
}

static int
compare_spots (const Spot *a,
               const Spot *b)
{
  if (a->place != b->place)
    return a->place < b->place ? -1 : 1;
  return a->id < b->id ? -1 : a->id > b->id;
}

/* Where @spot is, or where it belongs. */
static guint
find_position (GArray     *spots,
               const Spot *spot)
{
  guint low = 0;
  guint high = spots->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (compare_spots (&g_array_index (spots, Spot, middle), spot) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static Spot
spot_of (DubTask *task)
{
  const DubTaskRecord *record = dub_task_get_record (task);

  return (Spot){ record->account_id, record->state, record->place, record->id };
}

static void
take_away (DubTaskIndex *self,
           const Spot   *spot)
{
  Account *account = g_hash_table_lookup (self->accounts, spot->account_id);
  guint position = find_position (account->spots[spot->state], spot);

  g_array_remove_index (account->spots[spot->state], position);
  g_ptr_array_remove_index (account->tasks[spot->state], position);
}

void
dub_task_index_put (DubTaskIndex *self,
                    DubTask      *task)
{
  Spot spot = spot_of (task);
  Spot *known = g_hash_table_lookup (self->spots, &spot.id);
  Account *account = ensure_account (self, spot.account_id);
  guint position;

  if (known != NULL && known->state == spot.state && known->place == spot.place)
    return;
  if (known != NULL)
    take_away (self, known);
  position = find_position (account->spots[spot.state], &spot);
  g_array_insert_val (account->spots[spot.state], position, spot);
  /* Only the numbers are compared. */
  g_array_index (account->spots[spot.state], Spot, position).account_id = NULL;
  g_ptr_array_insert (account->tasks[spot.state], (int) position, task);

  known = g_memdup2 (&spot, sizeof spot);
  known->account_id = g_strdup (spot.account_id);
  g_hash_table_replace (self->spots, g_memdup2 (&spot.id, sizeof spot.id), known);
}

void
dub_task_index_remove (DubTaskIndex *self,
                       DubTask      *task)
{
  gint64 id = dub_task_get_id (task);
  Spot *known = g_hash_table_lookup (self->spots, &id);

  if (known == NULL)
    return;
  take_away (self, known);
  g_hash_table_remove (self->spots, &id);
}

static guint
count_of (Account *account,
          guint    states)
{
  guint n = 0;

  for (guint i = 0; i < N_STATES; i++)
    if ((states & DUB_STATE_BIT (i)) != 0)
      n += account->tasks[i]->len;
  return n;
}

guint
dub_task_index_count (DubTaskIndex *self,
                      const char   *account_id,
                      guint         states)
{
  GHashTableIter iter;
  gpointer account;
  guint n = 0;

  if (account_id != NULL)
    {
      account = g_hash_table_lookup (self->accounts, account_id);
      return account != NULL ? count_of (account, states) : 0;
    }
  g_hash_table_iter_init (&iter, self->accounts);
  while (g_hash_table_iter_next (&iter, NULL, &account))
    n += count_of (account, states);
  return n;
}

GPtrArray *
dub_task_index_peek (DubTaskIndex *self,
                     const char   *account_id,
                     DubTaskState  state)
{
  Account *account = g_hash_table_lookup (self->accounts, account_id);

  return account != NULL && account->tasks[state]->len > 0 ? account->tasks[state] : NULL;
}

static int
compare_tasks (gconstpointer a,
               gconstpointer b)
{
  Spot x = spot_of (*(DubTask *const *) a);
  Spot y = spot_of (*(DubTask *const *) b);

  return compare_spots (&x, &y);
}

GPtrArray *
dub_task_index_list (DubTaskIndex *self,
                     const char   *account_id,
                     guint         states)
{
  GPtrArray *tasks = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_states = 0;

  for (guint i = 0; i < N_STATES; i++)
    {
      GPtrArray *some = (states & DUB_STATE_BIT (i)) != 0 ? dub_task_index_peek (self, account_id, i) : NULL;

      if (some == NULL)
        continue;
      n_states++;
      for (guint j = 0; j < some->len; j++)
        g_ptr_array_add (tasks, g_object_ref (some->pdata[j]));
    }
  if (n_states > 1)
    g_ptr_array_sort (tasks, compare_tasks);
  return tasks;
}

guint
dub_task_index_turn (DubTaskIndex *self,
                     DubTask      *task)
{
  gint64 id = dub_task_get_id (task);
  const Spot *spot = g_hash_table_lookup (self->spots, &id);
  const Account *account;

  if (spot == NULL || spot->state != DUB_TASK_WAITING)
    return 0;
  account = g_hash_table_lookup (self->accounts, spot->account_id);
  return find_position (account->spots[DUB_TASK_WAITING], spot) + 1;
}
