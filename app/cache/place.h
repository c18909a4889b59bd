/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "folder.h"

#include "protocol/records/conversation.h"

G_BEGIN_DECLS

/* Above any time, so that who has waited since T stands at CFA_PLACE_WAITS - T. */
#define CFA_PLACE_WAITS ((gint64) 1 << 52)

/**
 * CfaBox:
 * The one box in which a conversation lies; the folders are made of them. The numbers are in the indexes of schema.c.
 */
typedef enum
{
  CFA_BOX_MINE,
  CFA_BOX_UNASSIGNED,
  CFA_BOX_OTHERS,
  CFA_BOX_SNOOZED,
  CFA_BOX_CLOSED,
} CfaBox;

/**
 * CfaPlace:
 * Where a conversation belongs, and all by which views choose.
 */
typedef struct
{
  gboolean there;
  CfaBox box;
  gint64 time;
  gint64 wait; /* as `time`, but those who wait come before all others, the longest first */
  guint unread;
  gboolean mentioned;
  char *department_id;
  char *site_id;
  char *assignee_id;
  char *tags;  /* (nullable): ids, a space around each */
  CfMood mood;
  GPtrArray *views; /* (nullable): of char *: the keys of the views that show it, sorted */
} CfaPlace;

void     cfa_place_clear             (CfaPlace *self);
void     cfa_place_copy              (CfaPlace *self, const CfaPlace *from);
gboolean cfa_place_stands_in         (const CfaPlace *self, const char *folder);
gboolean cfa_place_calls             (const CfaPlace *self);
gint64   cfa_place_get_key           (const CfaPlace *self, CfaOrder order);
gint64   cfa_place_get_waiting_since (const CfaPlace *self);
gboolean cfa_place_same_views        (GPtrArray *a, GPtrArray *b);
gboolean cfa_place_equal             (const CfaPlace *self, const CfaPlace *other);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CfaPlace, cfa_place_clear)

G_END_DECLS
