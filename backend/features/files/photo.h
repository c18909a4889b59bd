/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pixels.h"

G_BEGIN_DECLS

/* The side of a photo at most, in pixels: what is drawn at 48 is sharp on any screen. */
#define CFD_PHOTO_SIDE 256

gboolean cfd_photo_square (const CfdPixels *picture, CfdPixels *photo, GError **error);

G_END_DECLS
