/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change.h"

#include "app/toasts.h"
#include "protocol/error.h"

#include <glib/gi18n.h>

/* A change on its way. The row it began at may be another one by the time of the answer; the overlay is the window's. */
typedef struct
{
  CfaChange change;
  CfaSession *session;
  AdwToastOverlay *toasts;
} Run;

/* Something that is about to be removed: for as long as its toast offers to keep it, nothing has happened to it. */
typedef struct
{
  CfaSession *session;
  AdwToastOverlay *toasts;
  GtkWidget *row;
  const char *method;
  char *id;
  gboolean undone;
} Removal;

static void
run_free (Run *run)
{
  g_clear_pointer (&run->change.params, cf_struct_unref);
  g_clear_pointer (&run->change.undo_params, cf_struct_unref);
  g_clear_object (&run->change.item);
  g_clear_object (&run->change.asker);
  g_free (run->change.done);
  g_object_unref (run->session);
  g_clear_object (&run->toasts);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static void
removal_free (Removal *removal)
{
  g_object_unref (removal->session);
  g_clear_object (&removal->toasts);
  g_object_unref (removal->row);
  g_free (removal->id);
  g_free (removal);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Removal, removal_free)

static AdwToastOverlay *
toasts_of (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  return overlay != NULL ? g_object_ref (ADW_TOAST_OVERLAY (overlay)) : NULL;
}

static AdwToast *
new_toast (const char *words)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  return adw_toast_new (escaped);
}

static void
forget_toast (gpointer asker, GObject *toast)
{
  if (g_object_get_data (asker, "toast") == toast)
    g_object_set_data (asker, "toast", NULL);
}

static void
on_dismissed (AdwToast *toast, GObject *asker)
{
  forget_toast (asker, G_OBJECT (toast));
}

/* Of an asker's changes only the last one can be taken back: its toast takes the place of the one before. @toast holds @asker. */
static void
replace_toast (GObject *asker, AdwToast *toast)
{
  AdwToast *before = g_object_get_data (asker, "toast");

  if (before != NULL)
    adw_toast_dismiss (before);
  g_object_set_data (asker, "toast", toast);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (on_dismissed), asker, 0);
  g_object_weak_ref (G_OBJECT (toast), forget_toast, asker);
}

static void
tell_problem (AdwToastOverlay *toasts, const GError *error)
{
  g_autofree char *words = cfa_change_problem (error);

  if (toasts != NULL)
    cfa_toasts_add (toasts, new_toast (words));
}

static void start (Run *run);

static void
on_undo (Run *run)
{
  Run *back = g_new0 (Run, 1);

  back->session = g_object_ref (run->session);
  back->toasts = g_object_ref (run->toasts);
  back->change.method = run->change.undo_method;
  back->change.params = cf_struct_ref (run->change.undo_params);
  back->change.item = run->change.item != NULL ? g_object_ref (run->change.item) : NULL;
  start (back);
}

/* @done: (transfer full): the toast has it, if it can be taken back */
static void
tell_done (Run *done)
{
  g_autoptr (Run) run = done;
  AdwToast *toast;

  if (run->change.done == NULL || run->toasts == NULL)
    return;
  toast = new_toast (run->change.done);
  if (run->change.undo_params != NULL)
    {
      AdwToastOverlay *toasts = run->toasts;

      cfa_toasts_offer_undo (toast);
      g_signal_connect_swapped (toast, "button-clicked", G_CALLBACK (on_undo), run);
      if (run->change.asker != NULL)
        replace_toast (run->change.asker, toast);
      g_object_set_data_full (G_OBJECT (toast), "run", g_steal_pointer (&run), (GDestroyNotify) run_free);
      cfa_toasts_add (toasts, toast);
    }
  else
    cfa_toasts_add (run->toasts, toast);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Run) run = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  if (run->change.ended != NULL)
    run->change.ended (run->change.asker, (const CfRecordsResult *) answer);
  if (answer == NULL)
    {
      tell_problem (run->toasts, error);
      if (run->change.item != NULL)
        cfa_record_item_touch (run->change.item);
      return;
    }
  tell_done (g_steal_pointer (&run));
}

static void
start (Run *run)
{
  cfa_session_call_async (run->session, run->change.method, run->change.params, &cf_records_result_shape, NULL, on_answered, run);
}

static Run *
run_new (GtkWidget *widget, CfaSession *session, CfaChange *change)
{
  Run *run = g_new0 (Run, 1);

  run->change = *change;
  if (change->item != NULL)
    g_object_ref (change->item);
  if (change->asker != NULL)
    g_object_ref (change->asker);
  run->session = g_object_ref (session);
  run->toasts = toasts_of (widget);
  return run;
}

/**
 * cfa_change_run:
 * @widget: where the person has done it
 * @change: its owned members are taken over
 *
 * Carries out a change. What became of it, with the way back, or why it did not happen, is said by a toast.
 */
void
cfa_change_run (GtkWidget *widget, CfaSession *session, CfaChange *change)
{
  start (run_new (widget, session, change));
}

/**
 * cfa_change_offer_undo:
 * @change: what has been done already, without its method and params; its owned members are taken over
 *
 * Says so with a toast that offers the way back.
 */
void
cfa_change_offer_undo (GtkWidget *widget, CfaSession *session, CfaChange *change)
{
  tell_done (run_new (widget, session, change));
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Removal) removal = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfStruct) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  if (answer != NULL)
    return;
  gtk_widget_set_visible (removal->row, TRUE);
  tell_problem (removal->toasts, error);
}

/* The toast is gone, in whichever way. */
static void
finish_removal (gpointer data)
{
  Removal *removal = data;
  g_autoptr (CfIdParams) params = cf_struct_new (&cf_id_params_shape);

  if (removal->undone)
    {
      removal_free (removal);
      return;
    }
  params->id = g_strdup (removal->id);
  cfa_session_call_async (removal->session, removal->method, params, &cf_records_result_shape, NULL, on_removed, removal);
}

static void
on_keep (Removal *removal)
{
  removal->undone = TRUE;
  gtk_widget_set_visible (removal->row, TRUE);
}

/**
 * cfa_change_remove:
 * @row: what shows it, and is hidden at once
 * @method: takes an id
 * @done: the toast, which offers to undo
 *
 * Removes something when the offer to undo has passed: until then all that hangs on it is still there.
 */
void
cfa_change_remove (GtkWidget *row, CfaSession *session, const char *method, const char *id, const char *done)
{
  Removal *removal = g_new0 (Removal, 1);
  AdwToast *toast = new_toast (done);
  g_autoptr (AdwToastOverlay) toasts = toasts_of (row);

  removal->session = g_object_ref (session);
  removal->toasts = g_object_ref (toasts);
  removal->row = g_object_ref (row);
  removal->method = method;
  removal->id = g_strdup (id);
  gtk_widget_set_visible (row, FALSE);
  cfa_toasts_offer_undo (toast);
  g_signal_connect_swapped (toast, "button-clicked", G_CALLBACK (on_keep), removal);
  g_object_set_data_full (G_OBJECT (toast), "removal", removal, finish_removal);
  cfa_toasts_add (toasts, toast);
}

void
cfa_change_tell (GtkWidget *widget, const char *words)
{
  g_autoptr (AdwToastOverlay) toasts = toasts_of (widget);

  if (toasts != NULL)
    cfa_toasts_add (toasts, new_toast (words));
}

/**
 * cfa_change_tell_undo:
 * @words: what has been done, by the outbox, or will be done when the offer has passed
 * @undo: called with @data when the person wants it back
 * @free_data: called when that cannot be asked for any more; soon, when there is nowhere to say it or the next such thing is said
 */
void
cfa_change_tell_undo (GtkWidget *widget, const char *words, CfaChangeUndo undo, gpointer data, GDestroyNotify free_data)
{
  g_autoptr (AdwToastOverlay) toasts = toasts_of (widget);
  AdwToast *toast = new_toast (words);

  cfa_toasts_offer_undo (toast);
  g_object_set_data_full (G_OBJECT (toast), "undo", data, free_data);
  g_signal_connect_swapped (toast, "button-clicked", G_CALLBACK (undo), data);
  if (toasts == NULL)
    {
      g_object_unref (toast);
      return;
    }
  replace_toast (G_OBJECT (toasts), toast);
  cfa_toasts_add (toasts, toast);
}

/**
 * cfa_change_allowed:
 * @least: the role that the server demands
 *
 * Returns: whether the person can change it now: by their role, and because the server is there.
 */
gboolean
cfa_change_allowed (CfaSession *session, CfRole least)
{
  return cfa_session_get_link (session) == CFA_LINK_LIVE && cfa_session_get_role (session) >= least;
}

/* The server begins with the field that it means; a person sees which that is. */
static const char *
without_field (const char *message)
{
  const char *p = message;

  while (g_ascii_islower (*p) || *p == '_')
    p++;
  return p > message && g_str_has_prefix (p, ": ") ? p + 2 : message;
}

/**
 * cfa_change_problem:
 * Returns: (transfer full): why something was not changed, and what to do.
 */
char *
cfa_change_problem (const GError *error)
{
  if (error->domain != CF_ERROR)
    return g_strdup (error->message);
  switch (error->code)
    {
    case CF_ERROR_FORBIDDEN:
      return g_strdup_printf (_("Not changed: you are not allowed to (%s)."), without_field (error->message));
    case CF_ERROR_NOT_FOUND:
      return g_strdup (_("Not changed: somebody has removed it meanwhile."));
    case CF_ERROR_UNAVAILABLE:
    case CF_ERROR_RATE_LIMITED:
      return g_strdup (_("Not changed: the server is busy. Try again in a moment."));
    default:
      return g_strdup_printf (_("Not changed: %s."), without_field (error->message));
    }
}
