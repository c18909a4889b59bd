/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox-sidebar.h"

#include "inbox-row.h"
#include "saved-views.h"
#include "view-dialog.h"

#include "app/css-class.h"
#include "app/cache/folder.h"
#include "protocol/records/department.h"
#include "protocol/records/site.h"
#include "app/features/alerts/alerts-bell.h"
#include "app/features/team-chat/team-section.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* The row below the views; no view has that folder. */
#define NEW_VIEW "view:"

struct _CfaInboxSidebar
{
  GtkBox parent_instance;

  CfaSession *session;
  CfaLiveVisitors *visitors;
  char *folder;

  AdwHeaderBar *header;
  GtkWidget *presence_button;
  GtkWidget *presence_dot;
  GtkLabel *presence_label;
  GtkMenuButton *menu_button;
  GtkListBox *list_box;
  CfaTeamSection *team_section;
  GtkLabel *agent_label;
  GtkLabel *place_label;
};

G_DEFINE_FINAL_TYPE (CfaInboxSidebar, cfa_inbox_sidebar, GTK_TYPE_BOX)

/* What the team and the visitors see of this agent: what was chosen, and only while there is a connection. */
static const char *
presence_words (CfaSession *session)
{
  switch (cfa_session_get_link (session))
    {
    case CFA_LINK_CONNECTING:
      return _("Connecting…");
    case CFA_LINK_WAITING:
    case CFA_LINK_SIGNED_OUT:
      return _("Offline");
    default:
      if (cfa_session_get_presence (session) == CF_PRESENCE_OFFLINE)
        return _("Offline");
      return cfa_session_get_presence (session) == CF_PRESENCE_AWAY ? _("Away") : _("Online");
    }
}

static void
update_agent (CfaInboxSidebar *self)
{
  CfaLink link = cfa_session_get_link (self->session);
  gboolean there = link == CFA_LINK_LIVE || link == CFA_LINK_SYNCING;
  const char *organisation = cfa_session_get_organisation_name (self->session);
  const char *name = cfa_session_get_agent_name (self->session);
  const char *words = presence_words (self->session);
  g_autofree char *described = g_strdup_printf (_("Your presence: %s"), words);

  gtk_label_set_label (self->presence_label, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->presence_button), GTK_ACCESSIBLE_PROPERTY_LABEL, described, -1);
  cfa_css_class_set (self->presence_dot, "away", there && cfa_session_get_presence (self->session) == CF_PRESENCE_AWAY);
  cfa_css_class_set (self->presence_dot, "offline", !there || cfa_session_get_presence (self->session) == CF_PRESENCE_OFFLINE);
  gtk_label_set_label (self->agent_label, name != NULL ? name : cfa_session_get_agent_email (self->session));
  gtk_label_set_label (self->place_label, organisation != NULL ? organisation : cfa_session_get_server (self->session));
}

static CfaInboxRow *
nth_row (CfaInboxSidebar *self, int index)
{
  return CFA_INBOX_ROW (gtk_list_box_get_row_at_index (self->list_box, index));
}

static void
update_counts (CfaInboxSidebar *self)
{
  CfaInboxRow *row;

  for (int i = 0; (row = nth_row (self, i)) != NULL; i++)
    if (g_str_equal (cfa_inbox_row_get_folder (row), CFA_INBOX_ROW_MONITOR))
      cfa_inbox_row_set_visitors (row, cfa_live_visitors_get_total (self->visitors));
    else
      cfa_inbox_row_set_count (row, cfa_session_get_count (self->session, cfa_inbox_row_get_folder (row)));
}

static void
mark_folder (CfaInboxSidebar *self)
{
  CfaInboxRow *row;

  for (int i = 0; (row = nth_row (self, i)) != NULL; i++)
    if (g_strcmp0 (cfa_inbox_row_get_folder (row), self->folder) == 0)
      gtk_list_box_select_row (self->list_box, GTK_LIST_BOX_ROW (row));
}

static void
add_departments (CfaInboxSidebar *self)
{
  CfaDirectory *directory = cfa_session_get_directory (self->session);
  g_autoptr (GPtrArray) departments = cfa_directory_list (directory, &cf_department_shape);

  for (guint i = 0; i < departments->len; i++)
    {
      g_autofree char *folder = cfa_folder_of_department (((CfRecord *) departments->pdata[i])->id);

      gtk_list_box_append (self->list_box, cfa_inbox_row_new (folder, directory));
    }
}

/* Those that the agent serves. */
static void
add_sites (CfaInboxSidebar *self)
{
  CfaDirectory *directory = cfa_session_get_directory (self->session);
  const CfAgent *agent = (const CfAgent *) cfa_directory_get (directory, &cf_agent_shape, cfa_session_get_agent_id (self->session));
  g_autoptr (GPtrArray) sites = cfa_directory_list (directory, &cf_site_shape);

  for (guint i = 0; i < sites->len; i++)
    {
      const char *id = ((CfRecord *) sites->pdata[i])->id;
      g_autofree char *folder = cfa_folder_of_site (id);

      if (agent == NULL || cf_agent_serves (agent, id))
        gtk_list_box_append (self->list_box, cfa_inbox_row_new (folder, directory));
    }
}

static void
add_views (CfaInboxSidebar *self)
{
  g_autoptr (GPtrArray) views = cfa_directory_list (cfa_session_get_directory (self->session), &cf_saved_view_shape);

  for (guint i = 0; i < views->len; i++)
    gtk_list_box_append (self->list_box, cfa_inbox_row_new_view (((CfRecord *) views->pdata[i])->id, self->session));
  gtk_list_box_append (self->list_box, cfa_inbox_row_new (NEW_VIEW, cfa_session_get_directory (self->session)));
}

/* A view that is shown and was removed, here or by somebody else, or a site that the agent does not see any more. */
static void
leave_removed (CfaInboxSidebar *self)
{
  CfaDirectory *directory = cfa_session_get_directory (self->session);
  const char *view = self->folder != NULL ? cfa_folder_get_view (self->folder) : NULL;
  const char *site = self->folder != NULL ? cfa_folder_get_site (self->folder) : NULL;

  if ((view != NULL && cfa_directory_get (directory, &cf_saved_view_shape, view) == NULL)
      || (site != NULL && cfa_directory_get (directory, &cf_site_shape, site) == NULL))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.inbox", "s", cfa_folder_of_inbox (CFA_INBOX_MINE));
}

/* The row that the keyboard is on. */
static char *
dup_focus (CfaInboxSidebar *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list_box));

  return focus != NULL ? g_strdup (cfa_inbox_row_get_folder (CFA_INBOX_ROW (focus))) : NULL;
}

static void
focus_folder (CfaInboxSidebar *self, const char *folder)
{
  CfaInboxRow *row;

  for (int i = 0; folder != NULL && (row = nth_row (self, i)) != NULL; i++)
    if (g_str_equal (cfa_inbox_row_get_folder (row), folder))
      gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Views, departments and sites are few and seldom change: all rows are made anew. */
static void
fill (CfaInboxSidebar *self)
{
  g_autofree char *focus = dup_focus (self);
  CfaInboxRow *row;

  while ((row = nth_row (self, 0)) != NULL)
    gtk_list_box_remove (self->list_box, GTK_WIDGET (row));
  if (self->session == NULL)
    return;
  for (int inbox = 0; inbox < CFA_N_INBOXES; inbox++)
    gtk_list_box_append (self->list_box, cfa_inbox_row_new (cfa_folder_of_inbox (inbox), cfa_session_get_directory (self->session)));
  gtk_list_box_append (self->list_box, cfa_inbox_row_new (CFA_INBOX_ROW_MONITOR, cfa_session_get_directory (self->session)));
  add_views (self);
  add_departments (self);
  add_sites (self);
  update_counts (self);
  mark_folder (self);
  focus_folder (self, focus);
  leave_removed (self);
}

static gboolean
same_kind (const char *a, const char *b)
{
  return (cfa_folder_get_department (a) != NULL) == (cfa_folder_get_department (b) != NULL)
         && (cfa_folder_get_site (a) != NULL) == (cfa_folder_get_site (b) != NULL)
         && (cfa_folder_get_view (a) != NULL) == (cfa_folder_get_view (b) != NULL);
}

static void
head_row (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const char *folder = cfa_inbox_row_get_folder (CFA_INBOX_ROW (row));
  GtkWidget *label;

  if (before == NULL || same_kind (folder, cfa_inbox_row_get_folder (CFA_INBOX_ROW (before))))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (cfa_folder_get_view (folder) != NULL ? _("Views") : cfa_folder_get_department (folder) != NULL ? _("Departments")
                                                                                                                       : _("Sites"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "folder-heading");
  gtk_list_box_row_set_header (row, label);
}

static void
disconnect (CfaInboxSidebar *self)
{
  if (self->session == NULL)
    return;
  g_signal_handlers_disconnect_by_data (cfa_session_get_directory (self->session), self);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_handlers_disconnect_by_data (self->visitors, self);
}

static void
on_row_activated (CfaInboxSidebar *self, GtkListBoxRow *row)
{
  if (g_str_equal (cfa_inbox_row_get_folder (CFA_INBOX_ROW (row)), NEW_VIEW))
    {
      mark_folder (self);
      cfa_view_dialog_make (GTK_WIDGET (self), self->session, self->folder);
      return;
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.inbox", "s", cfa_inbox_row_get_folder (CFA_INBOX_ROW (row)));
}

static void
on_view_change (GtkWidget *widget, const char *name, GVariant *id)
{
  cfa_view_dialog_change (widget, CFA_INBOX_SIDEBAR (widget)->session, g_variant_get_string (id, NULL));
}

static void
on_view_copy (GtkWidget *widget, const char *name, GVariant *id)
{
  g_autofree char *folder = cfa_folder_of_view (g_variant_get_string (id, NULL));

  cfa_view_dialog_make (widget, CFA_INBOX_SIDEBAR (widget)->session, folder);
}

static void
on_view_share (GtkWidget *widget, const char *name, GVariant *id)
{
  cfa_view_share (widget, CFA_INBOX_SIDEBAR (widget)->session, g_variant_get_string (id, NULL));
}

static void
on_view_step (GtkWidget *widget, const char *name, GVariant *id)
{
  cfa_view_move (widget, CFA_INBOX_SIDEBAR (widget)->session, g_variant_get_string (id, NULL), g_str_equal (name, "views.up") ? -1 : 1);
}

static void
on_view_move (GtkWidget *widget, const char *name, GVariant *ids)
{
  const char *id, *onto;

  g_variant_get (ids, "(&s&s)", &id, &onto);
  cfa_view_move_to (widget, CFA_INBOX_SIDEBAR (widget)->session, id, onto);
}

static void
on_view_remove (GtkWidget *widget, const char *name, GVariant *id)
{
  cfa_view_remove (widget, CFA_INBOX_SIDEBAR (widget)->session, g_variant_get_string (id, NULL));
}

/* What the menus of the views' rows call. */
static void
install_view_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "views.change", "s", on_view_change);
  gtk_widget_class_install_action (widget_class, "views.copy", "s", on_view_copy);
  gtk_widget_class_install_action (widget_class, "views.share", "s", on_view_share);
  gtk_widget_class_install_action (widget_class, "views.up", "s", on_view_step);
  gtk_widget_class_install_action (widget_class, "views.down", "s", on_view_step);
  gtk_widget_class_install_action (widget_class, "views.move", "(ss)", on_view_move);
  gtk_widget_class_install_action (widget_class, "views.remove", "s", on_view_remove);
}

static void
cfa_inbox_sidebar_dispose (GObject *object)
{
  CfaInboxSidebar *self = CFA_INBOX_SIDEBAR (object);

  disconnect (self);
  g_clear_object (&self->session);
  g_clear_object (&self->visitors);
  g_clear_pointer (&self->folder, g_free);
  G_OBJECT_CLASS (cfa_inbox_sidebar_parent_class)->dispose (object);
}

static void
cfa_inbox_sidebar_class_init (CfaInboxSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_ALERTS_BELL);
  g_type_ensure (CFA_TYPE_TEAM_SECTION);
  G_OBJECT_CLASS (klass)->dispose = cfa_inbox_sidebar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/conversations/inbox-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, header);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, presence_button);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, presence_dot);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, presence_label);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, list_box);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, team_section);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, agent_label);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, place_label);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  install_view_actions (widget_class);
}

static void
cfa_inbox_sidebar_init (CfaInboxSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list_box, head_row, NULL, NULL);
}

/**
 * cfa_inbox_sidebar_set_session:
 * @self: a sidebar
 * @session: (nullable): whose inboxes it counts from now on
 * @visitors: (nullable): those who are on its sites, with a session
 */
void
cfa_inbox_sidebar_set_session (CfaInboxSidebar *self, CfaSession *session, CfaLiveVisitors *visitors)
{
  disconnect (self);
  g_set_object (&self->session, session);
  cfa_team_section_set_session (self->team_section, session);
  g_set_object (&self->visitors, visitors);
  fill (self);
  if (session == NULL)
    return;
  g_signal_connect_swapped (session, "notify", G_CALLBACK (update_agent), self);
  g_signal_connect_swapped (session, "notify::link", G_CALLBACK (fill), self);
  g_signal_connect_swapped (session, "notify::role", G_CALLBACK (fill), self);
  g_signal_connect_swapped (session, "counted", G_CALLBACK (update_counts), self);
  g_signal_connect_swapped (visitors, "notify::total", G_CALLBACK (update_counts), self);
  g_signal_connect_swapped (cfa_session_get_directory (session), "changed", G_CALLBACK (fill), self);
  update_agent (self);
}

/**
 * cfa_inbox_sidebar_set_folder:
 * @self: a sidebar
 * @folder: the one to mark as shown
 */
void
cfa_inbox_sidebar_set_folder (CfaInboxSidebar *self, const char *folder)
{
  g_free (self->folder);
  self->folder = g_strdup (folder);
  mark_folder (self);
}

/**
 * cfa_inbox_sidebar_set_channel:
 * @self: a sidebar
 * @id: (nullable): of the channel that is open
 */
void
cfa_inbox_sidebar_set_channel (CfaInboxSidebar *self, const char *id)
{
  cfa_team_section_set_channel (self->team_section, id);
}

/**
 * cfa_inbox_sidebar_open_menu:
 * @self: a sidebar
 *
 * Opens the main menu.
 */
void
cfa_inbox_sidebar_open_menu (CfaInboxSidebar *self)
{
  gtk_menu_button_popup (self->menu_button);
}

/**
 * cfa_inbox_sidebar_set_title_buttons:
 * @self: a sidebar
 * @start: whether the header shows the window's buttons at its beginning
 * @end: the same at its end
 */
void
cfa_inbox_sidebar_set_title_buttons (CfaInboxSidebar *self, gboolean start, gboolean end)
{
  adw_header_bar_set_show_start_title_buttons (self->header, start);
  adw_header_bar_set_show_end_title_buttons (self->header, end);
}
