/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "monitor-page.h"

#include "app/list-wheel.h"
#include "monitor-row.h"
#include "start-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define REFRESH_SECONDS 20

enum
{
  PROP_0,
  PROP_FOLDED,
  N_PROPS,
};

struct _CfaMonitorPage
{
  GtkBox parent_instance;

  CfaSession *session;
  CfaLiveVisitors *visitors;
  gboolean folded;
  GHashTable *bound; /* CfaMonitorRow in use */
  guint refresh_source;
  GSimpleAction *order_action;

  GtkSingleSelection *selection;
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkEditable *filter_entry;
  GtkStack *stack;
  GtkListView *list_view;
  AdwStatusPage *empty_page;
  GtkWidget *install_button;
};

static GParamSpec *properties[N_PROPS];
static guint opened_signal;

G_DEFINE_FINAL_TYPE (CfaMonitorPage, cfa_monitor_page, GTK_TYPE_BOX)

static const char *const orders[CFA_N_LIVE_ORDERS] = {
  [CFA_LIVE_NEWEST] = "newest",
  [CFA_LIVE_LONGEST] = "longest",
  [CFA_LIVE_PAGE] = "page",
};

static void
describe_emptiness (CfaMonitorPage *self)
{
  gboolean filtered = *gtk_editable_get_text (self->filter_entry) != '\0' && cfa_live_visitors_get_total (self->visitors) > 0;
  gboolean live = cfa_session_get_link (self->session) == CFA_LINK_LIVE;

  adw_status_page_set_icon_name (self->empty_page, filtered ? "system-search-symbolic" : live ? "mark-location-symbolic"
                                                                                             : "network-offline-symbolic");
  adw_status_page_set_title (self->empty_page, filtered ? _("Nobody like that is here") : live ? _("Nobody is on your pages")
                                                                                               : _("No connection"));
  adw_status_page_set_description (self->empty_page, filtered ? _("Try part of a name, of a page's address, of a town or of a browser.")
                                                     : live ? _("As soon as somebody opens a page with the chat on it, you see here which one, "
                                                                "where they come from, and can speak to them first.")
                                                            : _("Who is on your pages is known again when ChatFlow is online."));
  gtk_widget_set_visible (self->install_button, !filtered && live && cfa_session_get_role (self->session) == CF_ROLE_ADMIN);
}

static void
update (CfaMonitorPage *self)
{
  guint total, shown;
  g_autofree char *subtitle = NULL;
  gboolean filtered;

  if (self->visitors == NULL)
    return;
  total = cfa_live_visitors_get_total (self->visitors);
  shown = g_list_model_get_n_items (G_LIST_MODEL (self->visitors));
  filtered = *gtk_editable_get_text (self->filter_entry) != '\0';
  if (filtered)
    /* Translators: so many of all are shown */
    subtitle = g_strdup_printf (_("%'u of %'u"), shown, total);
  else if (total > 0)
    subtitle = g_strdup_printf (ngettext ("%'u now", "%'u now", total), total);
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  if (shown > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (cfa_live_visitors_get_loading (self->visitors))
    gtk_stack_set_visible_child_name (self->stack, "loading");
  else
    {
      describe_emptiness (self);
      gtk_stack_set_visible_child_name (self->stack, "empty");
    }
}

static void
on_filter_changed (CfaMonitorPage *self)
{
  if (self->visitors == NULL)
    return;
  cfa_live_visitors_set_filter (self->visitors, gtk_editable_get_text (self->filter_entry));
  update (self);
}

static void
on_filter_stopped (CfaMonitorPage *self)
{
  gtk_editable_set_text (self->filter_entry, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

static void
open_conversation (CfaMonitorPage *self, const char *conversation_id)
{
  g_signal_emit (self, opened_signal, 0, conversation_id);
}

/* Whoever talks with somebody is shown talking; with anybody else one begins. */
static void
on_activate (CfaMonitorPage *self, guint position)
{
  g_autoptr (CfaLiveVisitor) item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  const CfMonitorVisitor *visitor = item != NULL ? cfa_live_visitor_get (item) : NULL;
  GtkWidget *dialog;

  if (visitor == NULL)
    return;
  if (visitor->conversation_id != NULL)
    {
      open_conversation (self, visitor->conversation_id);
      return;
    }
  dialog = cfa_start_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->session, visitor);
  g_signal_connect_object (dialog, "started", G_CALLBACK (open_conversation), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_row_clicked (GtkListItem *item, int n_press)
{
  if (n_press == 1)
    gtk_widget_activate_action (gtk_list_item_get_child (item), "list.activate-item", "u", gtk_list_item_get_position (item));
}

static void
setup_row (CfaMonitorPage *self, GtkListItem *item)
{
  GtkWidget *row = cfa_monitor_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (click, "released", G_CALLBACK (on_row_clicked), item);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, row);
}

static void
bind_row (CfaMonitorPage *self, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  cfa_monitor_row_set_visitor (CFA_MONITOR_ROW (row), gtk_list_item_get_item (item));
  g_hash_table_add (self->bound, row);
}

static void
unbind_row (CfaMonitorPage *self, GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  g_hash_table_remove (self->bound, row);
  cfa_monitor_row_set_visitor (CFA_MONITOR_ROW (row), NULL);
}

static void
on_order (CfaMonitorPage *self, GVariant *wanted)
{
  for (int i = 0; self->visitors != NULL && i < CFA_N_LIVE_ORDERS; i++)
    if (g_str_equal (g_variant_get_string (wanted, NULL), orders[i]))
      {
        cfa_live_visitors_set_order (self->visitors, i);
        g_simple_action_set_state (self->order_action, wanted);
      }
}

static void
add_order_action (CfaMonitorPage *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  self->order_action = g_simple_action_new_stateful ("order", G_VARIANT_TYPE_STRING, g_variant_new_string (orders[CFA_LIVE_NEWEST]));
  g_signal_connect_swapped (self->order_action, "change-state", G_CALLBACK (on_order), self);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (self->order_action));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "monitor", G_ACTION_GROUP (group));
}

static gboolean
refresh (gpointer data)
{
  CfaMonitorPage *self = data;
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->bound);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    cfa_monitor_row_refresh (row);
  return G_SOURCE_CONTINUE;
}

/* Nobody is followed while nobody looks. */
static void
cfa_monitor_page_map (GtkWidget *widget)
{
  CfaMonitorPage *self = CFA_MONITOR_PAGE (widget);

  GTK_WIDGET_CLASS (cfa_monitor_page_parent_class)->map (widget);
  if (self->visitors != NULL)
    cfa_live_visitors_set_shown (self->visitors, TRUE);
}

static void
cfa_monitor_page_unmap (GtkWidget *widget)
{
  CfaMonitorPage *self = CFA_MONITOR_PAGE (widget);

  if (self->visitors != NULL)
    cfa_live_visitors_set_shown (self->visitors, FALSE);
  GTK_WIDGET_CLASS (cfa_monitor_page_parent_class)->unmap (widget);
}

static gboolean
cfa_monitor_page_grab_focus (GtkWidget *widget)
{
  CfaMonitorPage *self = CFA_MONITOR_PAGE (widget);

  if (self->visitors != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->visitors)) > 0)
    return gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
  return gtk_widget_grab_focus (GTK_WIDGET (self->filter_entry));
}

static void
cfa_monitor_page_dispose (GObject *object)
{
  CfaMonitorPage *self = CFA_MONITOR_PAGE (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  if (self->selection != NULL)
    cfa_monitor_page_set_visitors (self, NULL, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->order_action);
  g_clear_pointer (&self->bound, g_hash_table_unref);
  G_OBJECT_CLASS (cfa_monitor_page_parent_class)->dispose (object);
}

static void
cfa_monitor_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FOLDED)
    g_value_set_boolean (value, CFA_MONITOR_PAGE (object)->folded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cfa_monitor_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FOLDED)
    CFA_MONITOR_PAGE (object)->folded = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cfa_monitor_page_class_init (CfaMonitorPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = cfa_monitor_page_dispose;
  object_class->get_property = cfa_monitor_page_get_property;
  object_class->set_property = cfa_monitor_page_set_property;
  widget_class->map = cfa_monitor_page_map;
  widget_class->unmap = cfa_monitor_page_unmap;
  widget_class->grab_focus = cfa_monitor_page_grab_focus;
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  opened_signal = g_signal_new ("opened", CFA_TYPE_MONITOR_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/monitor/monitor-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaMonitorPage, header);
  gtk_widget_class_bind_template_child (widget_class, CfaMonitorPage, title);
  gtk_widget_class_bind_template_child (widget_class, CfaMonitorPage, filter_entry);
  gtk_widget_class_bind_template_child (widget_class, CfaMonitorPage, stack);
  gtk_widget_class_bind_template_child (widget_class, CfaMonitorPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, CfaMonitorPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, CfaMonitorPage, install_button);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_stopped);
}

static void
cfa_monitor_page_init (CfaMonitorPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->bound = g_hash_table_new (NULL, NULL);
  add_order_action (self);
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (setup_row), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_row), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (unbind_row), self);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  cfa_list_wheel_attach (self->list_view);
  g_signal_connect_swapped (self->selection, "items-changed", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->list_view, "activate", G_CALLBACK (on_activate), self);
  self->refresh_source = g_timeout_add_seconds (REFRESH_SECONDS, refresh, self);
}

/**
 * cfa_monitor_page_set_visitors:
 * @self: a page
 * @session: (nullable): whose sites they are on
 * @visitors: (nullable): those whom it shows from now on
 */
void
cfa_monitor_page_set_visitors (CfaMonitorPage *self, CfaSession *session, CfaLiveVisitors *visitors)
{
  if (self->visitors != NULL)
    g_signal_handlers_disconnect_by_data (self->visitors, self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  gtk_single_selection_set_model (self->selection, NULL);
  g_set_object (&self->session, session);
  g_set_object (&self->visitors, visitors);
  if (visitors == NULL)
    return;
  g_signal_connect_swapped (visitors, "notify", G_CALLBACK (update), self);
  g_signal_connect_swapped (session, "notify::link", G_CALLBACK (update), self);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (visitors));
  on_filter_changed (self);
  cfa_live_visitors_set_shown (visitors, gtk_widget_get_mapped (GTK_WIDGET (self)));
  update (self);
}

/**
 * cfa_monitor_page_set_title_buttons:
 * @self: a page
 * @start: whether the header shows the window's buttons at its beginning
 * @end: the same at its end
 */
void
cfa_monitor_page_set_title_buttons (CfaMonitorPage *self, gboolean start, gboolean end)
{
  adw_header_bar_set_show_start_title_buttons (self->header, start);
  adw_header_bar_set_show_end_title_buttons (self->header, end);
}
