/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "signal.h"
#include "site-params.h"
#include "../record.h"
#include "../records/agent.h"
#include "../records/login-session.h"

G_BEGIN_DECLS

/* Signing in, opening a socket, catching up. */

/**
 * CfServerInfo:
 * server.info: what a client needs to know before it signs in.
 */
typedef struct
{
  CfStruct parent;
  char *name;
  char *version;
  gint64 time;
  gint64 message_text_max;
  gint64 frame_max;
  gint64 file_size_max;
  gboolean mail; /* it can send some */
} CfServerInfo;

extern const CfShape cf_server_info_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfServerInfo, cf_struct_unref)

/**
 * CfLoginParams:
 * session.login
 */
typedef struct
{
  CfStruct parent;
  char *email;
  char *password;
  char *device; /* shown in the list of signed-in devices */
} CfLoginParams;

extern const CfShape cf_login_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfLoginParams, cf_struct_unref)

/**
 * CfLoginResult:
 * session.login: the token is shown this once.
 */
typedef struct
{
  CfStruct parent;
  char *token;
  CfLoginSession *session;
  CfAgent *agent;
} CfLoginResult;

extern const CfShape cf_login_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfLoginResult, cf_struct_unref)

/**
 * CfOpenParams:
 * session.open: the first call on a socket.
 */
typedef struct
{
  CfStruct parent;
  char *token; /* agent: from session.login; visitor: "<visitor id>.<secret>" */
  char *site; /* visitor: the site key */
  gint64 since; /* the last revision applied; 0 = nothing yet */
  gint64 epoch; /* whose revision that is: when the server was last restored from a backup; 0 = it never was */
  gboolean first; /* the first copy is not complete yet; with since 0 it goes without saying */
  char *client; /* name and version, for the log */
  char *locale;
  char *time_zone; /* a visitor's, by its IANA name */
} CfOpenParams;

extern const CfShape cf_open_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfOpenParams, cf_struct_unref)

typedef enum
{
  CF_PEER_VISITOR,
  CF_PEER_AGENT,
} CfPeerRole;

extern const char *const cf_peer_role_words[];

/**
 * CfOpenResult:
 * session.open: who the caller is, and the first page of what they missed.
 */
typedef struct
{
  CfStruct parent;
  CfPeerRole role;
  char *id; /* the agent or visitor; absent for a visitor without a token */
  char *session_id; /* agent */
  char *organisation_id; /* agent */
  gint64 time; /* server clock */
  gint64 rev;
  gboolean more; /* go on with sync.changes from rev */
  gint64 epoch; /* goes with rev: give it back with since */
  gboolean reset; /* since is not of this epoch: forget all, this is the beginning of a first copy */
  GPtrArray *records; /* of CfRecord */
  GPtrArray *signals; /* of CfSignal: who is there now */
  CfSiteOpening *opening; /* visitor: of their site */
} CfOpenResult;

extern const CfShape cf_open_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfOpenResult, cf_struct_unref)

/* Records in one page of catching up. */
#define CF_SYNC_DEFAULT 200
#define CF_SYNC_MAX     500

/**
 * CfSyncParams:
 * sync.changes: records with since < rev, oldest first.
 */
typedef struct
{
  CfStruct parent;
  gint64 since;
  gint64 epoch; /* both as in session.open */
  gboolean first;
  gint64 limit;
} CfSyncParams;

extern const CfShape cf_sync_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSyncParams, cf_struct_unref)

/**
 * CfChanges:
 * The notification "changes": all that a peer may see of the revisions in (prev, rev].
 */
typedef struct
{
  CfStruct parent;
  gint64 prev; /* the last revision this peer was told of; higher than what it has applied = a hole, sync */
  gint64 rev;
  GPtrArray *records; /* of CfRecord */
} CfChanges;

extern const CfShape cf_changes_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfChanges, cf_struct_unref)

/**
 * CfRevokeAllParams:
 * session.revoke_all: sign out everywhere.
 */
typedef struct
{
  CfStruct parent;
  char *agent_id; /* another agent (admins); absent: oneself */
} CfRevokeAllParams;

extern const CfShape cf_revoke_all_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfRevokeAllParams, cf_struct_unref)

G_END_DECLS
