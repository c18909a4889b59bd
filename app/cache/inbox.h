/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * CfaInbox:
 * The lists in which conversations stand, newest last message first.
 */
typedef enum
{
  CFA_INBOX_MINE,       /* open, assigned to the signed-in agent */
  CFA_INBOX_UNASSIGNED, /* open, nobody's */
  CFA_INBOX_ALL,        /* all open */
  CFA_INBOX_CLOSED,
} CfaInbox;

#define CFA_N_INBOXES (CFA_INBOX_CLOSED + 1)
