/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-row.h"

#include "app/features/conversations/time-text.h"
#include "app/features/session/face.h"
#include "protocol/id.h"

#include <adwaita.h>

#define PICTURE_SIZE 28
/* On a narrow screen the site makes room for the name, not the name for the site. */
#define TITLE_CHARS 14
#define ASIDE_CHARS 22

struct _CfaSearchRow
{
  GtkListBoxRow parent_instance;
  CfaSearchHit *hit;
};

G_DEFINE_FINAL_TYPE (CfaSearchRow, cfa_search_row, GTK_TYPE_LIST_BOX_ROW)

static void
cfa_search_row_finalize (GObject *object)
{
  g_clear_object (&CFA_SEARCH_ROW (object)->hit);
  G_OBJECT_CLASS (cfa_search_row_parent_class)->finalize (object);
}

static void
cfa_search_row_class_init (CfaSearchRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_search_row_finalize;
}

static void
cfa_search_row_init (CfaSearchRow *self)
{
}

static const char *
icon_of (CfaHitKind kind)
{
  switch (kind)
    {
    case CFA_HIT_FILTER: return "system-search-symbolic";
    case CFA_HIT_RECENT: return "document-open-recent-symbolic";
    case CFA_HIT_COMMAND: return "go-next-symbolic";
    case CFA_HIT_CONVERSATION:
    case CFA_HIT_VISITOR:
    case CFA_HIT_MESSAGE:
    case CFA_HIT_TEAM_MESSAGE: break;
    case CFA_HIT_CHANNEL: return "system-users-symbolic";
    }
  return NULL;
}

static GtkWidget *
new_picture (const CfaSearchHit *hit, CfaSession *session)
{
  GtkWidget *picture;

  if (hit->agent_id != NULL)
    {
      picture = adw_avatar_new (PICTURE_SIZE, cfa_directory_get_name (cfa_session_get_directory (session), hit->agent_id), TRUE);
      cfa_face_follow (ADW_AVATAR (picture), session, hit->agent_id);
    }
  else if (icon_of (hit->kind) == NULL)
    picture = adw_avatar_new (PICTURE_SIZE, hit->title, TRUE);
  else
    {
      picture = gtk_image_new_from_icon_name (icon_of (hit->kind));
      gtk_widget_set_size_request (picture, PICTURE_SIZE, -1);
      gtk_widget_add_css_class (picture, "dim-label");
    }
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  return picture;
}

static GtkWidget *
new_label (const char *text, GPtrArray *marks, const char *css_class)
{
  g_autofree char *markup = cfa_search_hit_dup_markup (text, marks);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* What stands small at the end of the first line. */
static GtkWidget *
new_aside (const char *text, gboolean shrinks)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  if (shrinks)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), ASIDE_CHARS);
    }
  return label;
}

static void
say (CfaSearchRow *self, const char *when)
{
  const CfaSearchHit *hit = self->hit;
  g_autoptr (GString) words = g_string_new (hit->title);
  const char *const others[] = { hit->text, hit->meta, when };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i] != NULL && *others[i] != '\0')
      g_string_append_printf (words, ", %s", others[i]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words->str, -1);
}

/**
 * cfa_search_row_new:
 * @hit: what it shows
 * @session: whose team it is
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
cfa_search_row_new (CfaSearchHit *hit, CfaSession *session)
{
  CfaSearchRow *self = g_object_new (CFA_TYPE_SEARCH_ROW, NULL);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9), *title = new_label (hit->title, hit->title_marks, "title");
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *when = hit->time > 0 ? cfa_time_short (hit->time, cf_now (), zone) : NULL;

  self->hit = g_object_ref (hit);
  gtk_label_set_width_chars (GTK_LABEL (title), TITLE_CHARS);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (first), title);
  if (hit->meta != NULL)
    gtk_box_append (GTK_BOX (first), new_aside (hit->meta, TRUE));
  if (when != NULL)
    gtk_box_append (GTK_BOX (first), new_aside (when, FALSE));
  gtk_box_append (GTK_BOX (lines), first);
  if (hit->text != NULL && *hit->text != '\0')
    gtk_box_append (GTK_BOX (lines), new_label (hit->text, hit->text_marks, "text"));
  gtk_box_append (GTK_BOX (row), new_picture (hit, session));
  gtk_box_append (GTK_BOX (row), lines);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), row);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE); /* the box above keeps the focus; the arrow keys choose */
  say (self, when);
  return GTK_WIDGET (self);
}

CfaSearchHit *
cfa_search_row_get_hit (CfaSearchRow *self)
{
  return self->hit;
}
