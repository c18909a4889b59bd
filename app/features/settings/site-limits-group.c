/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-limits-group.h"

#include "app/accessible-name.h"
#include "change.h"
#include "protocol/methods/privacy-params.h"
#include "setting-rows.h"

#include <glib/gi18n.h>

/* A number that is stepped through is saved when the person has come to rest. */
#define REST_MS 800

/* For how long a site keeps its closed conversations, and how much its visitors and keys may ask for in a minute. */
struct _CfaSiteLimitsGroup
{
  AdwPreferencesGroup parent_instance;

  CfaSiteDraft *draft;
  gboolean updating, asking;
  guint rest;
  gint64 asked_days; /* of which the number was asked, or is told */
  GtkWidget *days, *calls, *visitors, *uploads;
};

G_DEFINE_FINAL_TYPE (CfaSiteLimitsGroup, cfa_site_limits_group, ADW_TYPE_PREFERENCES_GROUP)

static void     update  (CfaSiteLimitsGroup *self);
static gboolean on_rest (gpointer data);

static gint64
value_of (GtkWidget *spin)
{
  return gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (spin));
}

static gint64
days_of (CfaSiteLimitsGroup *self)
{
  const CfSite *site = cfa_site_draft_get (self->draft);

  return site->privacy != NULL ? site->privacy->conversation_days : 0;
}

static void
save_days (CfaSiteLimitsGroup *self, gint64 days)
{
  const CfSite *site = cfa_site_draft_get (self->draft);
  CfSiteConfigureParams *params = cf_struct_new (&cf_site_configure_params_shape);

  params->privacy = site->privacy != NULL ? cf_struct_copy (site->privacy) : cf_struct_new (&cf_site_privacy_shape);
  params->privacy->conversation_days = days;
  cf_struct_give (params, "privacy");
  cfa_site_draft_change (self->draft, GTK_WIDGET (self), params,
                         g_strdup (days > 0 ? _("Closed conversations are erased after that time") : _("Closed conversations are kept now")));
}

static void
on_confirmed (AdwMessageDialog *dialog, const char *response, CfaSiteLimitsGroup *self)
{
  self->asking = FALSE;
  if (self->draft == NULL)
    return;
  if (g_str_equal (response, "erase"))
    save_days (self, self->asked_days);
  else
    update (self);
}

static void
confirm (CfaSiteLimitsGroup *self, gint64 conversations)
{
  g_autofree char *heading = g_strdup_printf (ngettext ("Erase %d conversation now?", "Erase %d conversations now?", conversations), (int) conversations);
  g_autofree char *body = g_strdup_printf (ngettext ("It was closed more than %d days ago. Its messages and files go too, for everybody and for good.",
                                                     "They were closed more than %d days ago. Their messages and files go too, for everybody and for good.",
                                                     conversations), (int) self->asked_days);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), heading, body));

  adw_message_dialog_add_responses (dialog, "cancel", _("Cancel"), "erase", _("Erase"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "erase", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_confirmed), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSiteLimitsGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfExpiryResult) answer = cfa_session_call_finish (CFA_SESSION (source), result, &error);
  g_autofree char *problem = answer == NULL ? cfa_change_problem (error) : NULL;

  self->asking = FALSE;
  if (self->draft == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (answer == NULL)
    {
      cfa_change_tell (GTK_WIDGET (self), problem);
      update (self);
    }
  else if (value_of (self->days) != self->asked_days)
    on_rest (self); /* they have gone on stepping */
  else if (answer->conversations == 0)
    save_days (self, self->asked_days);
  else
    {
      self->asking = TRUE;
      confirm (self, answer->conversations);
    }
}

/* Nothing goes that the person has not been told of. */
static void
ask_first (CfaSiteLimitsGroup *self, gint64 days)
{
  g_autoptr (CfExpiryParams) params = cf_struct_new (&cf_expiry_params_shape);

  self->asking = TRUE;
  self->asked_days = days;
  params->id = g_strdup (cfa_site_draft_get (self->draft)->parent.id);
  params->days = days;
  cfa_session_call_async (cfa_site_draft_get_session (self->draft), "site.count_expired", params, &cf_expiry_result_shape, NULL, on_counted,
                          g_object_ref (self));
}

static void
save_limits (CfaSiteLimitsGroup *self)
{
  const CfSite *site = cfa_site_draft_get (self->draft);
  g_autoptr (CfSiteLimits) now = site->limits != NULL ? cf_struct_copy (site->limits) : cf_struct_new (&cf_site_limits_shape);
  CfSiteConfigureParams *params;

  if (now->calls == value_of (self->calls) && now->visitors == value_of (self->visitors) && now->uploads == value_of (self->uploads))
    return;
  params = cf_struct_new (&cf_site_configure_params_shape);
  params->limits = g_steal_pointer (&now);
  params->limits->calls = value_of (self->calls);
  params->limits->visitors = value_of (self->visitors);
  params->limits->uploads = value_of (self->uploads);
  cf_struct_give (params, "limits");
  cfa_site_draft_change (self->draft, GTK_WIDGET (self), params, g_strdup (_("Other limits now")));
}

static gboolean
on_rest (gpointer data)
{
  CfaSiteLimitsGroup *self = data;
  gint64 days = value_of (self->days);

  self->rest = 0;
  save_limits (self);
  if (days != days_of (self) && days == 0)
    save_days (self, 0);
  else if (days != days_of (self) && !self->asking)
    ask_first (self, days);
  return G_SOURCE_REMOVE;
}

static void
on_number (CfaSiteLimitsGroup *self)
{
  if (self->updating)
    return;
  g_clear_handle_id (&self->rest, g_source_remove);
  self->rest = g_timeout_add (REST_MS, on_rest, self);
}

static void
update (CfaSiteLimitsGroup *self)
{
  const CfSiteLimits *limits = cfa_site_draft_get (self->draft)->limits;

  self->updating = TRUE;
  if (self->rest == 0)
    {
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->calls), limits != NULL ? limits->calls : 0);
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->visitors), limits != NULL ? limits->visitors : 0);
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->uploads), limits != NULL ? limits->uploads : 0);
      if (!self->asking)
        gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->days), days_of (self));
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self), cfa_site_draft_may (self->draft));
  self->updating = FALSE;
}

static void
cfa_site_limits_group_dispose (GObject *object)
{
  CfaSiteLimitsGroup *self = CFA_SITE_LIMITS_GROUP (object);

  /* What was changed last is not lost with the window; but nothing is erased without an answer. */
  if (self->rest != 0)
    {
      g_clear_handle_id (&self->rest, g_source_remove);
      save_limits (self);
    }
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (cfa_site_limits_group_parent_class)->dispose (object);
}

static void
cfa_site_limits_group_class_init (CfaSiteLimitsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_site_limits_group_dispose;
}

static void
cfa_site_limits_group_init (CfaSiteLimitsGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);
  GtkWidget **numbers[] = { &self->days, &self->calls, &self->visitors, &self->uploads };

  adw_preferences_group_set_title (group, _("Limits"));
  adw_preferences_group_add (group, cfa_setting_spin (_("Days for which closed conversations are kept"), _("0: for good"), CF_KEPT_DAYS_MAX, 1, &self->days));
  adw_preferences_group_add (group, cfa_setting_spin (_("Calls in a minute"), _("Of all visitors and API keys; 0: as many as the server allows"), CF_LIMIT_MAX, 100, &self->calls));
  adw_preferences_group_add (group, cfa_setting_spin (_("New visitors in a minute"), _("Who write for the first time"), CF_LIMIT_MAX, 10, &self->visitors));
  adw_preferences_group_add (group, cfa_setting_spin (_("Files in a minute"), _("Of all visitors"), CF_LIMIT_MAX, 10, &self->uploads));
  cfa_accessible_name_inside (GTK_WIDGET (self), GTK_TYPE_LIST_BOX, _("Limits"));
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_signal_connect_object (*numbers[i], "value-changed", G_CALLBACK (on_number), self, G_CONNECT_SWAPPED);
}

/**
 * cfa_site_limits_group_new:
 * Returns: (transfer floating): the group.
 */
GtkWidget *
cfa_site_limits_group_new (CfaSiteDraft *draft)
{
  CfaSiteLimitsGroup *self = g_object_new (CFA_TYPE_SITE_LIMITS_GROUP, NULL);

  self->draft = g_object_ref (draft);
  g_signal_connect_object (draft, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
