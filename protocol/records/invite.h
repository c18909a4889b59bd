/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "agent.h"

G_BEGIN_DECLS

/* What became of the mail with its link. */
typedef enum
{
  CF_INVITE_MAIL_NONE, /* there is none: whoever invited passes the link on */
  CF_INVITE_MAIL_WAITING,
  CF_INVITE_MAIL_SENT,
  CF_INVITE_MAIL_FAILED,
} CfInviteMail;

extern const char *const cf_invite_mail_words[];

/**
 * CfInvite:
 * A way in for one person, once: to join the team, or, when it names an agent from the start, to choose a new password.
 */
typedef struct
{
  CfRecord parent;
  char *email; /* whom it is for; empty = whoever holds the token says their own */
  CfRole role;
  char **departments; /* ids: of which the new agent becomes a member */
  char *agent_id; /* whose password it resets; of a joined one the agent who was made */
  char *token_hash; /* never on the wire */
  char *invited_by; /* the admin */
  gint64 created_at;
  gint64 expires_at;
  gint64 used_at; /* 0 = not yet */
  CfInviteMail mail;
  char *mail_error; /* CF_INVITE_MAIL_FAILED: why */
} CfInvite;

extern const CfShape cf_invite_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfInvite, cf_struct_unref)

G_END_DECLS
