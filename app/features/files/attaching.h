/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/conversations/composer.h"
#include "app/features/session/session.h"

G_BEGIN_DECLS

/* Sends the draft of @place, a conversation or channel that is no longer shown, with its files. */
typedef void (*CfaAttachingSend) (gpointer page, gpointer place, gboolean note);

#define CFA_TYPE_ATTACHING (cfa_attaching_get_type ())
G_DECLARE_FINAL_TYPE (CfaAttaching, cfa_attaching, CFA, ATTACHING, GObject)

/*
 * How files come into a composer: by the dialog, by paste, by a drop on the page; and how a message that waits for them goes when they are
 * up, whatever is shown by then.
 */
CfaAttaching *cfa_attaching_new       (CfaComposer *composer, GtkWidget *page, CfaAttachingSend send);
void          cfa_attaching_set_place (CfaAttaching *self, CfaSession *session, gpointer place, const char *id);
void          cfa_attaching_pause     (CfaAttaching *self, gboolean pause);
char        **cfa_attaching_take      (CfaSession *session, const char *id, gboolean note);

G_END_DECLS
