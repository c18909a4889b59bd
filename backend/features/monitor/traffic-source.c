/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "traffic-source.h"

#include <string.h>

/* Words of a campaign are the site's own; each of them is shown up to here. */
#define WORD_MAX 60

typedef struct
{
  const char *word;
  CfSource source;
} Rule;

/* What an advertiser puts behind the address of a page. The value does not matter. */
static const Rule click_ids[] = {
  { "gclid", CF_SOURCE_PAID }, { "gbraid", CF_SOURCE_PAID }, { "wbraid", CF_SOURCE_PAID }, { "dclid", CF_SOURCE_PAID },
  { "msclkid", CF_SOURCE_PAID }, { "yclid", CF_SOURCE_PAID }, { "ttclid", CF_SOURCE_PAID }, { "twclid", CF_SOURCE_PAID },
  { "li_fat_id", CF_SOURCE_PAID }, { "fbclid", CF_SOURCE_SOCIAL }, { "igshid", CF_SOURCE_SOCIAL }, { "mc_eid", CF_SOURCE_EMAIL },
};

/* utm_medium */
static const Rule mediums[] = {
  { "email", CF_SOURCE_EMAIL }, { "e-mail", CF_SOURCE_EMAIL }, { "mail", CF_SOURCE_EMAIL }, { "newsletter", CF_SOURCE_EMAIL },
  { "cpc", CF_SOURCE_PAID }, { "ppc", CF_SOURCE_PAID }, { "cpm", CF_SOURCE_PAID }, { "cpv", CF_SOURCE_PAID }, { "cpa", CF_SOURCE_PAID },
  { "paid", CF_SOURCE_PAID }, { "paidsearch", CF_SOURCE_PAID }, { "paid-search", CF_SOURCE_PAID }, { "paid_search", CF_SOURCE_PAID },
  { "paidsocial", CF_SOURCE_PAID }, { "paid-social", CF_SOURCE_PAID }, { "paid_social", CF_SOURCE_PAID }, { "display", CF_SOURCE_PAID },
  { "banner", CF_SOURCE_PAID }, { "retargeting", CF_SOURCE_PAID }, { "ads", CF_SOURCE_PAID }, { "ad", CF_SOURCE_PAID },
  { "social", CF_SOURCE_SOCIAL }, { "social-media", CF_SOURCE_SOCIAL }, { "social_media", CF_SOURCE_SOCIAL }, { "sm", CF_SOURCE_SOCIAL },
  { "organic", CF_SOURCE_ORGANIC }, { "referral", CF_SOURCE_REFERRAL }, { "affiliate", CF_SOURCE_REFERRAL }, { "link", CF_SOURCE_REFERRAL },
};

/* Whose pages lead here, and utm_source. With a point: that domain and what is below it. Without: that name below any ending, as
 * google.de and www.google.co.uk. The first that fits is taken, so mail.google.com stands before google. */
static const Rule hosts[] = {
  { "mail.google.com", CF_SOURCE_EMAIL }, { "outlook.live.com", CF_SOURCE_EMAIL }, { "outlook.office.com", CF_SOURCE_EMAIL },
  { "outlook.office365.com", CF_SOURCE_EMAIL }, { "mail.yahoo.com", CF_SOURCE_EMAIL }, { "mail.proton.me", CF_SOURCE_EMAIL },
  { "mail.aol.com", CF_SOURCE_EMAIL }, { "mail.ru", CF_SOURCE_EMAIL }, { "webmail", CF_SOURCE_EMAIL }, { "newsletter", CF_SOURCE_EMAIL },
  { "com.google.android.gm", CF_SOURCE_EMAIL },
  { "google", CF_SOURCE_ORGANIC }, { "bing", CF_SOURCE_ORGANIC }, { "duckduckgo", CF_SOURCE_ORGANIC }, { "yahoo", CF_SOURCE_ORGANIC },
  { "ecosia", CF_SOURCE_ORGANIC }, { "yandex", CF_SOURCE_ORGANIC }, { "ya.ru", CF_SOURCE_ORGANIC }, { "baidu", CF_SOURCE_ORGANIC },
  { "qwant", CF_SOURCE_ORGANIC }, { "startpage", CF_SOURCE_ORGANIC }, { "search.brave.com", CF_SOURCE_ORGANIC }, { "kagi", CF_SOURCE_ORGANIC },
  { "naver", CF_SOURCE_ORGANIC }, { "seznam", CF_SOURCE_ORGANIC }, { "sogou", CF_SOURCE_ORGANIC }, { "swisscows", CF_SOURCE_ORGANIC },
  { "mojeek", CF_SOURCE_ORGANIC }, { "daum", CF_SOURCE_ORGANIC },
  { "facebook", CF_SOURCE_SOCIAL }, { "fb", CF_SOURCE_SOCIAL }, { "fb.me", CF_SOURCE_SOCIAL }, { "instagram", CF_SOURCE_SOCIAL },
  { "t.co", CF_SOURCE_SOCIAL }, { "twitter", CF_SOURCE_SOCIAL }, { "x.com", CF_SOURCE_SOCIAL }, { "linkedin", CF_SOURCE_SOCIAL },
  { "lnkd.in", CF_SOURCE_SOCIAL }, { "youtube", CF_SOURCE_SOCIAL }, { "youtu.be", CF_SOURCE_SOCIAL }, { "reddit", CF_SOURCE_SOCIAL },
  { "pinterest", CF_SOURCE_SOCIAL }, { "pin.it", CF_SOURCE_SOCIAL }, { "tiktok", CF_SOURCE_SOCIAL }, { "mastodon", CF_SOURCE_SOCIAL },
  { "bsky.app", CF_SOURCE_SOCIAL }, { "threads", CF_SOURCE_SOCIAL }, { "whatsapp", CF_SOURCE_SOCIAL }, { "wa.me", CF_SOURCE_SOCIAL },
  { "telegram", CF_SOURCE_SOCIAL }, { "t.me", CF_SOURCE_SOCIAL }, { "vk.com", CF_SOURCE_SOCIAL }, { "weibo", CF_SOURCE_SOCIAL },
  { "xing", CF_SOURCE_SOCIAL }, { "tumblr", CF_SOURCE_SOCIAL }, { "snapchat", CF_SOURCE_SOCIAL }, { "discord", CF_SOURCE_SOCIAL },
  { "news.ycombinator.com", CF_SOURCE_SOCIAL }, { "quora", CF_SOURCE_SOCIAL },
};

/* Returns: (transfer full) (nullable): in small letters, without "www." and port; also of app addresses as android-app://… */
static char *
host_of (const char *address)
{
  const char *begin = address != NULL ? strstr (address, "://") : NULL;
  g_autofree char *host = NULL;
  char *at;

  if (begin == NULL)
    return NULL;
  begin += 3;
  host = g_ascii_strdown (begin, strcspn (begin, "/?#"));
  at = strrchr (host, '@');
  at = at != NULL ? at + 1 : host;
  at[strcspn (at, ":")] = '\0';
  if (g_str_has_prefix (at, "www."))
    at += 4;
  return *at != '\0' ? g_strdup (at) : NULL;
}

static CfSource
by_word (const Rule *rules, guint n_rules, const char *word)
{
  g_autofree char *small = word != NULL ? g_ascii_strdown (word, -1) : NULL;

  for (guint i = 0; small != NULL && i < n_rules; i++)
    if (g_str_equal (rules[i].word, small))
      return rules[i].source;
  return CF_SOURCE_UNKNOWN;
}

/* "google" in "google.co.uk": the name, then one or two short parts. */
static gboolean
is_named (const char *host, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (host, ".", -1);
  guint n = g_strv_length (parts);

  for (guint back = 2; back <= 3 && back <= n; back++)
    if (g_str_equal (parts[n - back], name) && (back == 2 || strlen (parts[n - 2]) <= 3))
      return TRUE;
  return FALSE;
}

static gboolean
is_below (const char *host, const char *domain)
{
  gsize length = strlen (host), end = strlen (domain);

  return g_str_has_suffix (host, domain) && (length == end || host[length - end - 1] == '.');
}

static CfSource
by_host (const char *host)
{
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    if (strchr (hosts[i].word, '.') != NULL ? is_below (host, hosts[i].word) : is_named (host, hosts[i].word))
      return hosts[i].source;
  return CF_SOURCE_REFERRAL;
}

static CfSource
by_click (const char *landing)
{
  for (guint i = 0; i < G_N_ELEMENTS (click_ids); i++)
    {
      g_autofree char *value = cfd_traffic_parameter (landing, click_ids[i].word);

      if (value != NULL)
        return click_ids[i].source;
    }
  return CF_SOURCE_UNKNOWN;
}

/* "google / cpc / spring sale" */
static char *
name_campaign (const char *source, const char *medium, const char *name)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  const char *all[] = { source, medium, name };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL && *all[i] != '\0')
      g_ptr_array_add (words, (char *) all[i]);
  if (words->len == 0)
    return NULL;
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" / ", (char **) words->pdata);
}

/**
 * cfd_traffic_parameter:
 * @address: (nullable)
 *
 * Returns: (transfer full) (nullable): the value of the first parameter of that name, as short as it is shown
 */
char *
cfd_traffic_parameter (const char *address, const char *name)
{
  const char *query = address != NULL ? strchr (address, '?') : NULL;
  g_auto (GStrv) pairs = NULL;

  if (query == NULL)
    return NULL;
  pairs = g_strsplit (query + 1, "&", 200);
  for (char **pair = pairs; *pair != NULL; pair++)
    {
      gsize length = strlen (name);
      g_autofree char *value = NULL, *whole = NULL;

      if (!g_str_has_prefix (*pair, name) || ((*pair)[length] != '=' && (*pair)[length] != '\0'))
        continue;
      if ((*pair)[length] == '\0')
        return g_strdup ("");
      g_strdelimit (*pair, "+", ' ');
      value = g_uri_unescape_string (*pair + length + 1, NULL);
      whole = g_utf8_make_valid (value != NULL ? value : "", -1);
      for (char *c = whole; *c != '\0'; c++)
        if (g_ascii_iscntrl (*c))
          *c = ' ';
      return g_utf8_substring (whole, 0, MIN (g_utf8_strlen (whole, -1), WORD_MAX));
    }
  return NULL;
}

/**
 * cfd_traffic_source:
 * @landing: (nullable): address of the page with which a visit began
 * @referrer: (nullable): the address that led there
 * @campaign: (out) (transfer full) (nullable): what the landing address says of it
 *
 * What a campaign says of itself comes first, then the mark of an advertiser, then whose page led here.
 */
CfSource
cfd_traffic_source (const char *landing, const char *referrer, char **campaign)
{
  g_autofree char *source = cfd_traffic_parameter (landing, "utm_source");
  g_autofree char *medium = cfd_traffic_parameter (landing, "utm_medium");
  g_autofree char *name = cfd_traffic_parameter (landing, "utm_campaign");
  g_autofree char *here = host_of (landing);
  g_autofree char *there = host_of (referrer);
  CfSource found = by_word (mediums, G_N_ELEMENTS (mediums), medium);

  *campaign = name_campaign (source, medium, name);
  if (found == CF_SOURCE_UNKNOWN)
    found = by_click (landing);
  if (found == CF_SOURCE_UNKNOWN)
    found = by_word (hosts, G_N_ELEMENTS (hosts), source);
  if (found != CF_SOURCE_UNKNOWN)
    return found;
  if (there != NULL && g_strcmp0 (here, there) != 0)
    return by_host (there);
  return source != NULL && *source != '\0' ? CF_SOURCE_REFERRAL : CF_SOURCE_DIRECT;
}
