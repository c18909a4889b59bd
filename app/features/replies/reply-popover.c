/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reply-popover.h"

#include "reply-preview.h"
#include "reply-row.h"

enum
{
  CHOSEN,
  N_SIGNALS,
};

struct _CfaReplyPopover
{
  GtkPopover parent_instance;

  char *words;
  CfaPlaceholderValues values;
  GtkCustomFilter *filter;
  GtkFilterListModel *found;
  GtkSingleSelection *selection;

  GtkListView *list;
  GtkLabel *preview;
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaReplyPopover, cfa_reply_popover, GTK_TYPE_POPOVER)

static gboolean
fits (gpointer item, gpointer data)
{
  CfaReplyPopover *self = data;

  return self->words == NULL || cfa_reply_matches (item, self->words);
}

static void
update_preview (CfaReplyPopover *self)
{
  CfaReply *reply = cfa_reply_popover_get_selected (self);

  cfa_reply_preview_show (self->preview, reply != NULL ? cfa_reply_get_canned (reply)->text : "", &self->values);
}

static void
on_activate (CfaReplyPopover *self, guint position)
{
  g_autoptr (CfaReply) reply = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (reply != NULL)
    g_signal_emit (self, signals[CHOSEN], 0, reply);
}

static void
setup_row (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, cfa_reply_row_new ());
}

static void
bind_row (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  cfa_reply_row_bind (CFA_REPLY_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
cfa_reply_popover_dispose (GObject *object)
{
  CfaReplyPopover *self = CFA_REPLY_POPOVER (object);

  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  g_clear_object (&self->filter);
  G_OBJECT_CLASS (cfa_reply_popover_parent_class)->dispose (object);
}

static void
cfa_reply_popover_finalize (GObject *object)
{
  CfaReplyPopover *self = CFA_REPLY_POPOVER (object);

  g_free (self->words);
  g_clear_object (&self->found);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (cfa_reply_popover_parent_class)->finalize (object);
}

static void
cfa_reply_popover_class_init (CfaReplyPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_reply_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_reply_popover_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", CFA_TYPE_REPLY_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CFA_TYPE_REPLY);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/replies/reply-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaReplyPopover, list);
  gtk_widget_class_bind_template_child (widget_class, CfaReplyPopover, preview);
}

static void
cfa_reply_popover_init (CfaReplyPopover *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = gtk_custom_filter_new (fits, self, NULL);
  self->found = gtk_filter_list_model_new (NULL, g_object_ref (GTK_FILTER (self->filter)));
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->found)));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), NULL);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (on_activate), self);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (update_preview), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cfa_reply_popover_new (void)
{
  return g_object_new (CFA_TYPE_REPLY_POPOVER, NULL);
}

/**
 * cfa_reply_popover_set_model:
 * @canned: (nullable): a list of CfaReply, in the order in which they are shown
 */
void
cfa_reply_popover_set_model (CfaReplyPopover *self, GListModel *canned)
{
  gtk_filter_list_model_set_model (self->found, canned);
}

/**
 * cfa_reply_popover_set_values:
 * @values: (transfer none): what the preview is filled with; its words are to stay until others are set
 */
void
cfa_reply_popover_set_values (CfaReplyPopover *self, const CfaPlaceholderValues *values)
{
  self->values = *values;
  update_preview (self);
}

/**
 * cfa_reply_popover_search:
 * @words: as a person types them
 *
 * Returns: how many there are; the first of them is chosen.
 */
guint
cfa_reply_popover_search (CfaReplyPopover *self, const char *words)
{
  guint n;

  if (g_strcmp0 (self->words, words) != 0)
    {
      g_free (self->words);
      self->words = g_strdup (words);
      gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
      gtk_single_selection_set_selected (self->selection, 0);
    }
  n = g_list_model_get_n_items (G_LIST_MODEL (self->found));
  if (n > 0)
    update_preview (self);
  return n;
}

/**
 * cfa_reply_popover_move:
 * @by: how many rows down; negative up. Behind the last comes the first.
 */
void
cfa_reply_popover_move (CfaReplyPopover *self, int by)
{
  int n = g_list_model_get_n_items (G_LIST_MODEL (self->found));
  int position = gtk_single_selection_get_selected (self->selection);

  if (n == 0)
    return;
  position = ((position + by) % n + n) % n;
  gtk_single_selection_set_selected (self->selection, position);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

/**
 * cfa_reply_popover_get_selected:
 * Returns: (transfer none) (nullable): the chosen canned response
 */
CfaReply *
cfa_reply_popover_get_selected (CfaReplyPopover *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}
