/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "alert-text.h"

#include <glib/gi18n-lib.h>

#define JOINER 0x200D
#define KEYCAP 0x20E3

/* What would turn round, hide or overwrite the words around it. */
static gboolean
is_trickery (gunichar c)
{
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || c == 0x200B;
}

/* What belongs to the character before it: accents, the parts of an emoji. */
static gboolean
continues (gunichar c)
{
  return g_unichar_ismark (c) || c == JOINER || c == KEYCAP || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F3FB && c <= 0x1F3FF)
         || (c >= 0xE0020 && c <= 0xE007F);
}

/* Where to cut so that no character is torn: not before what continues one, nor after a joiner. */
static gsize
whole (GString *line)
{
  const char *end = line->str + line->len;

  while (end > line->str)
    {
      const char *last = g_utf8_prev_char (end);
      gunichar c = g_utf8_get_char (last);

      if (!continues (c))
        {
          const char *before = last > line->str ? g_utf8_prev_char (last) : NULL;

          if (before == NULL || g_utf8_get_char (before) != JOINER)
            return (gsize) (last - line->str);
          last = before;
        }
      end = last;
    }
  return 0;
}

/**
 * cfa_alert_text_line:
 * @text: (nullable): anything that a stranger wrote
 * @max: characters
 *
 * Returns: (transfer full): it in one line of plain text, cut with an ellipsis where it is longer.
 */
char *
cfa_alert_text_line (const char *text, guint max)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *line = g_string_new (NULL);
  gboolean space = FALSE;
  guint n = 0;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        space = n > 0;
      else if (!is_trickery (c))
        {
          if (n + (space ? 2 : 1) > max)
            {
              /* What stands at the end may be the first part of what is cut off. */
              if (continues (c) || (line->len > 0 && g_utf8_get_char (g_utf8_prev_char (line->str + line->len)) == JOINER))
                g_string_truncate (line, whole (line));
              return g_string_free (g_string_append (line, "…"), FALSE);
            }
          if (space)
            g_string_append_c (line, ' ');
          g_string_append_unichar (line, c);
          n += space ? 2 : 1;
          space = FALSE;
        }
    }
  return g_string_free (line, FALSE);
}

static char *
visitor (const CfaAlertEvent *event)
{
  g_autofree char *name = cfa_alert_text_line (event->who, CFA_ALERT_TITLE_MAX);

  return name[0] != '\0' ? g_steal_pointer (&name) : g_strdup (_("Visitor"));
}

static char *
colleague (const CfaAlertEvent *event)
{
  return cfa_alert_text_line (event->author, CFA_ALERT_TITLE_MAX / 2);
}

/**
 * cfa_alert_text_title:
 * Returns: (transfer full): whom it is about.
 */
char *
cfa_alert_text_title (const CfaAlertEvent *event)
{
  g_autofree char *who = visitor (event), *author = colleague (event);

  if (event->among && event->who == NULL && author[0] != '\0')
    return g_steal_pointer (&author);
  if (event->kind == CFA_ALERT_MENTION && author[0] != '\0')
    return g_strdup_printf (_("%s mentioned you"), author);
  return g_steal_pointer (&who);
}

/* What has happened, where the title and the preview don't say it. */
static char *
what (const CfaAlertEvent *event, gint64 now)
{
  g_autofree char *site = cfa_alert_text_line (event->site_name, CFA_ALERT_TITLE_MAX / 2), *who = visitor (event), *author = colleague (event);
  guint minutes = (guint) CLAMP ((now - event->since) / 60000, 1, 24 * 60 * 365);

  switch (event->kind)
    {
    case CFA_ALERT_NEW_CONVERSATION:
      return site[0] != '\0' ? g_strdup_printf (_("New conversation · %s"), site) : g_strdup (_("New conversation"));
    case CFA_ALERT_ASSIGNED:
      return author[0] != '\0' ? g_strdup_printf (_("%s gave you this conversation"), author) : g_strdup (_("Assigned to you"));
    case CFA_ALERT_MENTION:
      if (event->among)
        return event->who != NULL ? g_steal_pointer (&who) : NULL;
      return g_strdup_printf (_("Conversation with %s"), who);
    case CFA_ALERT_RETURNED:
      return g_strdup (_("Is here again"));
    case CFA_ALERT_URGENT:
      if (event->since == 0)
        return g_strdup_printf (_("%s called the supervisors"), author);
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Has been waiting for %u minute", "Has been waiting for %u minutes", minutes), minutes);
    default:
      return NULL;
    }
}

/**
 * cfa_alert_text_body:
 * @previews: whether it shows what was written
 * @now: ms UTC
 *
 * Returns: (transfer full): plain text.
 */
char *
cfa_alert_text_body (const CfaAlertEvent *event, gboolean previews, gint64 now)
{
  g_autofree char *said = what (event, now), *text = cfa_alert_text_line (event->text, CFA_ALERT_BODY_MAX);

  if (!previews || text[0] == '\0')
    return said != NULL ? g_steal_pointer (&said) : g_strdup (_("New message"));
  return said != NULL ? g_strjoin ("\n", said, text, NULL) : g_steal_pointer (&text);
}

/**
 * cfa_alert_text_group:
 * @n_messages: 0 when it is not about messages
 *
 * Returns: (transfer full): "7 new messages in 3 conversations".
 */
char *
cfa_alert_text_group (guint n_conversations, guint n_messages)
{
  g_autofree char *places = NULL;

  if (n_messages == 0)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u conversation needs you", "%u conversations need you", n_conversations), n_conversations);
  places = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u conversation", "%u conversations", n_conversations), n_conversations);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u new message in %s", "%u new messages in %s", n_messages), n_messages, places);
}
