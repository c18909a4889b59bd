/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign-in-page.h"

#include "app/accessible-name.h"
#include "app/language.h"
#include "invite-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

enum
{
  SIGNED_IN,
  UNLOCK,
  N_SIGNALS,
};

struct _CfaSignInPage
{
  GtkBox parent_instance;

  GCancellable *attempt; /* NULL = nothing under way */

  GtkStack *stack;
  GtkLabel *heading;
  GtkWidget *form;
  GtkEditable *server_row;
  GtkEditable *email_row;
  GtkEditable *password_row;
  GtkLabel *error_label;
  GtkWidget *sign_in_button;
  GtkWidget *busy_box;
  GtkWidget *cancel_button;
  GtkWidget *unlock_button;
  CfaInvitePage *invite_page;
  GtkMenuButton *language_button;
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaSignInPage, cfa_sign_in_page, GTK_TYPE_BOX)

static void
set_error (CfaSignInPage *self, const char *words)
{
  gtk_label_set_label (self->error_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), words != NULL);
}

static void
on_invite_clicked (CfaSignInPage *self)
{
  gtk_label_set_label (self->heading, _("Welcome to ChatFlow"));
  gtk_stack_set_visible_child_name (self->stack, "invite");
  cfa_invite_page_begin (self->invite_page, gtk_editable_get_text (self->server_row));
  gtk_widget_grab_focus (GTK_WIDGET (self->invite_page));
}

static void
show_form (CfaSignInPage *self, gboolean locked)
{
  gtk_label_set_label (self->heading, locked ? _("Your keyring is locked") : _("Sign in to ChatFlow"));
  gtk_stack_set_visible_child_name (self->stack, locked ? "locked" : "form");
}

static void
set_busy (CfaSignInPage *self, gboolean busy)
{
  gtk_widget_set_visible (self->sign_in_button, !busy);
  gtk_widget_set_visible (self->busy_box, busy);
  /* The focus leaves the form before the form can't have it any more. */
  if (busy)
    gtk_widget_grab_focus (self->cancel_button);
  gtk_widget_set_sensitive (self->form, !busy);
}

/* The first field that the person has to look at. */
static GtkEditable *
field_of (CfaSignInPage *self, const GError *error)
{
  if (error->domain == CFA_SESSION_ERROR && error->code == CFA_SESSION_ERROR_REFUSED)
    return self->password_row;
  return self->server_row;
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSignInPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaSession) session = cfa_session_sign_in_finish (result, &error);

  g_clear_object (&self->attempt);
  set_busy (self, FALSE);
  if (session != NULL)
    {
      gtk_editable_set_text (self->password_row, "");
      g_signal_emit (self, signals[SIGNED_IN], 0, session);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
  else
    cfa_sign_in_page_show_error (self, error);
}

static void
on_joined (CfaSignInPage *self, CfaSession *session)
{
  show_form (self, FALSE);
  g_signal_emit (self, signals[SIGNED_IN], 0, session);
}

static void
on_invite_left (CfaSignInPage *self)
{
  show_form (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
start (CfaSignInPage *self, const char *server, const char *email, const char *password)
{
  if (self->attempt != NULL)
    return;
  set_error (self, NULL);
  show_form (self, FALSE);
  set_busy (self, TRUE);
  self->attempt = g_cancellable_new ();
  cfa_session_sign_in_async (server, email, password, self->attempt, on_signed_in, g_object_ref (self));
}

static GtkEditable *
first_empty (CfaSignInPage *self)
{
  GtkEditable *fields[] = { self->server_row, self->email_row, self->password_row };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (fields[i])));

      if (*text == '\0')
        return fields[i];
    }
  return NULL;
}

/* Enter in any field, or the button: what is missing gets the focus, and when nothing is, it begins. */
static void
on_activated (CfaSignInPage *self)
{
  GtkEditable *empty = first_empty (self);
  g_autofree char *server = NULL;
  g_autofree char *email = NULL;

  if (empty != NULL)
    {
      gtk_widget_grab_focus (GTK_WIDGET (empty));
      return;
    }
  server = g_strstrip (g_strdup (gtk_editable_get_text (self->server_row)));
  email = g_strstrip (g_strdup (gtk_editable_get_text (self->email_row)));
  start (self, server, email, gtk_editable_get_text (self->password_row));
}

static void
on_cancel_clicked (CfaSignInPage *self)
{
  if (self->attempt != NULL)
    g_cancellable_cancel (self->attempt);
}

static void
on_unlock_clicked (CfaSignInPage *self)
{
  g_signal_emit (self, signals[UNLOCK], 0);
}

static void
on_again_clicked (CfaSignInPage *self)
{
  show_form (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->server_row));
}

static gboolean
cfa_sign_in_page_grab_focus (GtkWidget *widget)
{
  CfaSignInPage *self = CFA_SIGN_IN_PAGE (widget);
  GtkEditable *empty = first_empty (self);

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "locked") == 0)
    return gtk_widget_grab_focus (self->unlock_button);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "invite") == 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->invite_page));
  return gtk_widget_grab_focus (GTK_WIDGET (empty != NULL ? empty : self->password_row));
}

static void
cfa_sign_in_page_dispose (GObject *object)
{
  on_cancel_clicked (CFA_SIGN_IN_PAGE (object));
  G_OBJECT_CLASS (cfa_sign_in_page_parent_class)->dispose (object);
}

static void
cfa_sign_in_page_class_init (CfaSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_INVITE_PAGE);
  G_OBJECT_CLASS (klass)->dispose = cfa_sign_in_page_dispose;
  widget_class->grab_focus = cfa_sign_in_page_grab_focus;
  signals[SIGNED_IN] = g_signal_new ("signed-in", CFA_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, CFA_TYPE_SESSION);
  signals[UNLOCK] = g_signal_new ("unlock", CFA_TYPE_SIGN_IN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/session/sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaSignInPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CfaSignInPage, heading);
  gtk_widget_class_bind_template_child (widget_class, CfaSignInPage, form);
  gtk_widget_class_bind_template_child (widget_class, CfaSignInPage, server_row);
  gtk_widget_class_bind_template_child (widget_class, CfaSignInPage, email_row);
  gtk_widget_class_bind_template_child (widget_class, CfaSignInPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, CfaSignInPage, error_label);
  gtk_widget_class_bind_template_child (widget_class, CfaSignInPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, CfaSignInPage, busy_box);
  gtk_widget_class_bind_template_child (widget_class, CfaSignInPage, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CfaSignInPage, unlock_button);
  gtk_widget_class_bind_template_child (widget_class, CfaSignInPage, invite_page);
  gtk_widget_class_bind_template_child (widget_class, CfaSignInPage, language_button);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_invite_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_invite_left);
  gtk_widget_class_bind_template_callback (widget_class, on_joined);
  gtk_widget_class_bind_template_callback (widget_class, on_unlock_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked);
}

/* Who cannot read this page must find their language on it. */
static GMenuModel *
new_languages (void)
{
  GMenu *menu = g_menu_new ();
  guint n;
  const CfaLanguage *languages = cfa_languages (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (languages[i].name != NULL ? languages[i].name : _("As the desktop"), NULL);

      g_menu_item_set_action_and_target (item, "app.language", "s", languages[i].code);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
cfa_sign_in_page_init (CfaSignInPage *self)
{
  g_autoptr (GMenuModel) languages = new_languages ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->language_button, languages);
  cfa_accessible_name_inside (GTK_WIDGET (self->language_button), GTK_TYPE_TOGGLE_BUTTON, _("Language"));
  cfa_accessible_name_inside (self->form, GTK_TYPE_LIST_BOX, _("Where and who"));
  cfa_accessible_name_inside (GTK_WIDGET (self->password_row), GTK_TYPE_BUTTON, _("Show password"));
}

/**
 * cfa_sign_in_page_sign_in:
 * @self: a page
 * @server: base address
 * @email: the agent's
 * @password: the agent's
 *
 * Fills in the fields and signs in, as if a person had done it.
 */
void
cfa_sign_in_page_sign_in (CfaSignInPage *self, const char *server, const char *email, const char *password)
{
  cfa_sign_in_page_prefill (self, server, email);
  start (self, server, email, password);
}

/**
 * cfa_sign_in_page_show_error:
 * @self: a page
 * @error: why signing in or restoring failed
 *
 * Says what happened - the session's messages say what to do, too - and takes the person to where it is done. Nobody being signed in is
 * no error.
 */
void
cfa_sign_in_page_show_error (CfaSignInPage *self, const GError *error)
{
  gboolean locked = g_error_matches (error, CFA_SESSION_ERROR, CFA_SESSION_ERROR_KEYRING_LOCKED);

  show_form (self, locked);
  if (locked || g_error_matches (error, CFA_SESSION_ERROR, CFA_SESSION_ERROR_NONE_SAVED))
    {
      set_error (self, NULL);
      gtk_widget_grab_focus (GTK_WIDGET (self));
      return;
    }
  set_error (self, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (field_of (self, error)));
}

/**
 * cfa_sign_in_page_prefill:
 * @self: a page
 * @server: (nullable): base address
 * @email: (nullable): the agent's
 *
 * Writes what is known, so that only the password is left to type.
 */
void
cfa_sign_in_page_prefill (CfaSignInPage *self, const char *server, const char *email)
{
  if (server != NULL)
    gtk_editable_set_text (self->server_row, server);
  if (email != NULL)
    gtk_editable_set_text (self->email_row, email);
}

/**
 * cfa_sign_in_page_open_invite:
 * @self: a page
 * @link: what the program was opened with
 *
 * As if the person had pasted it.
 */
void
cfa_sign_in_page_open_invite (CfaSignInPage *self, const char *link)
{
  on_cancel_clicked (self);
  on_invite_clicked (self);
  cfa_invite_page_open (self->invite_page, link);
}

/**
 * cfa_sign_in_page_is_busy:
 * Returns: whether somebody is about to be signed in, or has written something that would be lost.
 */
gboolean
cfa_sign_in_page_is_busy (CfaSignInPage *self)
{
  return self->attempt != NULL || cfa_invite_page_is_begun (self->invite_page);
}
