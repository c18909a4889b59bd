/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "search-palette.h"

#include "recent-searches.h"
#include "search-channels.h"
#include "search-results.h"
#include "search-row.h"

#include <glib/gi18n.h>

#define WIDTH 680
#define HEIGHT 560
/* Who types on has not asked the server yet. */
#define SERVER_DELAY_MS 250
#define PAGE_ROWS 6

enum
{
  COMMAND,
  OPEN,
  OPEN_VISITOR,
  N_SIGNALS,
};

struct _CfaSearchPalette
{
  AdwWindow parent_instance;

  GtkWindow *parent; /* unowned: it is transient for it */
  CfaSession *session;
  CfaCommandReady ready;
  CfaSearchResults *results;
  CfaSearchTerms *terms; /* of what stands in the box */
  GCancellable *local, *server;
  guint server_source;
  gboolean walked; /* the person has chosen a row by the keys: it stays chosen */
  CfaHitKind chosen_kind;
  char *chosen_id;

  GtkEditable *entry;
  GtkLabel *problem_label;
  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  GtkListBox *list_box;
  GtkSpinner *spinner;
  GtkLabel *status_label;
  AdwStatusPage *nothing_page;
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaSearchPalette, cfa_search_palette, ADW_TYPE_WINDOW)

static void
stop (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

static void
say_status (CfaSearchPalette *self, gboolean busy, const char *words)
{
  g_object_set (self->spinner, "spinning", busy, "visible", busy, NULL);
  gtk_label_set_label (self->status_label, words);
}

static gboolean
is_busy (CfaSearchPalette *self)
{
  return self->local != NULL || self->server != NULL || self->server_source != 0;
}

static void
update_stack (CfaSearchPalette *self)
{
  gboolean nothing = g_list_model_get_n_items (G_LIST_MODEL (self->results)) == 0;

  /* What was found before stays until it is known that there is nothing. */
  if (nothing && is_busy (self))
    return;
  gtk_stack_set_visible_child_name (self->stack, nothing ? "nothing" : "list");
  if (nothing)
    adw_status_page_set_description (self->nothing_page, self->terms != NULL && self->terms->by_author && self->terms->params->text == NULL
                                                           ? _("Add a word to find what they have written.")
                                                           : _("Try fewer letters, another word of it, or take a filter away."));
}

static const char *
section_of (const CfaSearchHit *hit)
{
  if (hit->from_server)
    return _("From the server");
  switch (hit->kind)
    {
    case CFA_HIT_FILTER: return _("Filters");
    case CFA_HIT_RECENT: return _("Recent searches");
    case CFA_HIT_COMMAND: return _("Commands");
    case CFA_HIT_CONVERSATION: return _("Conversations");
    case CFA_HIT_VISITOR: return _("Visitors");
    case CFA_HIT_MESSAGE: return _("Messages");
    case CFA_HIT_CHANNEL:
    case CFA_HIT_TEAM_MESSAGE: return _("Team chat");
    }
  g_return_val_if_reached ("");
}

static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const char *section = section_of (cfa_search_row_get_hit (CFA_SEARCH_ROW (row)));
  GtkWidget *label;

  if (before != NULL && g_str_equal (section, section_of (cfa_search_row_get_hit (CFA_SEARCH_ROW (before)))))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (section);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "palette-heading");
  gtk_list_box_row_set_header (row, label);
}

static GtkWidget *
create_row (gpointer hit, gpointer data)
{
  CfaSearchPalette *self = data;

  return cfa_search_row_new (hit, self->session);
}

static void
reveal (CfaSearchPalette *self, GtkListBoxRow *row)
{
  GtkAdjustment *v = gtk_scrolled_window_get_vadjustment (self->scrolled);
  GtkWidget *header = gtk_list_box_row_get_header (row);
  double y;

  if (!gtk_widget_translate_coordinates (GTK_WIDGET (row), GTK_WIDGET (self->list_box), 0, 0, NULL, &y))
    return;
  gtk_adjustment_clamp_page (v, y - (header != NULL ? gtk_widget_get_height (header) : 0), y + gtk_widget_get_height (GTK_WIDGET (row)));
}

static void
choose (CfaSearchPalette *self, int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list_box, index);
  CfaSearchHit *hit;

  gtk_list_box_select_row (self->list_box, row);
  g_clear_pointer (&self->chosen_id, g_free);
  if (row == NULL)
    return;
  hit = cfa_search_row_get_hit (CFA_SEARCH_ROW (row));
  self->chosen_kind = hit->kind;
  self->chosen_id = g_strdup (hit->id);
  reveal (self, row);
}

static int
count (CfaSearchPalette *self)
{
  return (int) g_list_model_get_n_items (G_LIST_MODEL (self->results));
}

/* What the person has walked to stays chosen while more comes in; else the first is. */
static void
keep_chosen (CfaSearchPalette *self)
{
  int index = 0;

  for (int i = 0; self->walked && self->chosen_id != NULL && i < count (self); i++)
    {
      g_autoptr (CfaSearchHit) hit = g_list_model_get_item (G_LIST_MODEL (self->results), i);

      if (hit->kind == self->chosen_kind && g_str_equal (hit->id, self->chosen_id))
        index = i;
    }
  choose (self, index);
  update_stack (self);
}

static void
walk (CfaSearchPalette *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list_box);
  int at = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  if (count (self) == 0)
    return;
  self->walked = TRUE;
  choose (self, CLAMP (at + step, 0, count (self) - 1));
}

/* As it is said of a command in menus. */
static void
add_keys (CfaSearchPalette *self, CfaSearchHit *hit)
{
  GtkApplication *application = gtk_window_get_application (self->parent);
  g_auto (GStrv) accels = application != NULL ? gtk_application_get_accels_for_action (application, hit->id) : NULL;
  GdkModifierType modifiers;
  guint key;

  if (accels != NULL && accels[0] != NULL && gtk_accelerator_parse (accels[0], &key, &modifiers))
    hit->meta = gtk_accelerator_get_label (key, modifiers);
}

static gboolean
is_ready (const char *action, gpointer data)
{
  CfaSearchPalette *self = data;

  return self->ready (action, self->parent);
}

static void
add_recent (GPtrArray *hits)
{
  g_auto (GStrv) recent = cfa_recent_searches_load ();

  for (char **one = recent; *one != NULL; one++)
    g_ptr_array_add (hits, cfa_search_hit_new (CFA_HIT_RECENT, *one, *one, NULL, NULL));
}

/* What is known without a search: what the text may become, and commands; of an empty box, what was searched lately and what can be. */
static void
fill_box (CfaSearchPalette *self, const char *text, GDateTime *now)
{
  CfaDirectory *directory = cfa_session_get_directory (self->session);
  g_autoptr (GPtrArray) hits = cfa_search_terms_complete (text, directory, now);

  if (*text == '\0')
    {
      add_recent (hits);
      g_ptr_array_extend_and_steal (hits, cfa_search_terms_teach (text));
    }
  else if (!self->terms->filtered && self->terms->params->text != NULL)
    {
      g_autoptr (GPtrArray) commands = cfa_search_commands_find (self->terms->params->text, directory, is_ready, self);

      for (guint i = 0; i < commands->len; i++)
        add_keys (self, commands->pdata[i]);
      g_ptr_array_extend_and_steal (hits, g_steal_pointer (&commands));
      g_ptr_array_extend_and_steal (hits, cfa_search_channels_find (self->terms->params->text, cfa_session_get_channels (self->session)));
    }
  cfa_search_results_set (self->results, CFA_SOURCE_BOX, hits);
}

static void
on_server_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSearchPalette) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = cfa_session_search_server_finish (CFA_SESSION (source), result, &error);
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->server);
  if (hits != NULL)
    cfa_search_results_set (self->results, CFA_SOURCE_SERVER, hits);
  else
    words = g_strdup_printf (_("The server could not be searched: %s"), error->message);
  say_status (self, FALSE, words != NULL ? words : _("Searched here and on the server"));
  update_stack (self);
}

static gboolean
ask_server (gpointer data)
{
  CfaSearchPalette *self = data;

  self->server_source = 0;
  self->server = g_cancellable_new ();
  cfa_session_search_server_async (self->session, self->terms, self->server, on_server_found, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSearchPalette) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) hits = cfa_session_search_finish (CFA_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->local);
  if (error != NULL)
    g_warning ("search: %s", error->message);
  cfa_search_results_set (self->results, CFA_SOURCE_SERVER, NULL);
  cfa_search_results_set (self->results, CFA_SOURCE_CACHE, hits);
  update_stack (self);
}

static void
begin_search (CfaSearchPalette *self)
{
  if (self->terms->params->text == NULL && !self->terms->filtered)
    {
      cfa_search_results_set (self->results, CFA_SOURCE_SERVER, NULL);
      cfa_search_results_set (self->results, CFA_SOURCE_CACHE, NULL);
      say_status (self, FALSE, _("Enter opens · Up and Down choose · Escape closes"));
      return;
    }
  self->local = g_cancellable_new ();
  cfa_session_search_async (self->session, self->terms, self->local, on_found, g_object_ref (self));
  if (self->terms->params->text == NULL)
    say_status (self, FALSE, _("Searched on this computer. Add a word to search the server too."));
  else if (cfa_session_get_link (self->session) != CFA_LINK_LIVE)
    say_status (self, FALSE, _("You are offline: searched on this computer only"));
  else
    {
      say_status (self, TRUE, _("Searching the server…"));
      self->server_source = g_timeout_add (SERVER_DELAY_MS, ask_server, self);
    }
}

static void
on_changed (CfaSearchPalette *self)
{
  const char *text = gtk_editable_get_text (self->entry);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  stop (&self->local);
  stop (&self->server);
  g_clear_handle_id (&self->server_source, g_source_remove);
  g_clear_pointer (&self->terms, cfa_search_terms_free);
  self->walked = FALSE;
  self->terms = cfa_search_terms_new (text, cfa_session_get_directory (self->session), cfa_session_get_agent_id (self->session), now);
  gtk_label_set_label (self->problem_label, self->terms->problem != NULL ? self->terms->problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), self->terms->problem != NULL);
  begin_search (self);
  fill_box (self, text, now);
  keep_chosen (self);
}

static void
set_text (CfaSearchPalette *self, const char *text)
{
  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);
}

static gboolean
is_message (const CfaSearchHit *hit)
{
  return hit->kind == CFA_HIT_MESSAGE || hit->kind == CFA_HIT_TEAM_MESSAGE;
}

/* The window that called it does what was chosen, once this one is out of the way. */
static void
carry_out (CfaSearchPalette *self, CfaSearchHit *hit)
{
  g_autoptr (CfaSearchPalette) alive = g_object_ref (self);
  g_autoptr (CfaSearchHit) chosen = g_object_ref (hit);

  if (hit->kind != CFA_HIT_COMMAND)
    cfa_recent_searches_add (gtk_editable_get_text (self->entry));
  gtk_window_close (GTK_WINDOW (self));
  if (chosen->kind == CFA_HIT_COMMAND)
    g_signal_emit (self, signals[COMMAND], 0, chosen->id);
  else if (chosen->conversation_id != NULL)
    g_signal_emit (self, signals[OPEN], 0, chosen->conversation_id, is_message (chosen) ? chosen->id : NULL);
  else
    g_signal_emit (self, signals[OPEN_VISITOR], 0, chosen->visitor_id);
}

static void
on_activated (CfaSearchPalette *self, GtkListBoxRow *row)
{
  CfaSearchHit *hit = cfa_search_row_get_hit (CFA_SEARCH_ROW (row));

  if (hit->kind == CFA_HIT_FILTER || hit->kind == CFA_HIT_RECENT)
    {
      g_autofree char *text = g_strdup (hit->id);

      set_text (self, text);
      gtk_widget_grab_focus (GTK_WIDGET (self->entry));
      gtk_editable_set_position (self->entry, -1);
    }
  else
    carry_out (self, hit);
}

static void
on_enter (CfaSearchPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list_box);

  if (row != NULL)
    on_activated (self, row);
}

/* Tab finishes a filter that is being typed. */
static gboolean
complete (CfaSearchPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list_box);

  if (row == NULL || *gtk_editable_get_text (self->entry) == '\0' || cfa_search_row_get_hit (CFA_SEARCH_ROW (row))->kind != CFA_HIT_FILTER)
    return FALSE;
  on_activated (self, row);
  return TRUE;
}

static gboolean
on_key (CfaSearchPalette *self, guint key, guint code, GdkModifierType modifiers)
{
  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Down: case GDK_KEY_KP_Down: walk (self, 1); return TRUE;
    case GDK_KEY_Up: case GDK_KEY_KP_Up: walk (self, -1); return TRUE;
    case GDK_KEY_Page_Down: walk (self, PAGE_ROWS); return TRUE;
    case GDK_KEY_Page_Up: walk (self, -PAGE_ROWS); return TRUE;
    case GDK_KEY_Tab: return complete (self);
    default: break;
    }
  /* In the text, until the person is among the results. */
  if (!self->walked || (key != GDK_KEY_Home && key != GDK_KEY_End))
    return FALSE;
  walk (self, key == GDK_KEY_Home ? -count (self) : count (self));
  return TRUE;
}

static void
cfa_search_palette_dispose (GObject *object)
{
  CfaSearchPalette *self = CFA_SEARCH_PALETTE (object);

  stop (&self->local);
  stop (&self->server);
  g_clear_handle_id (&self->server_source, g_source_remove);
  if (self->results != NULL)
    g_signal_handlers_disconnect_by_data (self->results, self);
  g_clear_object (&self->results);
  g_clear_object (&self->session);
  g_clear_pointer (&self->terms, cfa_search_terms_free);
  g_clear_pointer (&self->chosen_id, g_free);
  G_OBJECT_CLASS (cfa_search_palette_parent_class)->dispose (object);
}

static void
cfa_search_palette_class_init (CfaSearchPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_search_palette_dispose;
  signals[COMMAND] = g_signal_new ("command", CFA_TYPE_SEARCH_PALETTE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[OPEN] = g_signal_new ("open", CFA_TYPE_SEARCH_PALETTE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[OPEN_VISITOR] = g_signal_new ("open-visitor", CFA_TYPE_SEARCH_PALETTE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/chatflow/ChatFlow/ui/search/search-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, CfaSearchPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, CfaSearchPalette, problem_label);
  gtk_widget_class_bind_template_child (widget_class, CfaSearchPalette, stack);
  gtk_widget_class_bind_template_child (widget_class, CfaSearchPalette, scrolled);
  gtk_widget_class_bind_template_child (widget_class, CfaSearchPalette, list_box);
  gtk_widget_class_bind_template_child (widget_class, CfaSearchPalette, spinner);
  gtk_widget_class_bind_template_child (widget_class, CfaSearchPalette, status_label);
  gtk_widget_class_bind_template_child (widget_class, CfaSearchPalette, nothing_page);
}

static void
cfa_search_palette_init (CfaSearchPalette *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->results = cfa_search_results_new ();
  gtk_list_box_set_header_func (self->list_box, update_header, NULL, NULL);
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (self->results), create_row, self, NULL);
  g_signal_connect_swapped (self->results, "items-changed", G_CALLBACK (keep_chosen), self); /* behind the rows */
  g_signal_connect_swapped (self->list_box, "row-activated", G_CALLBACK (on_activated), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_enter), self);
  g_signal_connect_swapped (self->entry, "stop-search", G_CALLBACK (gtk_window_close), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * cfa_search_palette_new:
 * @parent: the window above which it stands; what @ready is asked with
 * @session: where to search
 * @ready: which commands can be given
 *
 * Returns: (transfer none): the palette, to be presented
 */
CfaSearchPalette *
cfa_search_palette_new (GtkWindow *parent, CfaSession *session, CfaCommandReady ready)
{
  CfaSearchPalette *self = g_object_new (CFA_TYPE_SEARCH_PALETTE, "transient-for", parent, NULL);
  int width = gtk_widget_get_width (GTK_WIDGET (parent)), height = gtk_widget_get_height (GTK_WIDGET (parent));

  self->parent = parent;
  self->session = g_object_ref (session);
  self->ready = ready;
  gtk_window_set_default_size (GTK_WINDOW (self), MIN (width, WIDTH), MIN (height, HEIGHT));
  on_changed (self);
  return self;
}

/**
 * cfa_search_palette_begin:
 * The focus is in the box, and what stands there is about to be written over.
 */
void
cfa_search_palette_begin (CfaSearchPalette *self)
{
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}
