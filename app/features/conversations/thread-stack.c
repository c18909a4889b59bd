/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thread-stack.h"

#include <time.h>

/* The one that is shown, those that the keys lead to, and a few that were left: what a row costs is memory. */
#define THREADS_MAX 6
/* Of so many conversations without a thread it is known where the reader was; their messages stay loaded for that. */
#define PLACES_MAX 30

enum
{
  CHANGED,
  PAINTED,
  N_SIGNALS,
};

/* Where a reader was in a conversation whose thread is no longer here. */
typedef struct
{
  char *conversation_id;
  CfaMessageList *messages; /* kept, so that the anchor stays loaded */
  char *anchor;
  double offset;
} Place;

typedef struct
{
  CfaThreadStack *owner;
  CfaConversation *conversation; /* (nullable): until it has one */
  CfaMessageList *messages;      /* (nullable) */
  GtkWidget *scrolled;
  CfaMessageView *view;
  guint unread; /* as the view was told when it was prepared */
  gboolean seen; /* it has been shown with this conversation */
  gboolean stale; /* its layout is out of date */
  gboolean gone; /* it is to be let go of as soon as it is not shown any more */
} Thread;

struct _CfaThreadStack
{
  GtkWidget parent_instance;

  CfaSession *session;
  GPtrArray *threads; /* of Thread; the first one is shown, the last one is the first to go */
  GQueue wanted;      /* of CfaConversation: to be prepared in idle moments */
  GQueue places;      /* of Place, the newest first */
  guint source;
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaThreadStack, cfa_thread_stack, GTK_TYPE_WIDGET)

static void
place_free (Place *place)
{
  g_clear_object (&place->messages);
  g_free (place->conversation_id);
  g_free (place->anchor);
  g_free (place);
}

/* Returns: (transfer full) (nullable): where the reader was, which is not known any more then */
static Place *
take_place (CfaThreadStack *self, const char *id)
{
  for (GList *l = self->places.head; l != NULL; l = l->next)
    {
      Place *place = l->data;

      if (g_str_equal (place->conversation_id, id))
        {
          g_queue_delete_link (&self->places, l);
          return place;
        }
    }
  return NULL;
}

static void
forget_places (CfaThreadStack *self)
{
  g_queue_clear_full (&self->places, (GDestroyNotify) place_free);
}

static Thread *
shown (CfaThreadStack *self)
{
  return self->threads->pdata[0];
}

static Thread *
find (CfaThreadStack *self, const char *id)
{
  for (guint i = 0; i < self->threads->len; i++)
    {
      Thread *thread = self->threads->pdata[i];

      if (thread->conversation != NULL && g_strcmp0 (cfa_conversation_get_id (thread->conversation), id) == 0)
        return thread;
    }
  return NULL;
}

static gboolean work (gpointer data);

/* Behind everything that a person waits for. */
static void
queue_work (CfaThreadStack *self)
{
  if (self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_LOW, work, self, NULL);
}

static void
on_view_notify (Thread *thread)
{
  if (thread == shown (thread->owner))
    g_signal_emit (thread->owner, signals[CHANGED], 0);
}

static void
on_messages_changed (Thread *thread)
{
  thread->stale = TRUE;
  if (thread != shown (thread->owner))
    queue_work (thread->owner);
}

/* The reader's place outlives the thread. */
static void
remember (Thread *thread)
{
  double offset;
  g_autofree char *anchor = thread->seen && !thread->gone ? cfa_message_view_dup_anchor (thread->view, &offset) : NULL;
  Place *place;

  if (anchor == NULL)
    return;
  place = g_new0 (Place, 1);
  place->conversation_id = g_strdup (cfa_conversation_get_id (thread->conversation));
  place->messages = g_object_ref (thread->messages);
  place->anchor = g_steal_pointer (&anchor);
  place->offset = offset;
  g_queue_push_head (&thread->owner->places, place);
  if (thread->owner->places.length > PLACES_MAX)
    place_free (g_queue_pop_tail (&thread->owner->places));
}

static void
thread_empty (Thread *thread)
{
  if (thread->conversation == NULL)
    return;
  g_signal_handlers_disconnect_by_data (thread->messages, thread);
  cfa_message_view_set_messages (thread->view, NULL, 0);
  g_clear_object (&thread->messages);
  g_clear_object (&thread->conversation);
  thread->seen = thread->gone = FALSE;
}

static void
thread_free (Thread *thread)
{
  g_signal_handlers_disconnect_by_data (thread->view, thread);
  if (thread->messages != NULL)
    g_signal_handlers_disconnect_by_data (thread->messages, thread);
  g_clear_object (&thread->messages);
  g_clear_object (&thread->conversation);
  gtk_widget_unparent (thread->scrolled);
  g_free (thread);
}

static void
thread_set_shown (Thread *thread, gboolean is_shown)
{
  GtkWidget *self = GTK_WIDGET (thread->owner);

  if (!is_shown && gtk_widget_get_focus_child (self) == thread->scrolled)
    gtk_root_set_focus (gtk_widget_get_root (self), NULL);
  gtk_widget_set_child_visible (thread->scrolled, is_shown);
  gtk_accessible_update_state (GTK_ACCESSIBLE (thread->scrolled), GTK_ACCESSIBLE_STATE_HIDDEN, !is_shown, -1);
}

static Thread *
thread_new (CfaThreadStack *self)
{
  Thread *thread = g_new0 (Thread, 1);

  thread->owner = self;
  thread->view = g_object_new (CFA_TYPE_MESSAGE_VIEW, NULL);
  thread->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (thread->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (thread->scrolled), GTK_WIDGET (thread->view));
  gtk_widget_set_parent (thread->scrolled, GTK_WIDGET (self));
  cfa_message_view_set_session (thread->view, self->session);
  g_signal_connect_swapped (thread->view, "notify", G_CALLBACK (on_view_notify), thread);
  return thread;
}

/* Measured anew first, as GTK wants it; what has not changed costs nothing. */
static void
lay_out (Thread *thread, int width, int height)
{
  GtkAllocation allocation = { 0, 0, width, height };
  int minimum;

  thread->stale = FALSE;
  gtk_widget_measure (thread->scrolled, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_measure (thread->scrolled, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (thread->scrolled, &allocation, -1);
}

static void
fill (Thread *thread, CfaConversation *conversation)
{
  CfaThreadStack *self = thread->owner;
  Place *place = take_place (self, cfa_conversation_get_id (conversation));

  thread->conversation = g_object_ref (conversation);
  thread->messages = cfa_session_open_messages (self->session, conversation);
  thread->unread = cfa_conversation_get_unread (conversation);
  cfa_message_view_set_messages (thread->view, thread->messages, thread->unread);
  if (place != NULL)
    cfa_message_view_set_anchor (thread->view, place->anchor, place->offset);
  thread->seen = place != NULL;
  g_clear_pointer (&place, place_free);
  g_signal_connect_swapped (thread->messages, "items-changed", G_CALLBACK (on_messages_changed), thread);
  thread->stale = TRUE;
}

/* A thread for another conversation, at @index from now on: a new one, or else that which nobody has wanted for longest. Its rows are used again. */
static Thread *
take_thread (CfaThreadStack *self, guint index)
{
  Thread *last = self->threads->pdata[self->threads->len - 1];
  Thread *thread = last;

  if (last->conversation != NULL && self->threads->len < THREADS_MAX)
    thread = thread_new (self);
  else
    {
      g_ptr_array_steal_index (self->threads, self->threads->len - 1);
      if (thread->conversation != NULL)
        remember (thread);
      thread_empty (thread);
    }
  thread_set_shown (thread, FALSE);
  g_ptr_array_insert (self->threads, MIN (index, self->threads->len), thread);
  return thread;
}

static void
move_to (CfaThreadStack *self, Thread *thread, guint index)
{
  guint from;

  g_ptr_array_find (self->threads, thread, &from);
  g_ptr_array_steal_index (self->threads, from);
  g_ptr_array_insert (self->threads, index, thread);
}

static void
prepare (CfaThreadStack *self, CfaConversation *conversation)
{
  Thread *thread = find (self, cfa_conversation_get_id (conversation));

  if (thread != NULL && thread != shown (self))
    move_to (self, thread, 1);
  if (thread != NULL || shown (self)->conversation == NULL)
    return;
  fill (take_thread (self, 1), conversation);
  g_debug ("conversation %s prepared", cfa_conversation_get_id (conversation));
}

/* One thing at a time, so that no key waits for more. */
static gboolean
work (gpointer data)
{
  CfaThreadStack *self = data;
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));

  for (guint i = 1; i < self->threads->len && width > 0; i++)
    {
      Thread *thread = self->threads->pdata[i];

      if (thread->stale)
        {
          lay_out (thread, width, height);
          return G_SOURCE_CONTINUE;
        }
    }
  if (!g_queue_is_empty (&self->wanted))
    {
      g_autoptr (CfaConversation) conversation = g_queue_pop_head (&self->wanted);

      prepare (self, conversation);
      return G_SOURCE_CONTINUE;
    }
  self->source = 0;
  return G_SOURCE_REMOVE;
}

static void
stop_wanting (CfaThreadStack *self)
{
  g_queue_clear_full (&self->wanted, g_object_unref);
}

/* On the processor, by this thread, in µs. */
static gint64
processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Whoever measures the opening of a conversation wants to know of the first frame with its messages. */
static void
on_painted (GdkFrameClock *clock, CfaThreadStack *self)
{
  CfaMessageList *messages = shown (self)->messages;
  const char *id = shown (self)->conversation != NULL ? cfa_conversation_get_id (shown (self)->conversation) : "";
  guint n = messages != NULL ? g_list_model_get_n_items (G_LIST_MODEL (messages)) : 0;

  if (n == 0 && messages != NULL && cfa_message_list_get_loading (messages))
    return;
  g_signal_handlers_disconnect_by_func (clock, on_painted, self);
  g_debug ("conversation %s painted with %u messages at %" G_GINT64_FORMAT ", processor time %" G_GINT64_FORMAT, id, n, g_get_monotonic_time (), processor_time ());
  g_signal_emit (self, signals[PAINTED], 0);
}

static void
await_paint (CfaThreadStack *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  /* Nothing was shown here yet: the frame is asked for when it can be. */
  if (clock == NULL)
    {
      g_signal_handlers_disconnect_by_func (self, await_paint, NULL);
      g_signal_connect_after (self, "map", G_CALLBACK (await_paint), NULL);
      return;
    }
  g_signal_handlers_disconnect_by_func (self, await_paint, NULL);
  g_signal_handlers_disconnect_by_func (clock, on_painted, self);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_painted), self, 0);
  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
}

/* What is not there any more for this agent must not stay in memory either. */
static void
on_gone (CfaThreadStack *self, const char *id)
{
  Thread *thread = find (self, id);
  Place *place = take_place (self, id);

  g_clear_pointer (&place, place_free);
  if (thread == NULL)
    return;
  thread->gone = TRUE;
  if (thread == shown (self))
    return;
  thread_empty (thread);
  move_to (self, thread, self->threads->len - 1);
}

/* The server was restored: nobody knows what is still there. */
static void
on_reset (CfaThreadStack *self)
{
  stop_wanting (self);
  forget_places (self);
  for (guint i = 0; i < self->threads->len; i++)
    {
      Thread *thread = self->threads->pdata[i];

      thread->gone = thread->conversation != NULL;
      if (thread != shown (self))
        thread_empty (thread);
    }
}

static GtkSizeRequestMode
cfa_thread_stack_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (shown (CFA_THREAD_STACK (widget))->scrolled);
}

static void
cfa_thread_stack_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                          int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (shown (CFA_THREAD_STACK (widget))->scrolled, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
cfa_thread_stack_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CfaThreadStack *self = CFA_THREAD_STACK (widget);

  lay_out (shown (self), width, height);
  for (guint i = 1; i < self->threads->len; i++)
    {
      Thread *thread = self->threads->pdata[i];

      if (gtk_widget_get_width (thread->scrolled) == width && gtk_widget_get_height (thread->scrolled) == height)
        continue;
      thread->stale = TRUE;
      queue_work (self);
    }
}

static void
cfa_thread_stack_dispose (GObject *object)
{
  CfaThreadStack *self = CFA_THREAD_STACK (object);

  g_clear_handle_id (&self->source, g_source_remove);
  stop_wanting (self);
  for (guint i = 0; i < self->threads->len; i++)
    thread_free (self->threads->pdata[i]);
  g_ptr_array_set_size (self->threads, 0);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (cfa_thread_stack_parent_class)->dispose (object);
}

static void
cfa_thread_stack_finalize (GObject *object)
{
  CfaThreadStack *self = CFA_THREAD_STACK (object);

  g_ptr_array_unref (self->threads);
  forget_places (self);
  G_OBJECT_CLASS (cfa_thread_stack_parent_class)->finalize (object);
}

static void
cfa_thread_stack_class_init (CfaThreadStackClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cfa_thread_stack_dispose;
  G_OBJECT_CLASS (klass)->finalize = cfa_thread_stack_finalize;
  widget_class->get_request_mode = cfa_thread_stack_get_request_mode;
  widget_class->measure = cfa_thread_stack_measure;
  widget_class->size_allocate = cfa_thread_stack_size_allocate;
  signals[CHANGED] = g_signal_new ("changed", CFA_TYPE_THREAD_STACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PAINTED] = g_signal_new ("painted", CFA_TYPE_THREAD_STACK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_thread_stack_init (CfaThreadStack *self)
{
  self->threads = g_ptr_array_new ();
  g_queue_init (&self->places);
  g_queue_init (&self->wanted);
  g_ptr_array_add (self->threads, thread_new (self));
}

/**
 * cfa_thread_stack_set_session:
 * @self: a stack that shows nothing
 * @session: (nullable): whose conversations it shows from now on
 */
void
cfa_thread_stack_set_session (CfaThreadStack *self, CfaSession *session)
{
  cfa_thread_stack_clear (self);
  forget_places (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    {
      g_signal_connect_swapped (session, "gone", G_CALLBACK (on_gone), self);
      g_signal_connect_swapped (session, "reset", G_CALLBACK (on_reset), self);
    }
  for (guint i = 0; i < self->threads->len; i++)
    cfa_message_view_set_session (((Thread *) self->threads->pdata[i])->view, session);
}

/**
 * cfa_thread_stack_show:
 * @self: a stack with a session
 * @conversation: what to show
 *
 * Shows it as it was left; what is unread by now is marked, and where nobody had scrolled up it opens there.
 *
 * Returns: (transfer none): its messages
 */
CfaMessageList *
cfa_thread_stack_show (CfaThreadStack *self, CfaConversation *conversation)
{
  Thread *old = shown (self), *thread = find (self, cfa_conversation_get_id (conversation));
  guint unread = cfa_conversation_get_unread (conversation);

  stop_wanting (self);
  if (thread == NULL)
    fill (thread = take_thread (self, 0), conversation);
  else if (thread->seen || thread->unread != unread)
    cfa_message_view_visit (thread->view, unread);
  move_to (self, thread, 0);
  thread->seen = TRUE;
  if (thread != old)
    thread_set_shown (old, FALSE);
  if (thread != old && old->gone)
    thread_empty (old);
  thread_set_shown (thread, TRUE);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  await_paint (self);
  return thread->messages;
}

/**
 * cfa_thread_stack_prepare:
 * @self: a stack with a session
 * @conversation: what may be shown next
 *
 * Reads it and lays it out when there is nothing else to do. Nobody is told that it is looked at, and nothing in it becomes read by that.
 */
void
cfa_thread_stack_prepare (CfaThreadStack *self, CfaConversation *conversation)
{
  g_queue_push_tail (&self->wanted, g_object_ref (conversation));
  queue_work (self);
}

/**
 * cfa_thread_stack_clear:
 * @self: a stack
 *
 * Lets go of all conversations. Where their readers were is remembered.
 */
void
cfa_thread_stack_clear (CfaThreadStack *self)
{
  stop_wanting (self);
  for (guint i = 0; i < self->threads->len; i++)
    {
      Thread *thread = self->threads->pdata[i];

      if (thread->conversation != NULL)
        remember (thread);
      thread_empty (thread);
    }
}

/**
 * cfa_thread_stack_get_view:
 * @self: a stack
 *
 * Returns: (transfer none): the view that is shown, until another conversation is; an empty one before the first
 */
CfaMessageView *
cfa_thread_stack_get_view (CfaThreadStack *self)
{
  return shown (self)->view;
}

/**
 * cfa_thread_stack_refresh_days:
 * @self: a stack
 *
 * Writes the day headings anew, at midnight.
 */
void
cfa_thread_stack_refresh_days (CfaThreadStack *self)
{
  for (guint i = 0; i < self->threads->len; i++)
    cfa_message_view_refresh_days (((Thread *) self->threads->pdata[i])->view);
}
