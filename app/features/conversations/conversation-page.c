/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-page.h"

#include "choice-popover.h"
#include "composer.h"
#include "conversation-choices.h"
#include "conversation-strip.h"
#include "conversation-subtitle.h"
#include "mention-popover.h"
#include "scheduled-bar.h"
#include "snooze-popover.h"
#include "tag-text.h"
#include "thread-stack.h"
#include "viewer-faces.h"

#include "protocol/records/agent.h"

#include "app/features/files/attaching.h"
#include "app/features/replies/macro-run.h"
#include "app/features/settings/undo-send.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define REFRESH_SECONDS 60

enum
{
  PROP_0,
  PROP_NARROW,
  PROP_TIGHT,
  N_PROPS,
};

struct _CfaConversationPage
{
  GtkBox parent_instance;

  CfaSession *session;
  CfaConversation *conversation;
  CfaMessageList *messages; /* unowned, of the stack */
  GHashTable *notes; /* conversation id -> whether a note was being written when it was left, or else an answer */
  gboolean narrow;
  gboolean tight;
  guint refresh_source;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkWidget *assign_button;
  GtkWidget *close_button;
  GtkWidget *reopen_button;
  GtkWidget *visitor_button;
  GtkWidget *menu_button;
  GtkBox *viewers;
  CfaConversationStrip *strip;
  GtkWidget *transfer; /* popovers below the menu button */
  GtkWidget *snooze;
  GtkWidget *tags;
  CfaMentionPopover *mentions;
  char *reply_to; /* (nullable): id of the message that is being answered */
  char *editing;  /* (nullable): or edited */
  GtkStack *stack;
  CfaThreadStack *threads;
  GtkRevealer *pill_revealer;
  GtkButton *pill;
  GtkLabel *peek_who;
  GtkLabel *peek_text;
  CfaScheduledBar *scheduled;
  CfaComposer *composer;
  CfaAttaching *attaching;
};

static GParamSpec *properties[N_PROPS];
static guint painted_signal;

/* Those that a message's own row offers, with its id. */
static const char *const message_actions[] = {
  "conversation.retry-message", "conversation.discard-message", "conversation.send-anyway", "conversation.copy-message",
  "conversation.pin", "conversation.remove",
};

G_DEFINE_FINAL_TYPE (CfaConversationPage, cfa_conversation_page, GTK_TYPE_BOX)

static CfaMessageView *
view (CfaConversationPage *self)
{
  return cfa_thread_stack_get_view (self->threads);
}

/* Read is what is in sight of a person: the newest message, in a window that has the focus. */
static void
mark_read (CfaConversationPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->conversation != NULL && GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root))
      && gtk_widget_get_mapped (GTK_WIDGET (self->threads)) && cfa_message_view_get_at_end (view (self))
      && cfa_conversation_get_unread (self->conversation) > 0)
    cfa_session_mark_read (self->session, self->conversation);
}

static void
update_pill (CfaConversationPage *self)
{
  guint unseen = cfa_message_view_get_unseen (view (self));
  gboolean at_end = cfa_message_view_get_at_end (view (self));
  g_autofree char *words = unseen > 0 ? g_strdup_printf (ngettext ("%u new message ↓", "%u new messages ↓", unseen), unseen)
                                      : g_strdup (_("To the newest ↓"));

  /* The words stay while the pill fades away. */
  if (!at_end)
    gtk_button_set_label (self->pill, words);
  gtk_revealer_set_reveal_child (self->pill_revealer, !at_end);
  gtk_widget_set_can_target (GTK_WIDGET (self->pill_revealer), !at_end);
  mark_read (self);
}

static void
update_peek (CfaConversationPage *self)
{
  const char *peek = cfa_conversation_get_peek (self->conversation);
  const char *colleague = cfa_conversation_get_typing_name (self->conversation);
  const char *name = cfa_conversation_get_title (self->conversation);
  g_autofree char *who = NULL;

  if (colleague != NULL)
    who = g_strdup_printf (_("%s is writing an answer…"), colleague);
  else if (peek != NULL)
    who = g_strdup_printf (*peek != '\0' ? _("%s is typing:") : _("%s is typing…"), name);
  else
    who = cfa_viewers_words (cfa_conversation_get_viewers (self->conversation));
  gtk_label_set_label (self->peek_who, who != NULL ? who : "");
  gtk_label_set_label (self->peek_text, colleague == NULL && peek != NULL ? peek : "");
}

static void
update_strip (CfaConversationPage *self)
{
  const char *pinned = cfa_conversation_get_pinned_id (self->conversation);

  cfa_conversation_strip_update (self->strip, self->conversation, cfa_session_get_directory (self->session),
                                 pinned != NULL && self->messages != NULL ? cfa_message_list_find (self->messages, pinned) : NULL);
}

static void
update_header (CfaConversationPage *self)
{
  gboolean there = self->conversation != NULL;
  gboolean open = there && cfa_conversation_get_status (self->conversation) == CF_CONVERSATION_OPEN;
  gboolean mine = there && cfa_conversation_get_mine (self->conversation);
  g_autofree char *subtitle = there ? cfa_conversation_subtitle (self->conversation) : NULL;

  adw_window_title_set_title (self->title, there ? cfa_conversation_get_title (self->conversation) : "");
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  cfa_viewer_faces_show (self->viewers, self->session, self->conversation, !self->narrow);
  gtk_button_set_label (GTK_BUTTON (self->assign_button), there && cfa_conversation_get_assignee_id (self->conversation) == NULL
                                                           ? _("Accept") : _("Assign to me"));
  /* On a narrow screen the name needs the room; the menu has all of them. */
  gtk_widget_set_visible (self->assign_button, open && !mine && !self->narrow);
  gtk_widget_set_visible (self->close_button, open && !self->narrow && (mine || !self->tight));
  gtk_widget_set_visible (self->reopen_button, there && !open && !self->narrow);
  gtk_widget_set_visible (self->visitor_button, there && !self->narrow);
  gtk_widget_set_visible (self->menu_button, there);
}

static void
update_placeholder (CfaConversationPage *self)
{
  g_autofree char *words = NULL;

  if (cfa_conversation_get_status (self->conversation) == CF_CONVERSATION_CLOSED)
    words = g_strdup (_("Write to reopen this conversation"));
  else
    words = g_strdup_printf (_("Reply to %s"), cfa_conversation_get_title (self->conversation));
  cfa_composer_set_placeholder (self->composer, words);
}

static CfaPlaceholderValues
values (CfaConversationPage *self)
{
  return (CfaPlaceholderValues) {
    cfa_conversation_get_visitor_name (self->conversation), cfa_conversation_get_email (self->conversation),
    cfa_session_get_agent_name (self->session), cfa_conversation_get_site_name (self->conversation),
    cfa_conversation_get_id (self->conversation),
  };
}

static void
update_values (CfaConversationPage *self)
{
  CfaPlaceholderValues now = values (self);

  cfa_composer_set_values (self->composer, &now);
}

static void
on_conversation_notify (CfaConversationPage *self, GParamSpec *pspec)
{
  if (g_str_has_suffix (pspec->name, "draft"))
    return;
  update_header (self);
  update_placeholder (self);
  update_values (self);
  update_peek (self);
  update_strip (self);
  mark_read (self);
}

static void
set_quote (CfaConversationPage *self, const char *reply_to, const char *editing)
{
  g_autofree char *old_reply = self->reply_to, *old_edit = self->editing;

  self->reply_to = g_strdup (reply_to);
  self->editing = g_strdup (editing);
  if (reply_to == NULL && editing == NULL)
    cfa_composer_set_quote (self->composer, NULL, NULL);
  cfa_attaching_pause (self->attaching, editing != NULL);
  cfa_composer_set_now_only (self->composer, editing != NULL);
}

static void
show_draft (CfaConversationPage *self)
{
  cfa_composer_set_text (self->composer, cfa_conversation_get_draft (self->conversation, cfa_composer_get_note (self->composer)));
}

static void
on_quote_closed (CfaConversationPage *self)
{
  if (self->editing != NULL)
    show_draft (self);
  set_quote (self, NULL, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

/* Who looks at what is told while it is before a person's eyes. */
static void
update_viewing (CfaConversationPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean looks = GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root)) && gtk_widget_get_mapped (GTK_WIDGET (self->threads));

  if (self->session != NULL)
    cfa_session_set_viewing (self->session, looks ? self->conversation : NULL);
}

static void
on_attention (CfaConversationPage *self)
{
  mark_read (self);
  update_viewing (self);
}

static void
leave (CfaConversationPage *self)
{
  if (self->conversation == NULL)
    return;
  set_quote (self, NULL, NULL);
  g_hash_table_replace (self->notes, g_strdup (cfa_conversation_get_id (self->conversation)), GINT_TO_POINTER (cfa_composer_get_note (self->composer)));
  cfa_session_set_typing (self->session, self->conversation, FALSE);
  g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_signal_handlers_disconnect_by_data (self->messages, self);
  self->messages = NULL;
  g_clear_object (&self->conversation);
  cfa_attaching_set_place (self->attaching, self->session, NULL, NULL);
  cfa_scheduled_bar_set_conversation (self->scheduled, NULL, NULL);
}

static void
enter (CfaConversationPage *self, CfaConversation *conversation)
{
  gpointer left;
  gboolean known = g_hash_table_lookup_extended (self->notes, cfa_conversation_get_id (conversation), NULL, &left);
  gboolean only_note = cfa_conversation_get_draft (conversation, FALSE) == NULL && cfa_conversation_get_draft (conversation, TRUE) != NULL;
  gboolean note = known ? GPOINTER_TO_INT (left) : only_note;

  /* Before the conversation is at hand: what the composer shows while it changes over belongs to neither. */
  cfa_composer_set_note (self->composer, note);
  cfa_composer_set_text (self->composer, cfa_conversation_get_draft (conversation, note));
  self->conversation = g_object_ref (conversation);
  cfa_attaching_set_place (self->attaching, self->session, conversation, cfa_conversation_get_id (conversation));
  cfa_scheduled_bar_set_conversation (self->scheduled, self->session, conversation);
  self->messages = cfa_thread_stack_show (self->threads, conversation);
  g_signal_connect_swapped (conversation, "notify", G_CALLBACK (on_conversation_notify), self);
  g_signal_connect_object (self->messages, "items-changed", G_CALLBACK (update_strip), self, G_CONNECT_SWAPPED);
  update_placeholder (self);
  update_values (self);
  update_peek (self);
  update_strip (self);
}

/* Visitors hear of answers, never of notes. */
static void
update_typing (CfaConversationPage *self)
{
  g_autofree char *text = cfa_composer_dup_text (self->composer);

  if (self->conversation != NULL)
    cfa_session_set_typing (self->session, self->conversation, *text != '\0' && !cfa_composer_get_note (self->composer));
}

static void
on_composer_changed (CfaConversationPage *self)
{
  g_autofree char *text = cfa_composer_dup_text (self->composer);

  if (self->conversation == NULL || self->editing != NULL)
    return;
  cfa_session_set_draft (self->session, self->conversation, text, cfa_composer_get_note (self->composer));
  update_typing (self);
}

/* Answer and note have a draft each: words for the team never turn into words for the visitor. */
static void
on_note_switched (CfaConversationPage *self)
{
  if (self->conversation == NULL)
    return;
  if (self->editing == NULL)
    show_draft (self);
  update_typing (self);
}

static CfaMessage *
find_message (CfaConversationPage *self, const char *id)
{
  CfaMessage *message = self->messages != NULL && id != NULL ? cfa_message_list_find (self->messages, id) : NULL;

  return message != NULL ? g_object_ref (message) : NULL;
}

/* Returns: whether what was written are new words for an old message. */
static gboolean
submit_edit (CfaConversationPage *self, const char *text)
{
  g_autoptr (CfaMessage) message = find_message (self, self->editing);

  if (self->editing == NULL)
    return FALSE;
  if (message != NULL)
    cfa_session_edit_message (self->session, self->conversation, message, text);
  set_quote (self, NULL, NULL);
  return TRUE;
}

static void
say (CfaConversationPage *self, CfaConversation *conversation, const char *text, gboolean note, const char *reply_to)
{
  g_auto (GStrv) mentions = note ? cfa_mentions_in (text, cfa_session_get_directory (self->session)) : NULL;
  g_auto (GStrv) files = cfa_attaching_take (self->session, cfa_conversation_get_id (conversation), note);
  gboolean unless_reply;
  gint64 send_at = cfa_composer_get_send_at (self->composer, &unless_reply);

  cfa_session_set_draft (self->session, conversation, "", note);
  if (send_at > 0 && !note)
    cfa_session_send_later (self->session, conversation, text, reply_to, (const char *const *) files, send_at, unless_reply);
  else if (note)
    cfa_session_add_note (self->session, conversation, text, reply_to, (const char *const *) mentions, (const char *const *) files);
  else
    cfa_session_send_text (self->session, conversation, text, reply_to, (const char *const *) files);
}

/* What waited for its files in a conversation that was left meanwhile. */
static void
say_draft (gpointer page, gpointer place, gboolean note)
{
  CfaConversationPage *self = page;
  g_autofree char *names = cfa_upload_list_dup_names (cfa_session_get_uploads (self->session, cfa_conversation_get_id (place), note));
  g_autofree char *text = g_strdup (cfa_conversation_get_draft (place, note));

  say (self, place, text != NULL ? text : names, note, NULL);
}

static void
on_composer_submit (CfaConversationPage *self, const char *text, gboolean note)
{
  if (self->conversation == NULL)
    return;
  cfa_session_set_typing (self->session, self->conversation, FALSE);
  if (submit_edit (self, text))
    {
      show_draft (self);
      return;
    }
  say (self, self->conversation, text, note, self->reply_to);
  set_quote (self, NULL, NULL);
  cfa_message_view_scroll_to_end (view (self));
}

/* Who is answered, above the field. */
static void
quote (CfaConversationPage *self, const char *id)
{
  g_autoptr (CfaMessage) message = find_message (self, id);
  const char *author = message != NULL ? cfa_message_get_author_name (message) : NULL;

  set_quote (self, id, NULL);
  if (id != NULL)
    cfa_composer_set_quote (self->composer, author != NULL ? author : _("Visitor"), message != NULL ? cfa_message_get_text (message) : "");
}

/* Words that were not said are in the draft again: shows it. */
static void
show_put_back (CfaConversationPage *self, gboolean note, const char *reply_to)
{
  g_autofree char *id = g_strdup (reply_to);

  set_quote (self, NULL, NULL);
  cfa_composer_set_note (self->composer, note);
  show_draft (self);
  quote (self, id);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static void
take_back (CfaConversationPage *self, CfaMessage *message)
{
  if (cfa_session_take_back (self->session, self->conversation, message))
    show_put_back (self, cfa_message_get_kind (message) == CF_MESSAGE_NOTE, cfa_message_get_reply_to (message));
}

static void
on_scheduled_edit (CfaConversationPage *self, CfaScheduled *scheduled)
{
  const CfScheduledMessage *record = cfa_scheduled_get (scheduled);

  cfa_session_put_back (self->session, self->conversation, record->text, (const char *const *) record->files, FALSE);
  cfa_session_cancel_scheduled (self->session, scheduled);
  show_put_back (self, FALSE, record->reply_to);
}

/* Returns: whether the last message that can still be called back was */
static gboolean
on_take_back (CfaConversationPage *self)
{
  for (guint i = self->messages != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->messages)) : 0; i > 0; i--)
    {
      g_autoptr (CfaMessage) message = g_list_model_get_item (G_LIST_MODEL (self->messages), i - 1);

      if (cfa_message_get_due (message) > 0)
        {
          take_back (self, message);
          return TRUE;
        }
    }
  return FALSE;
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (CfaMessage) message = find_message (CFA_CONVERSATION_PAGE (widget), g_variant_get_string (parameter, NULL));

  if (message != NULL)
    take_back (CFA_CONVERSATION_PAGE (widget), message);
}

static void
on_reply_used (CfaConversationPage *self, CfaReply *reply)
{
  if (self->session != NULL)
    cfa_session_use_reply (self->session, reply);
}

/* An answer that cannot be filled in comes into the composer, and nothing else is done. */
static void
on_macro (CfaConversationPage *self, CfaReply *macro)
{
  g_autofree char *text = NULL;
  CfaPlaceholderValues now;

  if (self->conversation == NULL)
    return;
  now = values (self);
  text = cfa_macro_run (self->session, self->conversation, macro, &now);
  if (text == NULL)
    {
      cfa_message_view_scroll_to_end (view (self));
      return;
    }
  cfa_composer_set_note (self->composer, FALSE);
  cfa_composer_set_text (self->composer, text);
  on_composer_changed (self);
  cfa_composer_ask_to_fill (self->composer);
}

static void
on_pill_clicked (CfaConversationPage *self)
{
  cfa_message_view_scroll_to_end (view (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static void
message_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CfaConversationPage *self = CFA_CONVERSATION_PAGE (widget);
  g_autoptr (CfaMessage) message = find_message (self, g_variant_get_string (parameter, NULL));

  if (message == NULL)
    return;
  /* The button goes away with the failure; the focus must not. */
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
  if (g_str_equal (name, "conversation.retry-message"))
    cfa_session_retry_message (self->session, message);
  else if (g_str_equal (name, "conversation.send-anyway"))
    cfa_session_send_anyway (self->session, self->conversation, message);
  else if (g_str_equal (name, "conversation.discard-message"))
    take_back (self, message);
  else if (g_str_equal (name, "conversation.copy-message"))
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), cfa_message_get_text (message));
  else if (g_str_equal (name, "conversation.pin"))
    cfa_session_pin (self->session, self->conversation, cfa_message_get_id (message));
  else
    cfa_session_remove_message (self->session, self->conversation, message);
}

/* An answer to a note is a note: what the team says stays with the team. */
static void
reply_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CfaConversationPage *self = CFA_CONVERSATION_PAGE (widget);
  g_autoptr (CfaMessage) message = find_message (self, g_variant_get_string (parameter, NULL));

  if (message == NULL)
    return;
  quote (self, cfa_message_get_id (message));
  if (cfa_message_get_kind (message) == CF_MESSAGE_NOTE)
    cfa_composer_set_note (self->composer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CfaConversationPage *self = CFA_CONVERSATION_PAGE (widget);
  g_autoptr (CfaMessage) message = find_message (self, g_variant_get_string (parameter, NULL));

  if (message == NULL)
    return;
  set_quote (self, NULL, cfa_message_get_id (message));
  cfa_composer_set_note (self->composer, cfa_message_get_kind (message) == CF_MESSAGE_NOTE);
  cfa_composer_set_text (self->composer, cfa_message_get_text (message));
  cfa_composer_set_quote (self->composer, _("Editing"), cfa_message_get_text (message));
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CfaConversationPage *self = CFA_CONVERSATION_PAGE (widget);

  cfa_message_view_seek (view (self), g_variant_get_string (parameter, NULL));
}

static void
unpin_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CfaConversationPage *self = CFA_CONVERSATION_PAGE (widget);

  if (self->conversation != NULL)
    cfa_session_pin (self->session, self->conversation, NULL);
}

/* Takes the tag away when it is there, else adds it. */
static void
toggle_tag (CfaConversationPage *self, const char *id)
{
  const char *const *tags = cfa_conversation_get_tags (self->conversation);
  g_autoptr (GPtrArray) after = g_ptr_array_new ();

  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    if (!g_str_equal (tags[i], id))
      g_ptr_array_add (after, (char *) tags[i]);
  if (tags == NULL || !g_strv_contains (tags, id))
    g_ptr_array_add (after, (char *) id);
  g_ptr_array_add (after, NULL);
  cfa_session_tag (self->session, self->conversation, (const char *const *) after->pdata);
}

static void
untag_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CfaConversationPage *self = CFA_CONVERSATION_PAGE (widget);

  if (self->conversation != NULL)
    toggle_tag (self, g_variant_get_string (parameter, NULL));
}

static void
on_tag_chosen (CfaConversationPage *self, const char *id)
{
  if (self->conversation != NULL)
    toggle_tag (self, id);
}

static void
on_transfer_chosen (CfaConversationPage *self, const char *id, const char *note)
{
  gboolean agent = cfa_directory_get (cfa_session_get_directory (self->session), &cf_agent_shape, id) != NULL;

  if (self->conversation != NULL && g_str_equal (id, CFA_CHOICE_ESCALATE))
    cfa_session_escalate (self->session, self->conversation, TRUE, note);
  else if (self->conversation != NULL)
    cfa_session_transfer (self->session, self->conversation, agent ? id : NULL, agent ? NULL : id, note);
}

static void
on_snooze_chosen (CfaConversationPage *self, gint64 until)
{
  if (self->conversation != NULL)
    cfa_session_snooze (self->session, self->conversation, until);
}

static void
on_painted (CfaConversationPage *self)
{
  if (self->conversation != NULL)
    g_signal_emit (self, painted_signal, 0);
}

static void
make_popovers (CfaConversationPage *self)
{
  self->transfer = cfa_choice_popover_new (_("Hand over to"), _("A note for them"));
  self->tags = cfa_choice_popover_new (_("Tag"), NULL);
  self->snooze = cfa_snooze_popover_new ();
  gtk_widget_set_parent (self->transfer, self->menu_button);
  gtk_widget_set_parent (self->tags, self->menu_button);
  gtk_widget_set_parent (self->snooze, self->menu_button);
  g_signal_connect_swapped (self->transfer, "chosen", G_CALLBACK (on_transfer_chosen), self);
  g_signal_connect_swapped (self->tags, "chosen", G_CALLBACK (on_tag_chosen), self);
  g_signal_connect_swapped (self->snooze, "chosen", G_CALLBACK (on_snooze_chosen), self);
}

static gboolean
refresh (gpointer data)
{
  cfa_thread_stack_refresh_days (CFA_CONVERSATION_PAGE (data)->threads);
  return G_SOURCE_CONTINUE;
}

static void
cfa_conversation_page_root (GtkWidget *widget)
{
  CfaConversationPage *self = CFA_CONVERSATION_PAGE (widget);

  GTK_WIDGET_CLASS (cfa_conversation_page_parent_class)->root (widget);
  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active", G_CALLBACK (on_attention), self, G_CONNECT_SWAPPED);
  self->refresh_source = g_timeout_add_seconds (REFRESH_SECONDS, refresh, self);
}

static void
cfa_conversation_page_unroot (GtkWidget *widget)
{
  g_clear_handle_id (&CFA_CONVERSATION_PAGE (widget)->refresh_source, g_source_remove);
  GTK_WIDGET_CLASS (cfa_conversation_page_parent_class)->unroot (widget);
}

static gboolean
cfa_conversation_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (CFA_CONVERSATION_PAGE (widget)->composer));
}

static void
cfa_conversation_page_dispose (GObject *object)
{
  CfaConversationPage *self = CFA_CONVERSATION_PAGE (object);

  cfa_conversation_page_set_session (self, NULL);
  g_clear_pointer (&self->transfer, gtk_widget_unparent);
  g_clear_pointer (&self->tags, gtk_widget_unparent);
  g_clear_pointer (&self->snooze, gtk_widget_unparent);
  if (self->mentions != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->mentions));
  self->mentions = NULL;
  g_clear_object (&self->attaching);
  G_OBJECT_CLASS (cfa_conversation_page_parent_class)->dispose (object);
}

static void
cfa_conversation_page_finalize (GObject *object)
{
  g_hash_table_unref (CFA_CONVERSATION_PAGE (object)->notes);
  g_free (CFA_CONVERSATION_PAGE (object)->reply_to);
  g_free (CFA_CONVERSATION_PAGE (object)->editing);
  G_OBJECT_CLASS (cfa_conversation_page_parent_class)->finalize (object);
}

static void
cfa_conversation_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_NARROW)
    g_value_set_boolean (value, CFA_CONVERSATION_PAGE (object)->narrow);
  else if (id == PROP_TIGHT)
    g_value_set_boolean (value, CFA_CONVERSATION_PAGE (object)->tight);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cfa_conversation_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CfaConversationPage *self = CFA_CONVERSATION_PAGE (object);

  if (id == PROP_NARROW)
    self->narrow = g_value_get_boolean (value);
  else if (id == PROP_TIGHT)
    self->tight = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  if (self->title != NULL)
    update_header (self);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, header);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, title);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, assign_button);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, close_button);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, reopen_button);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, visitor_button);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, viewers);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, strip);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, threads);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, pill_revealer);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, pill);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, peek_who);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, peek_text);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, scheduled);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationPage, composer);
}

static void
cfa_conversation_page_class_init (CfaConversationPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_COMPOSER);
  g_type_ensure (CFA_TYPE_CONVERSATION_STRIP);
  g_type_ensure (CFA_TYPE_SCHEDULED_BAR);
  g_type_ensure (CFA_TYPE_THREAD_STACK);
  object_class->dispose = cfa_conversation_page_dispose;
  object_class->finalize = cfa_conversation_page_finalize;
  object_class->get_property = cfa_conversation_page_get_property;
  object_class->set_property = cfa_conversation_page_set_property;
  widget_class->grab_focus = cfa_conversation_page_grab_focus;
  widget_class->root = cfa_conversation_page_root;
  widget_class->unroot = cfa_conversation_page_unroot;
  properties[PROP_TIGHT] = g_param_spec_boolean ("tight", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  painted_signal = g_signal_new ("painted", CFA_TYPE_CONVERSATION_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/chatflow/ChatFlow/ui/conversations/conversation-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_pill_clicked);
  for (guint i = 0; i < G_N_ELEMENTS (message_actions); i++)
    gtk_widget_class_install_action (widget_class, message_actions[i], "s", message_action);
  gtk_widget_class_install_action (widget_class, "conversation.undo-send", "s", undo_action);
  gtk_widget_class_install_action (widget_class, "conversation.reply", "s", reply_action);
  gtk_widget_class_install_action (widget_class, "conversation.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "conversation.show-message", "s", show_action);
  gtk_widget_class_install_action (widget_class, "conversation.untag", "s", untag_action);
  gtk_widget_class_install_action (widget_class, "conversation.unpin", NULL, unpin_action);
}

static void
cfa_conversation_page_init (CfaConversationPage *self)
{
  self->notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->composer, "changed", G_CALLBACK (on_composer_changed), self);
  g_signal_connect_swapped (self->composer, "reply-used", G_CALLBACK (on_reply_used), self);
  g_signal_connect_swapped (self->composer, "macro", G_CALLBACK (on_macro), self);
  g_signal_connect_swapped (self->composer, "submit", G_CALLBACK (on_composer_submit), self);
  g_signal_connect_swapped (self->composer, "notify::note", G_CALLBACK (on_note_switched), self);
  g_signal_connect_swapped (self->composer, "quote-closed", G_CALLBACK (on_quote_closed), self);
  g_signal_connect_swapped (self->composer, "take-back", G_CALLBACK (on_take_back), self);
  g_signal_connect_swapped (self->scheduled, "edit", G_CALLBACK (on_scheduled_edit), self);
  make_popovers (self);
  self->attaching = cfa_attaching_new (self->composer, GTK_WIDGET (self), say_draft);
  self->mentions = cfa_mention_popover_new (self->composer);
  g_signal_connect_swapped (self->threads, "changed", G_CALLBACK (update_pill), self);
  g_signal_connect_swapped (self->threads, "map", G_CALLBACK (on_attention), self);
  g_signal_connect_swapped (self->threads, "unmap", G_CALLBACK (update_viewing), self);
  g_signal_connect_swapped (self->threads, "painted", G_CALLBACK (on_painted), self);
  gtk_button_set_label (self->pill, _("To the newest ↓"));
  update_pill (self);
  update_header (self);
}

/**
 * cfa_conversation_page_set_session:
 * @self: a page
 * @session: (nullable): whose conversations it shows from now on
 */
void
cfa_conversation_page_set_session (CfaConversationPage *self, CfaSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    cfa_conversation_page_set_conversation (self, NULL);
  g_hash_table_remove_all (self->notes);
  g_set_object (&self->session, session);
  cfa_thread_stack_set_session (self->threads, session);
  if (session != NULL)
    cfa_session_set_undo_send (session, cfa_undo_send_get ());
  cfa_composer_set_replies (self->composer, session != NULL ? cfa_session_get_canned (session) : NULL,
                            session != NULL ? cfa_session_get_macros (session) : NULL);
  cfa_mention_popover_set_session (self->mentions, session);
}

/**
 * cfa_conversation_page_set_conversation:
 * @self: a page
 * @conversation: (nullable): what to show
 *
 * Leaves the one at hand as it is - scroll position, draft, note mode - and shows @conversation as it was left.
 */
void
cfa_conversation_page_set_conversation (CfaConversationPage *self, CfaConversation *conversation)
{
  if (self->conversation == conversation)
    return;
  leave (self);
  if (conversation != NULL)
    enter (self, conversation);
  else
    cfa_thread_stack_clear (self->threads);
  gtk_stack_set_visible_child_name (self->stack, conversation != NULL ? "conversation" : "none");
  update_header (self);
  update_pill (self);
  update_viewing (self);
}

/**
 * cfa_conversation_page_prepare:
 * @self: a page with a session
 * @conversation: what may be shown next
 *
 * Lays it out when there is nothing else to do, so that it can be shown at once.
 */
void
cfa_conversation_page_prepare (CfaConversationPage *self, CfaConversation *conversation)
{
  cfa_thread_stack_prepare (self->threads, conversation);
}

/**
 * cfa_conversation_page_transfer:
 * @self: a page with a conversation
 *
 * Asks to whom it shall be handed over.
 */
void
cfa_conversation_page_transfer (CfaConversationPage *self)
{
  cfa_conversation_choices_transfer (CFA_CHOICE_POPOVER (self->transfer), self->session, self->conversation);
  cfa_choice_popover_open (CFA_CHOICE_POPOVER (self->transfer));
}

/**
 * cfa_conversation_page_snooze:
 * @self: a page with a conversation
 *
 * Asks until when it shall be put off.
 */
void
cfa_conversation_page_snooze (CfaConversationPage *self)
{
  cfa_snooze_popover_open (CFA_SNOOZE_POPOVER (self->snooze));
}

/**
 * cfa_conversation_page_tag:
 * @self: a page with a conversation
 *
 * Asks for a tag to add or to take away.
 */
void
cfa_conversation_page_tag (CfaConversationPage *self)
{
  cfa_conversation_choices_tags (CFA_CHOICE_POPOVER (self->tags), self->session, self->conversation);
  cfa_choice_popover_open (CFA_CHOICE_POPOVER (self->tags));
}

/**
 * cfa_conversation_page_get_conversation:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what it shows
 */
CfaConversation *
cfa_conversation_page_get_conversation (CfaConversationPage *self)
{
  return self->conversation;
}

/**
 * cfa_conversation_page_get_note:
 * @self: a page
 *
 * Returns: whether a note is being written
 */
gboolean
cfa_conversation_page_get_note (CfaConversationPage *self)
{
  return cfa_composer_get_note (self->composer);
}

/**
 * cfa_conversation_page_set_note:
 * @self: a page
 * @note: whether a note shall be written, or else an answer
 */
void
cfa_conversation_page_set_note (CfaConversationPage *self, gboolean note)
{
  cfa_composer_set_note (self->composer, note);
  gtk_widget_grab_focus (GTK_WIDGET (self->composer));
}

/**
 * cfa_conversation_page_submit:
 * @self: a page
 *
 * Sends what has been written.
 */
void
cfa_conversation_page_submit (CfaConversationPage *self)
{
  cfa_composer_submit (self->composer);
}

/**
 * cfa_conversation_page_scroll:
 * @self: a page
 * @pages: how far; negative towards older messages
 *
 * Scrolls the thread while the focus stays where it is.
 */
void
cfa_conversation_page_scroll (CfaConversationPage *self, double pages)
{
  cfa_message_view_scroll_by (view (self), pages);
}

/**
 * cfa_conversation_page_set_title_buttons:
 * @self: a page
 * @start: whether the header shows the window's buttons at its beginning
 * @end: the same at its end
 */
void
cfa_conversation_page_set_title_buttons (CfaConversationPage *self, gboolean start, gboolean end)
{
  adw_header_bar_set_show_start_title_buttons (self->header, start);
  adw_header_bar_set_show_end_title_buttons (self->header, end);
}

/**
 * cfa_conversation_page_show_message:
 * @self: a page with a conversation
 * @id: of one of its messages, which need not be loaded yet
 */
void
cfa_conversation_page_show_message (CfaConversationPage *self, const char *id)
{
  cfa_message_view_seek (view (self), id);
}
