/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/methods/monitor-params.h"

G_BEGIN_DECLS

/* What a person reads of a visitor. All return (transfer full) text; nullable where nothing is known. */
char *cfa_visitor_title   (const CfMonitorVisitor *visitor);
char *cfa_visitor_place   (const char *city, const char *country);
char *cfa_visitor_path    (const char *url);
char *cfa_visitor_source  (CfSource source, const char *referrer, const char *campaign);
char *cfa_visitor_device  (const char *browser, const char *system, CfDevice device);
char *cfa_visitor_since   (gint64 then, gint64 now);

G_END_DECLS
