/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfdDemoLine:
 * What happens in a demo conversation, one line after the other.
 */
typedef enum
{
  CFD_DEMO_VISITOR, /* says text */
  CFD_DEMO_FIRST,   /* the first agent says text */
  CFD_DEMO_SECOND,  /* the second agent says text */
  CFD_DEMO_NOTE,    /* the second agent notes text */
  CFD_DEMO_READ,    /* the visitor has read everything */
  CFD_DEMO_CLOSE,   /* the first agent closes it */
} CfdDemoWhat;

typedef struct
{
  CfdDemoWhat what;
  guint minutes; /* after the line before */
  const char *text;
} CfdDemoLine;

typedef struct
{
  const char *name;  /* nullable: an anonymous visitor */
  const char *email; /* nullable */
  const char *locale;
  guint minutes_ago; /* when it began */
  const CfdDemoLine *lines;
  guint n_lines;
} CfdDemoConversation;

const CfdDemoConversation *cfd_demo_script (guint *n);

G_END_DECLS
