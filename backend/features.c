/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "features.h"

#include "backend/features/accounts/account-methods.h"
#include "backend/features/accounts/invite-methods.h"
#include "backend/features/audit/audit-methods.h"
#include "backend/features/automation/automation-methods.h"
#include "backend/features/conversations/conversation-methods.h"
#include "backend/features/privacy/privacy-methods.h"
#include "backend/features/replies/reply-methods.h"
#include "backend/features/departments/department-methods.h"
#include "backend/features/files/file-methods.h"
#include "backend/features/monitor/monitor-methods.h"
#include "backend/features/scheduled/scheduled-methods.h"
#include "backend/features/search/search-methods.h"
#include "backend/features/sites/site-methods.h"
#include "backend/features/sync/sync-methods.h"
#include "backend/features/tags/tag-methods.h"
#include "backend/features/team-chat/channel-methods.h"
#include "backend/features/views/saved-view-methods.h"
#include "backend/features/visitors/attribute-methods.h"
#include "backend/features/visitors/visitor-methods.h"

static const CfdFeature *const features[] = {
  &cfd_accounts_feature,
  &cfd_invites_feature,
  &cfd_audit_feature,
  &cfd_departments_feature,
  &cfd_tags_feature,
  &cfd_team_chat_feature,
  &cfd_views_feature,
  &cfd_sites_feature,
  &cfd_attributes_feature,
  &cfd_visitors_feature,
  &cfd_privacy_feature,
  &cfd_conversations_feature,
  &cfd_scheduled_feature,
  &cfd_replies_feature,
  &cfd_files_feature,
  &cfd_monitor_feature,
  &cfd_automation_feature,
  &cfd_search_feature,
  &cfd_sync_feature,
  NULL,
};

/**
 * cfd_features:
 * Returns: all features of the daemon, NULL-terminated. A feature is added here and nowhere else.
 */
const CfdFeature *const *
cfd_features (void)
{
  return features;
}
