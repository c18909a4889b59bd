/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/features/session/record-list.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CFA_TYPE_RECORD_GROUP (cfa_record_group_get_type ())
G_DECLARE_FINAL_TYPE (CfaRecordGroup, cfa_record_group, CFA, RECORD_GROUP, AdwPreferencesGroup)

/**
 * CfaRecordRow:
 * Returns: (transfer floating): the row that shows an item from now on.
 */
typedef GtkWidget *(*CfaRecordRow) (CfaRecordItem *item, gpointer data);

/**
 * CfaRecordMatch:
 * Returns: whether an item is looked for with these words, which are casefolded and not empty.
 */
typedef gboolean (*CfaRecordMatch) (CfaRecordItem *item, const char *words);

/*
 * A list of records among the preferences: with a button to add one, a field to search in a long one, and words to show where there is
 * none.
 * Signal: "add" ().
 */
void cfa_record_group_fill      (CfaRecordGroup *self, GListModel *items, CfaRecordRow row, gpointer data);
void cfa_record_group_search    (CfaRecordGroup *self, CfaRecordMatch match);
void cfa_record_group_set_add   (CfaRecordGroup *self, const char *label, gboolean possible);
void cfa_record_group_set_empty (CfaRecordGroup *self, const char *heading, const char *text);
GtkWidget *cfa_record_group_find (CfaRecordGroup *self, CfaRecordItem *item);

G_END_DECLS
