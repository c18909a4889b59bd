/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-service.h"

#include "backend/db/lookup.h"
#include "backend/features/accounts/token-service.h"
#include "backend/features/sites/site-limit-service.h"
#include "backend/features/visitors/visitor-service.h"
#include "backend/rpc/reach.h"
#include "file-address.h"
#include "file-folder.h"
#include "file-store.h"
#include "file.h"
#include "protocol/error.h"
#include "protocol/records/channel.h"
#include "site-files.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define FORGOTTEN_MS (24 * HOUR_MS) /* what no message has by then goes */
#define SWEEP_MAX 100

/* Set once, before the server accepts calls. */
static gint64 max_size = 25 * 1024 * 1024, max_files = 200, link_ms = 24 * HOUR_MS;

static CfFileResult *
result_of (CfFile *file)
{
  CfFileResult *result = cf_struct_new (&cf_file_result_shape);

  result->rev = file->parent.rev;
  result->records = cf_structs_new ();
  g_ptr_array_add (result->records, cf_struct_ref (file));
  return result;
}

static CfFileResult *
result_to_upload (CfFile *file)
{
  CfFileResult *result = result_of (file);

  result->upload = g_strdup_printf ("/api/v1/files/%s/content", file->parent.id);
  return result;
}

/* A visitor who has only claimed an id is not the one whose conversation it is. */
static gboolean
is_whose (CfdTx *tx, const CfdCaller *caller, const char *visitor_id, GError **error)
{
  gboolean exists = TRUE;

  if (cfd_caller_is_staff (caller))
    return TRUE;
  if (!cfd_visitors_exists (tx, caller, &exists, error))
    return FALSE;
  if (exists && g_strcmp0 (visitor_id, caller->id) == 0)
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such conversation");
  return FALSE;
}

/* What was brought into a channel is for those who were in it then and are now. */
static gboolean
is_among (CfdTx *tx, const CfdCaller *caller, const CfFile *file)
{
  g_autoptr (CfChannel) channel = NULL;

  if (file->members == NULL)
    return TRUE;
  return g_strv_contains ((const char *const *) file->members, caller->id)
         && cfd_tx_lookup (tx, &cf_channel_shape, file->conversation_id, &channel, NULL) && channel != NULL && cf_channel_has (channel, caller->id);
}

static CfFile *
require_visible (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfFile) file = cfd_reach_require (tx, caller, &cf_file_shape, id, error);

  if (file == NULL)
    return NULL;
  if (is_whose (tx, caller, file->visitor_id, NULL) && is_among (tx, caller, file) && cfd_file_is_visible_to (file, cfd_caller_is_staff (caller), caller->id))
    return g_steal_pointer (&file);
  g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no such file");
  return NULL;
}

static gboolean
check_room (CfdTx *tx, const CfdCaller *caller, const CfFileCreateParams *params, GError **error)
{
  gint64 n = cfd_file_store_count (tx, params->conversation_id, error);
  gint64 unfinished = n >= 0 && !cfd_caller_is_staff (caller) ? cfd_file_store_unfinished (tx, caller->id, error) : 0;

  if (n < 0 || unfinished < 0)
    return FALSE;
  if (n >= max_files)
    g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "this conversation has %" G_GINT64_FORMAT " files, which is as many as it may", n);
  else if (unfinished >= CFD_FILES_UNFINISHED)
    g_set_error (error, CF_ERROR, CF_ERROR_RATE_LIMITED, "%d files are on their way already; finish those first", CFD_FILES_UNFINISHED);
  else
    return TRUE;
  return FALSE;
}

/* Into which conversation it goes (@visitor_id: whose that is), or into which channel of the caller's (NULL). What is neither does not exist. */
static gboolean
find_place (CfdTx *tx, const CfdCaller *caller, const char *id, char **visitor_id, GError **error)
{
  g_autoptr (CfChannel) channel = NULL;
  g_autoptr (CfConversation) conversation = NULL;

  *visitor_id = NULL;
  if (cfd_caller_is_staff (caller) && !cfd_tx_lookup (tx, &cf_channel_shape, id, &channel, error))
    return FALSE;
  if (channel != NULL && !channel->parent.deleted && g_strcmp0 (channel->parent.organisation_id, caller->organisation_id) == 0
      && cf_channel_has (channel, caller->id))
    return TRUE;
  conversation = cfd_reach_require (tx, caller, &cf_conversation_shape, id, error);
  if (conversation == NULL || !is_whose (tx, caller, conversation->visitor_id, error))
    return FALSE;
  *visitor_id = g_strdup (conversation->visitor_id);
  return TRUE;
}

/* @visitor_id: (nullable): NULL in a channel, where it is its author's alone until it is sent */
static CfFile *
new_file (CfdTx *tx, const CfdCaller *caller, const CfFileCreateParams *params, const char *visitor_id, const char *name)
{
  CfFile *file = cf_struct_new (&cf_file_shape);

  file->parent.id = g_strdup (params->id);
  file->parent.organisation_id = g_strdup (caller->organisation_id);
  file->conversation_id = g_strdup (params->conversation_id);
  file->visitor_id = g_strdup (visitor_id);
  file->staff_only = params->note || visitor_id == NULL;
  file->author_kind = cfd_caller_is_staff (caller) ? CF_AUTHOR_AGENT : CF_AUTHOR_VISITOR;
  file->author_id = g_strdup (caller->id);
  file->name = g_strdup (name);
  file->size = params->size;
  file->secret = cfd_token_new ();
  file->created_at = cfd_tx_now (tx);
  if (visitor_id == NULL)
    file->members = g_strdupv ((char *[]) { caller->id, NULL });
  return file;
}

/* Of a picture that was made anew the size is another than the one that was asked for. */
static gboolean
is_repeat (const CfFile *file, const CfdCaller *caller, const CfFileCreateParams *params, const char *name)
{
  return g_strcmp0 (file->parent.organisation_id, caller->organisation_id) == 0 && g_strcmp0 (file->author_id, caller->id) == 0
         && g_strcmp0 (file->conversation_id, params->conversation_id) == 0 && g_strcmp0 (file->name, name) == 0
         && (file->staff_only == params->note || file->members != NULL) && !file->parent.deleted
         && (file->size == params->size || file->state != CF_FILE_UPLOADING);
}

/**
 * cfd_files_configure:
 * @size: bytes of one file
 * @files: of one conversation
 * @link_hours: for which an address is good
 *
 * Called once, before the server accepts calls.
 */
void
cfd_files_configure (gint64 size, gint64 files, gint64 link_hours)
{
  max_size = size;
  max_files = files;
  link_ms = link_hours * HOUR_MS;
}

gint64
cfd_files_max_size (void)
{
  return max_size;
}

/**
 * cfd_files_create:
 * Before the bytes. Returns: (transfer full): the file and where they go.
 */
CfFileResult *
cfd_files_create (CfdTx *tx, const CfdCaller *caller, const CfFileCreateParams *params, GError **error)
{
  g_autofree char *name = cfd_file_clean_name (params->name);
  g_autofree char *visitor_id = NULL;
  g_autoptr (CfFile) file = NULL;

  if (params->size > max_size)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "size: got %" G_GINT64_FORMAT " bytes, expected at most %" G_GINT64_FORMAT, params->size, max_size);
      return NULL;
    }
  if (params->note && !cfd_caller_is_staff (caller))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "note: is for the staff");
      return NULL;
    }
  if (!cfd_site_files_check (tx, caller, params->size, error) || !find_place (tx, caller, params->conversation_id, &visitor_id, error) || !cfd_tx_lookup (tx, &cf_file_shape, params->id, &file, error))
    return NULL;
  if (file != NULL && is_repeat (file, caller, params, name))
    return result_to_upload (file);
  if (file != NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: was used before, for another file");
      return NULL;
    }
  if (!check_room (tx, caller, params, error) || !cfd_site_limits_spend (caller->site_id, CFD_SITE_UPLOADS, 1, NULL, error))
    return NULL;
  file = new_file (tx, caller, params, visitor_id, name);
  return cfd_tx_put (tx, file, error) ? result_to_upload (file) : NULL;
}

/**
 * cfd_files_link:
 * Returns: (transfer full): the file with a fresh address, for whoever may see it; without one while it is not ready.
 */
CfFileResult *
cfd_files_link (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfFile) file = require_visible (tx, caller, id, error);
  CfFileResult *result;

  if (file == NULL)
    return NULL;
  result = result_of (file);
  if (file->state == CF_FILE_READY)
    {
      result->expires_at = cfd_tx_now (tx) + link_ms;
      result->link = cfd_file_address_new (file->secret, file->parent.id, file->name, result->expires_at);
    }
  return result;
}

/* The file, if a message of the caller's there may take it. */
static CfFile *
require_takeable (CfdTx *tx, const CfdCaller *caller, const char *conversation_id, const char *id, gboolean staff_only, GError **error)
{
  g_autoptr (CfFile) file = require_visible (tx, caller, id, error);
  const char *problem = NULL;

  if (file == NULL)
    return NULL;
  if (g_strcmp0 (file->conversation_id, conversation_id) != 0 || g_strcmp0 (file->author_id, caller->id) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "files: there is no such file of yours in this conversation");
      return NULL;
    }
  if (file->staff_only != staff_only)
    problem = staff_only ? "was not made for a note" : "was made for a note";
  else if (file->state != CF_FILE_READY)
    problem = file->state == CF_FILE_REFUSED ? "was refused" : "is not ready yet";
  else if (file->sent)
    problem = "is in a message already";
  if (problem == NULL)
    return g_steal_pointer (&file);
  g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "files: %s %s", file->name, problem);
  return NULL;
}

/* @members: (nullable): who may see it from now on, in a channel */
static CfFile *
take_one (CfdTx *tx, const CfdCaller *caller, const char *conversation_id, const char *id, gboolean staff_only, char **members, GError **error)
{
  g_autoptr (CfFile) file = require_takeable (tx, caller, conversation_id, id, staff_only, error);

  if (file == NULL)
    return NULL;
  file->sent = TRUE;
  g_strfreev (file->members);
  file->members = g_strdupv (members);
  return cfd_tx_put (tx, file, error) ? g_steal_pointer (&file) : NULL;
}

static gboolean
check_count (guint i, GError **error)
{
  if (i < CFD_FILES_OF_MESSAGE)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "files: got more than %d", CFD_FILES_OF_MESSAGE);
  return FALSE;
}

static GPtrArray *
take (CfdTx *tx, const CfdCaller *caller, const char *conversation_id, const char *const *ids, gboolean staff_only, char **members, GError **error)
{
  g_autoptr (GPtrArray) files = cf_structs_new ();

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      CfFile *file = check_count (i, error) ? take_one (tx, caller, conversation_id, ids[i], staff_only, members, error) : NULL;

      if (file == NULL)
        return NULL;
      g_ptr_array_add (files, file);
    }
  return g_steal_pointer (&files);
}

/**
 * cfd_files_check:
 * @ids: (nullable): NULL-terminated
 *
 * Returns: whether a message to the visitor could take them, as things stand. Nothing is changed: nobody else sees them for that.
 */
gboolean
cfd_files_check (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation, const char *const *ids, GError **error)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      g_autoptr (CfFile) file = check_count (i, error) ? require_takeable (tx, caller, conversation->parent.id, ids[i], FALSE, error) : NULL;

      if (file == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * cfd_files_take:
 * @conversation: in which @caller writes
 * @ids: (nullable): NULL-terminated
 * @staff_only: for a note
 *
 * A message takes files: each must be ready, in this conversation, by its author, and in no other message. From now on whoever sees the
 * message sees them.
 *
 * Returns: (transfer full): the files, to be among the records that the call has touched; NULL with an error, and then the call must fail
 */
GPtrArray *
cfd_files_take (CfdTx *tx, const CfdCaller *caller, const CfConversation *conversation, const char *const *ids, gboolean staff_only, GError **error)
{
  return take (tx, caller, conversation->parent.id, ids, staff_only, NULL, error);
}

/**
 * cfd_files_take_among:
 * @message: in a channel; who may read it may see its files
 *
 * As cfd_files_take().
 */
GPtrArray *
cfd_files_take_among (CfdTx *tx, const CfdCaller *caller, const CfTeamMessage *message, GError **error)
{
  return take (tx, caller, message->message.conversation_id, (const char *const *) message->message.files, TRUE, message->members, error);
}

/**
 * cfd_files_upload:
 * Returns: (transfer full): the file whose bytes @caller may bring: their own
 */
CfFileResult *
cfd_files_upload (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfFile) file = require_visible (tx, caller, id, error);

  if (file == NULL)
    return NULL;
  if (g_strcmp0 (file->author_id, caller->id) != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "only who made this file may bring its content");
      return NULL;
    }
  /* What the site takes may have changed since it was announced. */
  if (file->state == CF_FILE_UPLOADING && !cfd_site_files_check (tx, caller, file->size, error))
    return NULL;
  return result_of (file);
}

/**
 * cfd_files_cancel:
 * A visitor does not want to send a file any more: what is there of it goes with what was forgotten, and it is no longer one of those on their way.
 *
 * Returns: (transfer full): the file, refused for no reason
 */
CfFileResult *
cfd_files_cancel (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfFile) file = require_visible (tx, caller, id, error);

  if (file == NULL)
    return NULL;
  if (g_strcmp0 (file->author_id, caller->id) != 0)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "only who made this file may take it away");
  else if (file->sent)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "a message has this file");
  else if (file->state == CF_FILE_REFUSED)
    return result_of (file);
  else
    {
      file->state = CF_FILE_REFUSED;
      return cfd_tx_put (tx, file, error) ? result_of (file) : NULL;
    }
  return NULL;
}

/**
 * cfd_files_uploaded:
 * All bytes are on the disk. Returns: (transfer full): the file, which is looked at next
 */
CfFileResult *
cfd_files_uploaded (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfFileResult) before = cfd_files_upload (tx, caller, id, error);
  g_autoptr (CfFile) file = before != NULL ? cf_struct_copy (before->records->pdata[0]) : NULL;

  if (file == NULL)
    return NULL;
  if (file->state != CF_FILE_UPLOADING)
    return g_steal_pointer (&before);
  file->state = CF_FILE_CHECKING;
  return cfd_tx_put (tx, file, error) ? result_of (file) : NULL;
}

/**
 * cfd_files_download:
 * @expires_at: (out): when the address ends, ms UTC
 *
 * Returns: (transfer full): the file, for whoever has its address. Whatever is wrong is CF_ERROR_NOT_FOUND.
 */
CfFile *
cfd_files_download (CfdTx *tx, const char *id, const char *proof, gint64 *expires_at, GError **error)
{
  g_autoptr (CfFile) file = NULL;

  if (!cfd_tx_lookup (tx, &cf_file_shape, id, &file, error))
    return NULL;
  if (cfd_file_address_check (file != NULL ? file->secret : NULL, id, proof, cfd_tx_now (tx), expires_at) && !file->parent.deleted
      && file->state == CF_FILE_READY)
    return g_steal_pointer (&file);
  g_set_error_literal (error, CF_ERROR, CF_ERROR_NOT_FOUND, "there is no file at this address, or not any more");
  return NULL;
}

/**
 * cfd_files_settle:
 * @verdict: a copy of the file as it is from now on: ready or refused
 *
 * A file that went away meanwhile stays away.
 */
gboolean
cfd_files_settle (CfdTx *tx, const CfFile *verdict, GError **error)
{
  g_autoptr (CfFile) now = NULL, file = cf_struct_copy (verdict);

  if (!cfd_tx_lookup (tx, &cf_file_shape, verdict->parent.id, &now, error))
    return FALSE;
  return now == NULL || now->parent.deleted || now->state != CF_FILE_CHECKING || cfd_tx_put (tx, file, error);
}

/**
 * cfd_files_checking:
 * Returns: (transfer full): of CfFile: what is to be looked at, after a start
 */
GPtrArray *
cfd_files_checking (CfdTx *tx, GError **error)
{
  return cfd_file_store_checking (tx, 0, error);
}

/**
 * cfd_files_forgotten:
 * Returns: (transfer full): of CfFile: some that no message took within a day
 */
GPtrArray *
cfd_files_forgotten (CfdTx *tx, GError **error)
{
  return cfd_file_store_unsent (tx, cfd_tx_now (tx) - FORGOTTEN_MS, SWEEP_MAX, error);
}

/**
 * cfd_files_forget:
 * The record goes; its bytes are the caller's to remove, afterwards.
 */
gboolean
cfd_files_forget (CfdTx *tx, const char *id, GError **error)
{
  g_autoptr (CfFile) file = NULL;
  g_autoptr (CfRecord) tombstone = NULL;

  if (!cfd_tx_lookup (tx, &cf_file_shape, id, &file, error))
    return FALSE;
  if (file == NULL || file->parent.deleted)
    return TRUE;
  if (file->sent)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "a message has this file");
      return FALSE;
    }
  tombstone = cf_record_tombstone (&file->parent);
  return cfd_tx_put (tx, tombstone, error);
}

/**
 * cfd_files_remove:
 * @folder: of all files
 *
 * The content of a file whose record is gone.
 */
void
cfd_files_remove (const char *folder, const char *id)
{
  cfd_file_folder_remove (folder, id);
}
