/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "impairment.h"

#include <string.h>

static const struct
{
  const char *name;
  gsize offset;
  gboolean percent;
  gint64 most;
} settings[] = {
  { "loss", G_STRUCT_OFFSET (Impairment, loss), TRUE, 100 },
  { "duplicate", G_STRUCT_OFFSET (Impairment, duplicate), TRUE, 100 },
  { "reorder", G_STRUCT_OFFSET (Impairment, reorder), TRUE, 100 },
  { "delay", G_STRUCT_OFFSET (Impairment, delay), FALSE, 600000 },
  { "jitter", G_STRUCT_OFFSET (Impairment, jitter), FALSE, 600000 },
  { "rate", G_STRUCT_OFFSET (Impairment, rate), FALSE, G_MAXINT32 },
  { "dead", G_STRUCT_OFFSET (Impairment, dead), FALSE, 1 },
};

static gboolean
parse_one (const char *word, Impairment *impairment, GError **error)
{
  const char *equals = strchr (word, '=');
  char *end = NULL;
  double value = equals != NULL ? g_ascii_strtod (equals + 1, &end) : 0;

  for (guint i = 0; equals != NULL && i < G_N_ELEMENTS (settings); i++)
    {
      gpointer place = (char *) impairment + settings[i].offset;

      if (strlen (settings[i].name) != (gsize) (equals - word) || !g_str_has_prefix (word, settings[i].name))
        continue;
      if (end == equals + 1 || *end != '\0' || !(value >= 0 && value <= settings[i].most))
        break;
      if (settings[i].percent)
        *(double *) place = value;
      else
        *(gint64 *) place = (gint64) value;
      return TRUE;
    }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "got \"%s\", expected loss, duplicate or reorder=0 to 100, delay, jitter or rate=NUMBER, or dead=1", word);
  return FALSE;
}

/**
 * impairment_parse:
 * @words: as "loss=30 delay=500"; what is not named is 0
 * @impairment: (out): untouched on error
 */
gboolean
impairment_parse (const char *words, Impairment *impairment, GError **error)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);
  Impairment read = { 0 };

  for (char **word = list; *word != NULL; word++)
    if (**word != '\0' && !parse_one (*word, &read, error))
      return FALSE;
  *impairment = read;
  return TRUE;
}
