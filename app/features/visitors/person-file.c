/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "person-file.h"

#include "app/features/settings/change.h"

#include "protocol/json.h"
#include "protocol/methods/privacy-params.h"

#include <glib/gi18n.h>

/* A person's document on its way: page after page, then as one into the file. */
typedef struct
{
  GtkWidget *widget; /* held: its window has the toasts */
  CfaSession *session;
  GFile *file;
  CfPersonExportResult *whole; /* (nullable): the pages so far */
  char *id;
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->widget);
  g_object_unref (export->session);
  g_object_unref (export->file);
  g_clear_pointer (&export->whole, cf_struct_unref);
  g_free (export->id);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void ask (Export *export, const char *after);

static void
tell (Export *export, const GError *error)
{
  g_autofree char *words = error != NULL ? g_strdup_printf (_("Nothing was exported: %s"), error->message) : g_strdup (_("Exported what is known"));

  cfa_change_tell (export->widget, words);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GError) error = NULL;

  g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);
  tell (export, error);
}

/* Takes @export. */
static void
write_file (Export *export)
{
  GString *json = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;

  cf_json_encode (json, export->whole, CF_AUDIENCE_STAFF);
  bytes = g_string_free_to_bytes (json);
  g_file_replace_contents_bytes_async (export->file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, on_written, export);
}

static void
append (GPtrArray *to, GPtrArray *from)
{
  for (guint i = 0; from != NULL && i < from->len; i++)
    g_ptr_array_add (to, cf_struct_ref (from->pdata[i]));
}

/* The first page begins the document, the others go on with its lists. */
static void
take_page (Export *export, const CfPersonExportResult *page)
{
  if (export->whole == NULL)
    {
      export->whole = cf_struct_new (&cf_person_export_result_shape);
      export->whole->id = g_strdup (page->id);
      export->whole->exported_at = page->exported_at;
      export->whole->records = cf_structs_new ();
      export->whole->visits = cf_structs_new ();
      export->whole->triggers = cf_structs_new ();
      export->whole->goals = cf_structs_new ();
      export->whole->files = cf_structs_new ();
    }
  append (export->whole->records, page->records);
  append (export->whole->visits, page->visits);
  append (export->whole->triggers, page->triggers);
  append (export->whole->goals, page->goals);
  append (export->whole->files, page->files);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfPersonExportResult) page = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  if (page == NULL)
    {
      tell (export, error);
      return;
    }
  take_page (export, page);
  if (page->more)
    ask (g_steal_pointer (&export), page->next);
  else
    write_file (g_steal_pointer (&export));
}

/* Takes @export. */
static void
ask (Export *export, const char *after)
{
  g_autoptr (CfPersonExportParams) params = cf_struct_new (&cf_person_export_params_shape);

  params->id = g_strdup (export->id);
  params->after = g_strdup (after);
  cfa_session_call_async (export->session, "person.export", params, &cf_person_export_result_shape, NULL, on_page, export);
}

/**
 * cfa_person_file_write:
 * @widget: where it was asked for: its window tells how it went
 * @visitor_id: any of the person's
 * @file: gets all that is known of them, as one JSON document
 */
void
cfa_person_file_write (GtkWidget *widget, CfaSession *session, const char *visitor_id, GFile *file)
{
  Export *export = g_new0 (Export, 1);

  export->widget = g_object_ref (widget);
  export->session = g_object_ref (session);
  export->file = g_object_ref (file);
  export->id = g_strdup (visitor_id);
  ask (export, NULL);
}
