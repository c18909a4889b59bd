/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mention-popover.h"

#include "app/features/session/face.h"

#include "protocol/records/agent.h"

#include <glib/gi18n.h>
#include <string.h>

#define SHOWN_MAX 6
#define FACE_SIZE 24

struct _CfaMentionPopover
{
  GtkPopover parent_instance;

  CfaComposer *composer; /* borrowed: the parent's */
  CfaSession *session; /* (nullable) */
  GtkListBox *list;
  gboolean always;  /* in texts too, not in notes alone */
  char **members;   /* (nullable): ids of those who read it; NULL: the whole team */
  char *self_id;    /* (nullable): who writes; there is no calling oneself */
  gboolean placing; /* the text changes by our own hand */
};

G_DEFINE_FINAL_TYPE (CfaMentionPopover, cfa_mention_popover, GTK_TYPE_POPOVER)

/* The "@" before the cursor with what follows it, if it begins a word. */
static char *
dup_begun (CfaMentionPopover *self, GtkTextIter *start, GtkTextIter *end)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (cfa_composer_get_view (self->composer));

  gtk_text_buffer_get_iter_at_mark (buffer, end, gtk_text_buffer_get_insert (buffer));
  *start = *end;
  while (gtk_text_iter_backward_char (start) && gtk_text_iter_get_char (start) != '@')
    if (gtk_text_iter_get_char (start) == '\n' || gtk_text_iter_get_offset (end) - gtk_text_iter_get_offset (start) > 40)
      return NULL;
  if (gtk_text_iter_get_char (start) != '@')
    return NULL;
  if (!gtk_text_iter_is_start (start))
    {
      GtkTextIter before = *start;

      gtk_text_iter_backward_char (&before);
      if (!g_unichar_isspace (gtk_text_iter_get_char (&before)))
        return NULL;
    }
  return gtk_text_buffer_get_text (buffer, start, end, FALSE);
}

static gboolean
begins_with (const char *name, const char *begun)
{
  g_autofree char *whole = g_utf8_casefold (name, -1);
  g_autofree char *part = g_utf8_casefold (begun, -1);

  return g_str_has_prefix (whole, part);
}

static void
add_agent (CfaMentionPopover *self, const CfAgent *agent)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9), *label = gtk_label_new (agent->name);
  GtkWidget *face = adw_avatar_new (FACE_SIZE, agent->name, TRUE);

  cfa_face_follow (ADW_AVATAR (face), self->session, agent->parent.id);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), face);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (agent->name), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, agent->name, -1);
  gtk_list_box_append (self->list, row);
}

static gboolean
can_be_called (CfaMentionPopover *self, const char *id)
{
  return g_strcmp0 (id, self->self_id) != 0 && (self->members == NULL || g_strv_contains ((const char *const *) self->members, id));
}

static guint
fill (CfaMentionPopover *self, const char *begun)
{
  g_autoptr (GPtrArray) agents = cfa_directory_list (cfa_session_get_directory (self->session), &cf_agent_shape);
  GtkListBoxRow *row;
  guint n = 0;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < agents->len && n < SHOWN_MAX; i++)
    {
      const CfAgent *agent = agents->pdata[i];

      if (agent->disabled || agent->name == NULL || !can_be_called (self, agent->parent.id) || !begins_with (agent->name, begun) || strcmp (agent->name, begun) == 0)
        continue;
      add_agent (self, agent);
      n++;
    }
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  return n;
}

static void
on_changed (CfaMentionPopover *self)
{
  GtkTextView *view = cfa_composer_get_view (self->composer);
  GtkTextIter start, end;
  g_autofree char *begun = NULL;
  GdkRectangle spot;

  if (self->placing || self->session == NULL || (!self->always && !cfa_composer_get_note (self->composer))
      || (begun = dup_begun (self, &start, &end)) == NULL || fill (self, begun + 1) == 0)
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      return;
    }
  gtk_text_view_get_iter_location (view, &start, &spot);
  gtk_text_view_buffer_to_window_coords (view, GTK_TEXT_WINDOW_WIDGET, spot.x, spot.y, &spot.x, &spot.y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &spot);
  if (gtk_widget_get_mapped (GTK_WIDGET (view)))
    gtk_popover_popup (GTK_POPOVER (self));
}

static void
take (CfaMentionPopover *self, GtkListBoxRow *row)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (cfa_composer_get_view (self->composer));
  g_autofree char *words = g_strdup_printf ("@%s ", (const char *) g_object_get_data (G_OBJECT (row), "name"));
  GtkTextIter start, end;
  g_autofree char *begun = dup_begun (self, &start, &end);

  gtk_popover_popdown (GTK_POPOVER (self));
  if (begun == NULL)
    return;
  self->placing = TRUE;
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, words, -1);
  gtk_text_buffer_end_user_action (buffer);
  self->placing = FALSE;
}

static gboolean
step (CfaMentionPopover *self, int by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (self->list, row != NULL ? gtk_list_box_row_get_index (row) + by : 0);

  if (next != NULL)
    gtk_list_box_select_row (self->list, next);
  return GDK_EVENT_STOP;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers, CfaMentionPopover *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Up:
      return step (self, -1);
    case GDK_KEY_Down:
      return step (self, 1);
    case GDK_KEY_Escape:
      gtk_popover_popdown (GTK_POPOVER (self));
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_Tab:
      if (row != NULL)
        take (self, row);
      return row != NULL ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
cfa_mention_popover_dispose (GObject *object)
{
  g_clear_object (&CFA_MENTION_POPOVER (object)->session);
  G_OBJECT_CLASS (cfa_mention_popover_parent_class)->dispose (object);
}

static void
cfa_mention_popover_finalize (GObject *object)
{
  g_strfreev (CFA_MENTION_POPOVER (object)->members);
  g_free (CFA_MENTION_POPOVER (object)->self_id);
  G_OBJECT_CLASS (cfa_mention_popover_parent_class)->finalize (object);
}

static void
cfa_mention_popover_class_init (CfaMentionPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_mention_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_mention_popover_finalize;
}

static void
cfa_mention_popover_init (CfaMentionPopover *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "choices");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Colleagues"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (take), self);
  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->list));
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_TOP);
}

/**
 * cfa_mention_popover_new:
 * @composer: whose note is completed; the popover's parent
 *
 * Returns: (transfer none): the popover, which goes with the composer's field
 */
CfaMentionPopover *
cfa_mention_popover_new (CfaComposer *composer)
{
  CfaMentionPopover *self = g_object_new (CFA_TYPE_MENTION_POPOVER, NULL);
  GtkWidget *view = GTK_WIDGET (cfa_composer_get_view (composer));
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->composer = composer;
  gtk_widget_set_parent (GTK_WIDGET (self), view);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, 0);
  gtk_widget_add_controller (view, keys);
  return self;
}

/**
 * cfa_mention_popover_set_session:
 * @session: (nullable): whose team it is
 */
void
cfa_mention_popover_set_session (CfaMentionPopover *self, CfaSession *session)
{
  g_set_object (&self->session, session);
}

/**
 * cfa_mention_popover_set_members:
 * @members: (nullable): ids of those who read what is written; NULL: the whole team
 * @self_id: (nullable): who writes
 *
 * Nobody else is offered.
 */
void
cfa_mention_popover_set_members (CfaMentionPopover *self, const char *const *members, const char *self_id)
{
  char **before = self->members;

  self->members = g_strdupv ((char **) members);
  g_strfreev (before);
  g_free (self->self_id);
  self->self_id = g_strdup (self_id);
}

/**
 * cfa_mention_popover_set_always:
 * Where whatever is written can call somebody.
 */
void
cfa_mention_popover_set_always (CfaMentionPopover *self)
{
  self->always = TRUE;
}

/**
 * cfa_mentions_in:
 * @text: of a note
 *
 * Returns: (transfer full): ids of the agents whose names stand in it after an "@".
 */
char **
cfa_mentions_in (const char *text, CfaDirectory *directory)
{
  g_autoptr (GPtrArray) agents = cfa_directory_list (directory, &cf_agent_shape);
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < agents->len; i++)
    {
      const CfAgent *agent = agents->pdata[i];
      g_autofree char *called = g_strconcat ("@", agent->name, NULL);

      if (!agent->disabled && agent->name != NULL && strstr (text, called) != NULL)
        g_ptr_array_add (ids, g_strdup (agent->parent.id));
    }
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (ids, FALSE);
}
