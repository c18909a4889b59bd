/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "placeholders.h"

G_BEGIN_DECLS

void cfa_reply_preview_show (GtkLabel *label, const char *template, const CfaPlaceholderValues *values);

G_END_DECLS
