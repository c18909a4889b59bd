/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message-blocks.h"

#include "text-markup.h"

#include <glib/gi18n.h>

#define SPACING 4
#define WIDTH_CHARS_MAX 58

struct _CfaMessageBlocks
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (CfaMessageBlocks, cfa_message_blocks, GTK_TYPE_BOX)

static GtkWidget *
words_new (void)
{
  g_autoptr (PangoAttrList) plain = pango_attr_list_new ();
  GtkWidget *label = gtk_label_new (NULL);

  /* A hyphen that nobody wrote would spoil addresses and code. */
  pango_attr_list_insert (plain, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (label), plain);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_WORD);
  gtk_label_set_max_width_chars (GTK_LABEL (label), WIDTH_CHARS_MAX);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  return label;
}

static GtkWidget *
text_new (const CfRichBlock *block, const char *name)
{
  g_autofree char *markup = cfa_text_markup (block, name);
  GtkWidget *label = words_new ();

  gtk_label_set_markup (GTK_LABEL (label), markup);
  return label;
}

static GtkWidget *
item_new (const CfRichBlock *block, const char *name)
{
  g_autofree char *number = g_strdup_printf ("%u.", block->number);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING * 2);
  GtkWidget *mark = gtk_label_new (block->kind == CF_RICH_NUMBER ? number : "•");

  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  gtk_label_set_width_chars (GTK_LABEL (mark), block->kind == CF_RICH_NUMBER ? 2 : 1);
  gtk_label_set_xalign (GTK_LABEL (mark), 1);
  gtk_label_set_yalign (GTK_LABEL (mark), 0);
  gtk_widget_add_css_class (mark, "numeric");
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), text_new (block, name));
  return box;
}

static void
on_copy_clicked (GtkWidget *button, GtkLabel *code)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), gtk_label_get_text (code));
}

static GtkWidget *
code_new (const CfRichBlock *block)
{
  CfRichRun *run = block->runs->pdata[0];
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  GtkWidget *code = words_new ();
  GtkWidget *copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_label_set_text (GTK_LABEL (code), run->text);
  gtk_widget_add_css_class (code, "monospace");
  gtk_widget_set_hexpand (code, TRUE);
  gtk_widget_set_direction (box, GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (code, GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (box, "code");
  gtk_widget_add_css_class (copy, "flat");
  gtk_widget_add_css_class (copy, "circular");
  gtk_widget_set_valign (copy, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (copy, _("Copy code"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (copy), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy code"), -1);
  g_signal_connect_object (copy, "clicked", G_CALLBACK (on_copy_clicked), code, 0);
  gtk_box_append (GTK_BOX (box), code);
  gtk_box_append (GTK_BOX (box), copy);
  return box;
}

static void
cfa_message_blocks_class_init (CfaMessageBlocksClass *klass)
{
}

static void
cfa_message_blocks_init (CfaMessageBlocks *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), SPACING);
}

/**
 * cfa_message_blocks_new:
 * @blocks: what cf_rich_text_parse() has read from a message
 * @name: (nullable): who is called by "@name" in it; that stands out
 *
 * Returns: (transfer floating): words, lists and lines of code, one below the other
 */
GtkWidget *
cfa_message_blocks_new (GPtrArray *blocks, const char *name)
{
  CfaMessageBlocks *self = g_object_new (CFA_TYPE_MESSAGE_BLOCKS, NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const CfRichBlock *block = blocks->pdata[i];
      GtkWidget *part = block->kind == CF_RICH_LINES ? code_new (block)
                        : block->kind == CF_RICH_TEXT ? text_new (block, name)
                                                      : item_new (block, name);

      gtk_box_append (GTK_BOX (self), part);
    }
  return GTK_WIDGET (self);
}
