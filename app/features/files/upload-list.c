/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "upload-list.h"

#include <glib/gi18n-lib.h>

struct _CfaUploadList
{
  GObject parent_instance;
  char *conversation_id;
  gboolean note;
  GPtrArray *items; /* of CfaUpload */
  gboolean awaited; /* the message is sent as soon as all are ready */
};

static guint changed_signal;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CfaUploadList, cfa_upload_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return CFA_TYPE_UPLOAD;
}

static guint
get_n_items (GListModel *model)
{
  return CFA_UPLOAD_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *items = CFA_UPLOAD_LIST (model)->items;

  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* What has failed must be seen by the person before anything is sent. */
static void
changed (CfaUploadList *self)
{
  CfaUploadsState state = cfa_upload_list_get_state (self);

  if (state == CFA_UPLOADS_FAILED || state == CFA_UPLOADS_NONE)
    self->awaited = FALSE;
  g_signal_emit (self, changed_signal, 0);
}

static void
cfa_upload_list_finalize (GObject *object)
{
  CfaUploadList *self = CFA_UPLOAD_LIST (object);

  for (guint i = 0; i < self->items->len; i++)
    g_signal_handlers_disconnect_by_data (self->items->pdata[i], self);
  g_ptr_array_unref (self->items);
  g_free (self->conversation_id);
  G_OBJECT_CLASS (cfa_upload_list_parent_class)->finalize (object);
}

static void
cfa_upload_list_class_init (CfaUploadListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_upload_list_finalize;
  changed_signal = g_signal_new ("changed", CFA_TYPE_UPLOAD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_upload_list_init (CfaUploadList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * cfa_upload_list_new:
 * @conversation_id: or a channel's
 * @note: the visitor never sees what is in it
 */
CfaUploadList *
cfa_upload_list_new (const char *conversation_id, gboolean note)
{
  CfaUploadList *self = g_object_new (CFA_TYPE_UPLOAD_LIST, NULL);

  self->conversation_id = g_strdup (conversation_id);
  self->note = note;
  return self;
}

const char *
cfa_upload_list_get_conversation (CfaUploadList *self)
{
  return self->conversation_id;
}

gboolean
cfa_upload_list_get_note (CfaUploadList *self)
{
  return self->note;
}

CfaUploadsState
cfa_upload_list_get_state (CfaUploadList *self)
{
  gboolean busy = FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      CfaUploadState state = cfa_upload_get_state (self->items->pdata[i]);

      if (state == CFA_UPLOAD_FAILED)
        return CFA_UPLOADS_FAILED;
      busy = busy || state != CFA_UPLOAD_READY;
    }
  return self->items->len == 0 ? CFA_UPLOADS_NONE : busy ? CFA_UPLOADS_BUSY : CFA_UPLOADS_READY;
}

/**
 * cfa_upload_list_add:
 * One more than a message takes is shown too, as failed.
 */
void
cfa_upload_list_add (CfaUploadList *self, CfaUpload *upload)
{
  g_autofree char *problem = g_strdup_printf (_("A message takes %d files at most"), CFA_UPLOADS_MAX);

  if (self->items->len >= CFA_UPLOADS_MAX)
    cfa_upload_fail (upload, problem, FALSE);
  g_ptr_array_add (self->items, g_object_ref (upload));
  g_signal_connect_swapped (upload, "changed", G_CALLBACK (changed), self);
  g_list_model_items_changed (G_LIST_MODEL (self), self->items->len - 1, 0, 1);
  changed (self);
}

/**
 * cfa_upload_list_remove:
 * Returns: whether it was there. What was being done for it is cancelled.
 */
gboolean
cfa_upload_list_remove (CfaUploadList *self, CfaUpload *upload)
{
  guint position;

  if (!g_ptr_array_find (self->items, upload, &position))
    return FALSE;
  g_signal_handlers_disconnect_by_data (upload, self);
  g_cancellable_cancel (cfa_upload_get_cancellable (upload));
  g_ptr_array_remove_index (self->items, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  changed (self);
  return TRUE;
}

/**
 * cfa_upload_list_find:
 * Returns: (transfer none) (nullable): the one with that id
 */
CfaUpload *
cfa_upload_list_find (CfaUploadList *self, const char *id)
{
  for (guint i = 0; i < self->items->len; i++)
    if (g_str_equal (cfa_upload_get_id (self->items->pdata[i]), id))
      return self->items->pdata[i];
  return NULL;
}

/**
 * cfa_upload_list_get_awaited:
 * Returns: whether the message goes as soon as all are ready
 */
gboolean
cfa_upload_list_get_awaited (CfaUploadList *self)
{
  return self->awaited;
}

void
cfa_upload_list_set_awaited (CfaUploadList *self, gboolean awaited)
{
  if (self->awaited == awaited)
    return;
  self->awaited = awaited;
  changed (self);
}

/**
 * cfa_upload_list_dup_names:
 * Returns: (transfer full): all names, which are the words of a message that has no others
 */
char *
cfa_upload_list_dup_names (CfaUploadList *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < self->items->len; i++)
    g_ptr_array_add (names, (char *) cfa_upload_get_name (self->items->pdata[i]));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

/**
 * cfa_upload_list_take:
 * Returns: (transfer full): the ids of all, for a message to take; the list is empty afterwards
 */
char **
cfa_upload_list_take (CfaUploadList *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  guint count = self->items->len;

  for (guint i = 0; i < count; i++)
    {
      g_strv_builder_add (ids, cfa_upload_get_id (self->items->pdata[i]));
      g_signal_handlers_disconnect_by_data (self->items->pdata[i], self);
    }
  g_ptr_array_set_size (self->items, 0);
  if (count > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, count, 0);
  changed (self);
  return g_strv_builder_end (ids);
}
