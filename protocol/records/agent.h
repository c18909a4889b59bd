/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

typedef enum
{
  CF_ROLE_AGENT,
  CF_ROLE_SUPERVISOR,
  CF_ROLE_ADMIN,
} CfRole;

extern const char *const cf_role_words[];

/* Of one agent. */
#define CF_AGENT_SKILLS_MAX 50
#define CF_AGENT_SITES_MAX  200
#define CF_AGENT_PHOTO_LENGTH 43

/**
 * CfAgent:
 * A member of the team. Visitors never see this record: what they may know of an agent travels
 * in messages and conversations as a name.
 */
typedef struct
{
  CfRecord parent;
  char *name;
  char *email; /* lower case, unique in the whole server */
  CfRole role;
  gboolean disabled;
  char *password_hash; /* argon2id, never on the wire */
  gint64 created_at;
  gint64 capacity; /* conversations at a time that are assigned by themselves; 0 = as the department says */
  char **skills; /* ids of tags: of what conversations they know most */
  char **sites; /* ids: those that they serve; NULL = all */
  char *photo; /* where their picture is: another for each picture; NULL = they have none */
} CfAgent;

extern const CfShape cf_agent_shape;

gboolean cf_agent_is_limited (const CfAgent *self);
gboolean cf_agent_sees       (const CfAgent *self, const char *site_id);
gboolean cf_agent_serves     (const CfAgent *self, const char *site_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAgent, cf_struct_unref)

G_END_DECLS
