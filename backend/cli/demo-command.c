/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo-command.h"

#include "backend/features/accounts/account-service.h"
#include "backend/features/accounts/password.h"
#include "backend/features/accounts/token-service.h"
#include "backend/features/conversations/conversation-service.h"
#include "backend/features/sites/site-service.h"
#include "backend/features/visitors/visitor-service.h"
#include "cli.h"
#include "demo-data.h"
#include "demo-result.h"
#include "demo-script.h"
#include "protocol/error.h"
#include "protocol/id.h"

#define N_AGENTS 2

static const struct
{
  const char *name, *email;
  CfRole role;
} team[N_AGENTS] = {
  { "Bruno Keller", "bruno@harbor-goods.example", CF_ROLE_ADMIN },
  { "Mei Tanaka", "mei@harbor-goods.example", CF_ROLE_AGENT },
};

/* What the steps share; each step is one write with a revision of its own. */
typedef struct
{
  CfOrganisation *organisation;
  CfSite *site;
  CfAgent *team[N_AGENTS];
  CfdCaller *agents[N_AGENTS];
  char *passwords[N_AGENTS];
  char *hashes[N_AGENTS];
  /* the conversation that is being told */
  const CfdDemoConversation *script;
  const CfdDemoLine *line;
  CfdCaller *visitor;
  char *conversation_id; /* NULL before its first line */
  gint64 at;             /* ms UTC of the line */
} Demo;

static CfdCaller *
as_caller (const CfAgent *agent)
{
  CfdCaller *caller = cfd_caller_new (agent->role == CF_ROLE_ADMIN ? CFD_ALLOW_ADMIN : CFD_ALLOW_AGENT);

  caller->organisation_id = cfd_shared_text (agent->parent.organisation_id);
  caller->id = g_strdup (agent->parent.id);
  caller->name = g_strdup (agent->name);
  return caller;
}

static gboolean
write_site (CfdTx *tx, Demo *demo, GError **error)
{
  char *any[] = { "*", NULL };
  g_autoptr (CfSiteAddParams) params = cf_struct_new (&cf_site_add_params_shape);

  params->id = cf_id_new ();
  params->name = g_strdup ("Harbor Goods");
  params->origins = g_strdupv (any);
  params->color = g_strdup ("#1f5f8b");
  params->greeting = g_strdup ("Hi! How can we help?");
  demo->site = cfd_sites_add (tx, demo->organisation->parent.id, NULL, params, error);
  return demo->site != NULL;
}

static gboolean
write_team (CfdTx *tx, Demo *demo, GError **error)
{
  for (guint i = 0; i < N_AGENTS; i++)
    {
      g_autoptr (CfAgentAddParams) params = cf_struct_new (&cf_agent_add_params_shape);

      params->id = cf_id_new ();
      params->name = g_strdup (team[i].name);
      params->email = g_strdup (team[i].email);
      params->role = team[i].role;
      demo->team[i] = cfd_accounts_add_agent (tx, demo->organisation->parent.id, NULL, params, demo->hashes[i], error);
      if (demo->team[i] == NULL)
        return FALSE;
      demo->agents[i] = as_caller (demo->team[i]);
    }
  return TRUE;
}

static gboolean
write_organisation (CfdTx *tx, gpointer data, GError **error)
{
  Demo *demo = data;
  g_autoptr (CfOrganisation) there = cfd_accounts_sole_organisation (tx, NULL);

  if (there != NULL)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "\"%s\" lives in this database; the demo wants an empty one", there->name);
      return FALSE;
    }
  demo->organisation = cfd_accounts_create_organisation (tx, "Harbor Goods", error);
  return demo->organisation != NULL && write_team (tx, demo, error) && write_site (tx, demo, error);
}

static gboolean
write_visitor (CfdTx *tx, gpointer data, GError **error)
{
  Demo *demo = data;
  g_autoptr (CfIdentifyParams) params = cf_struct_new (&cf_identify_params_shape);
  g_autoptr (CfVisitor) visitor = NULL;

  cfd_tx_set_now (tx, demo->at);
  params->name = g_strdup (demo->script->name);
  params->email = g_strdup (demo->script->email);
  params->parent.present = G_MAXUINT64;
  visitor = cfd_visitors_identify (tx, demo->visitor, params, NULL, error);
  return visitor != NULL;
}

static GPtrArray *
say (CfdTx *tx, Demo *demo, const CfdCaller *who, gboolean note, GError **error)
{
  g_autoptr (CfMessageSendParams) params = cf_struct_new (&cf_message_send_params_shape);

  params->id = cf_id_new_at (demo->at);
  params->conversation_id = g_strdup (demo->conversation_id);
  params->text = g_strdup (demo->line->text);
  return note ? cfd_conversations_note (tx, who, params, error) : cfd_conversations_send (tx, who, params, error);
}

static GPtrArray *
begin (CfdTx *tx, Demo *demo, GError **error)
{
  g_autoptr (CfConversationStartParams) params = cf_struct_new (&cf_conversation_start_params_shape);

  params->id = cf_id_new_at (demo->at);
  params->message_id = cf_id_new_at (demo->at);
  params->text = g_strdup (demo->line->text);
  demo->conversation_id = g_strdup (params->id);
  return cfd_conversations_start (tx, demo->visitor, params, error);
}

static GPtrArray *
read_all (CfdTx *tx, Demo *demo, GError **error)
{
  g_autoptr (CfConversationReadParams) params = cf_struct_new (&cf_conversation_read_params_shape);

  params->conversation_id = g_strdup (demo->conversation_id);
  params->position = G_MAXINT64;
  return cfd_conversations_read (tx, demo->visitor, params, error);
}

static GPtrArray *
finish (CfdTx *tx, Demo *demo, GError **error)
{
  g_autoptr (CfConversationActionParams) params = cf_struct_new (&cf_conversation_action_params_shape);

  params->id = g_strdup (demo->conversation_id);
  params->event_id = cf_id_new_at (demo->at);
  return cfd_conversations_close (tx, demo->agents[0], params, error);
}

static gboolean
write_line (CfdTx *tx, gpointer data, GError **error)
{
  Demo *demo = data;
  g_autoptr (GPtrArray) touched = NULL;

  cfd_tx_set_now (tx, demo->at);
  switch (demo->line->what)
    {
    case CFD_DEMO_VISITOR:
      touched = demo->conversation_id == NULL ? begin (tx, demo, error) : say (tx, demo, demo->visitor, FALSE, error);
      break;
    case CFD_DEMO_FIRST:
      touched = say (tx, demo, demo->agents[0], FALSE, error);
      break;
    case CFD_DEMO_SECOND:
      touched = say (tx, demo, demo->agents[1], FALSE, error);
      break;
    case CFD_DEMO_NOTE:
      touched = say (tx, demo, demo->agents[1], TRUE, error);
      break;
    case CFD_DEMO_READ:
      touched = read_all (tx, demo, error);
      break;
    case CFD_DEMO_CLOSE:
      touched = finish (tx, demo, error);
      break;
    }
  return touched != NULL;
}

static CfdCaller *
new_visitor (const Demo *demo)
{
  CfdCaller *caller = cfd_caller_new (CFD_ALLOW_VISITOR);
  g_autofree char *secret = cfd_token_new ();

  caller->organisation_id = cfd_shared_text (demo->organisation->parent.id);
  caller->site_id = cfd_shared_text (demo->site->parent.id);
  caller->id = cf_id_new_at (demo->at);
  caller->name = g_strdup (demo->script->name);
  caller->secret_hash = cfd_token_hash (secret);
  caller->locale = cfd_shared_text (demo->script->locale);
  caller->address = cfd_shared_text ("192.0.2.10");
  return caller;
}

static gboolean
tell (CfdDb *db, Demo *demo, GError **error)
{
  gboolean good;

  demo->at = cf_now () - demo->script->minutes_ago * G_GINT64_CONSTANT (60000);
  demo->visitor = new_visitor (demo);
  good = cfd_db_run (db, CFD_DB_WRITE, write_visitor, demo, error);
  for (guint i = 0; good && i < demo->script->n_lines; i++)
    {
      demo->line = &demo->script->lines[i];
      demo->at += demo->line->minutes * G_GINT64_CONSTANT (60000);
      good = cfd_db_run (db, CFD_DB_WRITE, write_line, demo, error);
    }
  g_clear_pointer (&demo->visitor, cfd_caller_unref);
  g_clear_pointer (&demo->conversation_id, g_free);
  return good;
}

static gboolean
make_passwords (Demo *demo, GError **error)
{
  for (guint i = 0; i < N_AGENTS; i++)
    {
      g_autofree char *token = cfd_token_new ();

      demo->passwords[i] = g_strndup (token, 14);
      demo->hashes[i] = cfd_password_hash (demo->passwords[i], error);
      if (demo->hashes[i] == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
clear (Demo *demo)
{
  g_clear_pointer (&demo->organisation, cf_struct_unref);
  g_clear_pointer (&demo->site, cf_struct_unref);
  for (guint i = 0; i < N_AGENTS; i++)
    {
      g_clear_pointer (&demo->team[i], cf_struct_unref);
      g_clear_pointer (&demo->agents[i], cfd_caller_unref);
      g_free (demo->passwords[i]);
      g_free (demo->hashes[i]);
    }
}

static gboolean
tell_everything (CfdDb *db, GError **error)
{
  Demo demo = { 0 };
  const CfdDemoConversation *scripts;
  guint n;
  gboolean good = make_passwords (&demo, error) && cfd_db_run (db, CFD_DB_WRITE, write_organisation, &demo, error);

  scripts = cfd_demo_script (&n);
  for (guint i = 0; good && i < n; i++)
    {
      demo.script = &scripts[i];
      good = tell (db, &demo, error);
    }
  if (good)
    cfd_demo_result_print (demo.organisation->name, demo.site, demo.team, demo.passwords, N_AGENTS);
  clear (&demo);
  return good;
}

/**
 * cfd_demo_command:
 * `chatflowd demo`: an organisation to look at, with a site that any page may use; with the options as much invented history as one likes. Prints the
 * sign-ins as JSON, this once.
 */
gboolean
cfd_demo_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  g_autoptr (CfdDb) db = NULL;
  CfdDemoSize size = { .seed = -1 };
  const GOptionEntry entries[] = {
    { "visitors", 0, 0, G_OPTION_ARG_INT64, &size.visitors, "Generate so many visitors", "N" },
    { "conversations", 0, 0, G_OPTION_ARG_INT64, &size.conversations, "… so many conversations", "N" },
    { "messages", 0, 0, G_OPTION_ARG_INT64, &size.messages, "… with so many texts and notes in them", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &size.seed, "Another number, other data", "S" },
    { "now", 0, 0, G_OPTION_ARG_INT64, &size.now, "Where the two years of history end (default: now)", "MILLISECONDS" },
    { NULL },
  };

  if (!cfd_cli_parse ("demo", entries, argc, argv, error))
    return FALSE;
  if (size.visitors != 0 || size.conversations != 0 || size.messages != 0 || size.seed != -1 || size.now != 0)
    {
      size.seed = MAX (size.seed, 0);
      return cfd_demo_data_generate (config, &size, error);
    }
  db = cfd_cli_open_database (config, TRUE, error);
  return db != NULL && tell_everything (db, error);
}
