/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reply-table.h"

#include "app/features/settings/change.h"

#include <glib/gi18n.h>

enum
{
  EDIT,
  N_SIGNALS,
};

struct _CfaReplyTable
{
  AdwPreferencesGroup parent_instance;

  CfaSession *session;
  GListModel *replies;
  GtkCustomFilter *filter;
  GHashTable *leaving; /* ids of those that are removed, unless the person undoes it while the toast is there */

  GtkSearchEntry *search;
  GtkListBox *list;
  GtkLabel *teaching;
};

/* One that is leaving. */
typedef struct
{
  CfaReplyTable *table;
  CfaReply *reply;
  gboolean undone;
} Removal;

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaReplyTable, cfa_reply_table, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
fits (gpointer item, gpointer data)
{
  CfaReplyTable *self = data;

  if (g_hash_table_contains (self->leaving, cfa_reply_get_id (item)))
    return FALSE;
  return cfa_reply_matches (item, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
refilter (CfaReplyTable *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static gboolean
may_change (CfaReplyTable *self, CfaReply *reply)
{
  return !cfa_reply_get_shared (reply) || cfa_session_get_role (self->session) != CF_ROLE_AGENT;
}

static void
on_undo (gpointer data)
{
  Removal *removal = data;

  removal->undone = TRUE;
  g_hash_table_remove (removal->table->leaving, cfa_reply_get_id (removal->reply));
  if (removal->table->filter != NULL)
    refilter (removal->table);
}

/* The toast is gone, in whichever way. */
static void
finish_removal (gpointer data)
{
  Removal *removal = data;

  if (!removal->undone)
    cfa_session_remove_reply (removal->table->session, removal->reply);
  g_object_unref (removal->table);
  g_object_unref (removal->reply);
  g_free (removal);
}

static void
on_remove (GtkButton *button, CfaReply *reply)
{
  CfaReplyTable *self = CFA_REPLY_TABLE (gtk_widget_get_ancestor (GTK_WIDGET (button), CFA_TYPE_REPLY_TABLE));
  g_autofree char *words = g_strdup_printf (_("Removed “%s”"), cfa_reply_get_name (reply));
  Removal *removal = g_new0 (Removal, 1);

  removal->table = g_object_ref (self);
  removal->reply = g_object_ref (reply);
  g_hash_table_add (self->leaving, g_strdup (cfa_reply_get_id (reply)));
  cfa_change_tell_undo (GTK_WIDGET (self), words, on_undo, removal, finish_removal);
  refilter (self);
}

static void
on_row_activated (CfaReplyTable *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[EDIT], 0, g_object_get_data (G_OBJECT (row), "reply"));
}

static void
on_add (CfaReplyTable *self)
{
  g_signal_emit (self, signals[EDIT], 0, NULL);
}

static char *
dup_facts (CfaReply *reply)
{
  const CfCannedResponse *canned = cfa_reply_get_canned (reply);
  gint64 uses = cfa_reply_get_uses (reply);
  GString *facts = g_string_new (cfa_reply_get_shared (reply) ? _("Shared") : _("Only you"));

  if (canned != NULL && canned->category != NULL)
    g_string_append_printf (facts, " · %s", canned->category);
  g_string_append (facts, " · ");
  g_string_append_printf (facts, ngettext ("used %u time", "used %u times", uses), (guint) uses);
  return g_string_free (facts, FALSE);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  CfaReplyTable *self = data;
  const CfCannedResponse *canned = cfa_reply_get_canned (item);
  g_autofree char *facts = dup_facts (item);
  g_autofree char *title = canned != NULL ? g_strdup_printf ("/%s  %s", canned->shortcut, canned->title != NULL ? canned->title : "")
                                          : g_strdup (cfa_reply_get_name (item));
  g_autofree char *label = g_strdup_printf (_("Remove %s"), cfa_reply_get_name (item));
  GtkWidget *row = adw_action_row_new (), *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), facts);
  g_object_set_data_full (G_OBJECT (row), "reply", g_object_ref (item), g_object_unref);
  if (!may_change (self, item))
    return row;
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove), item, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
update_empty (CfaReplyTable *self)
{
  gboolean some = g_list_model_get_n_items (self->replies) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->teaching), !some);
  gtk_widget_set_visible (GTK_WIDGET (self->search), some);
  gtk_widget_set_visible (GTK_WIDGET (self->list), some);
}

static void
cfa_reply_table_dispose (GObject *object)
{
  CfaReplyTable *self = CFA_REPLY_TABLE (object);

  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  g_clear_object (&self->filter);
  g_clear_object (&self->replies);
  G_OBJECT_CLASS (cfa_reply_table_parent_class)->dispose (object);
}

/* A removal that ends with its toast needs the session until then. */
static void
cfa_reply_table_finalize (GObject *object)
{
  CfaReplyTable *self = CFA_REPLY_TABLE (object);

  g_clear_object (&self->session);
  g_hash_table_unref (self->leaving);
  G_OBJECT_CLASS (cfa_reply_table_parent_class)->finalize (object);
}

static void
cfa_reply_table_class_init (CfaReplyTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_reply_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_reply_table_finalize;
  signals[EDIT] = g_signal_new ("edit", CFA_TYPE_REPLY_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CFA_TYPE_REPLY);
}

static void
cfa_reply_table_init (CfaReplyTable *self)
{
  GtkWidget *add = gtk_button_new_with_label (_("Add…"));

  self->leaving = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->teaching = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->teaching, TRUE);
  gtk_label_set_justify (self->teaching, GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->teaching), "dim-label");
  gtk_widget_set_margin_top (GTK_WIDGET (self->teaching), 24);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->search), 12);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), add);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->search));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->list));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->teaching));
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (on_add), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (refilter), self);
}

/**
 * cfa_reply_table_new:
 * @replies: a list of CfaReply
 * @teaching: what an empty list says
 */
GtkWidget *
cfa_reply_table_new (CfaSession *session, GListModel *replies, const char *title, const char *teaching)
{
  CfaReplyTable *self = g_object_new (CFA_TYPE_REPLY_TABLE, "title", title, NULL);
  GtkFilterListModel *found;

  self->session = g_object_ref (session);
  self->replies = g_object_ref (replies);
  self->filter = gtk_custom_filter_new (fits, self, NULL);
  found = gtk_filter_list_model_new (g_object_ref (replies), g_object_ref (GTK_FILTER (self->filter)));
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (found), make_row, self, NULL);
  g_object_unref (found);
  gtk_label_set_label (self->teaching, teaching);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search"), -1);
  g_object_set (self->search, "placeholder-text", _("Search"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (replies, "items-changed", G_CALLBACK (update_empty), self, G_CONNECT_SWAPPED);
  update_empty (self);
  return GTK_WIDGET (self);
}
