/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "window.h"

#include "app/cache/folder.h"
#include "app/features/alerts/alerts.h"
#include "app/features/alerts/mute.h"
#include "app/features/conversations/conversation-page.h"
#include "app/features/conversations/inbox-page.h"
#include "app/features/conversations/inbox-row.h"
#include "app/features/conversations/inbox-sidebar.h"
#include "app/features/conversations/visitor-pane.h"
#include "app/features/monitor/monitor-page.h"
#include "app/features/search/recent-searches.h"
#include "app/features/search/search-palette.h"
#include "app/features/session/entrance.h"
#include "app/features/session/link-bar.h"
#include "app/features/session/session.h"
#include "app/features/session/sign-out-dialog.h"
#include "app/features/settings/settings-window.h"
#include "app/features/team-chat/channel-dialog.h"
#include "app/features/team-chat/channel-page.h"
#include "app/features/welcome/first-steps-page.h"
#include "conversation-actions.h"
#include "toasts.h"
#include "window-private.h"
#include "window-state.h"

#include "protocol/id.h"
#include "protocol/methods/conversation-params.h"
#include "protocol/methods/results.h"

#include <glib/gi18n.h>

/* Below this width all four panes leave the conversation little room. */
#define ROOMY_WIDTH 1440

/* From this width on the list is given some of what the conversation has no use for: its lines end at what can be read with ease. */
#define ULTRA_WIDTH 1800
#define ULTRA_LIST_WIDTH 440
#define VISITOR_WIDTH 260
#define ROOMY_VISITOR_WIDTH 400

struct _CfaWindow
{
  AdwApplicationWindow parent_instance;

  CfaSession *session;
  CfaSettingsWindow *settings; /* (nullable): while it is open */
  CfaSearchPalette *palette; /* the same */
  char *wanted_message; /* (nullable): to be shown in the conversation that is about to be opened */
  gboolean visitor_wanted;
  gboolean flap_folded; /* as it was at the last look */
  CfaAlerts *alerts;
  CfaLiveVisitors *visitors; /* (nullable): who is on the sites; none without a session */
  CfaFirstSteps *steps;      /* (nullable): the same */
  gboolean steps_asked;      /* shown because the person wants to see them */

  AdwToastOverlay *toasts;
  GtkStack *stack;
  CfaEntrance *entrance;
  AdwLeaflet *outer;
  AdwLeaflet *inner;
  CfaInboxSidebar *sidebar;
  GtkStack *middle;
  CfaInboxPage *inbox_page;
  CfaMonitorPage *monitor_page;
  AdwFlap *flap;
  GtkStack *pages;
  CfaConversationPage *conversation_page;
  CfaChannelPage *channel_page; /* one of the two has something to show, or neither */
  CfaFirstStepsPage *steps_page;
  CfaVisitorPane *visitor_pane;
  CfaLinkBar *link_bar;
};

G_DEFINE_FINAL_TYPE (CfaWindow, cfa_window, ADW_TYPE_APPLICATION_WINDOW)

static void
set_enabled (CfaWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
set_state (CfaWindow *self, const char *name, GVariant *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

/* What can be done right now, and what is so. The one place that knows. */
static void
update_actions (CfaWindow *self)
{
  CfaConversation *conversation = cfa_conversation_page_get_conversation (self->conversation_page);
  gboolean in = self->session != NULL;
  gboolean there = in && conversation != NULL;
  CfaChannel *channel = cfa_channel_page_get_channel (self->channel_page);
  gboolean open = there && cfa_conversation_get_status (conversation) == CF_CONVERSATION_OPEN;
  gboolean mine = there && cfa_conversation_get_mine (conversation);
  static const char *const with_session[] = {
    "inbox", "inboxes", "menu", "search", "previous-conversation", "next-conversation", "next-unread", "next-waiting", "presence", "sign-out",
    "sign-out-everywhere", "reopen-this", "settings", "channel", "new-message",
  };
  static const char *const with_conversation[] = { "note", "visitor", "tag", "transcript" };

  for (guint i = 0; i < G_N_ELEMENTS (with_session); i++)
    set_enabled (self, with_session[i], in);
  for (guint i = 0; i < G_N_ELEMENTS (with_conversation); i++)
    set_enabled (self, with_conversation[i], there);
  set_enabled (self, "first-steps", in && cfa_first_steps_is_for (self->session));
  set_enabled (self, "sign-in-again", in && cfa_session_get_link (self->session) == CFA_LINK_SIGNED_OUT);
  set_enabled (self, "scroll", there || (in && channel != NULL));
  set_enabled (self, "attach", there || (in && channel != NULL));
  set_enabled (self, "send", there || (in && channel != NULL));
  set_enabled (self, "assign-to-me", open && !mine);
  set_enabled (self, "unassign", open && cfa_conversation_get_assignee_id (conversation) != NULL);
  set_enabled (self, "close-conversation", open);
  set_enabled (self, "transfer", open);
  set_enabled (self, "snooze", open);
  set_enabled (self, "end-escalation", open && cfa_conversation_get_escalated_at (conversation) > 0);
  set_enabled (self, "wake", open && cfa_conversation_get_snoozed_until (conversation) > 0);
  set_enabled (self, "reopen-conversation", there && !open);
  set_state (self, "note", g_variant_new_boolean (there && cfa_conversation_page_get_note (self->conversation_page)));
  set_state (self, "visitor", g_variant_new_boolean (there && adw_flap_get_reveal_flap (self->flap)));
  if (in)
    set_state (self, "presence", g_variant_new_string (cf_presence_state_words[cfa_session_get_presence (self->session)]));
  set_enabled (self, "mute-conversation", there);
  set_enabled (self, "unmute-conversation", there && cfa_mute_is_on (cfa_conversation_get_id (conversation)));
}

/* What nobody needs to be called for. */
static void
update_scene (CfaWindow *self)
{
  CfaConversation *conversation = cfa_conversation_page_get_conversation (self->conversation_page);
  CfaChannel *channel = cfa_channel_page_get_channel (self->channel_page);
  const char *id = conversation != NULL ? cfa_conversation_get_id (conversation) : channel != NULL ? cfa_channel_get_id (channel) : NULL;
  gboolean shown = !adw_leaflet_get_folded (self->outer) || adw_leaflet_get_visible_child (self->outer) == GTK_WIDGET (self->flap);

  cfa_alerts_set_scene (self->alerts, shown ? id : NULL,
                        gtk_window_is_active (GTK_WINDOW (self)) && gtk_widget_get_mapped (GTK_WIDGET (self)));
  cfa_channel_page_attend (self->channel_page);
}

static int
get_width (CfaWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));
  GdkMonitor *monitor = surface != NULL ? gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface) : NULL;
  GdkRectangle screen;
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  if (monitor == NULL || !gtk_window_is_maximized (GTK_WINDOW (self)))
    return width;
  gdk_monitor_get_geometry (monitor, &screen);
  return screen.width;
}

/* Where nothing is open there is room for the first steps. */
static void
choose_page (CfaWindow *self)
{
  gboolean channel = cfa_channel_page_get_channel (self->channel_page) != NULL;
  gboolean wanted = self->steps != NULL && cfa_first_steps_is_wanted (self->steps);
  gboolean steps = !channel && cfa_conversation_page_get_conversation (self->conversation_page) == NULL
                   && self->steps != NULL && (self->steps_asked || wanted);

  /* What a stack does not show is there all the same for a screen reader. */
  gtk_widget_set_visible (GTK_WIDGET (self->channel_page), channel);
  gtk_widget_set_visible (GTK_WIDGET (self->steps_page), steps);
  gtk_stack_set_visible_child_name (self->pages, channel ? "channel" : steps ? "steps" : "conversation");
  cfa_inbox_page_offer_steps (self->inbox_page, wanted && adw_leaflet_get_folded (self->outer));
}

/* The window's buttons belong to the outermost panes that are on screen. */
static void
update_panes (CfaWindow *self)
{
  gboolean outer = adw_leaflet_get_folded (self->outer);
  gboolean inner = adw_leaflet_get_folded (self->inner);
  gboolean flap = adw_flap_get_folded (self->flap);
  gboolean there = cfa_conversation_page_get_conversation (self->conversation_page) != NULL;
  int width = get_width (self);

  gtk_widget_set_size_request (GTK_WIDGET (self->middle), width >= ULTRA_WIDTH ? ULTRA_LIST_WIDTH : -1, -1);
  gtk_widget_set_size_request (GTK_WIDGET (self->visitor_pane), width >= ROOMY_WIDTH ? ROOMY_VISITOR_WIDTH : VISITOR_WIDTH, -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->visitor_pane), width < ROOMY_WIDTH);
  if (flap != self->flap_folded || !there)
    adw_flap_set_reveal_flap (self->flap, there && !flap && self->visitor_wanted);
  else if (!flap && there && self->visitor_wanted)
    adw_flap_set_reveal_flap (self->flap, TRUE);
  self->flap_folded = flap;
  g_object_set (self->inbox_page, "folded", inner, NULL);
  g_object_set (self->monitor_page, "folded", inner, NULL);
  g_object_set (self->conversation_page, "narrow", outer,
                "tight", !flap && adw_flap_get_reveal_flap (self->flap) && width < ROOMY_WIDTH, NULL);
  g_object_set (self->channel_page, "narrow", outer, NULL);
  g_object_set (self->visitor_pane, "folded", flap, NULL);
  cfa_inbox_sidebar_set_title_buttons (self->sidebar, TRUE, outer && inner);
  cfa_inbox_page_set_title_buttons (self->inbox_page, inner, outer);
  cfa_monitor_page_set_title_buttons (self->monitor_page, inner, outer);
  cfa_conversation_page_set_title_buttons (self->conversation_page, outer, flap || !adw_flap_get_reveal_flap (self->flap));
  cfa_channel_page_set_title_buttons (self->channel_page, outer, TRUE);
  cfa_first_steps_page_set_title_buttons (self->steps_page, outer, TRUE);
  choose_page (self);
  cfa_visitor_pane_set_title_buttons (self->visitor_pane, FALSE, TRUE);
  update_actions (self);
  update_scene (self);
}

static void
toast (CfaWindow *self, const char *words)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  cfa_toasts_add (self->toasts, adw_toast_new (escaped));
}

/* @channel: (nullable): what takes the conversation's place */
static void
put_channel (CfaWindow *self, CfaChannel *channel)
{
  cfa_channel_page_set_channel (self->channel_page, channel);
  cfa_inbox_sidebar_set_channel (self->sidebar, channel != NULL ? cfa_channel_get_id (channel) : NULL);
  self->steps_asked = FALSE;
  choose_page (self);
}

static void
show_conversation (CfaWindow *self, CfaConversation *conversation)
{
  CfaConversation *old = cfa_conversation_page_get_conversation (self->conversation_page);

  if (conversation != NULL)
    put_channel (self, NULL);
  if (old == conversation)
    return;
  if (old != NULL)
    g_signal_handlers_disconnect_by_func (old, update_actions, self);
  if (conversation != NULL)
    g_signal_connect_swapped (conversation, "notify", G_CALLBACK (update_actions), self);
  cfa_conversation_page_set_conversation (self->conversation_page, conversation);
  if (conversation == NULL)
    cfa_visitor_pane_set_conversation (self->visitor_pane, self->session, NULL);
  choose_page (self);
  cfa_inbox_page_set_current (self->inbox_page, conversation);
  update_panes (self);
}

/* The messages come first: what is beside them, and what may be wanted next, waits until they stand there. */
static void
on_painted (CfaWindow *self)
{
  cfa_visitor_pane_set_conversation (self->visitor_pane, self->session, cfa_conversation_page_get_conversation (self->conversation_page));
  cfa_inbox_page_foresee (self->inbox_page);
}

/* By click, Enter or shortcut: the person wants to be there, on a narrow screen too. */
static void
open_conversation (CfaWindow *self, CfaConversation *conversation)
{
  if (conversation == NULL)
    return;
  show_conversation (self, conversation);
  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->flap));
  gtk_widget_grab_focus (GTK_WIDGET (self->conversation_page));
}

static void
open_channel (CfaWindow *self, const char *id)
{
  CfaChannel *channel = cfa_channel_list_find (cfa_session_get_channels (self->session), id);

  if (channel == NULL)
    return;
  show_conversation (self, NULL);
  put_channel (self, channel);
  update_panes (self);
  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->flap));
  gtk_widget_grab_focus (GTK_WIDGET (self->channel_page));
}

/* Whoever is no longer in a channel does not look at it any more. */
static void
on_channels_changed (CfaWindow *self)
{
  CfaChannel *channel = cfa_channel_page_get_channel (self->channel_page);

  if (channel == NULL || cfa_channel_list_find (cfa_session_get_channels (self->session), cfa_channel_get_id (channel)) == channel)
    return;
  put_channel (self, NULL);
  update_panes (self);
}

/* The arrow keys walk the list; only where the conversation is beside it does it follow. */
static void
on_selected (CfaWindow *self, CfaConversation *conversation)
{
  if (!adw_leaflet_get_folded (self->outer))
    show_conversation (self, conversation);
}

/* What is open may be gone, and what was found. What was being written is kept as a draft. */
static void
on_reset (CfaWindow *self)
{
  show_conversation (self, NULL);
  put_channel (self, NULL);
  if (self->palette != NULL)
    gtk_window_destroy (GTK_WINDOW (self->palette));
  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->inner));
}

static void
set_session (CfaWindow *self, CfaSession *session)
{
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      g_signal_handlers_disconnect_by_data (cfa_session_get_channels (self->session), self);
    }
  if (self->settings != NULL)
    gtk_window_destroy (GTK_WINDOW (self->settings));
  if (self->palette != NULL)
    gtk_window_destroy (GTK_WINDOW (self->palette));
  g_clear_pointer (&self->wanted_message, g_free);
  show_conversation (self, NULL);
  put_channel (self, NULL);
  cfa_conversation_page_set_session (self->conversation_page, session);
  cfa_channel_page_set_session (self->channel_page, session);
  cfa_inbox_page_set_session (self->inbox_page, session);
  g_clear_object (&self->steps);
  g_clear_object (&self->visitors);
  self->visitors = session != NULL ? cfa_live_visitors_new (session) : NULL;
  self->steps = session != NULL ? cfa_first_steps_new (session, self->visitors) : NULL;
  cfa_first_steps_page_set_steps (self->steps_page, session, self->steps);
  if (self->steps != NULL)
    g_signal_connect_swapped (self->steps, "changed", G_CALLBACK (choose_page), self);
  choose_page (self);
  cfa_monitor_page_set_visitors (self->monitor_page, session, self->visitors);
  cfa_inbox_sidebar_set_session (self->sidebar, session, self->visitors);
  cfa_link_bar_set_session (self->link_bar, session);
  cfa_alerts_set_session (self->alerts, session);
  g_set_object (&self->session, session);
  update_panes (self);
  if (session == NULL)
    return;
  g_signal_connect_swapped (session, "notify", G_CALLBACK (update_actions), self);
  g_signal_connect_swapped (session, "refused", G_CALLBACK (toast), self);
  g_signal_connect_swapped (session, "reset", G_CALLBACK (on_reset), self);
  g_signal_connect_swapped (cfa_session_get_channels (session), "items-changed", G_CALLBACK (on_channels_changed), self);
  gtk_stack_set_visible_child_name (self->stack, "main");
  g_action_group_activate_action (G_ACTION_GROUP (self), "inbox", g_variant_new_string (cfa_folder_of_inbox (CFA_INBOX_MINE)));
  gtk_widget_grab_focus (GTK_WIDGET (self->inbox_page));
}

static void
on_asked (CfaWindow *self)
{
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->entrance));
}

/* An invitation is for somebody who is not there yet. */
static void
refuse_invite (CfaWindow *self)
{
  toast (self, _("You are signed in already. Sign out first to use an invitation."));
}

static void
on_entered (CfaWindow *self, CfaSession *session)
{
  set_session (self, session);
  if (cfa_entrance_drop_invite (self->entrance))
    refuse_invite (self);
}

static void
leave (CfaWindow *self)
{
  g_autoptr (CfaSession) session = g_object_ref (self->session);

  cfa_recent_searches_forget ();
  set_session (self, NULL);
  cfa_entrance_come_back (self->entrance, cfa_session_get_server (session), cfa_session_get_agent_email (session));
}

static void
on_signed_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!cfa_session_sign_out_finish (CFA_SESSION (source), result, &error))
    toast (self, error->message);
  else if (self->session == CFA_SESSION (source))
    leave (self);
}

static void
on_inbox (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;
  const char *folder = g_variant_get_string (parameter, NULL);

  g_simple_action_set_state (action, parameter);
  cfa_inbox_sidebar_set_folder (self->sidebar, folder);
  if (g_str_equal (folder, CFA_INBOX_ROW_MONITOR))
    {
      gtk_stack_set_visible_child (self->middle, GTK_WIDGET (self->monitor_page));
      adw_leaflet_set_visible_child (self->inner, GTK_WIDGET (self->middle));
      adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->inner));
      gtk_widget_grab_focus (GTK_WIDGET (self->monitor_page));
      return;
    }
  gtk_stack_set_visible_child (self->middle, GTK_WIDGET (self->inbox_page));
  cfa_inbox_page_set_folder (self->inbox_page, folder);
  cfa_inbox_page_set_current (self->inbox_page, cfa_conversation_page_get_conversation (self->conversation_page));
  adw_leaflet_set_visible_child (self->inner, GTK_WIDGET (self->middle));
  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->inner));
}

static void
on_inboxes (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->inner));
  adw_leaflet_set_visible_child (self->inner, GTK_WIDGET (self->sidebar));
}

static void
on_channel (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  open_channel (data, g_variant_get_string (parameter, NULL));
}

static void
on_first_steps (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  show_conversation (self, NULL);
  put_channel (self, NULL);
  self->steps_asked = TRUE;
  choose_page (self);
  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->flap));
  gtk_widget_child_focus (GTK_WIDGET (self->steps_page), GTK_DIR_TAB_FORWARD);
}

static void
on_steps_dismissed (CfaWindow *self)
{
  put_channel (self, NULL);
  adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->inner));
  toast (self, _("The first steps stay in the main menu"));
}

static void
on_new_message (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (cfa_channel_dialog_new (GTK_WINDOW (data), CFA_WINDOW (data)->session, NULL)));
}

static void
on_menu (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  on_inboxes (action, parameter, data);
  cfa_inbox_sidebar_open_menu (CFA_WINDOW (data)->sidebar);
}

static void
on_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  if (self->session == NULL)
    return;
  if (adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  else if (adw_leaflet_get_folded (self->outer) && adw_leaflet_get_visible_child (self->outer) == GTK_WIDGET (self->flap))
    adw_leaflet_set_visible_child (self->outer, GTK_WIDGET (self->inner));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->inbox_page));
}

/* Whether a command of the search palette can be given now. */
static gboolean
is_ready (const char *action, gpointer data)
{
  CfaWindow *self = data;
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  GActionGroup *group = G_ACTION_GROUP (self);

  if (!g_action_parse_detailed_name (action, &name, &target, NULL))
    return FALSE;
  if (g_str_equal (name, "win.settings") && !cfa_settings_window_has (cfa_session_get_role (self->session), g_variant_get_string (target, NULL)))
    return FALSE;
  if (g_str_has_prefix (name, "app."))
    group = G_ACTION_GROUP (gtk_window_get_application (GTK_WINDOW (self)));
  else if (!g_str_has_prefix (name, "win."))
    return TRUE; /* of a page: how the list is ordered */
  return g_action_group_get_action_enabled (group, strchr (name, '.') + 1);
}

static void
on_command (CfaWindow *self, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (!g_action_parse_detailed_name (action, &name, &target, NULL)
      || !gtk_widget_activate_action_variant (GTK_WIDGET (self->inbox_page), name, target))
    g_warning ("%s: no such action", action);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaWindow) self = data;
  g_autoptr (CfaConversation) conversation = cfa_session_find_finish (CFA_SESSION (source), result, NULL);
  g_autofree char *message = g_steal_pointer (&self->wanted_message);

  if (self->session != CFA_SESSION (source))
    return;
  open_conversation (self, conversation);
  if (conversation == NULL)
    toast (self, _("That conversation is not there any more"));
  else if (message != NULL)
    cfa_conversation_page_show_message (self->conversation_page, message);
}

static void
on_open_found (CfaWindow *self, const char *conversation_id, const char *message_id)
{
  g_free (self->wanted_message);
  self->wanted_message = g_strdup (message_id);
  if (self->session != NULL && cfa_channel_list_find (cfa_session_get_channels (self->session), conversation_id) != NULL)
    {
      open_channel (self, conversation_id);
      cfa_channel_page_show_message (self->channel_page, message_id);
    }
  else if (self->session != NULL)
    cfa_session_find_async (self->session, conversation_id, on_found, g_object_ref (self));
}

static void
on_visitor_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfRecordsResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  if (self->session != CFA_SESSION (source))
    return;
  for (guint i = 0; answer != NULL && answer->records != NULL && i < answer->records->len; i++)
    {
      CfRecord *record = answer->records->pdata[i];

      if (record->parent.shape == &cf_conversation_shape && !record->deleted)
        {
          on_open_found (self, record->id, NULL);
          return;
        }
    }
  toast (self, error != NULL ? error->message : _("There is no conversation with this visitor yet"));
}

/* The server knows the latest conversation. */
static void
on_open_visitor (CfaWindow *self, const char *visitor_id)
{
  g_autoptr (CfConversationListParams) params = cf_struct_new (&cf_conversation_list_params_shape);

  params->visitor_id = g_strdup (visitor_id);
  params->limit = 1;
  cfa_session_call_async (self->session, "conversation.list", params, &cf_records_result_shape, NULL, on_visitor_listed, g_object_ref (self));
}

static void
on_search (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  if (self->palette == NULL)
    {
      g_set_weak_pointer (&self->palette, cfa_search_palette_new (GTK_WINDOW (self), self->session, is_ready));
      g_signal_connect_object (self->palette, "command", G_CALLBACK (on_command), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->palette, "open", G_CALLBACK (on_open_found), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->palette, "open-visitor", G_CALLBACK (on_open_visitor), self, G_CONNECT_SWAPPED);
    }
  cfa_search_palette_begin (self->palette);
}

static void
on_waiting_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaWindow) self = data;
  g_autoptr (CfaConversation) conversation = cfa_session_next_waiting_finish (CFA_SESSION (source), result, NULL);

  if (self->session != CFA_SESSION (source))
    return;
  open_conversation (self, conversation);
  if (conversation == NULL)
    toast (self, _("Nobody else is waiting"));
}

static void
on_next_waiting (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  cfa_session_next_waiting_async (self->session, cfa_conversation_page_get_conversation (self->conversation_page), on_waiting_found, g_object_ref (self));
}

static void
on_all_read (CfaWindow *self)
{
  toast (self, _("Nothing unread in this inbox"));
}

static void
on_note (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  cfa_conversation_page_set_note (self->conversation_page, !cfa_conversation_page_get_note (self->conversation_page));
  update_actions (self);
}

static void
on_visitor (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;
  gboolean reveal = !adw_flap_get_reveal_flap (self->flap);

  if (!adw_flap_get_folded (self->flap))
    self->visitor_wanted = reveal;
  adw_flap_set_reveal_flap (self->flap, reveal);
  update_panes (self);
}

/* For a while, or with no word for how long: not any longer. */
static void
on_mute_conversation (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  cfa_mute_conversation (cfa_conversation_get_id (cfa_conversation_page_get_conversation (self->conversation_page)),
                         parameter != NULL ? g_variant_get_string (parameter, NULL) : NULL);
  update_actions (self);
}

static void
on_sign_out (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cfa_sign_out_dialog_ask (data, CFA_WINDOW (data)->session, FALSE, on_signed_out);
}

static void
on_sign_out_everywhere (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cfa_sign_out_dialog_ask (data, CFA_WINDOW (data)->session, TRUE, on_signed_out);
}

/* The server has ended the session: what is unsent stays in the outbox until the same agent is back. */
static void
on_sign_in_again (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  leave (data);
}

static void
on_close_window (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_close (GTK_WINDOW (data));
}

static void
on_settings (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  if (self->settings == NULL)
    g_set_weak_pointer (&self->settings, cfa_settings_window_new (GTK_WINDOW (self), self->session));
  cfa_settings_window_open (self->settings, g_variant_get_string (parameter, NULL));
  gtk_window_present (GTK_WINDOW (self->settings));
}

/* Another conversation of the same visitor. */
static void
on_open_this (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  on_open_found (data, g_variant_get_string (parameter, NULL), NULL);
}

static const GActionEntry actions[] = {
  { "back", on_back },
  { "channel", on_channel, "s" },
  { "close-window", on_close_window },
  { "first-steps", on_first_steps },
  { "inbox", on_inbox, "s", "'mine'" },
  { "inboxes", on_inboxes },
  { "menu", on_menu },
  { "mute-conversation", on_mute_conversation, "s" },
  { "new-message", on_new_message },
  { "next-waiting", on_next_waiting },
  { "note", on_note, NULL, "false" },
  { "open-this", on_open_this, "s" },
  { "search", on_search },
  { "settings", on_settings, "s" },
  { "sign-in-again", on_sign_in_again },
  { "sign-out", on_sign_out },
  { "sign-out-everywhere", on_sign_out_everywhere },
  { "unmute-conversation", on_mute_conversation },
  { "visitor", on_visitor, NULL, "false" },
};

/* From the list of visitors, or a notification. */
static void
open_if_any (CfaWindow *self, const char *conversation_id)
{
  if (conversation_id != NULL)
    on_open_found (self, conversation_id, NULL);
}

/* A notification was chosen: here the person goes on. */
static void
on_alert_open (CfaWindow *self, const char *conversation_id, const char *token)
{
  if (token != NULL)
    gtk_window_set_startup_id (GTK_WINDOW (self), token);
  gtk_window_present (GTK_WINDOW (self));
  open_if_any (self, conversation_id);
}

/* A trigger has called to somebody on a page. */
static void
on_alert_visitors (CfaWindow *self, const char *token)
{
  on_alert_open (self, NULL, token);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.inbox", "s", CFA_INBOX_ROW_MONITOR);
}

static void
on_unread (CfaWindow *self)
{
  guint unread = cfa_alerts_get_unread (self->alerts);
  g_autofree char *title = unread > 0 ? g_strdup_printf ("(%u) ChatFlow", unread) : g_strdup ("ChatFlow");

  gtk_window_set_title (GTK_WINDOW (self), title);
}

static gboolean
cfa_window_close_request (GtkWindow *window)
{
  CfaWindow *self = CFA_WINDOW (window);
  CfaWindowState state = { .maximized = gtk_window_is_maximized (window), .visitor = self->visitor_wanted };

  gtk_window_get_default_size (window, &state.width, &state.height);
  cfa_window_state_save (&state);
  if (self->session != NULL && cfa_alert_settings_get (cfa_alert_settings_get_default ())->background)
    {
      gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
      return TRUE;
    }
  return GTK_WINDOW_CLASS (cfa_window_parent_class)->close_request (window);
}

static void
cfa_window_dispose (GObject *object)
{
  CfaWindow *self = CFA_WINDOW (object);

  if (self->session != NULL)
    set_session (self, NULL);
  if (self->alerts != NULL)
    g_signal_handlers_disconnect_by_data (self->alerts, self);
  g_clear_object (&self->alerts);
  g_clear_weak_pointer (&self->settings);
  g_clear_weak_pointer (&self->palette);
  g_clear_pointer (&self->wanted_message, g_free);
  G_OBJECT_CLASS (cfa_window_parent_class)->dispose (object);
}

static void
cfa_window_class_init (CfaWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_CHANNEL_PAGE);
  g_type_ensure (CFA_TYPE_CONVERSATION_PAGE);
  g_type_ensure (CFA_TYPE_ENTRANCE);
  g_type_ensure (CFA_TYPE_FIRST_STEPS_PAGE);
  g_type_ensure (CFA_TYPE_INBOX_PAGE);
  g_type_ensure (CFA_TYPE_INBOX_SIDEBAR);
  g_type_ensure (CFA_TYPE_LINK_BAR);
  g_type_ensure (CFA_TYPE_MONITOR_PAGE);
  g_type_ensure (CFA_TYPE_VISITOR_PANE);
  G_OBJECT_CLASS (klass)->dispose = cfa_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = cfa_window_close_request;
  /* In the bubble phase, so that popovers and fields may use the key first. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, entrance);
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, outer);
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, inner);
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, middle);
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, inbox_page);
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, monitor_page);
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, channel_page);
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, steps_page);
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, conversation_page);
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, visitor_pane);
  gtk_widget_class_bind_template_child (widget_class, CfaWindow, link_bar);
  gtk_widget_class_bind_template_callback (widget_class, update_panes);
  gtk_widget_class_bind_template_callback (widget_class, on_asked);
  gtk_widget_class_bind_template_callback (widget_class, on_entered);
}

static void
cfa_window_init (CfaWindow *self)
{
  CfaWindowState state = cfa_window_state_load ();

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  cfa_conversation_actions_add (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->visitor_wanted = state.visitor;
  self->alerts = cfa_alerts_new (cfa_alert_settings_get_default ());
  g_signal_connect_swapped (self->alerts, "open", G_CALLBACK (on_alert_open), self);
  g_signal_connect_swapped (self->alerts, "visitors", G_CALLBACK (on_alert_visitors), self);
  g_signal_connect_swapped (self->alerts, "say", G_CALLBACK (toast), self);
  g_signal_connect_swapped (self->alerts, "notify::unread", G_CALLBACK (on_unread), self);
  g_signal_connect_object (cfa_alert_settings_get_default (), "changed", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  gtk_window_set_default_size (GTK_WINDOW (self), state.width, state.height);
  if (state.maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  g_signal_connect_swapped (self->conversation_page, "painted", G_CALLBACK (on_painted), self);
  g_signal_connect_swapped (self->inbox_page, "near", G_CALLBACK (cfa_conversation_page_prepare), self->conversation_page);
  g_signal_connect_swapped (self->inbox_page, "selected", G_CALLBACK (on_selected), self);
  g_signal_connect_swapped (self->inbox_page, "opened", G_CALLBACK (open_conversation), self);
  g_signal_connect_swapped (self->monitor_page, "opened", G_CALLBACK (open_if_any), self);
  g_signal_connect_swapped (self->steps_page, "dismissed", G_CALLBACK (on_steps_dismissed), self);
  g_signal_connect_swapped (self->inbox_page, "all-read", G_CALLBACK (on_all_read), self);
  g_signal_connect (self, "notify::default-width", G_CALLBACK (update_panes), NULL);
  g_signal_connect (self, "notify::maximized", G_CALLBACK (update_panes), NULL);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (update_scene), NULL);
  g_signal_connect_swapped (self->outer, "notify::visible-child", G_CALLBACK (update_scene), self);
  update_panes (self);
}

/**
 * cfa_window_new:
 * @application: the application
 *
 * Returns: (transfer floating): the main window; cfa_window_start() fills it
 */
GtkWidget *
cfa_window_new (GtkApplication *application)
{
  return g_object_new (CFA_TYPE_WINDOW, "application", application, NULL);
}

/**
 * cfa_window_start:
 * @self: a new window
 * @file: (transfer full) (nullable): what to sign in with when nobody is signed in
 *
 * Opens the saved session, or the sign-in page when there is none.
 */
void
cfa_window_start (CfaWindow *self, CfaSignInFile *file)
{
  cfa_entrance_open (self->entrance, file);
}

/**
 * cfa_window_open_invite:
 * @self: a window that was started
 * @link: of an invitation
 *
 * Goes on where the person would have pasted it.
 */
void
cfa_window_open_invite (CfaWindow *self, const char *link)
{
  if (self->session != NULL)
    refuse_invite (self);
  else
    cfa_entrance_open_invite (self->entrance, link);
}

/**
 * cfa_window_is_empty:
 * Returns: whether nobody is signed in and nothing is on its way, so that the window can be made anew.
 */
gboolean
cfa_window_is_empty (CfaWindow *self)
{
  return self->session == NULL && !cfa_entrance_is_busy (self->entrance);
}

CfaSession *
cfa_window_get_session (CfaWindow *self)
{
  return self->session;
}

CfaConversationPage *
cfa_window_get_conversation_page (CfaWindow *self)
{
  return self->conversation_page;
}

AdwToastOverlay *
cfa_window_get_toasts (CfaWindow *self)
{
  return self->toasts;
}

CfaChannelPage *
cfa_window_get_channel_page (CfaWindow *self)
{
  return self->channel_page;
}

CfaVisitorPane *
cfa_window_get_visitor_pane (CfaWindow *self)
{
  return self->visitor_pane;
}

CfaInboxPage *
cfa_window_get_inbox_page (CfaWindow *self)
{
  return self->inbox_page;
}
