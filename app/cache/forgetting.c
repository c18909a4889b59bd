/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forgetting.h"

#include "forget-store.h"

/* Who is erased goes piece by piece: the file is written anew when the last one has come. */
#define REST_MS 1500

struct _CfaForgetting
{
  GObject parent_instance;

  CfaWorker *worker; /* (nullable): until it is stopped */
  guint source;
  gboolean running;
  gboolean again; /* asked for while it runs */
};

/* What one run knows; it belongs to the cache thread while a step is under way. */
typedef struct
{
  CfaForgetting *self;
  gboolean begun;
  gboolean more;
  gint64 asked;
} Run;

G_DEFINE_FINAL_TYPE (CfaForgetting, cfa_forgetting, G_TYPE_OBJECT)

static void step (Run *run);

static gpointer
merge (CfaDb *db, gpointer data, GError **error)
{
  Run *run = data;
  gboolean begin = !run->begun;

  if (begin)
    run->asked = cfa_forget_store_asked (db);
  run->begun = TRUE;
  run->more = FALSE;
  return run->asked == 0 || cfa_forget_store_merge (db, begin, &run->more, error) ? run : NULL;
}

static gpointer
rewrite (CfaDb *db, gpointer data, GError **error)
{
  Run *run = data;

  return run->asked == 0 || cfa_forget_store_rewrite (db, run->asked, error) ? run : NULL;
}

static void
end (Run *run)
{
  CfaForgetting *self = run->self;

  self->running = FALSE;
  if (self->again)
    cfa_forgetting_wake (self);
  g_object_unref (self);
  g_free (run);
}

/* What fails is done after the next start at the latest: it stays asked for. */
static gboolean
failed (Run *run, GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);
  if (error == NULL)
    return FALSE;
  g_message ("what was erased is not forgotten yet: %s", error->message);
  end (run);
  return TRUE;
}

static void
on_rewritten (GObject *source, GAsyncResult *result, gpointer data)
{
  if (!failed (data, result))
    end (data);
}

static void
on_merged (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;

  if (failed (run, result))
    return;
  if (run->self->worker == NULL)
    end (run);
  else if (run->more)
    step (run);
  else
    cfa_worker_submit (run->self->worker, FALSE, rewrite, run, NULL, NULL, NULL, on_rewritten, run);
}

static void
step (Run *run)
{
  cfa_worker_submit (run->self->worker, TRUE, merge, run, NULL, NULL, NULL, on_merged, run);
}

static gboolean
on_rest (gpointer data)
{
  CfaForgetting *self = data;
  Run *run = g_new0 (Run, 1);

  self->source = 0;
  self->again = FALSE;
  self->running = TRUE;
  run->self = g_object_ref (self);
  step (run);
  return G_SOURCE_REMOVE;
}

static void
cfa_forgetting_dispose (GObject *object)
{
  cfa_forgetting_stop (CFA_FORGETTING (object));
  G_OBJECT_CLASS (cfa_forgetting_parent_class)->dispose (object);
}

static void
cfa_forgetting_class_init (CfaForgettingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_forgetting_dispose;
}

static void
cfa_forgetting_init (CfaForgetting *self)
{
}

/**
 * cfa_forgetting_new:
 * @worker: not owned; cfa_forgetting_stop() comes before its end
 */
CfaForgetting *
cfa_forgetting_new (CfaWorker *worker)
{
  CfaForgetting *self = g_object_new (CFA_TYPE_FORGETTING, NULL);

  self->worker = worker;
  return self;
}

/**
 * cfa_forgetting_wake:
 * There may be something to forget: it is done when nothing more has come for a moment.
 */
void
cfa_forgetting_wake (CfaForgetting *self)
{
  if (self->worker == NULL)
    return;
  self->again = self->running;
  if (self->running)
    return;
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (REST_MS, on_rest, self);
}

/**
 * cfa_forgetting_stop:
 * What is left is done after the next start.
 */
void
cfa_forgetting_stop (CfaForgetting *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  self->worker = NULL;
}
