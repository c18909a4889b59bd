/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "uploader.h"

#include "app/cache/cache.h"

G_BEGIN_DECLS

/* So much of what was pasted, and is nowhere else on this computer, is kept for a restart. */
#define CFA_DRAFT_FILES_MAX ((gint64) 64 * 1024 * 1024)

#define CFA_TYPE_DRAFT_FILES (cfa_draft_files_get_type ())
G_DECLARE_FINAL_TYPE (CfaDraftFiles, cfa_draft_files, CFA, DRAFT_FILES, GObject)

/*
 * Lets the files of what is being written survive a restart: the cache remembers where they are, a folder holds what was pasted. At the
 * start they are carried up again from where they were.
 */
CfaDraftFiles *cfa_draft_files_new    (CfaCache *cache, CfaUploader *uploader, const char *folder);
void           cfa_draft_files_stop   (CfaDraftFiles *self);
char          *cfa_draft_files_folder (const char *agent_id);
void           cfa_draft_files_erase  (const char *folder);

G_END_DECLS
