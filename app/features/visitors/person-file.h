/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void cfa_person_file_write (GtkWidget *widget, CfaSession *session, const char *visitor_id, GFile *file);

G_END_DECLS
