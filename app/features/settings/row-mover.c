/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row-mover.h"

/* What a row carries while it is dragged; no other text is taken for it. */
#define DRAGGED "chatflow-row:"

/* What is known of a row that can be moved. */
typedef struct
{
  char *id;
  CfaRowMoved moved;
  gboolean fixed; /* only others move past it */
} Mover;

static void
mover_free (gpointer data)
{
  Mover *mover = data;

  g_free (mover->id);
  g_free (mover);
}

/* Returns: (nullable) */
static Mover *
mover_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "mover");
}

static void
move (GtkWidget *row, const char *id, const char *onto)
{
  if (g_strcmp0 (id, onto) != 0)
    mover_of (row)->moved (row, id, onto);
}

/* Returns: (transfer none) (nullable): the next row in that direction that a person sees and can move */
static GtkWidget *
neighbour (GtkWidget *row, int step)
{
  GtkWidget *list = gtk_widget_get_parent (row);
  int place = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) + step;
  GtkListBoxRow *other = place >= 0 ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), place) : NULL;

  return other != NULL && mover_of (GTK_WIDGET (other)) != NULL ? GTK_WIDGET (other) : NULL;
}

static gboolean
on_key (GtkWidget *row, GVariant *step, gpointer data)
{
  GtkWidget *other = neighbour (row, g_variant_get_int32 (step));

  if (other != NULL && !mover_of (row)->fixed)
    move (row, mover_of (row)->id, mover_of (other)->id);
  return TRUE;
}

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, GtkWidget *row)
{
  g_autofree char *dragged = g_strconcat (DRAGGED, mover_of (row)->id, NULL);

  return gtk_widget_get_sensitive (row) && !mover_of (row)->fixed ? gdk_content_provider_new_typed (G_TYPE_STRING, dragged) : NULL;
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, GtkWidget *row)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, GtkWidget *row)
{
  const char *dragged = g_value_get_string (value);

  if (dragged == NULL || !g_str_has_prefix (dragged, DRAGGED))
    return FALSE;
  move (row, dragged + strlen (DRAGGED), mover_of (row)->id);
  return TRUE;
}

static void
add_key (GtkEventController *keys, guint key, GdkModifierType modifiers, int step)
{
  GtkShortcut *shortcut = gtk_shortcut_new_with_arguments (gtk_keyval_trigger_new (key, modifiers), gtk_callback_action_new (on_key, NULL, NULL),
                                                           "i", step);

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

/**
 * cfa_row_mover_add:
 * @row: a GtkListBoxRow of a list in which all can be moved
 * @id: of what it shows
 *
 * Lets the person move it: by dragging it, or with Alt and the arrow keys.
 */
void
cfa_row_mover_add (GtkWidget *row, const char *id, CfaRowMoved moved)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE);
  GtkEventController *keys = gtk_shortcut_controller_new ();
  Mover *mover = g_new0 (Mover, 1);

  mover->id = g_strdup (id);
  mover->moved = moved;
  g_object_set_data_full (G_OBJECT (row), "mover", mover, mover_free);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), row);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), row);
  add_key (keys, GDK_KEY_Up, GDK_ALT_MASK, -1);
  add_key (keys, GDK_KEY_Down, GDK_ALT_MASK, 1);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
  gtk_widget_add_controller (row, keys);
}

/**
 * cfa_row_mover_set_fixed:
 * @row: one that was given to cfa_row_mover_add()
 * @fixed: whether the person may not move it; others still move past it
 */
void
cfa_row_mover_set_fixed (GtkWidget *row, gboolean fixed)
{
  mover_of (row)->fixed = fixed;
}
