/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

static inline gboolean
wait_is_over (gpointer data)
{
  g_error ("waited too long at line %d", GPOINTER_TO_INT (data));
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until @condition holds; the time limit only turns a hang into a failure. */
#define wait_until(condition)                                                                                \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    guint wait_limit = g_timeout_add_seconds (30, wait_is_over, GINT_TO_POINTER (__LINE__));                  \
    while (!(condition))                                                                                     \
      g_main_context_iteration (NULL, TRUE);                                                                 \
    g_source_remove (wait_limit);                                                                            \
  }                                                                                                          \
  G_STMT_END

static inline void
wait_keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* Lets everything happen that was asked for before. */
static inline void
wait_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
