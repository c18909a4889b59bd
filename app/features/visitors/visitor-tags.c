/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-tags.h"

#include "app/features/conversations/choice-popover.h"
#include "app/features/conversations/tag-text.h"
#include "visitor-change.h"

#include "protocol/methods/visitor-params.h"
#include "protocol/records/tag.h"

#include <glib/gi18n.h>

struct _CfaVisitorTags
{
  AdwPreferencesGroup parent_instance;

  CfaSession *session; /* (nullable) */
  CfaVisitor *visitor; /* (nullable) */
  GtkWidget *chips;
  GtkWidget *none;
  GtkWidget *add_button;
  GtkWidget *popover;
};

G_DEFINE_FINAL_TYPE (CfaVisitorTags, cfa_visitor_tags, ADW_TYPE_PREFERENCES_GROUP)

static const CfTag *
find_tag (CfaVisitorTags *self, const char *id)
{
  CfaRecordItem *item = cfa_record_list_find (cfa_session_get_records (self->session, &cf_tag_shape), id);

  return item != NULL && !cfa_record_item_is_gone (item) ? cfa_record_item_get (item) : NULL;
}

static CfVisitorTagParams *
params_of (CfaVisitorTags *self, const char *tag_id)
{
  CfVisitorTagParams *params = cf_struct_new (&cf_visitor_tag_params_shape);

  params->id = g_strdup (cfa_visitor_get_id (self->visitor));
  params->tag_id = g_strdup (tag_id);
  return params;
}

static gboolean
has_tag (CfaVisitorTags *self, const char *tag_id)
{
  const CfVisitor *record = cfa_visitor_get (self->visitor);

  return record != NULL && record->tags != NULL && g_strv_contains ((const char *const *) record->tags, tag_id);
}

static void
toggle (CfaVisitorTags *self, const char *tag_id)
{
  gboolean has = has_tag (self, tag_id);
  const CfTag *tag = find_tag (self, tag_id);
  const char *name = tag != NULL ? tag->name : "";
  CfaVisitorChange change = {
    has ? "visitor.untag" : "visitor.tag", params_of (self, tag_id), has ? "visitor.tag" : "visitor.untag", params_of (self, tag_id),
    g_strdup_printf (has ? _("The tag “%s” was taken away") : _("The tag “%s” was added"), name),
  };

  cfa_visitor_change_run (GTK_WIDGET (self), self->session, self->visitor, &change);
}

static void
on_chosen (CfaVisitorTags *self, const char *tag_id)
{
  if (self->visitor != NULL)
    toggle (self, tag_id);
}

static void
on_remove (GtkWidget *button, CfaVisitorTags *self)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), "id"));

  /* the button goes with its tag */
  gtk_widget_grab_focus (self->add_button);
  toggle (self, id);
}

static void
on_add (CfaVisitorTags *self)
{
  GListModel *tags = G_LIST_MODEL (cfa_session_get_records (self->session, &cf_tag_shape));

  cfa_choice_popover_clear (CFA_CHOICE_POPOVER (self->popover));
  for (guint i = 0; i < g_list_model_get_n_items (tags); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (tags, i);
      const CfTag *tag = cfa_record_item_get (item);
      const char *const ids[] = { tag->parent.id, NULL };
      g_autofree char *markup = cfa_tag_markup (cfa_session_get_directory (self->session), ids, 1);

      cfa_choice_popover_add (CFA_CHOICE_POPOVER (self->popover), NULL, tag->parent.id, markup, tag->name, has_tag (self, tag->parent.id));
    }
  cfa_choice_popover_open (CFA_CHOICE_POPOVER (self->popover));
}

static void
add_chip (CfaVisitorTags *self, const CfTag *tag)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *label = gtk_label_new (NULL);
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  const char *const ids[] = { tag->parent.id, NULL };
  g_autofree char *markup = cfa_tag_markup (cfa_session_get_directory (self->session), ids, 1);
  g_autofree char *said = g_strdup_printf (_("Take the tag “%s” away"), tag->name);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (remove, said);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "circular");
  gtk_widget_add_css_class (chip, "tag-chip");
  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), remove);
  g_object_set_data_full (G_OBJECT (remove), "id", g_strdup (tag->parent.id), g_free);
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove), self);
  gtk_flow_box_insert (GTK_FLOW_BOX (self->chips), chip, -1);
  gtk_widget_set_focusable (gtk_widget_get_last_child (self->chips), FALSE);
}

static void
update (CfaVisitorTags *self)
{
  const CfVisitor *record = self->visitor != NULL ? cfa_visitor_get (self->visitor) : NULL;
  GtkWidget *child;
  guint n = 0;

  while ((child = gtk_widget_get_first_child (self->chips)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->chips), child);
  for (guint i = 0; record != NULL && record->tags != NULL && record->tags[i] != NULL; i++)
    {
      const CfTag *tag = find_tag (self, record->tags[i]);

      if (tag == NULL)
        continue;
      add_chip (self, tag);
      n++;
    }
  gtk_widget_set_visible (self->chips, n > 0);
  gtk_widget_set_visible (self->none, n == 0);
  gtk_widget_set_sensitive (self->add_button, record != NULL);
}

static void
cfa_visitor_tags_dispose (GObject *object)
{
  CfaVisitorTags *self = CFA_VISITOR_TAGS (object);

  cfa_visitor_tags_set (self, NULL, NULL);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  G_OBJECT_CLASS (cfa_visitor_tags_parent_class)->dispose (object);
}

static void
cfa_visitor_tags_class_init (CfaVisitorTagsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_visitor_tags_dispose;
}

static void
cfa_visitor_tags_init (CfaVisitorTags *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Tags"));
  self->add_button = gtk_button_new_from_icon_name ("list-add-symbolic");
  gtk_widget_add_css_class (self->add_button, "flat");
  gtk_widget_set_tooltip_text (self->add_button, _("Add a tag to the visitor"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add a tag to the visitor"), -1);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->add_button);
  self->popover = cfa_choice_popover_new (_("Tag"), NULL);
  gtk_widget_set_parent (self->popover, self->add_button);
  self->chips = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->chips), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->chips), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->chips), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Tags of the visitor"), -1);
  self->none = gtk_label_new (_("No tags"));
  gtk_widget_add_css_class (self->none, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (self->none), 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->chips);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->none);
  g_signal_connect_object (self->add_button, "clicked", G_CALLBACK (on_add), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cfa_visitor_tags_new (void)
{
  return g_object_new (CFA_TYPE_VISITOR_TAGS, NULL);
}

/**
 * cfa_visitor_tags_set:
 * @visitor: (nullable): whose tags it shows, and follows
 */
void
cfa_visitor_tags_set (CfaVisitorTags *self, CfaSession *session, CfaVisitor *visitor)
{
  if (self->visitor == visitor)
    return;
  if (self->visitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->visitor, self);
      g_signal_handlers_disconnect_by_data (cfa_session_get_records (self->session, &cf_tag_shape), self);
    }
  g_set_object (&self->session, session);
  g_set_object (&self->visitor, visitor);
  if (visitor == NULL)
    return;
  g_signal_connect_swapped (visitor, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (cfa_session_get_records (session, &cf_tag_shape), "items-changed", G_CALLBACK (update), self);
  update (self);
}
