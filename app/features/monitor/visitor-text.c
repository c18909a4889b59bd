/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor-text.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MINUTE (G_GINT64_CONSTANT (60) * 1000)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

static gboolean
given (const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * cfa_visitor_title:
 * Returns: their name, or "Visitor from Lyon", or "Visitor"
 */
char *
cfa_visitor_title (const CfMonitorVisitor *visitor)
{
  const char *place = given (visitor->city) ? visitor->city : visitor->country;

  if (given (visitor->name))
    return g_strdup (visitor->name);
  /* Translators: %s is a town or a country */
  return given (place) ? g_strdup_printf (_("Visitor from %s"), place) : g_strdup (_("Visitor"));
}

/**
 * cfa_visitor_place:
 * Returns: (nullable): "Lyon, France"
 */
char *
cfa_visitor_place (const char *city, const char *country)
{
  if (given (city) && given (country))
    return g_strdup_printf (C_("town, country", "%s, %s"), city, country);
  return given (city) ? g_strdup (city) : given (country) ? g_strdup (country) : NULL;
}

/**
 * cfa_visitor_path:
 * Returns: "/orders/1182?from=mail": what follows the site's name in an address
 */
char *
cfa_visitor_path (const char *url)
{
  const char *host = url != NULL ? strstr (url, "://") : NULL;
  const char *path = host != NULL ? strchr (host + 3, '/') : NULL;

  if (path != NULL)
    return g_strdup (path);
  return g_strdup (host != NULL ? "/" : url != NULL ? url : "");
}

static char *
host_of (const char *address)
{
  g_autoptr (GUri) uri = given (address) ? g_uri_parse (address, G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (!given (host))
    return NULL;
  return g_strdup (g_str_has_prefix (host, "www.") ? host + 4 : host);
}

static const char *
word_of (CfSource source)
{
  switch (source)
    {
    case CF_SOURCE_DIRECT:
      return _("directly");
    case CF_SOURCE_ORGANIC:
      return _("from a search");
    case CF_SOURCE_PAID:
      return _("from an advertisement");
    case CF_SOURCE_SOCIAL:
      return _("from a social network");
    case CF_SOURCE_REFERRAL:
      return _("from another site");
    case CF_SOURCE_EMAIL:
      return _("from an email");
    default:
      return NULL;
    }
}

/**
 * cfa_visitor_source:
 * Returns: (nullable): "directly", "from google.com", "from an email: spring / newsletter"
 */
char *
cfa_visitor_source (CfSource source, const char *referrer, const char *campaign)
{
  g_autofree char *host = host_of (referrer);
  const char *word = word_of (source);

  if (word == NULL)
    return NULL;
  if (given (campaign))
    /* Translators: how somebody came, and the words of the campaign, as "from an email: spring / newsletter" */
    return g_strdup_printf (C_("source, campaign", "%s: %s"), word, campaign);
  if (source != CF_SOURCE_DIRECT && source != CF_SOURCE_PAID && host != NULL)
    /* Translators: %s is the name of a web site */
    return g_strdup_printf (C_("web site", "from %s"), host);
  return g_strdup (word);
}

/**
 * cfa_visitor_device:
 * Returns: (nullable): "Firefox 115 · Windows 10 · phone"
 */
char *
cfa_visitor_device (const char *browser, const char *system, CfDevice device)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  if (given (browser))
    g_ptr_array_add (parts, (char *) browser);
  if (given (system))
    g_ptr_array_add (parts, (char *) system);
  if (device == CF_DEVICE_PHONE)
    g_ptr_array_add (parts, (char *) _("phone"));
  else if (device == CF_DEVICE_TABLET)
    g_ptr_array_add (parts, (char *) _("tablet"));
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

/**
 * cfa_visitor_since:
 * Returns: how long ago that was, as short as can be: "now", "4 min", "2 h", "3 days"
 */
char *
cfa_visitor_since (gint64 then, gint64 now)
{
  gint64 age = MAX (now - then, 0);

  if (age < MINUTE)
    return g_strdup (C_("since when", "now"));
  if (age < HOUR)
    return g_strdup_printf (C_("since when", "%d min"), (int) (age / MINUTE));
  if (age < DAY)
    return g_strdup_printf (C_("since when", "%d h"), (int) (age / HOUR));
  return g_strdup_printf (ngettext ("%d day", "%d days", age / DAY), (int) (age / DAY));
}
