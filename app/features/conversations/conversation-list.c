/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-list-private.h"

/* A place in the order, with the key by which it was found: the conversation may have changed since. */
typedef struct
{
  CfaConversation *conversation;
  gint64 time;
  gboolean unread;
} Place;

struct _CfaConversationList
{
  GObject parent_instance;
  CfaInbox inbox;
  GSequence *places;  /* of Place, in order */
  GHashTable *where;  /* CfaConversation -> its GSequenceIter */
  gboolean loading;
  gboolean has_older;
  guint unread;
};

enum
{
  PROP_0,
  PROP_INBOX,
  PROP_LOADING,
  PROP_UNREAD,
  PROP_HAS_OLDER,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint older_wanted;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CfaConversationList, cfa_conversation_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
place_free (Place *place)
{
  g_object_unref (place->conversation);
  g_free (place);
}

/* Newest first; ids are made in time order, so they decide between equals. */
static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const Place *left = a, *right = b;

  if (left->time != right->time)
    return left->time > right->time ? -1 : 1;
  return g_strcmp0 (cfa_conversation_get_id (right->conversation), cfa_conversation_get_id (left->conversation));
}

static gboolean
belongs (CfaConversationList *self, CfaConversation *conversation)
{
  gboolean open = cfa_conversation_get_status (conversation) == CF_CONVERSATION_OPEN;

  switch (self->inbox)
    {
    case CFA_INBOX_MINE:
      return open && cfa_conversation_get_mine (conversation);
    case CFA_INBOX_UNASSIGNED:
      return open && cfa_conversation_get_assignee_id (conversation) == NULL;
    case CFA_INBOX_ALL:
      return open;
    case CFA_INBOX_CLOSED:
      return !open;
    }
  return FALSE;
}

static GType
get_item_type (GListModel *model)
{
  return CFA_TYPE_CONVERSATION;
}

static guint
get_n_items (GListModel *model)
{
  return g_sequence_get_length (CFA_CONVERSATION_LIST (model)->places);
}

static gpointer
get_item (GListModel *model, guint position)
{
  GSequenceIter *iter = g_sequence_get_iter_at_pos (CFA_CONVERSATION_LIST (model)->places, position);

  if (g_sequence_iter_is_end (iter))
    return NULL;
  return g_object_ref (((Place *) g_sequence_get (iter))->conversation);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* What is closed is done: nobody is called to it. */
static gboolean
calls (CfaConversation *conversation)
{
  return cfa_conversation_get_status (conversation) == CF_CONVERSATION_OPEN && cfa_conversation_get_unread (conversation) > 0;
}

static void
set_unread (CfaConversationList *self, guint unread)
{
  if (self->unread == unread)
    return;
  self->unread = unread;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNREAD]);
}

/* Takes it out of the order without telling anyone. */
static void
take_out (CfaConversationList *self, CfaConversation *conversation, guint *unread)
{
  GSequenceIter *iter = g_hash_table_lookup (self->where, conversation);

  if (iter == NULL)
    return;
  *unread -= ((Place *) g_sequence_get (iter))->unread ? 1 : 0;
  g_hash_table_remove (self->where, conversation);
  g_sequence_remove (iter);
}

static void
put_in (CfaConversationList *self, CfaConversation *conversation, guint *unread)
{
  Place *place = g_new0 (Place, 1);
  GSequenceIter *iter;

  place->conversation = g_object_ref (conversation);
  place->time = cfa_conversation_get_last_message_at (conversation);
  place->unread = calls (conversation);
  *unread += place->unread ? 1 : 0;
  iter = g_sequence_insert_sorted (self->places, place, compare, NULL);
  g_hash_table_insert (self->where, conversation, iter);
}

/* Leaves out of @head and @tail what lies behind or before a row that changes. */
static void
spare (GSequenceIter *iter, guint length, guint *head, guint *tail)
{
  guint position;

  if (iter == NULL)
    return;
  position = g_sequence_iter_get_position (iter);
  *head = MIN (*head, position);
  *tail = MIN (*tail, length - 1 - position);
}

/* One that stays where it is needs no items-changed; its properties tell the rest. */
static gboolean
stays (CfaConversationList *self, CfaConversation *conversation, guint *unread)
{
  GSequenceIter *iter = g_hash_table_lookup (self->where, conversation);
  gboolean inside = belongs (self, conversation);
  Place *place;

  if (iter == NULL || !inside)
    return iter == NULL && !inside;
  place = g_sequence_get (iter);
  if (place->time != cfa_conversation_get_last_message_at (conversation))
    return FALSE;
  *unread -= place->unread ? 1 : 0;
  place->unread = calls (conversation);
  *unread += place->unread ? 1 : 0;
  return TRUE;
}

static void
cfa_conversation_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CfaConversationList *self = CFA_CONVERSATION_LIST (object);

  switch (id)
    {
    case PROP_INBOX:
      g_value_set_int (value, self->inbox);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_UNREAD:
      g_value_set_uint (value, self->unread);
      break;
    case PROP_HAS_OLDER:
      g_value_set_boolean (value, self->has_older);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cfa_conversation_list_finalize (GObject *object)
{
  CfaConversationList *self = CFA_CONVERSATION_LIST (object);

  g_hash_table_unref (self->where);
  g_sequence_free (self->places);
  G_OBJECT_CLASS (cfa_conversation_list_parent_class)->finalize (object);
}

static void
cfa_conversation_list_class_init (CfaConversationListClass *klass)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  G_OBJECT_CLASS (klass)->get_property = cfa_conversation_list_get_property;
  G_OBJECT_CLASS (klass)->finalize = cfa_conversation_list_finalize;
  props[PROP_INBOX] = g_param_spec_int ("inbox", NULL, NULL, 0, G_MAXINT, 0, flags);
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, TRUE, flags);
  props[PROP_UNREAD] = g_param_spec_uint ("unread", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_HAS_OLDER] = g_param_spec_boolean ("has-older", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  older_wanted = g_signal_new ("older-wanted", CFA_TYPE_CONVERSATION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_conversation_list_init (CfaConversationList *self)
{
  self->places = g_sequence_new ((GDestroyNotify) place_free);
  self->where = g_hash_table_new (NULL, NULL);
  self->loading = TRUE;
}

CfaConversationList *
cfa_conversation_list_new (CfaInbox inbox)
{
  CfaConversationList *self = g_object_new (CFA_TYPE_CONVERSATION_LIST, NULL);

  self->inbox = inbox;
  self->has_older = inbox == CFA_INBOX_CLOSED;
  return self;
}

/**
 * cfa_conversation_list_place:
 * @conversations: new or changed ones
 *
 * Puts each where it belongs now, or out. However many they are, there is one items-changed, from the first row that differs to
 * the last; a row that moves lies in it with both its places, so that a selection survives.
 */
void
cfa_conversation_list_place (CfaConversationList *self, CfaConversation **conversations, guint n)
{
  g_autoptr (GPtrArray) moving = g_ptr_array_new ();
  guint before = g_sequence_get_length (self->places), after, unread = self->unread;
  guint head = before, tail = before; /* rows at either end that stay as they are */

  for (guint i = 0; i < n; i++)
    if (!stays (self, conversations[i], &unread))
      g_ptr_array_add (moving, conversations[i]);
  for (guint i = 0; i < moving->len; i++)
    spare (g_hash_table_lookup (self->where, moving->pdata[i]), before, &head, &tail);
  for (guint i = 0; i < moving->len; i++)
    take_out (self, moving->pdata[i], &unread);
  for (guint i = 0; i < moving->len; i++)
    if (belongs (self, moving->pdata[i]))
      put_in (self, moving->pdata[i], &unread);
  after = g_sequence_get_length (self->places);
  for (guint i = 0; i < moving->len; i++)
    spare (g_hash_table_lookup (self->where, moving->pdata[i]), after, &head, &tail);
  if (before > head + tail || after > head + tail)
    g_list_model_items_changed (G_LIST_MODEL (self), head, before - head - tail, after - head - tail);
  set_unread (self, unread);
}

/**
 * cfa_conversation_list_remove:
 * For a conversation that has ceased to exist.
 */
void
cfa_conversation_list_remove (CfaConversationList *self, CfaConversation *conversation)
{
  guint unread = self->unread;
  GSequenceIter *iter = g_hash_table_lookup (self->where, conversation);
  int position = iter != NULL ? g_sequence_iter_get_position (iter) : -1;

  if (iter == NULL)
    return;
  take_out (self, conversation, &unread);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  set_unread (self, unread);
}

void
cfa_conversation_list_set_loading (CfaConversationList *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

void
cfa_conversation_list_set_has_older (CfaConversationList *self, gboolean has_older)
{
  if (self->has_older == has_older)
    return;
  self->has_older = has_older;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HAS_OLDER]);
}

CfaInbox
cfa_conversation_list_get_inbox (CfaConversationList *self)
{
  return self->inbox;
}

/**
 * cfa_conversation_list_get_loading:
 * Returns: TRUE until the cache has answered.
 */
gboolean
cfa_conversation_list_get_loading (CfaConversationList *self)
{
  return self->loading;
}

/**
 * cfa_conversation_list_get_unread:
 * Returns: how many of its open conversations have unread messages.
 */
guint
cfa_conversation_list_get_unread (CfaConversationList *self)
{
  return self->unread;
}

/**
 * cfa_conversation_list_get_has_older:
 * Returns: whether the server may have more than is here; only ever of CFA_INBOX_CLOSED.
 */
gboolean
cfa_conversation_list_get_has_older (CfaConversationList *self)
{
  return self->has_older;
}

/**
 * cfa_conversation_list_load_older:
 * Asks for the next page; what arrives takes its place like any change.
 */
void
cfa_conversation_list_load_older (CfaConversationList *self)
{
  if (self->has_older && !self->loading)
    g_signal_emit (self, older_wanted, 0);
}
