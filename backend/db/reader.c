/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader.h"

#include "tx-private.h"

struct _CfdReader
{
  GPtrArray *connections;
  GPtrArray *threads;
  CfdDelivery *delivery;
  CfdSearchFollower *search; /* nullable */
  GAsyncQueue *queue; /* of CfdDbCall; one without work ends a thread */
  gboolean snapshots;
  GMutex mutex;
  CfdHistogram wait; /* guarded */
};

typedef struct
{
  CfdReader *reader;
  CfdConnection *connection;
} ThreadStart;

static void
run_call (CfdReader *self, CfdConnection *connection, CfdDbCall *call)
{
  const CfdDbDriver *driver = connection->driver;
  g_autoptr (GError) error = NULL;

  g_mutex_lock (&self->mutex);
  cfd_histogram_add (&self->wait, g_get_monotonic_time () - call->submitted);
  g_mutex_unlock (&self->mutex);
  if (self->search != NULL)
    cfd_search_follower_lend (self->search, connection);
  if (self->snapshots && !cfd_connection_command (connection, "BEGIN", &error))
    cfd_db_call_fail (call, error);
  else
    {
      g_auto (CfdTx) tx = { NULL };

      cfd_tx_init (&tx, connection, NULL);
      cfd_db_call_work (call, &tx);
      call->read = tx.read;
    }
  if (driver->in_transaction (connection->handle))
    cfd_connection_command (connection, "ROLLBACK", NULL);
  if (call->error != NULL && self->search != NULL && driver->was_damaged (connection->handle))
    cfd_search_follower_doubt (self->search, connection);
  if (call->done != NULL)
    cfd_delivery_wait_room (self->delivery, call->read);
  cfd_delivery_put (self->delivery, NULL, &call, 1);
}

static gpointer
reader_thread (gpointer data)
{
  g_autofree ThreadStart *start = data;

  for (;;)
    {
      CfdDbCall *call = g_async_queue_pop (start->reader->queue);

      if (call->work == NULL)
        {
          cfd_db_call_finish (call);
          return NULL;
        }
      run_call (start->reader, start->connection, call);
    }
}

/**
 * cfd_reader_start:
 * @connections: of #CfdConnection: one thread each, which they belong to until cfd_reader_stop()
 * @snapshots: whether a call sees one state of the database from its first query to its end
 * @search: (nullable): where calls can search
 */
CfdReader *
cfd_reader_start (const char *name, GPtrArray *connections, gboolean snapshots, CfdSearchFollower *search, CfdDelivery *delivery)
{
  CfdReader *self = g_new0 (CfdReader, 1);

  self->connections = g_ptr_array_ref (connections);
  self->threads = g_ptr_array_new ();
  self->delivery = delivery;
  self->search = search;
  self->queue = g_async_queue_new ();
  self->snapshots = snapshots;
  g_mutex_init (&self->mutex);
  for (guint i = 0; i < connections->len; i++)
    {
      ThreadStart *start = g_new0 (ThreadStart, 1);

      start->reader = self;
      start->connection = connections->pdata[i];
      g_ptr_array_add (self->threads, g_thread_new (name, reader_thread, start));
    }
  return self;
}

/**
 * cfd_reader_submit:
 * @call: (transfer full): run as soon as a thread is free; from any thread
 */
void
cfd_reader_submit (CfdReader *self, CfdDbCall *call)
{
  g_async_queue_push (self->queue, call);
}

/**
 * cfd_reader_is_self:
 * Returns: whether the caller is one of these threads.
 */
gboolean
cfd_reader_is_self (CfdReader *self)
{
  return g_ptr_array_find (self->threads, g_thread_self (), NULL);
}

/**
 * cfd_reader_get_queue:
 * Returns: how many calls wait for a thread.
 */
guint
cfd_reader_get_queue (CfdReader *self)
{
  return MAX (g_async_queue_length (self->queue), 0);
}

/**
 * cfd_reader_get_wait:
 * @out: (out): how long calls have waited for a thread
 */
void
cfd_reader_get_wait (CfdReader *self, CfdHistogram *out)
{
  g_mutex_lock (&self->mutex);
  *out = self->wait;
  g_mutex_unlock (&self->mutex);
}

/**
 * cfd_reader_stop:
 * Runs what was submitted, then ends the threads.
 */
void
cfd_reader_stop (CfdReader *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->threads->len; i++)
    g_async_queue_push (self->queue, cfd_db_call_new (NULL, NULL, NULL, FALSE));
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (self->threads->pdata[i]);
  g_async_queue_unref (self->queue);
  g_ptr_array_unref (self->threads);
  g_ptr_array_unref (self->connections);
  g_mutex_clear (&self->mutex);
  g_free (self);
}
