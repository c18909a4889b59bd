/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "canned-page.h"

#include "reply-editor.h"
#include "reply-table.h"

#include <glib/gi18n.h>

struct _CfaCannedPage
{
  AdwPreferencesPage parent_instance;

  CfaSession *session;
};

G_DEFINE_FINAL_TYPE (CfaCannedPage, cfa_canned_page, ADW_TYPE_PREFERENCES_PAGE)

static void
on_edit (CfaCannedPage *self, CfaReply *reply)
{
  cfa_reply_editor_present (self->session, &cf_canned_response_shape, reply, GTK_WIDGET (self));
}

static void
cfa_canned_page_finalize (GObject *object)
{
  g_clear_object (&CFA_CANNED_PAGE (object)->session);
  G_OBJECT_CLASS (cfa_canned_page_parent_class)->finalize (object);
}

static void
cfa_canned_page_class_init (CfaCannedPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_canned_page_finalize;
}

static void
cfa_canned_page_init (CfaCannedPage *self)
{
}

/**
 * cfa_canned_page_new:
 * Returns: (transfer floating): the page of the settings on which canned responses are made, changed and removed
 */
GtkWidget *
cfa_canned_page_new (CfaSession *session)
{
  CfaCannedPage *self = g_object_new (CFA_TYPE_CANNED_PAGE, "title", _("Canned responses"), "icon-name", "insert-text-symbolic", NULL);
  GtkWidget *table = cfa_reply_table_new (session, cfa_session_get_canned (session), _("Canned responses"),
                                          _("Texts that you write again and again. Add one, then type / and its shortcut in an answer."));

  self->session = g_object_ref (session);
  g_signal_connect_object (table, "edit", G_CALLBACK (on_edit), self, G_CONNECT_SWAPPED);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self), ADW_PREFERENCES_GROUP (table));
  return GTK_WIDGET (self);
}
