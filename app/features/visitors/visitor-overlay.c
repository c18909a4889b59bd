/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-overlay.h"

#include "protocol/id.h"
#include "protocol/json.h"
#include "protocol/methods/visitor-params.h"

#include <string.h>

static void
set_text (char **slot, const char *text)
{
  g_free (*slot);
  *slot = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static void
update (CfVisitor *visitor, const CfVisitorUpdateParams *params)
{
  if (cf_struct_has (params, "name"))
    set_text (&visitor->name, params->name);
  if (cf_struct_has (params, "email"))
    {
      if (g_strcmp0 (visitor->email, params->email) != 0)
        visitor->verified_at = 0;
      set_text (&visitor->email, params->email);
    }
  if (cf_struct_has (params, "phone"))
    set_text (&visitor->phone, params->phone);
  if (cf_struct_has (params, "company"))
    set_text (&visitor->company, params->company);
  if (cf_struct_has (params, "note"))
    set_text (&visitor->note, params->note);
}

/* Takes out what begins with @prefix, and puts @entry at the end. */
static void
replace (char ***list, const char *prefix, const char *entry)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  char **made;

  for (guint i = 0; *list != NULL && (*list)[i] != NULL; i++)
    if (!g_str_has_prefix ((*list)[i], prefix))
      g_strv_builder_add (builder, (*list)[i]);
  if (entry != NULL)
    g_strv_builder_add (builder, entry);
  made = g_strv_builder_end (builder);
  g_strfreev (*list);
  *list = made[0] != NULL ? made : NULL;
  if (*list == NULL)
    g_strfreev (made);
}

static void
tag (CfVisitor *visitor, const CfVisitorTagParams *params, gboolean untag)
{
  gboolean has = visitor->tags != NULL && g_strv_contains ((const char *const *) visitor->tags, params->tag_id);

  if (untag || !has)
    replace (&visitor->tags, params->tag_id, untag ? NULL : params->tag_id);
}

static void
set_attribute (CfVisitor *visitor, const CfVisitorAttributeParams *params)
{
  g_autofree char *prefix = g_strconcat (params->attribute_id, "=", NULL);
  g_autofree char *entry = g_strconcat (prefix, params->value, NULL);

  replace (&visitor->attributes, prefix, params->value != NULL && *params->value != '\0' ? entry : NULL);
}

/**
 * cfa_visitor_overlay_change:
 * @params: of visitor.update, visitor.tag, visitor.untag or visitor.attribute
 *
 * What the server will make of it, see docs/protocol.md, "Visitors".
 */
void
cfa_visitor_overlay_change (CfVisitor *visitor, gconstpointer params, gboolean untag)
{
  const CfShape *shape = ((const CfStruct *) params)->shape;

  if (shape == &cf_visitor_update_params_shape)
    update (visitor, params);
  else if (shape == &cf_visitor_tag_params_shape)
    tag (visitor, params, untag);
  else if (shape == &cf_visitor_attribute_params_shape)
    set_attribute (visitor, params);
}

/**
 * cfa_visitor_overlay_add:
 * @write: the next one in order; one that is not about visitors, or was refused, changes nothing
 */
void
cfa_visitor_overlay_add (CfVisitor *visitor, const CfaOutboxRow *write)
{
  static const struct { const char *method; const CfShape *shape; } kinds[] = {
    { "visitor.update", &cf_visitor_update_params_shape },
    { "visitor.tag", &cf_visitor_tag_params_shape },
    { "visitor.untag", &cf_visitor_tag_params_shape },
    { "visitor.attribute", &cf_visitor_attribute_params_shape },
  };

  for (guint i = 0; !write->failed && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (CfStruct) params = NULL;

      if (strcmp (kinds[i].method, write->method) != 0)
        continue;
      params = cf_json_decode_text (kinds[i].shape, write->params, CF_DECODE_LENIENT, NULL);
      if (params != NULL)
        cfa_visitor_overlay_change (visitor, params, strcmp (write->method, "visitor.untag") == 0);
    }
}
