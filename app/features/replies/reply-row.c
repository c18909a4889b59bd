/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reply-row.h"

#include <glib/gi18n.h>

struct _CfaReplyRow
{
  GtkBox parent_instance;

  GtkLabel *shortcut;
  GtkLabel *words;
  GtkLabel *own;
};

G_DEFINE_FINAL_TYPE (CfaReplyRow, cfa_reply_row, GTK_TYPE_BOX)

static void
cfa_reply_row_class_init (CfaReplyRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/replies/reply-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaReplyRow, shortcut);
  gtk_widget_class_bind_template_child (widget_class, CfaReplyRow, words);
  gtk_widget_class_bind_template_child (widget_class, CfaReplyRow, own);
}

static void
cfa_reply_row_init (CfaReplyRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cfa_reply_row_new (void)
{
  return g_object_new (CFA_TYPE_REPLY_ROW, NULL);
}

/**
 * cfa_reply_row_bind:
 * @reply: (transfer none): a canned response
 */
void
cfa_reply_row_bind (CfaReplyRow *self, CfaReply *reply)
{
  const CfCannedResponse *canned = cfa_reply_get_canned (reply);
  g_autofree char *shortcut = g_strconcat ("/", canned->shortcut, NULL);
  g_autofree char *words = g_strdelimit (g_strdup (canned->title != NULL ? canned->title : canned->text), "\r\n\t", ' ');

  gtk_label_set_label (self->shortcut, shortcut);
  gtk_label_set_label (self->words, words);
  gtk_widget_set_visible (GTK_WIDGET (self->own), !cfa_reply_get_shared (reply));
}
