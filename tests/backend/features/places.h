/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes a small database in MaxMind's format (its specification 2.0): all of 81.0.0.0/8 is in @city, @country; nothing else is anywhere. */
void places_write (const char *path, const char *city, const char *country);

G_END_DECLS
