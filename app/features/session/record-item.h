/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "protocol/record.h"

G_BEGIN_DECLS

#define CFA_TYPE_RECORD_ITEM (cfa_record_item_get_type ())
G_DECLARE_FINAL_TYPE (CfaRecordItem, cfa_record_item, CFA, RECORD_ITEM, GObject)

/*
 * Something that the team shares, such as an agent or a site: one object for as long as anybody shows it, whatever becomes of it.
 * Signal: "changed" (): the record is another one, or what is known around it (an agent's presence).
 */
CfaRecordItem *cfa_record_item_new     (CfRecord *record);
gconstpointer  cfa_record_item_get     (CfaRecordItem *self); /* the record; a tombstone when it is gone */
const char    *cfa_record_item_get_id  (CfaRecordItem *self);
gboolean       cfa_record_item_is_gone (CfaRecordItem *self);
void           cfa_record_item_set     (CfaRecordItem *self, CfRecord *record);
void           cfa_record_item_touch   (CfaRecordItem *self);

G_END_DECLS
