/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ripening.h"

#include "protocol/id.h"

#define LOOK_SECONDS 15

struct _CfaRipening
{
  GObject parent_instance;
  CfaCache *cache;
  gboolean looking;
  guint source;
};

static guint delta_signal;

G_DEFINE_FINAL_TYPE (CfaRipening, cfa_ripening, G_TYPE_OBJECT)

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaRipening) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfaDelta) delta = cfa_cache_delta_finish (result, &error);

  self->looking = FALSE;
  if (delta == NULL)
    g_message ("the views could not be brought up to date: %s", error->message);
  else if (delta->conversations->len > 0)
    g_signal_emit (self, delta_signal, 0, delta);
}

static gboolean
look (gpointer data)
{
  CfaRipening *self = data;

  if (self->looking || self->cache == NULL)
    return G_SOURCE_CONTINUE;
  self->looking = TRUE;
  cfa_cache_ripen_async (self->cache, cf_now (), on_looked, g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

static void
cfa_ripening_dispose (GObject *object)
{
  CfaRipening *self = CFA_RIPENING (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_object (&self->cache);
  G_OBJECT_CLASS (cfa_ripening_parent_class)->dispose (object);
}

static void
cfa_ripening_class_init (CfaRipeningClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_ripening_dispose;
  delta_signal = g_signal_new ("delta", CFA_TYPE_RIPENING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cfa_ripening_init (CfaRipening *self)
{
}

/**
 * cfa_ripening_new:
 * Looks at once, for the time in which the program did not run, and then again and again until it is disposed of.
 */
CfaRipening *
cfa_ripening_new (CfaCache *cache)
{
  CfaRipening *self = g_object_new (CFA_TYPE_RIPENING, NULL);

  self->cache = g_object_ref (cache);
  self->source = g_timeout_add_seconds (LOOK_SECONDS, look, self);
  look (self);
  return self;
}
