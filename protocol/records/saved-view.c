/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "saved-view.h"

const char *const cf_view_status_words[] = { "", "open", "snoozed", "closed", NULL };

const char *const cf_view_assignee_words[] = { "any", "me", "none", "agent", NULL };

static const CfField fields[] = {
  CF_RECORD_ROWS (CfSavedView),
  CF_ROW (CfSavedView, name, CF_KIND_STRING, "name", CF_FIELD_REQUIRED, CF_AUDIENCE_STAFF, .min = 1, .max = 100),
  CF_ROW (CfSavedView, owner_id, CF_KIND_ID, "owner_id", 0, CF_AUDIENCE_STAFF, .help = "Whose it is alone; absent: everybody's."),
  CF_ROW (CfSavedView, place, CF_KIND_INTEGER, "place", 0, CF_AUDIENCE_STAFF, .min = 0, .max = 1000000),
  CF_ROW (CfSavedView, status, CF_KIND_ENUM, "status", 0, CF_AUDIENCE_STAFF, .words = cf_view_status_words),
  CF_ROW (CfSavedView, assignee, CF_KIND_ENUM, "assignee", 0, CF_AUDIENCE_STAFF, .words = cf_view_assignee_words),
  CF_ROW (CfSavedView, assignee_id, CF_KIND_ID, "assignee_id", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfSavedView, site_id, CF_KIND_ID, "site_id", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfSavedView, department_id, CF_KIND_ID, "department_id", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfSavedView, tag_id, CF_KIND_ID, "tag_id", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfSavedView, waiting_over, CF_KIND_INTEGER, "waiting_over", 0, CF_AUDIENCE_STAFF, .min = 0, .max = CF_VIEW_WAITING_MAX),
  CF_ROW (CfSavedView, created_at, CF_KIND_TIME, "created_at", 0, CF_AUDIENCE_STAFF),
  CF_ROW (CfSavedView, mood, CF_KIND_ENUM, "mood", 0, CF_AUDIENCE_STAFF, .words = cf_mood_words),
};

const CfShape cf_saved_view_shape = {
  .name = "saved_view",
  .table = "saved_view",
  .size = sizeof (CfSavedView),
  .readers = CF_AUDIENCE_STAFF,
  CF_FIELDS_END (fields),
};
