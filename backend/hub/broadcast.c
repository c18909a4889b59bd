/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "broadcast.h"

#include "audience.h"
#include "backend/db/record-site.h"
#include "protocol/json.h"

struct _CfdBroadcast
{
  CfdChangeset *changes;
  GHashTable *bodies; /* audience key -> GString; empty text = nothing to tell */
};

static void
free_body (gpointer body)
{
  g_string_free (body, TRUE);
}

static GString *
encode (const CfdChangeset *changes, const CfdCaller *caller)
{
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < changes->records->len; i++)
    {
      const CfRecord *record = changes->records->pdata[i];

      g_autoptr (CfRecord) stone = NULL;

      if (!cfd_audience_hears (caller, changes, record))
        {
          if (!cfd_audience_loses (caller, record))
            continue;
          record = stone = cfd_record_stone (record);
        }
      g_string_append_c (body, body->len == 0 ? '[' : ',');
      cf_json_encode_record (body, record, cfd_caller_get_audience (caller));
    }
  if (body->len > 0)
    g_string_append (body, "]}}");
  return body;
}

CfdBroadcast *
cfd_broadcast_new (CfdChangeset *changes)
{
  CfdBroadcast *self = g_new0 (CfdBroadcast, 1);

  self->changes = cfd_changeset_ref (changes);
  self->bodies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_body);
  return self;
}

gint64
cfd_broadcast_get_rev (CfdBroadcast *self)
{
  return self->changes->rev;
}

/**
 * cfd_broadcast_body:
 * Returns: (nullable) (transfer none): the end of a "changes" notification, from the bracket that opens its records on; NULL when
 *   @caller hears nothing of this changeset.
 */
const GString *
cfd_broadcast_body (CfdBroadcast *self, const CfdCaller *caller)
{
  char *key;
  GString *body;

  if (g_strcmp0 (caller->organisation_id, self->changes->organisation_id) != 0)
    return NULL;
  key = cfd_audience_key (caller, self->changes);
  body = g_hash_table_lookup (self->bodies, key);
  if (body == NULL)
    {
      body = encode (self->changes, caller);
      g_hash_table_insert (self->bodies, key, body);
    }
  else
    g_free (key);
  return body->len > 0 ? body : NULL;
}

void
cfd_broadcast_free (CfdBroadcast *self)
{
  g_hash_table_unref (self->bodies);
  cfd_changeset_unref (self->changes);
  g_free (self);
}
