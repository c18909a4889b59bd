/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-past.h"

#include "app/features/conversations/time-text.h"
#include "visitor-words.h"

#include "protocol/id.h"
#include "protocol/methods/conversation-params.h"
#include "protocol/methods/results.h"
#include "protocol/records/conversation.h"

#include <glib/gi18n.h>

#define FEW  5  /* at first; the others on demand */
#define PAGE 50 /* asked of the server at a time */

struct _CfaVisitorPast
{
  AdwPreferencesGroup parent_instance;

  CfaSession *session; /* (nullable) */
  CfaVisitor *visitor; /* (nullable) */
  char *current; /* (nullable): the conversation beside the panel, which is not listed */
  gint64 oldest; /* last_position of the last that the server has listed; 0 = not asked yet */
  gboolean more; /* the server has older ones */
  guint shown_max;
  GtkWidget *list;
  GtkWidget *none;
  GtkWidget *more_button;
};

/* An answer that may come when the panel shows somebody else. */
typedef struct
{
  CfaVisitorPast *self;
  CfaVisitor *visitor;
} Question;

G_DEFINE_FINAL_TYPE (CfaVisitorPast, cfa_visitor_past, ADW_TYPE_PREFERENCES_GROUP)

static void read_cache (CfaVisitorPast *self);

static Question *
question_new (CfaVisitorPast *self)
{
  Question *question = g_new (Question, 1);

  *question = (Question) { g_object_ref (self), g_object_ref (self->visitor) };
  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->self);
  g_object_unref (question->visitor);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

/* "21 Nov · Closed · ★★★★☆" */
static char *
details_of (const CfConversation *conversation, gboolean with_stars)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *day = cfa_time_day (conversation->last_message_at > 0 ? conversation->last_message_at : conversation->created_at, cf_now (), zone);
  g_autofree char *stars = with_stars && conversation->rating > 0 ? cfa_visitor_rating (conversation->rating) : NULL;
  const char *status = conversation->status == CF_CONVERSATION_OPEN ? C_("conversation", "Open") : C_("conversation", "Closed");

  return stars != NULL ? g_strdup_printf ("%s · %s · %s", day, status, stars) : g_strdup_printf ("%s · %s", day, status);
}

static void
add_row (CfaVisitorPast *self, const CfConversation *conversation)
{
  g_autofree char *details = details_of (conversation, TRUE), *spoken = details_of (conversation, FALSE);
  g_autofree char *title = g_markup_escape_text (conversation->preview != NULL ? conversation->preview : _("No messages"), -1);
  g_autofree char *comment = conversation->rating_comment != NULL ? g_markup_escape_text (conversation->rating_comment, -1) : NULL;
  g_autofree char *subtitle = comment != NULL && *comment != '\0' ? g_strdup_printf ("%s\n“%s”", details, comment) : g_strdup (details);
  const char *preview = conversation->preview != NULL ? conversation->preview : _("No messages");
  g_autofree char *rated = conversation->rating > 0 ? g_strdup_printf (_("%s, %s, rated %d of 5"), preview, spoken, (int) conversation->rating)
                                                    : g_strdup_printf ("%s, %s", preview, spoken);
  g_autofree char *said = g_strconcat (rated, comment != NULL && *comment != '\0' ? ": " : NULL, conversation->rating_comment, NULL);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle, "title-lines", 2, "subtitle-lines", 4,
                                 "activatable", TRUE, "action-name", "win.open-this", NULL);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", conversation->parent.id);
  /* a row names itself by its title, in whose favour a name would be passed over; and stars are no words */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

static void
show (CfaVisitorPast *self, GPtrArray *records)
{
  GtkListBoxRow *row;
  guint n = 0, all = 0;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (guint i = 0; i < records->len; i++)
    {
      if (g_strcmp0 (CF_RECORD (records->pdata[i])->id, self->current) == 0)
        continue;
      if (all++ >= self->shown_max)
        continue;
      add_row (self, records->pdata[i]);
      n++;
    }
  gtk_widget_set_visible (self->list, n > 0);
  gtk_widget_set_visible (self->none, n == 0);
  gtk_widget_set_visible (self->more_button, all > n || self->more);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  g_autoptr (GPtrArray) records = cfa_session_past_finish (CFA_SESSION (source), result, NULL);

  if (records != NULL && question->visitor == question->self->visitor)
    show (question->self, records);
}

static void
read_cache (CfaVisitorPast *self)
{
  if (self->visitor != NULL)
    cfa_session_past_async (self->session, self->visitor, on_read, question_new (self));
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  CfaVisitorPast *self = question->self;
  g_autoptr (CfRecordsResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, NULL);

  /* without a connection there is what the cache has */
  if (answer == NULL || question->visitor != self->visitor)
    return;
  for (guint i = 0; answer->records != NULL && i < answer->records->len; i++)
    {
      const CfConversation *conversation = answer->records->pdata[i];

      if (conversation->parent.parent.shape == &cf_conversation_shape
          && (self->oldest == 0 || conversation->last_position < self->oldest))
        self->oldest = conversation->last_position;
    }
  self->more = answer->more;
  read_cache (self);
}

/* The cache holds the recent past; what was long ago is asked of the server. */
static void
ask_server (CfaVisitorPast *self)
{
  g_autoptr (CfConversationListParams) params = cf_struct_new (&cf_conversation_list_params_shape);

  params->visitor_id = g_strdup (cfa_visitor_get_id (self->visitor));
  params->before = self->oldest;
  params->limit = PAGE;
  cfa_session_call_async (self->session, "conversation.list", params, &cf_records_result_shape, NULL, on_listed, question_new (self));
}

static void
on_more (CfaVisitorPast *self)
{
  self->shown_max += PAGE;
  if (self->more)
    ask_server (self);
  read_cache (self);
}

static void
cfa_visitor_past_dispose (GObject *object)
{
  CfaVisitorPast *self = CFA_VISITOR_PAST (object);

  cfa_visitor_past_set (self, NULL, NULL, NULL);
  g_clear_pointer (&self->current, g_free);
  G_OBJECT_CLASS (cfa_visitor_past_parent_class)->dispose (object);
}

static void
cfa_visitor_past_class_init (CfaVisitorPastClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_visitor_past_dispose;
}

static void
cfa_visitor_past_init (CfaVisitorPast *self)
{
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Other conversations"));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Other conversations"), -1);
  self->none = gtk_label_new (_("This is the first one"));
  gtk_widget_add_css_class (self->none, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (self->none), 0);
  self->more_button = gtk_button_new_with_label (_("Show more"));
  gtk_widget_add_css_class (self->more_button, "flat");
  gtk_widget_set_margin_top (self->more_button, 6);
  gtk_widget_set_visible (self->list, FALSE);
  gtk_widget_set_visible (self->more_button, FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->list);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->none);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->more_button);
  g_signal_connect_object (self->more_button, "clicked", G_CALLBACK (on_more), self, G_CONNECT_SWAPPED);
}

GtkWidget *
cfa_visitor_past_new (void)
{
  return g_object_new (CFA_TYPE_VISITOR_PAST, NULL);
}

/**
 * cfa_visitor_past_set:
 * @visitor: (nullable): whose conversations it lists
 * @current_id: (nullable): the one that is not listed, as it is before the person's eyes
 */
void
cfa_visitor_past_set (CfaVisitorPast *self, CfaSession *session, CfaVisitor *visitor, const char *current_id)
{
  g_free (self->current);
  self->current = g_strdup (current_id);
  if (self->visitor == visitor)
    {
      read_cache (self);
      return;
    }
  if (self->visitor != NULL)
    g_signal_handlers_disconnect_by_data (self->visitor, self);
  g_set_object (&self->session, session);
  g_set_object (&self->visitor, visitor);
  self->oldest = 0;
  self->more = FALSE;
  self->shown_max = FEW;
  if (visitor == NULL)
    return;
  /* who is merged brings conversations along */
  g_signal_connect_swapped (visitor, "changed", G_CALLBACK (read_cache), self);
  read_cache (self);
  ask_server (self);
}
