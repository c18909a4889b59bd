/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CfdInspection:
 * What a look into a file has shown.
 */
typedef struct
{
  char media_type[128];
  guint width, height; /* of a picture */
  gboolean cleaned;    /* the picture was made anew */
  char problem[128];   /* of a picture that could not be; "" = none */
} CfdInspection;

/* What a picture is made anew for. */
typedef enum
{
  CFD_INSPECTION_FILE,  /* as it is */
  CFD_INSPECTION_PHOTO, /* a small square JPEG */
} CfdInspectionUse;

gboolean cfd_inspection_run   (const char *program, CfdInspectionUse use, int in, int out, CfdInspection *result, GError **error);
gboolean cfd_inspection_parse (const char *text, CfdInspection *result);
gboolean cfd_inspection_print (CfdInspectionUse use, int in, int out, GError **error); /* the other side: in a process of its own */

G_END_DECLS
