/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-words.h"

#include "app/features/conversations/time-text.h"

#include <glib/gi18n.h>
#include <string.h>

#define STARS 5

static gboolean
is_said (const char *text)
{
  return text != NULL && *text != '\0';
}

const char *
cfa_visitor_state_name (CfVisitorState state)
{
  switch (state)
    {
    case CF_VISITOR_PARTLY:
      return C_("visitor", "Partly known");
    case CF_VISITOR_IDENTIFIED:
      return C_("visitor", "Identified");
    case CF_VISITOR_VERIFIED:
      return C_("visitor", "Verified");
    default:
      return C_("visitor", "Anonymous");
    }
}

const char *
cfa_visitor_state_help (CfVisitorState state)
{
  switch (state)
    {
    case CF_VISITOR_PARTLY:
      return _("There is a name, a phone number or a company, but no email address yet.");
    case CF_VISITOR_IDENTIFIED:
      return _("There is an email address, but nobody has proven that it is theirs.");
    case CF_VISITOR_VERIFIED:
      return _("The email address was proven to be theirs.");
    default:
      return _("Nothing is known yet of who this is.");
    }
}

/**
 * cfa_visitor_known_as:
 * Returns: (transfer full): what to call somebody by what is known of them.
 */
char *
cfa_visitor_known_as (const CfVisitor *visitor)
{
  const char *const known[] = { visitor->name, visitor->email, visitor->phone, visitor->company };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (is_said (known[i]))
      return g_strdup (known[i]);
  return g_strdup (_("Visitor"));
}

/**
 * cfa_visitor_local_time:
 * @now: ms UTC
 *
 * Returns: (transfer full) (nullable): what the clock shows where the visitor is; NULL when that is not known.
 */
char *
cfa_visitor_local_time (const CfVisitor *visitor, gint64 now)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *clock = NULL, *place = NULL;

  if (!is_said (visitor->time_zone) || !cf_time_zone_is_valid (visitor->time_zone))
    return NULL;
  zone = g_time_zone_new_identifier (visitor->time_zone);
  if (zone == NULL)
    return NULL;
  clock = cfa_time_clock (now, zone);
  place = g_strdup (strrchr (visitor->time_zone, '/') != NULL ? strrchr (visitor->time_zone, '/') + 1 : visitor->time_zone);
  g_strdelimit (place, "_", ' ');
  /* Translators: what the clock shows where the visitor is, and the city that names their time zone */
  return g_strdup_printf (_("%s their time (%s)"), clock, place);
}

/**
 * cfa_visitor_rating:
 * @rating: 1 to 5
 *
 * Returns: (transfer full): as stars.
 */
char *
cfa_visitor_rating (gint64 rating)
{
  GString *stars = g_string_new (NULL);

  for (gint64 i = 1; i <= STARS; i++)
    g_string_append (stars, i <= rating ? "★" : "☆");
  return g_string_free (stars, FALSE);
}

/**
 * cfa_visitor_alike_because:
 * Returns: why both may be one person.
 */
const char *
cfa_visitor_alike_because (const CfVisitor *visitor, const CfVisitor *other)
{
  if (is_said (visitor->email) && is_said (other->email) && g_ascii_strcasecmp (visitor->email, other->email) == 0)
    return _("Same email address");
  return _("Same phone number");
}

/* What a merge brings, or that it stays away because there is something already. */
static void
add_line (GString *out, const char *what, const char *own, const char *other)
{
  if (!is_said (other) || g_strcmp0 (own, other) == 0)
    return;
  if (out->len > 0)
    g_string_append_c (out, '\n');
  if (is_said (own))
    /* Translators: the name of a field and both values of it */
    g_string_append_printf (out, _("%s stays “%s”, not “%s”"), what, own, other);
  else
    /* Translators: the name of a field and what will stand in it */
    g_string_append_printf (out, _("%s becomes “%s”"), what, other);
}

/**
 * cfa_visitor_merge_preview:
 * Returns: (transfer full): a line for each thing that @into would learn of @from, see docs/protocol.md, "Visitors".
 */
char *
cfa_visitor_merge_preview (const CfVisitor *into, const CfVisitor *from)
{
  GString *out = g_string_new (NULL);
  guint tags = 0;

  add_line (out, _("Name"), into->name, from->name);
  add_line (out, _("Email"), into->email, from->email);
  add_line (out, _("Phone"), into->phone, from->phone);
  add_line (out, _("Company"), into->company, from->company);
  for (guint i = 0; from->tags != NULL && from->tags[i] != NULL; i++)
    tags += into->tags == NULL || !g_strv_contains ((const char *const *) into->tags, from->tags[i]);
  if (tags > 0)
    g_string_append_printf (out, ngettext ("%s%u tag is added", "%s%u tags are added", tags), out->len > 0 ? "\n" : "", tags);
  if (is_said (from->note) && g_strcmp0 (into->note, from->note) != 0)
    g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", _("Their notes are added"));
  return g_string_free (out, FALSE);
}
