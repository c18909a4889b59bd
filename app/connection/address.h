/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CFA_ADDRESS_ERROR (cfa_address_error_quark ())

typedef enum
{
  CFA_ADDRESS_ERROR_INVALID,   /* not an address at all */
  CFA_ADDRESS_ERROR_NO_SERVER, /* something answers there, but it is not ChatFlow */
} CfaAddressError;

GQuark cfa_address_error_quark (void);
char **cfa_address_candidates  (const char *typed, GError **error);

G_END_DECLS
