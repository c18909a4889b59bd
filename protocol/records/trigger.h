/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "../methods/trigger-rules.h"

G_BEGIN_DECLS

/* How often one visitor meets a trigger at most. */
typedef enum
{
  CF_TRIGGER_CAP_VISIT, /* once in a visit */
  CF_TRIGGER_CAP_DAYS,  /* once in so many days */
  CF_TRIGGER_CAP_EVER,
} CfTriggerCap;

extern const char *const cf_trigger_cap_words[];

#define CF_TRIGGERS_MAX          100
#define CF_TRIGGER_CAP_DAYS_MAX  365

/**
 * CfTrigger:
 * What is said or done by itself when a visitor does something on a site. Of those that are met at once the first in their order acts.
 */
typedef struct
{
  CfRecord parent;
  char *name;
  gboolean enabled;
  char **sites; /* ids; NULL = all */
  gint64 place; /* the lower ones go first */
  CfTriggerRules *rules;
  CfTriggerActions *actions;
  CfTriggerCap cap;
  gint64 cap_days; /* CF_TRIGGER_CAP_DAYS */
  gint64 version; /* counted up with each change */
  char *changed_by; /* the name of who made it */
  gint64 changed_at;
  gint64 created_at;
} CfTrigger;

extern const CfShape cf_trigger_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfTrigger, cf_struct_unref)

G_END_DECLS
