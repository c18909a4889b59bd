/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where an address is, by a database in MaxMind's format, which is read anew when it was replaced. Any thread. */
void cfd_places_configure (const char *path);
void cfd_place_find       (const char *address, char **city, char **country);

G_END_DECLS
