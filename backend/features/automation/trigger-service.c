/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trigger-service.h"

#include "backend/db/lookup.h"
#include "backend/features/accounts/account-service.h"
#include "backend/features/audit/audit-service.h"
#include "backend/features/departments/department-service.h"
#include "backend/features/sites/site-service.h"
#include "hit-store.h"
#include "protocol/error.h"
#include "protocol/records/attribute.h"
#include "protocol/records/tag.h"
#include "saving.h"
#include "trigger-store.h"
#include "trigger.h"

/* Of what is named only those can be chosen that there are. */
static gboolean
check_ids (CfdTx *tx, const CfdCaller *by, const CfShape *shape, char *const *ids, const char *field, GError **error)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      g_autoptr (CfRecord) record = cfd_tx_require (tx, shape, by->organisation_id, ids[i], error);

      if (record == NULL)
        {
          g_prefix_error (error, "actions.%s: ", field);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check_actions (CfdTx *tx, const CfdCaller *by, const CfTriggerActions *actions, GError **error)
{
  if (!cf_trigger_actions_check (actions, error) || !check_ids (tx, by, &cf_tag_shape, actions->tags, "tags", error)
      || !check_ids (tx, by, &cf_agent_shape, actions->notify, "notify", error))
    return FALSE;
  if (actions->department_id != NULL)
    {
      g_autoptr (CfDepartment) department = cfd_departments_get (tx, by->organisation_id, actions->department_id, error);

      if (department == NULL)
        return FALSE;
    }
  if (actions->agent_id != NULL)
    {
      g_autoptr (CfAgent) agent = cfd_accounts_get_active (tx, by->organisation_id, actions->agent_id, error);

      if (agent == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_rules (CfdTx *tx, const CfdCaller *by, const CfTriggerRules *rules, GError **error)
{
  if (!cf_trigger_rules_check (rules, error))
    return FALSE;
  for (guint i = 0; i < rules->conditions->len; i++)
    {
      const CfTriggerCondition *condition = rules->conditions->pdata[i];
      g_autoptr (CfAttribute) attribute = NULL;

      if (condition->kind != CF_TRIGGER_ATTRIBUTE)
        continue;
      attribute = cfd_tx_require (tx, &cf_attribute_shape, by->organisation_id, condition->name, error);
      if (attribute == NULL || !cf_attribute_takes (attribute, condition->value, error))
        {
          g_prefix_error (error, "rules.conditions[%u].", i);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
check (CfdTx *tx, const CfdCaller *by, const CfTriggerSaveParams *params, GError **error)
{
  if ((params->cap == CF_TRIGGER_CAP_DAYS) != (params->cap_days > 0))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "cap_days: got %" G_GINT64_FORMAT ", expected 1 to %d with cap \"days\", and none with another",
                   params->cap_days, CF_TRIGGER_CAP_DAYS_MAX);
      return FALSE;
    }
  return check_rules (tx, by, params->rules, error) && check_actions (tx, by, params->actions, error)
         && cfd_saving_check_sites (tx, by, params->sites, error);
}

/* @have: (nullable). Returns: (transfer full): the trigger as the call wants it */
static CfTrigger *
make (CfdTx *tx, const CfdCaller *by, const CfTrigger *have, const CfTriggerSaveParams *params)
{
  CfTrigger *trigger = have != NULL ? cf_struct_copy (have) : cf_struct_new (&cf_trigger_shape);

  if (have == NULL)
    {
      trigger->parent.id = g_strdup (params->id);
      trigger->parent.organisation_id = g_strdup (by->organisation_id);
      trigger->created_at = cfd_tx_now (tx);
    }
  g_free (trigger->name);
  trigger->name = g_strdup (params->name);
  trigger->enabled = params->enabled;
  g_strfreev (trigger->sites);
  trigger->sites = params->sites != NULL && params->sites[0] != NULL ? g_strdupv (params->sites) : NULL;
  g_clear_pointer (&trigger->rules, cf_struct_unref);
  trigger->rules = cf_struct_ref (params->rules);
  g_clear_pointer (&trigger->actions, cf_struct_unref);
  trigger->actions = cf_struct_ref (params->actions);
  trigger->cap = params->cap;
  trigger->cap_days = params->cap_days;
  return trigger;
}

/* A new one comes last. */
static gboolean
find_place (CfdTx *tx, const CfdCaller *by, CfTrigger *trigger, GError **error)
{
  g_autoptr (GPtrArray) all = cfd_trigger_store_list (tx, by->organisation_id, error);

  if (all == NULL)
    return FALSE;
  if (all->len >= CF_TRIGGERS_MAX)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "there are %u triggers, which is all that there can be", all->len);
      return FALSE;
    }
  trigger->place = all->len > 0 ? ((const CfTrigger *) all->pdata[all->len - 1])->place + 1 : 0;
  return TRUE;
}

/* The pages of a site fetch what looks for triggers only where there are some. */
static gboolean
mark_sites (CfdTx *tx, const char *organisation_id, GError **error)
{
  g_autoptr (GPtrArray) sites = cfd_sites_list (tx, organisation_id, error);

  for (guint i = 0; sites != NULL && i < sites->len; i++)
    {
      gboolean changed;

      if (!cfd_triggers_mark (tx, sites->pdata[i], &changed, error) || (changed && !cfd_tx_put (tx, sites->pdata[i], error)))
        return FALSE;
    }
  return sites != NULL;
}

/**
 * cfd_triggers_list:
 * Returns: (transfer full): those that act on a site of the caller's, in the order in which they go
 */
GPtrArray *
cfd_triggers_list (CfdTx *tx, const CfdCaller *caller, GError **error)
{
  return cfd_saving_list (caller, cfd_trigger_store_list (tx, caller->organisation_id, error));
}

/**
 * cfd_triggers_save:
 * Makes a trigger, or changes all of it but its place. What is so already changes nothing, so that a call whose answer was lost can be sent again.
 *
 * Returns: (transfer full): the trigger as it is now
 */
CfTrigger *
cfd_triggers_save (CfdTx *tx, const CfdCaller *by, const CfTriggerSaveParams *params, GError **error)
{
  g_autoptr (CfTrigger) have = NULL, wanted = NULL;
  CfdSaved saved;

  if (!check (tx, by, params, error) || !cfd_saving_find (tx, by, &cf_trigger_shape, params->id, &have, error))
    return NULL;
  wanted = make (tx, by, have, params);
  if (!cfd_saving_check_reach (by, wanted->sites, error) || (have != NULL && !cfd_saving_check_reach (by, have->sites, error)))
    return NULL;
  if (have != NULL && cf_struct_equal (have, wanted))
    return g_steal_pointer (&have);
  saved = (CfdSaved) { &wanted->version, &wanted->changed_by, &wanted->changed_at };
  if (have != NULL ? !cfd_saving_check_version (&wanted->parent, &saved, params->version, error) : !find_place (tx, by, wanted, error))
    return NULL;
  cfd_saving_sign (tx, by, &saved);
  if (!cfd_tx_put (tx, wanted, error)
      || !cfd_audit_note (tx, by, have != NULL ? "trigger.update" : "trigger.add", &wanted->parent, wanted->name, NULL, error)
      || !mark_sites (tx, by->organisation_id, error))
    return NULL;
  return g_steal_pointer (&wanted);
}

/**
 * cfd_triggers_remove:
 * Returns: (transfer full): its tombstone, also when it was removed before. What was counted stays.
 */
CfTrigger *
cfd_triggers_remove (CfdTx *tx, const CfdCaller *by, const char *id, GError **error)
{
  gboolean gone;
  g_autoptr (CfTrigger) trigger = cfd_saving_require (tx, by, &cf_trigger_shape, id, &gone, error);

  if (trigger == NULL || gone)
    return g_steal_pointer (&trigger);
  if (!cfd_saving_check_reach (by, trigger->sites, error))
    return NULL;
  trigger->parent.deleted = TRUE;
  if (!cfd_tx_put (tx, trigger, error) || !cfd_audit_note (tx, by, "trigger.remove", &trigger->parent, trigger->name, NULL, error)
      || !mark_sites (tx, by->organisation_id, error))
    return NULL;
  return g_steal_pointer (&trigger);
}

static int
place_in (char *const *ids, const CfTrigger *trigger)
{
  for (int i = 0; ids[i] != NULL; i++)
    if (g_str_equal (ids[i], trigger->parent.id))
      return i;
  return G_MAXINT;
}

static int
by_wish (gconstpointer a, gconstpointer b, gpointer ids)
{
  const CfTrigger *left = *(const CfTrigger *const *) a, *right = *(const CfTrigger *const *) b;
  int one = place_in (ids, left), other = place_in (ids, right);

  if (one != other)
    return one < other ? -1 : 1;
  return (left->place > right->place) - (left->place < right->place);
}

/* Returns: (transfer container): those of @all of which @by may know, in the order of @ids */
static GPtrArray *
wish (const CfdCaller *by, const GPtrArray *all, char **ids)
{
  GPtrArray *wished = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    g_ptr_array_add (wished, all->pdata[i]);
  cfd_saving_list (by, wished);
  g_ptr_array_sort_with_data (wished, by_wish, ids);
  return wished;
}

/* Nobody changes what happens on sites that they don't serve: what acts there too stays in its order. */
static gboolean
check_order (const CfdCaller *by, const GPtrArray *wished, GError **error)
{
  const CfTrigger *last = NULL;

  for (guint i = 0; i < wished->len; i++)
    {
      const CfTrigger *trigger = wished->pdata[i];

      if (cfd_saving_reaches (by, trigger->sites))
        continue;
      if (last != NULL && trigger->place < last->place)
        {
          g_set_error (error, CF_ERROR, CF_ERROR_FORBIDDEN, "ids: got \"%s\" before \"%s\", expected them as they are: both act on sites that you don't serve",
                       last->name, trigger->name);
          return FALSE;
        }
      last = trigger;
    }
  return TRUE;
}

/* Returns: (transfer container): all, as @wished, with those of which @by does not know among those that they may not move, as they were */
static GPtrArray *
weave (const CfdCaller *by, const GPtrArray *all, const GPtrArray *wished)
{
  GPtrArray *woven = g_ptr_array_new ();
  guint next = 0;

  for (guint i = 0; i <= wished->len; i++)
    {
      CfTrigger *trigger = i < wished->len ? wished->pdata[i] : NULL;

      if (trigger == NULL || !cfd_saving_reaches (by, trigger->sites))
        for (; next < all->len && all->pdata[next] != trigger; next++)
          if (!cfd_caller_sees_some (by, ((const CfTrigger *) all->pdata[next])->sites))
            g_ptr_array_add (woven, all->pdata[next]);
      if (trigger != NULL)
        g_ptr_array_add (woven, trigger);
    }
  return woven;
}

/**
 * cfd_triggers_reorder:
 * Those that are not named come behind, as they were; names of what is no trigger any more mean nothing. Who serves some sites moves what acts on
 * these alone, which changes nothing anywhere else.
 *
 * Returns: (transfer full): of CfTrigger: those whose place has changed, as far as the caller may know of them
 */
GPtrArray *
cfd_triggers_reorder (CfdTx *tx, const CfdCaller *by, const CfTriggerReorderParams *params, GError **error)
{
  g_autoptr (GPtrArray) all = cfd_trigger_store_list (tx, by->organisation_id, error), moved = cf_structs_new ();
  g_autoptr (GPtrArray) wished = all != NULL ? wish (by, all, params->ids) : NULL, woven = NULL;

  if (all == NULL || !check_order (by, wished, error))
    return NULL;
  woven = weave (by, all, wished);
  for (guint i = 0; i < woven->len; i++)
    {
      CfTrigger *trigger = woven->pdata[i];

      if (trigger->place == i)
        continue;
      trigger->place = i;
      if (!cfd_tx_put (tx, trigger, error))
        return NULL;
      g_ptr_array_add (moved, cf_struct_ref (trigger));
    }
  return cfd_saving_list (by, g_steal_pointer (&moved));
}

/* What is counted of a trigger is counted on all its sites together: it is for who serves all of them. */
static gboolean
keep_own (CfdTx *tx, const CfdCaller *by, GPtrArray *numbers, GError **error)
{
  for (guint i = by->sites != NULL ? numbers->len : 0; i > 0; i--)
    {
      g_autoptr (CfTrigger) trigger = NULL;

      if (!cfd_tx_lookup (tx, &cf_trigger_shape, ((const CfTriggerNumber *) numbers->pdata[i - 1])->trigger_id, &trigger, error))
        return FALSE;
      if (trigger == NULL || !cfd_saving_reaches (by, trigger->sites))
        g_ptr_array_remove_index (numbers, i - 1);
    }
  return TRUE;
}

CfTriggerNumbersResult *
cfd_triggers_numbers (CfdTx *tx, const CfdCaller *by, const CfNumbersParams *params, GError **error)
{
  gint64 days = params->days > 0 ? params->days : CF_TRIGGER_DAYS_DEFAULT;
  g_autoptr (GPtrArray) triggers = cfd_hit_store_numbers (tx, by->organisation_id, days, error);
  CfTriggerNumbersResult *result;

  if (triggers == NULL || !keep_own (tx, by, triggers, error))
    return NULL;
  result = cf_struct_new (&cf_trigger_numbers_result_shape);
  result->triggers = g_steal_pointer (&triggers);
  return result;
}

/**
 * cfd_triggers_mark:
 * @site: its "triggers" is set to what is so; to be put by the caller
 * @changed: (out): whether it was otherwise before
 */
gboolean
cfd_triggers_mark (CfdTx *tx, CfSite *site, gboolean *changed, GError **error)
{
  g_autoptr (GPtrArray) all = cfd_trigger_store_list (tx, site->parent.organisation_id, error);
  gboolean some = FALSE;

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len && !some; i++)
    {
      const CfTrigger *trigger = all->pdata[i];

      some = trigger->enabled && cfd_trigger_is_for (trigger->sites, site->parent.id);
    }
  *changed = site->triggers != some;
  site->triggers = some;
  return TRUE;
}
