/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rating-group.h"

#include "app/accessible-name.h"
#include "app/features/conversations/time-text.h"
#include "app/features/visitors/visitor-words.h"
#include "rating-row.h"

#include "protocol/id.h"
#include "protocol/methods/rating-params.h"
#include "protocol/records/conversation.h"

#include <glib/gi18n.h>

struct _CfaRatingGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *comments; /* rows, borrowed */
};

G_DEFINE_FINAL_TYPE (CfaRatingGroup, cfa_rating_group, ADW_TYPE_PREFERENCES_GROUP)

static GtkWidget *
new_comment (const CfConversation *conversation)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *day = cfa_time_day (conversation->rated_at, cf_now (), zone);
  g_autofree char *stars = cfa_visitor_rating (conversation->rating);
  g_autofree char *title = g_markup_escape_text (conversation->rating_comment, -1);
  g_autofree char *said = g_strdup_printf (_("Rated %d of 5"), (int) conversation->rating);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", day, "title-lines", 6, NULL);
  GtkWidget *label = gtk_label_new (stars);

  gtk_widget_add_css_class (label, "stars");
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static void
on_answered (CfaRatingGroup *self, const CfRatingSummaryResult *summary)
{
  for (guint i = 0; i < self->comments->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->comments->pdata[i]);
  g_ptr_array_set_size (self->comments, 0);
  for (guint i = 0; summary->records != NULL && i < summary->records->len; i++)
    {
      const CfConversation *conversation = summary->records->pdata[i];

      if (conversation->parent.parent.shape != &cf_conversation_shape || conversation->rating_comment == NULL)
        continue;
      g_ptr_array_add (self->comments, new_comment (conversation));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->comments->pdata[self->comments->len - 1]);
    }
}

static void
cfa_rating_group_finalize (GObject *object)
{
  g_ptr_array_unref (CFA_RATING_GROUP (object)->comments);
  G_OBJECT_CLASS (cfa_rating_group_parent_class)->finalize (object);
}

static void
cfa_rating_group_class_init (CfaRatingGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_rating_group_finalize;
}

static void
cfa_rating_group_init (CfaRatingGroup *self)
{
  self->comments = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("How visitors rated you"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _("In the last 30 days, when a conversation that was yours was closed."));
}

/**
 * cfa_rating_group_fill:
 * @session: whose agent
 */
void
cfa_rating_group_fill (CfaRatingGroup *self, CfaSession *session)
{
  GtkWidget *row = cfa_rating_row_new (session, cfa_session_get_agent_id (session));

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_signal_connect_object (row, "answered", G_CALLBACK (on_answered), self, G_CONNECT_SWAPPED);
}
