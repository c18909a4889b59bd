/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link-bar.h"

#include "link-text.h"
#include "protocol/id.h"

#include <glib/gi18n.h>

/* Connections that are back within this time are nobody's concern. */
#define PATIENCE_MS 1500

struct _CfaLinkBar
{
  GtkBox parent_instance;

  CfaSession *session;
  gboolean keyring_told; /* the person has read that the sign-in is not kept */
  guint tick_source;
  guint patience_source;

  GtkRevealer *revealer;
  GtkSpinner *spinner;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (CfaLinkBar, cfa_link_bar, GTK_TYPE_BOX)

static void update (CfaLinkBar *self);

static gboolean
tick (gpointer data)
{
  CfaLinkBar *self = data;

  self->tick_source = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static gboolean
lose_patience (gpointer data)
{
  CfaLinkBar *self = data;

  self->patience_source = 0;
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  return G_SOURCE_REMOVE;
}

/* What is over soon is not worth a line that comes and goes; what is there already stays. */
static void
reveal (CfaLinkBar *self, gboolean shown, gboolean at_once)
{
  if (!shown || at_once)
    {
      g_clear_handle_id (&self->patience_source, g_source_remove);
      gtk_revealer_set_reveal_child (self->revealer, shown);
    }
  else if (self->patience_source == 0 && !gtk_revealer_get_reveal_child (self->revealer))
    self->patience_source = g_timeout_add (PATIENCE_MS, lose_patience, self);
}

/* The button and its words: what the person can do about it. */
static const char *
button_words (CfaLink link, gboolean keyring)
{
  if (link == CFA_LINK_WAITING)
    return _("Try now");
  if (link == CFA_LINK_SIGNED_OUT)
    return _("Sign in");
  return keyring ? _("Got it") : NULL;
}

static void
update (CfaLinkBar *self)
{
  CfaLink link = cfa_session_get_link (self->session);
  gint64 left = (cfa_session_get_retry_at (self->session) - cf_now () + 999) / 1000;
  gboolean busy = link == CFA_LINK_CONNECTING || link == CFA_LINK_SYNCING;
  gboolean keyring = link == CFA_LINK_LIVE && !self->keyring_told && cfa_session_get_keyring_missing (self->session);
  const char *button = button_words (link, keyring);
  g_autofree char *words = cfa_link_text (link, cfa_session_get_server (self->session), cfa_session_get_link_error (self->session),
                                          cfa_session_get_pending (self->session), left);

  if (keyring)
    words = g_strdup (_("There is no keyring on this computer, so your sign-in lasts until you quit ChatFlow."));
  /* The words stay while the line slides away. */
  if (words != NULL)
    {
      gtk_label_set_label (self->label, words);
      gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
      gtk_button_set_label (self->button, button != NULL ? button : "");
    }
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  reveal (self, words != NULL, !busy);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (link == CFA_LINK_WAITING && left > 0)
    self->tick_source = g_timeout_add (1000, tick, self);
}

static void
on_clicked (CfaLinkBar *self)
{
  switch (cfa_session_get_link (self->session))
    {
    case CFA_LINK_WAITING:
      cfa_session_retry_now (self->session);
      break;
    case CFA_LINK_SIGNED_OUT:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.sign-in-again", NULL);
      break;
    default:
      self->keyring_told = TRUE;
      update (self);
    }
}

static void
cfa_link_bar_dispose (GObject *object)
{
  cfa_link_bar_set_session (CFA_LINK_BAR (object), NULL);
  G_OBJECT_CLASS (cfa_link_bar_parent_class)->dispose (object);
}

static void
cfa_link_bar_class_init (CfaLinkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_link_bar_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/session/link-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaLinkBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, CfaLinkBar, spinner);
  gtk_widget_class_bind_template_child (widget_class, CfaLinkBar, label);
  gtk_widget_class_bind_template_child (widget_class, CfaLinkBar, button);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
}

static void
cfa_link_bar_init (CfaLinkBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cfa_link_bar_set_session:
 * @self: a bar
 * @session: (nullable): whose connection it tells of from now on
 */
void
cfa_link_bar_set_session (CfaLinkBar *self, CfaSession *session)
{
  g_clear_handle_id (&self->tick_source, g_source_remove);
  g_clear_handle_id (&self->patience_source, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  self->keyring_told = FALSE;
  if (session == NULL)
    return;
  g_signal_connect_swapped (session, "notify", G_CALLBACK (update), self);
  update (self);
}
