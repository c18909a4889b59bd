/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-window.h"

#include "site-addresses.h"
#include "site-draft.h"
#include "site-files-group.h"
#include "site-form-group.h"
#include "site-hours-group.h"
#include "site-identity-group.h"
#include "site-install.h"
#include "site-keys-group.h"
#include "site-limits-group.h"
#include "site-look.h"
#include "site-offline-group.h"
#include "site-preview.h"
#include "site-privacy-group.h"
#include "site-talk-group.h"

#include <glib/gi18n.h>

#define WIDTH  1180
#define HEIGHT 700

/* All that is set for one site. */
struct _CfaSiteWindow
{
  AdwWindow parent_instance;

  CfaSiteDraft *draft;
  AdwPreferencesPage *page;
  AdwFlap *flap; /* has the preview: beside the page, or where there is no room over it */
  GtkWidget *preview;
};

G_DEFINE_FINAL_TYPE (CfaSiteWindow, cfa_site_window, ADW_TYPE_WINDOW)

static void
update (CfaSiteWindow *self)
{
  if (cfa_record_item_is_gone (cfa_site_draft_get_item (self->draft)))
    gtk_window_destroy (GTK_WINDOW (self));
  else
    gtk_window_set_title (GTK_WINDOW (self), cfa_site_draft_get (self->draft)->name);
}

/* Between what is set and how it looks, also out of a page that keeps the Tab key for itself. */
static gboolean
turn (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  CfaSiteWindow *self = CFA_SITE_WINDOW (widget);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->preview))
    return gtk_widget_child_focus (GTK_WIDGET (self->page), GTK_DIR_TAB_FORWARD);
  adw_flap_set_reveal_flap (self->flap, TRUE);
  return gtk_widget_child_focus (self->preview, GTK_DIR_TAB_FORWARD);
}

static void
cfa_site_window_dispose (GObject *object)
{
  g_clear_object (&CFA_SITE_WINDOW (object)->draft);
  G_OBJECT_CLASS (cfa_site_window_parent_class)->dispose (object);
}

static void
cfa_site_window_class_init (CfaSiteWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}

/* WebKit would take the key before the window hears of it. */
static void
add_turning (CfaSiteWindow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F6, 0), gtk_callback_action_new (turn, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static GtkWidget *
new_header (CfaSiteWindow *self)
{
  GtkWidget *header = adw_header_bar_new (), *button = gtk_toggle_button_new_with_label (_("Preview"));

  gtk_widget_add_css_class (header, "flat");
  gtk_widget_set_tooltip_text (button, _("How the widget will look"));
  g_object_bind_property (self->flap, "reveal-flap", button, "active", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), button);
  return header;
}

static void
cfa_site_window_init (CfaSiteWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *toasts = adw_toast_overlay_new ();

  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->page), FALSE); /* else there would be nothing left for the preview */
  self->flap = g_object_new (ADW_TYPE_FLAP, "flap-position", GTK_PACK_END, "separator", gtk_separator_new (GTK_ORIENTATION_VERTICAL), "content", self->page,
                             "fold-threshold-policy", ADW_FOLD_THRESHOLD_POLICY_NATURAL, "vexpand", TRUE, NULL);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), GTK_WIDGET (self->flap));
  gtk_box_append (GTK_BOX (box), new_header (self));
  gtk_box_append (GTK_BOX (box), toasts);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 290);
  add_turning (self);
}

/**
 * cfa_site_window_open:
 * @from: where the person asked for it: the window stays above that
 * @item: a CfSite
 */
void
cfa_site_window_open (GtkWidget *from, CfaSession *session, CfaRecordItem *item)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (from));
  CfaSiteWindow *self = g_object_new (CFA_TYPE_SITE_WINDOW, "transient-for", parent, "destroy-with-parent", TRUE, NULL);
  int width, height;

  self->draft = cfa_site_draft_new (session, item);
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (cfa_site_install_new (self->draft)));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (cfa_site_look_new (self->draft)));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (cfa_site_form_group_new (self->draft)));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (cfa_site_hours_group_new (self->draft)));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (cfa_site_offline_group_new (self->draft)));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (cfa_site_talk_group_new (self->draft)));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (cfa_site_files_group_new (self->draft)));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (cfa_site_identity_group_new (self->draft)));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (cfa_site_privacy_group_new (self->draft)));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (cfa_site_limits_group_new (self->draft)));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (cfa_site_addresses_new (self->draft)));
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (cfa_site_keys_group_new (self->draft)));
  self->preview = cfa_site_preview_new (self->draft);
  adw_flap_set_flap (self->flap, self->preview);
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  gtk_window_get_default_size (gtk_window_get_transient_for (parent) != NULL ? gtk_window_get_transient_for (parent) : parent, &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (width, WIDTH), MIN (height, HEIGHT));
  gtk_window_present (GTK_WINDOW (self));
}
