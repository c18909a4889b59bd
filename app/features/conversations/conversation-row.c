/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-row.h"

#include "app/features/visitors/visitor-words.h"
#include "app/tooltip.h"
#include "protocol/id.h"
#include "tag-text.h"
#include "time-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define TAGS_SHOWN 2

struct _CfaConversationRow
{
  GtkBox parent_instance;

  CfaConversation *conversation;
  CfaDirectory *directory;
  guint update_source;

  GtkCheckButton *check;
  AdwAvatar *avatar;
  GtkWidget *online_dot;
  GtkLabel *title_label;
  GtkLabel *time_label;
  GtkLabel *preview_label;
  GtkLabel *unread_label;
  GtkLabel *meta_label;
  GtkLabel *tags_label;
  GtkWidget *mood_dot;
  GtkWidget *escalated_icon;
  GtkWidget *viewers_icon;
  GtkWidget *waiting_icon;
  GtkLabel *waiting_label;
};

G_DEFINE_FINAL_TYPE (CfaConversationRow, cfa_conversation_row, GTK_TYPE_BOX)

static void
set_class (gpointer widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* The second line: what happens right now, else what is half written, else what was said last. */
static void
update_preview (CfaConversationRow *self)
{
  const char *peek = cfa_conversation_get_peek (self->conversation);
  const char *answer = cfa_conversation_get_draft (self->conversation, FALSE);
  const char *draft = answer != NULL ? answer : cfa_conversation_get_draft (self->conversation, TRUE);
  const char *preview = cfa_conversation_get_preview (self->conversation);
  gboolean drafted = peek == NULL && draft != NULL && *draft != '\0';
  g_autofree char *words = NULL;

  if (peek != NULL)
    words = *peek != '\0' ? g_strdup_printf (_("typing: “%s”"), peek) : g_strdup (_("typing…"));
  else if (drafted)
    words = g_strdup_printf (_("Draft: %s"), draft);
  else
    words = g_strdup (preview != NULL ? preview : "");
  gtk_label_set_label (self->preview_label, words);
  set_class (self->preview_label, "accent", peek != NULL);
  set_class (self->preview_label, "draft", drafted);
}

static void
update_meta (CfaConversationRow *self)
{
  const char *site = cfa_conversation_get_site_name (self->conversation);
  const char *assignee = cfa_conversation_get_assignee_name (self->conversation);
  gboolean closed = cfa_conversation_get_status (self->conversation) == CF_CONVERSATION_CLOSED;
  int rating = closed ? cfa_conversation_get_rating (self->conversation) : 0;
  g_autofree char *stars = rating > 0 ? cfa_visitor_rating (rating) : NULL;
  const char *parts[4] = { NULL };
  g_autofree char *words = NULL;
  guint n = 0;

  if (cfa_conversation_get_mine (self->conversation))
    assignee = NULL;
  if (stars != NULL)
    parts[n++] = stars;
  if (site != NULL)
    parts[n++] = site;
  if (assignee != NULL)
    parts[n++] = assignee;
  words = g_strjoinv (" · ", (char **) parts);
  gtk_label_set_label (self->meta_label, words);
}

/* The first ones by name, and how many more there are. */
static void
update_tags (CfaConversationRow *self)
{
  const char *const *tags = cfa_conversation_get_tags (self->conversation);
  g_autofree char *markup = cfa_tag_markup (self->directory, tags, TAGS_SHOWN);
  g_autofree char *names = cfa_tag_names (self->directory, tags);

  gtk_label_set_markup (self->tags_label, markup);
  gtk_widget_set_visible (GTK_WIDGET (self->tags_label), *markup != '\0');
  cfa_tooltip_set (GTK_WIDGET (self->tags_label), *names != '\0' ? names : NULL);
}

static void
update_mood (CfaConversationRow *self)
{
  CfMood mood = cfa_conversation_get_mood (self->conversation);

  gtk_widget_set_visible (self->mood_dot, mood == CF_MOOD_POSITIVE || mood == CF_MOOD_NEGATIVE);
  set_class (self->mood_dot, "negative", mood == CF_MOOD_NEGATIVE);
  cfa_tooltip_set (self->mood_dot, cfa_mood_words (mood));
}

static void
update_viewers (CfaConversationRow *self)
{
  g_autofree char *words = cfa_viewers_words (cfa_conversation_get_viewers (self->conversation));

  gtk_widget_set_visible (self->viewers_icon, words != NULL);
  cfa_tooltip_set (self->viewers_icon, words);
}

/* What is closed is done: nobody is called to it. */
static guint
unread_to_show (CfaConversationRow *self)
{
  gboolean open = cfa_conversation_get_status (self->conversation) == CF_CONVERSATION_OPEN;

  return open ? cfa_conversation_get_unread (self->conversation) : 0;
}

static void
update_unread (CfaConversationRow *self)
{
  guint unread = unread_to_show (self);
  g_autofree char *count = g_strdup_printf (unread > 99 ? "99+" : "%u", unread);

  gtk_label_set_label (self->unread_label, count);
  gtk_widget_set_visible (GTK_WIDGET (self->unread_label), unread > 0);
  set_class (self, "is-unread", unread > 0);
}

/* One sentence for screen readers, in the order in which it matters. */
static void
update_name (CfaConversationRow *self)
{
  guint unread = unread_to_show (self);
  const char *title = cfa_conversation_get_title (self->conversation);
  const char *preview = gtk_label_get_label (self->preview_label);
  g_autofree char *tags = cfa_tag_names (self->directory, cfa_conversation_get_tags (self->conversation));
  g_autofree char *viewers = cfa_viewers_words (cfa_conversation_get_viewers (self->conversation));
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *count = g_strdup_printf (ngettext ("%u unread", "%u unread", unread), unread);
  int rating = cfa_conversation_get_rating (self->conversation);
  g_autofree char *rated = g_strdup_printf (_("Rated %d of 5"), rating);
  g_autofree char *name = NULL;

  g_ptr_array_add (parts, (char *) title);
  if (cfa_conversation_get_escalated_at (self->conversation) > 0)
    g_ptr_array_add (parts, _("Escalated"));
  if (unread > 0)
    g_ptr_array_add (parts, count);
  g_ptr_array_add (parts, (char *) preview);
  if (cfa_mood_words (cfa_conversation_get_mood (self->conversation)) != NULL)
    g_ptr_array_add (parts, (char *) cfa_mood_words (cfa_conversation_get_mood (self->conversation)));
  if (rating > 0)
    g_ptr_array_add (parts, rated);
  if (*tags != '\0')
    g_ptr_array_add (parts, tags);
  if (viewers != NULL)
    g_ptr_array_add (parts, viewers);
  g_ptr_array_add (parts, NULL);
  name = g_strjoinv (", ", (char **) parts->pdata);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* A row of the final height, so that nothing moves when the words arrive. */
static void
update_loading (CfaConversationRow *self)
{
  GtkLabel *labels[] = { self->title_label, self->time_label, self->preview_label, self->meta_label };

  set_class (self, "loading", TRUE);
  set_class (self, "is-unread", FALSE);
  adw_avatar_set_text (self->avatar, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    gtk_label_set_label (labels[i], "");
  gtk_widget_set_visible (self->online_dot, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->unread_label), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting_label), FALSE);
  gtk_widget_set_visible (self->waiting_icon, FALSE);
  gtk_widget_set_visible (self->escalated_icon, FALSE);
  gtk_widget_set_visible (self->viewers_icon, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->tags_label), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Loading…"), -1);
}

static void
update (CfaConversationRow *self)
{
  const char *title = cfa_conversation_get_title (self->conversation);

  if (cfa_conversation_get_loading (self->conversation))
    {
      update_loading (self);
      return;
    }
  set_class (self, "loading", FALSE);
  adw_avatar_set_text (self->avatar, title);
  gtk_label_set_label (self->title_label, title);
  gtk_widget_set_visible (self->online_dot, cfa_conversation_get_online (self->conversation));
  update_preview (self);
  update_meta (self);
  update_tags (self);
  update_viewers (self);
  gtk_widget_set_visible (self->escalated_icon, cfa_conversation_get_escalated_at (self->conversation) > 0);
  update_mood (self);
  update_unread (self);
  update_name (self);
  cfa_conversation_row_refresh (self);
}

static gboolean
update_now (gpointer data)
{
  CfaConversationRow *self = data;

  self->update_source = 0;
  if (self->conversation != NULL)
    update (self);
  return G_SOURCE_REMOVE;
}

/* A conversation that arrives or changes tells of each of its properties; all are shown by one update before the next frame. */
static void
on_notify (CfaConversationRow *self)
{
  if (self->update_source == 0)
    self->update_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_now, self, NULL);
}

static void
cfa_conversation_row_dispose (GObject *object)
{
  cfa_conversation_row_set_conversation (CFA_CONVERSATION_ROW (object), NULL);
  cfa_conversation_row_set_directory (CFA_CONVERSATION_ROW (object), NULL);
  G_OBJECT_CLASS (cfa_conversation_row_parent_class)->dispose (object);
}

static void
cfa_conversation_row_class_init (CfaConversationRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_conversation_row_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/chatflow/ChatFlow/ui/conversations/conversation-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaConversationRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationRow, online_dot);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationRow, time_label);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationRow, preview_label);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationRow, unread_label);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationRow, meta_label);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationRow, tags_label);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationRow, check);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationRow, mood_dot);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationRow, escalated_icon);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationRow, viewers_icon);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationRow, waiting_icon);
  gtk_widget_class_bind_template_child (widget_class, CfaConversationRow, waiting_label);
}

static void
cfa_conversation_row_init (CfaConversationRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cfa_conversation_row_new:
 *
 * Returns: (transfer floating): a row of an inbox, without a conversation
 */
GtkWidget *
cfa_conversation_row_new (void)
{
  return g_object_new (CFA_TYPE_CONVERSATION_ROW, NULL);
}

/**
 * cfa_conversation_row_set_conversation:
 * @self: a row
 * @conversation: (nullable): what it shows, and follows, from now on
 */
void
cfa_conversation_row_set_conversation (CfaConversationRow *self, CfaConversation *conversation)
{
  if (self->conversation == conversation)
    return;
  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_set_object (&self->conversation, conversation);
  if (conversation == NULL)
    return;
  g_signal_connect_swapped (conversation, "notify", G_CALLBACK (on_notify), self);
  update (self);
}

/**
 * cfa_conversation_row_set_directory:
 * @self: a row
 * @directory: (nullable): what tags are called
 */
void
cfa_conversation_row_set_directory (CfaConversationRow *self, CfaDirectory *directory)
{
  if (self->directory == directory)
    return;
  if (self->directory != NULL)
    g_signal_handlers_disconnect_by_data (self->directory, self);
  g_set_object (&self->directory, directory);
  if (directory != NULL)
    g_signal_connect_swapped (directory, "changed", G_CALLBACK (on_notify), self);
}

/**
 * cfa_conversation_row_refresh:
 * @self: a row
 *
 * Writes anew what grows older by itself: the age and the time that the visitor has been waiting.
 */
void
cfa_conversation_row_refresh (CfaConversationRow *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 now = cf_now ();
  gint64 at, waiting_since;
  g_autofree char *age = NULL;
  g_autofree char *waiting = NULL;

  if (self->conversation == NULL || cfa_conversation_get_loading (self->conversation))
    return;
  at = cfa_conversation_get_last_message_at (self->conversation);
  waiting_since = cfa_conversation_get_waiting_since (self->conversation);
  age = cfa_time_short (at != 0 ? at : cfa_conversation_get_created_at (self->conversation), now, zone);
  waiting = cfa_time_waiting (waiting_since, now);
  gtk_label_set_label (self->time_label, age);
  gtk_label_set_label (self->waiting_label, waiting != NULL ? waiting : "");
  gtk_widget_set_visible (GTK_WIDGET (self->waiting_label), waiting != NULL);
  gtk_widget_set_visible (self->waiting_icon, cfa_time_patience (waiting_since, now) == CFA_PATIENCE_LATE);
  set_class (self->waiting_label, "late", cfa_time_patience (waiting_since, now) == CFA_PATIENCE_LATE);
  set_class (self->waiting_label, "amber", cfa_time_patience (waiting_since, now) == CFA_PATIENCE_WAITING);
}

/**
 * cfa_conversation_row_get_conversation:
 * Returns: (transfer none) (nullable): what it shows.
 */
CfaConversation *
cfa_conversation_row_get_conversation (CfaConversationRow *self)
{
  return self->conversation;
}

/**
 * cfa_conversation_row_set_choice:
 * @choosing: whether it shows a box to be ticked
 * @chosen: whether that is
 */
void
cfa_conversation_row_set_choice (CfaConversationRow *self, gboolean choosing, gboolean chosen)
{
  const char *title = self->conversation != NULL && !cfa_conversation_get_loading (self->conversation) ? cfa_conversation_get_title (self->conversation) : "";
  g_autofree char *name = g_strdup_printf (_("Choose %s"), title);

  gtk_widget_set_visible (GTK_WIDGET (self->check), choosing);
  gtk_check_button_set_active (self->check, chosen);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  set_class (self, "chosen", chosen);
}
