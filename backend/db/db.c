/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "db.h"

#include "migrate.h"
#include "protocol/error.h"
#include "reader.h"
#include "search-follower.h"
#include "tx-private.h"
#include "writer.h"

#define N_READERS 2

/* How often, and after how long, the log is tried to be emptied while others read. */
#define EMPTY_TRIES 100
#define EMPTY_PAUSE (G_USEC_PER_SEC / 20)

struct _CfdDb
{
  const CfdDbDriver *driver;
  char *where;
  CfdDelivery *delivery;
  CfdConnection *write_connection;
  CfdCheckpointer *checkpointer;
  CfdSearchFollower *search;
  CfdWriter *writer;
  CfdReader *reader;
  CfdReader *slow;
  gboolean closed; /* main loop: all threads have ended */
};

static void
connection_free (gpointer data)
{
  cfd_connection_free (data);
}

static GPtrArray *
open_readers (const CfdDbDriver *driver, const char *where, guint n, GError **error)
{
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (connection_free);

  for (guint i = 0; i < n; i++)
    {
      CfdConnection *connection = cfd_connection_open (driver, where, TRUE, FALSE, error);

      if (connection == NULL)
        return NULL;
      g_ptr_array_add (connections, connection);
    }
  return g_steal_pointer (&connections);
}

static gboolean
start_threads (CfdDb *self, const CfdDbDriver *driver, const char *where, GError **error)
{
  g_autoptr (GPtrArray) reading = open_readers (driver, where, N_READERS, error);
  g_autoptr (GPtrArray) slow = reading != NULL ? open_readers (driver, where, 1, error) : NULL;

  if (slow == NULL)
    return FALSE;
  self->checkpointer = cfd_checkpointer_start (driver, where);
  self->search = cfd_search_follower_new (driver, where);
  self->writer = cfd_writer_start (self->write_connection, self->delivery, self->checkpointer, self->search, error);
  if (self->writer == NULL)
    return FALSE;
  self->reader = cfd_reader_start ("db-reader", reading, TRUE, self->search, self->delivery);
  /* no snapshot: it would keep the log from being cut while passwords are hashed, and hide what the call itself wrote */
  self->slow = cfd_reader_start ("db-slow", slow, FALSE, NULL, self->delivery);
  return TRUE;
}

/* A call while cfd_db_close() calls the dones; returns whether that is so. */
static gboolean
refuse_if_closed (CfdDb *self, GError **error)
{
  if (self->closed)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "the server is stopping; try again in a moment");
  return self->closed;
}

static void
hand_over (CfdDb *self, CfdDbMode mode, CfdDbCall *call)
{
  switch (mode)
    {
    case CFD_DB_READ:
      cfd_reader_submit (self->reader, call);
      break;
    case CFD_DB_WRITE:
      cfd_writer_submit (self->writer, call);
      break;
    case CFD_DB_SLOW:
      cfd_reader_submit (self->slow, call);
      break;
    }
}

/**
 * cfd_db_open:
 * @where: what the driver opens; for SQLite a path
 * @create: make the database where there is none
 *
 * Opens the database, brings it to this program's version and starts the threads. The calling thread's default main
 * context is the main loop, which need not run.
 *
 * Returns: (transfer full): the database; NULL with CF_ERROR_UNAVAILABLE when it cannot be opened, is damaged or newer than
 *   this program; the message says what to do.
 */
CfdDb *
cfd_db_open (const CfdDbDriver *driver, const char *where, gboolean create, GError **error)
{
  g_autoptr (CfdDb) self = g_new0 (CfdDb, 1);
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  g_autoptr (GPtrArray) migrations = cfd_migrations ();

  self->driver = driver;
  self->where = g_strdup (where);
  self->delivery = cfd_delivery_new (context);
  self->write_connection = cfd_connection_open (driver, where, FALSE, create, error);
  if (self->write_connection == NULL
      || !cfd_migrate (driver, self->write_connection->handle, migrations, error)
      || (driver->ready != NULL && !driver->ready (self->write_connection->handle, error))
      || !start_threads (self, driver, where, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * cfd_db_close:
 * @self: (transfer full):
 *
 * Runs everything that was submitted, calls the dones, ends the threads; on the main loop's thread, not from a done. A call that a done
 * submits now fails with CF_ERROR_UNAVAILABLE.
 */
void
cfd_db_close (CfdDb *self)
{
  if (self == NULL)
    return;
  /* the slow thread may still read and write, readers may write */
  cfd_reader_stop (self->slow);
  cfd_reader_stop (self->reader);
  cfd_writer_stop (self->writer);
  cfd_search_follower_stop (self->search);
  cfd_checkpointer_stop (self->checkpointer);
  self->closed = TRUE;
  cfd_delivery_free (self->delivery);
  cfd_connection_free (self->write_connection);
  g_free (self->where);
  g_free (self);
}

/**
 * cfd_db_set_publish:
 * @publish: (nullable): called on the main loop for each change from now on
 * @told: (nullable): called after it, and after the calls' dones, once for all that came together
 *
 * Also makes the database look for the commits of other processes, once per second.
 */
void
cfd_db_set_publish (CfdDb *self, CfdDbPublish publish, CfdDbTold told, gpointer data)
{
  cfd_delivery_set_publish (self->delivery, publish, told, data);
  cfd_writer_wake (self->writer);
}

/**
 * cfd_db_submit:
 * @done: (nullable): called on the main loop, for a write after its commit and after its changes were published
 *
 * Runs @work on a database thread. A write that fails with CF_ERROR_UNAVAILABLE has left nothing and may be submitted again.
 */
void
cfd_db_submit (CfdDb *self, CfdDbMode mode, CfdDbWork work, CfdDbDone done, gpointer data)
{
  CfdDbCall *call = cfd_db_call_new (work, done, data, FALSE);

  if (refuse_if_closed (self, &call->error))
    cfd_delivery_put (self->delivery, NULL, &call, 1);
  else
    hand_over (self, mode, call);
}

/**
 * cfd_db_start_search:
 * From now on reading calls can search, and the full-text index is brought up to date soon after each commit. For one process only: the server.
 * What goes wrong with the index is logged, and search then answers CF_ERROR_UNAVAILABLE; nothing else depends on it.
 */
void
cfd_db_start_search (CfdDb *self)
{
  cfd_search_follower_start (self->search);
}

/**
 * cfd_db_index:
 * Waits until what was committed before can be found, for who cannot wait for it; after cfd_db_start_search().
 */
gboolean
cfd_db_index (CfdDb *self, GError **error)
{
  return cfd_search_follower_wait (self->search, error);
}

/**
 * cfd_db_forget:
 * What was deleted before is in no file any more when this has succeeded: not in the full-text index, not in what the engine has freed or moved, and not
 * in the logs. After cfd_db_start_search(); on a thread that can wait. CF_ERROR_UNAVAILABLE when somebody reads for too long: try again.
 */
gboolean
cfd_db_forget (CfdDb *self, GError **error)
{
  CfdDbHandle *handle;
  gboolean empty = FALSE;

  if (refuse_if_closed (self, error) || !cfd_search_follower_forget (self->search, error))
    return FALSE;
  if (self->driver->empty_log == NULL)
    return TRUE;
  handle = self->driver->open (self->where, FALSE, FALSE, error);
  if (handle == NULL)
    return FALSE;
  for (guint i = 0; !empty && i < EMPTY_TRIES; i++)
    {
      empty = self->driver->empty_log (handle);
      if (!empty)
        g_usleep (EMPTY_PAUSE);
    }
  self->driver->close (handle);
  if (!empty)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "somebody reads the database for so long that its log cannot be emptied");
  return empty;
}

/**
 * cfd_db_run:
 * Runs @work on a database thread and waits for it, for a write until its commit is on disk. From any thread that is not
 * itself needed for @mode; a running main loop is not needed.
 */
gboolean
cfd_db_run (CfdDb *self, CfdDbMode mode, CfdDbWork work, gpointer data, GError **error)
{
  CfdDbCall *call;

  if (refuse_if_closed (self, error))
    return FALSE;
  g_assert (!cfd_writer_is_self (self->writer));
  g_assert (mode == CFD_DB_WRITE || !cfd_reader_is_self (mode == CFD_DB_READ ? self->reader : self->slow));
  call = cfd_db_call_new (work, NULL, data, TRUE);
  hand_over (self, mode, call);
  return cfd_db_call_wait (call, error);
}

/**
 * cfd_db_get_stats:
 * @out: filled with the state of now; with zeroes while the database closes
 */
void
cfd_db_get_stats (CfdDb *self, CfdDbStats *out)
{
  *out = (CfdDbStats) { 0 };
  if (self->closed)
    return;
  cfd_writer_get_stats (self->writer, out);
  out->read_queue = cfd_reader_get_queue (self->reader);
  cfd_reader_get_wait (self->reader, &out->read_wait);
  out->slow_queue = cfd_reader_get_queue (self->slow);
  out->search_lag = cfd_search_follower_get_lag (self->search);
}
