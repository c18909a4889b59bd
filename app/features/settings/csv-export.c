/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv-export.h"

#include <string.h>

enum
{
  PROGRESS,
  ENDED,
  N_SIGNALS,
};

struct _CfaCsvExport
{
  GObject parent_instance;

  CfaSession *session;
  const CfaCsvSource *source;
  gpointer params;
  GCancellable *cancellable;
  GOutputStream *out; /* (nullable) */
  char *text; /* (nullable): what is being written */
  gboolean begun, more;
  guint64 written;
};

static guint signals[N_SIGNALS];

static void ask (CfaCsvExport *self);

G_DEFINE_FINAL_TYPE (CfaCsvExport, cfa_csv_export, G_TYPE_OBJECT)

static void
end (CfaCsvExport *self, const GError *error)
{
  g_signal_emit (self, signals[ENDED], 0, error);
}

static void
on_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaCsvExport) self = data;
  g_autoptr (GError) error = NULL;

  g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, &error);
  end (self, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaCsvExport) self = data;
  g_autoptr (GError) error = NULL;
  gsize written = 0;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, &written, &error))
    {
      end (self, error);
      return;
    }
  self->written += written;
  g_signal_emit (self, signals[PROGRESS], 0, self->written);
  if (self->more)
    ask (self);
  else
    g_output_stream_close_async (G_OUTPUT_STREAM (source), G_PRIORITY_DEFAULT, self->cancellable, on_closed, g_object_ref (self));
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaCsvExport) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);
  const char *text;

  if (answer == NULL)
    {
      end (self, error);
      return;
    }
  text = G_STRUCT_MEMBER (char *, answer, self->source->csv);
  text = text != NULL ? text : "";
  /* Each page begins with the line of names; the file has one. */
  if (self->begun && strchr (text, '\n') != NULL)
    text = strchr (text, '\n') + 1;
  self->begun = TRUE;
  self->more = G_STRUCT_MEMBER (gboolean, answer, self->source->more);
  G_STRUCT_MEMBER (gint64, self->params, self->source->cursor) = G_STRUCT_MEMBER (gint64, answer, self->source->next);
  g_free (self->text);
  self->text = g_strdup (text);
  g_output_stream_write_all_async (self->out, self->text, strlen (self->text), G_PRIORITY_DEFAULT, self->cancellable, on_written, g_object_ref (self));
}

static void
ask (CfaCsvExport *self)
{
  cfa_session_call_async (self->session, self->source->method, self->params, self->source->result, self->cancellable, on_answered, g_object_ref (self));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaCsvExport) self = data;
  g_autoptr (GError) error = NULL;

  self->out = (GOutputStream *) g_file_replace_finish (G_FILE (source), result, &error);
  if (self->out != NULL)
    ask (self);
  else
    end (self, error);
}

/* A stream that replaces a file and is closed by nobody leaves the file as it was. */
static void
cfa_csv_export_finalize (GObject *object)
{
  CfaCsvExport *self = CFA_CSV_EXPORT (object);

  if (self->out != NULL && !g_output_stream_is_closed (self->out))
    g_cancellable_cancel (self->cancellable);
  if (self->out != NULL && !g_output_stream_is_closed (self->out))
    g_output_stream_close (self->out, self->cancellable, NULL);
  g_clear_object (&self->out);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  cf_struct_unref (self->params);
  g_free (self->text);
  G_OBJECT_CLASS (cfa_csv_export_parent_class)->finalize (object);
}

static void
cfa_csv_export_class_init (CfaCsvExportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_csv_export_finalize;
  signals[PROGRESS] = g_signal_new ("progress", CFA_TYPE_CSV_EXPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);
  signals[ENDED] = g_signal_new ("ended", CFA_TYPE_CSV_EXPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
cfa_csv_export_init (CfaCsvExport *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * cfa_csv_export_new:
 * @source: kept as long as the export
 * @params: (transfer full): a CfStruct, with the cursor at the beginning
 */
CfaCsvExport *
cfa_csv_export_new (CfaSession *session, const CfaCsvSource *source, gpointer params)
{
  CfaCsvExport *self = g_object_new (CFA_TYPE_CSV_EXPORT, NULL);

  self->session = g_object_ref (session);
  self->source = source;
  self->params = params;
  return self;
}

/**
 * cfa_csv_export_begin:
 * @file: whose content is replaced when all of it is there
 */
void
cfa_csv_export_begin (CfaCsvExport *self, GFile *file)
{
  g_file_replace_async (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, G_PRIORITY_DEFAULT, self->cancellable, on_opened, g_object_ref (self));
}

void
cfa_csv_export_stop (CfaCsvExport *self)
{
  g_cancellable_cancel (self->cancellable);
}
