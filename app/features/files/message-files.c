/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "message-files.h"

#include "file-view.h"

struct _CfaMessageFiles
{
  GtkBox parent_instance;
  char *words;
  GtkWidget *label; /* (nullable): not owned; it is in the same bubble */
};

G_DEFINE_FINAL_TYPE (CfaMessageFiles, cfa_message_files, GTK_TYPE_BOX)

/* Words that are nothing but the names of the files would say everything twice. */
static void
update (CfaMessageFiles *self)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL; child = gtk_widget_get_next_sibling (child))
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                            cfa_attachment_get_name (cfa_file_view_get_attachment (CFA_FILE_VIEW (child))));
  if (self->label != NULL)
    gtk_widget_set_visible (self->label, self->words == NULL || !g_str_equal (self->words, names->str));
}

static void
cfa_message_files_dispose (GObject *object)
{
  CFA_MESSAGE_FILES (object)->label = NULL;
  G_OBJECT_CLASS (cfa_message_files_parent_class)->dispose (object);
}

static void
cfa_message_files_finalize (GObject *object)
{
  g_free (CFA_MESSAGE_FILES (object)->words);
  G_OBJECT_CLASS (cfa_message_files_parent_class)->finalize (object);
}

static void
cfa_message_files_class_init (CfaMessageFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_message_files_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_message_files_finalize;
}

static void
cfa_message_files_init (CfaMessageFiles *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

/**
 * cfa_message_files_new:
 * @ids: of the files
 *
 * Returns: (transfer floating): a view for each
 */
GtkWidget *
cfa_message_files_new (CfaSession *session, const char *const *ids)
{
  CfaMessageFiles *self = g_object_new (CFA_TYPE_MESSAGE_FILES, NULL);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      GtkWidget *view = cfa_file_view_new (session, ids[i]);

      g_signal_connect_object (cfa_file_view_get_attachment (CFA_FILE_VIEW (view)), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self), view);
    }
  return GTK_WIDGET (self);
}

/**
 * cfa_message_files_set_words:
 * @words: (nullable): of the message
 * @label: that shows them; hidden while they are only the names of the files
 */
void
cfa_message_files_set_words (CfaMessageFiles *self, const char *words, GtkWidget *label)
{
  g_free (self->words);
  self->words = g_strdup (words);
  self->label = label;
  update (self);
}
