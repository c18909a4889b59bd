/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dry-run-group.h"

#include "app/accessible-name.h"
#include "app/features/monitor/visitor-text.h"
#include "app/features/settings/change.h"
#include "period.h"
#include "protocol/methods/trigger-params.h"
#include "trigger-words.h"

#include <glib/gi18n.h>

struct _CfaDryRunGroup
{
  AdwPreferencesGroup parent_instance;

  CfaSession *session;
  CfTriggerDryRunParams *params; /* what would be asked */
  GCancellable *asked;           /* (nullable): while the answer is awaited */
  GPtrArray *rows;               /* of the answer, not owned */

  GtkWidget *button;
  GtkWidget *spinner;
  AdwComboRow *period;
  GtkWidget *summary;
};

G_DEFINE_FINAL_TYPE (CfaDryRunGroup, cfa_dry_run_group, ADW_TYPE_PREFERENCES_GROUP)

/* Whether the server would take it. */
static gboolean
is_fine (const CfTriggerRules *rules)
{
  for (guint i = 0; i < rules->conditions->len; i++)
    if (!cfa_trigger_condition_is_complete (rules->conditions->pdata[i]))
      return FALSE;
  return rules->conditions->len > 0;
}

static void
update (CfaDryRunGroup *self)
{
  gboolean fine = self->params != NULL && is_fine (self->params->rules);

  gtk_widget_set_sensitive (self->button, fine && self->asked == NULL && cfa_change_allowed (self->session, CF_ROLE_SUPERVISOR));
  gtk_widget_set_visible (self->spinner, self->asked != NULL);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), self->asked != NULL);
}

static void
clear (CfaDryRunGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_set_visible (self->summary, FALSE);
}

static void
summarize (CfaDryRunGroup *self, const char *words, const char *more)
{
  g_autofree char *title = g_markup_escape_text (words, -1), *subtitle = g_markup_escape_text (more, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->summary), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->summary), subtitle);
  gtk_widget_set_visible (self->summary, TRUE);
}

/* Returns: (transfer full): what is to be known of the answer, or nothing */
static char *
dup_caveats (const CfTriggerDryRunResult *answer)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; answer->unjudged != NULL && answer->unjudged[i] != NULL; i++)
    for (guint kind = 0; cf_trigger_kind_words[kind] != NULL; kind++)
      if (g_str_equal (cf_trigger_kind_words[kind], answer->unjudged[i]))
        g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", cfa_trigger_kind_name (kind));
  if (words->len > 0)
    {
      g_autofree char *kinds = g_string_free (words, FALSE);

      words = g_string_new (NULL);
      g_string_printf (words, _("Nobody can tell afterwards, and it was not looked at: %s."), kinds);
    }
  if (answer->more)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", _("There were more visits; these are the newest."));
  return g_string_free (words, FALSE);
}

static void
add_example (CfaDryRunGroup *self, const CfTriggerExample *example)
{
  g_autofree char *path = example->url != NULL ? cfa_visitor_path (example->url) : NULL;
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (example->at / 1000);
  g_autofree char *when = at != NULL ? g_date_time_format (at, "%x %H:%M") : g_strdup ("");
  g_autofree char *title = g_markup_escape_text (example->name != NULL ? example->name : _("Visitor"), -1);
  g_autofree char *subtitle = g_markup_printf_escaped ("%s · %s", when, path != NULL ? path : "");
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle, "subtitle-lines", 1, NULL);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
show (CfaDryRunGroup *self, const CfTriggerDryRunResult *answer)
{
  g_autofree char *words = g_strdup_printf (ngettext ("It would have acted in %1$u of %2$u visit", "It would have acted in %1$u of %2$u visits", answer->visits),
                                            (guint) answer->matched, (guint) answer->visits);
  g_autofree char *caveats = dup_caveats (answer);

  summarize (self, answer->visits > 0 ? words : _("There were no visits in this time"), caveats);
  for (guint i = 0; answer->examples != NULL && i < answer->examples->len; i++)
    add_example (self, answer->examples->pdata[i]);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaDryRunGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfTriggerDryRunResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;
  g_clear_object (&self->asked);
  clear (self);
  if (answer != NULL)
    show (self, answer);
  else
    summarize (self, _("This could not be tried"), error->message);
  update (self);
}

static void
on_try (CfaDryRunGroup *self)
{
  self->params->days = cfa_period_get_days (self->period);
  self->asked = g_cancellable_new ();
  update (self);
  cfa_session_call_async (self->session, "trigger.dry_run", self->params, &cf_trigger_dry_run_result_shape, self->asked, on_answered, g_object_ref (self));
}

/* What was answered is of something else than what stands in the window now. */
static void
forget (CfaDryRunGroup *self)
{
  if (self->asked != NULL)
    g_cancellable_cancel (self->asked);
  g_clear_object (&self->asked);
  clear (self);
  update (self);
}

static void
cfa_dry_run_group_dispose (GObject *object)
{
  CfaDryRunGroup *self = CFA_DRY_RUN_GROUP (object);

  if (self->asked != NULL)
    g_cancellable_cancel (self->asked);
  g_clear_object (&self->asked);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_dry_run_group_parent_class)->dispose (object);
}

static void
cfa_dry_run_group_finalize (GObject *object)
{
  CfaDryRunGroup *self = CFA_DRY_RUN_GROUP (object);

  g_clear_pointer (&self->params, cf_struct_unref);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (cfa_dry_run_group_parent_class)->finalize (object);
}

static void
cfa_dry_run_group_class_init (CfaDryRunGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_dry_run_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_dry_run_group_finalize;
}

static void
cfa_dry_run_group_init (CfaDryRunGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->rows = g_ptr_array_new ();
  adw_preferences_group_set_title (group, _("Dry run"));
  adw_preferences_group_set_description (group, _("In which visits it would have acted. Nobody hears of it."));
  self->spinner = gtk_spinner_new ();
  self->button = gtk_button_new_with_label (_("Try it"));
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_box_append (GTK_BOX (box), self->spinner);
  gtk_box_append (GTK_BOX (box), self->button);
  adw_preferences_group_set_header_suffix (group, box);
  self->period = g_object_new (ADW_TYPE_COMBO_ROW, "title", _("Visits of"), NULL);
  cfa_period_fill (self->period);
  adw_preferences_group_add (group, GTK_WIDGET (self->period));
  self->summary = g_object_new (ADW_TYPE_ACTION_ROW, "visible", FALSE, NULL);
  adw_preferences_group_add (group, self->summary);
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Dry run"));
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_try), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->period, "notify::selected", G_CALLBACK (forget), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_dry_run_group_new:
 * Returns: (transfer floating): the group.
 */
GtkWidget *
cfa_dry_run_group_new (CfaSession *session)
{
  CfaDryRunGroup *self = g_object_new (CFA_TYPE_DRY_RUN_GROUP, NULL);

  self->session = g_object_ref (session);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * cfa_dry_run_group_set:
 * @trigger: as it stands
 */
void
cfa_dry_run_group_set (CfaDryRunGroup *self, const CfTrigger *trigger)
{
  g_autoptr (CfTriggerDryRunParams) params = cf_struct_new (&cf_trigger_dry_run_params_shape);

  params->rules = cf_struct_copy (trigger->rules);
  params->sites = g_strdupv (trigger->sites);
  if (self->params != NULL)
    params->days = self->params->days;
  if (self->params == NULL || !cf_struct_equal (self->params, params))
    {
      forget (self);
      g_clear_pointer (&self->params, cf_struct_unref);
      self->params = g_steal_pointer (&params);
    }
  update (self);
}
