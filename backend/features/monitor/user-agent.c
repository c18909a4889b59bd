/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "user-agent.h"

#include "backend/log.h"

#include <string.h>

#define FILE_MAX  (4 * 1024 * 1024)
/* Different user agents that are remembered; a site sees some hundreds. */
#define KNOWN_MAX 4096

/* One pattern, and what it says where it matches; NULL for what its groups say: a name, then a version. */
typedef struct
{
  GRegex *regex;
  char *name;
  char *version;
} Pattern;

typedef struct
{
  char *browser;
  char *system;
  CfDevice device;
} Answer;

/* The two lists of the file that are wanted. */
typedef struct
{
  const char *heading, *name_key, *version_key;
  GPtrArray *patterns; /* of Pattern */
} List;

static GMutex mutex;
static char *file;         /* (nullable): it is read when the first user agent comes */
static GHashTable *known;  /* what was found out: user agent -> Answer */
static List browsers = { "user_agent_parsers:", "family_replacement", "v1_replacement", NULL };
static List systems = { "os_parsers:", "os_replacement", "os_v1_replacement", NULL };

static void
free_pattern (gpointer data)
{
  Pattern *pattern = data;

  if (pattern->regex != NULL)
    g_regex_unref (pattern->regex);
  g_free (pattern->name);
  g_free (pattern->version);
  g_free (pattern);
}

static void
free_answer (gpointer data)
{
  Answer *answer = data;

  g_free (answer->browser);
  g_free (answer->system);
  g_free (answer);
}

/* Of "key: 'value'", with a quote inside written twice. Returns: (transfer full) (nullable): the value */
static char *
value_of (const char *line, const char *key)
{
  gsize length = strlen (key);
  const char *end;
  GString *value;

  if (!g_str_has_prefix (line, key) || line[length] != ':')
    return NULL;
  line += length + 1;
  while (*line == ' ')
    line++;
  end = strrchr (line, *line);
  if ((*line != '\'' && *line != '"') || end == line)
    return NULL;
  value = g_string_new_len (line + 1, end - line - 1);
  g_string_replace (value, "''", "'", 0);
  return g_string_free (value, FALSE);
}

/* A subset of YAML is enough: two lists of flat maps whose values are quoted, a line each. */
static void
read_line (List *list, const char *line)
{
  Pattern *last = list->patterns->len > 0 ? list->patterns->pdata[list->patterns->len - 1] : NULL;
  g_autofree char *regex = g_str_has_prefix (line, "- ") ? value_of (line + 2, "regex") : NULL;
  char *value;

  if (regex != NULL)
    {
      last = g_new0 (Pattern, 1);
      last->regex = g_regex_new (regex, G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, NULL);
      g_ptr_array_add (list->patterns, last);
    }
  else if (last != NULL && (value = value_of (line, list->name_key)) != NULL)
    {
      g_free (last->name);
      last->name = value;
    }
  else if (last != NULL && (value = value_of (line, list->version_key)) != NULL)
    {
      g_free (last->version);
      last->version = value;
    }
}

static void
read_file (void)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  List *list = NULL;
  gsize length = 0;

  browsers.patterns = g_ptr_array_new_with_free_func (free_pattern);
  systems.patterns = g_ptr_array_new_with_free_func (free_pattern);
  known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_answer);
  if (file == NULL || !g_file_get_contents (file, &text, &length, &error) || length > FILE_MAX)
    {
      cfd_log (G_LOG_LEVEL_MESSAGE, "monitor", "browsers and systems of visitors are not told apart; set user_agents to the regexes.yaml of uap-core",
               "error", error != NULL ? error->message : "no file, or not that one", NULL);
      return;
    }
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      const char *content = g_strstrip (*line);

      if (g_str_has_suffix (content, "_parsers:"))
        list = g_str_equal (content, browsers.heading) ? &browsers : g_str_equal (content, systems.heading) ? &systems : NULL;
      else if (list != NULL)
        read_line (list, content);
    }
}

/* What a pattern says: its own words, in which "$1" stands for a group, or else the group itself. */
static char *
say (GMatchInfo *match, const char *words, int group)
{
  g_autofree char *said = NULL;
  GString *all;

  if (words == NULL)
    return g_match_info_fetch (match, group);
  all = g_string_new (words);
  for (int i = 1; i < 10 && strchr (all->str, '$') != NULL; i++)
    {
      char mark[] = { '$', '0' + i, '\0' };
      g_autofree char *value = g_match_info_fetch (match, i);

      g_string_replace (all, mark, value != NULL ? value : "", 0);
    }
  said = g_string_free (all, FALSE);
  return g_strdup (g_strstrip (said));
}

/* Returns: (transfer full) (nullable): "Firefox 115" */
static char *
ask (const List *list, const char *agent)
{
  for (guint i = 0; i < list->patterns->len; i++)
    {
      const Pattern *pattern = list->patterns->pdata[i];
      g_autoptr (GMatchInfo) match = NULL;
      g_autofree char *name = NULL, *version = NULL;

      if (pattern->regex == NULL || !g_regex_match (pattern->regex, agent, 0, &match))
        continue;
      name = say (match, pattern->name, 1);
      version = say (match, pattern->version, 2);
      if (name == NULL || *name == '\0' || g_str_equal (name, "Other"))
        return NULL;
      return version != NULL && *version != '\0' ? g_strdup_printf ("%.40s %.16s", name, version) : g_strdup_printf ("%.58s", name);
    }
  return NULL;
}

/* uap-core names a thousand models; what an agent wants to know is how large the screen is. */
static CfDevice
device_of (const char *agent)
{
  if (strstr (agent, "iPad") != NULL || strstr (agent, "Tablet") != NULL || strstr (agent, "Kindle") != NULL
      || (strstr (agent, "Android") != NULL && strstr (agent, "Mobi") == NULL))
    return CF_DEVICE_TABLET;
  if (strstr (agent, "Mobi") != NULL || strstr (agent, "iPhone") != NULL)
    return CF_DEVICE_PHONE;
  if (strstr (agent, "Windows") != NULL || strstr (agent, "Macintosh") != NULL || strstr (agent, "X11") != NULL
      || strstr (agent, "CrOS") != NULL)
    return CF_DEVICE_DESKTOP;
  return CF_DEVICE_UNKNOWN;
}

/* Cut, and of plain characters only: the patterns look at bytes. */
static char *
clean (const char *agent)
{
  char *copy = g_strndup (agent, CF_VISIT_AGENT_KEPT);

  for (char *c = copy; *c != '\0'; c++)
    if (!g_ascii_isprint (*c))
      *c = '?';
  return copy;
}

static const Answer *
find (const char *agent)
{
  Answer *answer = g_hash_table_lookup (known, agent);

  if (answer != NULL)
    return answer;
  if (g_hash_table_size (known) >= KNOWN_MAX)
    g_hash_table_remove_all (known);
  answer = g_new0 (Answer, 1);
  answer->browser = ask (&browsers, agent);
  answer->system = ask (&systems, agent);
  answer->device = device_of (agent);
  g_hash_table_insert (known, g_strdup (agent), answer);
  return answer;
}

/**
 * cfd_user_agents_configure:
 * @path: (nullable): regexes.yaml of uap-core; without it only the kind of device is known
 *
 * Forgets what was read from another file.
 */
void
cfd_user_agents_configure (const char *path)
{
  g_mutex_lock (&mutex);
  g_free (file);
  file = g_strdup (path);
  g_clear_pointer (&browsers.patterns, g_ptr_array_unref);
  g_clear_pointer (&systems.patterns, g_ptr_array_unref);
  g_clear_pointer (&known, g_hash_table_unref);
  g_mutex_unlock (&mutex);
}

/**
 * cfd_user_agent_read:
 * @agent: (nullable): as a browser says it
 * @browser: (out) (transfer full) (nullable): "Firefox 115"
 * @system: (out) (transfer full) (nullable): "Windows 10"
 *
 * The first look at a user agent costs up to a millisecond, the next ones nothing.
 */
void
cfd_user_agent_read (const char *agent, char **browser, char **system, CfDevice *device)
{
  g_autofree char *plain = clean (agent != NULL ? agent : "");
  const Answer *answer;

  *browser = *system = NULL;
  *device = CF_DEVICE_UNKNOWN;
  if (*plain == '\0')
    return;
  g_mutex_lock (&mutex);
  if (known == NULL)
    read_file ();
  answer = find (plain);
  *browser = g_strdup (answer->browser);
  *system = g_strdup (answer->system);
  *device = answer->device;
  g_mutex_unlock (&mutex);
}
