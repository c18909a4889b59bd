/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel.h"

#include <glib/gi18n-lib.h>

struct _CfaChannel
{
  GObject parent_instance;
  char *agent_id;
  CfaDirectory *directory;
  CfChannel *record;
  guint unread;
  char *typing; /* (nullable): name of who types */
  char *draft;  /* (nullable) */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CfaChannel, cfa_channel, G_TYPE_OBJECT)

static void
cfa_channel_finalize (GObject *object)
{
  CfaChannel *self = CFA_CHANNEL (object);

  g_free (self->agent_id);
  g_object_unref (self->directory);
  cf_struct_unref (self->record);
  g_free (self->typing);
  g_free (self->draft);
  G_OBJECT_CLASS (cfa_channel_parent_class)->finalize (object);
}

static void
cfa_channel_class_init (CfaChannelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_channel_finalize;
  changed_signal = g_signal_new ("changed", CFA_TYPE_CHANNEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_channel_init (CfaChannel *self)
{
}

/**
 * cfa_channel_new:
 * @agent_id: who is signed in
 */
CfaChannel *
cfa_channel_new (const char *agent_id, CfaDirectory *directory, CfChannel *record)
{
  CfaChannel *self = g_object_new (CFA_TYPE_CHANNEL, NULL);

  self->agent_id = g_strdup (agent_id);
  self->directory = g_object_ref (directory);
  self->record = cf_struct_ref (record);
  return self;
}

void
cfa_channel_set_record (CfaChannel *self, CfChannel *record)
{
  g_autoptr (CfChannel) before = self->record;

  self->record = cf_struct_ref (record);
  cfa_channel_touch (self);
}

void
cfa_channel_set_unread (CfaChannel *self, guint unread)
{
  if (self->unread == unread)
    return;
  self->unread = unread;
  cfa_channel_touch (self);
}

/**
 * cfa_channel_set_typing:
 * @name: (nullable): who types
 */
void
cfa_channel_set_typing (CfaChannel *self, const char *name)
{
  if (g_strcmp0 (self->typing, name) == 0)
    return;
  g_free (self->typing);
  self->typing = g_strdup (name);
  cfa_channel_touch (self);
}

/**
 * cfa_channel_set_draft:
 * @draft: (nullable): what stands in the composer
 */
void
cfa_channel_set_draft (CfaChannel *self, const char *draft)
{
  g_autofree char *before = self->draft;

  self->draft = draft != NULL && *draft != '\0' ? g_strdup (draft) : NULL;
}

/**
 * cfa_channel_touch:
 * What is known around it, such as who is there, has changed.
 */
void
cfa_channel_touch (CfaChannel *self)
{
  g_signal_emit (self, changed_signal, 0);
}

const CfChannel *
cfa_channel_get_record (CfaChannel *self)
{
  return self->record;
}

const char *
cfa_channel_get_id (CfaChannel *self)
{
  return self->record->parent.id;
}

gboolean
cfa_channel_is_direct (CfaChannel *self)
{
  return self->record->kind == CF_CHANNEL_DIRECT;
}

/**
 * cfa_channel_get_colleague:
 * Returns: (nullable): whom a direct channel is with; NULL of a group
 */
const char *
cfa_channel_get_colleague (CfaChannel *self)
{
  for (guint i = 0; cfa_channel_is_direct (self) && self->record->members != NULL && self->record->members[i] != NULL; i++)
    if (g_strcmp0 (self->record->members[i], self->agent_id) != 0)
      return self->record->members[i];
  return NULL;
}

static const char *
name_of (CfaChannel *self, const char *agent_id)
{
  const char *name = cfa_directory_get_name (self->directory, agent_id);

  return name != NULL ? name : _("A colleague");
}

/**
 * cfa_channel_dup_title:
 * Returns: (transfer full): the group's name, or the colleague's.
 */
char *
cfa_channel_dup_title (CfaChannel *self)
{
  return g_strdup (cfa_channel_is_direct (self) || self->record->name == NULL ? name_of (self, cfa_channel_get_colleague (self)) : self->record->name);
}

/**
 * cfa_channel_dup_members:
 * Returns: (transfer full): who else is in it, by name.
 */
char *
cfa_channel_dup_members (CfaChannel *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; self->record->members != NULL && self->record->members[i] != NULL; i++)
    if (g_strcmp0 (self->record->members[i], self->agent_id) != 0)
      g_ptr_array_add (names, (gpointer) name_of (self, self->record->members[i]));
  if (names->len == 0)
    return g_strdup (_("Only you"));
  g_ptr_array_add (names, NULL);
  /* Translators: between the names of colleagues */
  return g_strjoinv (C_("list", ", "), (char **) names->pdata);
}

/**
 * cfa_channel_get_presence:
 * Returns: whether the colleague is there; of a group CF_PRESENCE_NONE.
 */
CfPresenceState
cfa_channel_get_presence (CfaChannel *self)
{
  return cfa_channel_is_direct (self) ? cfa_directory_get_presence (self->directory, cfa_channel_get_colleague (self)) : CF_PRESENCE_NONE;
}

guint
cfa_channel_get_unread (CfaChannel *self)
{
  return self->unread;
}

/**
 * cfa_channel_get_typing:
 * Returns: (nullable): who types there.
 */
const char *
cfa_channel_get_typing (CfaChannel *self)
{
  return self->typing;
}

/**
 * cfa_channel_get_draft:
 * Returns: (nullable): what was left in the composer.
 */
const char *
cfa_channel_get_draft (CfaChannel *self)
{
  return self->draft;
}
