/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-commands.h"

#include "backend/features/accounts/account-service.h"
#include "backend/features/sites/site-service.h"
#include "cli.h"
#include "protocol/error.h"
#include "protocol/id.h"

static void
print_site (const CfSite *site)
{
  g_autofree char *origins = site->origins != NULL ? g_strjoinv (" ", site->origins) : g_strdup ("(none: no page may use it yet)");

  g_print ("%s\n  key      %s\n  origins  %s\n  snippet  <script src=\"https://YOUR-SERVER/widget.js\" data-site=\"%s\" async></script>\n",
           site->name, site->key, origins, site->key);
}

static gboolean
add (CfdTx *tx, gpointer data, GError **error)
{
  g_autoptr (CfOrganisation) organisation = cfd_accounts_sole_organisation (tx, error);
  g_autoptr (CfSite) site = organisation != NULL ? cfd_sites_add (tx, organisation->parent.id, NULL, data, error) : NULL;

  if (site != NULL)
    print_site (site);
  return site != NULL;
}

static gboolean
list (CfdTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) sites = cfd_sites_list (tx, NULL, error);

  for (guint i = 0; sites != NULL && i < sites->len; i++)
    print_site (sites->pdata[i]);
  return sites != NULL;
}

/**
 * cfd_site_add_command:
 * `chatflowd site add`
 */
gboolean
cfd_site_add_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  g_autofree char *name = NULL, *color = NULL, *greeting = NULL;
  g_auto (GStrv) origins = NULL;
  g_autoptr (CfSiteAddParams) params = cf_struct_new (&cf_site_add_params_shape);
  g_autoptr (CfdDb) db = NULL;
  const GOptionEntry entries[] = {
    { "name", 'n', 0, G_OPTION_ARG_STRING, &name, "Name of the site", "NAME" },
    { "origin", 'o', 0, G_OPTION_ARG_STRING_ARRAY, &origins, "Where its pages are, as https://shop.example; can be repeated", "ORIGIN" },
    { "color", 0, 0, G_OPTION_ARG_STRING, &color, "Colour of the widget, as #3584e4", "COLOR" },
    { "greeting", 0, 0, G_OPTION_ARG_STRING, &greeting, "First line in an empty widget", "TEXT" },
    { NULL },
  };

  if (!cfd_cli_parse ("site add", entries, argc, argv, error))
    return FALSE;
  if (name == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "expected --name");
      return FALSE;
    }
  params->id = cf_id_new ();
  params->name = g_steal_pointer (&name);
  params->origins = g_steal_pointer (&origins);
  params->color = g_steal_pointer (&color);
  params->greeting = g_steal_pointer (&greeting);
  if (!cf_struct_check (params, error))
    return FALSE;
  db = cfd_cli_open_database (config, FALSE, error);
  return db != NULL && cfd_db_run (db, CFD_DB_WRITE, add, params, error);
}

/**
 * cfd_site_list_command:
 * `chatflowd site list`
 */
gboolean
cfd_site_list_command (const CfdConfig *config, int argc, char **argv, GError **error)
{
  g_autoptr (CfdDb) db = NULL;

  if (!cfd_cli_parse ("site list", NULL, argc, argv, error))
    return FALSE;
  db = cfd_cli_open_database (config, FALSE, error);
  return db != NULL && cfd_db_run (db, CFD_DB_READ, list, NULL, error);
}
