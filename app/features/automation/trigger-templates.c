/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trigger-templates.h"

#include "protocol/id.h"

#include <glib/gi18n.h>

#define CONDITIONS 2

/* What is said is a beginning, in the language of who makes it. Words of protocol and patterns are not translated. */
static const struct
{
  const char *name, *about;
  struct { CfTriggerKind kind; CfTriggerHow how; const char *name, *value; } conditions[CONDITIONS];
  guint n;
  const char *message, *bubble;
  CfTriggerCap cap;
  gint64 cap_days;
} templates[CFA_TRIGGER_TEMPLATES] = {
  {
    N_("Help with the prices"), N_("Invite visitors who stay longer than 30 s on your prices page"),
    { { CF_TRIGGER_URL, CF_TRIGGER_MATCHES, NULL, "/pric*" }, { CF_TRIGGER_PAGE_TIME, CF_TRIGGER_AT_LEAST, NULL, "30" } }, 2,
    N_("Hello! Shall I help you to find what fits best?"), NULL, CF_TRIGGER_CAP_DAYS, 7,
  },
  {
    N_("Before they go"), N_("Ask visitors who are about to leave whether something is missing"),
    { { CF_TRIGGER_EXIT, CF_TRIGGER_IS, NULL, "yes" }, { CF_TRIGGER_PAGES, CF_TRIGGER_AT_LEAST, NULL, "2" } }, 2,
    NULL, N_("Did you find what you were looking for?"), CF_TRIGGER_CAP_DAYS, 30,
  },
  {
    N_("Welcome back"), N_("Greet visitors who have been here before"),
    { { CF_TRIGGER_RETURNING, CF_TRIGGER_IS, NULL, "yes" }, { CF_TRIGGER_SITE_TIME, CF_TRIGGER_AT_LEAST, NULL, "15" } }, 2,
    NULL, N_("Welcome back! We are here if you have a question."), CF_TRIGGER_CAP_DAYS, 14,
  },
  {
    N_("A full cart"), N_("Offer help to visitors whose cart is worth 100 or more and who hesitate"),
    { { CF_TRIGGER_EVENT_VALUE, CF_TRIGGER_AT_LEAST, "cart", "100" }, { CF_TRIGGER_PAGE_TIME, CF_TRIGGER_AT_LEAST, NULL, "60" } }, 2,
    N_("Can I help you with your order?"), NULL, CF_TRIGGER_CAP_VISIT, 0,
  },
  {
    N_("From an advertisement"), N_("Speak to visitors whom a campaign has brought while somebody of the team is online"),
    { { CF_TRIGGER_UTM, CF_TRIGGER_IS, "medium", "cpc" }, { CF_TRIGGER_AGENTS, CF_TRIGGER_AT_LEAST, NULL, "1" } }, 2,
    N_("Hello! Do you have a question about our offer?"), NULL, CF_TRIGGER_CAP_DAYS, 7,
  },
};

const char *
cfa_trigger_template_name (guint i)
{
  return _(templates[i].name);
}

const char *
cfa_trigger_template_about (guint i)
{
  return _(templates[i].about);
}

static void
fill (CfTrigger *trigger, guint i)
{
  trigger->name = g_strdup (_(templates[i].name));
  for (guint n = 0; n < templates[i].n; n++)
    {
      CfTriggerCondition *condition = cf_struct_new (&cf_trigger_condition_shape);

      condition->kind = templates[i].conditions[n].kind;
      condition->how = templates[i].conditions[n].how;
      condition->name = g_strdup (templates[i].conditions[n].name);
      condition->value = g_strdup (templates[i].conditions[n].value);
      g_ptr_array_add (trigger->rules->conditions, condition);
    }
  trigger->actions->message = templates[i].message != NULL ? g_strdup (_(templates[i].message)) : NULL;
  trigger->actions->bubble = templates[i].bubble != NULL ? g_strdup (_(templates[i].bubble)) : NULL;
  trigger->cap = templates[i].cap;
  trigger->cap_days = templates[i].cap_days;
}

/**
 * cfa_trigger_template_new:
 * @i: below CFA_TRIGGER_TEMPLATES, or that for an empty one
 *
 * Returns: (transfer full): a trigger of its own that is on, with rules and actions.
 */
CfTrigger *
cfa_trigger_template_new (guint i)
{
  CfTrigger *trigger = cf_struct_new (&cf_trigger_shape);

  trigger->parent.id = cf_id_new (); /* made once: saved again it makes no second */
  trigger->enabled = TRUE;
  trigger->rules = cf_struct_new (&cf_trigger_rules_shape);
  trigger->rules->conditions = cf_structs_new ();
  trigger->actions = cf_struct_new (&cf_trigger_actions_shape);
  if (i < CFA_TRIGGER_TEMPLATES)
    fill (trigger, i);
  return trigger;
}
