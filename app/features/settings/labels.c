/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "labels.h"

#include <glib/gi18n.h>

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
  static const struct { const char *action, *words; } known[] = {
    { "agent.add", N_("Added to the team") },
    { "agent.update", N_("Changed a member of the team") },
    { "agent.password", N_("Changed a password") },
    { "agent.reset", N_("Reset a password") },
    { "department.add", N_("Added a department") },
    { "department.update", N_("Changed a department") },
    { "department.remove", N_("Removed a department") },
    { "invite.accept", N_("Accepted an invitation") },
    { "invite.create", N_("Invited somebody") },
    { "invite.revoke", N_("Withdrew an invitation") },
    { "session.failed", N_("Failed to sign in") },
    { "session.login", N_("Signed in") },
    { "session.logout", N_("Signed out") },
    { "session.revoke", N_("Signed a device out") },
    { "session.revoke_all", N_("Signed out everywhere") },
    { "site.add", N_("Added a site") },
    { "site.configure", N_("Changed the settings of a site") },
    { "site.update", N_("Changed a site") },
    { "tag.add", N_("Added a tag") },
    { "tag.update", N_("Changed a tag") },
    { "tag.remove", N_("Removed a tag") },
    { "attribute.add", N_("Added an attribute") },
    { "attribute.update", N_("Changed an attribute") },
    { "attribute.remove", N_("Removed an attribute") },
    { "visitor.export", N_("Exported visitors") },
    { "visitor.import", N_("Imported visitors") },
    { "visitor.merge", N_("Merged two visitors") },
    { "visitor.unmerge", N_("Separated two visitors") },
    { "visitor.unverify", N_("No longer vouches for a visitor") },
    { "visitor.verify", N_("Verified a visitor") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].action, action) == 0)
      return g_strdup (_(known[i].words));
  return g_strdup (action);
}
