/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "caller.h"

/**
 * cfd_caller_new:
 * Returns: (transfer full): a caller of that kind of whom nothing else is known yet.
 */
CfdCaller *
cfd_caller_new (CfdAllow kind)
{
  CfdCaller *self = g_new0 (CfdCaller, 1);

  g_atomic_ref_count_init (&self->references);
  self->kind = kind;
  return self;
}

/**
 * cfd_caller_copy:
 * Returns: (transfer full): a copy to be changed before it is shared.
 */
CfdCaller *
cfd_caller_copy (const CfdCaller *self)
{
  CfdCaller *copy = cfd_caller_new (self->kind);

  copy->organisation_id = cfd_shared_text_ref (self->organisation_id);
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->session_id = g_strdup (self->session_id);
  copy->site_id = cfd_shared_text_ref (self->site_id);
  copy->scopes = self->scopes;
  copy->peek_off = self->peek_off;
  copy->ask_first = self->ask_first;
  copy->cards_kept = self->cards_kept;
  copy->secret_hash = g_strdup (self->secret_hash);
  copy->key_hash = g_strdup (self->key_hash);
  copy->locale = cfd_shared_text_ref (self->locale);
  copy->time_zone = cfd_shared_text_ref (self->time_zone);
  copy->address = cfd_shared_text_ref (self->address);
  copy->device = cfd_shared_text_ref (self->device);
  copy->expires_at = self->expires_at;
  copy->sites = g_strdupv (self->sites);
  return copy;
}

CfdCaller *
cfd_caller_ref (CfdCaller *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * cfd_caller_unref:
 * @self: (nullable):
 */
void
cfd_caller_unref (CfdCaller *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  cfd_shared_text_unref (self->organisation_id);
  g_free (self->id);
  g_free (self->name);
  g_free (self->session_id);
  g_strfreev (self->sites);
  cfd_shared_text_unref (self->site_id);
  g_free (self->secret_hash);
  g_free (self->key_hash);
  cfd_shared_text_unref (self->locale);
  cfd_shared_text_unref (self->time_zone);
  cfd_shared_text_unref (self->address);
  cfd_shared_text_unref (self->device);
  g_free (self);
}

/**
 * cfd_caller_is_staff:
 * Returns: whether the caller stands on the business's side: an agent, or a server of theirs.
 */
gboolean
cfd_caller_is_staff (const CfdCaller *self)
{
  return (self->kind & (CFD_ALLOW_STAFF | CFD_ALLOW_KEY)) != 0;
}

/**
 * cfd_caller_is_agent:
 * Returns: whether the caller is a person of the team, to whom something can be given.
 */
gboolean
cfd_caller_is_agent (const CfdCaller *self)
{
  return (self->kind & CFD_ALLOW_STAFF) != 0;
}

/**
 * cfd_caller_sees:
 * @site_id: (nullable): NULL when it is not known, and then only who sees all sites does
 *
 * Returns: whether one of the staff may know of what happens on that site
 */
gboolean
cfd_caller_sees (const CfdCaller *self, const char *site_id)
{
  return self->sites == NULL || (site_id != NULL && g_strv_contains ((const char *const *) self->sites, site_id));
}

/**
 * cfd_caller_sees_some:
 * @sites: (nullable): ids; none = all sites
 *
 * Returns: whether one of the staff may know of what acts on these sites: on all of them, or on one that is theirs
 */
gboolean
cfd_caller_sees_some (const CfdCaller *self, char *const *sites)
{
  gboolean sees = self->sites == NULL || sites == NULL || sites[0] == NULL;

  for (guint i = 0; !sees && sites[i] != NULL; i++)
    sees = cfd_caller_sees (self, sites[i]);
  return sees;
}

/**
 * cfd_caller_get_audience:
 * Returns: as whom the caller reads answers. Who has not signed in reads as little as a visitor.
 */
CfAudience
cfd_caller_get_audience (const CfdCaller *self)
{
  return cfd_caller_is_staff (self) ? CF_AUDIENCE_STAFF : CF_AUDIENCE_VISITOR;
}
