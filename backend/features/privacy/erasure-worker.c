/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "erasure-worker.h"

#include "backend/features/files/file-service.h"
#include "backend/log.h"
#include "backend/worker.h"
#include "erasure-service.h"
#include "expiry-work.h"
#include "protocol/records/conversation.h"
#include "protocol/records/visitor.h"

#define AGAIN_SECONDS 10

struct _CfdErasureWorker
{
  CfdDb *db;
  char *files; /* the folder */
  CfdWorker *worker;
  guint again;
  gint stopping; /* atomic */
};

/* One turn of the thread. */
typedef struct
{
  CfdErasureWorker *self;
  GPtrArray *waiting;        /* of CfdErasure */
  const CfdErasure *erasure; /* whose turn it is */
  GPtrArray *files;          /* ids */
  gboolean more;
  gboolean failed;
} Turn;

static void
turn_free (Turn *turn)
{
  g_clear_pointer (&turn->waiting, g_ptr_array_unref);
  g_clear_pointer (&turn->files, g_ptr_array_unref);
  g_free (turn);
}

static gboolean
read_waiting (CfdTx *tx, gpointer data, GError **error)
{
  Turn *turn = data;

  g_clear_pointer (&turn->waiting, g_ptr_array_unref);
  turn->waiting = cfd_erasures_waiting (tx, error);
  return turn->waiting != NULL;
}

static gboolean
erase_some (CfdTx *tx, gpointer data, GError **error)
{
  Turn *turn = data;

  return cfd_erasures_step (tx, turn->erasure, &turn->more, error);
}

static gboolean
read_files (CfdTx *tx, gpointer data, GError **error)
{
  Turn *turn = data;

  g_clear_pointer (&turn->files, g_ptr_array_unref);
  turn->files = cfd_erasures_files (tx, turn->erasure, error);
  return turn->files != NULL;
}

static gboolean
finish (CfdTx *tx, gpointer data, GError **error)
{
  return cfd_erasures_finish (tx, ((Turn *) data)->erasure, error);
}

static gboolean
is_stopping (CfdErasureWorker *self)
{
  return g_atomic_int_get (&self->stopping);
}

static gboolean
erase_records (Turn *turn, GError **error)
{
  turn->more = TRUE;
  while (turn->more && !is_stopping (turn->self))
    if (!cfd_db_run (turn->self->db, CFD_DB_WRITE, erase_some, turn, error))
      return FALSE;
  return cfd_db_run (turn->self->db, CFD_DB_READ, read_files, turn, error);
}

static void
remove_files (Turn *turn)
{
  for (guint i = 0; i < turn->files->len; i++)
    cfd_files_remove (turn->self->files, turn->files->pdata[i]);
}

/* Files go again at the end: one that was on its way may have come meanwhile. */
static gboolean
erase_one (Turn *turn, GError **error)
{
  if (!erase_records (turn, error))
    return FALSE;
  remove_files (turn);
  if (is_stopping (turn->self))
    return TRUE; /* after the next start */
  if (!cfd_db_forget (turn->self->db, error))
    return FALSE;
  remove_files (turn);
  if (!cfd_db_run (turn->self->db, CFD_DB_WRITE, finish, turn, error))
    return FALSE;
  cfd_log (G_LOG_LEVEL_MESSAGE, "privacy", "a person was erased", "visitor", turn->erasure->id, NULL);
  return TRUE;
}

static void
work (gpointer data)
{
  Turn *turn = data;
  CfdErasureWorker *self = turn->self;
  g_autoptr (GError) error = NULL;

  turn->failed = !cfd_db_run (self->db, CFD_DB_READ, read_waiting, turn, &error);
  for (guint i = 0; !turn->failed && i < turn->waiting->len && !is_stopping (self); i++)
    {
      turn->erasure = turn->waiting->pdata[i];
      turn->failed = !erase_one (turn, &error);
    }
  if (!turn->failed && !is_stopping (self))
    turn->failed = !cfd_expiry_work (self->db, self->files, &self->stopping, &error);
  if (turn->failed)
    cfd_log (G_LOG_LEVEL_WARNING, "privacy", "what is to be erased is not erased yet; it is tried again", "error", error->message, NULL);
}

static gboolean begin (gpointer data);

static void
done (gpointer data)
{
  Turn *turn = data;
  CfdErasureWorker *self = turn->self;

  if (turn->failed && self->again == 0 && !is_stopping (self))
    self->again = g_timeout_add_seconds (AGAIN_SECONDS, begin, self);
  turn_free (turn);
}

static gboolean
begin (gpointer data)
{
  CfdErasureWorker *self = data;
  Turn *turn = g_new0 (Turn, 1);

  self->again = 0;
  turn->self = self;
  cfd_worker_submit (self->worker, work, done, turn);
  return G_SOURCE_REMOVE;
}

/**
 * cfd_erasure_worker_new:
 * @files: the folder of the files
 *
 * Goes on with what was not finished when the server ended last.
 */
CfdErasureWorker *
cfd_erasure_worker_new (CfdDb *db, const char *files)
{
  CfdErasureWorker *self = g_new0 (CfdErasureWorker, 1);

  self->db = db;
  self->files = g_strdup (files);
  self->worker = cfd_worker_new ("erasures");
  begin (self);
  return self;
}

/**
 * cfd_erasure_worker_heard:
 * A visitor who is gone has been asked to be erased; a conversation has expired, or was theirs.
 */
void
cfd_erasure_worker_heard (CfdErasureWorker *self, const CfdChangeset *changes)
{
  gboolean asked = FALSE;

  for (guint i = 0; i < changes->records->len; i++)
    {
      const CfRecord *record = changes->records->pdata[i];

      asked |= record->deleted && (record->parent.shape == &cf_visitor_shape || record->parent.shape == &cf_conversation_shape);
    }
  if (asked && self->worker != NULL)
    begin (self);
}

/**
 * cfd_erasure_worker_stop:
 * Ends after the piece that is under way; the rest goes after the next start.
 */
void
cfd_erasure_worker_stop (CfdErasureWorker *self)
{
  g_clear_handle_id (&self->again, g_source_remove);
  g_atomic_int_set (&self->stopping, TRUE);
  g_clear_pointer (&self->worker, cfd_worker_free);
}

void
cfd_erasure_worker_free (CfdErasureWorker *self)
{
  if (self->worker != NULL)
    cfd_erasure_worker_stop (self);
  g_free (self->files);
  g_free (self);
}
