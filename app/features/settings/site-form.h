/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/site-form.h"

G_BEGIN_DECLS

/* What can be done with the form of a site; each takes one whose list of fields is its own. */
const CfFormField *cfa_site_form_find   (const CfSiteForm *form, const char *id);
gboolean           cfa_site_form_has    (const CfSiteForm *form, CfFormKind kind);
void               cfa_site_form_add    (CfSiteForm *form, CfFormKind kind);
void               cfa_site_form_remove (CfSiteForm *form, const char *id);
void               cfa_site_form_move   (CfSiteForm *form, const char *id, int by);
void               cfa_site_form_tidy   (CfSiteForm *form);

const char        *cfa_form_kind_name   (CfFormKind kind);
char              *cfa_form_value_words (CfFormKind kind, const char *value);

G_END_DECLS
