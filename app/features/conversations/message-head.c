/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message-head.h"

#include <glib/gi18n.h>

struct _CfaMessageHead
{
  GtkBox parent_instance;

  CfaMessageList *messages;
  GtkSpinner *spinner;
  GtkLabel *label;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (CfaMessageHead, cfa_message_head, GTK_TYPE_BOX)

static void
update (CfaMessageHead *self)
{
  gboolean loading = cfa_message_list_get_loading (self->messages);
  const char *error = cfa_message_list_get_error (self->messages);
  gboolean begins = !loading && !cfa_message_list_get_has_older (self->messages)
                    && g_list_model_get_n_items (G_LIST_MODEL (self->messages)) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), loading);
  gtk_spinner_set_spinning (self->spinner, loading);
  gtk_label_set_label (self->label, error != NULL ? error : begins ? _("The conversation begins here") : "");
  gtk_widget_set_visible (self->button, error != NULL && !loading);
}

static void
on_clicked (CfaMessageHead *self)
{
  cfa_message_list_load_older (self->messages);
}

static void
cfa_message_head_dispose (GObject *object)
{
  cfa_message_head_set_messages (CFA_MESSAGE_HEAD (object), NULL);
  G_OBJECT_CLASS (cfa_message_head_parent_class)->dispose (object);
}

static void
cfa_message_head_class_init (CfaMessageHeadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_message_head_dispose;
}

static void
cfa_message_head_init (CfaMessageHead *self)
{
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "dim-label");
  self->button = gtk_button_new_with_label (_("Try again"));
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (self->button, FALSE);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (self), self->button);
}

/**
 * cfa_message_head_new:
 *
 * Returns: (transfer floating): a head without messages
 */
GtkWidget *
cfa_message_head_new (void)
{
  return g_object_new (CFA_TYPE_MESSAGE_HEAD, NULL);
}

/**
 * cfa_message_head_set_messages:
 * @self: a head
 * @messages: (nullable): what it stands above, and follows, from now on
 */
void
cfa_message_head_set_messages (CfaMessageHead *self, CfaMessageList *messages)
{
  if (self->messages != NULL)
    g_signal_handlers_disconnect_by_data (self->messages, self);
  g_set_object (&self->messages, messages);
  if (messages == NULL)
    return;
  g_signal_connect_swapped (messages, "notify", G_CALLBACK (update), self);
  g_signal_connect_swapped (messages, "items-changed", G_CALLBACK (update), self);
  update (self);
}
