/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/cache/cache.h"
#include "app/features/visitors/visitor.h"

G_BEGIN_DECLS

#define CFA_TYPE_PROFILES (cfa_profiles_get_type ())
G_DECLARE_FINAL_TYPE (CfaProfiles, cfa_profiles, CFA, PROFILES, GObject)

/* The visitors whom somebody shows: reads them from the cache, and again when something about them has changed there. */
CfaProfiles *cfa_profiles_new        (CfaCache *cache);
CfaVisitor  *cfa_profiles_open       (CfaProfiles *self, const char *visitor_id); /* transfer full; a shared one while it lives */
void         cfa_profiles_follow     (CfaProfiles *self, GPtrArray *records);
void         cfa_profiles_set_writes (CfaProfiles *self, const char *visitor_id, GPtrArray *writes);
void         cfa_profiles_reload     (CfaProfiles *self);

G_END_DECLS
