/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "photo-service.h"

#include "account-service.h"
#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "backend/features/conversations/conversation-service.h"
#include "backend/features/files/picture-service.h"
#include "photo-store.h"
#include "protocol/error.h"
#include "protocol/records/site.h"
#include "token-service.h"

#include <sodium.h>
#include <string.h>

/* One that nobody names any more is nowhere. */
static gboolean
replace (CfdTx *tx, CfAgent *agent, const char *picture, GError **error)
{
  if (agent->photo != NULL && !cfd_photo_store_remove (tx, agent->photo, error))
    return FALSE;
  g_clear_pointer (&agent->photo, g_free);
  if (picture == NULL)
    return TRUE;
  agent->photo = cfd_token_new ();
  return cfd_photo_store_add (tx, agent->photo, picture, error);
}

static gboolean
is_same (CfdTx *tx, const CfAgent *agent, const char *picture, gboolean *same, GError **error)
{
  g_autofree char *now = NULL;

  if (agent->photo != NULL && !cfd_photo_store_find (tx, agent->photo, &now, error))
    return FALSE;
  *same = g_strcmp0 (now, picture) == 0;
  return TRUE;
}

/**
 * cfd_photos_make:
 * @picture: base64 of what somebody wants to be seen by
 *
 * Waits for another process; on the slow thread.
 *
 * Returns: (transfer full): base64 of a square JPEG, small, made anew and upright; NULL with CF_ERROR_INVALID that says what is wrong with it
 */
char *
cfd_photos_make (const char *picture, GError **error)
{
  gsize length = 0, room = strlen (picture);
  g_autofree guint8 *bytes = g_malloc (room + 1);
  g_autoptr (GBytes) made = NULL;

  if (sodium_base642bin (bytes, room, picture, room, NULL, &length, NULL, sodium_base64_VARIANT_ORIGINAL) != 0 || length == 0)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "picture: expected base64");
  else
    made = cfd_pictures_square (bytes, length, error);
  return made != NULL ? g_base64_encode (g_bytes_get_data (made, NULL), g_bytes_get_size (made)) : NULL;
}

/**
 * cfd_photos_set:
 * @picture: (nullable): from cfd_photos_make(); NULL takes it away
 *
 * A new picture has a new address, so that nobody shows the old one by the address of the new one. The same picture again changes nothing.
 *
 * Returns: (transfer full): the agent as it is now.
 */
CfAgent *
cfd_photos_set (CfdTx *tx, const CfdCaller *by, const char *agent_id, const char *picture, GError **error)
{
  g_autoptr (CfAgent) agent = cfd_accounts_get_agent (tx, by->organisation_id, agent_id, error);
  gboolean same;

  if (agent == NULL || !is_same (tx, agent, picture, &same, error))
    return NULL;
  if (same)
    return g_steal_pointer (&agent);
  if (!replace (tx, agent, picture, error) || !cfd_tx_put (tx, agent, error)
      || !cfd_audit_note (tx, by, "agent.photo", &agent->parent, agent->name, picture != NULL ? NULL : "removed", error))
    return NULL;
  return g_steal_pointer (&agent);
}

/* Whether the pages of the visitor's site show photos at all. */
static gboolean
are_shown (CfdTx *tx, const CfdCaller *visitor, gboolean *shown, GError **error)
{
  g_autoptr (CfSite) site = NULL;

  if (!cfd_tx_lookup (tx, &cf_site_shape, visitor->site_id, &site, error))
    return FALSE;
  *shown = site != NULL && (site->appearance == NULL || !site->appearance->photos_off);
  return TRUE;
}

static gboolean
add_photo (CfdTx *tx, const CfdCaller *visitor, const char *agent_id, GPtrArray *photos, GError **error)
{
  g_autoptr (CfAgent) agent = NULL;
  CfAgentPhoto *photo;
  gboolean met = FALSE;

  if (!cfd_tx_lookup (tx, &cf_agent_shape, agent_id, &agent, error))
    return FALSE;
  if (agent == NULL || agent->parent.deleted || agent->photo == NULL || g_strcmp0 (agent->parent.organisation_id, visitor->organisation_id) != 0)
    return TRUE;
  if (!cfd_conversations_have_met (tx, visitor, agent_id, &met, error))
    return FALSE;
  if (!met)
    return TRUE;
  photo = cf_struct_new (&cf_agent_photo_shape);
  photo->agent_id = g_strdup (agent_id);
  photo->photo = g_strdup (agent->photo);
  g_ptr_array_add (photos, photo);
  return TRUE;
}

/**
 * cfd_photos_of:
 * @agent_ids: NULL-terminated
 *
 * Returns: (transfer full): the photos of those whom the visitor has met: who has written to them, or has a conversation of theirs. Nobody else's
 *   is told, as if they had none, and nobody's where the site shows no photos.
 */
CfAgentPhotosResult *
cfd_photos_of (CfdTx *tx, const CfdCaller *visitor, char *const *agent_ids, GError **error)
{
  g_autoptr (CfAgentPhotosResult) result = cf_struct_new (&cf_agent_photos_result_shape);
  gboolean shown;
  guint n = 0;

  while (agent_ids[n] != NULL)
    n++;
  if (n > CF_AGENT_PHOTOS_MAX)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "agent_ids: got %u, expected at most %d", n, CF_AGENT_PHOTOS_MAX);
      return NULL;
    }
  if (!are_shown (tx, visitor, &shown, error))
    return NULL;
  result->photos = cf_structs_new ();
  for (guint i = 0; shown && i < n; i++)
    if (!add_photo (tx, visitor, agent_ids[i], result->photos, error))
      return NULL;
  return g_steal_pointer (&result);
}

/**
 * cfd_photos_read:
 * Returns: (transfer full): the JPEG at that address, for whoever has it; CF_ERROR_NOT_FOUND when there is none, or not any more
 */
GBytes *
cfd_photos_read (CfdTx *tx, const char *token, GError **error)
{
  g_autofree char *picture = NULL;
  guint8 *bytes;
  gsize length;

  if (!cfd_photo_store_find (tx, token, &picture, error))
    return NULL;
  if (picture == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no photo at this address, or not any more");
      return NULL;
    }
  bytes = g_base64_decode (picture, &length);
  return g_bytes_new_take (bytes, length);
}
