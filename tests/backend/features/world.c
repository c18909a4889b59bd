/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "backend/features.h"
#include "backend/features/accounts/account-service.h"
#include "backend/features/accounts/password.h"
#include "backend/features/accounts/token-service.h"
#include "backend/features/sites/site-service.h"
#include "backend/rpc/job.h"
#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/results.h"
#include "tests/db/plan.h"

typedef struct
{
  const CfdMethod *method;
  CfdDb *db;
  const CfdCaller *caller;
  gconstpointer params;
  gpointer result;
} Invocation;

typedef struct
{
  World *world;
  const char *hash;
} Making;

static CfdCaller *
make_agent (CfdTx *tx, const char *organisation_id, const char *email, CfRole role, const char *hash)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfAgentAddParams) params = cf_struct_new (&cf_agent_add_params_shape);
  g_autoptr (CfAgent) agent = NULL;
  CfdCaller *caller = cfd_caller_new (role == CF_ROLE_ADMIN ? CFD_ALLOW_ADMIN : CFD_ALLOW_AGENT);

  params->id = cf_id_new ();
  params->email = g_strdup (email);
  params->name = g_strdup_printf ("Name of %s", email);
  params->role = role;
  agent = cfd_accounts_add_agent (tx, organisation_id, NULL, params, hash, &error);
  g_assert_no_error (error);
  caller->organisation_id = cfd_shared_text (organisation_id);
  caller->id = g_strdup (agent->parent.id);
  caller->name = g_strdup (agent->name);
  caller->address = cfd_shared_text ("127.0.0.1");
  return caller;
}

static CfSite *
make_site (CfdTx *tx, const char *organisation_id, const char *origin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CfSiteAddParams) params = cf_struct_new (&cf_site_add_params_shape);
  CfSite *site;

  params->id = cf_id_new ();
  params->name = g_strdup (origin);
  params->origins = g_strsplit (origin, " ", -1);
  site = cfd_sites_add (tx, organisation_id, NULL, params, &error);
  g_assert_no_error (error);
  return site;
}

static gboolean
make_first (CfdTx *tx, gpointer data, GError **error)
{
  Making *making = data;
  World *world = making->world;
  g_autoptr (CfOrganisation) organisation = cfd_accounts_create_organisation (tx, "One", error);

  world->organisation_id = g_strdup (organisation->parent.id);
  world->admin = make_agent (tx, world->organisation_id, "admin@one.example", CF_ROLE_ADMIN, making->hash);
  world->agent = make_agent (tx, world->organisation_id, "agent@one.example", CF_ROLE_AGENT, making->hash);
  world->site = make_site (tx, world->organisation_id, "https://shop.example");
  world->other_site = make_site (tx, world->organisation_id, "https://*.other.example");
  return TRUE;
}

static gboolean
make_second (CfdTx *tx, gpointer data, GError **error)
{
  Making *making = data;
  g_autoptr (CfOrganisation) organisation = cfd_accounts_create_organisation (tx, "Two", error);

  making->world->stranger = make_agent (tx, organisation->parent.id, "admin@two.example", CF_ROLE_ADMIN, making->hash);
  return TRUE;
}

static const CfdMethod *
find_method (const char *name)
{
  for (const CfdFeature *const *feature = cfd_features (); *feature != NULL; feature++)
    for (guint i = 0; i < (*feature)->n_methods; i++)
      if (g_str_equal ((*feature)->methods[i].name, name))
        return &(*feature)->methods[i];
  g_error ("no method %s", name);
}

static gboolean
invoke (CfdTx *tx, gpointer data, GError **error)
{
  Invocation *invocation = data;
  CfdCall call = { tx, invocation->db, invocation->caller };

  if (!cfd_job_is_proven (invocation->method, invocation->caller, tx, error))
    return FALSE;

  invocation->result = invocation->method->handler (&call, invocation->params, error);
  return invocation->result != NULL;
}

World *
world_new (void)
{
  g_autoptr (GError) error = NULL;
  World *self = g_new0 (World, 1);
  g_autofree char *hash = cfd_password_hash (WORLD_PASSWORD, &error);
  Making making = { self, hash };

  g_assert_no_error (error);
  self->temp = temp_db_new (plan_driver ());
  temp_db_open (self->temp);
  cfd_db_start_search (self->temp->db);
  self->db = self->temp->db;
  g_assert_true (cfd_db_run (self->db, CFD_DB_WRITE, make_first, &making, &error));
  g_assert_true (cfd_db_run (self->db, CFD_DB_WRITE, make_second, &making, &error));
  self->visitor = world_visitor (self, self->site);
  self->other_visitor = world_visitor (self, self->site);
  return self;
}

void
world_free (World *self)
{
  temp_db_free (self->temp);
  g_free (self->organisation_id);
  cf_struct_unref (self->site);
  cf_struct_unref (self->other_site);
  cfd_caller_unref (self->admin);
  cfd_caller_unref (self->agent);
  cfd_caller_unref (self->visitor);
  cfd_caller_unref (self->other_visitor);
  cfd_caller_unref (self->stranger);
  g_free (self);
}

CfdCaller *
world_visitor (World *self, const CfSite *site)
{
  CfdCaller *caller = cfd_caller_new (CFD_ALLOW_VISITOR);
  g_autofree char *secret = cfd_token_new ();

  caller->organisation_id = cfd_shared_text (self->organisation_id);
  caller->site_id = cfd_shared_text (site->parent.id);
  caller->id = cf_id_new ();
  caller->secret_hash = cfd_token_hash (secret);
  caller->address = cfd_shared_text ("127.0.0.1");
  return caller;
}

gboolean
world_run (World *self, CfdDbMode mode, CfdDbWork work, gpointer data, GError **error)
{
  return cfd_db_run (self->db, mode, work, data, error);
}

gpointer
world_call (World *self, const CfdCaller *caller, const char *method, GError **error, const char *json, ...)
{
  Invocation invocation = { find_method (method), self->db, caller };
  g_autoptr (CfStruct) params = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *text = NULL;
  CfdDbMode mode = invocation.method->work == CFD_WORK_WRITE  ? CFD_DB_WRITE
                   : invocation.method->work == CFD_WORK_SLOW ? CFD_DB_SLOW
                                                              : CFD_DB_READ;
  va_list args;

  va_start (args, json);
  text = g_strdup_vprintf (json, args);
  va_end (args);
  params = cf_json_decode_text (invocation.method->params, text, CF_DECODE_STRICT, &problem);
  g_assert_no_error (problem);
  invocation.params = params;
  if (cfd_db_run (self->db, mode, invoke, &invocation, error))
    return invocation.result;
  return NULL;
}

gpointer
world_record (gpointer result, const CfShape *shape, guint nth)
{
  const CfField *field = cf_shape_field (((const CfStruct *) result)->shape, "records");
  const GPtrArray *records = cf_field_at (GPtrArray *, result, field);

  for (guint i = 0; i < records->len; i++)
    if (((CfStruct *) records->pdata[i])->shape == shape && nth-- == 0)
      return records->pdata[i];
  return NULL;
}

char *
world_start (World *self, const CfdCaller *visitor, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = cf_id_new (), *message_id = cf_id_new ();
  g_autoptr (CfStruct) result =
    world_call (self, visitor, "conversation.start", &error, "{\"id\":\"%s\",\"message_id\":\"%s\",\"text\":\"%s\"}", id, message_id, text);

  g_assert_no_error (error);
  return g_strdup (CF_RECORD (world_record (result, &cf_conversation_shape, 0))->id);
}
