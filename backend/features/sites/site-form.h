/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/form-reply.h"
#include "protocol/methods/site-form.h"
#include "protocol/records/conversation.h"
#include "protocol/records/visitor.h"

G_BEGIN_DECLS

gboolean           cfd_site_form_check  (const CfSiteForm *form, GError **error);
GPtrArray         *cfd_site_form_take   (const CfSiteForm *form, const CfFormReply *reply, GError **error);
const CfFormField *cfd_site_form_next   (const CfSiteForm *form, gboolean closed, const CfVisitor *visitor, const CfConversation *conversation);
gboolean           cfd_site_form_answer (const CfSiteForm *form, const char *id, const char *value, CfFormAnswer **answer, GError **error);

G_END_DECLS
