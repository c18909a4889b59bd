/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-head.h"

#include "app/features/settings/change.h"
#include "visitor-words.h"

#include "protocol/id.h"
#include "protocol/methods/visitor-params.h"

#include <glib/gi18n.h>

/* How often the clock is looked at. */
#define TICK_SECONDS 15

struct _CfaVisitorHead
{
  GtkBox parent_instance;

  CfaSession *session; /* (nullable) */
  CfaVisitor *visitor; /* (nullable) */
  guint tick;
  GtkWidget *state_button;
  GtkWidget *state_label;
  GtkWidget *check;
  GtkWidget *help;
  GtkWidget *verify_button;
  GtkWidget *clock;
};

G_DEFINE_FINAL_TYPE (CfaVisitorHead, cfa_visitor_head, GTK_TYPE_BOX)

static void
show_clock (CfaVisitorHead *self)
{
  const CfVisitor *record = self->visitor != NULL ? cfa_visitor_get (self->visitor) : NULL;
  g_autofree char *words = record != NULL ? cfa_visitor_local_time (record, cf_now ()) : NULL;

  gtk_label_set_label (GTK_LABEL (self->clock), words != NULL ? words : "");
  gtk_widget_set_visible (self->clock, words != NULL);
}

static gboolean
on_tick (gpointer data)
{
  show_clock (data);
  return G_SOURCE_CONTINUE;
}

static void
update (CfaVisitorHead *self)
{
  const CfVisitor *record = cfa_visitor_get (self->visitor);
  CfVisitorState state = record != NULL ? cf_visitor_get_state (record) : CF_VISITOR_ANONYMOUS;
  g_autofree char *said = g_strdup_printf (_("How well the visitor is known: %s"), cfa_visitor_state_name (state));

  gtk_widget_set_visible (self->state_button, record != NULL);
  gtk_label_set_label (GTK_LABEL (self->state_label), cfa_visitor_state_name (state));
  gtk_widget_set_visible (self->check, state == CF_VISITOR_VERIFIED);
  gtk_label_set_label (GTK_LABEL (self->help), cfa_visitor_state_help (state));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->state_button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
  gtk_widget_set_visible (self->verify_button, state >= CF_VISITOR_IDENTIFIED && cfa_session_get_role (self->session) >= CF_ROLE_SUPERVISOR);
  gtk_widget_set_sensitive (self->verify_button, cfa_change_allowed (self->session, CF_ROLE_SUPERVISOR));
  gtk_button_set_label (GTK_BUTTON (self->verify_button), state == CF_VISITOR_VERIFIED ? _("No longer verified") : _("Mark as verified"));
  show_clock (self);
}

static CfVisitorVerifyParams *
params_of (CfaVisitorHead *self, gboolean verified)
{
  CfVisitorVerifyParams *params = cf_struct_new (&cf_visitor_verify_params_shape);

  params->id = g_strdup (cfa_visitor_get_id (self->visitor));
  params->verified = verified;
  cf_struct_give (params, "verified");
  return params;
}

static void
on_verify (CfaVisitorHead *self)
{
  const CfVisitor *record = cfa_visitor_get (self->visitor);
  gboolean verified = record->verified_at == 0;
  CfaChange change = {
    .method = "visitor.verify", .params = params_of (self, verified), .undo_method = "visitor.verify", .undo_params = params_of (self, !verified),
    .done = g_strdup (verified ? _("The email address is verified now") : _("The email address is no longer verified")),
  };

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->state_button));
  cfa_change_run (GTK_WIDGET (self), self->session, &change);
}

static void
cfa_visitor_head_dispose (GObject *object)
{
  cfa_visitor_head_set (CFA_VISITOR_HEAD (object), NULL, NULL);
  G_OBJECT_CLASS (cfa_visitor_head_parent_class)->dispose (object);
}

static void
cfa_visitor_head_class_init (CfaVisitorHeadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_visitor_head_dispose;
}

static void
make_state (CfaVisitorHead *self)
{
  GtkWidget *face = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4), *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *popover = gtk_popover_new ();

  self->state_label = gtk_label_new (NULL);
  self->check = gtk_image_new_from_icon_name ("object-select-symbolic");
  gtk_box_append (GTK_BOX (face), self->check);
  gtk_box_append (GTK_BOX (face), self->state_label);
  self->help = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->help), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->help), 30);
  gtk_label_set_xalign (GTK_LABEL (self->help), 0);
  self->verify_button = gtk_button_new ();
  gtk_box_append (GTK_BOX (inside), self->help);
  gtk_box_append (GTK_BOX (inside), self->verify_button);
  gtk_popover_set_child (GTK_POPOVER (popover), inside);
  self->state_button = gtk_menu_button_new ();
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->state_button), face);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->state_button), popover);
  gtk_widget_set_halign (self->state_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->state_button, "flat");
  gtk_widget_add_css_class (self->state_button, "visitor-state");
  g_signal_connect_object (self->verify_button, "clicked", G_CALLBACK (on_verify), self, G_CONNECT_SWAPPED);
}

static void
cfa_visitor_head_init (CfaVisitorHead *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  make_state (self);
  self->clock = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->clock, "dim-label");
  gtk_widget_add_css_class (self->clock, "numeric");
  gtk_label_set_wrap (GTK_LABEL (self->clock), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->clock), GTK_JUSTIFY_CENTER);
  gtk_box_append (GTK_BOX (self), self->state_button);
  gtk_box_append (GTK_BOX (self), self->clock);
}

GtkWidget *
cfa_visitor_head_new (void)
{
  return g_object_new (CFA_TYPE_VISITOR_HEAD, NULL);
}

/**
 * cfa_visitor_head_set:
 * @visitor: (nullable): whom it shows, and follows
 */
void
cfa_visitor_head_set (CfaVisitorHead *self, CfaSession *session, CfaVisitor *visitor)
{
  if (self->visitor == visitor)
    return;
  if (self->visitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->visitor, self);
      g_signal_handlers_disconnect_by_data (self->session, self);
    }
  g_clear_handle_id (&self->tick, g_source_remove);
  g_set_object (&self->session, session);
  g_set_object (&self->visitor, visitor);
  if (visitor == NULL)
    return;
  g_signal_connect_swapped (visitor, "changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (session, "notify::link", G_CALLBACK (update), self);
  self->tick = g_timeout_add_seconds (TICK_SECONDS, on_tick, self);
  update (self);
}
