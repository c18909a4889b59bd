/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tag-text.h"

#include "protocol/records/tag.h"

#include <glib/gi18n.h>

/* The colour is a dot beside the name, so that the name is readable whatever the colour is. */
static void
append_markup (GString *out, const CfTag *tag)
{
  g_autofree char *name = g_markup_escape_text (tag->name != NULL ? tag->name : "", -1);
  gboolean colored = tag->color != NULL && strlen (tag->color) == 7 && tag->color[0] == '#'
                     && strspn (tag->color + 1, "0123456789abcdefABCDEF") == 6;

  if (out->len > 0)
    g_string_append (out, "  ");
  if (colored)
    g_string_append_printf (out, "<span foreground=\"%s\">●</span>\u202f%s", tag->color, name);
  else
    g_string_append_printf (out, "<span alpha=\"50%%\">●</span>\u202f%s", name);
}

/**
 * cfa_tag_markup:
 * @tags: (nullable): ids; those that are not known are left out
 * @most: so many are named, of the others the number is told
 *
 * Returns: (transfer full): Pango markup, "" for none.
 */
char *
cfa_tag_markup (CfaDirectory *directory, const char *const *tags, guint most)
{
  GString *out = g_string_new (NULL);
  guint more = 0, named = 0;

  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      const CfTag *tag = (const CfTag *) cfa_directory_get (directory, &cf_tag_shape, tags[i]);

      if (tag == NULL)
        continue;
      if (named == most)
        more++;
      else
        {
          append_markup (out, tag);
          named++;
        }
    }
  if (more > 0)
    g_string_append_printf (out, "  +%u", more);
  return g_string_free (out, FALSE);
}

/**
 * cfa_tag_names:
 * @tags: (nullable): ids; those that are not known are left out
 *
 * Returns: (transfer full): their names, joined by commas.
 */
char *
cfa_tag_names (CfaDirectory *directory, const char *const *tags)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      const CfRecord *tag = cfa_directory_get (directory, &cf_tag_shape, tags[i]);

      if (tag != NULL)
        g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", ((const CfTag *) tag)->name);
    }
  return g_string_free (out, FALSE);
}

/**
 * cfa_viewers_words:
 * @names: (nullable): of the colleagues who look at a conversation
 *
 * Returns: (transfer full) (nullable): a sentence; NULL when it is nobody.
 */
char *
cfa_viewers_words (const char *const *names)
{
  guint n = names != NULL ? g_strv_length ((char **) names) : 0;

  if (n == 0)
    return NULL;
  if (n == 1)
    return g_strdup_printf (_("%s is looking at this"), names[0]);
  if (n == 2)
    return g_strdup_printf (_("%s and %s are looking at this"), names[0], names[1]);
  return g_strdup_printf (ngettext ("%s and %u other are looking at this", "%s and %u others are looking at this", n - 1), names[0], n - 1);
}

/**
 * cfa_mood_words:
 * Returns: (transfer none) (nullable): what a visitor's words sound like; NULL of what is worth no word.
 */
const char *
cfa_mood_words (CfMood mood)
{
  switch (mood)
    {
    case CF_MOOD_POSITIVE:
      return _("sounds pleased");
    case CF_MOOD_NEGATIVE:
      return _("sounds unhappy");
    case CF_MOOD_NEUTRAL:
    case CF_MOOD_NONE:
      return NULL;
    }
  g_return_val_if_reached (NULL);
}
