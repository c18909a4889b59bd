/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "profiles.h"

struct _CfaProfiles
{
  GObject parent_instance;
  CfaCache *cache;
  GHashTable *open; /* asked id -> GWeakRef of CfaVisitor */
};

G_DEFINE_FINAL_TYPE (CfaProfiles, cfa_profiles, G_TYPE_OBJECT)

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaVisitor) visitor = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = cfa_cache_array_finish (result, &error);

  if (records != NULL)
    cfa_visitor_take (visitor, records);
  else
    g_message ("a visitor could not be read from the cache: %s", error->message);
}

static void
read_again (CfaProfiles *self, CfaVisitor *visitor)
{
  if (self->cache != NULL)
    cfa_cache_visitor_async (self->cache, cfa_visitor_get_asked (visitor), on_read, g_object_ref (visitor));
}

static void
cfa_profiles_dispose (GObject *object)
{
  CfaProfiles *self = CFA_PROFILES (object);

  g_clear_object (&self->cache);
  g_clear_pointer (&self->open, g_hash_table_unref);
  G_OBJECT_CLASS (cfa_profiles_parent_class)->dispose (object);
}

static void
cfa_profiles_class_init (CfaProfilesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_profiles_dispose;
}

static void
cfa_profiles_init (CfaProfiles *self)
{
  self->open = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, weak_free);
}

CfaProfiles *
cfa_profiles_new (CfaCache *cache)
{
  CfaProfiles *self = g_object_new (CFA_TYPE_PROFILES, NULL);

  self->cache = g_object_ref (cache);
  return self;
}

CfaVisitor *
cfa_profiles_open (CfaProfiles *self, const char *visitor_id)
{
  GWeakRef *weak = g_hash_table_lookup (self->open, visitor_id);
  CfaVisitor *visitor = weak != NULL ? g_weak_ref_get (weak) : NULL;

  if (visitor != NULL)
    return visitor;
  visitor = cfa_visitor_new (visitor_id);
  if (weak == NULL)
    {
      weak = g_new0 (GWeakRef, 1);
      g_weak_ref_init (weak, NULL);
      g_hash_table_insert (self->open, g_strdup (visitor_id), weak);
    }
  g_weak_ref_set (weak, visitor);
  read_again (self, visitor);
  return visitor;
}

/* Returns: (transfer full): those that somebody holds, of CfaVisitor; the others are forgotten. */
static GPtrArray *
dup_open (CfaProfiles *self)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer weak;

  g_hash_table_iter_init (&iter, self->open);
  while (g_hash_table_iter_next (&iter, NULL, &weak))
    {
      CfaVisitor *visitor = g_weak_ref_get (weak);

      if (visitor != NULL)
        g_ptr_array_add (all, visitor);
      else
        g_hash_table_iter_remove (&iter);
    }
  return all;
}

/**
 * cfa_profiles_follow:
 * @records: of CfRecord: what the cache has kept
 */
void
cfa_profiles_follow (CfaProfiles *self, GPtrArray *records)
{
  g_autoptr (GPtrArray) open = dup_open (self);

  for (guint i = 0; i < open->len; i++)
    for (guint k = 0; k < records->len; k++)
      {
        const CfRecord *record = records->pdata[k];

        if (record->parent.shape != &cf_visitor_shape || !cfa_visitor_concerns (open->pdata[i], (const CfVisitor *) record))
          continue;
        read_again (self, open->pdata[i]);
        break;
      }
}

/**
 * cfa_profiles_set_writes:
 * @visitor_id: whose @writes, of CfaOutboxRow, wait for the server
 */
void
cfa_profiles_set_writes (CfaProfiles *self, const char *visitor_id, GPtrArray *writes)
{
  g_autoptr (GPtrArray) open = dup_open (self);

  for (guint i = 0; i < open->len; i++)
    if (g_strcmp0 (cfa_visitor_get_id (open->pdata[i]), visitor_id) == 0)
      cfa_visitor_set_writes (open->pdata[i], writes);
}

/**
 * cfa_profiles_reload:
 * The cache is another one.
 */
void
cfa_profiles_reload (CfaProfiles *self)
{
  g_autoptr (GPtrArray) open = dup_open (self);

  for (guint i = 0; i < open->len; i++)
    read_again (self, open->pdata[i]);
}
