/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api-key-uses.h"

#include "api-key-service.h"
#include "backend/log.h"

#define EVERY_SECONDS 5

struct _CfdApiKeyUses
{
  CfdDb *db;
  guint source;
};

static gboolean
store (CfdTx *tx, gpointer data, GError **error)
{
  return cfd_api_keys_store_used (tx, error);
}

static void
stored (gpointer data, const GError *error)
{
  if (error != NULL)
    cfd_log (G_LOG_LEVEL_WARNING, "sites", "when API keys were used could not be stored", "error", error->message, NULL);
}

static gboolean
flush (gpointer data)
{
  CfdApiKeyUses *self = data;

  if (cfd_api_keys_any_used ())
    cfd_db_submit (self->db, CFD_DB_WRITE, store, stored, NULL);
  return G_SOURCE_CONTINUE;
}

CfdApiKeyUses *
cfd_api_key_uses_new (CfdDb *db)
{
  CfdApiKeyUses *self = g_new0 (CfdApiKeyUses, 1);

  self->db = db;
  self->source = g_timeout_add_seconds (EVERY_SECONDS, flush, self);
  return self;
}

/**
 * cfd_api_key_uses_stop:
 * Also writes what is not written yet.
 */
void
cfd_api_key_uses_stop (CfdApiKeyUses *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  flush (self);
}

void
cfd_api_key_uses_free (CfdApiKeyUses *self)
{
  g_free (self);
}
