/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-preview.h"

#include "preview-module.h"
#include "site-public.h"
#include "snippet.h"

#include <glib/gi18n.h>
#include <string.h>

#define WIDTH          480 /* where there is room for it */
#define PHONE_MIN      320
#define PHONE_MAX      390
#define COMPUTER_WIDTH 640
#define NO_LIMIT       10000

struct _CfaSitePreview
{
  GtkWidget parent_instance;

  CfaSiteDraft *draft;
  GCancellable *cancellable;
  gboolean begun; /* somebody has looked */

  GtkWidget *box;
  GtkWidget *toolbar;
  GtkWidget *closed, *open;
  GtkWidget *light, *dark;
  GtkWidget *computer, *phone;
  GtkWidget *away;
  GtkWidget *stack; /* "wait", "clamp", "status" */
  GtkWidget *clamp, *status, *again;
  GtkWidget *note;
  GtkWidget *view; /* (nullable): the module's */
};

G_DEFINE_FINAL_TYPE (CfaSitePreview, cfa_site_preview, GTK_TYPE_WIDGET)

static void
show_status (CfaSitePreview *self, const char *icon, const char *title, const char *description, gboolean again)
{
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->status), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->status), description);
  gtk_widget_set_visible (self->again, again);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "status");
}

static void
show_unreachable (CfaSitePreview *self)
{
  g_autofree char *server = g_markup_escape_text (cfa_session_get_server (cfa_site_draft_get_session (self->draft)), -1);
  /* Translators: %s is the address of the server */
  g_autofree char *words = g_strdup_printf (_("%s has not handed it out. Check the network and the server."), server);

  show_status (self, "network-offline-symbolic", _("The widget could not be fetched"), words, TRUE);
}

static void
on_state (CfaSitePreview *self)
{
  guint state;

  g_object_get (self->view, "state", &state, NULL);
  gtk_widget_set_sensitive (self->toolbar, state == CFA_WEB_PREVIEW_READY);
  switch (state)
    {
    case CFA_WEB_PREVIEW_READY:
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "clamp");
      break;
    case CFA_WEB_PREVIEW_UNREACHABLE:
      show_unreachable (self);
      break;
    case CFA_WEB_PREVIEW_UNTRUSTED:
      show_status (self, "channel-insecure-symbolic", _("The server’s certificate is not trusted"),
                   _("Nothing was fetched from it. Whoever runs the server can renew the certificate."), TRUE);
      break;
    case CFA_WEB_PREVIEW_ENDED:
      show_status (self, "dialog-warning-symbolic", _("The preview has stopped"), _("Your settings are not affected."), TRUE);
      break;
    default:
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "wait");
      break;
    }
}

static void
on_again (CfaSitePreview *self)
{
  g_signal_emit_by_name (self->view, "reload");
}

static void
update (CfaSitePreview *self)
{
  g_autoptr (CfSite) sketch = NULL;
  g_autofree char *site = NULL;

  if (self->view == NULL)
    return;
  sketch = cfa_site_draft_dup_sketch (self->draft);
  site = cfa_site_public (sketch);
  g_object_set (self->view, "site", site, NULL);
}

/* How it is looked at: what the buttons say. */
static void
update_ways (CfaSitePreview *self)
{
  gboolean phone = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->phone));
  gboolean open = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->open)), is_open;

  adw_clamp_set_maximum_size (ADW_CLAMP (self->clamp), phone ? PHONE_MAX : NO_LIMIT);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->clamp), phone ? PHONE_MAX : NO_LIMIT);
  if (self->view == NULL)
    return;
  g_object_set (self->view, "dark", gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->dark)),
                "away", gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->away)), "page-width", phone ? PHONE_MIN : COMPUTER_WIDTH, NULL);
  g_object_get (self->view, "open", &is_open, NULL);
  if (open != is_open)
    g_object_set (self->view, "open", open, NULL);
}

/* The chat was opened or closed by a click on the page. */
static void
on_open (CfaSitePreview *self)
{
  gboolean open;

  g_object_get (self->view, "open", &open, NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (open ? self->open : self->closed), TRUE);
}

static void
on_files_wanted (CfaSitePreview *self)
{
  gtk_label_set_text (GTK_LABEL (self->note), _("Files can’t be sent from the preview: what is done here stays here."));
}

static void
show_missing (CfaSitePreview *self, const GError *error)
{
  g_debug ("preview: %s", error->message);
  gtk_widget_set_visible (self->toolbar, FALSE);
  gtk_widget_set_visible (self->note, FALSE);
  show_status (self, "image-missing-symbolic", _("No preview here"),
               g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED)
                 ? _("It runs in a sandbox (bubblewrap), which this system does not allow. The settings work without it.")
                 : _("It needs WebKitGTK 6.0, which is not installed with this copy of ChatFlow. The settings work without it."), FALSE);
}

/* Returns: (transfer full): the tag of the client's language, for a visitor who speaks it. */
static char *
language_tag (void)
{
  char *tag = g_strdup (g_get_language_names ()[0]);

  tag[strcspn (tag, ".@")] = '\0';
  if (g_str_equal (tag, "C") || g_str_equal (tag, "POSIX"))
    {
      g_free (tag);
      return g_strdup ("en");
    }
  return g_strdelimit (tag, "_", '-');
}

static void
on_module (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  CfaWebPreviewNew make = cfa_preview_module_open_finish (result, &error);
  CfaSitePreview *self = data;
  const char *server;
  g_autofree char *snippet = NULL, *language = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (make == NULL)
    {
      show_missing (self, error);
      return;
    }
  server = cfa_session_get_server (cfa_site_draft_get_session (self->draft));
  snippet = cfa_snippet_new (server, cfa_site_draft_get (self->draft)->key);
  language = language_tag ();
  self->view = make (server, snippet, language);
  gtk_widget_set_vexpand (self->view, TRUE);
  gtk_widget_add_css_class (self->view, "preview-page");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Preview of the widget"), -1);
  adw_clamp_set_child (ADW_CLAMP (self->clamp), self->view);
  g_signal_connect_object (self->view, "notify::state", G_CALLBACK (on_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "notify::open", G_CALLBACK (on_open), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "files-wanted", G_CALLBACK (on_files_wanted), self, G_CONNECT_SWAPPED);
  update_ways (self);
  update (self);
}

/* Nobody pays for what nobody has looked at. */
static void
cfa_site_preview_map (GtkWidget *widget)
{
  CfaSitePreview *self = CFA_SITE_PREVIEW (widget);

  GTK_WIDGET_CLASS (cfa_site_preview_parent_class)->map (widget);
  if (self->begun)
    return;
  self->begun = TRUE;
  cfa_preview_module_open (self->cancellable, on_module, self);
}

static void
cfa_site_preview_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (CFA_SITE_PREVIEW (widget)->box, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, WIDTH);
}

static void
cfa_site_preview_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (CFA_SITE_PREVIEW (widget)->box, width, height, baseline, NULL);
}

static void
cfa_site_preview_dispose (GObject *object)
{
  CfaSitePreview *self = CFA_SITE_PREVIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (cfa_site_preview_parent_class)->dispose (object);
}

static void
cfa_site_preview_class_init (CfaSitePreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_preview_dispose;
  GTK_WIDGET_CLASS (klass)->map = cfa_site_preview_map;
  GTK_WIDGET_CLASS (klass)->measure = cfa_site_preview_measure;
  GTK_WIDGET_CLASS (klass)->size_allocate = cfa_site_preview_size_allocate;
}

static GtkWidget *
add_toggle (GtkWidget *box, GtkWidget *button, const char *name, GtkWidget *group)
{
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (group));
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkWidget *
new_icon (const char *icon)
{
  return g_object_new (GTK_TYPE_TOGGLE_BUTTON, "icon-name", icon, NULL);
}

static GtkWidget *
add_pair (CfaSitePreview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (self->toolbar), box);
  return box;
}

/* Of two that are linked, one always tells. */
static void
listen (CfaSitePreview *self)
{
  GtkWidget *const buttons[] = { self->open, self->dark, self->phone, self->away };

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    g_signal_connect_object (buttons[i], "toggled", G_CALLBACK (update_ways), self, G_CONNECT_SWAPPED);
}

static void
make_toolbar (CfaSitePreview *self)
{
  GtkWidget *pair;

  self->toolbar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_halign (self->toolbar, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->toolbar, "preview-toolbar");
  pair = add_pair (self);
  self->closed = add_toggle (pair, gtk_toggle_button_new_with_label (_("Button")), _("The button alone"), NULL);
  self->open = add_toggle (pair, gtk_toggle_button_new_with_label (_("Chat")), _("The chat open"), self->closed);
  pair = add_pair (self);
  self->light = add_toggle (pair, new_icon ("weather-clear-symbolic"), _("On a light system"), NULL);
  self->dark = add_toggle (pair, new_icon ("weather-clear-night-symbolic"), _("On a dark system"), self->light);
  pair = add_pair (self);
  self->computer = add_toggle (pair, new_icon ("computer-symbolic"), _("On a computer"), NULL);
  self->phone = add_toggle (pair, new_icon ("phone-symbolic"), _("On a phone"), self->computer);
  self->away = add_toggle (self->toolbar, new_icon ("alarm-symbolic"), _("Outside the business hours"), NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->closed), TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (adw_style_manager_get_dark (adw_style_manager_get_default ()) ? self->dark : self->light), TRUE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->computer), TRUE);
  gtk_widget_set_sensitive (self->toolbar, FALSE);
  gtk_box_append (GTK_BOX (self->box), self->toolbar);
  listen (self);
}

static void
make_stack (CfaSitePreview *self)
{
  GtkWidget *wait = g_object_new (GTK_TYPE_SPINNER, "spinning", TRUE, "halign", GTK_ALIGN_CENTER, "valign", GTK_ALIGN_CENTER, "width-request", 32,
                                  "height-request", 32, NULL);

  self->again = gtk_button_new_with_label (_("Try again"));
  gtk_widget_set_halign (self->again, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->again, "pill");
  g_signal_connect_object (self->again, "clicked", G_CALLBACK (on_again), self, G_CONNECT_SWAPPED);
  self->status = adw_status_page_new ();
  gtk_widget_add_css_class (self->status, "compact");
  adw_status_page_set_child (ADW_STATUS_PAGE (self->status), self->again);
  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), wait, "wait");
  gtk_stack_add_named (GTK_STACK (self->stack), self->clamp, "clamp");
  gtk_stack_add_named (GTK_STACK (self->stack), self->status, "status");
  gtk_box_append (GTK_BOX (self->box), self->stack);
}

static void
cfa_site_preview_init (CfaSitePreview *self)
{
  self->cancellable = g_cancellable_new ();
  self->clamp = adw_clamp_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_add_css_class (self->box, "site-preview");
  gtk_widget_add_css_class (self->box, "background"); /* it may lie over something */
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  make_toolbar (self);
  make_stack (self);
  self->note = gtk_label_new (_("What is done here stays here: nothing is sent."));
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->note), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->note, "caption");
  gtk_widget_add_css_class (self->note, "dim-label");
  gtk_box_append (GTK_BOX (self->box), g_object_new (ADW_TYPE_BIN, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, "child", self->note, NULL));
}

/**
 * cfa_site_preview_new:
 * Returns: (transfer floating): the preview, which begins to work when it is seen.
 */
GtkWidget *
cfa_site_preview_new (CfaSiteDraft *draft)
{
  CfaSitePreview *self = g_object_new (CFA_TYPE_SITE_PREVIEW, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "sketched", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
