/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "labels.h"

#include <glib/gi18n.h>

/* In the order in which they can be chosen. */
static const struct { const char *action, *words; } actions[] = {
  { "session.login", N_("Signed in") },
  { "session.failed", N_("Failed to sign in") },
  { "session.revoke_all", N_("Signed out everywhere") },
  { "agent.add", N_("Added to the team") },
  { "agent.update", N_("Changed a member of the team") },
  { "agent.password", N_("Changed a password") },
  { "agent.photo", N_("Changed a photo") },
  { "agent.reset", N_("Reset a password") },
  { "invite.create", N_("Invited somebody") },
  { "invite.accept", N_("Accepted an invitation") },
  { "invite.revoke", N_("Withdrew an invitation") },
  { "department.add", N_("Added a department") },
  { "department.update", N_("Changed a department") },
  { "department.remove", N_("Removed a department") },
  { "tag.add", N_("Added a tag") },
  { "tag.update", N_("Changed a tag") },
  { "tag.remove", N_("Removed a tag") },
  { "attribute.add", N_("Added an attribute") },
  { "attribute.update", N_("Changed an attribute") },
  { "attribute.remove", N_("Removed an attribute") },
  { "canned.add", N_("Added a canned response") },
  { "canned.update", N_("Changed a canned response") },
  { "canned.remove", N_("Removed a canned response") },
  { "macro.add", N_("Added a macro") },
  { "macro.update", N_("Changed a macro") },
  { "macro.remove", N_("Removed a macro") },
  { "trigger.add", N_("Added a trigger") },
  { "trigger.update", N_("Changed a trigger") },
  { "trigger.remove", N_("Removed a trigger") },
  { "goal.add", N_("Added a goal") },
  { "goal.update", N_("Changed a goal") },
  { "goal.remove", N_("Removed a goal") },
  { "site.add", N_("Added a site") },
  { "site.configure", N_("Changed the settings of a site") },
  { "site.update", N_("Changed a site") },
  { "site.add_secret", N_("Made a secret of a site") },
  { "site.revoke_secret", N_("Revoked a secret of a site") },
  { "site.add_key", N_("Made an API key") },
  { "site.revoke_key", N_("Revoked an API key") },
  { "site.expire", N_("Deleted what was kept long enough") },
  { "visitor.verify", N_("Verified a visitor") },
  { "visitor.unverify", N_("No longer vouches for a visitor") },
  { "visitor.merge", N_("Merged two visitors") },
  { "visitor.unmerge", N_("Separated two visitors") },
  { "visitor.import", N_("Imported visitors") },
  { "visitor.export", N_("Exported visitors") },
  { "person.export", N_("Exported what is known of a person") },
  { "person.erase", N_("Erased a person") },
};

const char *
cfa_label_role (CfRole role)
{
  switch (role)
    {
    case CF_ROLE_ADMIN:
      return _("Admin");
    case CF_ROLE_SUPERVISOR:
      return _("Supervisor");
    default:
      return _("Agent");
    }
}

const char *
cfa_label_role_detail (CfRole role)
{
  switch (role)
    {
    case CF_ROLE_ADMIN:
      return _("Manages everything: the team, sites, the audit log");
    case CF_ROLE_SUPERVISOR:
      return _("Answers visitors, manages departments and tags");
    default:
      return _("Answers visitors");
    }
}

const char *
cfa_label_assignment (CfAssignment assignment)
{
  switch (assignment)
    {
    case CF_ASSIGNMENT_ROUND_ROBIN:
      return _("In turn");
    case CF_ASSIGNMENT_LEAST_BUSY:
      return _("To the least busy");
    default:
      return _("To whoever takes them");
    }
}

const char *
cfa_label_kind (CfAttributeKind kind)
{
  switch (kind)
    {
    case CF_ATTRIBUTE_NUMBER:
      return _("Number");
    case CF_ATTRIBUTE_DATE:
      return _("Date");
    case CF_ATTRIBUTE_CHOICE:
      return _("Choice");
    case CF_ATTRIBUTE_YES_NO:
      return _("Yes or no");
    default:
      return _("Text");
    }
}

/**
 * cfa_label_action:
 * @action: of an entry of the audit log
 *
 * Returns: (transfer full): in words; an action that this version does not know, as the server calls it.
 */
char *
cfa_label_action (const char *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_strcmp0 (actions[i].action, action) == 0)
      return g_strdup (_(actions[i].words));
  return g_strdup (action);
}

/**
 * cfa_label_actions_at:
 * Returns: (nullable): an action of the audit log that there are words for; NULL behind the last
 */
const char *
cfa_label_actions_at (guint place)
{
  return place < G_N_ELEMENTS (actions) ? actions[place].action : NULL;
}
