/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../shape.h"

G_BEGIN_DECLS

/* The sounds that the widget can make. */
typedef enum
{
  CF_SITE_SOUND_CHIME,
  CF_SITE_SOUND_BELL,
  CF_SITE_SOUND_DROP,
} CfSiteSound;

extern const char *const cf_site_sound_words[];

#define CF_SITE_VOLUME_MAX 100

/**
 * CfSiteAlerts:
 * How visitors are called who don't look, as long as they have not chosen themselves. Empty, as without the section: with a chime, at a volume that the widget chooses.
 */
typedef struct
{
  CfStruct parent;
  gboolean sound_off;
  CfSiteSound sound;
  gint64 volume; /* 1 to 100; 0 = what the widget chooses */
} CfSiteAlerts;

extern const CfShape cf_site_alerts_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSiteAlerts, cf_struct_unref)

G_END_DECLS
