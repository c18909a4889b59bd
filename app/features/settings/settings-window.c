/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings-window.h"

#include "app/features/alerts/alerts-page.h"
#include "app/features/automation/goals-page.h"
#include "app/features/automation/triggers-page.h"
#include "app/features/replies/canned-page.h"
#include "app/features/replies/macros-page.h"
#include "app/features/visitors/attributes-page.h"
#include "account-page.h"
#include "audit-page.h"
#include "departments-page.h"
#include "sites-page.h"
#include "tags-page.h"
#include "team-page.h"

#include <glib/gi18n.h>

struct _CfaSettingsWindow
{
  AdwWindow parent_instance;

  CfaSession *session;

  AdwLeaflet *leaflet;
  GtkListBox *list_box;
  GtkStack *stack;
  AdwWindowTitle *title;
  GtkWidget *back_button;
  AdwHeaderBar *list_header;
  AdwHeaderBar *page_header;
  GtkRevealer *offline;
};

/* Every page of the settings, in their order. */
static const struct
{
  const char *id, *title, *icon;
  CfRole least; /* who sees it */
  GtkWidget *(*new) (CfaSession *session);
} pages[] = {
  { "account", N_("My account"), "avatar-default-symbolic", CF_ROLE_AGENT, cfa_account_page_new },
  { "alerts", N_("Notifications"), "preferences-system-notifications-symbolic", CF_ROLE_AGENT, cfa_alerts_page_new },
  { "replies", N_("Canned responses"), "insert-text-symbolic", CF_ROLE_AGENT, cfa_canned_page_new },
  { "macros", N_("Macros"), "media-playlist-consecutive-symbolic", CF_ROLE_AGENT, cfa_macros_page_new },
  { "team", N_("Team"), "system-users-symbolic", CF_ROLE_SUPERVISOR, cfa_team_page_new },
  { "departments", N_("Departments"), "view-grid-symbolic", CF_ROLE_SUPERVISOR, cfa_departments_page_new },
  { "tags", N_("Tags"), "user-bookmarks-symbolic", CF_ROLE_SUPERVISOR, cfa_tags_page_new },
  { "attributes", N_("Attributes"), "view-list-symbolic", CF_ROLE_ADMIN, cfa_attributes_page_new },
  { "sites", N_("Sites"), "web-browser-symbolic", CF_ROLE_SUPERVISOR, cfa_sites_page_new },
  { "triggers", N_("Triggers"), "starred-symbolic", CF_ROLE_SUPERVISOR, cfa_triggers_page_new },
  { "goals", N_("Goals"), "emblem-ok-symbolic", CF_ROLE_SUPERVISOR, cfa_goals_page_new },
  { "audit", N_("Audit log"), "document-open-recent-symbolic", CF_ROLE_ADMIN, cfa_audit_page_new },
};

G_DEFINE_FINAL_TYPE (CfaSettingsWindow, cfa_settings_window, ADW_TYPE_WINDOW)

/* The window's buttons belong to the outermost panes that are on screen. */
static void
update_panes (CfaSettingsWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  gtk_widget_set_visible (self->back_button, folded);
  adw_header_bar_set_show_end_title_buttons (self->list_header, folded);
  adw_header_bar_set_show_start_title_buttons (self->page_header, folded);
  gtk_list_box_set_selection_mode (self->list_box, folded ? GTK_SELECTION_NONE : GTK_SELECTION_SINGLE);
  if (!folded && gtk_stack_get_visible_child (self->stack) != NULL)
    for (int i = 0; i < (int) G_N_ELEMENTS (pages); i++)
      if (g_strcmp0 (pages[i].id, gtk_stack_get_visible_child_name (self->stack)) == 0)
        gtk_list_box_select_row (self->list_box, gtk_list_box_get_row_at_index (self->list_box, i));
}

/* Pages are made when they are first wanted. */
static void
show_page (CfaSettingsWindow *self, guint index)
{
  if (gtk_stack_get_child_by_name (self->stack, pages[index].id) == NULL)
    gtk_stack_add_named (self->stack, pages[index].new (self->session), pages[index].id);
  gtk_stack_set_visible_child_name (self->stack, pages[index].id);
  adw_window_title_set_title (self->title, _(pages[index].title));
  adw_leaflet_set_visible_child_name (self->leaflet, "page");
  update_panes (self);
}

static void
on_row_activated (CfaSettingsWindow *self, GtkListBoxRow *row)
{
  show_page (self, gtk_list_box_row_get_index (row));
}

static void
on_back (CfaSettingsWindow *self)
{
  adw_leaflet_set_visible_child_name (self->leaflet, "list");
}

/* Esc leads back to the list where there is one to go back to, else out of the window. */
static gboolean
on_escape (GtkWidget *widget, GVariant *args, gpointer data)
{
  CfaSettingsWindow *self = CFA_SETTINGS_WINDOW (widget);

  if (adw_leaflet_get_folded (self->leaflet) && g_strcmp0 (adw_leaflet_get_visible_child_name (self->leaflet), "page") == 0)
    on_back (self);
  else
    gtk_window_close (GTK_WINDOW (self));
  return TRUE;
}

/* What a role does not see is not there; a page that was open stays away too when the role is taken. */
static void
update (CfaSettingsWindow *self)
{
  CfRole role = cfa_session_get_role (self->session);
  const char *open = gtk_stack_get_visible_child_name (self->stack);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      gtk_widget_set_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list_box, i)), role >= pages[i].least);
      if (role < pages[i].least && g_strcmp0 (open, pages[i].id) == 0)
        show_page (self, 0);
    }
  gtk_revealer_set_reveal_child (self->offline, cfa_session_get_link (self->session) != CFA_LINK_LIVE);
}

static GtkWidget *
new_row (const char *title, const char *icon)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}

static void
cfa_settings_window_dispose (GObject *object)
{
  CfaSettingsWindow *self = CFA_SETTINGS_WINDOW (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_settings_window_parent_class)->dispose (object);
}

static void
cfa_settings_window_class_init (CfaSettingsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_settings_window_dispose;
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/settings/settings-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaSettingsWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, CfaSettingsWindow, list_box);
  gtk_widget_class_bind_template_child (widget_class, CfaSettingsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CfaSettingsWindow, title);
  gtk_widget_class_bind_template_child (widget_class, CfaSettingsWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, CfaSettingsWindow, list_header);
  gtk_widget_class_bind_template_child (widget_class, CfaSettingsWindow, page_header);
  gtk_widget_class_bind_template_child (widget_class, CfaSettingsWindow, offline);
  gtk_widget_class_bind_template_callback (widget_class, update_panes);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
}

static void
cfa_settings_window_init (CfaSettingsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_list_box_append (self->list_box, new_row (_(pages[i].title), pages[i].icon));
}

/**
 * cfa_settings_window_new:
 * @parent: the main window, above which it stays, and with which it goes
 *
 * Returns: (transfer none): the window, which belongs to the toolkit
 */
CfaSettingsWindow *
cfa_settings_window_new (GtkWindow *parent, CfaSession *session)
{
  CfaSettingsWindow *self = g_object_new (CFA_TYPE_SETTINGS_WINDOW, "transient-for", parent, NULL);
  int width, height;

  gtk_window_get_default_size (parent, &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (width, 860), MIN (height, 680));
  self->session = g_object_ref (session);
  /* What belongs to the main window, such as signing out, is done there. */
  gtk_widget_insert_action_group (GTK_WIDGET (self), "win", G_ACTION_GROUP (parent));
  g_signal_connect_swapped (session, "notify", G_CALLBACK (update), self);
  update (self);
  show_page (self, 0);
  on_back (self); /* where only one of both fits, the list comes first */
  return self;
}

/**
 * cfa_settings_window_open:
 * @page: its id, "sites"; one that is not there, or not for this person, changes nothing
 */
void
cfa_settings_window_open (CfaSettingsWindow *self, const char *page)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i].id, page) && cfa_session_get_role (self->session) >= pages[i].least)
      show_page (self, i);
}

/**
 * cfa_settings_window_has:
 * @page: its id
 *
 * Returns: whether there is such a page for people of that role
 */
gboolean
cfa_settings_window_has (CfRole role, const char *page)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i].id, page))
      return role >= pages[i].least;
  return FALSE;
}
