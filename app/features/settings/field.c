/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "field.h"

#include "app/accessible-name.h"

#include <glib/gi18n.h>

struct _CfaField
{
  GObject parent_instance;

  CfaRule rule;
  gboolean applies; /* has a button of its own to save it */
  gboolean begun;   /* the person has typed something: what is missing is worth a word */
  gboolean setting;
  char *value; /* as it is saved */
  gboolean torn; /* somebody else has changed it while it was being edited */
  char *who; /* (nullable): who that was */

  GtkWidget *row;
  GtkWidget *note;
  GtkWidget *note_label;
  GtkWidget *note_button;
};

enum
{
  CHANGED,
  APPLY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaField, cfa_field, G_TYPE_OBJECT)

static void
show_note (CfaField *self, const char *words, gboolean wrong, gboolean torn)
{
  gtk_label_set_label (GTK_LABEL (self->note_label), words != NULL ? words : "");
  gtk_widget_set_visible (self->note, words != NULL);
  gtk_widget_set_visible (self->note_button, torn);
  if (wrong)
    {
      gtk_widget_add_css_class (self->row, "error");
      gtk_widget_add_css_class (self->note_label, "error");
    }
  else
    {
      gtk_widget_remove_css_class (self->row, "error");
      gtk_widget_remove_css_class (self->note_label, "error");
    }
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->row), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/*
 * The row shows its button at the next change of the text after it was told to: told so only now, what was pasted, or the first letter, would
 * have none, and Return would do nothing. So it is always told to, and what cannot be saved takes the button away again.
 */
static void
show_apply (CfaField *self, gboolean savable)
{
  if (!savable)
    adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->row), FALSE);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->row), TRUE);
}

static void
update (CfaField *self)
{
  g_autofree char *text = cfa_field_dup_text (self);
  gboolean dirty = g_strcmp0 (text, self->value) != 0;
  g_autofree char *problem = self->begun && (dirty || !self->applies) ? self->rule (text) : NULL;
  g_autofree char *torn = NULL;

  if (!dirty)
    self->torn = FALSE;
  if (self->torn && self->who != NULL)
    torn = g_strdup_printf (_("Meanwhile %s has changed it to “%s”."), self->who, self->value);
  else if (self->torn)
    torn = g_strdup_printf (_("Meanwhile somebody has changed it to “%s”."), self->value);
  if (self->applies)
    show_apply (self, dirty && problem == NULL);
  show_note (self, problem != NULL ? problem : torn, problem != NULL, problem == NULL && self->torn);
}

static void
on_changed (CfaField *self)
{
  if (self->setting)
    return;
  self->begun = TRUE;
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_apply (CfaField *self)
{
  g_autofree char *text = cfa_field_dup_text (self);

  if (cfa_field_is_fine (self) && g_strcmp0 (text, self->value) != 0)
    g_signal_emit (self, signals[APPLY], 0, text);
}

static void
set_text (CfaField *self, const char *text)
{
  self->setting = TRUE;
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (self->row)), text) != 0) /* else the cursor would jump to the beginning */
    gtk_editable_set_text (GTK_EDITABLE (self->row), text);
  self->setting = FALSE;
  self->begun = FALSE;
}

static void
on_take_theirs (CfaField *self)
{
  set_text (self, self->value);
  update (self);
  gtk_widget_grab_focus (self->row);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
make_note (CfaField *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->note_label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->note_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->note_label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->note_label), 0);
  gtk_widget_set_hexpand (self->note_label, TRUE);
  gtk_widget_add_css_class (self->note_label, "caption");
  self->note_button = gtk_button_new_with_label (_("Use that"));
  gtk_widget_set_valign (self->note_button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->note_label);
  gtk_box_append (GTK_BOX (box), self->note_button);
  self->note = g_object_new (ADW_TYPE_PREFERENCES_ROW, NULL); /* a group puts it below the row that it is about */
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self->note), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->note), FALSE);
  gtk_widget_set_focusable (self->note, FALSE);
  gtk_widget_add_css_class (self->note, "field-note");
  gtk_widget_set_visible (self->note, FALSE);
  g_object_ref_sink (self->note);
  g_signal_connect_object (self->note_button, "clicked", G_CALLBACK (on_take_theirs), self, G_CONNECT_SWAPPED);
}

static void
cfa_field_finalize (GObject *object)
{
  CfaField *self = CFA_FIELD (object);

  g_object_unref (self->row);
  g_object_unref (self->note);
  g_free (self->value);
  g_free (self->who);
  G_OBJECT_CLASS (cfa_field_parent_class)->finalize (object);
}

static void
cfa_field_class_init (CfaFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_field_finalize;
  signals[CHANGED] = g_signal_new ("changed", CFA_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[APPLY] = g_signal_new ("apply", CFA_TYPE_FIELD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cfa_field_init (CfaField *self)
{
  self->value = g_strdup ("");
  make_note (self);
}

/**
 * cfa_field_new:
 * @row: (transfer floating): an AdwEntryRow or AdwPasswordEntryRow
 * @rule: what the text must be
 * @applies: whether it is saved by itself; else by the dialog that it is in
 *
 * Returns: (transfer full): the field, whose rows are for a list box
 */
CfaField *
cfa_field_new (GtkWidget *row, CfaRule rule, gboolean applies)
{
  CfaField *self = g_object_new (CFA_TYPE_FIELD, NULL);

  self->row = g_object_ref_sink (row);
  self->rule = rule;
  self->applies = applies;
  g_signal_connect_object (row, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "apply", G_CALLBACK (on_apply), self, G_CONNECT_SWAPPED);
  if (applies) /* Return, where the row shows no button because its text was changed while it had not the focus */
    {
      adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
      cfa_accessible_name_inside (row, GTK_TYPE_BUTTON, _("Save"));
      g_signal_connect_object (row, "entry-activated", G_CALLBACK (on_apply), self, G_CONNECT_SWAPPED);
    }
  return self;
}

GtkWidget *
cfa_field_get_row (CfaField *self)
{
  return self->row;
}

GtkWidget *
cfa_field_get_note (CfaField *self)
{
  return self->note;
}

/**
 * cfa_field_set_value:
 * @value: (nullable): as it is saved now. What is being typed stays, and is said to be of another origin.
 */
void
cfa_field_set_value (CfaField *self, const char *value)
{
  g_autofree char *text = cfa_field_dup_text (self);
  gboolean dirty = g_strcmp0 (text, self->value) != 0;

  if (value == NULL)
    value = "";
  if (g_str_equal (value, self->value) && !(dirty && !self->begun))
    return;
  self->torn = dirty && self->begun && g_strcmp0 (text, value) != 0;
  g_clear_pointer (&self->who, g_free);
  g_free (self->value);
  self->value = g_strdup (value);
  if (!self->torn)
    set_text (self, value);
  update (self);
}

/**
 * cfa_field_set_rule:
 * Something else is to be typed from now on.
 */
void
cfa_field_set_rule (CfaField *self, CfaRule rule)
{
  self->rule = rule;
  update (self);
}

/**
 * cfa_field_clear:
 * Empties what is only there to add something.
 */
void
cfa_field_clear (CfaField *self)
{
  set_text (self, "");
  update (self);
}

/**
 * cfa_field_set_digits:
 * It holds a number or a date, which is read from left to right in every language.
 */
void
cfa_field_set_digits (CfaField *self)
{
  gtk_widget_set_direction (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->row))), GTK_TEXT_DIR_LTR);
}

/**
 * cfa_field_apply:
 * The person has gone elsewhere: what they have typed is saved if it is fine, and stays to be mended if not. What somebody else has
 * changed meanwhile is not overwritten without a word: the note below waits for them.
 */
void
cfa_field_apply (CfaField *self)
{
  if (!self->torn)
    on_apply (self);
}

/**
 * cfa_field_reset:
 * Forgets what is being typed and what was saved: it is about to show something else.
 */
void
cfa_field_reset (CfaField *self)
{
  set_text (self, "");
  g_free (self->value);
  self->value = g_strdup ("");
  self->torn = FALSE;
  update (self);
}

/**
 * cfa_field_set_who:
 * @who: (nullable): who has changed the value while it was being edited
 */
void
cfa_field_set_who (CfaField *self, const char *who)
{
  g_free (self->who);
  self->who = g_strdup (who);
  update (self);
}

/**
 * cfa_field_is_torn:
 * Returns: whether somebody else has changed the value since the person began to type.
 */
gboolean
cfa_field_is_torn (CfaField *self)
{
  return self->torn;
}

/**
 * cfa_field_dup_text:
 * Returns: (transfer full): what stands in it, without blanks around.
 */
char *
cfa_field_dup_text (CfaField *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->row));

  return ADW_IS_PASSWORD_ENTRY_ROW (self->row) ? g_strdup (text) : g_strstrip (g_strdup (text));
}

gboolean
cfa_field_is_fine (CfaField *self)
{
  g_autofree char *text = cfa_field_dup_text (self);
  g_autofree char *problem = self->rule (text);

  return problem == NULL;
}

/**
 * cfa_field_sketch:
 * @into: gets what stands in it, if that might be saved; NULL for nothing
 */
void
cfa_field_sketch (CfaField *self, char **into)
{
  g_autofree char *text = cfa_field_dup_text (self);

  if (!cfa_field_is_fine (self))
    return;
  g_free (*into);
  *into = *text != '\0' ? g_steal_pointer (&text) : NULL;
}
