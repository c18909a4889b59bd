/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dummy.h"

#define PAGE 40
#define LOAD_MS 150

struct _CfaMessageList
{
  GObject parent_instance;

  CfaConversation *conversation;
  guint start; /* the first one that is loaded */
  guint end;   /* behind the last one that was announced */
  guint source;
  gboolean held; /* a load waits for dummy_message_list_release() */
};

static GType get_item_type (GListModel *model) { return CFA_TYPE_MESSAGE; }
static guint get_n_items (GListModel *model) { return CFA_MESSAGE_LIST (model)->end - CFA_MESSAGE_LIST (model)->start; }

static gpointer
get_item (GListModel *model, guint position)
{
  CfaMessageList *self = CFA_MESSAGE_LIST (model);

  return position < get_n_items (model) ? g_object_ref (self->conversation->messages->pdata[self->start + position]) : NULL;
}

static void
iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static GParamSpec *loading_property;

G_DEFINE_FINAL_TYPE_WITH_CODE (CfaMessageList, cfa_message_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, iface_init))

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, cfa_message_list_get_loading (CFA_MESSAGE_LIST (object)));
}

static void
finalize (GObject *object)
{
  CfaMessageList *self = CFA_MESSAGE_LIST (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_object_unref (self->conversation);
  G_OBJECT_CLASS (cfa_message_list_parent_class)->finalize (object);
}

static void
cfa_message_list_class_init (CfaMessageListClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = get_property;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  loading_property = g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE);
  g_object_class_install_property (G_OBJECT_CLASS (klass), 1, loading_property);
}

static void
cfa_message_list_init (CfaMessageList *self)
{
}

CfaMessageList *
dummy_message_list_new (CfaConversation *conversation)
{
  CfaMessageList *self = g_object_new (CFA_TYPE_MESSAGE_LIST, NULL);

  self->conversation = g_object_ref (conversation);
  self->end = conversation->messages->len;
  self->start = self->end > PAGE ? self->end - PAGE : 0;
  return self;
}

void
dummy_message_list_appended (CfaMessageList *self)
{
  guint count = get_n_items (G_LIST_MODEL (self));
  guint added = self->conversation->messages->len - self->end;

  self->end += added;
  g_list_model_items_changed (G_LIST_MODEL (self), count, 0, added);
}

void
dummy_message_list_dropped (CfaMessageList *self, guint index)
{
  self->end--;
  g_list_model_items_changed (G_LIST_MODEL (self), index - self->start, 1, 0);
}

static gboolean
loaded (gpointer data)
{
  CfaMessageList *self = data;
  guint added = MIN (PAGE, self->start);

  self->source = 0;
  self->start -= added;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, added);
  g_object_notify_by_pspec (G_OBJECT (self), loading_property);
  return G_SOURCE_REMOVE;
}

/* Lets a load that is held come to its end; nothing when none is. */
void
dummy_message_list_release (CfaMessageList *self)
{
  if (!self->held)
    return;
  self->held = FALSE;
  loaded (self);
}

gboolean cfa_message_list_get_loading (CfaMessageList *self) { return self->source != 0 || self->held; }
gboolean cfa_message_list_get_has_older (CfaMessageList *self) { return self->start > 0; }
const char *cfa_message_list_get_error (CfaMessageList *self) { return NULL; }

void
cfa_message_list_load_older (CfaMessageList *self)
{
  if (cfa_message_list_get_loading (self) || self->start == 0)
    return;
  if (dummy_wants ("held-history"))
    self->held = TRUE;
  else
    self->source = g_timeout_add (LOAD_MS, loaded, self);
  g_object_notify_by_pspec (G_OBJECT (self), loading_property);
}

CfaMessage *
cfa_message_list_find (CfaMessageList *self, const char *id)
{
  for (guint i = 0; i < self->conversation->messages->len; i++)
    if (g_str_equal (cfa_message_get_id (self->conversation->messages->pdata[i]), id))
      return self->conversation->messages->pdata[i];
  return NULL;
}
