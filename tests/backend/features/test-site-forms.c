/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/site-params.h"
#include "protocol/records/visitor.h"

#define ABOUT  "0190a5c0-0001-7abc-8def-0123456789ab"
#define ORDER  "0190a5c0-0002-7abc-8def-0123456789ab"
#define NAME   "0190a5c0-0003-7abc-8def-0123456789ab"
#define EMAIL  "0190a5c0-0004-7abc-8def-0123456789ab"
#define PHONE  "0190a5c0-0005-7abc-8def-0123456789ab"
#define AGREE  "0190a5c0-0006-7abc-8def-0123456789ab"
#define DAY    "0190a5c0-0007-7abc-8def-0123456789ab"
#define REASON "0190a5c0-0008-7abc-8def-0123456789ab"

#define FIELD(id, kind, label, ...) "{\"id\":\"" id "\",\"kind\":\"" kind "\",\"label\":\"" label "\"" __VA_ARGS__ "}"
#define SAY(id, value)              "{\"field\":\"" id "\",\"value\":\"" value "\"}"

/* An order needs its number; who does not agree is asked why, who says why is asked nothing more. */
#define FORM                                                                                                            \
  "{\"on\":true,\"version\":77,\"title\":\"Before we begin\",\"fields\":["                                              \
  FIELD (ABOUT, "choice", "About", ",\"required\":true,\"choices\":[\"An order\",\"Else\"]") ","                        \
  FIELD (ORDER, "text", "Order number", ",\"required\":true,\"shown_when\":\"" ABOUT "\",\"shown_is\":\"An order\"") "," \
  FIELD (NAME, "name", "Name") "," FIELD (EMAIL, "email", "Email", ",\"required\":true") "," FIELD (PHONE, "phone", "Phone") "," \
  FIELD (AGREE, "checkbox", "I agree") ","                                                                              \
  FIELD (DAY, "date", "Bought on", ",\"shown_when\":\"" AGREE "\",\"shown_is\":\"yes\"") ","                            \
  FIELD (REASON, "text", "Why not", ",\"shown_when\":\"" AGREE "\",\"shown_is\":\"no\"") "]}"

static gint64
configure (World *world, const char *form)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfSiteSettings) before = world_call (world, world->agent, "site.settings", &error, "{\"id\":\"%s\"}", world->site->parent.id);
  g_autoptr (CfStruct) result = NULL;
  const CfSite *site;

  g_assert_no_error (error);
  result = world_call (world, world->admin, "site.configure", &error, "{\"id\":\"%s\",\"version\":%d,\"form\":%s}", world->site->parent.id,
                       (int) before->version, form);
  g_assert_no_error (error);
  site = world_record (result, &cf_site_shape, 0);
  return site->form->version;
}

static gpointer
start (World *world, const CfdCaller *visitor, gint64 version, const char *values, GError **error)
{
  g_autofree char *id = cf_id_new (), *message_id = cf_id_new ();

  return world_call (world, visitor, "conversation.start", error,
                     "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"Hello\",\"form\":{\"version\":%d,\"values\":[%s]}}", id, message_id,
                     (int) version, values);
}

static void
assert_answer (const CfConversation *conversation, guint i, const char *label, CfFormKind kind, const char *value)
{
  const CfFormAnswer *answer = conversation->answers->list->pdata[i];

  g_assert_cmpstr (answer->label, ==, label);
  g_assert_cmpint (answer->kind, ==, kind);
  g_assert_cmpstr (answer->value, ==, value);
}

static void
test_version (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) other = NULL;
  gint64 version = configure (world, FORM);

  g_assert_cmpint (version, ==, 2); /* whatever was said */
  g_assert_cmpint (configure (world, FORM), ==, 2);
  other = world_call (world, world->admin, "site.configure", &error, "{\"id\":\"%s\",\"version\":2,\"greeting\":\"Hi\"}", world->site->parent.id);
  g_assert_no_error (error);
  g_assert_cmpint (((CfSite *) world_record (other, &cf_site_shape, 0))->form->version, ==, 2);
  g_assert_cmpint (configure (world, "{\"fields\":[" FIELD (NAME, "name", "Who?") "]}"), ==, 4);
}

static void
test_refused_forms (void)
{
  static const char *const forms[] = {
    "{\"on\":true}",
    "{\"fields\":[" FIELD (NAME, "text", "A") "," FIELD (NAME, "text", "B") "]}",
    "{\"fields\":[" FIELD (NAME, "name", "A") "," FIELD (ORDER, "name", "B") "]}",
    "{\"fields\":[" FIELD (EMAIL, "email", "A") "," FIELD (ORDER, "email", "B") "]}",
    "{\"fields\":[" FIELD (PHONE, "phone", "A") "," FIELD (ORDER, "phone", "B") "]}",
    "{\"fields\":[" FIELD (ABOUT, "choice", "A") "]}",
    "{\"fields\":[" FIELD (ABOUT, "choice", "A", ",\"choices\":[\"x\",\"x\"]") "]}",
    "{\"fields\":[" FIELD (ABOUT, "text", "A", ",\"choices\":[\"x\"]") "]}",
    /* itself, one below, one that is not there, one that can say anything, what it never says, half a condition */
    "{\"fields\":[" FIELD (AGREE, "checkbox", "A", ",\"shown_when\":\"" AGREE "\",\"shown_is\":\"yes\"") "]}",
    "{\"fields\":[" FIELD (ORDER, "text", "A", ",\"shown_when\":\"" AGREE "\",\"shown_is\":\"yes\"") "," FIELD (AGREE, "checkbox", "B") "]}",
    "{\"fields\":[" FIELD (ORDER, "text", "A", ",\"shown_when\":\"" DAY "\",\"shown_is\":\"yes\"") "]}",
    "{\"fields\":[" FIELD (NAME, "name", "A") "," FIELD (ORDER, "text", "B", ",\"shown_when\":\"" NAME "\",\"shown_is\":\"Bo\"") "]}",
    "{\"fields\":[" FIELD (AGREE, "checkbox", "A") "," FIELD (ORDER, "text", "B", ",\"shown_when\":\"" AGREE "\",\"shown_is\":\"maybe\"") "]}",
    "{\"fields\":[" FIELD (AGREE, "checkbox", "A") "," FIELD (ORDER, "text", "B", ",\"shown_when\":\"" AGREE "\"") "]}",
    "{\"fields\":[" FIELD (ORDER, "text", "B", ",\"shown_is\":\"yes\"") "]}",
    /* before the conversation, after what is asked in it */
    "{\"fields\":[" FIELD (AGREE, "checkbox", "A", ",\"during\":true") "," FIELD (ORDER, "text", "B", ",\"shown_when\":\"" AGREE "\",\"shown_is\":\"yes\"") "]}",
  };
  g_autoptr (World) world = world_new ();
  g_autoptr (GString) many = g_string_new ("\"0\"");

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_test_message ("%s", forms[i]);
      world_refuses (world, world->admin, "site.configure", CF_ERROR_INVALID, "{\"id\":\"%s\",\"version\":1,\"form\":%s}", world->site->parent.id, forms[i]);
    }
  for (guint i = 1; i <= CF_FORM_CHOICES_MAX; i++)
    g_string_append_printf (many, ",\"%u\"", i);
  world_refuses (world, world->admin, "site.configure", CF_ERROR_TOO_LARGE,
                 "{\"id\":\"%s\",\"version\":1,\"form\":{\"fields\":[{\"id\":\"" ABOUT "\",\"kind\":\"choice\",\"label\":\"A\",\"choices\":[%s]}]}}",
                 world->site->parent.id, many->str);
}

/* Contact details become the visitor's, as claims; all else stays with the conversation, in the words in which it was asked. */
static void
test_answers (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  gint64 version = configure (world, FORM);
  g_autoptr (CfStruct) begun = start (world, world->visitor, version,
                                      SAY (NAME, "Ana") "," SAY (EMAIL, "ana@example.com") "," SAY (PHONE, "+351 912 345 678") "," SAY (ABOUT, "An order") ","
                                      SAY (ORDER, "1182") "," SAY (AGREE, "yes") "," SAY (DAY, "2026-11-21"), &error);
  const CfConversation *conversation;
  const CfVisitor *visitor;
  const CfMessage *message;

  g_assert_no_error (error);
  conversation = world_record (begun, &cf_conversation_shape, 0);
  visitor = world_record (begun, &cf_visitor_shape, 0);
  message = world_record (begun, &cf_message_shape, 0);
  g_assert_cmpstr (visitor->name, ==, "Ana");
  g_assert_cmpstr (message->author_name, ==, "Ana");
  g_assert_cmpstr (visitor->email, ==, "ana@example.com");
  g_assert_cmpstr (visitor->phone, ==, "+351 912 345 678");
  g_assert_cmpint (cf_visitor_get_state (visitor), ==, CF_VISITOR_IDENTIFIED);
  g_assert_cmpuint (conversation->answers->list->len, ==, 4);
  assert_answer (conversation, 0, "About", CF_FORM_CHOICE, "An order");
  assert_answer (conversation, 1, "Order number", CF_FORM_TEXT, "1182");
  assert_answer (conversation, 2, "I agree", CF_FORM_CHECKBOX, "yes");
  assert_answer (conversation, 3, "Bought on", CF_FORM_DATE, "2026-11-21");
}

/* What is not asked is not wanted, and a checkbox that nobody has touched says no. */
static void
test_conditions (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  gint64 version = configure (world, FORM);
  g_autoptr (CfStruct) begun = start (world, world->visitor, version, SAY (ABOUT, "Else") "," SAY (EMAIL, "a@b.example") "," SAY (REASON, "No time"), &error);
  const CfConversation *conversation;

  g_assert_no_error (error);
  conversation = world_record (begun, &cf_conversation_shape, 0);
  g_assert_cmpuint (conversation->answers->list->len, ==, 3);
  assert_answer (conversation, 1, "I agree", CF_FORM_CHECKBOX, "no");
  assert_answer (conversation, 2, "Why not", CF_FORM_TEXT, "No time");
}

static void
test_refused_answers (void)
{
  static const struct
  {
    const char *values, *said;
  } cases[] = {
    { SAY (ABOUT, "Else"), "\"Email\" is missing" },
    { SAY (EMAIL, "a@b.example"), "\"About\" is missing" },
    { SAY (EMAIL, "a@b.example") "," SAY (ABOUT, "An order"), "\"Order number\" is missing" },
    { SAY (EMAIL, "a@b.example") "," SAY (ABOUT, "Else") "," SAY (ORDER, "1"), "\"Order number\", which is not asked" },
    { SAY (EMAIL, "a@b.example") "," SAY (ABOUT, "Both"), "one of its choices" },
    { SAY (EMAIL, "a@b.example") "," SAY (ABOUT, "Else") "," SAY (AGREE, "perhaps"), "yes or no" },
    { SAY (EMAIL, "a@b.example") "," SAY (ABOUT, "Else") "," SAY (AGREE, "yes") "," SAY (DAY, "2026-02-30"), "a date such as" },
    { SAY (EMAIL, "nobody") "," SAY (ABOUT, "Else"), "email: expected an address" },
    { SAY (EMAIL, "a@b.example") "," SAY (ABOUT, "Else") "," SAY (PHONE, "call me"), "phone: got" },
    { SAY (EMAIL, "a@b.example") "," SAY (ABOUT, "Else") "," SAY (EMAIL, "c@d.example"), "\"Email\" twice" },
    { SAY (EMAIL, "a@b.example") "," SAY ("0190a5c0-0009-7abc-8def-0123456789ab", "x"), "no such field" },
  };
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) without = NULL;
  g_autofree char *id = cf_id_new (), *message_id = cf_id_new ();
  gint64 version = configure (world, FORM);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (start (world, world->visitor, version, cases[i].values, &error));
      g_assert_error (error, CF_ERROR, CF_ERROR_INVALID);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].said));
    }
  g_assert_null (world_call (world, world->visitor, "conversation.start", &without, "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"x\"}", id, message_id));
  g_assert_error (without, CF_ERROR, CF_ERROR_INVALID);
  world_refuses (world, world->agent, "visitor.get", CF_ERROR_NOT_FOUND, "{\"id\":\"%s\"}", world->visitor->id);
}

static void
test_long_name (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strnfill (101, 'x'), *value = g_strdup_printf (SAY (NAME, "%s") "," SAY (EMAIL, "a@b.example") "," SAY (ABOUT, "Else"), name);

  g_assert_null (start (world, world->visitor, configure (world, FORM), value, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_TOO_LARGE);
}

/* Another form than the one that was filled in is asked anew; one that is off asks nothing. */
static void
test_other_form (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) begun = NULL;
  gint64 version = configure (world, FORM);

  configure (world, "{\"on\":true,\"fields\":[" FIELD (NAME, "name", "Who?") "]}");
  g_assert_null (start (world, world->visitor, version, SAY (NAME, "Ana"), &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_CONFLICT);
  g_clear_error (&error);
  configure (world, "{\"fields\":[" FIELD (NAME, "name", "Who?") "]}");
  begun = start (world, world->visitor, version, SAY (NAME, "Ana"), &error);
  g_assert_no_error (error);
  g_assert_null (((CfVisitor *) world_record (begun, &cf_visitor_shape, 0))->name);
  g_assert_null (((CfConversation *) world_record (begun, &cf_conversation_shape, 0))->answers);
}

/* A call whose answer was lost changes nothing; who talks already is not asked; the staff asks nobody. */
static void
test_once (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *id = cf_id_new (), *message_id = cf_id_new (), *next_id = cf_id_new ();
  gint64 version = configure (world, "{\"on\":true,\"fields\":[" FIELD (ORDER, "text", "Order", ",\"required\":true") "]}");
  const char *call = "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"Hello\",\"form\":{\"version\":%d,\"values\":[" SAY (ORDER, "%s") "]}}";
  g_autoptr (CfStruct) first = world_call (world, world->visitor, "conversation.start", &error, call, id, message_id, (int) version, "7");
  g_autoptr (CfStruct) again = NULL, next = NULL;

  g_assert_no_error (error);
  again = world_call (world, world->visitor, "conversation.start", &error, call, id, message_id, (int) version, "7");
  g_assert_no_error (error);
  g_assert_cmpint (CF_RECORD (world_record (again, &cf_conversation_shape, 0))->rev, ==, CF_RECORD (world_record (first, &cf_conversation_shape, 0))->rev);
  assert_answer (world_record (again, &cf_conversation_shape, 0), 0, "Order", CF_FORM_TEXT, "7");
  next = world_call (world, world->visitor, "conversation.start", &error, "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"More\"}", id, next_id);
  g_assert_no_error (error);
  assert_answer (world_record (next, &cf_conversation_shape, 0), 0, "Order", CF_FORM_TEXT, "7");
  world_refuses (world, world->agent, "conversation.start", CF_ERROR_FORBIDDEN,
                 "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"x\",\"visitor_id\":\"%s\",\"form\":{\"version\":%d}}", ABOUT, ORDER, world->visitor->id, (int) version);
}

/* Outside the hours other things are asked, and the team sees that it was then. */
static void
test_hours (void)
{
  static const char form[] = "{\"on\":true,\"fields\":[" FIELD (ORDER, "text", "Order", ",\"required\":true,\"asked\":\"open\"") ","
                             FIELD (EMAIL, "email", "Email", ",\"required\":true,\"asked\":\"closed\"") "]}";
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  gint64 version = configure (world, form);
  g_autofree char *id = cf_id_new (), *message_id = cf_id_new ();
  g_autoptr (CfStruct) open = start (world, world->visitor, version, SAY (ORDER, "1182"), &error);
  g_autoptr (CfStruct) shut = NULL, left = NULL;

  g_assert_no_error (error);
  g_assert_false (((const CfConversation *) world_record (open, &cf_conversation_shape, 0))->away);
  world_refuses (world, world->other_visitor, "conversation.start", CF_ERROR_INVALID,
                 "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"Hello\",\"form\":{\"version\":%d,\"values\":[" SAY (EMAIL, "a@b.example") "]}}",
                 id, message_id, (int) version);
  world_refuses (world, world->other_visitor, "conversation.start", CF_ERROR_INVALID,
                 "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"Hello\",\"form\":{\"version\":%d,\"closed\":true}}", id, message_id, (int) version);
  /* Never open. */
  shut = world_call (world, world->admin, "site.configure", &error, "{\"id\":\"%s\",\"version\":%d,\"hours\":{\"limited\":true,\"time_zone\":\"UTC\"}}",
                     world->site->parent.id, (int) version);
  g_assert_no_error (error);
  left = world_call (world, world->other_visitor, "conversation.start", &error,
                     "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"Hello\",\"form\":{\"version\":%d,\"closed\":true,\"values\":["
                     SAY (EMAIL, "a@b.example") "]}}", id, message_id, (int) version);
  g_assert_no_error (error);
  g_assert_true (((const CfConversation *) world_record (left, &cf_conversation_shape, 0))->away);
  g_assert_cmpstr (((const CfVisitor *) world_record (left, &cf_visitor_shape, 0))->email, ==, "a@b.example");
}

/* A visitor reads the form that they are to fill in, and never what the team keeps of it. */
static void
test_audience (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  gint64 version = configure (world, "{\"on\":true,\"fields\":[" FIELD (ORDER, "text", "Order") "," FIELD (PHONE, "phone", "Phone") "]}");
  g_autoptr (CfStruct) begun = start (world, world->visitor, version, SAY (ORDER, "1182") "," SAY (PHONE, "+351 912 345 678"), &error);
  g_autoptr (CfStruct) sites = world_call (world, world->admin, "site.configure", &error, "{\"id\":\"%s\",\"version\":2,\"greeting\":\"Hi\"}", world->site->parent.id);
  g_autoptr (GString) own = g_string_new (NULL), staff = g_string_new (NULL), site = g_string_new (NULL);

  g_assert_no_error (error);
  cf_json_encode (own, begun, CF_AUDIENCE_VISITOR);
  cf_json_encode (staff, begun, CF_AUDIENCE_STAFF);
  cf_json_encode (site, sites, CF_AUDIENCE_VISITOR);
  g_assert_null (strstr (own->str, "1182"));
  g_assert_null (strstr (own->str, "+351"));
  g_assert_nonnull (strstr (staff->str, "\"answers\":{\"list\":[{\"field\":\"" ORDER "\",\"label\":\"Order\",\"kind\":\"text\",\"value\":\"1182\"}]}"));
  g_assert_nonnull (strstr (staff->str, "+351"));
  g_assert_nonnull (strstr (site->str, "\"form\":{\"on\":true,\"version\":2,"));
  g_assert_null (strstr (site->str, "changed_by"));
}

/* The order before; then who it is, whether they agree, and why not, in the conversation. */
#define DURING                                                                                                          \
  "{\"on\":true,\"fields\":[" FIELD (ORDER, "text", "Order") ","                                                         \
  FIELD (NAME, "name", "Name", ",\"during\":true") "," FIELD (EMAIL, "email", "Email", ",\"during\":true,\"required\":true") "," \
  FIELD (PHONE, "phone", "Phone", ",\"during\":true,\"asked\":\"closed\"") ","                                          \
  FIELD (AGREE, "checkbox", "I agree", ",\"during\":true") ","                                                          \
  FIELD (REASON, "text", "Why not", ",\"during\":true,\"shown_when\":\"" AGREE "\",\"shown_is\":\"no\"") ","             \
  FIELD (DAY, "date", "Bought on", ",\"during\":true,\"shown_when\":\"" AGREE "\",\"shown_is\":\"yes\"") "]}"

/* Answers the question @field of @conversation with @value, which is a member with its comma, or empty to pass over it. Returns: (transfer full): the conversation. */
static CfConversation *
answer (World *world, const char *conversation, const char *field, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) result = world_call (world, world->visitor, "conversation.answer", &error, "{\"id\":\"%s\",\"field\":\"%s\"%s}", conversation, field, value);

  g_assert_no_error (error);
  return cf_struct_ref ((gpointer) world_record (result, &cf_conversation_shape, 0));
}

static char *
begin (World *world, gint64 version, char **question)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) begun = start (world, world->visitor, version, SAY (ORDER, "1182"), &error);
  const CfConversation *conversation;

  g_assert_no_error (error);
  conversation = world_record (begun, &cf_conversation_shape, 0);
  *question = g_strdup (conversation->question_id);
  return g_strdup (conversation->parent.id);
}

/* One at a time, in the order of the form, what is passed over or hangs on something else not. */
static void
test_during (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *question = NULL, *id = begin (world, configure (world, DURING), &question);
  g_autoptr (CfConversation) named = NULL, reached = NULL, refused = NULL, last = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) visitor = NULL, again = NULL;

  g_assert_cmpstr (question, ==, NAME);
  named = answer (world, id, NAME, "");
  g_assert_cmpstr (named->question_id, ==, EMAIL);
  reached = answer (world, id, EMAIL, ",\"value\":\"ana@example.com\"");
  g_assert_cmpstr (reached->question_id, ==, AGREE);
  g_assert_cmpuint (reached->answers->list->len, ==, 1);
  refused = answer (world, id, AGREE, ",\"value\":\"no\"");
  g_assert_cmpstr (refused->question_id, ==, REASON);
  last = answer (world, id, REASON, ",\"value\":\"4111 1111 1111 1111\"");
  g_assert_null (last->question_id);
  g_assert_cmpuint (last->answers->list->len, ==, 3);
  assert_answer (last, 0, "Order", CF_FORM_TEXT, "1182");
  assert_answer (last, 1, "I agree", CF_FORM_CHECKBOX, "no");
  g_assert_null (strstr (((CfFormAnswer *) last->answers->list->pdata[2])->value, "4111"));
  visitor = world_call (world, world->agent, "visitor.get", &error, "{\"id\":\"%s\"}", world->visitor->id);
  g_assert_no_error (error);
  g_assert_cmpstr (((CfVisitor *) world_record (visitor, &cf_visitor_shape, 0))->email, ==, "ana@example.com");
  g_assert_cmpint (((CfVisitor *) world_record (visitor, &cf_visitor_shape, 0))->verified_at, ==, 0);
  /* Nothing that was passed over comes back. */
  again = world_call (world, world->visitor, "message.send", &error, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"More\"}", DAY, id);
  g_assert_no_error (error);
  g_assert_null (((CfConversation *) world_record (again, &cf_conversation_shape, 0))->question_id);
}

/* The same call again changes nothing; other words for what was said are refused, and so is what is no answer, not asked, or not theirs. */
static void
test_during_refused (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *question = NULL, *id = begin (world, configure (world, DURING), &question);
  g_autoptr (CfConversation) first = answer (world, id, NAME, ",\"value\":\"Ana\""), same = answer (world, id, NAME, ",\"value\":\"Ana\"");
  g_autoptr (CfConversation) reached = NULL, agreed = NULL, repeated = NULL;
  const char *call = "{\"id\":\"%s\",\"field\":\"%s\"%s}";

  g_assert_cmpint (first->parent.rev, ==, same->parent.rev);
  world_refuses (world, world->visitor, "conversation.answer", CF_ERROR_CONFLICT, call, id, NAME, ",\"value\":\"Bo\"");
  world_refuses (world, world->visitor, "conversation.answer", CF_ERROR_INVALID, call, id, EMAIL, ",\"value\":\"nobody\"");
  world_refuses (world, world->visitor, "conversation.answer", CF_ERROR_INVALID, call, id, EMAIL, "");
  world_refuses (world, world->visitor, "conversation.answer", CF_ERROR_CONFLICT, call, id, AGREE, ",\"value\":\"yes\"");
  world_refuses (world, world->visitor, "conversation.answer", CF_ERROR_CONFLICT, call, id, ORDER, ",\"value\":\"7\"");
  world_refuses (world, world->visitor, "conversation.answer", CF_ERROR_CONFLICT, call, id, ABOUT, ",\"value\":\"7\"");
  world_refuses (world, world->other_visitor, "conversation.answer", CF_ERROR_NOT_FOUND, call, id, EMAIL, ",\"value\":\"a@b.example\"");
  reached = answer (world, id, EMAIL, ",\"value\":\"a@b.example\"");
  world_refuses (world, world->visitor, "conversation.answer", CF_ERROR_INVALID, call, id, AGREE, ",\"value\":\"perhaps\"");
  agreed = answer (world, id, AGREE, ",\"value\":\"yes\"");
  repeated = answer (world, id, AGREE, ",\"value\":\"yes\"");
  g_assert_cmpint (agreed->parent.rev, ==, repeated->parent.rev);
  world_refuses (world, world->visitor, "conversation.answer", CF_ERROR_CONFLICT, call, id, AGREE, ",\"value\":\"no\"");
  world_refuses (world, world->visitor, "conversation.answer", CF_ERROR_CONFLICT, call, id, AGREE, "");
  g_assert_cmpstr (repeated->question_id, ==, DAY);
  world_refuses (world, world->visitor, "conversation.answer", CF_ERROR_INVALID, call, id, DAY, ",\"value\":\"2026-02-30\"");
  /* The site has thought better of it. */
  configure (world, "{\"fields\":[" FIELD (DAY, "date", "Bought on", ",\"during\":true") "]}");
  world_refuses (world, world->visitor, "conversation.answer", CF_ERROR_CONFLICT, call, id, DAY, ",\"value\":\"2026-02-20\"");
}

/* What is known is not asked, nor what belongs to other hours; and nobody is asked before they have written. */
static void
test_during_known (void)
{
  g_autoptr (World) world = world_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) told = world_call (world, world->visitor, "visitor.identify", &error, "{\"name\":\"Ana\",\"email\":\"ana@example.com\"}");
  g_autofree char *question = NULL, *id = NULL, *theirs = cf_id_new (), *first = cf_id_new (), *reply = cf_id_new ();
  g_autoptr (CfStruct) off = NULL, on = NULL;
  gint64 version;

  g_assert_no_error (error);
  version = configure (world, DURING);
  id = begin (world, version, &question);
  g_assert_cmpstr (question, ==, AGREE);
  configure (world, "{\"fields\":[" FIELD (NAME, "name", "Name", ",\"during\":true") "]}");
  off = world_call (world, world->other_visitor, "conversation.start", &error, "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"Hi\"}", theirs, first);
  g_assert_no_error (error);
  g_assert_null (((CfConversation *) world_record (off, &cf_conversation_shape, 0))->question_id);
  configure (world, "{\"on\":true,\"fields\":[" FIELD (NAME, "name", "Name", ",\"during\":true") "]}");
  on = world_call (world, world->agent, "message.send", &error, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"Hello\"}", reply, theirs);
  g_assert_no_error (error);
  g_assert_null (((CfConversation *) world_record (on, &cf_conversation_shape, 0))->question_id);
  g_clear_pointer (&on, cf_struct_unref);
  on = world_call (world, world->other_visitor, "message.send", &error, "{\"id\":\"%s\",\"conversation_id\":\"%s\",\"text\":\"And now\"}", DAY, theirs);
  g_assert_no_error (error);
  g_assert_cmpstr (((CfConversation *) world_record (on, &cf_conversation_shape, 0))->question_id, ==, NAME);
}

/* A visitor reads what they are asked, not what they were asked before nor what they said. */
static void
test_during_audience (void)
{
  g_autoptr (World) world = world_new ();
  g_autofree char *question = NULL, *id = begin (world, configure (world, DURING), &question);
  g_autoptr (CfConversation) next = answer (world, id, NAME, "");
  g_autoptr (GString) own = g_string_new (NULL), staff = g_string_new (NULL);

  cf_json_encode (own, next, CF_AUDIENCE_VISITOR);
  cf_json_encode (staff, next, CF_AUDIENCE_STAFF);
  g_assert_nonnull (strstr (own->str, "\"question_id\":\"" EMAIL "\""));
  g_assert_null (strstr (own->str, "1182"));
  g_assert_null (strstr (own->str, NAME));
  g_assert_null (strstr (staff->str, NAME));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site-forms/version", test_version);
  g_test_add_func ("/site-forms/refused", test_refused_forms);
  g_test_add_func ("/site-forms/answers", test_answers);
  g_test_add_func ("/site-forms/answers/conditions", test_conditions);
  g_test_add_func ("/site-forms/answers/refused", test_refused_answers);
  g_test_add_func ("/site-forms/answers/long-name", test_long_name);
  g_test_add_func ("/site-forms/answers/other-form", test_other_form);
  g_test_add_func ("/site-forms/answers/once", test_once);
  g_test_add_func ("/site-forms/hours", test_hours);
  g_test_add_func ("/site-forms/audience", test_audience);
  g_test_add_func ("/site-forms/during", test_during);
  g_test_add_func ("/site-forms/during/refused", test_during_refused);
  g_test_add_func ("/site-forms/during/known", test_during_known);
  g_test_add_func ("/site-forms/during/audience", test_during_audience);
  return g_test_run ();
}
