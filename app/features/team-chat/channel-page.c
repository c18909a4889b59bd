/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel-page.h"

#include "channel-dialog.h"

#include "app/features/conversations/composer.h"
#include "app/features/conversations/mention-popover.h"
#include "app/features/conversations/message-view.h"
#include "app/features/files/attaching.h"

#include <adwaita.h>
#include <glib/gi18n.h>

enum
{
  PROP_0,
  PROP_NARROW,
  N_PROPS,
};

struct _CfaChannelPage
{
  GtkBox parent_instance;

  CfaSession *session;
  CfaChannel *channel;
  CfaMessageList *messages;
  gboolean narrow;
  char *reply_to; /* (nullable): id of the message that is being answered */
  char *editing;  /* (nullable): or edited */

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkWidget *menu_button;
  GtkStack *stack;
  CfaMessageView *view;
  GtkRevealer *pill_revealer;
  GtkLabel *typing_label;
  CfaAttaching *attaching;
  CfaComposer *composer;
  CfaMentionPopover *mentions;
};

static GParamSpec *properties[N_PROPS];

/* Those that a message's own row offers, with its id. */
static const char *const message_actions[] = {
  "conversation.retry-message", "conversation.discard-message", "conversation.copy-message", "conversation.remove",
  "conversation.reply", "conversation.edit", "conversation.show-message",
};

G_DEFINE_FINAL_TYPE (CfaChannelPage, cfa_channel_page, GTK_TYPE_BOX)

static void
update_pill (CfaChannelPage *self)
{
  gboolean at_end = cfa_message_view_get_at_end (self->view);

  gtk_revealer_set_reveal_child (self->pill_revealer, !at_end);
  gtk_widget_set_can_target (GTK_WIDGET (self->pill_revealer), !at_end);
  cfa_channel_page_attend (self);
}

static void
update (CfaChannelPage *self)
{
  gboolean there = self->channel != NULL, direct = there && cfa_channel_is_direct (self->channel);
  g_autofree char *title = there ? cfa_channel_dup_title (self->channel) : NULL;
  g_autofree char *members = there && !direct ? cfa_channel_dup_members (self->channel) : NULL;
  g_autofree char *hint = there ? g_strdup_printf (_("Message to %s"), title) : NULL;
  const char *typing = there ? cfa_channel_get_typing (self->channel) : NULL;
  g_autofree char *types = typing != NULL ? g_strdup_printf (_("%s is typing…"), typing) : NULL;
  const char *presence = NULL;

  if (direct)
    presence = cfa_channel_get_presence (self->channel) == CF_PRESENCE_ONLINE ? C_("colleague", "online")
               : cfa_channel_get_presence (self->channel) == CF_PRESENCE_AWAY ? C_("colleague", "away") : C_("colleague", "offline");
  adw_window_title_set_title (self->title, there ? title : "");
  adw_window_title_set_subtitle (self->title, members != NULL ? members : presence != NULL ? presence : "");
  gtk_label_set_label (self->typing_label, types != NULL ? types : "");
  gtk_widget_set_visible (self->menu_button, there && !direct);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "channel.change", there && !direct);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "channel.leave", there && !direct);
  cfa_composer_set_placeholder (self->composer, hint);
  cfa_mention_popover_set_members (self->mentions, there ? (const char *const *) cfa_channel_get_record (self->channel)->members : NULL,
                                   self->session != NULL ? cfa_session_get_agent_id (self->session) : NULL);
  cfa_channel_page_attend (self);
}

static void
update_stack (CfaChannelPage *self)
{
  gboolean any = self->messages != NULL
                 && (g_list_model_get_n_items (G_LIST_MODEL (self->messages)) > 0 || cfa_message_list_get_loading (self->messages));

  gtk_stack_set_visible_child_name (self->stack, any ? "messages" : "empty");
}

static void
set_quote (CfaChannelPage *self, const char *reply_to, const char *editing)
{
  g_autofree char *old_reply = self->reply_to, *old_edit = self->editing;

  self->reply_to = g_strdup (reply_to);
  self->editing = g_strdup (editing);
  if (reply_to == NULL && editing == NULL)
    cfa_composer_set_quote (self->composer, NULL, NULL);
  cfa_attaching_pause (self->attaching, editing != NULL);
}

static void
on_quote_closed (CfaChannelPage *self)
{
  if (self->editing != NULL)
    cfa_composer_set_text (self->composer, NULL);
  set_quote (self, NULL, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static void
leave (CfaChannelPage *self)
{
  if (self->channel == NULL)
    return;
  if (self->editing != NULL)
    cfa_channel_set_draft (self->channel, NULL);
  set_quote (self, NULL, NULL);
  cfa_session_type_in_channel (self->session, self->channel, FALSE);
  cfa_message_view_set_messages (self->view, NULL, 0);
  g_signal_handlers_disconnect_by_data (self->channel, self);
  g_signal_handlers_disconnect_by_data (self->messages, self);
  g_clear_object (&self->messages);
  g_clear_object (&self->channel);
  cfa_attaching_set_place (self->attaching, self->session, NULL, NULL);
}

static void
enter (CfaChannelPage *self, CfaChannel *channel)
{
  cfa_composer_set_text (self->composer, cfa_channel_get_draft (channel));
  self->channel = g_object_ref (channel);
  cfa_attaching_set_place (self->attaching, self->session, channel, cfa_channel_get_id (channel));
  self->messages = cfa_session_open_channel (self->session, channel);
  g_signal_connect_swapped (self->messages, "items-changed", G_CALLBACK (update_stack), self);
  g_signal_connect_swapped (self->messages, "notify::loading", G_CALLBACK (update_stack), self);
  cfa_message_view_set_messages (self->view, self->messages, cfa_channel_get_unread (channel));
  g_signal_connect_swapped (channel, "changed", G_CALLBACK (update), self);
}

static void
on_composer_changed (CfaChannelPage *self)
{
  g_autofree char *text = cfa_composer_dup_text (self->composer);

  if (self->channel == NULL || self->editing != NULL)
    return;
  cfa_channel_set_draft (self->channel, text);
  cfa_session_type_in_channel (self->session, self->channel, *text != '\0');
}

static CfaMessage *
find_message (CfaChannelPage *self, const char *id)
{
  CfaMessage *message = self->messages != NULL && id != NULL ? cfa_message_list_find (self->messages, id) : NULL;

  return message != NULL ? g_object_ref (message) : NULL;
}

/* Those who are called must be in @channel to hear it. */
static char **
mentioned (CfaChannelPage *self, CfaChannel *channel, const char *text)
{
  g_auto (GStrv) named = cfa_mentions_in (text, cfa_session_get_directory (self->session));
  g_autoptr (GPtrArray) here = g_ptr_array_new ();

  for (guint i = 0; named[i] != NULL; i++)
    if (cf_channel_has (cfa_channel_get_record (channel), named[i]))
      g_ptr_array_add (here, named[i]);
  g_ptr_array_add (here, NULL);
  return g_strdupv ((char **) here->pdata);
}

static void
say (CfaChannelPage *self, CfaChannel *channel, const char *text, const char *reply_to)
{
  g_auto (GStrv) mentions = mentioned (self, channel, text);
  g_auto (GStrv) files = cfa_attaching_take (self->session, cfa_channel_get_id (channel), FALSE);

  cfa_session_say (self->session, channel, text, reply_to, (const char *const *) mentions, (const char *const *) files);
}

/* What waited for its files in a channel that was left meanwhile. */
static void
say_draft (gpointer page, gpointer place, gboolean note)
{
  CfaChannelPage *self = page;
  g_autofree char *names = cfa_upload_list_dup_names (cfa_session_get_uploads (self->session, cfa_channel_get_id (place), FALSE));
  g_autofree char *text = g_strdup (cfa_channel_get_draft (place));

  cfa_channel_set_draft (place, NULL);
  say (self, place, text != NULL && *text != '\0' ? text : names, NULL);
}

static void
on_composer_submit (CfaChannelPage *self, const char *text)
{
  g_autoptr (CfaMessage) edited = find_message (self, self->editing);

  if (self->channel == NULL)
    return;
  cfa_channel_set_draft (self->channel, NULL);
  if (edited != NULL)
    cfa_session_edit_said (self->session, self->channel, edited, text);
  else
    {
      say (self, self->channel, text, self->reply_to);
      cfa_message_view_scroll_to_end (self->view);
    }
  cfa_session_type_in_channel (self->session, self->channel, FALSE);
  set_quote (self, NULL, NULL);
}

static void
on_pill_clicked (CfaChannelPage *self)
{
  cfa_message_view_scroll_to_end (self->view);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static void
quote (CfaChannelPage *self, CfaMessage *message, gboolean edit)
{
  const char *author = cfa_message_get_author_name (message);

  set_quote (self, edit ? NULL : cfa_message_get_id (message), edit ? cfa_message_get_id (message) : NULL);
  if (edit)
    cfa_composer_set_text (self->composer, cfa_message_get_text (message));
  cfa_composer_set_quote (self->composer, edit ? _("Editing") : author != NULL ? author : "", cfa_message_get_text (message));
}

/* What was not sent comes into the field again, above what is in it by now. */
static void
take_back (CfaChannelPage *self, CfaMessage *message)
{
  const char *const *files = cfa_message_get_files (message);
  g_autofree char *written = self->editing == NULL ? cfa_composer_dup_text (self->composer) : g_strdup ("");
  g_autofree char *text = g_strconcat (cfa_message_get_text (message), *written != '\0' ? "\n\n" : NULL, written, NULL);

  set_quote (self, NULL, NULL);
  cfa_channel_set_draft (self->channel, text);
  cfa_composer_set_text (self->composer, text);
  if (files != NULL)
    cfa_session_attach_again (self->session, cfa_channel_get_id (self->channel), FALSE, files);
  cfa_session_discard_message (self->session, message);
}

static void
message_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CfaChannelPage *self = CFA_CHANNEL_PAGE (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  g_autoptr (CfaMessage) message = find_message (self, id);

  if (g_str_equal (name, "conversation.show-message"))
    {
      cfa_message_view_seek (self->view, id);
      return;
    }
  if (message == NULL)
    return;
  /* The button goes away with the failure; the focus must not. */
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
  if (g_str_equal (name, "conversation.retry-message"))
    cfa_session_retry_message (self->session, message);
  else if (g_str_equal (name, "conversation.discard-message"))
    take_back (self, message);
  else if (g_str_equal (name, "conversation.copy-message"))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), cfa_message_get_text (message));
  else if (g_str_equal (name, "conversation.remove"))
    cfa_session_remove_said (self->session, self->channel, message);
  else
    quote (self, message, g_str_equal (name, "conversation.edit"));
}

static void
change_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CfaChannelPage *self = CFA_CHANNEL_PAGE (widget);

  gtk_window_present (GTK_WINDOW (cfa_channel_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->session, self->channel)));
}

static void
on_leave_answer (CfaChannelPage *self, const char *answer)
{
  if (g_str_equal (answer, "leave") && self->channel != NULL)
    cfa_session_leave_channel (self->session, self->channel);
}

static void
leave_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CfaChannelPage *self = CFA_CHANNEL_PAGE (widget);
  g_autofree char *title = cfa_channel_dup_title (self->channel);
  g_autofree char *words = g_strdup_printf (_("Leave “%s”?"), title);
  AdwMessageDialog *dialog =
    ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), words,
                                                _("Its messages disappear here. Who is let in again reads only what is new.")));

  adw_message_dialog_add_response (dialog, "cancel", _("Cancel"));
  adw_message_dialog_add_response (dialog, "leave", _("Leave"));
  adw_message_dialog_set_response_appearance (dialog, "leave", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_leave_answer), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
cfa_channel_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CFA_CHANNEL_PAGE (widget)->composer));
}

static void
cfa_channel_page_dispose (GObject *object)
{
  CfaChannelPage *self = CFA_CHANNEL_PAGE (object);

  if (self->session != NULL)
    cfa_channel_page_set_session (self, NULL);
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (self->view, self);
  if (self->mentions != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->mentions));
  self->mentions = NULL;
  g_clear_object (&self->attaching);
  G_OBJECT_CLASS (cfa_channel_page_parent_class)->dispose (object);
}

static void
cfa_channel_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, CFA_CHANNEL_PAGE (object)->narrow);
}

static void
cfa_channel_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CFA_CHANNEL_PAGE (object)->narrow = g_value_get_boolean (value);
}

static void
cfa_channel_page_class_init (CfaChannelPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_COMPOSER);
  g_type_ensure (CFA_TYPE_MESSAGE_VIEW);
  object_class->dispose = cfa_channel_page_dispose;
  object_class->get_property = cfa_channel_page_get_property;
  object_class->set_property = cfa_channel_page_set_property;
  widget_class->grab_focus = cfa_channel_page_grab_focus;
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/team-chat/channel-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaChannelPage, header);
  gtk_widget_class_bind_template_child (widget_class, CfaChannelPage, title);
  gtk_widget_class_bind_template_child (widget_class, CfaChannelPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CfaChannelPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CfaChannelPage, view);
  gtk_widget_class_bind_template_child (widget_class, CfaChannelPage, pill_revealer);
  gtk_widget_class_bind_template_child (widget_class, CfaChannelPage, typing_label);
  gtk_widget_class_bind_template_child (widget_class, CfaChannelPage, composer);
  gtk_widget_class_bind_template_callback (widget_class, on_pill_clicked);
  gtk_widget_class_install_action (widget_class, "channel.change", NULL, change_action);
  gtk_widget_class_install_action (widget_class, "channel.leave", NULL, leave_action);
  for (guint i = 0; i < G_N_ELEMENTS (message_actions); i++)
    gtk_widget_class_install_action (widget_class, message_actions[i], "s", message_action);
}

static void
cfa_channel_page_init (CfaChannelPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cfa_composer_set_without_notes (self->composer);
  self->attaching = cfa_attaching_new (self->composer, GTK_WIDGET (self), say_draft);
  g_signal_connect_swapped (self->composer, "changed", G_CALLBACK (on_composer_changed), self);
  g_signal_connect_swapped (self->composer, "submit", G_CALLBACK (on_composer_submit), self);
  g_signal_connect_swapped (self->composer, "quote-closed", G_CALLBACK (on_quote_closed), self);
  self->mentions = cfa_mention_popover_new (self->composer);
  cfa_mention_popover_set_always (self->mentions);
  g_signal_connect_swapped (self->view, "notify", G_CALLBACK (update_pill), self);
  g_signal_connect_swapped (self->view, "map", G_CALLBACK (cfa_channel_page_attend), self);
  update_pill (self);
  update (self);
}

/**
 * cfa_channel_page_set_session:
 * @self: a page
 * @session: (nullable): whose channels it shows from now on
 */
void
cfa_channel_page_set_session (CfaChannelPage *self, CfaSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    cfa_channel_page_set_channel (self, NULL);
  g_set_object (&self->session, session);
  cfa_message_view_set_session (self->view, session);
  cfa_mention_popover_set_session (self->mentions, session);
}

/**
 * cfa_channel_page_set_channel:
 * @self: a page
 * @channel: (nullable): what to show
 *
 * What is being written in the one at hand stays there.
 */
void
cfa_channel_page_set_channel (CfaChannelPage *self, CfaChannel *channel)
{
  if (self->channel == channel)
    return;
  leave (self);
  if (channel != NULL)
    enter (self, channel);
  update_stack (self);
  update (self);
}

CfaChannel *
cfa_channel_page_get_channel (CfaChannelPage *self)
{
  return self->channel;
}

/**
 * cfa_channel_page_show_message:
 * @self: a page with a channel
 * @id: (nullable): the message to bring into sight
 */
void
cfa_channel_page_show_message (CfaChannelPage *self, const char *id)
{
  if (self->channel != NULL && id != NULL)
    cfa_message_view_seek (self->view, id);
}

void
cfa_channel_page_submit (CfaChannelPage *self)
{
  cfa_composer_submit (self->composer);
}

/**
 * cfa_channel_page_scroll:
 * @self: a page
 * @pages: how far; negative towards older messages
 */
void
cfa_channel_page_scroll (CfaChannelPage *self, double pages)
{
  cfa_message_view_scroll_by (self->view, pages);
}

/**
 * cfa_channel_page_attend:
 * @self: a page
 *
 * Read is what is in sight of a person: the newest message, in a window that has the focus.
 */
void
cfa_channel_page_attend (CfaChannelPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->channel != NULL && GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root))
      && gtk_widget_get_mapped (GTK_WIDGET (self->view)) && cfa_message_view_get_at_end (self->view)
      && cfa_channel_get_unread (self->channel) > 0)
    cfa_session_read_channel (self->session, self->channel);
}

/**
 * cfa_channel_page_set_title_buttons:
 * @self: a page
 * @start: whether the header shows the window's buttons at its beginning
 * @end: the same at its end
 */
void
cfa_channel_page_set_title_buttons (CfaChannelPage *self, gboolean start, gboolean end)
{
  adw_header_bar_set_show_start_title_buttons (self->header, start);
  adw_header_bar_set_show_end_title_buttons (self->header, end);
}
