/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfaKeptSeconds:
 * A time that the person chooses among some, on this computer.
 */
typedef struct
{
  const char *group;     /* of the file, which is called so, too */
  const char *key;
  const guint *choices;  /* seconds, rising; the first is it until another is chosen; ended by G_MAXUINT */
  gboolean loaded;
  guint chosen;
} CfaKeptSeconds;

guint cfa_kept_seconds_get (CfaKeptSeconds *self);
void  cfa_kept_seconds_set (CfaKeptSeconds *self, guint seconds);

G_END_DECLS
