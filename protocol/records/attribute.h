/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/* What the values of an attribute are. */
typedef enum
{
  CF_ATTRIBUTE_TEXT,
  CF_ATTRIBUTE_NUMBER, /* "12", "-0.5" */
  CF_ATTRIBUTE_DATE,   /* "2026-11-21" */
  CF_ATTRIBUTE_CHOICE, /* one of its choices */
  CF_ATTRIBUTE_YES_NO, /* "yes" or "no" */
} CfAttributeKind;

extern const char *const cf_attribute_kind_words[];

#define CF_ATTRIBUTE_CHOICES_MAX 50

/**
 * CfAttribute:
 * Something that this organisation wants to know of its visitors: a plan, a customer number.
 */
typedef struct
{
  CfRecord parent;
  char *name; /* unique in the organisation, whatever its case */
  CfAttributeKind kind; /* never changes: the values that there are would mean nothing */
  char **choices; /* of CF_ATTRIBUTE_CHOICE, in their order */
  gint64 place; /* the lower ones are shown first */
  gint64 created_at;
} CfAttribute;

extern const CfShape cf_attribute_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfAttribute, cf_struct_unref)

gboolean cf_attribute_takes (const CfAttribute *attribute, const char *value, GError **error);
gboolean cf_date_is_valid   (const char *text);

G_END_DECLS
