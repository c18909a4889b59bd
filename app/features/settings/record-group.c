/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record-group.h"

#include <glib/gi18n.h>

/* A list that one takes in with a glance needs no search. */
#define SEARCH_FROM 9

struct _CfaRecordGroup
{
  AdwPreferencesGroup parent_instance;

  GListModel *items;
  GtkFilterListModel *shown;
  CfaRecordRow make;
  gpointer data;
  CfaRecordMatch match;
  char *words; /* casefolded */
  GHashTable *rows; /* item -> its row, also while the item has another place: what is being typed in it stays */
  GtkWidget *focus; /* (nullable): what had the keyboard before rows were moved */
  guint settle_source;

  GtkWidget *add_button;
  GtkWidget *search;
  GtkWidget *list_box;
  GtkWidget *spinner;
  GtkWidget *empty;
  GtkWidget *empty_heading;
  GtkWidget *empty_text;
  GtkWidget *nothing;
};

static guint add_signal;

G_DEFINE_FINAL_TYPE (CfaRecordGroup, cfa_record_group, ADW_TYPE_PREFERENCES_GROUP)

static gboolean
is_loading (CfaRecordGroup *self)
{
  return CFA_IS_RECORD_LIST (self->items) && !cfa_record_list_get_loaded (CFA_RECORD_LIST (self->items));
}

static void
update (CfaRecordGroup *self)
{
  guint all = g_list_model_get_n_items (self->items), shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  gboolean loading = all == 0 && is_loading (self);

  gtk_widget_set_visible (self->spinner, loading);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), loading);
  gtk_widget_set_visible (self->empty, all == 0 && !loading);
  gtk_widget_set_visible (self->list_box, shown > 0);
  gtk_widget_set_visible (self->nothing, all > 0 && shown == 0);
  gtk_widget_set_visible (self->search, self->match != NULL && (all >= SEARCH_FROM || *self->words != '\0'));
}

static gboolean
is_shown (gpointer item, gpointer data)
{
  CfaRecordGroup *self = data;

  return self->match == NULL || *self->words == '\0' || self->match (item, self->words);
}

static void
on_search (CfaRecordGroup *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  g_free (self->words);
  self->words = g_utf8_casefold (text, -1);
  gtk_filter_changed (gtk_filter_list_model_get_filter (self->shown), GTK_FILTER_CHANGE_DIFFERENT);
  update (self);
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  CfaRecordGroup *self = data;
  GtkWidget *row = g_hash_table_lookup (self->rows, item);

  if (row == NULL)
    {
      row = g_object_ref_sink (self->make (item, self->data));
      g_hash_table_insert (self->rows, g_object_ref (item), row);
    }
  return g_object_ref (row);
}

static gboolean
is_gone (gpointer item, gpointer row, gpointer data)
{
  CfaRecordGroup *self = data;

  for (guint i = 0; i < g_list_model_get_n_items (self->items); i++)
    {
      g_autoptr (GObject) other = g_list_model_get_item (self->items, i);

      if (other == item)
        return FALSE;
    }
  return TRUE;
}

/* What was moved is in its new place; the rest is gone for good. */
static gboolean
settle (gpointer data)
{
  CfaRecordGroup *self = data;
  GtkWidget *focus = self->focus;

  self->settle_source = 0;
  g_hash_table_foreach_remove (self->rows, is_gone, self);
  if (focus != NULL && gtk_widget_get_mapped (focus))
    {
      if (GTK_IS_TEXT (focus))
        gtk_text_grab_focus_without_selecting (GTK_TEXT (focus));
      else
        gtk_widget_grab_focus (focus);
    }
  g_clear_weak_pointer (&self->focus);
  return G_SOURCE_REMOVE;
}

/* Before the list box hears of it: a row is taken out and put in again when its item moves. */
static void
on_moving (CfaRecordGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (self->list_box);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->list_box))
    g_set_weak_pointer (&self->focus, focus);
  if (self->settle_source == 0)
    self->settle_source = g_idle_add (settle, self);
}

static void
on_add (CfaRecordGroup *self)
{
  g_signal_emit (self, add_signal, 0);
}

static GtkWidget *
new_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
make_empty (CfaRecordGroup *self)
{
  self->empty = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->empty_heading = new_label ("heading");
  self->empty_text = new_label ("dim-label");
  gtk_box_append (GTK_BOX (self->empty), self->empty_heading);
  gtk_box_append (GTK_BOX (self->empty), self->empty_text);
  gtk_widget_add_css_class (self->empty, "card");
  gtk_widget_add_css_class (self->empty, "empty-card");
}

static void
cfa_record_group_dispose (GObject *object)
{
  CfaRecordGroup *self = CFA_RECORD_GROUP (object);

  if (self->items != NULL)
    g_signal_handlers_disconnect_by_data (self->items, self);
  if (self->shown != NULL)
    g_signal_handlers_disconnect_by_data (self->shown, self);
  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_clear_weak_pointer (&self->focus);
  g_hash_table_remove_all (self->rows);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (cfa_record_group_parent_class)->dispose (object);
}

static void
cfa_record_group_finalize (GObject *object)
{
  CfaRecordGroup *self = CFA_RECORD_GROUP (object);

  g_clear_object (&self->shown);
  g_hash_table_unref (self->rows);
  g_free (self->words);
  G_OBJECT_CLASS (cfa_record_group_parent_class)->finalize (object);
}

static void
cfa_record_group_class_init (CfaRecordGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_record_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_record_group_finalize;
  add_signal = g_signal_new ("add", CFA_TYPE_RECORD_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_record_group_init (CfaRecordGroup *self)
{
  GtkWidget *parts[5];

  self->words = g_strdup ("");
  self->rows = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
  self->add_button = gtk_button_new ();
  gtk_widget_set_valign (self->add_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->add_button, "flat");
  gtk_widget_set_visible (self->add_button, FALSE);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (on_add), self);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->add_button);
  parts[0] = self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Search"), "margin-bottom", 12, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search in this list"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_search), self);
  parts[1] = self->spinner = gtk_spinner_new ();
  parts[2] = self->list_box = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list_box), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list_box, "boxed-list");
  make_empty (self);
  parts[3] = self->empty;
  parts[4] = self->nothing = new_label ("dim-label");
  gtk_label_set_label (GTK_LABEL (self->nothing), _("Nothing found. Try fewer letters."));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gtk_widget_set_visible (parts[i], FALSE);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), parts[i]);
    }
}

/**
 * cfa_record_group_fill:
 * @items: of CfaRecordItem
 * @row: makes the row of an item
 */
void
cfa_record_group_fill (CfaRecordGroup *self, GListModel *items, CfaRecordRow row, gpointer data)
{
  const char *title = adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (self));

  self->items = g_object_ref (items);
  self->make = row;
  self->data = data;
  self->shown = gtk_filter_list_model_new (g_object_ref (items), GTK_FILTER (gtk_custom_filter_new (is_shown, self, NULL)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list_box), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_swapped (self->shown, "items-changed", G_CALLBACK (on_moving), self);
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list_box), G_LIST_MODEL (self->shown), make_row, self, NULL);
  g_signal_connect_swapped (items, "items-changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (items, "notify", G_CALLBACK (update), self);
  update (self);
}

/**
 * cfa_record_group_search:
 * Lets a list that has grown be searched.
 */
void
cfa_record_group_search (CfaRecordGroup *self, CfaRecordMatch match)
{
  self->match = match;
  update (self);
}

/**
 * cfa_record_group_set_add:
 * @label: of the button
 * @possible: whether it can be pressed now
 */
void
cfa_record_group_set_add (CfaRecordGroup *self, const char *label, gboolean possible)
{
  gtk_button_set_label (GTK_BUTTON (self->add_button), label);
  gtk_widget_set_visible (self->add_button, TRUE);
  gtk_widget_set_sensitive (self->add_button, possible);
}

/**
 * cfa_record_group_set_empty:
 * @heading: what is not there
 * @text: what it is for, and how to come by it
 */
void
cfa_record_group_set_empty (CfaRecordGroup *self, const char *heading, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->empty_heading), heading);
  gtk_label_set_label (GTK_LABEL (self->empty_text), text);
}

/**
 * cfa_record_group_find:
 * Returns: (nullable): the row that shows @item
 */
GtkWidget *
cfa_record_group_find (CfaRecordGroup *self, CfaRecordItem *item)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->shown)); i++)
    {
      g_autoptr (CfaRecordItem) other = g_list_model_get_item (G_LIST_MODEL (self->shown), i);

      if (other == item)
        return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list_box), i));
    }
  return NULL;
}
