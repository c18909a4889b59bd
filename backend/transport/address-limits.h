/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfdAddressLimits:
 * What each address has: how many connections, how many requests it may still make. Addresses that have no
 * connection and a full bucket are forgotten. Keys come from cfd_address_limit_key().
 */
typedef struct _CfdAddressLimits CfdAddressLimits;

CfdAddressLimits *cfd_address_limits_new     (guint max_connections, guint rate, guint burst, guint max_entries);
void              cfd_address_limits_free    (CfdAddressLimits *self);
gboolean          cfd_address_limits_is_full (CfdAddressLimits *self, const char *key);
void              cfd_address_limits_enter   (CfdAddressLimits *self, const char *key);
void              cfd_address_limits_leave   (CfdAddressLimits *self, const char *key);
gboolean          cfd_address_limits_spend   (CfdAddressLimits *self, const char *key, gint64 now, gint64 *retry_after_ms);
guint             cfd_address_limits_size    (CfdAddressLimits *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdAddressLimits, cfd_address_limits_free)

G_END_DECLS
