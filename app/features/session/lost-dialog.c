/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lost-dialog.h"

#include <glib/gi18n.h>

/**
 * cfa_lost_dialog_open:
 * @name: (nullable): with whom the conversation was that is closed by this
 * @drafts: that were removed, one at least
 *
 * Says what somebody had written where they see nothing any more.
 */
void
cfa_lost_dialog_open (GtkWindow *parent, const char *name, guint drafts)
{
  g_autofree char *lost = g_strdup_printf (ngettext ("You no longer serve the site for which you had begun to write an answer. The draft was removed from this computer.",
                                                     "You no longer serve the sites for which you had begun to write %u answers. The drafts were removed from this computer.",
                                                     drafts), drafts);
  g_autofree char *closed = name != NULL ? g_strdup_printf (_("The conversation with %s was closed."), name) : NULL;
  g_autofree char *body = closed != NULL ? g_strconcat (closed, " ", lost, NULL) : g_strdup (lost);
  GtkWidget *dialog = adw_message_dialog_new (parent, _("Draft removed"), body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}
