/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CFA_CLOSE_GOING_AWAY    1001
#define CFA_CLOSE_SESSION_ENDED 4001
#define CFA_CLOSE_RESTART       1012

/**
 * CfaCloseVerdict:
 * What a closed socket asks of the client.
 */
typedef enum
{
  CFA_CLOSE_BACK_OFF, /* try again, each time later */
  CFA_CLOSE_SOON,     /* the server restarts: try again within 1-3 s */
  CFA_CLOSE_END,      /* the session is over: sign in again */
} CfaCloseVerdict;

CfaCloseVerdict cfa_close_verdict (gushort code);

G_END_DECLS
