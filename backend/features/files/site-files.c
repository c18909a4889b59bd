/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-files.h"

#include "backend/db/lookup.h"
#include "file.h"
#include "protocol/error.h"
#include "protocol/records/conversation.h"
#include "protocol/records/site.h"

/**
 * cfd_site_files_check:
 * @size: in bytes
 *
 * Returns: whether the site takes a file of that size from @caller. What it says concerns visitors alone.
 */
gboolean
cfd_site_files_check (CfdTx *tx, const CfdCaller *caller, gint64 size, GError **error)
{
  g_autoptr (CfSite) site = NULL;

  if (cfd_caller_is_staff (caller))
    return TRUE;
  if (!cfd_tx_lookup (tx, &cf_site_shape, caller->site_id, &site, error))
    return FALSE;
  if (site == NULL || site->files == NULL)
    return TRUE;
  if (site->files->off)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "this site takes no files from visitors");
  else if (site->files->max_size > 0 && size > site->files->max_size)
    g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "size: got %" G_GINT64_FORMAT " bytes, expected at most %" G_GINT64_FORMAT " on this site",
                 size, site->files->max_size);
  else
    return TRUE;
  return FALSE;
}

/**
 * cfd_site_files_allow:
 * @media_type: what @file is by its content
 * @allowed: (out): whether its site takes that from visitors; what agents send is TRUE
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_site_files_allow (CfdTx *tx, const CfFile *file, const char *media_type, gboolean *allowed, GError **error)
{
  g_autoptr (CfConversation) conversation = NULL;
  g_autoptr (CfSite) site = NULL;

  *allowed = TRUE;
  if (file->author_kind != CF_AUTHOR_VISITOR)
    return TRUE;
  if (!cfd_tx_lookup (tx, &cf_conversation_shape, file->conversation_id, &conversation, error)
      || (conversation != NULL && !cfd_tx_lookup (tx, &cf_site_shape, conversation->site_id, &site, error)))
    return FALSE;
  if (site != NULL && site->files != NULL && site->files->types != NULL && site->files->types[0] != NULL)
    *allowed = cfd_file_type_matches ((const char *const *) site->files->types, media_type);
  return TRUE;
}
