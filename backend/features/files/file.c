/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file.h"

#include "protocol/record.h"

#include <string.h>

#define ENDING_MAX 16 /* bytes of ".jpeg" and the like that a cut leaves in place */

/* What a browser may show in the page's place, because it runs nothing. All else is a download. */
static const char *const shown[] = {
  "image/jpeg", "image/png", "image/gif", "image/webp", "audio/*", "video/*", "application/pdf", NULL,
};

/* Characters that turn the reading direction, so that "gpj.exe" reads as "exe.jpg", and that nobody sees. */
static gboolean
is_deceptive (gunichar c)
{
  return c == 0x061c || c == 0x200b || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

static gboolean
is_plain (gunichar c)
{
  return c >= 0x20 && (c < 0x7f || c > 0x9f) && !(c < 0x80 && strchr ("<>:\"|?*%;", c) != NULL);
}

/* Cuts before the ending, at a whole character. */
static void
shorten (GString *name)
{
  char *dot = strrchr (name->str, '.');
  g_autofree char *ending = dot != NULL && strlen (dot) <= ENDING_MAX ? g_strdup (dot) : g_strdup ("");
  gsize room = CF_FILE_NAME_MAX - strlen (ending);
  const char *end = NULL;

  if (name->len <= CF_FILE_NAME_MAX)
    return;
  end = g_utf8_find_prev_char (name->str, name->str + room + 1);
  g_string_truncate (name, end - name->str);
  g_string_append (name, ending);
}

/**
 * cfd_file_clean_name:
 * @name: as its maker has it: maybe with folders, maybe to deceive
 *
 * Returns: (transfer full): one that is harmless in every folder, header and list; never empty
 */
char *
cfd_file_clean_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '/' || c == '\\')
        g_string_truncate (out, 0);
      else if (is_deceptive (c) || (out->len == 0 && (c == '.' || c == ' ')))
        continue;
      else
        g_string_append_unichar (out, is_plain (c) && c != 0x2028 && c != 0x2029 ? c : '_');
    }
  while (out->len > 0 && (out->str[out->len - 1] == '.' || out->str[out->len - 1] == ' '))
    g_string_truncate (out, out->len - 1);
  if (out->len == 0)
    g_string_append (out, "file");
  shorten (out);
  return g_string_free (out, FALSE);
}

/**
 * cfd_file_type_matches:
 * @types: "application/pdf", "audio/" followed by a star, "application/vnd.oasis.opendocument." likewise
 */
gboolean
cfd_file_type_matches (const char *const *types, const char *media_type)
{
  for (; types != NULL && *types != NULL; types++)
    {
      gsize length = strlen (*types);

      if (length > 0 && (*types)[length - 1] == '*' ? strncmp (*types, media_type, length - 1) == 0 : strcmp (*types, media_type) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * cfd_file_served_type:
 * @media_type: (nullable): what it is
 * @is_inline: (out): a browser may show it
 *
 * Returns: the type under which it is sent: nothing that a browser could take for a page or a script
 */
const char *
cfd_file_served_type (const char *media_type, gboolean *is_inline)
{
  *is_inline = media_type != NULL && cfd_file_type_matches (shown, media_type);
  return *is_inline ? media_type : "application/octet-stream";
}

/**
 * cfd_file_disposition:
 * Returns: (transfer full): Content-Disposition (RFC 6266): the name in ASCII, and as it is
 */
char *
cfd_file_disposition (const char *name, gboolean is_inline)
{
  g_autofree char *escaped = g_uri_escape_string (name, NULL, FALSE), *plain = g_str_to_ascii (name, "C");

  for (char *p = plain; *p != '\0'; p++)
    if (*p == '"' || *p == '\\' || *p == '%' || g_ascii_iscntrl (*p))
      *p = '_';
  return g_strdup_printf ("%s; filename=\"%s\"; filename*=UTF-8''%s", is_inline ? "inline" : "attachment", plain, escaped);
}

/**
 * cfd_file_is_visible_to:
 * @visitor_id: (nullable): who asks, when it is not the staff
 *
 * Within one organisation.
 */
gboolean
cfd_file_is_visible_to (const CfFile *file, gboolean staff, const char *visitor_id)
{
  if (staff)
    return TRUE;
  return visitor_id != NULL && g_strcmp0 (file->visitor_id, visitor_id) == 0 && cf_record_visible (&file->parent, CF_AUDIENCE_VISITOR);
}
