/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "temp-db.h"

#include "protocol/id.h"

#include <glib/gstdio.h>

typedef struct
{
  const char *sql;
  gint64 number;
} Count;

static void
changeset_unref (gpointer data)
{
  cfd_changeset_unref (data);
}

static void
on_publish (CfdChangeset *changes, gpointer data)
{
  g_ptr_array_add (((TempDb *) data)->published, cfd_changeset_ref (changes));
}

static gboolean
count (CfdTx *tx, gpointer data, GError **error)
{
  Count *self = data;
  g_autoptr (CfdRows) rows = cfd_tx_query (tx, error, self->sql, NULL);

  if (rows == NULL || !cfd_rows_next (rows, error))
    return FALSE;
  self->number = cfd_rows_integer (rows, 0);
  return TRUE;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

/* A folder with no database in it yet. */
TempDb *
temp_db_new (const CfdDbDriver *driver)
{
  TempDb *self = g_new0 (TempDb, 1);

  self->folder = g_dir_make_tmp ("chatflow-db-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->path = g_build_filename (self->folder, "chatflow.db", NULL);
  self->driver = driver;
  self->published = g_ptr_array_new_with_free_func (changeset_unref);
  return self;
}

void
temp_db_open (TempDb *self)
{
  g_autoptr (GError) error = NULL;

  self->db = cfd_db_open (self->driver, self->path, TRUE, &error);
  g_assert_no_error (error);
}

void
temp_db_close (TempDb *self)
{
  /* set while it closes: dones may use it */
  cfd_db_close (self->db);
  self->db = NULL;
}

/* Collects what is published from now on. */
void
temp_db_listen (TempDb *self)
{
  cfd_db_set_publish (self->db, on_publish, NULL, self);
}

/* Removes the files, which live on while they are open. */
void
temp_db_unlink (TempDb *self)
{
  remove_folder (self->folder);
}

void
temp_db_free (TempDb *self)
{
  temp_db_close (self);
  remove_folder (self->folder);
  g_ptr_array_unref (self->published);
  g_free (self->path);
  g_free (self->folder);
  g_free (self);
}

/* Stores a new organisation, its revision 1. */
CfOrganisation *
temp_db_organisation (TempDb *self)
{
  CfOrganisation *organisation = cf_struct_new (&cf_organisation_shape);
  g_autoptr (GError) error = NULL;

  organisation->parent.id = cf_id_new ();
  organisation->parent.organisation_id = g_strdup (organisation->parent.id);
  organisation->name = g_strdup ("Acme");
  cfd_db_run (self->db, CFD_DB_WRITE, temp_put, organisation, &error);
  g_assert_no_error (error);
  return organisation;
}

CfMessage *
temp_message_new (const char *organisation_id, const char *text)
{
  CfMessage *message = cf_struct_new (&cf_message_shape);

  message->parent.id = cf_id_new ();
  message->parent.organisation_id = g_strdup (organisation_id);
  message->conversation_id = cf_id_new ();
  message->visitor_id = cf_id_new ();
  message->text = g_strdup (text);
  return message;
}

/* The simplest work: puts one record. */
gboolean
temp_put (CfdTx *tx, gpointer record, GError **error)
{
  return cfd_tx_put (tx, record, error);
}

/* The number that @sql, a query for one row with one column, answers. */
gint64
temp_count (CfdDb *db, const char *sql)
{
  Count self = { .sql = sql };
  g_autoptr (GError) error = NULL;

  cfd_db_run (db, CFD_DB_READ, count, &self, &error);
  g_assert_no_error (error);
  return self.number;
}
