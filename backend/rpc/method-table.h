/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "method.h"

G_BEGIN_DECLS

/**
 * CfdMethodTable:
 * All rows of all features, found by name and by REST path.
 */
typedef struct _CfdMethodTable CfdMethodTable;

CfdMethodTable   *cfd_method_table_new  (const CfdFeature *const *features, GError **error);
const CfdMethod  *cfd_method_table_find (CfdMethodTable *self, const char *name);
const CfdMethod  *cfd_method_table_match (CfdMethodTable *self, const char *verb, const char *path, GHashTable *fields, char **verbs);
const GPtrArray  *cfd_method_table_rows (CfdMethodTable *self);
void              cfd_method_table_free (CfdMethodTable *self);

gboolean          cfd_method_permits    (const CfdMethod *method, const CfdCaller *caller, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdMethodTable, cfd_method_table_free)

G_END_DECLS
