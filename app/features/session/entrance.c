/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "entrance.h"

#include "sign-in-page.h"

/* Opening the cache is done sooner than this; a keyring that asks for its password is not. */
#define SAY_OPENING_AFTER_MS 700

struct _CfaEntrance
{
  AdwBin parent_instance;

  CfaSignInFile *file; /* what to sign in with when nobody is; used once */
  char *invite;        /* (nullable): what the program was opened with, until it is known whether somebody is signed in */
  GCancellable *restore;
  guint saying_source;

  GtkStack *stack;
  GtkWidget *opening_label;
  CfaSignInPage *sign_in_page;
};

enum
{
  ASKED,
  ENTERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaEntrance, cfa_entrance, ADW_TYPE_BIN)

static void
on_signed_in (CfaEntrance *self, CfaSession *session)
{
  g_signal_emit (self, signals[ENTERED], 0, session);
}

static void
show_sign_in (CfaEntrance *self)
{
  gtk_stack_set_visible_child_name (self->stack, "sign-in");
  g_signal_emit (self, signals[ASKED], 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->sign_in_page));
}

static gboolean
say_opening (gpointer data)
{
  CfaEntrance *self = data;

  self->saying_source = 0;
  gtk_widget_set_visible (self->opening_label, TRUE);
  return G_SOURCE_REMOVE;
}

static void
use_invite (CfaEntrance *self)
{
  g_autofree char *invite = g_steal_pointer (&self->invite);

  if (invite != NULL)
    cfa_sign_in_page_open_invite (self->sign_in_page, invite);
}

static void
on_restored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaEntrance) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaSession) session = cfa_session_restore_finish (result, &error);
  g_autoptr (CfaSignInFile) file = g_steal_pointer (&self->file);

  g_clear_handle_id (&self->saying_source, g_source_remove);
  g_clear_object (&self->restore);
  if (session != NULL)
    {
      g_signal_emit (self, signals[ENTERED], 0, session);
      return;
    }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  show_sign_in (self);
  cfa_sign_in_page_show_error (self->sign_in_page, error);
  if (file != NULL && g_error_matches (error, CFA_SESSION_ERROR, CFA_SESSION_ERROR_NONE_SAVED))
    cfa_sign_in_page_sign_in (self->sign_in_page, file->server, file->email, file->password);
  use_invite (self);
}

static void
restore (CfaEntrance *self)
{
  if (self->restore != NULL)
    return;
  gtk_widget_set_visible (self->opening_label, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "opening");
  g_signal_emit (self, signals[ASKED], 0);
  self->saying_source = g_timeout_add (SAY_OPENING_AFTER_MS, say_opening, self);
  self->restore = g_cancellable_new ();
  cfa_session_restore_async (self->restore, on_restored, g_object_ref (self));
}

static void
cfa_entrance_dispose (GObject *object)
{
  CfaEntrance *self = CFA_ENTRANCE (object);

  g_clear_handle_id (&self->saying_source, g_source_remove);
  if (self->restore != NULL)
    g_cancellable_cancel (self->restore);
  g_clear_object (&self->restore);
  g_clear_pointer (&self->file, cfa_sign_in_file_free);
  g_clear_pointer (&self->invite, g_free);
  G_OBJECT_CLASS (cfa_entrance_parent_class)->dispose (object);
}

static void
cfa_entrance_class_init (CfaEntranceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (CFA_TYPE_SIGN_IN_PAGE);
  G_OBJECT_CLASS (klass)->dispose = cfa_entrance_dispose;
  signals[ASKED] = g_signal_new ("asked", CFA_TYPE_ENTRANCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENTERED] = g_signal_new ("entered", CFA_TYPE_ENTRANCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CFA_TYPE_SESSION);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/session/entrance.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaEntrance, stack);
  gtk_widget_class_bind_template_child (widget_class, CfaEntrance, opening_label);
  gtk_widget_class_bind_template_child (widget_class, CfaEntrance, sign_in_page);
  gtk_widget_class_bind_template_callback (widget_class, on_signed_in);
  gtk_widget_class_bind_template_callback (widget_class, restore);
}

static void
cfa_entrance_init (CfaEntrance *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cfa_entrance_open:
 * @file: (transfer full) (nullable): what to sign in with when nobody is signed in
 *
 * Opens the saved session, or the sign-in page when there is none.
 */
void
cfa_entrance_open (CfaEntrance *self, CfaSignInFile *file)
{
  g_clear_pointer (&self->file, cfa_sign_in_file_free);
  self->file = file;
  restore (self);
}

/**
 * cfa_entrance_open_invite:
 * @link: of an invitation
 *
 * Goes on where the person would have pasted it, once it is known that nobody is signed in.
 */
void
cfa_entrance_open_invite (CfaEntrance *self, const char *link)
{
  g_free (self->invite);
  self->invite = g_strdup (link);
  if (self->restore == NULL)
    use_invite (self);
}

/**
 * cfa_entrance_drop_invite:
 * Returns: whether there was an invitation that is of no use now that somebody is signed in.
 */
gboolean
cfa_entrance_drop_invite (CfaEntrance *self)
{
  g_autofree char *invite = g_steal_pointer (&self->invite);

  return invite != NULL;
}

/**
 * cfa_entrance_come_back:
 * @server: where the person who has gone was signed in
 * @email: as whom
 */
void
cfa_entrance_come_back (CfaEntrance *self, const char *server, const char *email)
{
  cfa_sign_in_page_prefill (self->sign_in_page, server, email);
  show_sign_in (self);
}

/**
 * cfa_entrance_is_busy:
 * Returns: whether somebody is about to be signed in.
 */
gboolean
cfa_entrance_is_busy (CfaEntrance *self)
{
  return self->restore != NULL || cfa_sign_in_page_is_busy (self->sign_in_page);
}
