/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox-row.h"

#include <glib/gi18n.h>

struct _CfaInboxRow
{
  GtkListBoxRow parent_instance;

  char *folder;

  GtkImage *icon;
  GtkLabel *name_label;
  GtkLabel *count_label;
  GtkWidget *unread_dot;
};

G_DEFINE_FINAL_TYPE (CfaInboxRow, cfa_inbox_row, GTK_TYPE_LIST_BOX_ROW)

static const char *const icons[CFA_N_INBOXES] = {
  [CFA_INBOX_MINE] = "avatar-default-symbolic",
  [CFA_INBOX_UNASSIGNED] = "chatflow-tray-symbolic",
  [CFA_INBOX_MENTIONS] = "user-bookmarks-symbolic",
  [CFA_INBOX_ALL] = "chatflow-speech-symbolic",
  [CFA_INBOX_SNOOZED] = "alarm-symbolic",
  [CFA_INBOX_CLOSED] = "object-select-symbolic",
};

static const char *
icon_of (const char *folder)
{
  CfaInbox inbox;

  if (cfa_folder_is_inbox (folder, &inbox))
    return icons[inbox];
  return cfa_folder_get_site (folder) != NULL ? "web-browser-symbolic" : "system-users-symbolic";
}

static void
cfa_inbox_row_finalize (GObject *object)
{
  g_free (CFA_INBOX_ROW (object)->folder);
  G_OBJECT_CLASS (cfa_inbox_row_parent_class)->finalize (object);
}

static void
cfa_inbox_row_class_init (CfaInboxRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cfa_inbox_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/conversations/inbox-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaInboxRow, icon);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxRow, count_label);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxRow, unread_dot);
}

static void
cfa_inbox_row_init (CfaInboxRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cfa_inbox_name:
 * @folder: a folder's key
 * @directory: what departments and sites are called
 *
 * Returns: (transfer none): its translated name
 */
const char *
cfa_inbox_name (const char *folder, CfaDirectory *directory)
{
  const char *id = cfa_folder_get_department (folder) != NULL ? cfa_folder_get_department (folder) : cfa_folder_get_site (folder);
  const char *name = cfa_directory_get_name (directory, id);
  CfaInbox inbox;

  if (!cfa_folder_is_inbox (folder, &inbox))
    return name != NULL ? name : "";
  switch (inbox)
    {
    /* Translators: the names of inboxes; say them of conversations: mine, unassigned ones, all, closed ones */
    case CFA_INBOX_MINE: return _("Mine");
    case CFA_INBOX_UNASSIGNED: return _("Unassigned");
    case CFA_INBOX_MENTIONS: return _("Mentions");
    case CFA_INBOX_ALL: return _("All");
    case CFA_INBOX_SNOOZED: return _("Snoozed");
    case CFA_INBOX_CLOSED: return _("Closed");
    }
  g_return_val_if_reached ("");
}

/**
 * cfa_inbox_row_new:
 * @folder: which folder
 * @directory: what departments and sites are called
 *
 * Returns: (transfer floating): a row of the sidebar, without counts
 */
GtkWidget *
cfa_inbox_row_new (const char *folder, CfaDirectory *directory)
{
  CfaInboxRow *self = g_object_new (CFA_TYPE_INBOX_ROW, NULL);

  self->folder = g_strdup (folder);
  gtk_image_set_from_icon_name (self->icon, icon_of (folder));
  gtk_label_set_label (self->name_label, cfa_inbox_name (folder, directory));
  return GTK_WIDGET (self);
}

/**
 * cfa_inbox_row_get_folder:
 * @self: a row
 *
 * Returns: (transfer none): which folder it stands for
 */
const char *
cfa_inbox_row_get_folder (CfaInboxRow *self)
{
  return self->folder;
}

/**
 * cfa_inbox_row_set_count:
 * @self: a row
 * @count: how much there is in its folder
 */
void
cfa_inbox_row_set_count (CfaInboxRow *self, CfaCount count)
{
  /* How many have ever been closed tells nobody what to do. */
  gboolean counted = !g_str_equal (self->folder, cfa_folder_of_inbox (CFA_INBOX_CLOSED)) && count.n > 0;
  g_autofree char *words = g_strdup_printf ("%'u", count.n);
  g_autofree char *open_words = g_strdup_printf (ngettext ("%u conversation", "%u conversations", count.n), count.n);
  g_autofree char *unread_words = g_strdup_printf (ngettext ("%u unread", "%u unread", count.unread), count.unread);
  g_autofree char *name = g_strjoin (", ", gtk_label_get_label (self->name_label), counted ? open_words : unread_words,
                                     counted ? unread_words : NULL, NULL);

  gtk_label_set_label (self->count_label, counted ? words : "");
  gtk_widget_set_visible (self->unread_dot, count.unread > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
