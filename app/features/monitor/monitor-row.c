/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "monitor-row.h"

#include "app/tooltip.h"
#include "protocol/id.h"
#include "visitor-text.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _CfaMonitorRow
{
  GtkBox parent_instance;

  CfaLiveVisitor *visitor;

  AdwAvatar *avatar;
  GtkLabel *title_label;
  GtkLabel *since_label;
  GtkLabel *page_label;
  GtkLabel *path_label;
  GtkLabel *meta_label;
  GtkWidget *talk_icon;
  GtkLabel *talk_label;
};

G_DEFINE_FINAL_TYPE (CfaMonitorRow, cfa_monitor_row, GTK_TYPE_BOX)

static void
add (GPtrArray *parts, char *words)
{
  if (words != NULL && *words != '\0')
    g_ptr_array_add (parts, words);
  else
    g_free (words);
}

static char *
join (GPtrArray *parts, const char *between)
{
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (between, (char **) parts->pdata);
}

/* "Lyon, France · from google.com · Firefox 115 · Windows 10": the town is in the title already where there is no name. */
static char *
meta_of (const CfMonitorVisitor *visitor)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (visitor->name != NULL)
    add (parts, cfa_visitor_place (visitor->city, visitor->country));
  else if (visitor->city != NULL)
    add (parts, g_strdup (visitor->country));
  add (parts, cfa_visitor_source (visitor->source, visitor->referrer, visitor->campaign));
  add (parts, cfa_visitor_device (visitor->browser, visitor->system, visitor->device));
  return join (parts, " · ");
}

/* With whom they talk: "Ana", or that nobody has taken them yet. */
static const char *
talk_of (const CfMonitorVisitor *visitor)
{
  if (visitor->conversation_id == NULL)
    return NULL;
  return visitor->assignee_name != NULL ? visitor->assignee_name : _("waits");
}

/* One sentence for screen readers, in the order in which it matters. */
static void
update_name (CfaMonitorRow *self)
{
  const CfMonitorVisitor *visitor = cfa_live_visitor_get (self->visitor);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *name = NULL;

  add (parts, g_strdup (gtk_label_get_label (self->title_label)));
  if (visitor->conversation_id != NULL)
    add (parts, visitor->assignee_name != NULL ? g_strdup_printf (_("talks with %s"), visitor->assignee_name) : g_strdup (_("waits for an answer")));
  add (parts, g_strdup (gtk_label_get_label (self->page_label)));
  add (parts, g_strdup (gtk_label_get_label (self->path_label)));
  add (parts, g_strdup (gtk_label_get_label (self->meta_label)));
  name = join (parts, ", ");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update (CfaMonitorRow *self)
{
  const CfMonitorVisitor *visitor = cfa_live_visitor_get (self->visitor);
  g_autofree char *title = cfa_visitor_title (visitor);
  g_autofree char *path = cfa_visitor_path (visitor->url);
  g_autofree char *meta = meta_of (visitor);
  g_autofree char *tip = g_strjoin ("\n", visitor->url, meta, NULL);
  gboolean named = visitor->title != NULL && *visitor->title != '\0';
  const char *talk = talk_of (visitor);

  adw_avatar_set_text (self->avatar, title);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->page_label, named ? visitor->title : path);
  gtk_label_set_label (self->path_label, named ? path : "");
  gtk_label_set_label (self->meta_label, meta);
  gtk_widget_set_visible (self->talk_icon, talk != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->talk_label), talk != NULL);
  gtk_label_set_label (self->talk_label, talk != NULL ? talk : "");
  cfa_tooltip_set (GTK_WIDGET (self), tip);
  update_name (self);
  cfa_monitor_row_refresh (self);
}

static void
cfa_monitor_row_dispose (GObject *object)
{
  cfa_monitor_row_set_visitor (CFA_MONITOR_ROW (object), NULL);
  G_OBJECT_CLASS (cfa_monitor_row_parent_class)->dispose (object);
}

static void
cfa_monitor_row_class_init (CfaMonitorRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_monitor_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/monitor/monitor-row.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaMonitorRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, CfaMonitorRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, CfaMonitorRow, since_label);
  gtk_widget_class_bind_template_child (widget_class, CfaMonitorRow, page_label);
  gtk_widget_class_bind_template_child (widget_class, CfaMonitorRow, path_label);
  gtk_widget_class_bind_template_child (widget_class, CfaMonitorRow, meta_label);
  gtk_widget_class_bind_template_child (widget_class, CfaMonitorRow, talk_icon);
  gtk_widget_class_bind_template_child (widget_class, CfaMonitorRow, talk_label);
}

static void
cfa_monitor_row_init (CfaMonitorRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * cfa_monitor_row_new:
 * Returns: (transfer floating): a row of the list of visitors who are there
 */
GtkWidget *
cfa_monitor_row_new (void)
{
  return g_object_new (CFA_TYPE_MONITOR_ROW, NULL);
}

/**
 * cfa_monitor_row_set_visitor:
 * @visitor: (nullable): whom it shows, and follows, from now on
 */
void
cfa_monitor_row_set_visitor (CfaMonitorRow *self, CfaLiveVisitor *visitor)
{
  if (self->visitor != NULL)
    g_signal_handlers_disconnect_by_data (self->visitor, self);
  g_set_object (&self->visitor, visitor);
  if (visitor == NULL)
    return;
  g_signal_connect_swapped (visitor, "changed", G_CALLBACK (update), self);
  update (self);
}

/**
 * cfa_monitor_row_refresh:
 * Says anew for how long they have been on their page.
 */
void
cfa_monitor_row_refresh (CfaMonitorRow *self)
{
  g_autofree char *since = self->visitor != NULL ? cfa_visitor_since (cfa_live_visitor_get (self->visitor)->since, cf_now ()) : NULL;

  gtk_label_set_label (self->since_label, since != NULL ? since : "");
}
