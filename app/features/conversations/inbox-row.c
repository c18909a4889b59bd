/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox-row.h"

#include "saved-views.h"

#include "app/accessible-name.h"

#include <glib/gi18n.h>

struct _CfaInboxRow
{
  GtkListBoxRow parent_instance;

  char *folder;

  GtkImage *icon;
  GtkLabel *name_label;
  GtkLabel *count_label;
  GtkWidget *unread_dot;
  GtkWidget *menu_button;
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
  if (g_str_equal (folder, CFA_INBOX_ROW_MONITOR))
    return "mark-location-symbolic";
  if (cfa_folder_get_view (folder) != NULL)
    return *cfa_folder_get_view (folder) != '\0' ? "view-list-symbolic" : "list-add-symbolic";
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
  gtk_widget_class_bind_template_child (widget_class, CfaInboxRow, menu_button);
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
  const char *id = cfa_folder_get_id (folder);
  const char *name = cfa_directory_get_name (directory, id);
  CfaInbox inbox;

  if (g_str_equal (folder, CFA_INBOX_ROW_MONITOR))
    return _("Live visitors");
  if (id != NULL && *id == '\0')
    return _("New view…");
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

/* What can be done with a view; the sidebar does it. */
static void
fill_menu (CfaInboxRow *self, gboolean may_change, gboolean may_share)
{
  g_autoptr (GMenu) menu = g_menu_new (), first = g_menu_new (), second = g_menu_new (), third = g_menu_new ();
  const struct { GMenu *section; const char *label, *action; gboolean shown; } items[] = {
    { first, _("_Change…"), "views.change", may_change },
    { first, _("Make one _like it…"), "views.copy", TRUE },
    { first, _("Share a copy with the _team"), "views.share", may_share },
    { second, _("Move _up"), "views.up", may_change },
    { second, _("Move _down"), "views.down", may_change },
    { third, _("_Remove"), "views.remove", may_change },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (items[i].label, NULL);

      g_menu_item_set_action_and_target (item, items[i].action, "s", cfa_folder_get_view (self->folder));
      if (items[i].shown)
        g_menu_append_item (items[i].section, item);
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (third));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu_button), G_MENU_MODEL (menu));
  gtk_widget_set_visible (self->menu_button, TRUE);
}

static gboolean
on_step (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_widget_activate_action (widget, GPOINTER_TO_INT (data) < 0 ? "views.up" : "views.down", "s",
                              cfa_folder_get_view (CFA_INBOX_ROW (widget)->folder));
  return TRUE;
}

static gboolean
on_menu (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (CFA_INBOX_ROW (widget)->menu_button));
  return TRUE;
}

static void
on_secondary_click (CfaInboxRow *self)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->menu_button));
}

static void
add_key (GtkEventController *keys, guint key, GdkModifierType modifiers, GtkShortcutFunc func, int step)
{
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                                                          gtk_callback_action_new (func, GINT_TO_POINTER (step), NULL)));
}

static GdkContentProvider *
on_prepare_drag (GtkDragSource *source, double x, double y, CfaInboxRow *self)
{
  return gdk_content_provider_new_typed (G_TYPE_STRING, self->folder);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, GtkWidget *self)
{
  g_autoptr (GdkPaintable) icon = gtk_widget_paintable_new (self);

  gtk_drag_source_set_icon (source, icon, 0, 0);
}

/* Only the row of another view is dropped here; any text may come. */
static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, CfaInboxRow *self)
{
  const char *moved = cfa_folder_get_view (g_value_get_string (value));

  if (moved == NULL || *moved == '\0')
    return FALSE;
  gtk_widget_activate_action (GTK_WIDGET (self), "views.move", "(ss)", moved, cfa_folder_get_view (self->folder));
  return TRUE;
}

static void
make_movable (CfaInboxRow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE);

  add_key (keys, GDK_KEY_Up, GDK_CONTROL_MASK | GDK_SHIFT_MASK, on_step, -1);
  add_key (keys, GDK_KEY_Down, GDK_CONTROL_MASK | GDK_SHIFT_MASK, on_step, 1);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare_drag), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
add_menu_ways (CfaInboxRow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  add_key (keys, GDK_KEY_Menu, 0, on_menu, 0);
  add_key (keys, GDK_KEY_F10, GDK_SHIFT_MASK, on_menu, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_secondary_click), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * cfa_inbox_row_new:
 * @folder: which folder
 * @directory: what departments, sites and views are called
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
  if (cfa_folder_get_id (folder) != NULL && *cfa_folder_get_id (folder) == '\0')
    gtk_widget_add_css_class (GTK_WIDGET (self), "dim-label");
  return GTK_WIDGET (self);
}

/**
 * cfa_inbox_row_new_view:
 * @id: of a saved view
 *
 * Returns: (transfer floating): its row, with a menu and, when it may be moved, the ways to move it
 */
GtkWidget *
cfa_inbox_row_new_view (const char *id, CfaSession *session)
{
  CfaDirectory *directory = cfa_session_get_directory (session);
  g_autofree char *folder = cfa_folder_of_view (id), *words = NULL;
  GtkWidget *row = cfa_inbox_row_new (folder, directory);
  CfaInboxRow *self = CFA_INBOX_ROW (row);
  gboolean shared = cfa_view_is_shared (directory, id), may_change = cfa_view_may_change (session, id);

  words = g_strdup_printf (_("What to do with the view “%s”"), gtk_label_get_label (self->name_label));
  cfa_accessible_name_inside (self->menu_button, GTK_TYPE_TOGGLE_BUTTON, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_tooltip_text (row, shared ? _("Shared with the team") : _("Only you see this view"));
  fill_menu (self, may_change, !shared && cfa_session_get_role (session) >= CF_ROLE_SUPERVISOR);
  add_menu_ways (self);
  if (may_change)
    make_movable (self);
  return row;
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
  gboolean named_only = cfa_folder_get_id (self->folder) != NULL && *cfa_folder_get_id (self->folder) == '\0';
  gboolean counted = !g_str_equal (self->folder, cfa_folder_of_inbox (CFA_INBOX_CLOSED)) && count.n > 0;
  g_autofree char *words = g_strdup_printf ("%'u", count.n);
  g_autofree char *open_words = g_strdup_printf (ngettext ("%u conversation", "%u conversations", count.n), count.n);
  g_autofree char *unread_words = g_strdup_printf (ngettext ("%u unread", "%u unread", count.unread), count.unread);
  g_autofree char *name = g_strjoin (", ", gtk_label_get_label (self->name_label), named_only ? NULL : counted ? open_words : unread_words,
                                     counted ? unread_words : NULL, NULL);

  gtk_label_set_label (self->count_label, counted ? words : "");
  gtk_widget_set_visible (self->unread_dot, count.unread > 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * cfa_inbox_row_set_visitors:
 * @self: the row of those who are on the sites now
 * @visitors: how many there are
 */
void
cfa_inbox_row_set_visitors (CfaInboxRow *self, guint visitors)
{
  g_autofree char *words = g_strdup_printf ("%'u", visitors);
  g_autofree char *told = g_strdup_printf (ngettext ("%'u visitor", "%'u visitors", visitors), visitors);
  g_autofree char *name = g_strjoin (", ", gtk_label_get_label (self->name_label), visitors > 0 ? told : NULL, NULL);

  gtk_label_set_label (self->count_label, visitors > 0 ? words : "");
  gtk_widget_set_visible (self->unread_dot, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
