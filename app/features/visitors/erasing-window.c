/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "erasing-window.h"

#include "app/features/settings/change.h"

#include "protocol/methods/privacy-params.h"
#include "protocol/methods/results.h"

#include <glib/gi18n.h>

#define LOOK_MS 500
#define WIDTH 380

struct _CfaErasingWindow
{
  AdwWindow parent_instance;

  GtkWidget *from; /* held: its window has the toasts */
  CfaSession *session;
  GCancellable *cancellable;
  char *id;
  char *title; /* of the person */
  guint source;
  GtkWidget *label, *bar;
};

G_DEFINE_FINAL_TYPE (CfaErasingWindow, cfa_erasing_window, ADW_TYPE_WINDOW)

static void ask (CfaErasingWindow *self);

static gboolean
look (gpointer data)
{
  CfaErasingWindow *self = data;

  self->source = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
end (CfaErasingWindow *self, const GError *error)
{
  g_autofree char *words = error != NULL ? g_strdup_printf (_("%s was not erased: %s"), self->title, error->message)
                                         : g_strdup_printf (_("%s was erased"), self->title);

  cfa_change_tell (self->from, words);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaErasingWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfErasureResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (answer == NULL || answer->finished_at > 0)
    {
      end (self, error);
      return;
    }
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), answer->total > 0 ? (double) answer->done / answer->total : 0);
  gtk_label_set_label (GTK_LABEL (self->label), answer->done < answer->total ? _("Records and files…") : _("What is left of them in the database…"));
  self->source = g_timeout_add (LOOK_MS, look, self);
}

static void
ask (CfaErasingWindow *self)
{
  g_autoptr (CfIdParams) params = cf_struct_new (&cf_id_params_shape);

  params->id = g_strdup (self->id);
  cfa_session_call_async (self->session, "person.erase", params, &cf_erasure_result_shape, self->cancellable, on_answer, g_object_ref (self));
}

static void
cfa_erasing_window_dispose (GObject *object)
{
  CfaErasingWindow *self = CFA_ERASING_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->from);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_erasing_window_parent_class)->dispose (object);
}

static void
cfa_erasing_window_finalize (GObject *object)
{
  CfaErasingWindow *self = CFA_ERASING_WINDOW (object);

  g_object_unref (self->cancellable);
  g_free (self->id);
  g_free (self->title);
  G_OBJECT_CLASS (cfa_erasing_window_parent_class)->finalize (object);
}

static void
cfa_erasing_window_class_init (CfaErasingWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_erasing_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_erasing_window_finalize;
}

static void
cfa_erasing_window_init (CfaErasingWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *header = adw_header_bar_new (), *hint = gtk_label_new (_("You can close this window: it goes on by itself."));

  self->cancellable = g_cancellable_new ();
  self->label = gtk_label_new (_("Records and files…"));
  self->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("How much is erased"), -1);
  gtk_widget_add_css_class (header, "flat");
  gtk_label_set_wrap (GTK_LABEL (hint), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint), 0);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_add_css_class (hint, "dim-label");
  g_object_set (content, "margin-start", 24, "margin-end", 24, "margin-top", 6, "margin-bottom", 24, NULL);
  gtk_box_append (GTK_BOX (content), self->label);
  gtk_box_append (GTK_BOX (content), self->bar);
  gtk_box_append (GTK_BOX (content), hint);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), content);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), WIDTH, -1);
  gtk_window_set_resizable (GTK_WINDOW (self), FALSE);
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
}

/**
 * cfa_erasing_window_open:
 * @from: where it was asked for: its window tells when it is done
 * @visitor_id: any of the person's
 * @title: what they are called
 */
void
cfa_erasing_window_open (GtkWidget *from, CfaSession *session, const char *visitor_id, const char *title)
{
  CfaErasingWindow *self = g_object_new (CFA_TYPE_ERASING_WINDOW, "transient-for", GTK_WINDOW (gtk_widget_get_root (from)), NULL);
  g_autofree char *words = g_strdup_printf (_("Erasing %s"), title);

  self->from = g_object_ref (from);
  self->session = g_object_ref (session);
  self->id = g_strdup (visitor_id);
  self->title = g_strdup (title);
  gtk_window_set_title (GTK_WINDOW (self), words);
  gtk_window_present (GTK_WINDOW (self));
  ask (self);
}
