/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel.h"

#include "../id.h"

#include <string.h>

/* The version and variant of a UUIDv7 stay as they are, and so does its time. */
#define TIME_LENGTH 13

const char *const cf_channel_kind_words[] = { "group", "direct", NULL };

static const CfField fields[] = {
  CF_RECORD_ROWS (CfChannel),
  CF_ROW (CfChannel, kind, CF_KIND_ENUM, "kind", CF_FIELD_REQUIRED | CF_FIELD_FIXED, CF_AUDIENCE_STAFF, .words = cf_channel_kind_words),
  CF_ROW (CfChannel, name, CF_KIND_STRING, "name", 0, CF_AUDIENCE_STAFF, .max = CF_CHANNEL_NAME_MAX),
  CF_ROW (CfChannel, members, CF_KIND_STRINGS, "members", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = CF_ID_LENGTH,
          .help = "Ids of agents: nobody else hears of it."),
  CF_ROW (CfChannel, created_by, CF_KIND_ID, "created_by", CF_FIELD_FIXED, CF_AUDIENCE_STAFF),
  CF_ROW (CfChannel, created_at, CF_KIND_TIME, "created_at", CF_FIELD_FIXED, CF_AUDIENCE_STAFF),
  CF_ROW (CfChannel, last_message_at, CF_KIND_TIME, "last_message_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfChannel, last_position, CF_KIND_INTEGER, "last_position", 0, CF_AUDIENCE_STAFF, .max = G_MAXINT64),
  CF_ROW (CfChannel, last_author_id, CF_KIND_ID, "last_author_id", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfChannel, preview, CF_KIND_STRING, "preview", 0, CF_AUDIENCE_STAFF, .max = 200),
};

const CfShape cf_channel_shape = {
  .name = "channel",
  .table = "channel",
  .size = sizeof (CfChannel),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};

gboolean
cf_channel_has (const CfChannel *self, const char *agent_id)
{
  return agent_id != NULL && self->members != NULL && g_strv_contains ((const char *const *) self->members, agent_id);
}

/**
 * cf_channel_direct_id:
 * The channel in which two agents talk has an id that follows from theirs, so that whoever writes first can do so without asking, offline too,
 * and two who write at once meet in one channel.
 *
 * Returns: (transfer full): the time of the greater id, and random bits that are the digest of both (RFC 9562 section 5.7).
 */
char *
cf_channel_direct_id (const char *one_id, const char *other_id)
{
  gboolean ordered = strcmp (one_id, other_id) < 0;
  const char *first = ordered ? one_id : other_id, *last = ordered ? other_id : one_id;
  g_autofree char *both = g_strconcat (first, " ", last, NULL);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);
  char *id = g_strdup (last);

  for (guint i = TIME_LENGTH + 2, next = 0; i < CF_ID_LENGTH; i++)
    if (id[i] != '-' && i != 19)
      id[i] = digest[next++];
  return id;
}
