/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-actions.h"

#include "app/features/conversations/transcript-dialog.h"
#include "toasts.h"
#include "window-private.h"

#include <glib/gi18n.h>

static CfaConversationPage *
page_of (gpointer data)
{
  return cfa_window_get_conversation_page (CFA_WINDOW (data));
}

static CfaConversation *
conversation_of (CfaWindow *self)
{
  return cfa_conversation_page_get_conversation (page_of (self));
}

static void
on_assign (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  cfa_session_assign_to_me (cfa_window_get_session (self), conversation_of (self));
}

static void
on_unassign (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  cfa_session_unassign (cfa_window_get_session (self), conversation_of (self));
}

static void
on_close_conversation (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;
  CfaConversation *conversation = conversation_of (self);
  g_autofree char *title = g_markup_escape_text (cfa_conversation_get_title (conversation), -1);
  g_autofree char *words = g_strdup_printf (_("Closed the conversation with %s"), title);
  AdwToast *undo = adw_toast_new (words);

  cfa_toasts_offer_undo (undo);
  adw_toast_set_action_name (undo, "win.reopen-this");
  adw_toast_set_action_target (undo, "s", cfa_conversation_get_id (conversation));
  /* The session knows only those that somebody holds. */
  g_object_set_data_full (G_OBJECT (undo), "conversation", g_object_ref (conversation), g_object_unref);
  cfa_session_close (cfa_window_get_session (self), conversation);
  cfa_toasts_add (cfa_window_get_toasts (self), undo);
}

static void
on_reopen (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  cfa_session_reopen (cfa_window_get_session (self), conversation_of (self));
}

static void
on_reopen_this (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;
  CfaConversation *conversation = cfa_session_get_conversation (cfa_window_get_session (self), g_variant_get_string (parameter, NULL));

  if (conversation != NULL)
    cfa_session_reopen (cfa_window_get_session (self), conversation);
}

static void
on_transfer (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cfa_conversation_page_transfer (page_of (data));
}

static void
on_snooze (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cfa_conversation_page_snooze (page_of (data));
}

static void
on_tag (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cfa_conversation_page_tag (page_of (data));
}

static void
on_transcript (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  cfa_transcript_dialog_open (GTK_WIDGET (page_of (self)), cfa_window_get_session (self), conversation_of (self));
}

static void
on_wake (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  cfa_session_snooze (cfa_window_get_session (self), conversation_of (self), 0);
}

static void
on_end_escalation (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  cfa_session_escalate (cfa_window_get_session (self), conversation_of (self), FALSE, NULL);
}

static void
on_scroll (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  if (cfa_channel_page_get_channel (cfa_window_get_channel_page (self)) != NULL)
    cfa_channel_page_scroll (cfa_window_get_channel_page (self), g_variant_get_double (parameter));
  else
    cfa_conversation_page_scroll (page_of (self), g_variant_get_double (parameter));
}

static void
on_send (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  if (cfa_channel_page_get_channel (cfa_window_get_channel_page (self)) != NULL)
    cfa_channel_page_submit (cfa_window_get_channel_page (self));
  /* who writes beside the conversation does not send what is half written in it */
  else if (!cfa_visitor_pane_submit (cfa_window_get_visitor_pane (self)))
    cfa_conversation_page_submit (page_of (self));
}

/* The composer's own business, from wherever the focus is. */
static void
on_attach (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CfaWindow *self = data;

  if (cfa_channel_page_get_channel (cfa_window_get_channel_page (self)) != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (cfa_window_get_channel_page (self)));
  else
    gtk_widget_grab_focus (GTK_WIDGET (page_of (self)));
  gtk_widget_activate_action (gtk_root_get_focus (GTK_ROOT (self)), "composer.attach", NULL);
}

static void
on_previous (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cfa_inbox_page_step (cfa_window_get_inbox_page (CFA_WINDOW (data)), -1);
}

static void
on_next (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cfa_inbox_page_step (cfa_window_get_inbox_page (CFA_WINDOW (data)), 1);
}

static void
on_next_unread (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  cfa_inbox_page_open_next_unread (cfa_window_get_inbox_page (CFA_WINDOW (data)));
}

static void
on_presence (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *word = g_variant_get_string (parameter, NULL);

  cfa_session_set_presence (cfa_window_get_session (CFA_WINDOW (data)), g_str_equal (word, "away") ? CF_PRESENCE_AWAY
                                                        : g_str_equal (word, "offline") ? CF_PRESENCE_OFFLINE : CF_PRESENCE_ONLINE);
}

static const GActionEntry actions[] = {
  { "assign-to-me", on_assign },
  { "attach", on_attach },
  { "close-conversation", on_close_conversation },
  { "next-conversation", on_next },
  { "next-unread", on_next_unread },
  { "presence", on_presence, "s", "'online'" },
  { "previous-conversation", on_previous },
  { "reopen-conversation", on_reopen },
  { "reopen-this", on_reopen_this, "s" },
  { "scroll", on_scroll, "d" },
  { "send", on_send },
  { "snooze", on_snooze },
  { "tag", on_tag },
  { "transcript", on_transcript },
  { "transfer", on_transfer },
  { "unassign", on_unassign },
  { "wake", on_wake },
  { "end-escalation", on_end_escalation },
};

/**
 * cfa_conversation_actions_add:
 * What is done with the conversation, or the channel, that a window shows, how one gets to
 * the next, and whether the person is there for it. When it can be done is the window's to say.
 */
void
cfa_conversation_actions_add (CfaWindow *window)
{
  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions), window);
}
