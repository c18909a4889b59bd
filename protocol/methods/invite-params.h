/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "../records/invite.h"

G_BEGIN_DECLS

/* Params and results of the invite methods, and of agent.reset. */

/**
 * CfInviteCreateParams:
 * invite.create
 */
typedef struct
{
  CfStruct parent;
  char *id;
  char *email; /* empty: whoever holds the token says their own */
  CfRole role;
  char **departments;
  char *server; /* where clients reach this server: with it, and an email address, the link goes there by mail */
  char *language; /* of that mail */
} CfInviteCreateParams;

extern const CfShape cf_invite_create_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfInviteCreateParams, cf_struct_unref)

/**
 * CfAgentResetParams:
 * agent.reset
 */
typedef struct
{
  CfStruct parent;
  char *id; /* of the invite that this makes */
  char *agent_id;
  char *server; /* both as in invite.create */
  char *language;
} CfAgentResetParams;

extern const CfShape cf_agent_reset_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAgentResetParams, cf_struct_unref)

/**
 * CfInviteResult:
 * invite.create, agent.reset: the token is shown this once.
 */
typedef struct
{
  CfStruct parent;
  char *token;
  CfInvite *invite;
} CfInviteResult;

extern const CfShape cf_invite_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfInviteResult, cf_struct_unref)

/**
 * CfInviteShowParams:
 * invite.show
 */
typedef struct
{
  CfStruct parent;
  char *token;
} CfInviteShowParams;

extern const CfShape cf_invite_show_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfInviteShowParams, cf_struct_unref)

/**
 * CfInviteShowResult:
 * What whoever holds a token may know before they use it.
 */
typedef struct
{
  CfStruct parent;
  char *organisation_name;
  char *invited_by_name; /* none: the command line */
  char *email; /* none: whoever joins says their own */
  char *name; /* whose password it resets; none: somebody joins */
  CfRole role;
  gint64 expires_at;
} CfInviteShowResult;

extern const CfShape cf_invite_show_result_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfInviteShowResult, cf_struct_unref)

/**
 * CfInviteAcceptParams:
 * invite.accept: answers like session.login.
 */
typedef struct
{
  CfStruct parent;
  char *token;
  char *name; /* demanded of who joins */
  char *email; /* demanded where the invite has none */
  char *password;
  char *device;
} CfInviteAcceptParams;

extern const CfShape cf_invite_accept_params_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfInviteAcceptParams, cf_struct_unref)

G_END_DECLS
