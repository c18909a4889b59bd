/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/hub/roster.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/site-params.h"
#include "protocol/records/department.h"

#define WHERE  "0190a5c0-0001-7abc-8def-0123456789ab"
#define ORDER  "0190a5c0-0002-7abc-8def-0123456789ab"
#define AGAIN  "0190a5c0-0003-7abc-8def-0123456789ab"
#define NOBODY "0190a5c0-0009-7abc-8def-0123456789ab"

#define FIELD(id, kind, label, ...) "{\"id\":\"" id "\",\"kind\":\"" kind "\",\"label\":\"" label "\"" __VA_ARGS__ "}"
#define FORM(...)                   "{\"on\":true,\"fields\":[" __VA_ARGS__ "]}"
#define ALL                         FORM (FIELD (WHERE, "department", "Where to?", ",\"required\":true"))

static gint64
version_of (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfSiteSettings) settings = world_call (world, world->admin, "site.settings", &error, "{\"id\":\"%s\"}", world->site->parent.id);

  g_assert_no_error (error);
  return settings->version;
}

/* Returns: (transfer full): the form with its version */
static CfSiteForm *
configure (World *world, const char *form)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) result = world_call (world, world->admin, "site.configure", &error, "{\"id\":\"%s\",\"version\":%d,\"form\":%s}",
                                            world->site->parent.id, (int) version_of (world), form);

  g_assert_no_error (error);
  return cf_struct_ref (((const CfSite *) world_record (result, &cf_site_shape, 0))->form);
}

static CfSiteForm *
form_now (World *world)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfSiteSettings) settings = world_call (world, world->admin, "site.settings", &error, "{\"id\":\"%s\"}", world->site->parent.id);

  g_assert_no_error (error);
  return cf_struct_ref (settings->form);
}

static char *
make (World *world, const CfdCaller *by, const char *name, const char *members)
{
  g_autoptr (GError) error = NULL;
  char *id = cf_id_new ();
  g_autoptr (CfStruct) made = world_call (world, by, "department.add", &error, "{\"id\":\"%s\",\"name\":\"%s\",\"assignment\":\"round_robin\",\"members\":[%s]}", id,
                                          name, members);

  g_assert_no_error (error);
  return id;
}

/* One whose only member is the agent. */
static char *
make_with_agent (World *world, const char *name)
{
  g_autofree char *member = g_strdup_printf ("\"%s\"", world->agent->id);

  return make (world, world->admin, name, member);
}

static void
call (World *world, const char *method, const char *format, const char *first, const char *second)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdup_printf (format, first, second);
  g_autoptr (CfStruct) done = world_call (world, world->admin, method, &error, "%s", json);

  g_assert_no_error (error);
}

/* @names: what is offered by the first field, with commas between */
static void
assert_offers (const CfSiteForm *form, const char *names)
{
  const GPtrArray *offered = ((const CfFormField *) form->fields->pdata[0])->offered;
  g_autoptr (GString) got = g_string_new (NULL);

  for (guint i = 0; offered != NULL && i < offered->len; i++)
    g_string_append_printf (got, "%s%s", i > 0 ? ", " : "", ((const CfFormDepartment *) offered->pdata[i])->name);
  g_assert_cmpstr (got->str, ==, names);
}

static gpointer
start (World *world, const CfdCaller *visitor, gint64 version, const char *department, GError **error)
{
  g_autofree char *id = cf_id_new (), *message_id = cf_id_new ();

  return world_call (world, visitor, "conversation.start", error,
                     "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"Hello\",\"form\":{\"version\":%d,\"values\":[%s%s%s]}}", id, message_id, (int) version,
                     department != NULL ? "{\"field\":\"" WHERE "\",\"value\":\"" : "", department != NULL ? department : "", department != NULL ? "\"}" : "");
}

static const CfConversation *
begun (gpointer result)
{
  return world_record (result, &cf_conversation_shape, 0);
}

static void
there (World *world, const CfdCaller *who, gboolean is)
{
  cfd_roster_set (world->organisation_id, who->id, is ? CF_PRESENCE_ONLINE : CF_PRESENCE_OFFLINE, is);
}

/* All that serve the site, by name; or those that were chosen, in their order; whatever the caller says of what is offered. */
static void
test_offered (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *support = make (world, world->admin, "support", ""), *sales = make_with_agent (world, "Sales"), *archive = make (world, world->admin, "Archive", "");
  g_autofree char *some = g_strdup_printf (FORM (FIELD (WHERE, "department", "Where to?", ",\"departments\":[\"%s\",\"%s\"]")), support, archive);
  g_autofree char *forged = g_strdup_printf (FORM (FIELD (WHERE, "department", "Where to?", ",\"offered\":[{\"id\":\"%s\",\"name\":\"Forged\"}]")), support);
  g_autoptr (CfSiteForm) all = configure (world, ALL), chosen = NULL, honest = NULL;

  assert_offers (all, "Archive, Sales, support");
  chosen = configure (world, some);
  assert_offers (chosen, "support, Archive");
  honest = configure (world, forged);
  assert_offers (honest, "Archive, Sales, support");
}

/* A visitor reads what they choose among by id and name, and nothing else of departments. */
static void
test_audience (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *sales = make_with_agent (world, "Sales"), *secret = make (world, world->admin, "Secret", "");
  g_autofree char *form = g_strdup_printf (FORM (FIELD (WHERE, "department", "Where to?", ",\"departments\":[\"%s\"]")), sales);
  g_autofree char *offered = g_strdup_printf ("\"offered\":[{\"id\":\"%s\",\"name\":\"Sales\"}]", sales);
  g_autoptr (CfSiteForm) asked = configure (world, form);
  g_autoptr (CfStruct) result = start (world, world->visitor, asked->version, sales, &error);
  g_autoptr (GString) own = g_string_new (NULL), staff = g_string_new (NULL), said = g_string_new (NULL);

  g_assert_no_error (error);
  cf_json_encode (own, asked, CF_AUDIENCE_VISITOR);
  cf_json_encode (staff, asked, CF_AUDIENCE_STAFF);
  cf_json_encode (said, result, CF_AUDIENCE_VISITOR);
  g_assert_nonnull (strstr (own->str, offered));
  g_assert_null (strstr (own->str, "\"departments\""));
  g_assert_null (strstr (own->str, "Secret"));
  g_assert_null (strstr (own->str, "members"));
  g_assert_null (strstr (own->str, "assignment"));
  g_assert_null (strstr (own->str, "capacity"));
  g_assert_null (strstr (own->str, world->agent->id));
  g_assert_nonnull (strstr (staff->str, "\"departments\":[\""));
  g_assert_null (strstr (said->str, "answers"));
  g_assert_cmpuint (cf_form_department_shape.n_fields, ==, 2);
  g_assert_cmpuint (cf_department_shape.readers, ==, CF_AUDIENCE_STAFF);
  g_assert_nonnull (secret);
}

/* Called otherwise it is the same form; without one of them it is another one; without any it asks nothing. */
static void
test_changes (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *sales = make_with_agent (world, "Sales"), *support = make (world, world->admin, "Support", "");
  g_autoptr (CfSiteForm) first = configure (world, ALL), renamed = NULL, fewer = NULL, none = NULL, more = NULL;
  g_autoptr (CfStruct) free_start = NULL;
  g_autofree char *later = NULL;

  call (world, "department.update", "{\"id\":\"%s\",\"name\":\"%s\"}", sales, "Advice");
  renamed = form_now (world);
  assert_offers (renamed, "Advice, Support");
  g_assert_cmpint (renamed->version, ==, first->version);
  call (world, "department.remove", "{\"id\":\"%s\"%s}", sales, "");
  fewer = form_now (world);
  assert_offers (fewer, "Support");
  g_assert_cmpint (fewer->version, >, first->version);
  g_assert_cmpint (fewer->version, ==, version_of (world));
  g_assert_null (start (world, world->visitor, first->version, sales, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (start (world, world->visitor, fewer->version, sales, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_INVALID);
  g_clear_error (&error);
  call (world, "department.remove", "{\"id\":\"%s\"%s}", support, "");
  none = form_now (world);
  assert_offers (none, "");
  free_start = start (world, world->visitor, none->version, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (begun (free_start)->department_id);
  later = make (world, world->admin, "Later", "");
  more = form_now (world);
  assert_offers (more, "Later");
}

/* A department serves the sites of its members: taken from them, it is not offered there any more. */
static void
test_sites (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *sales = make_with_agent (world, "Sales"), *support = make (world, world->admin, "Support", ""), *form = NULL;
  g_autoptr (CfSiteForm) both = configure (world, ALL), one = NULL, again = NULL, kept = NULL;

  assert_offers (both, "Sales, Support");
  call (world, "agent.sites", "{\"id\":\"%s\",\"sites\":[\"%s\"]}", world->agent->id, world->other_site->parent.id);
  one = form_now (world);
  assert_offers (one, "Support");
  form = g_strdup_printf (FORM (FIELD (WHERE, "department", "Where to?", ",\"departments\":[\"%s\"]")), sales);
  world_refuses (world, world->admin, "site.configure", CF_ERROR_INVALID, "{\"id\":\"%s\",\"version\":%d,\"form\":%s}", world->site->parent.id,
                 (int) version_of (world), form);
  call (world, "agent.sites", "{\"id\":\"%s\",\"sites\":[\"%s\"]}", world->agent->id, world->site->parent.id);
  again = configure (world, form);
  assert_offers (again, "Sales");
  /* What was chosen before it went is no reason to refuse a change of something else. */
  call (world, "agent.sites", "{\"id\":\"%s\",\"sites\":[\"%s\"]}", world->agent->id, world->other_site->parent.id);
  g_free (form);
  form = g_strdup_printf (FORM (FIELD (WHERE, "department", "Whom do you need?", ",\"departments\":[\"%s\"]")), sales);
  kept = configure (world, form);
  assert_offers (kept, "");
}

static void
test_refused_forms (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *sales = make_with_agent (world, "Sales"), *theirs = make (world, world->stranger, "Theirs", "");
  const char *const forms[] = {
    FORM (FIELD (WHERE, "department", "A", ",\"departments\":[\"%1$s\"]")),                                     /* another organisation's */
    FORM (FIELD (WHERE, "department", "A", ",\"departments\":[\"" NOBODY "\"]")),
    FORM (FIELD (WHERE, "department", "A", ",\"departments\":[\"%2$s\",\"%2$s\"]")),
    FORM (FIELD (WHERE, "department", "A") "," FIELD (AGAIN, "department", "B")),
    FORM (FIELD (WHERE, "text", "A", ",\"departments\":[\"%2$s\"]")),
    FORM (FIELD (WHERE, "text", "A", ",\"offered\":[{\"id\":\"%2$s\",\"name\":\"Sales\"}]")),
    FORM (FIELD (WHERE, "department", "A", ",\"choices\":[\"Sales\"]")),
    FORM (FIELD (WHERE, "department", "A") "," FIELD (ORDER, "text", "B", ",\"shown_when\":\"" WHERE "\",\"shown_is\":\"Sales\"")),
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GString) form = g_string_new (forms[i]);

      g_string_replace (form, "%1$s", theirs, 0);
      g_string_replace (form, "%2$s", sales, 0);
      g_test_message ("%s", form->str);
      world_refuses (world, world->admin, "site.configure", CF_ERROR_INVALID, "{\"id\":\"%s\",\"version\":1,\"form\":%s}", world->site->parent.id, form->str);
    }
}

/* It goes to the queue of that department, and by its mode to who is there; the team reads what it was called. */
static void
test_routed (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *sales = make_with_agent (world, "Sales"), *other = make (world, world->admin, "Other", "");
  g_autofree char *form = g_strdup_printf (FORM (FIELD (WHERE, "department", "Where to?", ",\"required\":true,\"departments\":[\"%s\"]")), sales);
  g_autoptr (CfSiteForm) asked = configure (world, form);
  g_autoptr (CfStruct) waiting = NULL, given = NULL;
  const CfFormAnswer *answer;

  waiting = start (world, world->visitor, asked->version, sales, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (begun (waiting)->department_id, ==, sales);
  g_assert_null (begun (waiting)->assignee_id);
  answer = begun (waiting)->answers->list->pdata[0];
  g_assert_cmpint (answer->kind, ==, CF_FORM_DEPARTMENT);
  g_assert_cmpstr (answer->value, ==, "Sales");
  g_assert_cmpstr (answer->department_id, ==, sales);
  g_assert_null (start (world, world->other_visitor, asked->version, other, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "a department that it offers"));
  g_clear_error (&error);
  g_assert_null (start (world, world->other_visitor, asked->version, NULL, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_INVALID);
  g_clear_error (&error);
  call (world, "conversation.close", "{\"id\":\"%s\",\"event_id\":\"%s\"}", begun (waiting)->parent.id, ORDER);
  there (world, world->agent, TRUE);
  given = start (world, world->other_visitor, asked->version, sales, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (begun (given)->assignee_id, ==, world->agent->id);
  there (world, world->agent, FALSE);
}

/* What hangs on a department is asked after that one only. */
static void
test_conditions (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *sales = make_with_agent (world, "Sales"), *support = make (world, world->admin, "Support", "");
  g_autofree char *form = g_strdup_printf (FORM (FIELD (WHERE, "department", "Where to?") ","
                                                 FIELD (ORDER, "text", "Order", ",\"required\":true,\"shown_when\":\"" WHERE "\",\"shown_is\":\"%s\"")), sales);
  g_autoptr (CfSiteForm) asked = configure (world, form);
  g_autoptr (CfStruct) other = NULL;

  g_assert_null (start (world, world->visitor, asked->version, sales, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "\"Order\" is missing"));
  g_clear_error (&error);
  other = start (world, world->visitor, asked->version, support, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (begun (other)->department_id, ==, support);
}

static char *
begin (World *world, const CfdCaller *visitor, gboolean asked)
{
  g_autoptr (GError) error = NULL;
  char *id = world_start (world, visitor, "Hello");
  g_autoptr (CfStruct) got = world_call (world, world->admin, "conversation.get", &error, "{\"id\":\"%s\"}", id);

  g_assert_no_error (error);
  g_assert_cmpstr (begun (got)->question_id, ==, asked ? WHERE : NULL);
  return id;
}

/* In the conversation it hands over only what is nobody's, and is not asked once somebody has it. */
static void
test_during (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *sales = make_with_agent (world, "Sales"), *taken = NULL, *mine = NULL, *gone = NULL;
  g_autoptr (CfSiteForm) form = configure (world, FORM (FIELD (WHERE, "department", "Where to?", ",\"during\":true")));
  g_autoptr (CfdCaller) third = world_visitor (world, world->site);
  g_autoptr (CfStruct) moved = NULL, again = NULL, kept = NULL;
  const char *answer = "{\"id\":\"%s\",\"field\":\"" WHERE "\",\"value\":\"%s\"}";

  taken = begin (world, world->visitor, TRUE);
  world_refuses (world, world->visitor, "conversation.answer", CF_ERROR_INVALID, answer, taken, NOBODY);
  there (world, world->agent, TRUE);
  moved = world_call (world, world->visitor, "conversation.answer", &error, answer, taken, sales);
  g_assert_no_error (error);
  g_assert_cmpstr (begun (moved)->department_id, ==, sales);
  g_assert_cmpstr (begun (moved)->assignee_id, ==, world->agent->id);
  g_assert_null (begun (moved)->question_id);
  again = world_call (world, world->visitor, "conversation.answer", &error, answer, taken, sales);
  g_assert_no_error (error);
  g_assert_cmpint (begun (again)->parent.rev, ==, begun (moved)->parent.rev);
  mine = begin (world, world->other_visitor, TRUE);
  call (world, "conversation.assign", "{\"id\":\"%s\",\"event_id\":\"" ORDER "\",\"agent_id\":\"%s\"}", mine, world->admin->id);
  kept = world_call (world, world->other_visitor, "conversation.answer", &error, answer, mine, sales);
  g_assert_no_error (error);
  g_assert_null (begun (kept)->department_id);
  g_assert_cmpstr (begun (kept)->assignee_id, ==, world->admin->id);
  g_assert_cmpuint (begun (kept)->answers->list->len, ==, 1);
  /* What is asked and has nothing left to choose is nobody's question. */
  gone = begin (world, third, TRUE);
  call (world, "conversation.close", "{\"id\":\"%s\",\"event_id\":\"%s\"}", taken, AGAIN);
  call (world, "department.remove", "{\"id\":\"%s\"%s}", sales, "");
  world_refuses (world, third, "conversation.answer", CF_ERROR_CONFLICT, answer, gone, sales);
  there (world, world->agent, FALSE);
}

/* Visitors are asked before their first conversation: who begins another one goes on without. */
static void
test_asked_once (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *sales = make_with_agent (world, "Sales"), *next = cf_id_new (), *message = cf_id_new ();
  g_autoptr (CfSiteForm) form = configure (world, ALL);
  g_autoptr (CfStruct) first = start (world, world->visitor, form->version, sales, &error), second = NULL;

  g_assert_no_error (error);
  call (world, "conversation.close", "{\"id\":\"%s\",\"event_id\":\"%s\"}", begun (first)->parent.id, ORDER);
  second = world_call (world, world->visitor, "conversation.start", &error, "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"More\"}", next, message);
  g_assert_no_error (error);
  g_assert_cmpstr (begun (second)->parent.id, ==, next);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/form-departments/offered", test_offered);
  g_test_add_func ("/form-departments/audience", test_audience);
  g_test_add_func ("/form-departments/changes", test_changes);
  g_test_add_func ("/form-departments/sites", test_sites);
  g_test_add_func ("/form-departments/refused", test_refused_forms);
  g_test_add_func ("/form-departments/routed", test_routed);
  g_test_add_func ("/form-departments/conditions", test_conditions);
  g_test_add_func ("/form-departments/during", test_during);
  g_test_add_func ("/form-departments/once", test_asked_once);
  return g_test_run ();
}
