/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/form-reply.h"
#include "protocol/methods/site-form.h"

G_BEGIN_DECLS

gboolean   cfd_site_form_check (const CfSiteForm *form, GError **error);
GPtrArray *cfd_site_form_take  (const CfSiteForm *form, const CfFormReply *reply, GError **error);

G_END_DECLS
