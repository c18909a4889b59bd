/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfdStateLock:
 * Who works on a state folder: one server and any number of commands beside it, or one restore alone. Ends with the process, whatever
 * ends that.
 */
typedef struct _CfdStateLock CfdStateLock;

typedef enum
{
  CFD_STATE_COMMAND, /* beside others, not beside a restore */
  CFD_STATE_SERVER,  /* the same, and no second server */
  CFD_STATE_RESTORE, /* alone */
} CfdStateUse;

CfdStateLock *cfd_state_lock      (const char *state, CfdStateUse use, GError **error);
void          cfd_state_lock_free (CfdStateLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdStateLock, cfd_state_lock_free)

G_END_DECLS
