/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * CfaInbox:
 * The lists of conversations that every agent has. Snoozed ones are in none of the open ones but Mentions.
 */
typedef enum
{
  CFA_INBOX_MINE,       /* open, assigned to the signed-in agent */
  CFA_INBOX_UNASSIGNED, /* open, nobody's */
  CFA_INBOX_MENTIONS,   /* open, with a note that calls the signed-in agent */
  CFA_INBOX_ALL,        /* all open */
  CFA_INBOX_SNOOZED,    /* open, out of sight until a time */
  CFA_INBOX_CLOSED,
} CfaInbox;

#define CFA_N_INBOXES (CFA_INBOX_CLOSED + 1)

/**
 * CfaOrder:
 * What stands first in a list.
 */
typedef enum
{
  CFA_ORDER_NEWEST,  /* the newest last message */
  CFA_ORDER_OLDEST,  /* the oldest last message */
  CFA_ORDER_WAITING, /* the visitor who has been waiting longest; then those who do not wait, newest first */
} CfaOrder;

#define CFA_N_ORDERS (CFA_ORDER_WAITING + 1)
