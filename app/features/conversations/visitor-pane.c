/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-pane.h"

#include "app/features/visitors/visitor-alike.h"
#include "app/features/visitors/visitor-attributes.h"
#include "app/features/visitors/visitor-fields.h"
#include "app/features/visitors/visitor-head.h"
#include "app/features/visitors/visitor-menu.h"
#include "app/features/visitors/visitor-note.h"
#include "app/features/visitors/visitor-past.h"
#include "app/features/visitors/visitor-tags.h"
#include "protocol/id.h"
#include "time-text.h"
#include "visitor-answers.h"

#include <adwaita.h>
#include <glib/gi18n.h>

enum
{
  PROP_0,
  PROP_FOLDED,
  N_PROPS,
};

typedef enum
{
  FACT_SITE,
  FACT_ASSIGNEE,
  FACT_BEGAN,
  FACT_LAST,
  FACT_UNREAD,
  N_FACTS,
} Fact;

struct _CfaVisitorPane
{
  GtkBox parent_instance;

  CfaConversation *conversation;
  CfaVisitor *visitor; /* (nullable) */
  gboolean folded;
  GtkWidget *fact_boxes[N_FACTS];
  GtkLabel *fact_labels[N_FACTS];

  AdwHeaderBar *header;
  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *presence_label;
  GtkBox *facts;
  GtkWidget *content;
  CfaVisitorHead *head;
  CfaVisitorMenu *menu;
  CfaVisitorAnswers *answers;
  CfaVisitorFields *fields;
  CfaVisitorTags *tags;
  CfaVisitorAttributes *attributes;
  CfaVisitorNote *note;
  CfaVisitorAlike *alike;
  CfaVisitorPast *past;
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CfaVisitorPane, cfa_visitor_pane, GTK_TYPE_BOX)

static const char *const fact_names[] = {
  [FACT_SITE] = N_("Site"),
  [FACT_ASSIGNEE] = N_("Assigned to"),
  [FACT_BEGAN] = N_("Conversation began"),
  [FACT_LAST] = N_("Last message"),
  [FACT_UNREAD] = N_("Unread messages"),
};

static void
set_fact (CfaVisitorPane *self, Fact fact, const char *words)
{
  gtk_label_set_label (self->fact_labels[fact], words != NULL ? words : "");
  gtk_widget_set_visible (self->fact_boxes[fact], words != NULL && *words != '\0');
}

/* "Today, 14:30" */
static char *
moment (gint64 at)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *day = cfa_time_day (at, cf_now (), zone);
  g_autofree char *clock = cfa_time_clock (at, zone);

  return g_strdup_printf (C_("day, time", "%s, %s"), day, clock);
}

static void
update (CfaVisitorPane *self)
{
  CfaConversation *conversation = self->conversation;
  guint unread = cfa_conversation_get_unread (conversation);
  gint64 last = cfa_conversation_get_last_message_at (conversation);
  g_autofree char *began = moment (cfa_conversation_get_created_at (conversation));
  g_autofree char *ended = last != 0 ? moment (last) : NULL;
  g_autofree char *count = unread > 0 ? g_strdup_printf ("%u", unread) : NULL;

  adw_avatar_set_text (self->avatar, cfa_conversation_get_title (conversation));
  gtk_label_set_label (self->name_label, cfa_conversation_get_title (conversation));
  gtk_label_set_label (self->presence_label, cfa_conversation_get_online (conversation) ? _("Online now") : _("Offline"));
  set_fact (self, FACT_SITE, cfa_conversation_get_site_name (conversation));
  set_fact (self, FACT_ASSIGNEE, cfa_conversation_get_assignee_name (conversation) != NULL
                                 ? cfa_conversation_get_assignee_name (conversation) : _("Nobody"));
  set_fact (self, FACT_BEGAN, began);
  set_fact (self, FACT_LAST, ended);
  set_fact (self, FACT_UNREAD, count);
  cfa_visitor_answers_set (self->answers, conversation);
}

static void
add_fact (CfaVisitorPane *self, Fact fact)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *name = gtk_label_new (_(fact_names[fact]));
  GtkWidget *value = gtk_label_new (NULL);
  g_autoptr (PangoAttrList) plain = pango_attr_list_new ();

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_widget_add_css_class (name, "caption");
  gtk_widget_add_css_class (name, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (value), 12); /* asked how narrow it can be, it breaks no more often */
  pango_attr_list_insert (plain, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (value), plain);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, name, NULL, -1);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), value);
  gtk_box_append (self->facts, box);
  self->fact_boxes[fact] = box;
  self->fact_labels[fact] = GTK_LABEL (value);
}

/* Each group follows the visitor by itself. */
static void
show_visitor (CfaVisitorPane *self, CfaSession *session)
{
  cfa_visitor_head_set (self->head, session, self->visitor);
  cfa_visitor_menu_set (self->menu, session, self->visitor);
  cfa_visitor_fields_set (self->fields, session, self->visitor);
  cfa_visitor_tags_set (self->tags, session, self->visitor);
  cfa_visitor_attributes_set (self->attributes, session, self->visitor);
  cfa_visitor_note_set (self->note, session, self->visitor);
  cfa_visitor_alike_set (self->alike, session, self->visitor);
  cfa_visitor_past_set (self->past, session, self->visitor, self->conversation != NULL ? cfa_conversation_get_id (self->conversation) : NULL);
}

static void
cfa_visitor_pane_dispose (GObject *object)
{
  CfaVisitorPane *self = CFA_VISITOR_PANE (object);

  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_clear_object (&self->conversation);
  g_clear_object (&self->visitor);
  G_OBJECT_CLASS (cfa_visitor_pane_parent_class)->dispose (object);
}

static void
cfa_visitor_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FOLDED)
    g_value_set_boolean (value, CFA_VISITOR_PANE (object)->folded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cfa_visitor_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FOLDED)
    CFA_VISITOR_PANE (object)->folded = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cfa_visitor_pane_class_init (CfaVisitorPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_VISITOR_ALIKE);
  g_type_ensure (CFA_TYPE_VISITOR_ANSWERS);
  g_type_ensure (CFA_TYPE_VISITOR_ATTRIBUTES);
  g_type_ensure (CFA_TYPE_VISITOR_FIELDS);
  g_type_ensure (CFA_TYPE_VISITOR_HEAD);
  g_type_ensure (CFA_TYPE_VISITOR_MENU);
  g_type_ensure (CFA_TYPE_VISITOR_NOTE);
  g_type_ensure (CFA_TYPE_VISITOR_PAST);
  g_type_ensure (CFA_TYPE_VISITOR_TAGS);
  object_class->dispose = cfa_visitor_pane_dispose;
  object_class->get_property = cfa_visitor_pane_get_property;
  object_class->set_property = cfa_visitor_pane_set_property;
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/conversations/visitor-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorPane, header);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorPane, avatar);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorPane, name_label);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorPane, presence_label);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorPane, facts);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorPane, content);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorPane, head);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorPane, menu);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorPane, answers);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorPane, fields);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorPane, tags);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorPane, attributes);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorPane, note);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorPane, alike);
  gtk_widget_class_bind_template_child (widget_class, CfaVisitorPane, past);
}

static void
cfa_visitor_pane_init (CfaVisitorPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (Fact fact = 0; fact < N_FACTS; fact++)
    add_fact (self, fact);
  gtk_widget_set_visible (self->content, FALSE);
}

/**
 * cfa_visitor_pane_set_conversation:
 * @self: a pane
 * @session: (nullable): where the conversation comes from
 * @conversation: (nullable): whose visitor it shows, and follows, from now on
 */
void
cfa_visitor_pane_set_conversation (CfaVisitorPane *self, CfaSession *session, CfaConversation *conversation)
{
  if (self->conversation != NULL)
    g_signal_handlers_disconnect_by_data (self->conversation, self);
  g_set_object (&self->conversation, conversation);
  g_clear_object (&self->visitor);
  self->visitor = conversation != NULL ? cfa_session_open_visitor (session, conversation) : NULL;
  show_visitor (self, session);
  gtk_widget_set_visible (self->content, conversation != NULL);
  if (conversation == NULL)
    return;
  g_signal_connect_swapped (conversation, "notify", G_CALLBACK (update), self);
  update (self);
}

/**
 * cfa_visitor_pane_set_title_buttons:
 * @self: a pane
 * @start: whether the header shows the window's buttons at its beginning
 * @end: the same at its end
 */
void
cfa_visitor_pane_set_title_buttons (CfaVisitorPane *self, gboolean start, gboolean end)
{
  adw_header_bar_set_show_start_title_buttons (self->header, start);
  adw_header_bar_set_show_end_title_buttons (self->header, end);
}

/**
 * cfa_visitor_pane_submit:
 * Keeps what is being typed in the pane, as its Enter or leaving it would.
 *
 * Returns: whether something is being typed there.
 */
gboolean
cfa_visitor_pane_submit (CfaVisitorPane *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) || !(GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus)))
    return FALSE;
  if (GTK_IS_TEXT (focus))
    gtk_widget_activate (focus);
  else
    cfa_visitor_note_save (self->note);
  return TRUE;
}
