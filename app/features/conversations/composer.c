/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "composer.h"

#include "snooze-popover.h"
#include "text-marks.h"

#include "app/features/files/upload-bar.h"
#include "app/features/replies/reply-input.h"
#include "app/tooltip.h"
#include "protocol/records/message.h"

#include <glib/gi18n.h>

/* The count is shown when fewer characters than this are left. */
#define COUNT_FROM 500

enum
{
  PROP_0,
  PROP_NOTE,
  N_PROPS,
};

enum
{
  ATTACH,
  CHANGED,
  MACRO,
  REPLY_USED,
  RETRIED,
  SUBMIT,
  QUOTE_CLOSED,
  TAKE_BACK,
  N_SIGNALS,
};

struct _CfaComposer
{
  GtkBox parent_instance;

  gboolean note;
  gboolean setting; /* the text changes by our own hand */
  char *placeholder_words;
  gboolean as_it_is; /* the person has said that what looks like a gap is none */
  CfaReplyInput *replies;
  GListModel *macros;
  gboolean now_only;     /* what is written cannot be sent later */
  gint64 send_at;        /* during "submit": when, ms UTC; 0 = now */
  CfaUploadList *uploads; /* (nullable): the files of what is being written */

  GtkTextView *text_view;
  GtkLabel *placeholder;
  GtkWidget *gap_bar;
  GtkLabel *gap_label;
  GtkMenuButton *macro_button;
  GtkMenuButton *emoji_button;
  GtkToggleButton *note_button;
  GtkLabel *count_label;
  GtkButton *send_button;
  GtkWidget *later_button;
  GtkWidget *later; /* its popover */
  GtkWidget *quote; /* above the field: what is answered, or edited */
  GtkLabel *quote_label;
  GtkWidget *upload_bar;
  GtkWidget *attach_button;
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaComposer, cfa_composer, GTK_TYPE_BOX)

static GtkTextBuffer *
buffer (CfaComposer *self)
{
  return gtk_text_view_get_buffer (self->text_view);
}

static gboolean
can_submit (CfaComposer *self)
{
  g_autofree char *text = cfa_composer_dup_text (self);
  CfaUploadsState files = self->uploads != NULL ? cfa_upload_list_get_state (self->uploads) : CFA_UPLOADS_NONE;

  g_strstrip (text);
  return (*text != '\0' || files != CFA_UPLOADS_NONE) && files != CFA_UPLOADS_FAILED && g_utf8_strlen (text, -1) <= CF_MESSAGE_TEXT_MAX;
}

/* The message goes by itself as soon as its files are up. */
static gboolean
is_waiting (CfaComposer *self)
{
  return self->uploads != NULL && cfa_upload_list_get_awaited (self->uploads);
}

static void
update_sensitivity (CfaComposer *self)
{
  gboolean busy = self->uploads != NULL && cfa_upload_list_get_state (self->uploads) == CFA_UPLOADS_BUSY;

  gtk_widget_set_sensitive (GTK_WIDGET (self->send_button), can_submit (self) && !is_waiting (self));
  gtk_widget_set_visible (self->later_button, !self->note && !self->now_only);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.later", can_submit (self) && !busy && !self->note && !self->now_only);
}

/* Nobody whom a gap could puzzle reads a note, or what is written where there are none. */
static gboolean
has_gaps (CfaComposer *self)
{
  g_auto (GStrv) names = cfa_reply_input_dup_gaps (self->replies);

  return names[0] != NULL && !self->note && gtk_widget_get_visible (GTK_WIDGET (self->note_button)) && !self->as_it_is;
}

static void
update_gaps (CfaComposer *self)
{
  g_auto (GStrv) names = cfa_reply_input_dup_gaps (self->replies);
  g_autofree char *list = cfa_placeholders_describe ((const char *const *) names);
  g_autofree char *words = g_strdup_printf (_("Still to be filled in: %s"), list);
  gboolean gaps;

  if (names[0] == NULL)
    self->as_it_is = FALSE;
  gaps = has_gaps (self);
  gtk_label_set_label (self->gap_label, gaps ? words : "");
  gtk_widget_set_visible (self->gap_bar, gaps);
  /* Translators: on the send button, while a message waits for its files to be up */
  gtk_button_set_label (self->send_button, is_waiting (self) ? _("Waiting…") : self->note ? _("Add note") : gaps ? _("Fill in") : _("Send"));
  cfa_tooltip_set (GTK_WIDGET (self->send_button), gaps ? words : _("Enter sends, Shift+Enter begins a new line"));
}

static void
update_count (CfaComposer *self)
{
  int length = gtk_text_buffer_get_char_count (buffer (self));
  g_autofree char *words = g_strdup_printf (C_("characters of at most", "%d / %d"), length, CF_MESSAGE_TEXT_MAX);

  gtk_label_set_label (self->count_label, length > CF_MESSAGE_TEXT_MAX - COUNT_FROM ? words : "");
  if (length > CF_MESSAGE_TEXT_MAX)
    gtk_widget_add_css_class (GTK_WIDGET (self->count_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->count_label), "error");
}

static void
update_placeholder (CfaComposer *self)
{
  const char *words = self->note ? _("Write a note that only your team sees") : self->placeholder_words;

  gtk_label_set_label (self->placeholder, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->placeholder), gtk_text_buffer_get_char_count (buffer (self)) == 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: both are nouns: what the field below holds */
                                  self->note ? _("Note") : gtk_widget_get_visible (GTK_WIDGET (self->note_button)) ? _("Reply") : _("Message"), -1);
}

static void
on_buffer_changed (CfaComposer *self)
{
  update_count (self);
  update_placeholder (self);
  cfa_reply_input_changed (self->replies, !self->setting);
  /* Who writes on has not finished. */
  if (!self->setting && is_waiting (self))
    cfa_upload_list_set_awaited (self->uploads, FALSE);
  update_gaps (self);
  update_sensitivity (self);
  if (!self->setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_send_clicked (CfaComposer *self)
{
  cfa_composer_submit (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
on_as_it_is_clicked (CfaComposer *self)
{
  self->as_it_is = TRUE;
  update_gaps (self);
  on_send_clicked (self);
}

static void
on_reply_used (CfaComposer *self, CfaReply *reply)
{
  g_signal_emit (self, signals[REPLY_USED], 0, reply);
}

static void
macro_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CfaComposer *self = CFA_COMPOSER (widget);

  for (guint i = 0; self->macros != NULL && i < g_list_model_get_n_items (self->macros); i++)
    {
      g_autoptr (CfaReply) macro = g_list_model_get_item (self->macros, i);

      if (!g_str_equal (cfa_reply_get_id (macro), g_variant_get_string (parameter, NULL)))
        continue;
      g_signal_emit (self, signals[MACRO], 0, macro);
      return;
    }
}

/* What is said to visitors and colleagues alike can be marked. */
static void
mark_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  cfa_text_marks_toggle (buffer (CFA_COMPOSER (widget)), g_variant_get_string (parameter, NULL));
}

static void
macros_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CfaComposer *self = CFA_COMPOSER (widget);

  if (gtk_widget_get_visible (GTK_WIDGET (self->macro_button)))
    gtk_menu_button_popup (self->macro_button);
}

static void
update_macros (CfaComposer *self)
{
  guint n = self->macros != NULL ? g_list_model_get_n_items (self->macros) : 0;
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CfaReply) macro = g_list_model_get_item (self->macros, i);
      g_auto (GStrv) parts = g_strsplit (cfa_reply_get_name (macro), "_", -1);
      g_autofree char *label = g_strjoinv ("__", parts); /* one alone would be a mnemonic */
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "composer.macro", "s", cfa_reply_get_id (macro));
      g_menu_append_item (menu, item);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->macro_button), n > 0);
  gtk_menu_button_set_menu_model (self->macro_button, G_MENU_MODEL (menu));
}

static void
on_uploads_changed (CfaComposer *self)
{
  update_gaps (self);
  update_sensitivity (self);
}

static void
on_retried (CfaComposer *self, CfaUpload *upload)
{
  g_signal_emit (self, signals[RETRIED], 0, upload);
}

static void
on_later_chosen (CfaComposer *self, gint64 send_at)
{
  self->send_at = send_at;
  cfa_composer_submit (self);
  self->send_at = 0;
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
later_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CfaComposer *self = CFA_COMPOSER (widget);

  if (has_gaps (self))
    cfa_composer_ask_to_fill (self);
  else
    cfa_snooze_popover_open (CFA_SNOOZE_POPOVER (self->later));
}

static void
attach_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[ATTACH], 0);
}

static void
on_note_toggled (CfaComposer *self)
{
  cfa_composer_set_note (self, gtk_toggle_button_get_active (self->note_button));
}

/* In an empty field, where there is nothing else to undo, or to leave, it is the last message that is meant. */
static gboolean
is_undo (CfaComposer *self, guint key, GdkModifierType modifiers)
{
  GdkModifierType held = modifiers & (GDK_CONTROL_MASK | GDK_SHIFT_MASK | GDK_ALT_MASK);

  if (gtk_text_buffer_get_char_count (buffer (self)) > 0)
    return FALSE;
  if (key == GDK_KEY_Escape)
    return held == 0 && !gtk_widget_get_visible (GTK_WIDGET (self->quote));
  return (key == GDK_KEY_z || key == GDK_KEY_Z) && held == GDK_CONTROL_MASK && !gtk_text_buffer_get_can_undo (buffer (self));
}

static gboolean
take_back (CfaComposer *self)
{
  gboolean taken = FALSE;

  g_signal_emit (self, signals[TAKE_BACK], 0, &taken);
  return taken;
}

/* Input methods come first: Enter that confirms a candidate sends nothing. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, CfaComposer *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

  if (cfa_reply_input_key (self->replies, key, modifiers))
    return GDK_EVENT_STOP;
  if (is_undo (self, key, modifiers) && take_back (self))
    return GDK_EVENT_STOP;
  if (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter && key != GDK_KEY_ISO_Enter)
    return GDK_EVENT_PROPAGATE;
  if (gtk_text_view_im_context_filter_keypress (self->text_view, event))
    return GDK_EVENT_STOP;
  if ((modifiers & GDK_SHIFT_MASK) != 0 && (modifiers & GDK_CONTROL_MASK) != 0)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "composer.later", NULL);
      return GDK_EVENT_STOP;
    }
  if ((modifiers & GDK_SHIFT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  cfa_composer_submit (self);
  return GDK_EVENT_STOP;
}

static void
on_emoji_picked (CfaComposer *self, const char *emoji)
{
  gtk_text_buffer_insert_at_cursor (buffer (self), emoji, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

/* Made when first asked for: filling it takes a while. */
static void
make_emoji_chooser (GtkMenuButton *button, gpointer data)
{
  CfaComposer *self = data;
  GtkWidget *chooser;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  chooser = gtk_emoji_chooser_new ();
  g_signal_connect_swapped (chooser, "emoji-picked", G_CALLBACK (on_emoji_picked), self);
  gtk_menu_button_set_popover (button, chooser);
}

static gboolean
cfa_composer_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CFA_COMPOSER (widget)->text_view));
}

static void
cfa_composer_dispose (GObject *object)
{
  CfaComposer *self = CFA_COMPOSER (object);

  if (self->macros != NULL)
    g_signal_handlers_disconnect_by_func (self->macros, update_macros, self);
  g_clear_object (&self->macros);
  cfa_composer_set_uploads (self, NULL);
  g_clear_pointer (&self->later, gtk_widget_unparent);
  g_object_run_dispose (G_OBJECT (self->replies));
  G_OBJECT_CLASS (cfa_composer_parent_class)->dispose (object);
}

static void
cfa_composer_finalize (GObject *object)
{
  CfaComposer *self = CFA_COMPOSER (object);

  g_free (self->placeholder_words);
  g_clear_object (&self->replies);
  G_OBJECT_CLASS (cfa_composer_parent_class)->finalize (object);
}

static void
cfa_composer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NOTE)
    g_value_set_boolean (value, CFA_COMPOSER (object)->note);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cfa_composer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NOTE)
    cfa_composer_set_note (CFA_COMPOSER (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cfa_composer_class_init (CfaComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cfa_composer_dispose;
  object_class->finalize = cfa_composer_finalize;
  object_class->get_property = cfa_composer_get_property;
  object_class->set_property = cfa_composer_set_property;
  widget_class->grab_focus = cfa_composer_grab_focus;
  properties[PROP_NOTE] = g_param_spec_boolean ("note", NULL, NULL, FALSE,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[ATTACH] = g_signal_new ("attach", CFA_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", CFA_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MACRO] = g_signal_new ("macro", CFA_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CFA_TYPE_REPLY);
  signals[REPLY_USED] = g_signal_new ("reply-used", CFA_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CFA_TYPE_REPLY);
  signals[RETRIED] = g_signal_new ("retried", CFA_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CFA_TYPE_UPLOAD);
  signals[SUBMIT] = g_signal_new ("submit", CFA_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[TAKE_BACK] = g_signal_new ("take-back", CFA_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL, NULL,
                                     G_TYPE_BOOLEAN, 0);
  signals[QUOTE_CLOSED] = g_signal_new ("quote-closed", CFA_TYPE_COMPOSER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/conversations/composer.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaComposer, text_view);
  gtk_widget_class_bind_template_child (widget_class, CfaComposer, placeholder);
  gtk_widget_class_bind_template_child (widget_class, CfaComposer, gap_bar);
  gtk_widget_class_bind_template_child (widget_class, CfaComposer, gap_label);
  gtk_widget_class_bind_template_child (widget_class, CfaComposer, macro_button);
  gtk_widget_class_bind_template_child (widget_class, CfaComposer, attach_button);
  gtk_widget_class_bind_template_child (widget_class, CfaComposer, emoji_button);
  gtk_widget_class_bind_template_child (widget_class, CfaComposer, note_button);
  gtk_widget_class_bind_template_child (widget_class, CfaComposer, count_label);
  gtk_widget_class_bind_template_child (widget_class, CfaComposer, send_button);
  gtk_widget_class_bind_template_child (widget_class, CfaComposer, later_button);
  gtk_widget_class_bind_template_callback (widget_class, on_send_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_as_it_is_clicked);
  gtk_widget_class_install_action (widget_class, "composer.attach", NULL, attach_action);
  gtk_widget_class_install_action (widget_class, "composer.later", NULL, later_action);
  gtk_widget_class_install_action (widget_class, "composer.macro", "s", macro_action);
  gtk_widget_class_install_action (widget_class, "composer.macros", NULL, macros_action);
  gtk_widget_class_install_action (widget_class, "composer.mark", "s", mark_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_b, GDK_CONTROL_MASK, "composer.mark", "s", "**");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, GDK_CONTROL_MASK | GDK_ALT_MASK, "composer.mark", "s", "*");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "composer.mark", "s", "`");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "composer.macros", NULL);
}

static void
on_quote_closed (CfaComposer *self)
{
  g_signal_emit (self, signals[QUOTE_CLOSED], 0);
}

static void
make_quote (CfaComposer *self)
{
  GtkWidget *close = gtk_button_new_from_icon_name ("window-close-symbolic");

  self->quote = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->quote_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->quote_label, 0);
  gtk_label_set_ellipsize (self->quote_label, PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (self->quote_label, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->quote_label), TRUE);
  gtk_widget_add_css_class (self->quote, "quote");
  gtk_widget_add_css_class (close, "flat");
  gtk_widget_set_tooltip_text (close, _("Never mind"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (close), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Never mind"), -1);
  g_signal_connect_swapped (close, "clicked", G_CALLBACK (on_quote_closed), self);
  gtk_box_append (GTK_BOX (self->quote), GTK_WIDGET (self->quote_label));
  gtk_box_append (GTK_BOX (self->quote), close);
  gtk_widget_set_visible (self->quote, FALSE);
  gtk_box_prepend (GTK_BOX (self), self->quote);
}

static void
cfa_composer_init (CfaComposer *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->upload_bar = cfa_upload_bar_new ();
  g_signal_connect_swapped (self->upload_bar, "retried", G_CALLBACK (on_retried), self);
  gtk_box_prepend (GTK_BOX (self), self->upload_bar);
  make_quote (self);
  self->later = cfa_snooze_popover_new_to_send (TRUE);
  gtk_widget_set_parent (self->later, self->later_button);
  g_signal_connect_swapped (self->later, "chosen", G_CALLBACK (on_later_chosen), self);
  self->replies = cfa_reply_input_new (self->text_view);
  g_signal_connect_object (self->replies, "used", G_CALLBACK (on_reply_used), self, G_CONNECT_SWAPPED);
  update_macros (self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->text_view), keys);
  g_signal_connect_swapped (buffer (self), "changed", G_CALLBACK (on_buffer_changed), self);
  g_signal_connect_swapped (self->note_button, "toggled", G_CALLBACK (on_note_toggled), self);
  gtk_menu_button_set_create_popup_func (self->emoji_button, make_emoji_chooser, self, NULL);
  self->setting = TRUE;
  on_buffer_changed (self);
  self->setting = FALSE;
}

/**
 * cfa_composer_dup_text:
 * @self: a composer
 *
 * Returns: (transfer full): what has been written, as it is
 */
char *
cfa_composer_dup_text (CfaComposer *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer (self), &start, &end);
  return gtk_text_buffer_get_text (buffer (self), &start, &end, FALSE);
}

/**
 * cfa_composer_set_text:
 * @self: a composer
 * @text: (nullable): the words; %NULL clears
 *
 * Replaces what has been written, with the cursor at its end. It cannot be undone by the person and emits no "changed".
 */
void
cfa_composer_set_text (CfaComposer *self, const char *text)
{
  self->setting = TRUE;
  gtk_text_buffer_begin_irreversible_action (buffer (self));
  gtk_text_buffer_set_text (buffer (self), text != NULL ? text : "", -1);
  gtk_text_buffer_end_irreversible_action (buffer (self));
  self->setting = FALSE;
}

/**
 * cfa_composer_get_note:
 * @self: a composer
 *
 * Returns: whether what is written is a staff note
 */
gboolean
cfa_composer_get_note (CfaComposer *self)
{
  return self->note;
}

/**
 * cfa_composer_set_note:
 * @self: a composer
 * @note: whether what is written is a staff note
 *
 * Changes the colour, the words in the empty field and the name of the button.
 */
void
cfa_composer_set_note (CfaComposer *self, gboolean note)
{
  if (self->note == note)
    return;
  self->note = note;
  gtk_toggle_button_set_active (self->note_button, note);
  if (note)
    gtk_widget_add_css_class (GTK_WIDGET (self), "note");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "note");
  update_placeholder (self);
  update_gaps (self);
  update_sensitivity (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTE]);
}

/**
 * cfa_composer_set_placeholder:
 * @self: a composer
 * @placeholder: what an empty field says while it is not a note
 */
void
cfa_composer_set_placeholder (CfaComposer *self, const char *placeholder)
{
  g_free (self->placeholder_words);
  self->placeholder_words = g_strdup (placeholder);
  update_placeholder (self);
}

/**
 * cfa_composer_set_replies:
 * @self: a composer
 * @canned: (nullable): a list of CfaReply, the canned responses
 * @macros: (nullable): a list of CfaReply, the macros
 */
void
cfa_composer_set_replies (CfaComposer *self, GListModel *canned, GListModel *macros)
{
  cfa_reply_input_set_model (self->replies, canned);
  if (self->macros != NULL)
    g_signal_handlers_disconnect_by_func (self->macros, update_macros, self);
  g_set_object (&self->macros, macros);
  if (macros != NULL)
    g_signal_connect_object (macros, "items-changed", G_CALLBACK (update_macros), self, G_CONNECT_SWAPPED);
  update_macros (self);
}

/**
 * cfa_composer_set_values:
 * @self: a composer
 * @values: (transfer none): what placeholders are filled with
 */
void
cfa_composer_set_values (CfaComposer *self, const CfaPlaceholderValues *values)
{
  cfa_reply_input_set_values (self->replies, values);
}

/**
 * cfa_composer_ask_to_fill:
 * @self: a composer
 *
 * Puts the cursor where something is still to be filled in.
 */
void
cfa_composer_ask_to_fill (CfaComposer *self)
{
  cfa_reply_input_choose_gap (self->replies);
}

/**
 * cfa_composer_submit:
 * @self: a composer
 *
 * Hands what has been written to "submit" and clears the field. Does nothing when it is empty or too long, or a file has failed; with gaps it asks to fill them first; while
 * files are on their way it waits for them. Without words, the names of the files are the words. A note is followed by
 * another note: an answer taken for a note does no harm, the other way round does.
 */
void
cfa_composer_submit (CfaComposer *self)
{
  g_autofree char *text = cfa_composer_dup_text (self);

  if (!can_submit (self))
    return;
  if (has_gaps (self))
    {
      cfa_composer_ask_to_fill (self);
      return;
    }
  if (self->uploads != NULL && cfa_upload_list_get_state (self->uploads) == CFA_UPLOADS_BUSY)
    {
      cfa_upload_list_set_awaited (self->uploads, TRUE);
      return;
    }
  g_strstrip (text);
  if (*text == '\0')
    {
      g_free (text);
      text = cfa_upload_list_dup_names (self->uploads);
    }
  cfa_composer_set_text (self, NULL);
  g_signal_emit (self, signals[SUBMIT], 0, text, self->note);
}

/**
 * cfa_composer_set_quote:
 * @self: a composer
 * @title: (nullable): whose words, or what is done with them; %NULL takes it away
 * @text: the words
 *
 * What stands above the field while it is answered or edited. The person can close it: "quote-closed".
 */
void
cfa_composer_set_quote (CfaComposer *self, const char *title, const char *text)
{
  g_autofree char *line = title != NULL ? g_strdelimit (g_strdup (text), "\r\n\t", ' ') : NULL;
  g_autofree char *markup = title != NULL ? g_markup_printf_escaped ("<b>%s</b>  %s", title, line) : NULL;

  gtk_widget_set_visible (self->quote, title != NULL);
  if (markup != NULL)
    gtk_label_set_markup (self->quote_label, markup);
}

/**
 * cfa_composer_get_view:
 * @self: a composer
 *
 * Returns: (transfer none): where the words are typed
 */
GtkTextView *
cfa_composer_get_view (CfaComposer *self)
{
  return self->text_view;
}

/**
 * cfa_composer_set_without_notes:
 * @self: a new composer
 *
 * Where everything that is written is for the same readers.
 */
void
cfa_composer_set_without_notes (CfaComposer *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->note_button), FALSE);
  update_placeholder (self);
  cfa_composer_set_now_only (self, TRUE);
}

/**
 * cfa_composer_set_now_only:
 * @self: a composer
 * @now_only: whether what is written cannot be sent later
 */
void
cfa_composer_set_now_only (CfaComposer *self, gboolean now_only)
{
  self->now_only = now_only;
  update_sensitivity (self);
}

/**
 * cfa_composer_get_send_at:
 * @self: a composer that emits "submit"
 * @unless_reply: (out): whether it is not to go when the visitor writes first
 *
 * Returns: when to send what is submitted, ms UTC; 0 = now
 */
gint64
cfa_composer_get_send_at (CfaComposer *self, gboolean *unless_reply)
{
  *unless_reply = cfa_snooze_popover_get_unless_reply (CFA_SNOOZE_POPOVER (self->later));
  return self->send_at;
}

/**
 * cfa_composer_set_uploads:
 * @self: a composer
 * @uploads: (nullable): the files of what is being written; %NULL where it cannot have any
 */
void
cfa_composer_set_uploads (CfaComposer *self, CfaUploadList *uploads)
{
  if (self->uploads != NULL)
    g_signal_handlers_disconnect_by_func (self->uploads, on_uploads_changed, self);
  g_set_object (&self->uploads, uploads);
  if (uploads != NULL)
    g_signal_connect_object (uploads, "changed", G_CALLBACK (on_uploads_changed), self, G_CONNECT_SWAPPED);
  if (!gtk_widget_in_destruction (GTK_WIDGET (self)))
    {
      cfa_upload_bar_set_list (CFA_UPLOAD_BAR (self->upload_bar), uploads);
      gtk_widget_set_sensitive (self->attach_button, uploads != NULL);
      on_uploads_changed (self);
    }
}
