/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "method.h"

G_BEGIN_DECLS

/* The rows that belong to the connection itself; the other features' rows follow them in the table. */
extern const CfdFeature cfd_connection_feature;

#define CFD_METHOD_OPEN    "session.open"
#define CFD_METHOD_CHANGES "sync.changes"

const CfdFeature *const *cfd_connection_with (const CfdFeature *const *features);

G_END_DECLS
