/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draft-file.h"

/**
 * cfa_draft_file_new:
 * @uri: (nullable): where its content is
 * @size: in bytes
 *
 * Returns: (transfer full): one that belongs to no draft yet
 */
CfaDraftFile *
cfa_draft_file_new (const char *id, const char *name, const char *uri, gint64 size)
{
  CfaDraftFile *self = g_new0 (CfaDraftFile, 1);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->uri = g_strdup (uri);
  self->size = size;
  return self;
}

void
cfa_draft_file_free (CfaDraftFile *self)
{
  g_free (self->id);
  g_free (self->conversation_id);
  g_free (self->name);
  g_free (self->uri);
  g_free (self);
}
