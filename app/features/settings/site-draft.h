/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"
#include "protocol/methods/site-params.h"
#include "protocol/records/site.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_SITE_DRAFT (cfa_site_draft_get_type ())
G_DECLARE_FINAL_TYPE (CfaSiteDraft, cfa_site_draft, CFA, SITE_DRAFT, GObject)

/*
 * The settings of a site as the person wants them: what is saved, and what they have changed since and is on its way. One change goes out after
 * the other, each made from the version that the one before has left.
 * Signals: "changed" (); "sketched" (): something is being typed; "sketch" (CfSite *): to be written into by whoever has something that is being typed.
 */
CfaSiteDraft     *cfa_site_draft_new             (CfaSession *session, CfaRecordItem *item);
CfaSession       *cfa_site_draft_get_session     (CfaSiteDraft *self);
CfaRecordItem    *cfa_site_draft_get_item        (CfaSiteDraft *self);
const CfSite     *cfa_site_draft_get             (CfaSiteDraft *self);
gboolean          cfa_site_draft_may             (CfaSiteDraft *self);
CfSiteAppearance *cfa_site_draft_dup_appearance  (CfaSiteDraft *self);
CfSiteHours      *cfa_site_draft_dup_hours       (CfaSiteDraft *self);
CfSiteOffline    *cfa_site_draft_dup_offline     (CfaSiteDraft *self);
CfSiteForm       *cfa_site_draft_dup_form        (CfaSiteDraft *self);
GPtrArray        *cfa_site_draft_dup_departments (CfaSiteDraft *self, char *const *chosen);
CfSite           *cfa_site_draft_dup_sketch      (CfaSiteDraft *self);
void              cfa_site_draft_sketched        (CfaSiteDraft *self);
void              cfa_site_draft_change          (CfaSiteDraft *self, GtkWidget *where, CfSiteConfigureParams *params, char *done);

void              cfa_site_draft_set_appearance  (CfaSiteDraft *self, GtkWidget *where, CfSiteAppearance *appearance, char *done);
void              cfa_site_draft_set_hours       (CfaSiteDraft *self, GtkWidget *where, CfSiteHours *hours, char *done);
void              cfa_site_draft_set_offline     (CfaSiteDraft *self, GtkWidget *where, CfSiteOffline *offline, char *done);
void              cfa_site_draft_set_form        (CfaSiteDraft *self, GtkWidget *where, CfSiteForm *form, char *done);

G_END_DECLS
