/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "folder.h"

#include <string.h>

#define DEPARTMENT "department:"
#define SITE "site:"
#define VIEW "view:"

static const char *const inboxes[CFA_N_INBOXES] = {
  [CFA_INBOX_MINE] = "mine",
  [CFA_INBOX_UNASSIGNED] = "unassigned",
  [CFA_INBOX_MENTIONS] = "mentions",
  [CFA_INBOX_ALL] = "all",
  [CFA_INBOX_SNOOZED] = "snoozed",
  [CFA_INBOX_CLOSED] = "closed",
};

static const char *
behind (const char *folder, const char *prefix)
{
  return g_str_has_prefix (folder, prefix) ? folder + strlen (prefix) : NULL;
}

const char *
cfa_folder_of_inbox (CfaInbox inbox)
{
  return inboxes[inbox];
}

/**
 * cfa_folder_of_department:
 * Returns: (transfer full): the key.
 */
char *
cfa_folder_of_department (const char *id)
{
  return g_strconcat (DEPARTMENT, id, NULL);
}

/**
 * cfa_folder_of_site:
 * Returns: (transfer full): the key.
 */
char *
cfa_folder_of_site (const char *id)
{
  return g_strconcat (SITE, id, NULL);
}

/**
 * cfa_folder_of_view:
 * Returns: (transfer full): the key.
 */
char *
cfa_folder_of_view (const char *id)
{
  return g_strconcat (VIEW, id, NULL);
}

/**
 * cfa_folder_is_inbox:
 * @inbox: (out): which one
 */
gboolean
cfa_folder_is_inbox (const char *folder, CfaInbox *inbox)
{
  for (guint i = 0; i < CFA_N_INBOXES; i++)
    if (g_str_equal (folder, inboxes[i]))
      {
        *inbox = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * cfa_folder_get_department:
 * Returns: (nullable): the id, when it is a department's folder.
 */
const char *
cfa_folder_get_department (const char *folder)
{
  return behind (folder, DEPARTMENT);
}

/**
 * cfa_folder_get_site:
 * Returns: (nullable): the id, when it is a site's folder.
 */
const char *
cfa_folder_get_site (const char *folder)
{
  return behind (folder, SITE);
}

/**
 * cfa_folder_get_view:
 * Returns: (nullable): the id, when it is the folder of a saved view.
 */
const char *
cfa_folder_get_view (const char *folder)
{
  return behind (folder, VIEW);
}

/**
 * cfa_folder_get_id:
 * Returns: (nullable): the id of the department, site or view; NULL of an inbox.
 */
const char *
cfa_folder_get_id (const char *folder)
{
  const char *id = cfa_folder_get_department (folder);

  if (id == NULL)
    id = cfa_folder_get_site (folder);
  return id != NULL ? id : cfa_folder_get_view (folder);
}
