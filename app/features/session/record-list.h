/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record-item.h"

G_BEGIN_DECLS

#define CFA_TYPE_RECORD_LIST (cfa_record_list_get_type ())
G_DECLARE_FINAL_TYPE (CfaRecordList, cfa_record_list, CFA, RECORD_LIST, GObject)

/*
 * All records of one shape, which are few: a GListModel of CfaRecordItem by name, or the newest first where there are no names.
 * Property: "loaded" boolean: whether what is on the disk is in it.
 */
CfaRecordList *cfa_record_list_new        (const CfShape *shape);
gboolean       cfa_record_list_get_loaded (CfaRecordList *self);
CfaRecordItem *cfa_record_list_find       (CfaRecordList *self, const char *id); /* borrowed, nullable */
void           cfa_record_list_take       (CfaRecordList *self, CfRecord *record);
void           cfa_record_list_complete   (CfaRecordList *self);
void           cfa_record_list_clear      (CfaRecordList *self);

G_END_DECLS
