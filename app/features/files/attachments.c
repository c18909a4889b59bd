/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "attachments.h"

#include "file-cache.h"

#include "protocol/error.h"
#include "protocol/id.h"

#include <glib/gi18n-lib.h>

#define CALL_TIMEOUT_MS 30000

struct _CfaAttachments
{
  GObject parent_instance;
  CfaCache *cache;       /* (nullable): none after the end */
  CfaTransfer *transfer; /* (nullable) */
  CfaSocket *socket;     /* (nullable): only while live */
  char *folder;
  GHashTable *open; /* id -> GWeakRef of CfaAttachment */
};

G_DEFINE_FINAL_TYPE (CfaAttachments, cfa_attachments, G_TYPE_OBJECT)

/* Something that is being asked about one of them. */
typedef struct
{
  CfaAttachments *self;
  CfaAttachment *attachment;
  GFile *target;
} Ask;

static Ask *
ask_new (CfaAttachments *self, CfaAttachment *attachment)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->self = g_object_ref (self);
  ask->attachment = g_object_ref (attachment);
  return ask;
}

static void
ask_free (Ask *ask)
{
  g_object_unref (ask->self);
  g_object_unref (ask->attachment);
  g_clear_object (&ask->target);
  g_free (ask);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ask, ask_free)

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
ask_for_link (CfaAttachments *self, CfaAttachment *attachment, GAsyncReadyCallback callback)
{
  g_autoptr (CfFileParams) params = cf_struct_new (&cf_file_params_shape);

  params->id = g_strdup (cfa_attachment_get_id (attachment));
  cfa_socket_call_async (self->socket, "file.link", params, &cf_file_result_shape, CALL_TIMEOUT_MS, callback, ask_new (self, attachment));
}

static void
take_records (CfaAttachment *attachment, const GPtrArray *records)
{
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const CfRecord *record = records->pdata[i];

      if (record->parent.shape == &cf_file_shape && g_strcmp0 (record->id, cfa_attachment_get_id (attachment)) == 0)
        cfa_attachment_take_record (attachment, (const CfFile *) record);
    }
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Ask) ask = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfFileResult) answer = cfa_socket_call_finish (CFA_SOCKET (source), result, NULL, &error);

  if (answer != NULL)
    take_records (ask->attachment, answer->records);
  else if (error->domain == CF_ERROR)
    cfa_attachment_fail (ask->attachment, _("This file is not on the server any more"));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Ask) ask = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = cfa_cache_array_finish (result, &error);

  if (records == NULL)
    g_message ("a file could not be read from the cache: %s", error->message);
  take_records (ask->attachment, records);
  if (cfa_attachment_get_record (ask->attachment) == NULL && ask->self->socket != NULL)
    ask_for_link (ask->self, ask->attachment, on_asked);
}

static void
fail (Ask *ask, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    cfa_attachment_fail (ask->attachment, NULL);
  else if (g_error_matches (error, CF_ERROR, CF_ERROR_NOT_FOUND))
    cfa_attachment_fail (ask->attachment, _("This file is not on the server any more"));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    cfa_attachment_fail (ask->attachment, _("There is no room for it on this computer"));
  else
    cfa_attachment_fail (ask->attachment, _("It could not be fetched. Try again."));
}

static void
on_got (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Ask) ask = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_file_get_path (ask->target);

  if (!cfa_transfer_get_finish (result, &error))
    {
      fail (ask, error);
      return;
    }
  cfa_attachment_arrive (ask->attachment, path);
  cfa_file_cache_prune (ask->self->folder);
}

static void
on_progress (gint64 done, gpointer data)
{
  Ask *ask = data;

  cfa_attachment_set_done (ask->attachment, done);
}

static void
on_link (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Ask) ask = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfFileResult) answer = cfa_socket_call_finish (CFA_SOCKET (source), result, NULL, &error);

  if (answer == NULL || answer->link == NULL)
    {
      if (error == NULL)
        error = g_error_new_literal (CF_ERROR, CF_ERROR_NOT_FOUND, "got no link");
      fail (ask, error);
      return;
    }
  if (g_cancellable_is_cancelled (cfa_attachment_get_cancellable (ask->attachment)) || ask->self->transfer == NULL)
    {
      cfa_attachment_fail (ask->attachment, NULL);
      return;
    }
  take_records (ask->attachment, answer->records);
  ask->target = cfa_file_cache_place (ask->self->folder, cfa_attachment_get_record (ask->attachment));
  cfa_transfer_get_async (ask->self->transfer, answer->link, ask->target, on_progress, cfa_attachment_get_cancellable (ask->attachment),
                          on_got, ask);
  g_steal_pointer (&ask);
}

/* What is here need not be fetched again. */
static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Ask) ask = data;
  g_autofree char *path = cfa_file_cache_look_finish (result);

  if (path != NULL)
    cfa_attachment_arrive (ask->attachment, path);
  else if (ask->self->socket == NULL)
    cfa_attachment_fail (ask->attachment, _("Fetching it needs a connection"));
  else
    ask_for_link (ask->self, ask->attachment, on_link);
}

static void
cfa_attachments_dispose (GObject *object)
{
  cfa_attachments_stop (CFA_ATTACHMENTS (object));
  G_OBJECT_CLASS (cfa_attachments_parent_class)->dispose (object);
}

static void
cfa_attachments_finalize (GObject *object)
{
  CfaAttachments *self = CFA_ATTACHMENTS (object);

  g_free (self->folder);
  g_hash_table_unref (self->open);
  G_OBJECT_CLASS (cfa_attachments_parent_class)->finalize (object);
}

static void
cfa_attachments_class_init (CfaAttachmentsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_attachments_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_attachments_finalize;
}

static void
cfa_attachments_init (CfaAttachments *self)
{
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, weak_free);
}

/**
 * cfa_attachments_new:
 * @transfer: (nullable): NULL when nobody is signed in
 * @folder: where content is kept
 */
CfaAttachments *
cfa_attachments_new (CfaCache *cache, CfaTransfer *transfer, const char *folder)
{
  CfaAttachments *self = g_object_new (CFA_TYPE_ATTACHMENTS, NULL);

  self->cache = g_object_ref (cache);
  self->transfer = transfer != NULL ? g_object_ref (transfer) : NULL;
  self->folder = g_strdup (folder);
  return self;
}

/* Returns: (transfer full) (nullable): the one that somebody holds. */
static CfaAttachment *
find (CfaAttachments *self, const char *id)
{
  GWeakRef *weak = g_hash_table_lookup (self->open, id);

  return weak != NULL ? g_weak_ref_get (weak) : NULL;
}

/**
 * cfa_attachments_set_socket:
 * @socket: (nullable): NULL while the session is not live
 */
void
cfa_attachments_set_socket (CfaAttachments *self, CfaSocket *socket)
{
  GHashTableIter iter;
  gpointer id;

  g_set_object (&self->socket, socket);
  g_hash_table_iter_init (&iter, self->open);
  while (socket != NULL && g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (CfaAttachment) attachment = find (self, id);

      if (attachment == NULL)
        g_hash_table_iter_remove (&iter);
      else if (cfa_attachment_get_record (attachment) == NULL)
        ask_for_link (self, attachment, on_asked);
      else if (cfa_attachment_get_state (attachment) == CFA_ATTACHMENT_FAILED)
        cfa_attachment_fail (attachment, NULL); /* who wants it asks once more */
    }
}

CfaAttachment *
cfa_attachments_open (CfaAttachments *self, const char *id)
{
  CfaAttachment *attachment = find (self, id);
  GWeakRef *weak;

  if (attachment != NULL)
    return attachment;
  attachment = cfa_attachment_new (id);
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, attachment);
  g_hash_table_replace (self->open, g_strdup (id), weak);
  if (self->cache != NULL)
    cfa_cache_record_async (self->cache, &cf_file_shape, id, on_read, ask_new (self, attachment));
  return attachment;
}

/**
 * cfa_attachments_fetch:
 * Brings the content to this computer; does nothing when it is here, on its way, or of a file that is not known yet.
 */
void
cfa_attachments_fetch (CfaAttachments *self, CfaAttachment *attachment)
{
  CfaAttachmentState state = cfa_attachment_get_state (attachment);

  if (state == CFA_ATTACHMENT_LOADING || state == CFA_ATTACHMENT_HERE || cfa_attachment_get_record (attachment) == NULL || self->transfer == NULL)
    return;
  cfa_attachment_begin (attachment);
  cfa_file_cache_look_async (self->folder, cfa_attachment_get_record (attachment), on_looked, ask_new (self, attachment));
}

/**
 * cfa_attachments_follow:
 * @records: of CfRecord: what the cache has kept
 */
void
cfa_attachments_follow (CfaAttachments *self, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      const CfRecord *record = records->pdata[i];
      g_autoptr (CfaAttachment) attachment = record->parent.shape == &cf_file_shape ? find (self, record->id) : NULL;

      if (attachment != NULL)
        cfa_attachment_take_record (attachment, (const CfFile *) record);
      if (record->parent.shape == &cf_file_shape && record->deleted && cf_id_is_valid (record->id))
        cfa_file_cache_forget (self->folder, record->id);
    }
}

/**
 * cfa_attachments_stop:
 * Lets go of cache and connection; what is known stays readable.
 */
void
cfa_attachments_stop (CfaAttachments *self)
{
  g_clear_object (&self->cache);
  g_clear_object (&self->transfer);
  g_clear_object (&self->socket);
}
