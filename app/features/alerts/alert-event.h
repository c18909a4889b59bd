/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaAlertKind:
 * What an agent wants to be called for; of two at once in one conversation the later one here is told.
 */
typedef enum
{
  CFA_ALERT_RETURNED,         /* a visitor whom this agent serves is there again after a while */
  CFA_ALERT_NEW_CONVERSATION, /* and nobody else's */
  CFA_ALERT_MESSAGE,          /* a visitor's, in one that is assigned to this agent */
  CFA_ALERT_ASSIGNED,         /* to this agent, by somebody else */
  CFA_ALERT_MENTION,          /* in a colleague's note */
  CFA_ALERT_URGENT,           /* somebody has been waiting for too long, or a colleague calls the supervisors */
  CFA_N_ALERTS,
} CfaAlertKind;

extern const char *const cfa_alert_kind_words[]; /* as files and sounds are called; NULL at the end */

/**
 * CfaAlertEvent:
 * Something that may deserve an agent's attention.
 */
typedef struct
{
  CfaAlertKind kind;
  char *conversation_id;
  char *site_id;   /* (nullable) */
  char *site_name; /* (nullable) */
  char *who;       /* (nullable): the visitor's name, else their email */
  char *author;    /* (nullable): of a mention, assignment or escalation: the colleague */
  char *author_id; /* (nullable): of a mention */
  char *text;      /* (nullable): what was written */
  guint unread;    /* visitor texts there that this agent has not read */
  gint64 since;    /* CFA_ALERT_URGENT: waiting since, ms UTC; 0: it was escalated */
  gboolean own;    /* this agent's doing, on whichever device */
  gboolean among;  /* CFA_ALERT_MENTION: among colleagues, in a channel: `who` is the group, NULL in a direct message */
  gboolean free;   /* nobody is assigned yet: it can be accepted */
  gboolean late;   /* heard while catching up, not as it happened */
} CfaAlertEvent;

CfaAlertEvent *cfa_alert_event_new  (CfaAlertKind kind, const char *conversation_id);
CfaAlertEvent *cfa_alert_event_copy (const CfaAlertEvent *self);
void           cfa_alert_event_free (CfaAlertEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfaAlertEvent, cfa_alert_event_free)

G_END_DECLS
