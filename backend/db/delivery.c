/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "delivery.h"

/* Rows that were read and are not yet written out as JSON: one page of the largest kind. */
#define ROOM 500
/* A main loop that does not come for so long is not behind but busy with something else, maybe with waiting for a database thread. */
#define ROOM_WAIT (50 * G_TIME_SPAN_MILLISECOND)

/* One of the two. */
typedef struct
{
  CfdChangeset *changes;
  CfdDbCall *call;
} Item;

struct _CfdDelivery
{
  GSource *source;
  GThread *main_thread;
  GMutex mutex;
  GCond taken;
  GArray *items; /* of Item; guarded */
  guint rows;    /* read for the calls among them; guarded */
  guint waiting; /* threads; guarded */
  int publishes; /* atomic: @publish is set */
  CfdDbPublish publish; /* main loop */
  CfdDbTold told;
  gpointer publish_data;
  gboolean draining; /* main loop */
};

typedef struct
{
  GSource parent;
  CfdDelivery *delivery;
} DeliverySource;

static gboolean
source_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  CfdDelivery *self = ((DeliverySource *) source)->delivery;

  g_source_set_ready_time (source, -1);
  cfd_delivery_drain (self);
  if (self->told != NULL)
    self->told (self->publish_data);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { .dispatch = source_dispatch };

static GArray *
take_items (CfdDelivery *self)
{
  GArray *items;

  g_mutex_lock (&self->mutex);
  items = self->items;
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  self->rows = 0;
  if (self->waiting > 0)
    g_cond_broadcast (&self->taken);
  g_mutex_unlock (&self->mutex);
  return items;
}

/**
 * cfd_delivery_new:
 * @context: the main loop's; the calling thread is the one that runs it
 */
CfdDelivery *
cfd_delivery_new (GMainContext *context)
{
  CfdDelivery *self = g_new0 (CfdDelivery, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->taken);
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  self->main_thread = g_thread_self ();
  self->source = g_source_new (&source_funcs, sizeof (DeliverySource));
  ((DeliverySource *) self->source)->delivery = self;
  g_source_set_static_name (self->source, "database");
  g_source_attach (self->source, context);
  return self;
}

/**
 * cfd_delivery_set_publish:
 * @publish: (nullable): who hears of changes from now on
 * @told: (nullable): who hears that all that came together was published and finished
 */
void
cfd_delivery_set_publish (CfdDelivery *self, CfdDbPublish publish, CfdDbTold told, gpointer data)
{
  g_assert (self->main_thread == g_thread_self ());
  self->publish = publish;
  self->told = told;
  self->publish_data = data;
  g_atomic_int_set (&self->publishes, publish != NULL);
}

/**
 * cfd_delivery_publishes:
 * Returns: whether anybody hears of changes; on any thread.
 */
gboolean
cfd_delivery_publishes (CfdDelivery *self)
{
  return g_atomic_int_get (&self->publishes);
}

/**
 * cfd_delivery_put:
 * @changes: (nullable): of #CfdChangeset, to be published first
 * @calls: (transfer full): the elements
 *
 * Sends what one transaction brought about; on any thread. A thread that waits for its call is told at once, and so
 * it is without a main loop.
 */
void
cfd_delivery_put (CfdDelivery *self, GPtrArray *changes, CfdDbCall **calls, guint n_calls)
{
  guint n_before, n_after;

  g_mutex_lock (&self->mutex);
  n_before = self->items->len;
  for (guint i = 0; changes != NULL && cfd_delivery_publishes (self) && i < changes->len; i++)
    {
      Item item = { .changes = cfd_changeset_ref (changes->pdata[i]) };

      g_array_append_val (self->items, item);
    }
  for (guint i = 0; i < n_calls; i++)
    if (calls[i]->done != NULL)
      {
        Item item = { .call = calls[i] };

        g_array_append_val (self->items, item);
        self->rows += calls[i]->read;
        calls[i] = NULL;
      }
  n_after = self->items->len;
  g_mutex_unlock (&self->mutex);
  if (n_before == 0 && n_after > 0)
    g_source_set_ready_time (self->source, 0);
  for (guint i = 0; i < n_calls; i++)
    if (calls[i] != NULL)
      cfd_db_call_finish (calls[i]);
}

/**
 * cfd_delivery_wait_room:
 * @rows: that the call has read which comes next
 *
 * Waits while the main loop has enough to deliver; on a thread that reads. Pages are read faster than they are written as JSON: without
 * this, whoever asks for many at once has them all in memory, and everyone else waits until the main loop is through with them.
 */
void
cfd_delivery_wait_room (CfdDelivery *self, guint rows)
{
  gint64 end = g_get_monotonic_time () + ROOM_WAIT;

  g_mutex_lock (&self->mutex);
  self->waiting++;
  while (self->rows > 0 && self->rows + rows > ROOM && g_cond_wait_until (&self->taken, &self->mutex, end))
    ;
  self->waiting--;
  g_mutex_unlock (&self->mutex);
}

/**
 * cfd_delivery_drain:
 * Publishes and finishes everything that has arrived; on the main loop's thread.
 */
void
cfd_delivery_drain (CfdDelivery *self)
{
  g_autoptr (GArray) items = take_items (self);

  g_assert (self->main_thread == g_thread_self () && !self->draining);
  self->draining = TRUE;
  for (guint i = 0; i < items->len; i++)
    {
      Item *item = &g_array_index (items, Item, i);

      if (item->call != NULL)
        {
          cfd_db_call_finish (item->call);
          continue;
        }
      if (self->publish != NULL)
        self->publish (item->changes, self->publish_data);
      cfd_changeset_unref (item->changes);
    }
  self->draining = FALSE;
}

/**
 * cfd_delivery_free:
 * Finishes what has arrived, then frees; not from a done, and no thread may put any more.
 */
void
cfd_delivery_free (CfdDelivery *self)
{
  if (self == NULL)
    return;
  while (self->items->len > 0)
    cfd_delivery_drain (self);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_array_unref (self->items);
  g_cond_clear (&self->taken);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
