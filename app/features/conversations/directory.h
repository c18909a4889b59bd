/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "protocol/methods/signal.h"
#include "protocol/record.h"

G_BEGIN_DECLS

#define CFA_TYPE_DIRECTORY (cfa_directory_get_type ())
G_DECLARE_FINAL_TYPE (CfaDirectory, cfa_directory, CFA, DIRECTORY, GObject)

/*
 * Who and what is called how: agents, sites, departments, tags and saved views, as their records say, and which agents are there. They are few, and
 * all of them are here. Signals: "changed": a record came, changed or went · "presence-changed". Main thread.
 */
CfaDirectory    *cfa_directory_new             (void);
void             cfa_directory_follow          (CfaDirectory *self, GPtrArray *records);
void             cfa_directory_clear           (CfaDirectory *self);
const CfRecord  *cfa_directory_get             (CfaDirectory *self, const CfShape *shape, const char *id);
const char      *cfa_directory_get_name        (CfaDirectory *self, const char *id);
GPtrArray       *cfa_directory_list            (CfaDirectory *self, const CfShape *shape);
void             cfa_directory_set_presence    (CfaDirectory *self, const char *agent_id, CfPresenceState state);
CfPresenceState  cfa_directory_get_presence    (CfaDirectory *self, const char *agent_id);
void             cfa_directory_forget_presence (CfaDirectory *self);

G_END_DECLS
