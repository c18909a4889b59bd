/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "macro.h"

#include "protocol/error.h"

static gboolean
is_blank (const char *text)
{
  g_autofree char *copy = g_strdup (text != NULL ? text : "");

  return *g_strstrip (copy) == '\0';
}

static gboolean
does_nothing (const CfMacro *macro)
{
  return is_blank (macro->text) && is_blank (macro->note) && macro->add_tags == NULL && macro->remove_tags == NULL
         && macro->assign == CF_MACRO_ASSIGN_LEAVE && macro->department_id == NULL && !macro->close;
}

/**
 * cfd_macro_check:
 * Returns: FALSE with CF_ERROR_INVALID when the macro does nothing, contradicts itself, or names an agent without assigning to one.
 */
gboolean
cfd_macro_check (const CfMacro *macro, GError **error)
{
  const char *problem = NULL;

  if (is_blank (macro->name))
    problem = "name: got blanks, expected a name";
  else if (does_nothing (macro))
    problem = "macro: got nothing to do, expected a text, a note, tags, an assignment, a department or close";
  else if ((macro->assign == CF_MACRO_ASSIGN_AGENT) != (macro->assignee_id != NULL))
    problem = "assignee_id: expected with assign \"agent\", and only with that";
  for (guint i = 0; problem == NULL && macro->add_tags != NULL && macro->add_tags[i] != NULL; i++)
    if (macro->remove_tags != NULL && g_strv_contains ((const char *const *) macro->remove_tags, macro->add_tags[i]))
      problem = "remove_tags: got a tag that is added too, expected others";
  if (problem != NULL)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, problem);
  return problem == NULL;
}
