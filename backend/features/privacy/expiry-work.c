/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "expiry-work.h"

#include "backend/features/files/file-service.h"
#include "backend/log.h"
#include "expiry-service.h"

#define AT_ONCE 100

/* Conversations on their way out. */
typedef struct
{
  CfdDb *db;
  const char *folder; /* of the files */
  const gint *stopping;
  const char *after;  /* before the page */
  GPtrArray *ids;     /* the page */
  const char *id;     /* whose turn it is */
  GPtrArray *files;   /* its files' ids */
  GPtrArray *finished; /* ids of those of which nothing is left; borrowed */
  gboolean more;
} Round;

static gboolean
read_page (CfdTx *tx, gpointer data, GError **error)
{
  Round *round = data;

  g_clear_pointer (&round->ids, g_ptr_array_unref);
  round->ids = cfd_expiry_waiting (tx, round->after, error);
  return round->ids != NULL;
}

static gboolean
erase_some (CfdTx *tx, gpointer data, GError **error)
{
  Round *round = data;

  return cfd_expiry_step (tx, round->id, &round->more, error);
}

static gboolean
read_files (CfdTx *tx, gpointer data, GError **error)
{
  Round *round = data;

  g_clear_pointer (&round->files, g_ptr_array_unref);
  round->files = cfd_expiry_files (tx, round->id, error);
  return round->files != NULL;
}

static gboolean
finish_some (CfdTx *tx, gpointer data, GError **error)
{
  return cfd_expiry_finish (tx, ((Round *) data)->finished, error);
}

static gboolean
remove_files (Round *round, const char *id, GError **error)
{
  round->id = id;
  if (!cfd_db_run (round->db, CFD_DB_READ, read_files, round, error))
    return FALSE;
  for (guint i = 0; i < round->files->len; i++)
    cfd_files_remove (round->folder, round->files->pdata[i]);
  return TRUE;
}

static gboolean
erase_one (Round *round, const char *id, GError **error)
{
  round->id = id;
  round->more = TRUE;
  while (round->more && !g_atomic_int_get (round->stopping))
    if (!cfd_db_run (round->db, CFD_DB_WRITE, erase_some, round, error))
      return FALSE;
  return remove_files (round, id, error);
}

/* What was in all that wait goes; @gone gets their ids. */
static gboolean
erase_all (Round *round, GPtrArray *gone, GError **error)
{
  do
    {
      round->after = gone->len > 0 ? gone->pdata[gone->len - 1] : "";
      if (!cfd_db_run (round->db, CFD_DB_READ, read_page, round, error))
        return FALSE;
      for (guint i = 0; i < round->ids->len && !g_atomic_int_get (round->stopping); i++)
        {
          if (!erase_one (round, round->ids->pdata[i], error))
            return FALSE;
          g_ptr_array_add (gone, g_strdup (round->ids->pdata[i]));
        }
    }
  while (round->ids->len > 0 && !g_atomic_int_get (round->stopping));
  return TRUE;
}

/* Files go again at the end: one that was on its way may have come meanwhile. */
static gboolean
finish (Round *round, GPtrArray *gone, GError **error)
{
  for (guint i = 0; i < gone->len; i++)
    if (!remove_files (round, gone->pdata[i], error))
      return FALSE;
  while (gone->len > 0)
    {
      round->finished = g_ptr_array_new ();
      for (guint i = MIN (gone->len, AT_ONCE); i > 0; i--)
        g_ptr_array_add (round->finished, gone->pdata[gone->len - i]);
      if (!cfd_db_run (round->db, CFD_DB_WRITE, finish_some, round, error))
        return FALSE;
      g_ptr_array_set_size (gone, gone->len - round->finished->len);
      g_clear_pointer (&round->finished, g_ptr_array_unref);
    }
  return TRUE;
}

static gboolean
work (Round *round, GError **error)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *count = NULL;

  if (!erase_all (round, gone, error))
    return FALSE;
  if (gone->len == 0 || g_atomic_int_get (round->stopping))
    return TRUE; /* after the next start */
  count = g_strdup_printf ("%u", gone->len);
  if (!cfd_db_forget (round->db, error) || !finish (round, gone, error))
    return FALSE;
  cfd_log (G_LOG_LEVEL_MESSAGE, "privacy", "conversations were erased that their sites don't keep any longer", "conversations", count, NULL);
  return TRUE;
}

/**
 * cfd_expiry_work:
 * @files: the folder of the files
 * @stopping: atomic: when it is set this ends after the piece that is under way
 *
 * Erases what was in the conversations that have expired: records piece by piece, the content of files, and what is left of both in the files of
 * the database. Goes on where it was when the server ended. On a worker's thread.
 */
gboolean
cfd_expiry_work (CfdDb *db, const char *files, const gint *stopping, GError **error)
{
  Round round = { .db = db, .folder = files, .stopping = stopping };
  gboolean good = work (&round, error);

  g_clear_pointer (&round.ids, g_ptr_array_unref);
  g_clear_pointer (&round.files, g_ptr_array_unref);
  g_clear_pointer (&round.finished, g_ptr_array_unref);
  return good;
}
