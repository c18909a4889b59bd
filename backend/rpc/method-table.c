/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "method-table.h"

#include "protocol/error.h"

#include <string.h>

struct _CfdMethodTable
{
  GPtrArray *rows; /* of const CfdMethod, in the order of the features */
  GHashTable *by_name;
};

static gboolean
is_field (const char *segment)
{
  gsize length = strlen (segment);

  return length > 2 && segment[0] == '{' && segment[length - 1] == '}';
}

static char *
field_name (const char *segment)
{
  return g_strndup (segment + 1, strlen (segment) - 2);
}

static gboolean
check_path (const CfdMethod *row, GError **error)
{
  g_auto (GStrv) segments = g_strsplit (row->path, "/", -1);

  for (char **segment = segments; *segment != NULL; segment++)
    {
      g_autofree char *name = is_field (*segment) ? field_name (*segment) : NULL;

      if (name != NULL && cf_shape_field (row->params, name) == NULL)
        {
          g_set_error (error, CF_ERROR, CF_ERROR_INTERNAL, "%s: the path names %s, which is not among the params", row->name, *segment);
          return FALSE;
        }
    }
  return TRUE;
}

/* A row that is not whole is our own mistake; it stops the server at its start, not a call later. */
static gboolean
check_row (CfdMethodTable *self, const CfdMethod *row, GError **error)
{
  const char *problem = NULL;

  if (g_hash_table_contains (self->by_name, row->name))
    problem = "the name is taken";
  else if (row->allow == 0 || row->params == NULL || row->result == NULL)
    problem = "allow, params or result is missing";
  else if ((row->verb == NULL) != (row->path == NULL))
    problem = "verb and path come together";
  else if (row->work == CFD_WORK_LOOP ? row->loop_handler == NULL : row->handler == NULL)
    problem = "there is no handler for where it works";
  else if (row->work == CFD_WORK_LOOP && row->path != NULL && (row->allow & CFD_ALLOW_ANYONE) == 0)
    problem = "REST callers sign in on a database thread";
  else if (row->scope != 0 && (row->path == NULL || row->subject == NULL || row->subject_param == NULL || cf_shape_field (row->params, row->subject_param) == NULL))
    problem = "what an API key may do has an address and a subject among the params";
  if (problem == NULL)
    return row->path == NULL || check_path (row, error);
  g_set_error (error, CF_ERROR, CF_ERROR_INTERNAL, "%s: %s", row->name, problem);
  return FALSE;
}

/* Fills @fields (if any) with what stands in the places of {names}. */
static gboolean
match_path (const char *pattern, char **segments, GHashTable *fields)
{
  g_auto (GStrv) wanted = g_strsplit (pattern, "/", -1);

  if (g_strv_length (wanted) != g_strv_length (segments))
    return FALSE;
  for (guint i = 0; wanted[i] != NULL; i++)
    if (is_field (wanted[i]) ? segments[i][0] == '\0' : !g_str_equal (wanted[i], segments[i]))
      return FALSE;
  for (guint i = 0; fields != NULL && wanted[i] != NULL; i++)
    if (is_field (wanted[i]))
      g_hash_table_replace (fields, field_name (wanted[i]), g_strdup (segments[i]));
  return TRUE;
}

/* "/sessions/current" is meant before "/sessions/{id}". */
static guint
count_fields (const char *pattern)
{
  guint n = 0;

  for (const char *p = pattern; *p != '\0'; p++)
    n += *p == '{';
  return n;
}

/**
 * cfd_method_table_new:
 * @features: NULL-terminated, static
 *
 * Returns: (transfer full): the table, or NULL with an error that names the row that is wrong
 */
CfdMethodTable *
cfd_method_table_new (const CfdFeature *const *features, GError **error)
{
  g_autoptr (CfdMethodTable) self = g_new0 (CfdMethodTable, 1);

  self->rows = g_ptr_array_new ();
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  for (; *features != NULL; features++)
    for (guint i = 0; i < (*features)->n_methods; i++)
      {
        const CfdMethod *row = &(*features)->methods[i];

        if (!check_row (self, row, error))
          return NULL;
        g_ptr_array_add (self->rows, (gpointer) row);
        g_hash_table_insert (self->by_name, (gpointer) row->name, (gpointer) row);
      }
  return g_steal_pointer (&self);
}

/**
 * cfd_method_table_find:
 * Returns: (nullable): the row called @name
 */
const CfdMethod *
cfd_method_table_find (CfdMethodTable *self, const char *name)
{
  return g_hash_table_lookup (self->by_name, name);
}

/**
 * cfd_method_table_match:
 * @fields: filled with the values of the path's {names}, name -> value; owns both
 * @verbs: (out) (transfer full) (nullable): when the path is known but not with @verb: those that it has, as for Allow
 *
 * Returns: (nullable): the row of the REST door for @verb and @path. HEAD is answered by GET's row.
 */
const CfdMethod *
cfd_method_table_match (CfdMethodTable *self, const char *verb, const char *path, GHashTable *fields, char **verbs)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  g_autoptr (GString) allowed = g_string_new (NULL);
  const CfdMethod *found = NULL;

  *verbs = NULL;
  if (g_str_equal (verb, "HEAD"))
    verb = "GET";
  for (guint i = 0; i < self->rows->len; i++)
    {
      const CfdMethod *row = self->rows->pdata[i];

      if (row->path == NULL || !match_path (row->path, segments, NULL))
        continue;
      g_string_append_printf (allowed, "%s%s", row->verb, g_str_equal (row->verb, "GET") ? ", HEAD, " : ", ");
      if (g_str_equal (row->verb, verb) && (found == NULL || count_fields (row->path) < count_fields (found->path)))
        found = row;
    }
  if (found != NULL)
    match_path (found->path, segments, fields);
  else if (allowed->len > 0)
    *verbs = g_strconcat (allowed->str, "OPTIONS", NULL);
  return found;
}

/**
 * cfd_method_table_rows:
 * Returns: (transfer none): of const CfdMethod
 */
const GPtrArray *
cfd_method_table_rows (CfdMethodTable *self)
{
  return self->rows;
}

void
cfd_method_table_free (CfdMethodTable *self)
{
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->by_name);
  g_free (self);
}

static gboolean
permits_key (const CfdMethod *method, const CfdCaller *caller, GError **error)
{
  g_auto (GStrv) words = cf_api_scopes_dup_words (method->scope);

  if ((method->scope & caller->scopes) != 0)
    return TRUE;
  if (method->scope == 0)
    g_set_error (error, CF_ERROR, CF_ERROR_FORBIDDEN, "%s: no API key may do this", method->name);
  else
    g_set_error (error, CF_ERROR, CF_ERROR_FORBIDDEN, "%s: the API key lacks the scope %s", method->name, words[0]);
  return FALSE;
}

/**
 * cfd_method_permits:
 * @caller: (nullable): NULL = nobody has signed in
 *
 * The one place where it is decided who may call what.
 * Returns: FALSE with CF_ERROR_UNAUTHENTICATED or CF_ERROR_FORBIDDEN
 */
gboolean
cfd_method_permits (const CfdMethod *method, const CfdCaller *caller, GError **error)
{
  CfdAllow kind = caller != NULL ? caller->kind : CFD_ALLOW_ANYONE;

  if ((method->allow & (CFD_ALLOW_ANYONE | kind)) != 0)
    return TRUE;
  if (kind == CFD_ALLOW_KEY)
    return permits_key (method, caller, error);
  if (kind == CFD_ALLOW_ANYONE)
    g_set_error (error, CF_ERROR, CF_ERROR_UNAUTHENTICATED, "%s: sign in first", method->name);
  else
    g_set_error (error, CF_ERROR, CF_ERROR_FORBIDDEN, "%s: got a %s, expected someone who may do this", method->name,
                 kind == CFD_ALLOW_VISITOR ? "visitor" : kind == CFD_ALLOW_AGENT ? "caller with the role agent"
                 : kind == CFD_ALLOW_SUPERVISOR ? "caller with the role supervisor" : "caller with the role admin");
  return FALSE;
}
