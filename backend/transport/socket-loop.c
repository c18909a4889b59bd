/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "socket-loop.h"

#include <errno.h>
#include <gio/gio.h>
#include <sys/epoll.h>
#include <unistd.h>

#define EVENTS_PER_TURN 256

typedef struct
{
  GSource source;
  CfdSocketLoop *loop;
  gpointer tag;
} LoopSource;

struct _CfdSocketLoop
{
  int epoll;
  LoopSource *source;
  CfdTimerWheel *wheel;
  CfdTurnEnd turn_end;
  gpointer data;
  gboolean awake; /* something waits for the turn's end */
  struct epoll_event events[EVENTS_PER_TURN];
  int n_events; /* of the turn that runs */
};

/* Milliseconds to the next timer, rounded up; -1 = none. */
static int
timeout_of (CfdSocketLoop *self)
{
  guint32 tick;
  gint64 wait;

  if (self->awake)
    return 0;
  if (!cfd_timer_wheel_next (self->wheel, &tick))
    return -1;
  wait = (gint64) tick * G_USEC_PER_SEC - g_get_monotonic_time ();
  return wait > 0 ? (wait + 999) / 1000 : 0;
}

/* What other sources queued since the last turn is seen here, before the context sleeps. */
static gboolean
source_prepare (GSource *source, int *timeout)
{
  *timeout = timeout_of (((LoopSource *) source)->loop);
  return *timeout == 0;
}

static gboolean
source_check (GSource *source)
{
  LoopSource *self = (LoopSource *) source;

  return g_source_query_unix_fd (source, self->tag) != 0 || timeout_of (self->loop) == 0;
}

static void
end_turn (CfdSocketLoop *self)
{
  self->awake = FALSE;
  cfd_timer_wheel_advance (self->wheel, cfd_timer_now ());
  self->turn_end (self->data);
}

static gboolean
source_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  LoopSource *self = (LoopSource *) source;

  if (g_source_query_unix_fd (source, self->tag) != 0)
    cfd_socket_loop_turn (self->loop, 0);
  else
    end_turn (self->loop);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { source_prepare, source_check, source_dispatch, NULL, NULL, NULL };

/**
 * cfd_socket_loop_new:
 * @context: (nullable): where it runs; with default priority, so that neither sockets nor answers to them starve
 * @turn_end: called at the end of every turn
 *
 * Returns: (transfer full): a loop without sockets
 */
CfdSocketLoop *
cfd_socket_loop_new (GMainContext *context, CfdTurnEnd turn_end, gpointer data, GError **error)
{
  CfdSocketLoop *self;
  int epoll = epoll_create1 (EPOLL_CLOEXEC);

  if (epoll < 0)
    {
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "no event queue: %s", g_strerror (errno));
      return NULL;
    }
  self = g_new0 (CfdSocketLoop, 1);
  self->epoll = epoll;
  self->turn_end = turn_end;
  self->data = data;
  self->wheel = cfd_timer_wheel_new (cfd_timer_now ());
  self->source = (LoopSource *) g_source_new (&source_funcs, sizeof (LoopSource));
  self->source->loop = self;
  self->source->tag = g_source_add_unix_fd (&self->source->source, epoll, G_IO_IN);
  g_source_set_static_name (&self->source->source, "sockets");
  /* GLib takes the descriptor of a source that may not recurse out of its set while it runs, and wakes itself up twice for it. */
  g_source_set_can_recurse (&self->source->source, TRUE);
  g_source_attach (&self->source->source, context);
  return self;
}

/**
 * cfd_socket_loop_free:
 *
 * All watches must have been removed, all timers cleared.
 */
void
cfd_socket_loop_free (CfdSocketLoop *self)
{
  g_source_destroy (&self->source->source);
  g_source_unref (&self->source->source);
  cfd_timer_wheel_free (self->wheel);
  close (self->epoll);
  g_free (self);
}

/**
 * cfd_socket_loop_add:
 * @watch: stays the caller's and in place until it is removed
 *
 * Returns: FALSE when the kernel has no room
 */
gboolean
cfd_socket_loop_add (CfdSocketLoop *self, CfdWatch *watch, guint32 events)
{
  struct epoll_event event = { .events = events, .data.ptr = watch };

  return epoll_ctl (self->epoll, EPOLL_CTL_ADD, watch->fd, &event) == 0;
}

void
cfd_socket_loop_change (CfdSocketLoop *self, CfdWatch *watch, guint32 events)
{
  struct epoll_event event = { .events = events, .data.ptr = watch };

  epoll_ctl (self->epoll, EPOLL_CTL_MOD, watch->fd, &event);
}

/**
 * cfd_socket_loop_remove:
 *
 * Call it before the descriptor is closed. The watch's function is not called any more, in this turn either.
 */
void
cfd_socket_loop_remove (CfdSocketLoop *self, CfdWatch *watch)
{
  epoll_ctl (self->epoll, EPOLL_CTL_DEL, watch->fd, NULL);
  for (int i = 0; i < self->n_events; i++)
    if (self->events[i].data.ptr == watch)
      self->events[i].data.ptr = NULL;
}

/**
 * cfd_socket_loop_wake:
 *
 * There is something for the turn's end: the next turn comes before the context sleeps. Main loop only.
 */
void
cfd_socket_loop_wake (CfdSocketLoop *self)
{
  self->awake = TRUE;
}

/**
 * cfd_socket_loop_flush:
 *
 * Ends a turn, if something waits for that. Without it the context first looks at all its sources once more.
 */
void
cfd_socket_loop_flush (CfdSocketLoop *self)
{
  if (self->awake)
    end_turn (self);
}

/**
 * cfd_socket_loop_turn:
 * @timeout_ms: how long to wait for the first event
 *
 * Runs one turn. The main context calls it; whoever shuts down may, too.
 */
void
cfd_socket_loop_turn (CfdSocketLoop *self, int timeout_ms)
{
  int n = epoll_wait (self->epoll, self->events, EVENTS_PER_TURN, self->awake ? 0 : timeout_ms);

  self->n_events = MAX (n, 0);
  for (int i = 0; i < self->n_events; i++)
    {
      CfdWatch *watch = self->events[i].data.ptr;

      if (watch != NULL)
        watch->ready (watch, self->events[i].events);
    }
  self->n_events = 0;
  end_turn (self);
}

/**
 * cfd_socket_loop_get_wheel:
 *
 * Returns: (transfer none): the timers of this loop
 */
CfdTimerWheel *
cfd_socket_loop_get_wheel (CfdSocketLoop *self)
{
  return self->wheel;
}
