/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "inbox-sidebar.h"

#include "inbox-row.h"

#include "app/features/alerts/alerts-bell.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _CfaInboxSidebar
{
  GtkBox parent_instance;

  CfaSession *session;

  AdwHeaderBar *header;
  GtkWidget *presence_button;
  GtkWidget *presence_dot;
  GtkLabel *presence_label;
  GtkMenuButton *menu_button;
  GtkListBox *list_box;
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
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
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
  set_class (self->presence_dot, "away", there && cfa_session_get_presence (self->session) == CF_PRESENCE_AWAY);
  set_class (self->presence_dot, "offline", !there || cfa_session_get_presence (self->session) == CF_PRESENCE_OFFLINE);
  gtk_label_set_label (self->agent_label, name != NULL ? name : cfa_session_get_agent_email (self->session));
  gtk_label_set_label (self->place_label, organisation != NULL ? organisation : cfa_session_get_server (self->session));
}

static void
on_row_activated (CfaInboxSidebar *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.inbox", "i", (int) cfa_inbox_row_get_inbox (CFA_INBOX_ROW (row)));
}

static void
cfa_inbox_sidebar_dispose (GObject *object)
{
  CfaInboxSidebar *self = CFA_INBOX_SIDEBAR (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_inbox_sidebar_parent_class)->dispose (object);
}

static void
cfa_inbox_sidebar_class_init (CfaInboxSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_ALERTS_BELL);
  G_OBJECT_CLASS (klass)->dispose = cfa_inbox_sidebar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/conversations/inbox-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, header);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, presence_button);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, presence_dot);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, presence_label);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, list_box);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, agent_label);
  gtk_widget_class_bind_template_child (widget_class, CfaInboxSidebar, place_label);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
cfa_inbox_sidebar_init (CfaInboxSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (int inbox = CFA_INBOX_MINE; inbox <= CFA_INBOX_CLOSED; inbox++)
    gtk_list_box_append (self->list_box, cfa_inbox_row_new (inbox));
}

/**
 * cfa_inbox_sidebar_set_session:
 * @self: a sidebar
 * @session: (nullable): whose inboxes it counts from now on
 */
void
cfa_inbox_sidebar_set_session (CfaInboxSidebar *self, CfaSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  for (int inbox = CFA_INBOX_MINE; inbox <= CFA_INBOX_CLOSED; inbox++)
    cfa_inbox_row_set_list (CFA_INBOX_ROW (gtk_list_box_get_row_at_index (self->list_box, inbox)),
                            session != NULL ? cfa_session_get_inbox (session, inbox) : NULL);
  if (session == NULL)
    return;
  g_signal_connect_swapped (session, "notify", G_CALLBACK (update_agent), self);
  update_agent (self);
}

/**
 * cfa_inbox_sidebar_set_inbox:
 * @self: a sidebar
 * @inbox: the one to mark as shown
 */
void
cfa_inbox_sidebar_set_inbox (CfaInboxSidebar *self, CfaInbox inbox)
{
  gtk_list_box_select_row (self->list_box, gtk_list_box_get_row_at_index (self->list_box, inbox));
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
