/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../shape.h"

G_BEGIN_DECLS

typedef enum
{
  CF_SCHEME_AUTO, /* as the visitor's system is */
  CF_SCHEME_LIGHT,
  CF_SCHEME_DARK,
} CfScheme;

extern const char *const cf_scheme_words[];

typedef enum
{
  CF_SIDE_RIGHT,
  CF_SIDE_LEFT,
} CfSide;

extern const char *const cf_side_words[];

/* The furthest that the launcher may be moved from its corner, and the longest that the bubble may wait. */
#define CF_OFFSET_MAX       200
#define CF_BUBBLE_DELAY_MAX 600

/**
 * CfSiteAppearance:
 * How the widget looks on a site, beside its colour and its greeting. Zeroes are how it is by itself.
 */
typedef struct
{
  CfStruct parent;
  CfScheme scheme;
  CfSide side;
  gint64 offset_x; /* CSS pixels away from the usual place, into the page */
  gint64 offset_y;
  char *launcher_text; /* beside the picture in the launcher */
  char *title; /* in the head of the panel, until an agent is there; NULL = the site's name */
  gboolean photos_off; /* no pictures of agents, nor their initials */
  char *bubble_text; /* above the launcher, once in a visit; NULL = none */
  gint64 bubble_delay; /* seconds */
  gboolean branding_off; /* without "Powered by ChatFlow" */
} CfSiteAppearance;

extern const CfShape cf_site_appearance_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteAppearance, cf_struct_unref)

G_END_DECLS
