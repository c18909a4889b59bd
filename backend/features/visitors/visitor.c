/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visitor.h"

#include "protocol/error.h"
#include "protocol/id.h"

#include <string.h>

/* Fewer digits name nobody: an extension, a typing mistake. */
#define PHONE_DIGITS_MIN 6

static gboolean
is_said (const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * cfd_visitor_check_email:
 * @email: (nullable): nothing is fine too
 */
gboolean
cfd_visitor_check_email (const char *email, GError **error)
{
  const char *at = email != NULL ? strchr (email, '@') : NULL;

  if (!is_said (email) || (at != NULL && at != email && at[1] != '\0' && strchr (email, ' ') == NULL))
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "email: expected an address such as ana@example.com");
  return FALSE;
}

/**
 * cfd_visitor_check_phone:
 * @phone: (nullable): as people write them
 */
gboolean
cfd_visitor_check_phone (const char *phone, GError **error)
{
  g_autofree char *key = cfd_visitor_phone_key (phone);

  if (!is_said (phone) || (key != NULL && strspn (phone, "0123456789 +-./()#*,;xX") == strlen (phone)))
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "phone: got \"%s\", expected a number such as +351 912 345 678", phone);
  return FALSE;
}

/**
 * cfd_visitor_phone_key:
 * Returns: (transfer full) (nullable): the digits, by which two ways to write a number are found to be one; NULL when they are too few
 *   to say so.
 */
char *
cfd_visitor_phone_key (const char *phone)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = phone; p != NULL && *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  /* "00" and "+" begin the same number */
  if (g_str_has_prefix (digits->str, "00"))
    g_string_erase (digits, 0, 2);
  return digits->len >= PHONE_DIGITS_MIN ? g_strdup (digits->str) : NULL;
}

/**
 * cfd_visitor_set_text:
 * @text: (nullable): empty clears
 *
 * Returns: whether it is another one now.
 */
gboolean
cfd_visitor_set_text (char **have, const char *text)
{
  const char *wanted = is_said (text) ? text : NULL;

  if (g_strcmp0 (is_said (*have) ? *have : NULL, wanted) == 0)
    return FALSE;
  g_free (*have);
  *have = g_strdup (wanted);
  return TRUE;
}

/**
 * cfd_visitor_set_email:
 * What was proven of an address is not proven of the next. Returns: whether it is another one now.
 */
gboolean
cfd_visitor_set_email (CfVisitor *visitor, const char *email)
{
  gboolean same = visitor->email != NULL && email != NULL && g_ascii_strcasecmp (visitor->email, email) == 0;

  if (!cfd_visitor_set_text (&visitor->email, email))
    return FALSE;
  if (!same)
    visitor->verified_at = 0;
  return TRUE;
}

gboolean
cfd_visitor_set_phone (CfVisitor *visitor, const char *phone)
{
  if (!cfd_visitor_set_text (&visitor->phone, phone))
    return FALSE;
  g_free (visitor->phone_key);
  visitor->phone_key = cfd_visitor_phone_key (phone);
  return TRUE;
}

/**
 * cfd_visitor_may_claim:
 * @have: (nullable): what is known of one thing
 *
 * Returns: whether a visitor may say otherwise: of whom it was proven who they are, their word only fills what is empty.
 */
gboolean
cfd_visitor_may_claim (const CfVisitor *visitor, const char *have)
{
  return visitor->external_id == NULL || !is_said (have);
}

static guint
count (char **list)
{
  return list != NULL ? g_strv_length (list) : 0;
}

/* Takes over @list, of char *, which holds nothing else: none is NULL. */
static void
set_list (char ***have, GPtrArray *list)
{
  g_strfreev (*have);
  *have = NULL;
  if (list->len > 0)
    {
      g_ptr_array_add (list, NULL);
      *have = (char **) g_ptr_array_steal (list, NULL);
    }
  g_ptr_array_unref (list);
}

/* Returns: (transfer full): the entries of @list but those that begin with @prefix */
static GPtrArray *
without (char **list, const char *prefix)
{
  GPtrArray *left = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    if (!g_str_has_prefix (list[i], prefix))
      g_ptr_array_add (left, g_strdup (list[i]));
  return left;
}

/**
 * cfd_visitor_add_tag:
 * Returns: FALSE with CF_ERROR_TOO_LARGE when there are too many, and without an error when it has the tag already.
 */
gboolean
cfd_visitor_add_tag (CfVisitor *visitor, const char *tag_id, GError **error)
{
  GPtrArray *tags;

  if (visitor->tags != NULL && g_strv_contains ((const char *const *) visitor->tags, tag_id))
    return FALSE;
  if (count (visitor->tags) >= CF_VISITOR_TAGS_MAX)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "tags: expected at most %d of one visitor", CF_VISITOR_TAGS_MAX);
      return FALSE;
    }
  tags = without (visitor->tags, tag_id);
  g_ptr_array_add (tags, g_strdup (tag_id));
  set_list (&visitor->tags, tags);
  return TRUE;
}

gboolean
cfd_visitor_remove_tag (CfVisitor *visitor, const char *tag_id)
{
  guint before = count (visitor->tags);

  set_list (&visitor->tags, without (visitor->tags, tag_id));
  return count (visitor->tags) != before;
}

/**
 * cfd_visitor_set_attribute:
 * @value: (nullable): checked before; empty takes it away
 *
 * Returns: FALSE with CF_ERROR_TOO_LARGE when there are too many, and without an error when that is its value already.
 */
gboolean
cfd_visitor_set_attribute (CfVisitor *visitor, const char *attribute_id, const char *value, GError **error)
{
  const char *have = cf_visitor_get_attribute (visitor, attribute_id);
  g_autofree char *entry = g_strdup_printf ("%s=%s", attribute_id, value != NULL ? value : "");
  g_autofree char *prefix = g_strdup_printf ("%s=", attribute_id);
  GPtrArray *list;

  if (g_strcmp0 (have, is_said (value) ? value : NULL) == 0)
    return FALSE;
  if (have == NULL && count (visitor->attributes) >= CF_VISITOR_ATTRIBUTES_MAX)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "attributes: expected at most %d of one visitor", CF_VISITOR_ATTRIBUTES_MAX);
      return FALSE;
    }
  list = without (visitor->attributes, prefix);
  if (is_said (value))
    g_ptr_array_add (list, g_steal_pointer (&entry));
  set_list (&visitor->attributes, list);
  return TRUE;
}

/* Returns: (transfer full) (nullable): one text of both; what does not fit any more is left out. */
static char *
join_notes (const char *own, const char *other)
{
  g_autofree char *both = NULL;

  if (!is_said (other) || g_strcmp0 (own, other) == 0)
    return g_strdup (own);
  both = is_said (own) ? g_strconcat (own, "\n\n", other, NULL) : g_strdup (other);
  return g_utf8_substring (both, 0, MIN (g_utf8_strlen (both, -1), CF_VISITOR_NOTE_MAX));
}

static void
fill (char **have, const char *other)
{
  if (!is_said (*have) && is_said (other))
    cfd_visitor_set_text (have, other);
}

/**
 * cfd_visitor_absorb:
 * What @into does not know of itself it learns of @from, who turned out to be the same person. What both know stays @into's. Nothing
 * that was proven of one is taken for proven of the other.
 */
void
cfd_visitor_absorb (CfVisitor *into, const CfVisitor *from)
{
  char *note = join_notes (into->note, from->note);

  fill (&into->name, from->name);
  if (!is_said (into->email))
    cfd_visitor_set_email (into, from->email);
  if (!is_said (into->phone))
    cfd_visitor_set_phone (into, from->phone);
  fill (&into->company, from->company);
  fill (&into->time_zone, from->time_zone);
  g_free (into->note);
  into->note = note;
  for (guint i = 0; from->tags != NULL && from->tags[i] != NULL; i++)
    cfd_visitor_add_tag (into, from->tags[i], NULL);
  for (guint i = 0; from->attributes != NULL && from->attributes[i] != NULL; i++)
    {
      g_autofree char *id = g_strndup (from->attributes[i], CF_ID_LENGTH);

      if (cf_visitor_get_attribute (into, id) == NULL)
        cfd_visitor_set_attribute (into, id, from->attributes[i] + CF_ID_LENGTH + 1, NULL);
    }
}

static void
give_back_text (char **have, const char *before, const char *after)
{
  if (g_strcmp0 (*have, after) == 0)
    cfd_visitor_set_text (have, before);
}

/* Takes out what came with the merge; what is there since stays. */
static void
give_back_list (char ***have, char **before, char **after)
{
  GPtrArray *left = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; *have != NULL && (*have)[i] != NULL; i++)
    {
      gboolean came = after != NULL && g_strv_contains ((const char *const *) after, (*have)[i])
                      && !(before != NULL && g_strv_contains ((const char *const *) before, (*have)[i]));

      if (!came)
        g_ptr_array_add (left, g_strdup ((*have)[i]));
    }
  set_list (have, left);
}

/**
 * cfd_visitor_give_back:
 * @before: what the visitor was before it absorbed another
 * @after: and after that
 *
 * Undoes cfd_visitor_absorb(), field by field, where nobody has changed anything since.
 */
void
cfd_visitor_give_back (CfVisitor *visitor, const CfVisitor *before, const CfVisitor *after)
{
  give_back_text (&visitor->name, before->name, after->name);
  if (g_strcmp0 (visitor->email, after->email) == 0)
    cfd_visitor_set_email (visitor, before->email);
  if (g_strcmp0 (visitor->phone, after->phone) == 0)
    cfd_visitor_set_phone (visitor, before->phone);
  give_back_text (&visitor->company, before->company, after->company);
  give_back_text (&visitor->time_zone, before->time_zone, after->time_zone);
  give_back_text (&visitor->note, before->note, after->note);
  give_back_list (&visitor->tags, before->tags, after->tags);
  give_back_list (&visitor->attributes, before->attributes, after->attributes);
}
