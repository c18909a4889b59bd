/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rating-line.h"

#include "app/features/visitors/visitor-words.h"

#include <glib/gi18n.h>

struct _CfaRatingLine
{
  GtkBox parent_instance;

  GtkLabel *stars;
  GtkLabel *comment;
};

G_DEFINE_FINAL_TYPE (CfaRatingLine, cfa_rating_line, GTK_TYPE_BOX)

static void
cfa_rating_line_class_init (CfaRatingLineClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
cfa_rating_line_init (CfaRatingLine *self)
{
  self->stars = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->stars), "stars");
  gtk_widget_set_valign (GTK_WIDGET (self->stars), GTK_ALIGN_BASELINE);
  self->comment = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->comment, TRUE);
  gtk_label_set_wrap_mode (self->comment, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->comment, 0);
  gtk_label_set_lines (self->comment, 3);
  gtk_label_set_ellipsize (self->comment, PANGO_ELLIPSIZE_END);
  gtk_widget_set_valign (GTK_WIDGET (self->comment), GTK_ALIGN_BASELINE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->comment), TRUE);
  gtk_box_set_spacing (GTK_BOX (self), 9);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->stars));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->comment));
  gtk_widget_add_css_class (GTK_WIDGET (self), "strip-bar");
  gtk_widget_add_css_class (GTK_WIDGET (self), "rating");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
cfa_rating_line_new (void)
{
  return g_object_new (CFA_TYPE_RATING_LINE, NULL);
}

/* What is drawn, and what is read aloud. */
static void
describe (CfaConversation *conversation, char **shown, char **said)
{
  const CfSurveyAnswer *survey = cfa_conversation_get_survey (conversation);
  CfSurveyKind kind = survey != NULL ? survey->kind : CF_SURVEY_STARS;
  int rating = cfa_conversation_get_rating (conversation);

  switch (kind)
    {
    case CF_SURVEY_THUMBS:
      *shown = g_strdup (survey->score > 0 ? "👍" : "👎");
      *said = g_strdup (survey->score > 0 ? _("Rated good") : _("Rated bad"));
      break;
    case CF_SURVEY_SCALE:
      /* Translators: how a visitor has rated a conversation, from 0 to 10 */
      *shown = g_strdup_printf (_("%d of 10"), (int) survey->score);
      *said = g_strdup_printf (_("Rated %d of 10"), (int) survey->score);
      break;
    case CF_SURVEY_STARS:
      *shown = cfa_visitor_rating (rating);
      *said = g_strdup_printf (_("Rated %d of 5"), rating);
      break;
    }
}

/**
 * cfa_rating_line_update:
 * @conversation: whose rating
 */
void
cfa_rating_line_update (CfaRatingLine *self, CfaConversation *conversation)
{
  int rating = cfa_conversation_get_rating (conversation);
  const char *comment = cfa_conversation_get_rating_comment (conversation);
  g_autofree char *shown = NULL, *said = NULL;
  g_autofree char *quoted = comment != NULL && *comment != '\0' ? g_strdup_printf (_("“%s”"), comment) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), rating > 0);
  if (rating == 0)
    return;
  describe (conversation, &shown, &said);
  gtk_label_set_label (self->stars, shown);
  gtk_label_set_label (self->comment, quoted != NULL ? quoted : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->comment), comment);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->stars), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}
