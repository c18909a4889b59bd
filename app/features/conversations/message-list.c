/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message-list-private.h"

#include "message-private.h"
#include "param.h"

#include "app/features/session/write.h"

#include "protocol/methods/conversation-params.h"

struct _CfaMessageList
{
  GObject parent_instance;
  char *agent_id;
  char *agent_name;
  GPtrArray *items;   /* of CfaMessage: those of the server by (position, id), then those that wait */
  GPtrArray *stored;  /* of CfaMessage: those of the server, in order */
  GPtrArray *waiting; /* of CfaMessage: own ones in the outbox, in order */
  GHashTable *by_id;  /* id (of the message) -> CfaMessage (not owned) */
  gint64 seen;
  gboolean loading;
  gboolean has_older;
  gboolean changing; /* some are shown as the outbox will have them changed */
  char *error;
};

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_HAS_OLDER,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint older_wanted;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CfaMessageList, cfa_message_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return CFA_TYPE_MESSAGE;
}

static guint
get_n_items (GListModel *model)
{
  return CFA_MESSAGE_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GPtrArray *items = CFA_MESSAGE_LIST (model)->items;

  return position < items->len ? g_object_ref (items->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  CfaMessage *left = *(CfaMessage **) a, *right = *(CfaMessage **) b;
  gint64 left_position = cfa_message_get_position (left), right_position = cfa_message_get_position (right);

  if (left_position != right_position)
    return left_position < right_position ? -1 : 1;
  return g_strcmp0 (cfa_message_get_id (left), cfa_message_get_id (right));
}

/*
 * Makes the list of what is stored and what waits, and tells of the rows between the first and the last that differ. A message that
 * was sent and is still the last one has not moved: nothing is told, its properties have changed.
 */
static void
rebuild (CfaMessageList *self)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->items);
  guint head = 0, tail = 0, shorter;

  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_sort (self->stored, compare);
  for (guint i = 0; i < self->stored->len; i++)
    g_ptr_array_add (self->items, g_object_ref (self->stored->pdata[i]));
  for (guint i = 0; i < self->waiting->len; i++)
    g_ptr_array_add (self->items, g_object_ref (self->waiting->pdata[i]));
  shorter = MIN (before->len, self->items->len);
  while (head < shorter && before->pdata[head] == self->items->pdata[head])
    head++;
  while (tail < shorter - head && before->pdata[before->len - 1 - tail] == self->items->pdata[self->items->len - 1 - tail])
    tail++;
  if (before->len > head + tail || self->items->len > head + tail)
    g_list_model_items_changed (G_LIST_MODEL (self), head, before->len - head - tail, self->items->len - head - tail);
}

static CfaMessageState
stored_state (CfaMessageList *self, CfaMessage *message)
{
  return cfa_message_get_own (message) && cfa_message_get_kind (message) == CF_MESSAGE_TEXT
         && cfa_message_get_position (message) <= self->seen ? CFA_MESSAGE_SEEN : CFA_MESSAGE_SENT;
}

static void
forget (CfaMessageList *self, const char *id)
{
  CfaMessage *message = g_hash_table_lookup (self->by_id, id);

  if (message == NULL)
    return;
  g_hash_table_remove (self->by_id, id);
  if (!g_ptr_array_remove (self->stored, message))
    g_ptr_array_remove (self->waiting, message);
}

static void
store (CfaMessageList *self, CfMessage *record)
{
  CfaMessage *message = g_hash_table_lookup (self->by_id, record->parent.id);
  gboolean own = record->author_kind == CF_AUTHOR_AGENT && g_strcmp0 (record->author_id, self->agent_id) == 0;
  guint index;

  if (message == NULL)
    {
      message = cfa_message_new (record, own, CFA_MESSAGE_SENT);
      g_ptr_array_add (self->stored, message);
      g_hash_table_insert (self->by_id, (char *) cfa_message_get_id (message), message);
    }
  else
    {
      if (g_ptr_array_find (self->waiting, message, &index))
        {
          g_ptr_array_add (self->stored, g_object_ref (message));
          g_ptr_array_remove_index (self->waiting, index);
        }
      /* the key is the id in the record that is about to go */
      g_hash_table_steal (self->by_id, record->parent.id);
      cfa_message_take_record (message, record);
      g_hash_table_insert (self->by_id, (char *) cfa_message_get_id (message), message);
    }
  cfa_message_set_state (message, stored_state (self, message), NULL);
}

static CfaMessage *
message_of_write (CfaMessageList *self, const CfaOutboxRow *write)
{
  g_autoptr (CfMessageSendParams) params = cfa_write_params (write, NULL);
  g_autoptr (CfMessage) record = cf_struct_new (&cf_message_shape);

  record->parent.id = g_strdup (write->id);
  record->conversation_id = g_strdup (write->conversation_id);
  record->kind = g_str_equal (write->method, "note.add") ? CF_MESSAGE_NOTE : CF_MESSAGE_TEXT;
  record->staff_only = record->kind == CF_MESSAGE_NOTE;
  record->author_kind = CF_AUTHOR_AGENT;
  record->author_id = g_strdup (self->agent_id);
  record->author_name = g_strdup (self->agent_name);
  record->text = g_strdup (params != NULL ? params->text : "");
  record->reply_to = params != NULL ? g_strdup (params->reply_to) : NULL;
  record->mentions = params != NULL ? g_strdupv (params->mentions) : NULL;
  record->files = params != NULL ? g_strdupv (params->files) : NULL;
  record->created_at = write->created_at;
  return cfa_message_new (record, TRUE, CFA_MESSAGE_SENDING);
}

static void
cfa_message_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CfaMessageList *self = CFA_MESSAGE_LIST (object);

  switch (id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_HAS_OLDER:
      g_value_set_boolean (value, self->has_older);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cfa_message_list_finalize (GObject *object)
{
  CfaMessageList *self = CFA_MESSAGE_LIST (object);

  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->items);
  g_ptr_array_unref (self->stored);
  g_ptr_array_unref (self->waiting);
  g_free (self->agent_id);
  g_free (self->agent_name);
  g_free (self->error);
  G_OBJECT_CLASS (cfa_message_list_parent_class)->finalize (object);
}

static void
cfa_message_list_class_init (CfaMessageListClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = cfa_message_list_get_property;
  G_OBJECT_CLASS (klass)->finalize = cfa_message_list_finalize;
  props[PROP_LOADING] = cfa_param_boolean ("loading", TRUE);
  props[PROP_HAS_OLDER] = cfa_param_boolean ("has-older", TRUE);
  props[PROP_ERROR] = cfa_param_string ("error");
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  older_wanted = g_signal_new ("older-wanted", CFA_TYPE_MESSAGE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_message_list_init (CfaMessageList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->stored = g_ptr_array_new_with_free_func (g_object_unref);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->loading = TRUE;
  self->has_older = TRUE;
}

/**
 * cfa_message_list_new:
 * @agent_id: who is signed in
 */
CfaMessageList *
cfa_message_list_new (const char *agent_id, const char *agent_name)
{
  CfaMessageList *self = g_object_new (CFA_TYPE_MESSAGE_LIST, NULL);

  self->agent_id = g_strdup (agent_id);
  self->agent_name = g_strdup (agent_name);
  return self;
}

/**
 * cfa_message_list_add_page:
 * @records: of CfMessage: a page that joins what is here without a gap
 */
void
cfa_message_list_add_page (CfaMessageList *self, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    store (self, records->pdata[i]);
  rebuild (self);
}

/**
 * cfa_message_list_add_new:
 * @records: of CfMessage that have just been made or changed, tombstones among them
 *
 * Those above the oldest row, unknown here, are left to the page that will bring them with their neighbours.
 */
void
cfa_message_list_add_new (CfaMessageList *self, GPtrArray *records)
{
  gint64 oldest;
  const char *id;

  cfa_message_list_get_oldest (self, &oldest, &id);
  for (guint i = 0; i < records->len; i++)
    {
      CfMessage *record = records->pdata[i];

      if (record->parent.deleted)
        forget (self, record->parent.id);
      else if (!self->has_older || self->stored->len == 0 || record->position >= oldest
               || g_hash_table_contains (self->by_id, record->parent.id))
        store (self, record);
    }
  rebuild (self);
}

static gboolean
edits_message (const CfaOutboxRow *write)
{
  return g_str_equal (write->method, "message.edit") || g_str_equal (write->method, "channel.edit");
}

static gboolean
removes_message (const CfaOutboxRow *write)
{
  return g_str_equal (write->method, "message.remove") || g_str_equal (write->method, "channel.remove");
}

/* What the outbox has in store for one message: the last new words, or its removal. */
static void
show_changes (CfaMessage *message, GPtrArray *writes)
{
  g_autofree char *edit = NULL;
  gboolean removing = FALSE;

  for (guint i = 0; writes != NULL && i < writes->len; i++)
    {
      const CfaOutboxRow *write = writes->pdata[i];
      gboolean edits = edits_message (write), removes = removes_message (write);
      g_autoptr (CfStruct) params = edits || removes ? cfa_write_params (write, NULL) : NULL;

      if (params == NULL || write->failed)
        continue;
      if (removes)
        removing = removing || g_strcmp0 (((CfIdParams *) params)->id, cfa_message_get_id (message)) == 0;
      else if (g_strcmp0 (((CfMessageEditParams *) params)->id, cfa_message_get_id (message)) == 0)
        {
          g_free (edit);
          edit = g_strdup (((CfMessageEditParams *) params)->text);
        }
    }
  cfa_message_set_changes (message, edit, removing);
}

/* Most of the time nothing is being changed, and nothing was. */
static void
show_all_changes (CfaMessageList *self, GPtrArray *writes)
{
  gboolean changes = FALSE;

  for (guint i = 0; writes != NULL && i < writes->len; i++)
    changes = changes || edits_message (writes->pdata[i]) || removes_message (writes->pdata[i]);
  for (guint i = 0; (changes || self->changing) && i < self->stored->len; i++)
    show_changes (self->stored->pdata[i], writes);
  self->changing = changes;
}

/**
 * cfa_message_list_set_writes:
 * @writes: (nullable): CfaOutboxRow of this conversation, in order
 */
void
cfa_message_list_set_writes (CfaMessageList *self, GPtrArray *writes)
{
  g_autoptr (GPtrArray) gone = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; writes != NULL && i < writes->len; i++)
    {
      const CfaOutboxRow *write = writes->pdata[i];
      CfaMessage *message = g_hash_table_lookup (self->by_id, write->id);

      if (!cfa_write_is_message (write))
        continue;
      if (message != NULL && g_ptr_array_find (self->stored, message, NULL))
        continue;
      if (message == NULL)
        {
          message = message_of_write (self, write);
          g_hash_table_insert (self->by_id, (char *) cfa_message_get_id (message), message);
        }
      else
        {
          g_object_ref (message);
        }
      g_ptr_array_add (self->waiting, message);
      cfa_message_set_due (message, write->due);
      cfa_message_set_overtaken (message, write->failed == CFA_REFUSAL_OVERTAKEN);
      cfa_message_set_state (message, write->failed ? CFA_MESSAGE_FAILED : CFA_MESSAGE_SENDING, write->error);
    }
  for (guint i = 0; i < gone->len; i++)
    if (!g_ptr_array_find (self->waiting, gone->pdata[i], NULL) && !g_ptr_array_find (self->stored, gone->pdata[i], NULL))
      g_hash_table_remove (self->by_id, cfa_message_get_id (gone->pdata[i]));
  show_all_changes (self, writes);
  rebuild (self);
}

/**
 * cfa_message_list_set_seen:
 * @position: the visitor has read up to here
 */
void
cfa_message_list_set_seen (CfaMessageList *self, gint64 position)
{
  if (self->seen == position)
    return;
  self->seen = position;
  for (guint i = 0; i < self->stored->len; i++)
    cfa_message_set_state (self->stored->pdata[i], stored_state (self, self->stored->pdata[i]), NULL);
}

void
cfa_message_list_set_loading (CfaMessageList *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

void
cfa_message_list_set_has_older (CfaMessageList *self, gboolean has_older)
{
  if (self->has_older == has_older)
    return;
  self->has_older = has_older;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HAS_OLDER]);
}

void
cfa_message_list_set_error (CfaMessageList *self, const char *error)
{
  if (g_strcmp0 (self->error, error) == 0)
    return;
  g_free (self->error);
  self->error = g_strdup (error);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

/**
 * cfa_message_list_get_oldest:
 * @position: (out): of the topmost row that the server knows; G_MAXINT64 when there is none
 * @id: (out): its id, or ""
 */
void
cfa_message_list_get_oldest (CfaMessageList *self, gint64 *position, const char **id)
{
  CfaMessage *oldest = self->stored->len > 0 ? self->stored->pdata[0] : NULL;

  *position = oldest != NULL ? cfa_message_get_position (oldest) : G_MAXINT64;
  *id = oldest != NULL ? cfa_message_get_id (oldest) : "";
}

gboolean
cfa_message_list_get_loading (CfaMessageList *self)
{
  return self->loading;
}

gboolean
cfa_message_list_get_has_older (CfaMessageList *self)
{
  return self->has_older;
}

/**
 * cfa_message_list_get_error:
 * Returns: (nullable): why the last page could not be loaded, and what to do.
 */
const char *
cfa_message_list_get_error (CfaMessageList *self)
{
  return self->error;
}

/**
 * cfa_message_list_load_older:
 * Asks for the page above the topmost row; does nothing while one is being loaded, or when there is none.
 */
void
cfa_message_list_load_older (CfaMessageList *self)
{
  if (self->has_older && !self->loading)
    g_signal_emit (self, older_wanted, 0);
}

/**
 * cfa_message_list_find:
 * Returns: (transfer none) (nullable): the message with that id, when it is loaded.
 */
CfaMessage *
cfa_message_list_find (CfaMessageList *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}
