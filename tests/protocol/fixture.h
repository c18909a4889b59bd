/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/json.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * FixtureFunc:
 * @name: "file: case", for messages
 */
typedef void (*FixtureFunc) (const char *name, JsonObject *fixture);

void           fixture_foreach  (const char *file, FixtureFunc func);
const CfShape *fixture_shape    (JsonObject *fixture);
CfAudience     fixture_audience (JsonObject *fixture);

G_END_DECLS
