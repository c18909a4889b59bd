/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "protocol/shape.h"

G_BEGIN_DECLS

gpointer cfa_answer_read    (SoupMessage *message, GBytes *body, const CfShape *shape, GError **error);
void     cfa_answer_refusal (GBytes *body, guint status, GError **error);

G_END_DECLS
