/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "toasts.h"

#include "app/accessible-name.h"
#include "app/features/settings/undo-time.h"

#include <glib/gi18n.h>

static gboolean
on_next_shown (gpointer overlay)
{
  cfa_accessible_name_toasts (overlay);
  return G_SOURCE_REMOVE;
}

/* The one that waited for its end comes into its place. */
static void
on_dismissed (AdwToast *toast, AdwToastOverlay *overlay)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_next_shown, g_object_ref (overlay), g_object_unref);
}

/**
 * cfa_toasts_offer_undo:
 * Gives it its button, and the time that the person wants for that.
 */
void
cfa_toasts_offer_undo (AdwToast *toast)
{
  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_timeout (toast, cfa_undo_time_get ());
}

/**
 * cfa_toasts_add:
 * @toast: (transfer full):
 *
 * Says it at once: what offers the way back for a minute keeps nobody from hearing that something failed, and is there again afterwards.
 */
void
cfa_toasts_add (AdwToastOverlay *overlay, AdwToast *toast)
{
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_dismissed), overlay, 0);
  adw_toast_overlay_add_toast (overlay, toast);
  cfa_accessible_name_toasts (overlay);
}
