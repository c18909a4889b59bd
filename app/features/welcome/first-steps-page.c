/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "first-steps-page.h"

#include "app/accessible-name.h"
#include "app/features/settings/change.h"
#include "app/features/settings/snippet.h"
#include "step-row.h"

#include <glib/gi18n.h>

struct _CfaFirstStepsPage
{
  GtkBox parent_instance;

  CfaSession *session;  /* (nullable) */
  CfaFirstSteps *steps; /* (nullable) */
  GtkWidget *rows[CFA_N_STEPS];
  GtkWidget *snippet;

  AdwHeaderBar *header;
  GtkWidget *back_button;
  GtkLabel *heading;
  GtkLabel *subtitle;
  AdwPreferencesGroup *group;
  GtkButton *dismiss_button;
};

static guint dismissed_signal;

G_DEFINE_FINAL_TYPE (CfaFirstStepsPage, cfa_first_steps_page, GTK_TYPE_BOX)

static void
on_dismiss (CfaFirstStepsPage *self)
{
  cfa_first_steps_dismiss (self->steps);
  g_signal_emit (self, dismissed_signal, 0);
}

static void
on_copy (CfaFirstStepsPage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_label (GTK_LABEL (self->snippet)));
  cfa_change_tell (GTK_WIDGET (self), _("Copied. Put it into every page, before </body>."));
  cfa_first_steps_copied (self->steps);
}

static void
say_progress (CfaFirstStepsPage *self)
{
  g_autofree char *heading = g_strdup_printf (_("Welcome, %s"), cfa_session_get_agent_name (self->session)), *words = NULL;
  guint done = 0;

  for (CfaStep step = 0; step < CFA_N_STEPS; step++)
    done += cfa_first_steps_is_done (self->steps, step);
  if (done == CFA_N_STEPS)
    words = g_strdup (_("Everything is set up. Have good conversations!"));
  else if (done == 0)
    words = g_strdup (_("Five minutes, and visitors of your web site can write to you."));
  else
    words = g_strdup_printf (ngettext ("%'u of %'u steps is done", "%'u of %'u steps are done", done), done, (guint) CFA_N_STEPS);
  gtk_label_set_label (self->heading, heading);
  gtk_label_set_label (self->subtitle, words);
  gtk_button_set_label (self->dismiss_button, done == CFA_N_STEPS ? _("Done") : _("Hide these steps"));
}

static void
update (CfaFirstStepsPage *self)
{
  const CfSite *site = cfa_first_steps_get_site (self->steps);
  g_autofree char *snippet = site != NULL ? cfa_snippet_new (cfa_session_get_server (self->session), site->key) : g_strdup ("");
  CfaStep next = cfa_first_steps_get_next (self->steps);

  say_progress (self);
  gtk_label_set_label (GTK_LABEL (self->snippet), snippet);
  for (CfaStep step = 0; step < CFA_N_STEPS; step++)
    cfa_step_row_set_state (CFA_STEP_ROW (self->rows[step]), cfa_first_steps_is_done (self->steps, step) ? CFA_STEP_DONE
                                                             : step == next ? CFA_STEP_NOW : CFA_STEP_LATER);
}

static void
cfa_first_steps_page_dispose (GObject *object)
{
  cfa_first_steps_page_set_steps (CFA_FIRST_STEPS_PAGE (object), NULL, NULL);
  G_OBJECT_CLASS (cfa_first_steps_page_parent_class)->dispose (object);
}

static void
cfa_first_steps_page_class_init (CfaFirstStepsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_first_steps_page_dispose;
  dismissed_signal = g_signal_new ("dismissed", CFA_TYPE_FIRST_STEPS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/welcome/first-steps-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaFirstStepsPage, header);
  gtk_widget_class_bind_template_child (widget_class, CfaFirstStepsPage, back_button);
  gtk_widget_class_bind_template_child (widget_class, CfaFirstStepsPage, heading);
  gtk_widget_class_bind_template_child (widget_class, CfaFirstStepsPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, CfaFirstStepsPage, group);
  gtk_widget_class_bind_template_child (widget_class, CfaFirstStepsPage, dismiss_button);
  gtk_widget_class_bind_template_callback (widget_class, on_dismiss);
}

static GtkWidget *
new_button (const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "suggested-action");
  if (action != NULL)
    gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static void
add_step (CfaFirstStepsPage *self, CfaStep step, const char *title, const char *text, GtkWidget *button)
{
  self->rows[step] = cfa_step_row_new (step + 1, title, text);
  if (step == CFA_STEP_SNIPPET)
    cfa_step_row_add (CFA_STEP_ROW (self->rows[step]), self->snippet);
  cfa_step_row_add (CFA_STEP_ROW (self->rows[step]), button);
  adw_preferences_group_add (self->group, self->rows[step]);
}

static GtkWidget *
new_waiting (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9), *spinner = gtk_spinner_new ();

  gtk_spinner_set_spinning (GTK_SPINNER (spinner), TRUE);
  gtk_box_append (GTK_BOX (box), spinner);
  gtk_box_append (GTK_BOX (box), gtk_label_new (_("Waiting for the first visitor…")));
  return box;
}

static void
cfa_first_steps_page_init (CfaFirstStepsPage *self)
{
  GtkWidget *copy = new_button (_("Copy the line"), NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->snippet = cfa_snippet_new_label ();
  g_signal_connect_object (copy, "clicked", G_CALLBACK (on_copy), self, G_CONNECT_SWAPPED);
  add_step (self, CFA_STEP_SITE, _("Add your web site"), _("Give its name and its address. The widget answers only on pages that are at this address."),
            new_button (_("Add a site…"), "win.settings('sites')"));
  add_step (self, CFA_STEP_SNIPPET, _("Put one line into its pages"),
            _("Copy it and put it before </body>, or send it to whoever looks after the pages."), copy);
  add_step (self, CFA_STEP_VISITOR, _("See the first visitor arrive"),
            _("Open a page of your site in a browser: this step ticks itself as soon as anybody is there."), new_waiting ());
  add_step (self, CFA_STEP_HELLO, _("Say hello"),
            _("Write something in the widget on your page. It arrives in Unassigned; open it there and answer."),
            new_button (_("Go to Unassigned"), "win.inbox('unassigned')"));
  add_step (self, CFA_STEP_COLLEAGUE, _("Invite a colleague"), _("They get a link with which they choose their own name and password."),
            new_button (_("Invite somebody…"), "win.settings('team')"));
  cfa_accessible_name_inside (GTK_WIDGET (self->group), GTK_TYPE_LIST_BOX, _("First steps"));
}

/**
 * cfa_first_steps_page_set_steps:
 * @session: (nullable):
 * @steps: (nullable): none without a session
 */
void
cfa_first_steps_page_set_steps (CfaFirstStepsPage *self, CfaSession *session, CfaFirstSteps *steps)
{
  if (self->steps != NULL)
    g_signal_handlers_disconnect_by_data (self->steps, self);
  g_set_object (&self->session, session);
  g_set_object (&self->steps, steps);
  if (steps == NULL)
    return;
  g_signal_connect_swapped (steps, "changed", G_CALLBACK (update), self);
  update (self);
}

/**
 * cfa_first_steps_page_set_title_buttons:
 * @narrow: whether the list is not beside it: then there is a way back, and the window's buttons are here
 */
void
cfa_first_steps_page_set_title_buttons (CfaFirstStepsPage *self, gboolean narrow, gboolean end)
{
  gtk_widget_set_visible (self->back_button, narrow);
  adw_header_bar_set_show_start_title_buttons (self->header, narrow);
  adw_header_bar_set_show_end_title_buttons (self->header, end);
}
