/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Deeper nesting is refused: readers recurse. */
#define CF_JSON_MAX_DEPTH 32

/* One name as it is meant; what was written with escapes has its meaning in memory of its own. */
typedef struct
{
  const char *text;
  gsize length;
  char *owned;
} CfJsonName;

/**
 * CfJsonNames:
 * The names in the objects that are open at one place of a text, to find out when an object names something twice. Lives on
 * the stack; most texts need no memory beside it.
 */
typedef struct
{
  struct
  {
    guint first;   /* of its names */
    guint64 marks; /* a bit for each name so far, by its length and ends; other names may share it */
    gboolean suspect;
  } objects[CF_JSON_MAX_DEPTH];
  guint depth;
  guint n_names, n_owned, allocated;
  CfJsonName *names; /* few, or what was allocated when they became many */
  CfJsonName few[32];
  gboolean twice; /* some object did */
} CfJsonNames;

void cf_json_names_init  (CfJsonNames *self);
void cf_json_names_open  (CfJsonNames *self);
void cf_json_names_add   (CfJsonNames *self, const char *text, gsize length, gboolean escaped);
void cf_json_names_close (CfJsonNames *self);
void cf_json_names_clear (CfJsonNames *self);

G_END_DECLS
