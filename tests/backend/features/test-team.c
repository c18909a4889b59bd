/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Departments, tags, saved views, invites and the audit log. */
#include "world.h"

#include "backend/features.h"
#include "backend/features/accounts/login-session-service.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/methods/audit-params.h"
#include "protocol/methods/invite-params.h"
#include "protocol/methods/results.h"
#include "protocol/methods/session.h"
#include "protocol/records/department.h"
#include "protocol/records/saved-view.h"
#include "protocol/records/tag.h"

static gpointer
call (World *world, const CfdCaller *caller, const char *method, const char *json)
{
  g_autoptr (GError) error = NULL;
  gpointer result = world_call (world, caller, method, &error, "%s", json);

  g_assert_no_error (error);
  return result;
}

static char *
add (World *world, const char *method, const char *rest)
{
  char *id = cf_id_new ();
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",%s}", id, rest);
  g_autoptr (CfStruct) made = call (world, world->admin, method, json);
  g_autoptr (CfStruct) again = call (world, world->admin, method, json);

  g_assert_true (cf_struct_equal (((CfRecordsResult *) made)->records->pdata[0], ((CfRecordsResult *) again)->records->pdata[0]));
  return id;
}

/* Said apart from the rows, so that a slip in one is seen. */
static void
test_permissions (void)
{
  const guint leaders = CFD_ALLOW_SUPERVISOR | CFD_ALLOW_ADMIN, all = CFD_ALLOW_ANYONE | CFD_ALLOW_VISITOR | CFD_ALLOW_STAFF;
  const struct { const char *method; guint allow; } rows[] = {
    { "department.list", CFD_ALLOW_STAFF }, { "department.add", leaders }, { "department.update", leaders }, { "department.remove", leaders },
    { "tag.list", CFD_ALLOW_STAFF }, { "tag.add", CFD_ALLOW_STAFF }, { "tag.update", leaders }, { "tag.remove", leaders },
    { "view.list", CFD_ALLOW_STAFF }, { "view.add", CFD_ALLOW_STAFF }, { "view.update", CFD_ALLOW_STAFF }, { "view.remove", CFD_ALLOW_STAFF },
    { "invite.list", CFD_ALLOW_ADMIN }, { "invite.create", CFD_ALLOW_ADMIN }, { "invite.revoke", CFD_ALLOW_ADMIN }, { "invite.accept", all },
    { "invite.show", all }, { "account.update", CFD_ALLOW_STAFF },
    { "agent.reset", CFD_ALLOW_ADMIN }, { "audit.list", CFD_ALLOW_ADMIN }, { "audit.export", CFD_ALLOW_ADMIN },
  };
  guint found = 0;

  for (const CfdFeature *const *feature = cfd_features (); *feature != NULL; feature++)
    for (guint i = 0; i < (*feature)->n_methods; i++)
      for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
        if (g_str_equal ((*feature)->methods[i].name, rows[k].method))
          {
            g_assert_cmpuint ((*feature)->methods[i].allow, ==, rows[k].allow);
            found++;
          }
  g_assert_cmpuint (found, ==, G_N_ELEMENTS (rows));
}

static gboolean
move_all (CfdTx *tx, gpointer department_id, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE conversation SET department_id = $1 WHERE organisation_id IN (SELECT id FROM organisation)", "t", department_id);
}

static void
test_departments (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *members = g_strdup_printf ("\"name\":\" Größe  &  Maß \",\"assignment\":\"off\",\"members\":[\"%s\",\"%s\"]", world->agent->id, world->agent->id);
  g_autofree char *id = add (world, "department.add", members), *other = add (world, "department.add", "\"name\":\"Sales\"");
  g_autofree char *fresh = cf_id_new (), *update = g_strdup_printf ("{\"id\":\"%s\",\"assignment\":\"least_busy\",\"capacity\":3,\"members\":null}", id);
  g_autofree char *one = g_strdup_printf ("{\"id\":\"%s\"}", id), *conversation = NULL;
  g_autoptr (CfStruct) list = call (world, world->agent, "department.list", "{}"), changed = NULL, gone = NULL, again = NULL;
  g_autoptr (GError) error = NULL;
  CfDepartment *department = world_record (list, &cf_department_shape, 0);

  g_assert_cmpstr (department->name, ==, "Größe & Maß");
  g_assert_cmpuint (g_strv_length (department->members), ==, 1);
  world_refuses (world, world->admin, "department.add", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"name\":\"SALES\"}", fresh);
  world_refuses (world, world->admin, "department.add", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"name\":\"ｓａｌｅｓ\"}", fresh);
  world_refuses (world, world->admin, "department.add", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"name\":\"Another\"}", id);
  world_refuses (world, world->admin, "department.add", CF_ERROR_INVALID, "{\"id\":\"%s\",\"name\":\"  \"}", fresh);
  world_refuses (world, world->admin, "department.add", CF_ERROR_INVALID, "{\"id\":\"%s\",\"name\":\"x\",\"members\":[\"%s\"]}", fresh, world->stranger->id);
  world_refuses (world, world->admin, "department.update", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"name\":\"sales\"}", id);
  world_refuses (world, world->stranger, "department.update", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"name\":\"x\"}", id);
  world_refuses (world, world->stranger, "department.remove", CF_ERROR_NOT_FOUND, "%s", one);
  changed = call (world, world->admin, "department.update", update);
  department = world_record (changed, &cf_department_shape, 0);
  g_assert_cmpint (department->assignment, ==, CF_ASSIGNMENT_LEAST_BUSY);
  g_assert_null (department->members);

  conversation = world_start (world, world->visitor, "hello");
  g_assert_true (world_run (world, CFD_DB_WRITE, move_all, id, &error));
  world_refuses (world, world->admin, "department.remove", CF_ERROR_CONFLICT, "%s", one);
  g_assert_true (world_run (world, CFD_DB_WRITE, move_all, other, &error));
  gone = call (world, world->admin, "department.remove", one);
  again = call (world, world->admin, "department.remove", one);
  g_assert_true (CF_RECORD (world_record (again, &cf_department_shape, 0))->deleted);
}

static void
test_tags (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = add (world, "tag.add", "\"name\":\"Refund\",\"color\":\"#cc3333\""), *fresh = cf_id_new ();
  g_autofree char *one = g_strdup_printf ("{\"id\":\"%s\"}", id), *update = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"REFUND\",\"color\":null}", id);
  g_autoptr (CfStruct) changed = call (world, world->admin, "tag.update", update), gone = NULL, again = NULL;

  g_assert_cmpstr (((CfTag *) world_record (changed, &cf_tag_shape, 0))->name, ==, "REFUND");
  world_refuses (world, world->agent, "tag.add", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"name\":\"refund\"}", fresh);
  world_refuses (world, world->agent, "tag.add", CF_ERROR_INVALID, "{\"id\":\"%s\",\"name\":\"x\",\"color\":\"red\"}", fresh);
  world_refuses (world, world->stranger, "tag.update", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"name\":\"x\"}", id);
  gone = call (world, world->admin, "tag.remove", one);
  again = call (world, world->admin, "tag.remove", one);
  world_refuses (world, world->admin, "tag.update", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"name\":\"x\"}", id);
}

static guint
count_views (World *world, const CfdCaller *caller, const char *method)
{
  g_autoptr (CfStruct) result = call (world, caller, method, "{}");
  guint n = 0;

  while (world_record (result, &cf_saved_view_shape, n) != NULL)
    n++;
  return n;
}

static void
test_views (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *private = add (world, "view.add", "\"name\":\"Mine\",\"status\":\"open\",\"assignee\":\"me\"");
  g_autofree char *shared = add (world, "view.add", "\"name\":\"All\",\"shared\":true"), *fresh = cf_id_new ();
  g_autofree char *update = g_strdup_printf ("{\"id\":\"%s\",\"status\":null,\"waiting_over\":5}", private), *one = g_strdup_printf ("{\"id\":\"%s\"}", private);
  g_autoptr (CfStruct) changed = call (world, world->admin, "view.update", update), gone = NULL;
  static const char *const methods[] = { "view.list", "sync.changes" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_assert_cmpuint (count_views (world, world->admin, methods[i]), ==, 2);
      g_assert_cmpuint (count_views (world, world->agent, methods[i]), ==, 1);
      g_assert_cmpuint (count_views (world, world->stranger, methods[i]), ==, 0);
    }
  world_refuses (world, world->agent, "view.update", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"name\":\"x\"}", private);
  world_refuses (world, world->agent, "view.remove", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", private);
  world_refuses (world, world->agent, "view.update", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\",\"name\":\"x\"}", shared);
  world_refuses (world, world->agent, "view.remove", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\"}", shared);
  world_refuses (world, world->agent, "view.add", CF_ERROR_FORBIDDEN, "{\"id\":\"%s\",\"name\":\"x\",\"shared\":true}", fresh);
  world_refuses (world, world->agent, "view.add", CF_ERROR_CONFLICT, "{\"id\":\"%s\",\"name\":\"Mine\"}", private);
  world_refuses (world, world->agent, "view.add", CF_ERROR_INVALID, "{\"id\":\"%s\",\"name\":\"x\",\"assignee\":\"agent\"}", fresh);
  world_refuses (world, world->stranger, "view.update", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\",\"name\":\"x\"}", shared);
  gone = call (world, world->admin, "view.remove", one);
  g_assert_cmpuint (count_views (world, world->agent, "sync.changes"), ==, 1);
}

static CfdCaller *
new_nobody (void)
{
  CfdCaller *nobody = cfd_caller_new (CFD_ALLOW_ANYONE);

  nobody->address = cfd_shared_text ("192.0.2.9");
  return nobody;
}

static CfLoginResult *
accept_with (World *world, const char *token, const char *password, const char *rest, GError **error)
{
  g_autoptr (CfdCaller) nobody = new_nobody ();

  return world_call (world, nobody, "invite.accept", error, "{\"token\":\"%s\"%s,\"password\":\"%s\"}", token, rest, password);
}

static CfLoginResult *
accept (World *world, const char *token, const char *rest, GError **error)
{
  return accept_with (world, token, "long enough", rest, error);
}

static CfInviteShowResult *
show (World *world, const char *token, GError **error)
{
  g_autoptr (CfdCaller) nobody = new_nobody ();

  return world_call (world, nobody, "invite.show", error, "{\"token\":\"%s\"}", token);
}

/* Neither looked at nor used, and both say the same. */
static void
assert_no_token (World *world, const char *token, int code)
{
  g_autoptr (GError) shown = NULL, accepted = NULL;

  g_assert_null (show (world, token, &shown));
  g_assert_error (shown, CF_ERROR, code);
  g_assert_null (accept_with (world, token, "another one", ",\"name\":\"Bea\",\"email\":\"other@one.example\"", &accepted));
  g_assert_error (accepted, CF_ERROR, code);
  g_assert_cmpstr (shown->message, ==, accepted->message);
}

static void
test_invites (void)
{
  const char *person = ",\"name\":\"Bea\",\"email\":\"other@one.example\"";
  g_autoptr (World) world = world_new ();
  g_autofree char *department = add (world, "department.add", "\"name\":\"Sales\""), *id = cf_id_new (), *fresh = cf_id_new ();
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"email\":\"Bea@one.example\",\"role\":\"supervisor\",\"departments\":[\"%s\"]}", id, department);
  g_autoptr (CfInviteResult) lost = call (world, world->admin, "invite.create", json), made = call (world, world->admin, "invite.create", json);
  g_autoptr (CfInviteResult) other = NULL;
  g_autoptr (CfLoginResult) joined = NULL, repeated = NULL;
  g_autoptr (CfInviteShowResult) shown = NULL;
  g_autoptr (CfStruct) departments = NULL, revoked = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *open = g_strdup_printf ("{\"id\":\"%s\",\"role\":\"agent\"}", fresh), *one = g_strdup_printf ("{\"id\":\"%s\"}", fresh);

  assert_no_token (world, lost->token, CF_ERROR_UNAUTHENTICATED);
  assert_no_token (world, "nonsense", CF_ERROR_UNAUTHENTICATED);
  shown = show (world, made->token, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (shown->email, ==, "bea@one.example");
  g_assert_cmpint (shown->role, ==, CF_ROLE_SUPERVISOR);
  g_assert_nonnull (shown->organisation_name);
  g_assert_nonnull (shown->invited_by_name);
  g_assert_null (shown->name);
  g_assert_null (accept (world, made->token, "", &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_INVALID);
  g_clear_error (&error);
  joined = accept (world, made->token, person, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (joined->agent->email, ==, "bea@one.example"); /* the invite's, whatever they say */
  g_assert_cmpint (joined->agent->role, ==, CF_ROLE_SUPERVISOR);
  repeated = accept (world, made->token, person, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (repeated->agent->parent.id, ==, joined->agent->parent.id); /* whose answer was lost */
  g_assert_cmpstr (repeated->token, !=, joined->token);
  assert_no_token (world, made->token, CF_ERROR_CONFLICT);
  departments = call (world, world->agent, "department.list", "{}");
  g_assert_cmpstr (((CfDepartment *) world_record (departments, &cf_department_shape, 0))->members[0], ==, joined->agent->parent.id);

  world_refuses (world, world->admin, "invite.create", CF_ERROR_CONFLICT, "%s", json);
  world_refuses (world, world->admin, "invite.create", CF_ERROR_INVALID, "{\"id\":\"%s\",\"role\":\"agent\",\"departments\":[\"%s\"]}", fresh, id);
  world_refuses (world, world->admin, "invite.create", CF_ERROR_INVALID, "{\"id\":\"%s\",\"role\":\"agent\",\"email\":\"bea\"}", fresh);
  other = call (world, world->admin, "invite.create", open);
  world_refuses (world, world->stranger, "invite.revoke", CF_ERROR_NOT_FOUND, "%s", one);
  revoked = call (world, world->admin, "invite.revoke", one);
  assert_no_token (world, other->token, CF_ERROR_REVOKED);
}

static gboolean
age_invites (CfdTx *tx, gpointer data, GError **error)
{
  return cfd_tx_execute (tx, error, "UPDATE invite SET expires_at = 1 WHERE organisation_id IN (SELECT id FROM organisation)", "");
}

static void
test_reset (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *id = cf_id_new (), *json = g_strdup_printf ("{\"id\":\"%s\",\"agent_id\":\"%s\"}", id, world->agent->id);
  g_autoptr (CfInviteResult) made = call (world, world->admin, "agent.reset", json), late = NULL;
  g_autoptr (CfLoginResult) before = call (world, world->agent, "session.login", "{\"email\":\"agent@one.example\",\"password\":\"" WORLD_PASSWORD "\"}");
  g_autoptr (CfLoginResult) back = NULL;
  g_autoptr (CfInviteShowResult) shown = NULL;
  g_autoptr (CfStruct) sessions = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *second = cf_id_new (), *again = g_strdup_printf ("{\"id\":\"%s\",\"agent_id\":\"%s\"}", second, world->agent->id);

  world_refuses (world, world->stranger, "agent.reset", CF_ERROR_NOT_FOUND, "%s", json);
  shown = show (world, made->token, &error);
  g_assert_no_error (error);
  g_assert_nonnull (shown->name); /* who knows it is theirs */
  back = accept (world, made->token, "", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->agent->parent.id, ==, world->agent->id);
  sessions = call (world, world->agent, "session.list", "{}");
  g_assert_cmpuint (((CfRecordsResult *) sessions)->records->len, ==, 1);
  world_refuses (world, world->agent, "session.login", CF_ERROR_UNAUTHENTICATED, "{\"email\":\"agent@one.example\",\"password\":\"" WORLD_PASSWORD "\"}");
  assert_no_token (world, made->token, CF_ERROR_CONFLICT);
  late = call (world, world->admin, "agent.reset", again);
  g_assert_true (world_run (world, CFD_DB_WRITE, age_invites, NULL, &error));
  assert_no_token (world, late->token, CF_ERROR_EXPIRED);
}

static void
test_own_name (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (CfRecordsResult) changed = call (world, world->agent, "account.update", "{\"name\":\"Agnes\"}");
  g_autoptr (CfAuditListResult) list = call (world, world->admin, "audit.list", "{\"action\":\"agent.update\"}");
  const CfAuditEntry *entry = list->entries->pdata[0];

  g_assert_cmpstr (((CfAgent *) changed->records->pdata[0])->parent.id, ==, world->agent->id);
  g_assert_cmpstr (((CfAgent *) changed->records->pdata[0])->name, ==, "Agnes");
  g_assert_cmpstr (entry->actor_id, ==, world->agent->id);
  g_assert_nonnull (strstr (entry->detail, "Agnes"));
}

static void
test_audit (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *tag = add (world, "tag.add", "\"name\":\"=HYPERLINK(\\\"x\\\")\""), *update = g_strdup_printf ("{\"id\":\"%s\",\"role\":\"supervisor\",\"name\":\"Al\"}", world->agent->id);
  g_autoptr (CfStruct) changed = call (world, world->admin, "agent.update", update);
  g_autoptr (CfAuditListResult) list = call (world, world->admin, "audit.list", "{\"action\":\"agent.update\"}");
  g_autoptr (CfAuditListResult) page = call (world, world->admin, "audit.list", "{\"limit\":1}"), foreign = call (world, world->stranger, "audit.list", "{\"action\":\"tag.add\"}");
  g_autoptr (CfAuditExportResult) csv = call (world, world->admin, "audit.export", "{}");
  g_autoptr (CfRecordsResult) sync = call (world, world->admin, "sync.changes", "{}");
  const CfAuditEntry *entry = list->entries->pdata[0];

  g_assert_cmpuint (list->entries->len, ==, 1);
  g_assert_cmpstr (entry->actor_id, ==, world->admin->id);
  g_assert_cmpstr (entry->target_id, ==, world->agent->id);
  g_assert_nonnull (strstr (entry->detail, "role: agent → supervisor"));
  g_assert_cmpuint (page->entries->len, ==, 1);
  g_assert_true (page->more);
  g_assert_cmpuint (foreign->entries->len, ==, 0);
  g_assert_nonnull (strstr (csv->csv, ",\"'=HYPERLINK(\"\"x\"\")\","));
  g_assert_null (strstr (csv->csv, "argon2"));
  g_assert_null (world_record (sync, &cf_audit_entry_shape, 0));
  world_refuses (world, world->agent, "session.login", CF_ERROR_UNAUTHENTICATED, "{\"email\":\"agent@one.example\",\"password\":\"SECRET\"}");
  g_assert_cmpint (temp_count (world->db, "SELECT count(*) FROM audit_entry WHERE organisation_id IN (SELECT id FROM organisation) AND detail LIKE '%SECRET%'"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  cfd_login_sessions_configure (1000, 30);
  g_test_add_func ("/team/permissions", test_permissions);
  g_test_add_func ("/team/departments", test_departments);
  g_test_add_func ("/team/tags", test_tags);
  g_test_add_func ("/team/views", test_views);
  g_test_add_func ("/team/invites", test_invites);
  g_test_add_func ("/team/own-name", test_own_name);
  g_test_add_func ("/team/reset", test_reset);
  g_test_add_func ("/team/audit", test_audit);
  return g_test_run ();
}
