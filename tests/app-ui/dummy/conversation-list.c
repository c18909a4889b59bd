/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dummy.h"

#include "app/cache/view.h"

#include "protocol/id.h"

struct _CfaConversationList
{
  GObject parent_instance;

  char *folder;
  CfaDirectory *directory; /* borrowed */
  CfaOrder order;
  gboolean loading;
  guint unread;
  GPtrArray *items;
};

static GType get_item_type (GListModel *model) { return CFA_TYPE_CONVERSATION; }
static guint get_n_items (GListModel *model) { return CFA_CONVERSATION_LIST (model)->items->len; }

static gpointer
get_item (GListModel *model, guint position)
{
  CfaConversationList *self = CFA_CONVERSATION_LIST (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static GParamSpec *unread_property;

G_DEFINE_FINAL_TYPE_WITH_CODE (CfaConversationList, cfa_conversation_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, iface_init))

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_uint (value, CFA_CONVERSATION_LIST (object)->unread);
}

static void
finalize (GObject *object)
{
  g_ptr_array_unref (CFA_CONVERSATION_LIST (object)->items);
  g_free (CFA_CONVERSATION_LIST (object)->folder);
  G_OBJECT_CLASS (cfa_conversation_list_parent_class)->finalize (object);
}

static void
cfa_conversation_list_class_init (CfaConversationListClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = get_property;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  unread_property = g_param_spec_uint ("unread", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE);
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, unread_property);
}

static void
cfa_conversation_list_init (CfaConversationList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

CfaConversationList *
dummy_conversation_list_new (const char *folder, gboolean loading, CfaDirectory *directory)
{
  CfaConversationList *self = g_object_new (CFA_TYPE_CONVERSATION_LIST, NULL);

  self->folder = g_strdup (folder);
  self->loading = loading;
  self->directory = directory;
  return self;
}

static gboolean
is_viewed (CfaConversationList *self, CfaConversation *conversation)
{
  const CfSavedView *view =
    (const CfSavedView *) cfa_directory_get (self->directory, &cf_saved_view_shape, cfa_folder_get_view (self->folder));
  g_autofree char *tags = conversation->tags != NULL ? g_strjoinv (" ", conversation->tags) : NULL;
  g_autofree char *words = g_strdup_printf (" %s ", tags != NULL ? tags : "");
  CfaPlace place = {
    .there = TRUE,
    .box = conversation->status == CF_CONVERSATION_CLOSED ? CFA_BOX_CLOSED : conversation->snoozed_until > 0 ? CFA_BOX_SNOOZED : CFA_BOX_OTHERS,
    .wait = conversation->waiting_since > 0 ? CFA_PLACE_WAITS - conversation->waiting_since : 0,
    .assignee_id = conversation->assignee_id,
    .department_id = conversation->department_id,
    .site_id = conversation->site_id,
    .tags = words,
    .mood = conversation->mood,
  };

  return view != NULL && cfa_view_shows (view, &place, DUMMY_AGENT_ID, cf_now ());
}

static gboolean
belongs (CfaConversationList *self, CfaConversation *conversation)
{
  gboolean open = conversation->status == CF_CONVERSATION_OPEN;
  gboolean awake = open && conversation->snoozed_until == 0;
  CfaInbox inbox;

  if (cfa_folder_get_view (self->folder) != NULL)
    return is_viewed (self, conversation);
  if (!cfa_folder_is_inbox (self->folder, &inbox))
    return awake && g_strcmp0 (cfa_folder_get_site (self->folder) != NULL ? cfa_folder_get_site (self->folder)
                                                                        : cfa_folder_get_department (self->folder),
                               cfa_folder_get_site (self->folder) != NULL ? conversation->site_id : conversation->department_id) == 0;
  switch (inbox)
    {
    case CFA_INBOX_MINE: return awake && cfa_conversation_get_mine (conversation);
    case CFA_INBOX_UNASSIGNED: return awake && conversation->assignee_id == NULL;
    case CFA_INBOX_MENTIONS: return open && conversation->mentioned;
    case CFA_INBOX_ALL: return awake;
    case CFA_INBOX_SNOOZED: return open && !awake;
    case CFA_INBOX_CLOSED: return !open;
    }
  g_return_val_if_reached (FALSE);
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const CfaConversation *first = *(CfaConversation *const *) a, *second = *(CfaConversation *const *) b;

  return (second->last_message_at > first->last_message_at) - (second->last_message_at < first->last_message_at);
}

static int
longest_waiting (gconstpointer a, gconstpointer b)
{
  gint64 first = (*(CfaConversation *const *) a)->waiting_since, second = (*(CfaConversation *const *) b)->waiting_since;

  if (first == 0 && second == 0)
    return newest_first (a, b);
  if (first == 0 || second == 0)
    return first == 0 ? 1 : -1;
  return (first > second) - (first < second);
}

static int
oldest_first (gconstpointer a, gconstpointer b)
{
  return newest_first (b, a);
}

/* Takes over what belongs here, with one items-changed for the stretch that differs. */
void
dummy_conversation_list_fill (CfaConversationList *self, GPtrArray *all)
{
  static const GCompareFunc comparers[] = { newest_first, oldest_first, longest_waiting };
  GPtrArray *old = self->items;
  guint head = 0, tail = 0;

  if (self->loading)
    return;
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->unread = 0;
  for (guint i = 0; i < all->len; i++)
    if (belongs (self, all->pdata[i]))
      {
        g_ptr_array_add (self->items, g_object_ref (all->pdata[i]));
        self->unread += !g_str_equal (self->folder, "closed") && cfa_conversation_get_unread (all->pdata[i]) > 0;
      }
  g_ptr_array_sort (self->items, comparers[self->order]);
  while (head < MIN (old->len, self->items->len) && old->pdata[head] == self->items->pdata[head])
    head++;
  while (tail < MIN (old->len, self->items->len) - head
         && old->pdata[old->len - 1 - tail] == self->items->pdata[self->items->len - 1 - tail])
    tail++;
  if (old->len - head - tail > 0 || self->items->len - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail, self->items->len - head - tail);
  g_ptr_array_unref (old);
  g_object_notify_by_pspec (G_OBJECT (self), unread_property);
}

const char *cfa_conversation_list_get_folder (CfaConversationList *self) { return self->folder; }
CfaOrder cfa_conversation_list_get_order (CfaConversationList *self) { return self->order; }
gboolean cfa_conversation_list_get_loading (CfaConversationList *self) { return self->loading; }
guint cfa_conversation_list_get_unread (CfaConversationList *self) { return self->unread; }
gboolean cfa_conversation_list_get_has_older (CfaConversationList *self) { return FALSE; }
void cfa_conversation_list_load_older (CfaConversationList *self) { }

void
cfa_conversation_list_set_order (CfaConversationList *self, CfaOrder order)
{
  g_autoptr (GPtrArray) all = g_ptr_array_ref (self->items);

  self->order = order;
  dummy_conversation_list_fill (self, all);
}

guint
cfa_conversation_list_find (CfaConversationList *self, CfaConversation *conversation)
{
  guint position;

  return g_ptr_array_find (self->items, conversation, &position) ? position : CFA_NOWHERE;
}

void
cfa_conversation_list_locate_async (CfaConversationList *self, CfaConversation *conversation, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  guint position = cfa_conversation_list_find (self, conversation);

  g_task_return_int (task, position == CFA_NOWHERE ? -1 : (gssize) position);
}

guint
cfa_conversation_list_locate_finish (CfaConversationList *self, GAsyncResult *result, GError **error)
{
  gssize position = g_task_propagate_int (G_TASK (result), error);

  return position < 0 ? CFA_NOWHERE : (guint) position;
}
