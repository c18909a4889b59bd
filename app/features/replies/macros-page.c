/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "macros-page.h"

#include "reply-editor.h"
#include "reply-table.h"

#include <glib/gi18n.h>

struct _CfaMacrosPage
{
  AdwPreferencesPage parent_instance;

  CfaSession *session;
};

G_DEFINE_FINAL_TYPE (CfaMacrosPage, cfa_macros_page, ADW_TYPE_PREFERENCES_PAGE)

static void
on_edit (CfaMacrosPage *self, CfaReply *reply)
{
  cfa_reply_editor_present (self->session, &cf_macro_shape, reply, GTK_WIDGET (self));
}

static void
cfa_macros_page_finalize (GObject *object)
{
  g_clear_object (&CFA_MACROS_PAGE (object)->session);
  G_OBJECT_CLASS (cfa_macros_page_parent_class)->finalize (object);
}

static void
cfa_macros_page_class_init (CfaMacrosPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_macros_page_finalize;
}

static void
cfa_macros_page_init (CfaMacrosPage *self)
{
}

/**
 * cfa_macros_page_new:
 * Returns: (transfer floating): the page of the settings on which macros are made, changed and removed
 */
GtkWidget *
cfa_macros_page_new (CfaSession *session)
{
  CfaMacrosPage *self = g_object_new (CFA_TYPE_MACROS_PAGE, "title", _("Macros"), "icon-name", "media-playlist-consecutive-symbolic", NULL);
  GtkWidget *table = cfa_reply_table_new (session, cfa_session_get_macros (session), _("Macros"),
                                          _("Several steps at once: an answer, a note, an assignment, closing. Add one, then use it from the button below an answer."));

  self->session = g_object_ref (session);
  g_signal_connect_object (table, "edit", G_CALLBACK (on_edit), self, G_CONNECT_SWAPPED);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (table));
  return GTK_WIDGET (self);
}
