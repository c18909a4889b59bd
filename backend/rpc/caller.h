/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/records/agent.h"
#include "protocol/shape.h"
#include "shared-text.h"

G_BEGIN_DECLS

/* Who may call a method; one bit per kind of caller. */
typedef enum
{
  CFD_ALLOW_ANYONE     = 1 << 0, /* nobody has signed in */
  CFD_ALLOW_VISITOR    = 1 << 1,
  CFD_ALLOW_AGENT      = 1 << 2,
  CFD_ALLOW_SUPERVISOR = 1 << 3,
  CFD_ALLOW_ADMIN      = 1 << 4,
  CFD_ALLOW_KEY        = 1 << 5, /* a server of a site, with an API key: what it may stands in the rows' scopes, not among those who are allowed */
} CfdAllow;

#define CFD_ALLOW_STAFF (CFD_ALLOW_AGENT | CFD_ALLOW_SUPERVISOR | CFD_ALLOW_ADMIN)

/**
 * CfdCaller:
 * Who calls, as far as it has been proved. Immutable and reference counted, so that a database thread can keep it.
 */
typedef struct
{
  gatomicrefcount references;
  CfdAllow kind; /* exactly one bit */
  char *organisation_id; /* this and those marked "shared": one copy of the text for all callers, from cfd_shared_text() */
  char *id;          /* agent, visitor or key; a visitor's also before they exist */
  char *name;        /* agent's or key's name; visitor's, NULL when unknown */
  char *session_id;  /* agent: the login session */
  gint64 expires_at; /* agent: when that session ends, ms UTC */
  char **sites;      /* agent, key: ids of the only sites that they may see; NULL = all */
  char *site_id;     /* visitor, key; shared */
  guint scopes;      /* key: CF_API_SCOPE_BIT of what it may be used for */
  gboolean peek_off; /* visitor: as their site had it when they came; the same for the next two */
  gboolean ask_first;
  gboolean cards_kept;
  char *secret_hash; /* visitor who does not exist yet: what the first write stores */
  char *key_hash;    /* visitor who exists: of the secret with which they came */
  char *locale;      /* visitor; shared */
  char *time_zone;   /* visitor; shared */
  char *address;     /* IP; shared */
  char *device;      /* user agent or client name, for the list of sessions; shared */
} CfdCaller;

CfdCaller *cfd_caller_new          (CfdAllow kind);
CfdCaller *cfd_caller_copy         (const CfdCaller *self); /* to be changed before it is shared */
CfdCaller *cfd_caller_ref          (CfdCaller *self);
void       cfd_caller_unref        (CfdCaller *self);
gboolean   cfd_caller_is_staff     (const CfdCaller *self);
gboolean   cfd_caller_sees         (const CfdCaller *self, const char *site_id);
gboolean   cfd_caller_sees_some    (const CfdCaller *self, char *const *sites);
gboolean   cfd_caller_is_agent     (const CfdCaller *self);
CfAudience cfd_caller_get_audience (const CfdCaller *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdCaller, cfd_caller_unref)

G_END_DECLS
