/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo-data.h"

#include "backend/features/accounts/password.h"
#include "backend/features/accounts/token-service.h"
#include "demo-history.h"
#include "demo-random.h"
#include "demo-result.h"
#include "protocol/error.h"
#include "protocol/id.h"
#include "protocol/records/organisation.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>

#define N_AGENTS 8
#define N_SITES  3
#define ALL_MAX  10000000
/* Random numbers of their own: those of the history count from 0. */
#define STREAM_TEAM G_MAXUINT32

static const struct
{
  const char *name, *email;
} team[N_AGENTS] = {
  { "Bruno Keller", "bruno@harbor-goods.example" }, { "Mei Tanaka", "mei@harbor-goods.example" },
  { "Amara Okonkwo", "amara@harbor-goods.example" }, { "Jonas Lindqvist", "jonas@harbor-goods.example" },
  { "Camille Rousseau", "camille@harbor-goods.example" }, { "Yusuf Demir", "yusuf@harbor-goods.example" },
  { "Inés Navarro", "ines@harbor-goods.example" }, { "Li Na", "lina@harbor-goods.example" },
};

static const char *const site_names[N_SITES] = { "Harbor Goods", "Harbor Home", "Harbor Outlet" };

/* Set by the signals that ask to stop. */
static volatile sig_atomic_t interrupted;

typedef struct
{
  const CfdDemoSize *size;
  gint64 now;
  CfdDemoRandom random;
  char *organisation_id;
  CfSite *sites[N_SITES];
  char *site_ids[N_SITES];
  CfAgent *agents[N_AGENTS];
  CfdCaller *callers[N_AGENTS];
  char *passwords[N_AGENTS];
  gint64 rev;
} Data;

static void
on_signal (int number)
{
  interrupted = 1;
}

static gboolean
is_interrupted (gpointer data)
{
  return interrupted != 0;
}

static void
on_progress (guint n_done, gpointer user_data)
{
  Data *data = user_data;
  guint tenth = MAX (data->size->messages / 10, 1);

  if (n_done % tenth == 0)
    g_printerr ("demo: %u of %" G_GINT64_FORMAT " messages\n", n_done, data->size->messages);
}

/* The parts of a record that all have. */
static gpointer
new_record (Data *data, const CfShape *shape)
{
  CfRecord *record = cf_struct_new (shape);

  record->id = shape == &cf_organisation_shape ? g_strdup (data->organisation_id) : cfd_demo_random_id (&data->random, data->now - 1);
  record->organisation_id = g_strdup (data->organisation_id);
  return record;
}

static gboolean
put_organisation (Data *data, CfdDemoStore *store, GError **error)
{
  g_autoptr (CfOrganisation) organisation = NULL;

  data->organisation_id = cfd_demo_random_id (&data->random, data->now - 1);
  organisation = new_record (data, &cf_organisation_shape);
  organisation->name = g_strdup ("Harbor Goods");
  organisation->created_at = data->now - 1;
  return cfd_demo_store_put (store, organisation, ++data->rev, error);
}

/* Passwords are secrets: they come from the system, not from the seed. */
static gboolean
put_agent (Data *data, guint i, CfdDemoStore *store, GError **error)
{
  g_autofree char *token = cfd_token_new ();
  CfAgent *agent = data->agents[i] = new_record (data, &cf_agent_shape);
  CfdCaller *caller = data->callers[i] = cfd_caller_new (i == 0 ? CFD_ALLOW_ADMIN : CFD_ALLOW_AGENT);

  data->passwords[i] = g_strndup (token, 14);
  agent->name = g_strdup (team[i].name);
  agent->email = g_strdup (team[i].email);
  agent->role = i == 0 ? CF_ROLE_ADMIN : CF_ROLE_AGENT;
  agent->password_hash = cfd_password_hash (data->passwords[i], error);
  agent->created_at = data->now - 1;
  caller->organisation_id = cfd_shared_text (data->organisation_id);
  caller->id = g_strdup (agent->parent.id);
  caller->name = g_strdup (agent->name);
  return agent->password_hash != NULL && cfd_demo_store_put (store, agent, ++data->rev, error);
}

static gboolean
put_site (Data *data, guint i, CfdDemoStore *store, GError **error)
{
  CfSite *site = data->sites[i] = new_record (data, &cf_site_shape);

  site->name = g_strdup (site_names[i]);
  site->key = g_strdup_printf ("site_%016" G_GINT64_MODIFIER "x", cfd_demo_random_next (&data->random));
  site->origins = g_strsplit ("*", " ", -1);
  site->color = g_strdup ("#1f5f8b");
  site->greeting = g_strdup ("Hi! How can we help?");
  site->created_at = data->now - 1;
  data->site_ids[i] = site->parent.id;
  return cfd_demo_store_put (store, site, ++data->rev, error);
}

static gboolean
put_everything (Data *data, CfdDemoStore *store, GError **error)
{
  CfdDemoPlan plan = { data->size->visitors, data->size->conversations, data->size->messages, data->size->seed, data->now,
                       data->callers, N_AGENTS, data->site_ids, N_SITES, 0, on_progress, is_interrupted, data };
  gboolean good = put_organisation (data, store, error);

  for (guint i = 0; good && i < N_AGENTS; i++)
    good = put_agent (data, i, store, error);
  for (guint i = 0; good && i < N_SITES; i++)
    good = put_site (data, i, store, error);
  plan.rev = data->rev;
  return good && cfd_demo_history_write (&plan, store, error) && cfd_demo_store_finish (store, data->organisation_id, plan.rev, error);
}

static void
clear (Data *data)
{
  for (guint i = 0; i < N_SITES; i++)
    g_clear_pointer (&data->sites[i], cf_struct_unref);
  for (guint i = 0; i < N_AGENTS; i++)
    {
      g_clear_pointer (&data->agents[i], cf_struct_unref);
      g_clear_pointer (&data->callers[i], cfd_caller_unref);
      g_free (data->passwords[i]);
    }
  g_free (data->organisation_id);
}

static gboolean
check (const CfdDemoSize *size, GError **error)
{
  if (size->visitors >= 1 && size->visitors <= ALL_MAX && size->conversations >= 1 && size->messages >= size->conversations
      && size->messages <= ALL_MAX && size->seed >= 0 && size->now >= 0)
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID,
               "got %" G_GINT64_FORMAT " visitors, %" G_GINT64_FORMAT " conversations, %" G_GINT64_FORMAT " messages, expected at least 1 of each, "
               "no more conversations than messages, at most %d",
               size->visitors, size->conversations, size->messages, ALL_MAX);
  return FALSE;
}

/**
 * cfd_demo_data_generate:
 * Makes a database full of invented history and prints the sign-ins as JSON. The same size, seed and time give the same data, except for the
 * passwords. A signal ends it and removes what was made; so does the next call after a crash.
 */
gboolean
cfd_demo_data_generate (const CfdConfig *config, const CfdDemoSize *size, GError **error)
{
  g_autofree char *path = cfd_config_database (config);
  g_autoptr (CfdDemoStore) store = NULL;
  Data data = { .size = size, .now = size->now > 0 ? size->now : cf_now () };
  gboolean good;

  if (!check (size, error))
    return FALSE;
  if (g_mkdir_with_parents (config->state, 0700) != 0)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "cannot create the folder %s: %s", config->state, g_strerror (errno));
      return FALSE;
    }
  signal (SIGINT, on_signal);
  signal (SIGTERM, on_signal);
  store = cfd_demo_store_new (path, error);
  if (store == NULL)
    return FALSE;
  cfd_demo_random_init (&data.random, size->seed, STREAM_TEAM);
  good = put_everything (&data, store, error);
  if (good)
    cfd_demo_result_print ("Harbor Goods", data.sites[0], data.agents, data.passwords, N_AGENTS);
  clear (&data);
  return good;
}
