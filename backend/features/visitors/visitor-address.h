/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/site-privacy.h"

G_BEGIN_DECLS

char *cfd_visitor_address_keep (const char *address, CfAddresses how);

G_END_DECLS
