/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/record-list.h"
#include "protocol/methods/agent-params.h"

G_BEGIN_DECLS

/*
 * A team with its departments, tags, sites, devices and invitations, and a server that changes them: .add, .update and .remove by the
 * tables of records and params.
 */
typedef struct _DummyTeam DummyTeam;

DummyTeam     *dummy_team_new  (void);
void           dummy_team_free (DummyTeam *self);
CfaRecordList *dummy_team_get  (DummyTeam *self, const CfShape *shape);
void           dummy_team_call (DummyTeam *self, const char *method, gconstpointer params, GTask *task);
void           dummy_team_rename (DummyTeam *self, const char *from, const char *to);
GPtrArray     *dummy_team_take_views (DummyTeam *self);
void           dummy_team_keep (DummyTeam *self, gpointer record);

/* photos.c */
const char *dummy_photos_first (void);
void        dummy_photos_set   (DummyTeam *team, const CfAgentPhotoParams *params, GTask *task);

G_END_DECLS
