/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dummy.h"

#include "protocol/id.h"
#include "protocol/records/department.h"
#include "protocol/records/site.h"
#include "protocol/records/tag.h"

#define MINUTE ((gint64) 60 * 1000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define TAG "0190a000-0000-7000-8000-00000000010"
#define DEPARTMENT "0190a000-0000-7000-8000-00000000020"
#define SITE "0190a000-0000-7000-8000-00000000030"

/* The fixture: who has written what, newest conversation first. "V" visitor, "A" this agent, "C" a colleague, "N" a colleague's note. */
static const struct
{
  const char *title, *email, *site;
  char assignee; /* 'm' this agent, 'c' a colleague, '-' nobody, 'x' closed */
  gboolean online;
  guint unread;
  gint64 minutes; /* age of the last message */
  const char *lines[9];
} people[] = {
  { "Ana Sousa", "ana.sousa@example.com", "Northwind Store", 'm', TRUE, 0, 1,
    { "V Hi, my order 1182 hasn't arrived yet", "V and the tracking page has been empty since Monday", "A Let me look that up for you, Ana.",
      "N Carrier lost it, see https://carrier.example/track?id=1182&lang=en. Refund is fine.",
      "A The carrier seems to have lost your parcel. I am sorry! Would you like us to send it again, or do you prefer a refund?",
      "V Sending it again would be great 🎉", "V Could it be here by Friday?" } },
  { "Visitor", NULL, "Northwind Store", '-', TRUE, 2, 4,
    { "V Do you ship to Iceland?", "V Hello?" } },
  { "林小明", "lin@example.org", "Northwind Store", '-', TRUE, 1, 13,
    { "V 你好，我想退貨，請問要怎麼做？" } },
  { "Maximiliane von Habsburg-Lothringen-Österreichische Nachnamengesellschaft", "maximiliane.von.habsburg-lothringen@a-very-long-company-name.example", "Northwind Store, Central Europe Division", 'm', FALSE, 3, 22,
    { "V Guten Tag", "V Ich habe eine Frage zu meiner Rechnung, und zwar geht es um die Umsatzsteuerbefreiung für innergemeinschaftliche Lieferungen.",
      "V Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenherstellerverordnungsentwurfsvorlagenbearbeitungsverfahren" } },
  { "ليلى حداد", "layla@example.net", "Blue Harbour", 'm', TRUE, 0, 38,
    { "V مرحبا، هل يمكنني تغيير عنوان التوصيل؟", "A Of course! Which address shall we use?", "V شارع الحمراء ١٢، بيروت", "A Done ✅" } },
  { "Tomás O’Brien", "tomas@example.com", "Blue Harbour", 'c', FALSE, 0, 75,
    { "V The invoice PDF is empty.", "C Could you tell me which browser you use?", "V Firefox 128 on Fedora" } },
  { "Priya Raghunathan", "priya@example.com", "Northwind Store", '-', FALSE, 1, 190,
    { "V Is the blue one back in stock? 💙💙" } },
  { "Jürgen Weiß", "j.weiss@example.de", "Blue Harbour", 'm', FALSE, 0, 26 * 60,
    { "V Vielen Dank für die schnelle Hilfe!", "A Gern geschehen. Einen schönen Tag noch!" } },
  { "<script>alert(1)</script>", "x@example.com", "Northwind Store", 'c', FALSE, 0, 3 * 24 * 60,
    { "V <b>bold?</b> & <a href='javascript:alert(1)'>click</a> javascript:alert(2)", "C We show that as you typed it 🙂" } },
  { "Søren Kjærgaard", "soren@example.dk", "Northwind Store", 'x', FALSE, 0, 5 * 24 * 60,
    { "V Can I pay by invoice?", "A Yes, choose “Invoice” at the checkout.", "V Perfect, thanks" } },
  { "Мария Иванова", "maria@example.com", "Blue Harbour", 'x', FALSE, 2, 40 * 24 * 60,
    { "V Здравствуйте! Спасибо за помощь." } },
  { "กมลวรรณ ศรีสุข", "kamon@example.com", "Blue Harbour", 'x', FALSE, 0, 400 * 24 * 60,
    { "V ขอบคุณมากค่ะ", "A You are welcome!" } },
};

gboolean
dummy_wants (const char *word)
{
  const char *words = g_getenv ("CFA_DUMMY");
  g_auto (GStrv) list = g_strsplit (words != NULL ? words : "", ",", -1);

  return g_strv_contains ((const char *const *) list, word);
}

static CfaMessage *
line_message (CfaConversation *conversation, const char *line, gint64 at)
{
  const char *text = line + 2;

  switch (line[0])
    {
    case 'A': return dummy_message_new (CF_MESSAGE_TEXT, CF_AUTHOR_AGENT, DUMMY_AGENT_NAME, text, at);
    case 'C': return dummy_message_new (CF_MESSAGE_TEXT, CF_AUTHOR_AGENT, "Chiara Conti", text, at);
    case 'N': return dummy_message_new (CF_MESSAGE_NOTE, CF_AUTHOR_AGENT, "Chiara Conti", text, at);
    default: return dummy_message_new (CF_MESSAGE_TEXT, CF_AUTHOR_VISITOR, conversation->title, text, at);
    }
}

/* A long past: enough pages to scroll through, with lines of every length. */
static void
add_past (CfaConversation *conversation, gint64 until, int count)
{
  for (int i = 0; i < count; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      g_string_append_printf (text, "Earlier message %d.", i + 1);
      for (int j = 0; j < (i * 7) % 11; j++)
        g_string_append (text, " It goes on for a while, as people do.");
      dummy_conversation_add (conversation, dummy_message_new (CF_MESSAGE_TEXT, i % 3 == 0 ? CF_AUTHOR_AGENT : CF_AUTHOR_VISITOR,
                                                               i % 3 == 0 ? DUMMY_AGENT_NAME : conversation->title, text->str,
                                                               until - (count - i) * 90 * MINUTE));
    }
}

static CfaConversation *
make_person (gsize index, gint64 now)
{
  gint64 last = now - people[index].minutes * MINUTE;
  guint lines = g_strv_length ((char **) people[index].lines);
  CfaConversation *conversation = dummy_conversation_new (people[index].title, people[index].site, last - lines * MINUTE);
  gboolean mine = people[index].assignee == 'm';

  if (index == 0)
    add_past (conversation, last - DAY, dummy_wants ("long") ? 2000 : 180);
  for (guint i = 0; i < lines; i++)
    dummy_conversation_add (conversation, line_message (conversation, people[index].lines[i], last - (lines - 1 - i) * MINUTE / 2));
  conversation->email = g_strdup (people[index].email);
  conversation->online = people[index].online;
  conversation->mood = index == 5 ? CF_MOOD_NEGATIVE : index == 7 ? CF_MOOD_POSITIVE : CF_MOOD_NONE;
  conversation->unread = index == 0 && dummy_wants ("unread") ? 60 : people[index].unread;
  conversation->status = people[index].assignee == 'x' ? CF_CONVERSATION_CLOSED : CF_CONVERSATION_OPEN;
  if (mine || people[index].assignee == 'c')
    {
      conversation->assignee_id = g_strdup (mine ? DUMMY_AGENT_ID : "colleague");
      conversation->assignee_name = g_strdup (mine ? DUMMY_AGENT_NAME : "Chiara Conti");
    }
  if (people[index].assignee == 'x')
    {
      CfaMessage *closed = dummy_message_new (CF_MESSAGE_EVENT, CF_AUTHOR_AGENT, DUMMY_AGENT_NAME, NULL, last + MINUTE);

      closed->event = CF_MESSAGE_EVENT_CLOSED;
      dummy_conversation_add (conversation, closed);
      conversation->waiting_since = 0;
    }
  return conversation;
}

static void
add_many (GPtrArray *all, gint64 now)
{
  for (int i = 0; i < 10000; i++)
    {
      g_autofree char *name = g_strdup_printf ("Visitor %05d", i + 1);
      CfaConversation *conversation = dummy_conversation_new (name, "Northwind Store", now - (i + 1) * HOUR);

      dummy_conversation_add (conversation, dummy_message_new (CF_MESSAGE_TEXT, CF_AUTHOR_VISITOR, name, "One of very many questions",
                                                               now - (i + 1) * HOUR));
      conversation->assignee_id = g_strdup (DUMMY_AGENT_ID);
      conversation->assignee_name = g_strdup (DUMMY_AGENT_NAME);
      conversation->loading = dummy_wants ("held-rows");
      g_ptr_array_add (all, conversation);
    }
}

static void
name (gpointer record, const char *id, char **slot, const char *text, GPtrArray *team)
{
  ((CfRecord *) record)->id = g_strdup (id);
  *slot = g_strdup (text);
  g_ptr_array_add (team, record);
}

/* Agents, departments, sites and tags; transfer full. */
GPtrArray *
dummy_content_team (void)
{
  static const struct { const char *id, *name, *color; } tags[] = {
    { TAG "1", "vip", "#e5a50a" }, { TAG "2", "refund", "#c01c28" }, { TAG "3", "Lieferung", "#ffffff" }, { TAG "4", "later", NULL },
    { TAG "5", "bug", "#9141ac" },
  };
  static const char *const agents[][2] = { { DUMMY_AGENT_ID, DUMMY_AGENT_NAME }, { DUMMY_COLLEAGUE_ID, "Chiara Conti" },
                                           { "0190a000-0000-7000-8000-000000000003", "Dmitri Sokolov" } };
  static const char *const departments[][2] = { { DEPARTMENT "1", "Billing" }, { DEPARTMENT "2", "Technical questions of every kind" } };
  static const char *const sites[][2] = { { SITE "1", "Northwind Store" }, { SITE "2", "Blue Harbour" } };
  GPtrArray *team = cf_structs_new ();

  for (guint i = 0; i < G_N_ELEMENTS (agents); i++)
    {
      CfAgent *agent = cf_struct_new (&cf_agent_shape);

      name (agent, agents[i][0], &agent->name, agents[i][1], team);
    }
  for (guint i = 0; i < G_N_ELEMENTS (departments); i++)
    {
      CfDepartment *department = cf_struct_new (&cf_department_shape);

      name (department, departments[i][0], &department->name, departments[i][1], team);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      CfSite *site = cf_struct_new (&cf_site_shape);

      name (site, sites[i][0], &site->name, sites[i][1], team);
    }
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      CfTag *tag = cf_struct_new (&cf_tag_shape);

      name (tag, tags[i].id, &tag->name, tags[i].name, team);
      tag->color = g_strdup (tags[i].color);
    }
  return team;
}

static void
add_answer (CfFormAnswers *answers, const char *label, CfFormKind kind, const char *value)
{
  CfFormAnswer *answer = cf_struct_new (&cf_form_answer_shape);

  answer->label = g_strdup (label);
  answer->kind = kind;
  answer->value = g_strdup (value);
  g_ptr_array_add (answers->list, answer);
}

static CfFormAnswers *
new_answers (void)
{
  CfFormAnswers *answers = cf_struct_new (&cf_form_answers_shape);

  answers->list = cf_structs_new ();
  add_answer (answers, "What is it about?", CF_FORM_CHOICE, "An order");
  add_answer (answers, "Order number", CF_FORM_TEXT, "1182 <b>&");
  add_answer (answers, "Bought on", CF_FORM_DATE, "2026-11-03");
  add_answer (answers, "You may keep my answers for as long as the matter takes", CF_FORM_CHECKBOX, "yes");
  return answers;
}

/* What the desk knows of some of them. */
static void
furnish (GPtrArray *all)
{
  static const char *const ana[] = { TAG "1", TAG "2", TAG "3", NULL }, *const visitor[] = { TAG "2", NULL };
  CfaConversation *first = all->pdata[0];

  first->tags = g_strdupv ((char **) ana);
  first->department_id = g_strdup (DEPARTMENT "1");
  first->pinned_id = g_strdup (((CfaMessage *) first->messages->pdata[first->messages->len - 4])->id);
  ((CfaConversation *) all->pdata[1])->tags = g_strdupv ((char **) visitor);
  ((CfaConversation *) all->pdata[5])->mentioned = TRUE;
  ((CfaConversation *) all->pdata[7])->answers = new_answers ();
  ((CfaConversation *) all->pdata[7])->away = TRUE;
  ((CfaConversation *) all->pdata[8])->snoozed_until = cf_now () + DAY;
  ((CfaConversation *) all->pdata[9])->rating = 4;
  ((CfaConversation *) all->pdata[9])->rating_comment = g_strdup ("Quick and kind. I would have liked to find <this> on the page about payment & invoices, though.");
  for (guint i = 0; i < all->len; i++)
    ((CfaConversation *) all->pdata[i])->site_id =
      g_strdup (g_str_has_prefix (((CfaConversation *) all->pdata[i])->site_name, "Blue") ? SITE "2" : SITE "1");
}

/* All conversations, in the order of the table; transfer full. */
GPtrArray *
dummy_content_new (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now = cf_now ();

  if (dummy_wants ("empty"))
    return all;
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    g_ptr_array_add (all, make_person (i, now));
  if (dummy_wants ("many"))
    add_many (all, now);
  furnish (all);
  ((CfaConversation *) all->pdata[7])->draft = g_strdup ("Noch eine Frage: ");
  return all;
}
