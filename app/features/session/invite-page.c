/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "invite-page.h"

#include "app/accessible-name.h"
#include "app/features/settings/field.h"
#include "app/features/settings/labels.h"
#include "app/features/settings/strength-row.h"

#include "protocol/invite-link.h"

#include <glib/gi18n.h>

enum
{
  SIGNED_IN,
  BACK,
  N_SIGNALS,
};

struct _CfaInvitePage
{
  GtkBox parent_instance;

  GCancellable *attempt; /* NULL = nothing under way */
  char *server;          /* (nullable): of the invitation that is looked at */
  char *token;
  CfInviteShowResult *shown; /* (nullable): what the server says of it; then the person says who they are */
  CfaField *name;
  CfaField *email;
  CfaField *password;
  GtkWidget *strength;

  AdwPreferencesGroup *link_group;
  GtkEditable *link_row;
  GtkEditable *server_row;
  GtkWidget *invite_box;
  GtkLabel *invite_label;
  GtkLabel *detail_label;
  AdwPreferencesGroup *person_group;
  AdwActionRow *address_row;
  GtkLabel *error_label;
  GtkButton *action_button;
  GtkWidget *busy_box;
  GtkLabel *busy_label;
  GtkWidget *cancel_button;
  GtkWidget *back_button;
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaInvitePage, cfa_invite_page, GTK_TYPE_BOX)

static void
set_error (CfaInvitePage *self, const char *words)
{
  gtk_label_set_label (self->error_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), words != NULL);
}

static gboolean
is_reset (CfaInvitePage *self)
{
  return self->shown != NULL && self->shown->name != NULL;
}

static gboolean
needs_email (CfaInvitePage *self)
{
  return self->shown != NULL && self->shown->email == NULL;
}

static gboolean
is_fine (CfaInvitePage *self)
{
  return self->shown == NULL || ((is_reset (self) || cfa_field_is_fine (self->name)) && (!needs_email (self) || cfa_field_is_fine (self->email))
                                 && cfa_field_is_fine (self->password));
}

static void
show_field (CfaField *field, gboolean shown)
{
  gtk_widget_set_visible (cfa_field_get_row (field), shown);
  if (!shown)
    gtk_widget_set_visible (cfa_field_get_note (field), FALSE);
}

static void
update (CfaInvitePage *self)
{
  g_autofree char *server = NULL, *token = NULL;
  gboolean known = self->shown != NULL, busy = self->attempt != NULL;
  gboolean code = cf_invite_link_read (gtk_editable_get_text (self->link_row), &server, &token) && server == NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->link_group), !known);
  gtk_widget_set_visible (GTK_WIDGET (self->server_row), code);
  gtk_widget_set_visible (self->invite_box, known);
  gtk_widget_set_visible (GTK_WIDGET (self->person_group), known);
  gtk_button_set_label (self->action_button, !known ? _("Continue") : is_reset (self) ? _("Set password") : _("Join"));
  gtk_label_set_label (self->busy_label, known ? _("Signing in…") : _("Asking the server…"));
  gtk_widget_set_visible (GTK_WIDGET (self->action_button), !busy);
  gtk_widget_set_visible (self->busy_box, busy);
  gtk_widget_set_visible (self->back_button, !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->action_button), is_fine (self));
  /* The focus leaves the fields before they can't have it any more. */
  if (busy)
    gtk_widget_grab_focus (self->cancel_button);
  gtk_widget_set_sensitive (GTK_WIDGET (self->link_group), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->person_group), !busy);
}

static const char *
shown_server (CfaInvitePage *self)
{
  return g_str_has_prefix (self->server, "https://") ? self->server + strlen ("https://") : self->server;
}

static void
say_invite (CfaInvitePage *self)
{
  const CfInviteShowResult *shown = self->shown;
  g_autofree char *words = NULL, *detail = NULL;

  if (is_reset (self))
    words = g_strdup_printf (_("Choose a new password, %s"), shown->name);
  else if (shown->invited_by_name != NULL)
    /* Translators: a person, then an organisation */
    words = g_strdup_printf (_("%s invites you to join %s"), shown->invited_by_name, shown->organisation_name);
  else
    words = g_strdup_printf (_("You are invited to join %s"), shown->organisation_name);
  detail = g_strdup_printf ("%s · %s", is_reset (self) ? shown->organisation_name : cfa_label_role (shown->role), shown_server (self));
  gtk_label_set_label (self->invite_label, words);
  gtk_label_set_label (self->detail_label, detail);
  show_field (self->name, !is_reset (self));
  show_field (self->email, needs_email (self));
  gtk_widget_set_visible (GTK_WIDGET (self->address_row), shown->email != NULL);
  adw_action_row_set_subtitle (self->address_row, shown->email != NULL ? shown->email : "");
  cfa_strength_row_set_email (CFA_STRENGTH_ROW (self->strength), shown->email);
}

static void
focus_first (CfaInvitePage *self)
{
  GtkWidget *field = self->shown == NULL ? GTK_WIDGET (self->link_row) : cfa_field_get_row (is_reset (self) ? self->password : self->name);

  gtk_widget_grab_focus (field);
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaInvitePage) self = data;
  g_autoptr (GError) error = NULL;
  CfInviteShowResult *shown = cfa_session_show_invite_finish (result, &error);

  g_clear_object (&self->attempt);
  if (shown != NULL)
    {
      self->shown = shown;
      say_invite (self);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_error (self, error->message);
  update (self);
  focus_first (self);
}

/* What was pasted is looked at: by itself, and then by the server. */
static void
look (CfaInvitePage *self)
{
  g_autofree char *server = NULL, *token = NULL;
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->server_row)));

  set_error (self, NULL);
  if (!cf_invite_link_read (gtk_editable_get_text (self->link_row), &server, &token))
    {
      set_error (self, _("This is no invitation. Paste all of the link, which begins with chatflow://, or all of the code."));
      gtk_widget_grab_focus (GTK_WIDGET (self->link_row));
      return;
    }
  if (server == NULL && *typed == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->server_row));
      return;
    }
  g_free (self->server);
  g_free (self->token);
  self->server = server != NULL ? g_steal_pointer (&server) : g_steal_pointer (&typed);
  self->token = g_steal_pointer (&token);
  self->attempt = g_cancellable_new ();
  update (self);
  cfa_session_show_invite_async (self->server, self->token, self->attempt, on_shown, g_object_ref (self));
}

static void
on_joined (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaInvitePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaSession) session = cfa_session_sign_in_finish (result, &error);

  g_clear_object (&self->attempt);
  if (session != NULL)
    {
      cfa_invite_page_begin (self, NULL);
      g_signal_emit (self, signals[SIGNED_IN], 0, session);
      return;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_error (self, error->message);
  update (self);
  focus_first (self);
}

static void
join (CfaInvitePage *self)
{
  g_autofree char *name = cfa_field_dup_text (self->name), *email = cfa_field_dup_text (self->email), *password = cfa_field_dup_text (self->password);

  set_error (self, NULL);
  self->attempt = g_cancellable_new ();
  update (self);
  cfa_session_join_async (self->server, self->token, is_reset (self) ? NULL : name, needs_email (self) ? email : NULL, password, self->attempt,
                          on_joined, g_object_ref (self));
}

static void
on_activated (CfaInvitePage *self)
{
  if (self->attempt != NULL || !is_fine (self))
    return;
  if (self->shown == NULL)
    look (self);
  else
    join (self);
}

static void
on_cancel_clicked (CfaInvitePage *self)
{
  if (self->attempt != NULL)
    g_cancellable_cancel (self->attempt);
}

static void
on_back_clicked (CfaInvitePage *self)
{
  gboolean known = self->shown != NULL;

  set_error (self, NULL);
  g_clear_pointer (&self->shown, cf_struct_unref);
  update (self);
  if (known)
    focus_first (self);
  else
    g_signal_emit (self, signals[BACK], 0);
}

static gboolean
cfa_invite_page_grab_focus (GtkWidget *widget)
{
  focus_first (CFA_INVITE_PAGE (widget));
  return TRUE;
}

static void
cfa_invite_page_dispose (GObject *object)
{
  CfaInvitePage *self = CFA_INVITE_PAGE (object);

  on_cancel_clicked (self);
  g_clear_object (&self->name);
  g_clear_object (&self->email);
  g_clear_object (&self->password);
  g_clear_pointer (&self->shown, cf_struct_unref);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->token, g_free);
  G_OBJECT_CLASS (cfa_invite_page_parent_class)->dispose (object);
}

static void
cfa_invite_page_class_init (CfaInvitePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_invite_page_dispose;
  widget_class->grab_focus = cfa_invite_page_grab_focus;
  signals[SIGNED_IN] = g_signal_new ("signed-in", CFA_TYPE_INVITE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, CFA_TYPE_SESSION);
  signals[BACK] = g_signal_new ("back", CFA_TYPE_INVITE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/session/invite-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaInvitePage, link_group);
  gtk_widget_class_bind_template_child (widget_class, CfaInvitePage, link_row);
  gtk_widget_class_bind_template_child (widget_class, CfaInvitePage, server_row);
  gtk_widget_class_bind_template_child (widget_class, CfaInvitePage, invite_box);
  gtk_widget_class_bind_template_child (widget_class, CfaInvitePage, invite_label);
  gtk_widget_class_bind_template_child (widget_class, CfaInvitePage, detail_label);
  gtk_widget_class_bind_template_child (widget_class, CfaInvitePage, person_group);
  gtk_widget_class_bind_template_child (widget_class, CfaInvitePage, address_row);
  gtk_widget_class_bind_template_child (widget_class, CfaInvitePage, error_label);
  gtk_widget_class_bind_template_child (widget_class, CfaInvitePage, action_button);
  gtk_widget_class_bind_template_child (widget_class, CfaInvitePage, busy_box);
  gtk_widget_class_bind_template_child (widget_class, CfaInvitePage, busy_label);
  gtk_widget_class_bind_template_child (widget_class, CfaInvitePage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CfaInvitePage, back_button);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static CfaField *
add_field (CfaInvitePage *self, GType type, const char *title, CfaRule rule)
{
  CfaField *field = cfa_field_new (g_object_new (type, "title", title, NULL), rule, FALSE);

  adw_preferences_group_add (self->person_group, cfa_field_get_row (field));
  adw_preferences_group_add (self->person_group, cfa_field_get_note (field));
  g_signal_connect_object (field, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cfa_field_get_row (field), "entry-activated", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
  return field;
}

static void
cfa_invite_page_init (CfaInvitePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->name = add_field (self, ADW_TYPE_ENTRY_ROW, _("Name that visitors see"), cfa_rule_name);
  self->email = add_field (self, ADW_TYPE_ENTRY_ROW, _("Email"), cfa_rule_email);
  self->password = add_field (self, ADW_TYPE_PASSWORD_ENTRY_ROW, _("New password"), cfa_rule_password);
  self->strength = cfa_strength_row_new (self->password);
  adw_preferences_group_add (self->person_group, self->strength);
  cfa_accessible_name_inside (GTK_WIDGET (self->link_group), GTK_TYPE_LIST_BOX, _("Invitation"));
  cfa_accessible_name_inside (GTK_WIDGET (self->person_group), GTK_TYPE_LIST_BOX, _("You"));
  cfa_accessible_name_inside (cfa_field_get_row (self->password), GTK_TYPE_BUTTON, _("Show password"));
  update (self);
}

/**
 * cfa_invite_page_begin:
 * @server: (nullable): where the person would have signed in; it is offered to who has the code alone
 *
 * Begins anew, with nothing filled in.
 */
void
cfa_invite_page_begin (CfaInvitePage *self, const char *server)
{
  on_cancel_clicked (self);
  set_error (self, NULL);
  g_clear_pointer (&self->shown, cf_struct_unref);
  gtk_editable_set_text (self->link_row, "");
  gtk_editable_set_text (self->server_row, server != NULL ? server : "");
  cfa_field_reset (self->name);
  cfa_field_reset (self->email);
  cfa_field_reset (self->password);
  update (self);
}

/**
 * cfa_invite_page_open:
 * @link: what the program was opened with
 *
 * As if the person had pasted it and gone on.
 */
void
cfa_invite_page_open (CfaInvitePage *self, const char *link)
{
  cfa_invite_page_begin (self, NULL);
  gtk_editable_set_text (self->link_row, link);
  /* One that is being asked about ends first, and says so later. */
  if (self->attempt == NULL)
    look (self);
}

/**
 * cfa_invite_page_is_begun:
 * Returns: whether the person has an invitation open, or is waiting for what the server says of it.
 */
gboolean
cfa_invite_page_is_begun (CfaInvitePage *self)
{
  return self->attempt != NULL || self->shown != NULL;
}
