/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "team.h"

#include "automation.h"
#include "dummy.h"

#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/methods/agent-params.h"
#include "protocol/methods/api-key-params.h"
#include "protocol/methods/audit-params.h"
#include "protocol/methods/invite-params.h"
#include "protocol/methods/privacy-params.h"
#include "protocol/methods/results.h"
#include "protocol/methods/site-secret-params.h"
#include "protocol/methods/saved-view-params.h"
#include "protocol/methods/signal.h"
#include "protocol/methods/site-params.h"
#include "protocol/records/attribute.h"
#include "protocol/records/audit-entry.h"
#include "protocol/records/department.h"
#include "protocol/records/login-session.h"
#include "protocol/records/saved-view.h"
#include "protocol/records/site.h"
#include "protocol/records/tag.h"

#define FORM_FIELD "0190a000-0000-7000-8000-00000000040"

#define LONG_NAME "Maximiliane von Habsburg-Lothringen-Österreichische Nachnamengesellschaft"

struct _DummyTeam
{
  GHashTable *lists; /* CfShape -> CfaRecordList */
  gint64 rev;
  GPtrArray *views; /* of CfSavedView that nobody has taken yet */
  CfSiteSecretsResult *secrets; /* NULL until somebody asks */
  CfApiKeysResult *keys;        /* the same */
};

static gpointer
new_record (DummyTeam *self, const CfShape *shape, const char *id)
{
  CfRecord *record = cf_struct_new (shape);

  record->id = id != NULL ? g_strdup (id) : cf_id_new ();
  record->rev = ++self->rev;
  return record;
}

static void
keep (DummyTeam *self, gpointer record)
{
  cfa_record_list_take (dummy_team_get (self, CF_RECORD (record)->parent.shape), record);
  if (CF_RECORD (record)->parent.shape == &cf_saved_view_shape)
    g_ptr_array_add (self->views, cf_struct_ref (record));
  cf_struct_unref (record);
}

static void
add_agents (DummyTeam *self)
{
  static const struct { const char *id, *name, *email; CfRole role; gboolean disabled; } people[] = {
    { DUMMY_AGENT_ID, DUMMY_AGENT_NAME, "bruno@example.com", CF_ROLE_ADMIN },
    { "0190a000-0000-7000-8000-000000000002", "Ana Sousa", "ana@example.com", CF_ROLE_AGENT },
    { "0190a000-0000-7000-8000-000000000003", "Chidi Okafor", "chidi@example.com", CF_ROLE_SUPERVISOR },
    { "0190a000-0000-7000-8000-000000000004", "Søren Kjærgaard", "soeren@example.com", CF_ROLE_AGENT, TRUE },
    { "0190a000-0000-7000-8000-000000000005", "ليلى حداد", "leila@example.com", CF_ROLE_AGENT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      CfAgent *agent = new_record (self, &cf_agent_shape, people[i].id);

      agent->name = g_strdup (i == 1 && dummy_wants ("long") ? LONG_NAME : people[i].name);
      agent->email = g_strdup (people[i].email);
      agent->role = people[i].role;
      agent->disabled = people[i].disabled;
      agent->photo = dummy_wants ("photos") && i % 2 == 1 ? g_strdup (dummy_photos_first ()) : NULL;
      keep (self, agent);
    }
  for (int i = 0; dummy_wants ("many") && i < 200; i++)
    {
      CfAgent *agent = new_record (self, &cf_agent_shape, NULL);

      agent->name = g_strdup_printf ("Agent %03d", i);
      agent->email = g_strdup_printf ("agent-%03d@example.com", i);
      keep (self, agent);
    }
}

static void
add_devices (DummyTeam *self)
{
  static const char *const devices[] = { "ChatFlow on bruno-laptop", "ChatFlow on front-desk" };

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      CfLoginSession *device = new_record (self, &cf_login_session_shape, i == 0 ? DUMMY_LOGIN_SESSION_ID : NULL);

      device->agent_id = g_strdup (DUMMY_AGENT_ID);
      device->device = g_strdup (devices[i]);
      device->address = g_strdup ("192.0.2.7");
      device->created_at = G_GINT64_CONSTANT (1767000000000);
      keep (self, device);
    }
}

static void
add_field (CfSiteForm *form, const char *id, CfFormKind kind, const char *label, gboolean required)
{
  CfFormField *field = cf_struct_new (&cf_form_field_shape);

  field->id = g_strdup (id);
  field->kind = kind;
  field->label = g_strdup (label);
  field->required = required;
  g_ptr_array_add (form->fields, field);
}

/* Begun, and not yet switched on. */
static CfSiteForm *
add_form (void)
{
  static const char *const choices[] = { "An order", "A return", "Something else", NULL };
  CfSiteForm *form = cf_struct_new (&cf_site_form_shape);
  CfFormField *about, *order;

  form->title = g_strdup ("Before we begin");
  form->fields = cf_structs_new ();
  add_field (form, FORM_FIELD "1", CF_FORM_CHOICE, "What is it about?", TRUE);
  add_field (form, FORM_FIELD "2", CF_FORM_TEXT, "Order number", FALSE);
  add_field (form, FORM_FIELD "3", CF_FORM_EMAIL, "Your email address", TRUE);
  about = form->fields->pdata[0];
  about->choices = g_strdupv ((char **) choices);
  order = form->fields->pdata[1];
  order->shown_when = g_strdup (about->id);
  order->shown_is = g_strdup ("An order");
  return form;
}

static CfSiteHours *
add_hours (void)
{
  static const struct { CfDay day; const char *from, *to; } ranges[] = {
    { CF_DAY_MONDAY, "09:00", "13:00" }, { CF_DAY_MONDAY, "14:00", "18:00" }, { CF_DAY_TUESDAY, "09:00", "18:00" }, { CF_DAY_FRIDAY, "22:00", "02:00" },
  };
  CfSiteHours *hours = cf_struct_new (&cf_site_hours_shape);
  CfSiteHoliday *christmas = cf_struct_new (&cf_site_holiday_shape);

  hours->limited = TRUE;
  hours->time_zone = g_strdup ("Europe/Lisbon");
  hours->ranges = cf_structs_new ();
  hours->holidays = cf_structs_new ();
  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    {
      CfSiteRange *range = cf_struct_new (&cf_site_range_shape);

      range->day = ranges[i].day;
      range->from = g_strdup (ranges[i].from);
      range->to = g_strdup (ranges[i].to);
      g_ptr_array_add (hours->ranges, range);
    }
  christmas->date = g_strdup ("2026-12-25");
  christmas->name = g_strdup ("Christmas");
  g_ptr_array_add (hours->holidays, christmas);
  return hours;
}

static void
add_attributes (DummyTeam *self)
{
  static const struct { const char *id, *name, *choices; CfAttributeKind kind; } all[] = {
    { "0190a000-0000-7000-8000-0000000000e1", "Plan", "gold silver bronze", CF_ATTRIBUTE_CHOICE },
    { "0190a000-0000-7000-8000-0000000000e2", "Customer number", NULL, CF_ATTRIBUTE_NUMBER },
    { "0190a000-0000-7000-8000-0000000000e3", "Customer since", NULL, CF_ATTRIBUTE_DATE },
    { "0190a000-0000-7000-8000-0000000000e4", "Partner", NULL, CF_ATTRIBUTE_YES_NO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      CfAttribute *attribute = new_record (self, &cf_attribute_shape, all[i].id);

      attribute->name = g_strdup (all[i].name);
      attribute->kind = all[i].kind;
      attribute->choices = all[i].choices != NULL ? g_strsplit (all[i].choices, " ", -1) : NULL;
      attribute->place = i;
      keep (self, attribute);
    }
}

static void
add_things (DummyTeam *self)
{
  /* those of the directory */
  static const struct { const char *id, *name, *color; } tags[] = {
    { "0190a000-0000-7000-8000-000000000102", "refund", "#c01c28" },
    { "0190a000-0000-7000-8000-000000000105", "bug", "#9141ac" },
    { "0190a000-0000-7000-8000-000000000101", "vip", "#e5a50a" },
  };
  CfDepartment *sales = new_record (self, &cf_department_shape, NULL), *support = new_record (self, &cf_department_shape, NULL);
  const char *const members[] = { DUMMY_AGENT_ID, "0190a000-0000-7000-8000-000000000002", NULL };
  CfSite *site = new_record (self, &cf_site_shape, NULL);
  const char *const origins[] = { "https://northwind.example", "https://*.northwind.example", NULL };

  sales->name = g_strdup (dummy_wants ("long") ? LONG_NAME : "Sales");
  sales->assignment = CF_ASSIGNMENT_ROUND_ROBIN;
  sales->capacity = 5;
  sales->members = g_strdupv ((char **) members);
  keep (self, sales);
  support->name = g_strdup ("Support");
  keep (self, support);
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      CfTag *tag = new_record (self, &cf_tag_shape, tags[i].id);

      tag->name = g_strdup (tags[i].name);
      tag->color = g_strdup (tags[i].color);
      keep (self, tag);
    }
  site->name = g_strdup ("Northwind shop");
  site->key = g_strdup ("k3yAbCdEfGhIjKlMnOpQrS");
  site->origins = g_strdupv ((char **) origins);
  site->color = g_strdup ("#2ec27e");
  site->greeting = g_strdup ("Hi! How can we help?");
  site->version = 1;
  site->hours = add_hours ();
  site->form = add_form ();
  keep (self, site);
}

static void
add_views (DummyTeam *self)
{
  static const struct { const char *name; gboolean own; CfViewStatus status; CfViewAssignee assignee; const char *tag; gint64 wait; } views[] = {
    { "Waiting for anybody", FALSE, CF_VIEW_STATUS_OPEN, CF_VIEW_ASSIGNEE_NONE, NULL, 0 },
    { "Refunds", TRUE, CF_VIEW_STATUS_OPEN, CF_VIEW_ASSIGNEE_ANY, "0190a000-0000-7000-8000-000000000102", 0 },
    { "Slow ones", TRUE, CF_VIEW_STATUS_OPEN, CF_VIEW_ASSIGNEE_ANY, NULL, 600000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      CfSavedView *view = new_record (self, &cf_saved_view_shape, NULL);

      view->name = g_strdup (dummy_wants ("long") ? LONG_NAME : views[i].name);
      view->owner_id = views[i].own ? g_strdup (DUMMY_AGENT_ID) : NULL;
      view->place = i;
      view->status = views[i].status;
      view->assignee = views[i].assignee;
      view->tag_id = g_strdup (views[i].tag);
      view->waiting_over = views[i].wait;
      keep (self, view);
    }
}

DummyTeam *
dummy_team_new (void)
{
  DummyTeam *self = g_new0 (DummyTeam, 1);

  self->views = cf_structs_new ();

  self->lists = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  add_agents (self);
  add_devices (self);
  if (!dummy_wants ("empty"))
    {
      add_attributes (self);
      add_things (self);
      add_views (self);
      dummy_automation_fill (self);
    }
  return self;
}

void
dummy_team_free (DummyTeam *self)
{
  g_hash_table_unref (self->lists);
  g_ptr_array_unref (self->views);
  g_clear_pointer (&self->secrets, cf_struct_unref);
  g_clear_pointer (&self->keys, cf_struct_unref);
  g_free (self);
}

CfaRecordList *
dummy_team_get (DummyTeam *self, const CfShape *shape)
{
  CfaRecordList *list = g_hash_table_lookup (self->lists, shape);

  if (list != NULL)
    return list;
  list = cfa_record_list_new (shape);
  cfa_record_list_complete (list);
  g_hash_table_insert (self->lists, (gpointer) shape, list);
  return list;
}

/* Returns: (transfer full): the views that are new or other than before. */
GPtrArray *
dummy_team_take_views (DummyTeam *self)
{
  GPtrArray *views = self->views;

  self->views = cf_structs_new ();
  return views;
}

/* Copies what the params were given into the fields of the same name. */
static void
merge (gpointer record, gconstpointer params, gboolean update)
{
  const CfShape *from = ((const CfStruct *) params)->shape, *to = ((CfStruct *) record)->shape;

  for (guint i = 0; i < from->n_fields; i++)
    {
      const CfField *source = &from->fields[i], *target = cf_shape_field (to, source->name);

      if (target == NULL || g_str_equal (source->name, "id") || (update && !cf_struct_has (params, source->name)))
        continue;
      if (target->kind == CF_KIND_ID || target->kind == CF_KIND_STRING || target->kind == CF_KIND_TEXT)
        {
          g_free (cf_field_at (char *, record, target));
          cf_field_at (char *, record, target) = g_strdup (cf_field_at (char *, params, source));
        }
      else if (target->kind == CF_KIND_STRINGS)
        {
          g_strfreev (cf_field_at (char **, record, target));
          cf_field_at (char **, record, target) = g_strdupv (cf_field_at (char **, params, source));
        }
      else if (target->kind == CF_KIND_INTEGER)
        cf_field_at (gint64, record, target) = cf_field_at (gint64, params, source);
      else if (target->kind == CF_KIND_ENUM || target->kind == CF_KIND_BOOLEAN)
        cf_field_at (int, record, target) = cf_field_at (int, params, source);
      else if (target->kind == CF_KIND_STRUCT)
        {
          g_clear_pointer (&cf_field_at (gpointer, record, target), cf_struct_unref);
          cf_field_at (gpointer, record, target) = cf_struct_ref (cf_field_at (gpointer, params, source));
        }
    }
}

static const CfShape *
shape_of (const char *method)
{
  g_autofree char *noun = g_strndup (method, strcspn (method, "."));

  return cf_record_shape (g_str_equal (noun, "session") ? "login_session" : g_str_equal (noun, "view") ? "saved_view" : noun);
}

static void
change (DummyTeam *self, const char *method, gconstpointer params, GTask *task)
{
  const CfShape *shape = shape_of (method);
  const char *id = cf_field_at (char *, params, cf_shape_field (((const CfStruct *) params)->shape, "id"));
  CfaRecordItem *item = cfa_record_list_find (dummy_team_get (self, shape), id);
  CfRecord *record;

  if (g_str_has_suffix (method, ".add") || (g_str_has_suffix (method, ".put") && item == NULL))
    record = new_record (self, shape, id);
  else if (item == NULL)
    {
      g_task_return_new_error (task, CF_ERROR, CF_ERROR_NOT_FOUND, "%s: there is none with this id", shape->name);
      return;
    }
  else
    record = cf_struct_copy (cfa_record_item_get (item));
  record->rev = ++self->rev;
  record->deleted = g_str_has_suffix (method, ".remove") || g_str_has_suffix (method, ".revoke");
  if (!record->deleted)
    merge (record, params, g_str_has_suffix (method, ".update") || g_str_has_suffix (method, ".put") ||
                           g_str_has_suffix (method, ".configure"));
  if (shape == &cf_saved_view_shape && g_str_has_suffix (method, ".add") && !((const CfViewAddParams *) params)->shared)
    ((CfSavedView *) record)->owner_id = g_strdup (DUMMY_AGENT_ID);
  if (g_str_equal (method, "site.configure"))
    {
      if (((CfSite *) record)->version != ((const CfSiteConfigureParams *) params)->version)
        {
          cf_struct_unref (record);
          g_task_return_new_error (task, CF_ERROR, CF_ERROR_CONFLICT, "version: Ana has changed the settings; look at them, then save again");
          return;
        }
      ((CfSite *) record)->version++;
    }
  if (shape == &cf_site_shape && ((CfSite *) record)->key == NULL)
    ((CfSite *) record)->key = g_strdup ("newSiteKeyNewSiteKeyAA");
  keep (self, record);
  g_task_return_pointer (task, cf_struct_new (&cf_records_result_shape), cf_struct_unref);
}

static void
invite (DummyTeam *self, const char *method, gconstpointer params, GTask *task)
{
  CfInviteResult *answer = cf_struct_new (&cf_invite_result_shape);
  CfInvite *record = new_record (self, &cf_invite_shape, NULL);

  record->expires_at = cf_now () + 7 * 24 * 3600 * G_GINT64_CONSTANT (1000);
  merge (record, params, FALSE);
  record->mail = record->email != NULL && !dummy_wants ("no-mail") ? CF_INVITE_MAIL_WAITING : CF_INVITE_MAIL_NONE;
  answer->token = g_strdup ("6Jr0s6bqYV3-ejGm9fXnq2fU5dWmVY0lqWQ8Vq6cA1k");
  answer->invite = cf_struct_ref (record);
  keep (self, record);
  g_task_return_pointer (task, answer, cf_struct_unref);
}

static void
list_audit (const CfAuditListParams *params, GTask *task)
{
  static const struct { const char *actor, *action, *target, *detail; } entries[] = {
    { "Bruno Keller", "agent.update", "Ana Sousa", "role: supervisor → agent" },
    { "Chidi Okafor", "department.update", "Sales", "assignment: off → round_robin\ncapacity: 0 → 5" },
    { "Bruno Keller", "session.login", "Bruno Keller", NULL },
    { NULL, "session.failed", "ana@example.com", NULL },
  };
  CfAuditListResult *answer = cf_struct_new (&cf_audit_list_result_shape);

  answer->entries = cf_structs_new ();
  for (guint i = 0; !dummy_wants ("empty") && i < G_N_ELEMENTS (entries); i++)
    {
      CfAuditEntry *entry = cf_struct_new (&cf_audit_entry_shape);

      entry->parent.rev = 100 - i;
      entry->actor_name = g_strdup (entries[i].actor);
      entry->action = g_strdup (entries[i].action);
      entry->target_name = g_strdup (entries[i].target);
      entry->detail = g_strdup (entries[i].detail);
      entry->created_at = G_GINT64_CONSTANT (1767000000000) - i * 3600000;
      if (params->action == NULL || g_str_equal (params->action, entry->action))
        g_ptr_array_add (answer->entries, entry);
      else
        cf_struct_unref (entry);
    }
  g_task_return_pointer (task, answer, cf_struct_unref);
}

static void
set_password (const CfAgentPasswordParams *params, GTask *task)
{
  if (g_strcmp0 (params->old_password, "wrong") == 0)
    g_task_return_new_error (task, CF_ERROR, CF_ERROR_FORBIDDEN, "old_password: is not the present password");
  else
    g_task_return_pointer (task, cf_struct_new (&cf_records_result_shape), cf_struct_unref);
}

static void
add_secret (DummyTeam *self, const char *id, gint64 used_at)
{
  CfSiteSecretInfo *info = cf_struct_new (&cf_site_secret_info_shape);

  info->id = g_strdup (id);
  info->created_by = g_strdup ("Robin Castle");
  info->created_at = G_GINT64_CONSTANT (1795000000000);
  info->used_at = used_at;
  g_ptr_array_add (self->secrets->secrets, info);
}

/* One site's secrets; the first one is in use. */
static void
secrets (DummyTeam *self, const char *method, gconstpointer params, GTask *task)
{
  CfSiteSecretResult *made;

  if (self->secrets == NULL)
    {
      self->secrets = cf_struct_new (&cf_site_secrets_result_shape);
      self->secrets->secrets = cf_structs_new ();
      add_secret (self, "0190a5c0-0030-7abc-8def-0123456789ab", G_GINT64_CONSTANT (1795300000000));
    }
  if (!g_str_equal (method, "site.add_secret"))
    {
      g_task_return_pointer (task, cf_struct_ref (self->secrets), cf_struct_unref);
      return;
    }
  add_secret (self, ((const CfSiteSecretAddParams *) params)->id, 0);
  made = cf_struct_new (&cf_site_secret_result_shape);
  made->id = g_strdup (((const CfSiteSecretAddParams *) params)->id);
  made->secret = g_strdup ("Jx0Yp3mWq8vTz5nRk2sLb7cFh4dGa9eUo1iMw6yXtVQ");
  g_task_return_pointer (task, made, cf_struct_unref);
}

static void
test_notification (GTask *task)
{
  CfNotificationTestResult *result = cf_struct_new (&cf_notification_test_result_shape);

  result->devices = 2;
  g_task_return_pointer (task, result, cf_struct_unref);
}

/* As much of them as the client asks for. */
static void
site_settings (const CfIdParams *params, GTask *task)
{
  CfSiteSettings *settings = cf_struct_new (&cf_site_settings_shape);

  settings->id = g_strdup (params->id);
  settings->name = g_strdup ("Shop");
  settings->now = cf_struct_new (&cf_site_opening_shape);
  settings->now->reply_minutes = 15;
  g_task_return_pointer (task, settings, cf_struct_unref);
}

static void
add_key (DummyTeam *self, const char *id, const char *name, const char *prefix, char **scopes, gint64 used_at, gint64 expires_at)
{
  CfApiKeyInfo *info = cf_struct_new (&cf_api_key_info_shape);

  info->id = g_strdup (id);
  info->name = g_strdup (name);
  info->prefix = g_strdup (prefix);
  info->scopes = g_strdupv (scopes);
  info->created_by = g_strdup ("Robin Castle");
  info->created_at = G_GINT64_CONSTANT (1795000000000);
  info->used_at = used_at;
  info->expires_at = expires_at;
  g_ptr_array_add (self->keys->keys, info);
}

static void
make_keys (DummyTeam *self)
{
  const char *shop[] = { "visitors:read", "visitors:write", "conversations:read", NULL }, *numbers[] = { "numbers:read", NULL };

  self->keys = cf_struct_new (&cf_api_keys_result_shape);
  self->keys->keys = cf_structs_new ();
  add_key (self, "0190a5c0-0031-7abc-8def-0123456789ab", "Shop server", "cfk_Ab3dE6gH", (char **) shop, G_GINT64_CONSTANT (1795300000000), 0);
  add_key (self, "0190a5c0-0032-7abc-8def-0123456789ab", "Weekly numbers", "cfk_Zy9xW8vU", (char **) numbers, 0, G_GINT64_CONSTANT (1800000000000));
}

/* What others still show is left as it is. */
static void
revoke_key (DummyTeam *self, const char *id)
{
  CfApiKeysResult *left = cf_struct_new (&cf_api_keys_result_shape);

  left->keys = cf_structs_new ();
  for (guint i = 0; i < self->keys->keys->len; i++)
    if (g_strcmp0 (((CfApiKeyInfo *) self->keys->keys->pdata[i])->id, id) != 0)
      g_ptr_array_add (left->keys, cf_struct_ref (self->keys->keys->pdata[i]));
  cf_struct_unref (self->keys);
  self->keys = left;
}

/* One site's API keys; the first one is in use. */
static void
api_keys (DummyTeam *self, const char *method, gconstpointer params, GTask *task)
{
  const CfApiKeyAddParams *add = params;
  CfApiKeyResult *made;

  if (self->keys == NULL)
    make_keys (self);
  if (g_str_equal (method, "site.revoke_key"))
    revoke_key (self, ((const CfIdParams *) params)->id);
  if (!g_str_equal (method, "site.add_key"))
    {
      g_task_return_pointer (task, cf_struct_ref (self->keys), cf_struct_unref);
      return;
    }
  add_key (self, add->id, add->name, "cfk_Jx0Yp3mW", add->scopes, 0, add->expires_at);
  made = cf_struct_new (&cf_api_key_result_shape);
  made->id = g_strdup (add->id);
  made->key = g_strdup ("cfk_Jx0Yp3mWq8vTz5nRk2sLb7cFh4dGa9eUo1iMw6yXtVQ");
  g_task_return_pointer (task, made, cf_struct_unref);
}

/* As if a few conversations were old. */
static void
count_expired (const CfExpiryParams *params, GTask *task)
{
  CfExpiryResult *result = cf_struct_new (&cf_expiry_result_shape);

  result->conversations = params->days < 365 ? 12 : 0;
  g_task_return_pointer (task, result, cf_struct_unref);
}

/* Answers as the server would; what changes is in the lists at once. */
void
dummy_team_call (DummyTeam *self, const char *method, gconstpointer params, GTask *task)
{
  if (dummy_automation_call (self, method, params, task))
    return;
  if (g_str_equal (method, "audit.list"))
    list_audit (params, task);
  else if (g_str_equal (method, "invite.create") || g_str_equal (method, "agent.reset"))
    invite (self, method, params, task);
  else if (g_str_has_suffix (method, "_secret") || g_str_equal (method, "site.secrets"))
    secrets (self, method, params, task);
  else if (g_str_has_suffix (method, "_key") || g_str_equal (method, "site.keys"))
    api_keys (self, method, params, task);
  else if (g_str_equal (method, "site.count_expired"))
    count_expired (params, task);
  else if (g_str_equal (method, "notification.test"))
    test_notification (task);
  else if (g_str_equal (method, "site.settings"))
    site_settings (params, task);
  else if (g_str_equal (method, "agent.password"))
    set_password (params, task);
  else if (g_str_equal (method, "agent.photo"))
    dummy_photos_set (self, params, task);
  else if (g_str_equal (method, "session.revoke_all"))
    g_task_return_pointer (task, cf_struct_new (&cf_records_result_shape), cf_struct_unref);
  else
    change (self, method, params, task);
}

/* Somebody else calls the agent, department, tag or site @from otherwise. */
void
dummy_team_rename (DummyTeam *self, const char *from, const char *to)
{
  const CfShape *const shapes[] = { &cf_agent_shape, &cf_department_shape, &cf_tag_shape, &cf_site_shape };

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      GListModel *model = G_LIST_MODEL (dummy_team_get (self, shapes[i]));
      const CfField *name = cf_shape_field (shapes[i], "name");

      for (guint n = 0; n < g_list_model_get_n_items (model); n++)
        {
          g_autoptr (CfaRecordItem) item = g_list_model_get_item (model, n);
          CfRecord *record;

          if (g_strcmp0 (cf_field_at (char *, cfa_record_item_get (item), name), from) != 0)
            continue;
          record = cf_struct_copy (cfa_record_item_get (item));
          record->rev = ++self->rev;
          g_free (cf_field_at (char *, record, name));
          cf_field_at (char *, record, name) = g_strdup (to);
          keep (self, record);
          return;
        }
    }
}

/* @record: (transfer full): newer than all that was there */
void
dummy_team_keep (DummyTeam *self, gpointer record)
{
  CF_RECORD (record)->rev = ++self->rev;
  keep (self, record);
}
