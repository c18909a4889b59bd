/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "caller.h"

static char *
share (char *text)
{
  return text != NULL ? g_ref_string_acquire (text) : NULL;
}

/**
 * cfd_shared_text:
 * @text: (nullable):
 * Returns: (transfer full) (nullable): for the fields of CfdCaller that thousands of callers have in common
 */
char *
cfd_shared_text (const char *text)
{
  return text != NULL ? g_ref_string_new_intern (text) : NULL;
}

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

  copy->organisation_id = share (self->organisation_id);
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->session_id = g_strdup (self->session_id);
  copy->site_id = share (self->site_id);
  copy->secret_hash = g_strdup (self->secret_hash);
  copy->locale = share (self->locale);
  copy->address = share (self->address);
  copy->device = share (self->device);
  copy->expires_at = self->expires_at;
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
  g_clear_pointer (&self->organisation_id, g_ref_string_release);
  g_free (self->id);
  g_free (self->name);
  g_free (self->session_id);
  g_clear_pointer (&self->site_id, g_ref_string_release);
  g_free (self->secret_hash);
  g_clear_pointer (&self->locale, g_ref_string_release);
  g_clear_pointer (&self->address, g_ref_string_release);
  g_clear_pointer (&self->device, g_ref_string_release);
  g_free (self);
}

gboolean
cfd_caller_is_staff (const CfdCaller *self)
{
  return (self->kind & CFD_ALLOW_STAFF) != 0;
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
