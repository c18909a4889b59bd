/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rules of a trigger and a page's address, a line each: whatever is taken can be judged, and a pattern in it matches the address as another,
 * slower way to match has it.
 */
#include "fuzz.h"

#include "backend/features/automation/glob.h"
#include "backend/features/automation/trigger.h"
#include "protocol/json.h"
#include "protocol/methods/trigger-params.h"

#include <string.h>

/* So long that the other way takes no longer than a moment. */
#define SLOW_MAX 40

/* By a table: what the first n characters of the pattern match. */
static gboolean
matches_slowly (const char *pattern, const char *text)
{
  gsize n = strlen (text);
  g_autofree gboolean *row = g_new0 (gboolean, n + 1);

  row[0] = TRUE;
  for (const char *p = pattern; *p != '\0'; p++)
    {
      gboolean before = row[0];

      row[0] = row[0] && *p == '*';
      for (gsize i = 1; i <= n; i++)
        {
          gboolean here = row[i];

          row[i] = *p == '*' ? here || row[i - 1] : before && g_ascii_tolower (*p) == g_ascii_tolower (text[i - 1]);
          before = here;
        }
    }
  return row[n];
}

static void
judge (const CfTriggerRules *rules, const char *url)
{
  CfdTriggerFacts facts = { .page = TRUE, .url = url, .referrer = url, .landing = url, .languages = url, .country = "Portugal", .minutes = 600 };
  CfdTruth truth = cfd_trigger_judge (rules, &facts);

  g_assert_true (truth == CFD_TRUTH_NO || truth == CFD_TRUTH_YES || truth == CFD_TRUTH_UNKNOWN);
  facts.page = FALSE;
  facts.agents = -1;
  cfd_trigger_judge (rules, &facts);
  for (guint i = 0; i < rules->conditions->len; i++)
    {
      const CfTriggerCondition *condition = rules->conditions->pdata[i];

      if (strlen (condition->value) < SLOW_MAX && strlen (url) < SLOW_MAX)
        g_assert_true (cfd_glob_matches (condition->value, url) == matches_slowly (condition->value, url));
      cfd_glob_matches_url (condition->value, url);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  char *url = strchr (text, '\n');
  g_autoptr (CfTriggerRules) rules = NULL;

  if (url != NULL)
    *url++ = '\0';
  rules = cf_json_decode_text (&cf_trigger_rules_shape, text, CF_DECODE_STRICT, NULL);
  if (rules != NULL && cf_trigger_rules_check (rules, NULL))
    judge (rules, url != NULL ? url : "");
  return 0;
}
