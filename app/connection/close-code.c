/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "close-code.h"

/**
 * cfa_close_verdict:
 * @code: of the WebSocket's close frame; 0 or 1006 when there was none
 *
 * The table in docs/protocol.md, "Keep-alive, closing, errors".
 */
CfaCloseVerdict
cfa_close_verdict (gushort code)
{
  switch (code)
    {
    case CFA_CLOSE_SESSION_ENDED:
      return CFA_CLOSE_END;
    case CFA_CLOSE_RESTART:
      return CFA_CLOSE_SOON;
    default:
      return CFA_CLOSE_BACK_OFF;
    }
}
