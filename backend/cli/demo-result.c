/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "demo-result.h"

#include "protocol/json.h"

static void
add_member (GString *out, const char *name, const char *value)
{
  g_string_append_printf (out, "%s\"%s\":", out->str[out->len - 1] == '{' ? "" : ",", name);
  cf_json_encode_string (out, value);
}

/**
 * cfd_demo_result_print:
 * Prints as JSON what one needs to sign in, this once.
 */
void
cfd_demo_result_print (const char *organisation, const CfSite *site, CfAgent *const *agents, char *const *passwords, guint n_agents)
{
  g_autoptr (GString) out = g_string_new ("{");

  add_member (out, "organisation", organisation);
  g_string_append (out, ",\"site\":{");
  add_member (out, "name", site->name);
  add_member (out, "key", site->key);
  g_string_append (out, "},\"agents\":[");
  for (guint i = 0; i < n_agents; i++)
    {
      g_string_append (out, i > 0 ? ",{" : "{");
      add_member (out, "name", agents[i]->name);
      add_member (out, "email", agents[i]->email);
      add_member (out, "password", passwords[i]);
      g_string_append_c (out, '}');
    }
  g_print ("%s]}\n", out->str);
}
