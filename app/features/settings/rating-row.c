/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rating-row.h"

#include "protocol/methods/rating-params.h"

#include <glib/gi18n.h>

struct _CfaRatingRow
{
  AdwActionRow parent_instance;

  CfaSession *session;
  char *agent_id;
  gboolean asking;
  gboolean known; /* an answer has come since it was shown */
};

G_DEFINE_FINAL_TYPE (CfaRatingRow, cfa_rating_row, ADW_TYPE_ACTION_ROW)

static guint answered_signal;

static char *
words_of (const CfRatingSummaryResult *summary)
{
  g_autofree char *average = NULL, *count = NULL, *good = NULL;

  if (summary->ratings == 0)
    return g_strdup (_("Nobody has rated a conversation in the last 30 days"));
  /* Translators: stars, such as 4.6 */
  average = g_strdup_printf (_("%.1f of 5 on average"), (double) summary->stars / summary->ratings);
  count = g_strdup_printf (ngettext ("%u rating", "%u ratings", (gulong) summary->ratings), (guint) summary->ratings);
  /* Translators: a share of all ratings */
  good = g_strdup_printf (_("%u%% with 4 or 5 stars"), (guint) ((summary->good * 100 + summary->ratings / 2) / summary->ratings));
  return g_strdup_printf ("%s · %s · %s", average, count, good);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaRatingRow) self = data;
  g_autoptr (CfRatingSummaryResult) summary = cfa_session_call_finish (CFA_SESSION (source), result, NULL);
  g_autofree char *words = NULL;

  self->asking = FALSE;
  if (summary == NULL)
    return;
  self->known = TRUE;
  words = words_of (summary);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);
  g_signal_emit (self, answered_signal, 0, summary);
}

/* What could not be asked is asked when there is a connection again. */
static void
ask (CfaRatingRow *self)
{
  g_autoptr (CfRatingSummaryParams) params = NULL;

  if (self->asking || self->known || !gtk_widget_get_mapped (GTK_WIDGET (self)) || cfa_session_get_link (self->session) != CFA_LINK_LIVE)
    return;
  self->asking = TRUE;
  params = cf_struct_new (&cf_rating_summary_params_shape);
  params->agent_id = g_strdup (self->agent_id);
  cfa_session_call_async (self->session, "rating.summary", params, &cf_rating_summary_result_shape, NULL, on_answered, g_object_ref (self));
}

static void
cfa_rating_row_map (GtkWidget *widget)
{
  CfaRatingRow *self = CFA_RATING_ROW (widget);

  GTK_WIDGET_CLASS (cfa_rating_row_parent_class)->map (widget);
  self->known = FALSE;
  ask (self);
}

static void
cfa_rating_row_dispose (GObject *object)
{
  CfaRatingRow *self = CFA_RATING_ROW (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->agent_id, g_free);
  G_OBJECT_CLASS (cfa_rating_row_parent_class)->dispose (object);
}

static void
cfa_rating_row_class_init (CfaRatingRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_rating_row_dispose;
  GTK_WIDGET_CLASS (klass)->map = cfa_rating_row_map;
  answered_signal = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cfa_rating_row_init (CfaRatingRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Ratings by visitors"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), _("They are shown when ChatFlow has reached the server"));
}

/**
 * cfa_rating_row_new:
 * @agent_id: whose ratings
 *
 * Returns: (transfer floating): the row.
 */
GtkWidget *
cfa_rating_row_new (CfaSession *session, const char *agent_id)
{
  CfaRatingRow *self = g_object_new (CFA_TYPE_RATING_ROW, NULL);

  self->session = g_object_ref (session);
  self->agent_id = g_strdup (agent_id);
  g_signal_connect_object (session, "notify::link", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
