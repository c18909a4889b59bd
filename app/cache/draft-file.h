/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaDraftFile:
 * A file of something that is being written: what brings it back after a restart.
 */
typedef struct
{
  char *id; /* on the server too, if it knows it already */
  char *conversation_id; /* or a channel's */
  gboolean note;
  char *name;
  char *uri; /* (nullable): where its content is on this computer; NULL when only the server has it */
  gint64 size;
} CfaDraftFile;

CfaDraftFile *cfa_draft_file_new  (const char *id, const char *name, const char *uri, gint64 size);
void          cfa_draft_file_free (CfaDraftFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaDraftFile, cfa_draft_file_free)

G_END_DECLS
