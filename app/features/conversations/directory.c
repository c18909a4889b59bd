/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory.h"

#include "protocol/records/agent.h"
#include "protocol/records/department.h"
#include "protocol/records/saved-view.h"
#include "protocol/records/site.h"
#include "protocol/records/tag.h"

struct _CfaDirectory
{
  GObject parent_instance;
  GHashTable *records;  /* id -> CfRecord */
  GHashTable *presence; /* agent id -> CfPresenceState; who is not here is offline */
};

enum
{
  CHANGED,
  PRESENCE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaDirectory, cfa_directory, G_TYPE_OBJECT)

static const char *
name_of (const CfRecord *record)
{
  const CfShape *shape = record->parent.shape;

  if (shape == &cf_agent_shape)
    return ((const CfAgent *) record)->name;
  if (shape == &cf_site_shape)
    return ((const CfSite *) record)->name;
  if (shape == &cf_department_shape)
    return ((const CfDepartment *) record)->name;
  if (shape == &cf_saved_view_shape)
    return ((const CfSavedView *) record)->name;
  return ((const CfTag *) record)->name;
}

static gboolean
belongs (const CfShape *shape)
{
  return shape == &cf_agent_shape || shape == &cf_site_shape || shape == &cf_department_shape || shape == &cf_tag_shape
         || shape == &cf_saved_view_shape;
}

static int
by_name (gconstpointer a, gconstpointer b)
{
  const CfRecord *left = *(CfRecord *const *) a, *right = *(CfRecord *const *) b;
  const char *left_name = name_of (left), *right_name = name_of (right);
  int order = g_utf8_collate (left_name != NULL ? left_name : "", right_name != NULL ? right_name : "");

  return order != 0 ? order : g_strcmp0 (left->id, right->id);
}

/* The shared ones first, as the team has arranged them; then the own. */
static int
by_place (gconstpointer a, gconstpointer b)
{
  const CfSavedView *left = *(CfSavedView *const *) a, *right = *(CfSavedView *const *) b;

  if ((left->owner_id == NULL) != (right->owner_id == NULL))
    return left->owner_id == NULL ? -1 : 1;
  if (left->place != right->place)
    return left->place < right->place ? -1 : 1;
  return g_strcmp0 (left->parent.id, right->parent.id);
}

static void
cfa_directory_finalize (GObject *object)
{
  CfaDirectory *self = CFA_DIRECTORY (object);

  g_hash_table_unref (self->records);
  g_hash_table_unref (self->presence);
  G_OBJECT_CLASS (cfa_directory_parent_class)->finalize (object);
}

static void
cfa_directory_class_init (CfaDirectoryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_directory_finalize;
  signals[CHANGED] = g_signal_new ("changed", CFA_TYPE_DIRECTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PRESENCE_CHANGED] = g_signal_new ("presence-changed", CFA_TYPE_DIRECTORY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_directory_init (CfaDirectory *self)
{
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, cf_struct_unref);
  self->presence = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

CfaDirectory *
cfa_directory_new (void)
{
  return g_object_new (CFA_TYPE_DIRECTORY, NULL);
}

/**
 * cfa_directory_follow:
 * @records: of CfRecord: new or changed ones, tombstones among them; those that are not of here are left out
 */
void
cfa_directory_follow (CfaDirectory *self, GPtrArray *records)
{
  gboolean any = FALSE;

  for (guint i = 0; i < records->len; i++)
    {
      CfRecord *record = records->pdata[i];

      if (!belongs (record->parent.shape) || record->id == NULL)
        continue;
      any = TRUE;
      if (record->deleted)
        g_hash_table_remove (self->records, record->id);
      else
        g_hash_table_insert (self->records, g_strdup (record->id), cf_struct_ref (record));
    }
  if (any)
    g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * cfa_directory_clear:
 * Forgets all that it knows but who is there.
 */
void
cfa_directory_clear (CfaDirectory *self)
{
  g_hash_table_remove_all (self->records);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * cfa_directory_get:
 * Returns: (transfer none) (nullable): the record, unless it is of another shape.
 */
const CfRecord *
cfa_directory_get (CfaDirectory *self, const CfShape *shape, const char *id)
{
  const CfRecord *record = id != NULL ? g_hash_table_lookup (self->records, id) : NULL;

  return record != NULL && record->parent.shape == shape ? record : NULL;
}

/**
 * cfa_directory_get_name:
 * Returns: (transfer none) (nullable): what the agent, site, department, tag or view is called.
 */
const char *
cfa_directory_get_name (CfaDirectory *self, const char *id)
{
  const CfRecord *record = id != NULL ? g_hash_table_lookup (self->records, id) : NULL;

  return record != NULL ? name_of (record) : NULL;
}

/**
 * cfa_directory_list:
 * Returns: (transfer full): the CfRecord of that shape, by name; views in their order.
 */
GPtrArray *
cfa_directory_list (CfaDirectory *self, const CfShape *shape)
{
  GPtrArray *list = cf_structs_new ();
  GHashTableIter iter;
  gpointer record;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (((CfRecord *) record)->parent.shape == shape)
      g_ptr_array_add (list, cf_struct_ref (record));
  g_ptr_array_sort (list, shape == &cf_saved_view_shape ? by_place : by_name);
  return list;
}

void
cfa_directory_set_presence (CfaDirectory *self, const char *agent_id, CfPresenceState state)
{
  if (cfa_directory_get_presence (self, agent_id) == state)
    return;
  if (state == CF_PRESENCE_ONLINE || state == CF_PRESENCE_AWAY)
    g_hash_table_insert (self->presence, g_strdup (agent_id), GINT_TO_POINTER (state));
  else
    g_hash_table_remove (self->presence, agent_id);
  g_signal_emit (self, signals[PRESENCE_CHANGED], 0);
}

/**
 * cfa_directory_get_presence:
 * Returns: CF_PRESENCE_OFFLINE for whoever is not known to be there.
 */
CfPresenceState
cfa_directory_get_presence (CfaDirectory *self, const char *agent_id)
{
  gpointer state = g_hash_table_lookup (self->presence, agent_id);

  return state != NULL ? (CfPresenceState) GPOINTER_TO_INT (state) : CF_PRESENCE_OFFLINE;
}

/**
 * cfa_directory_forget_presence:
 * After a reconnect the server tells anew.
 */
void
cfa_directory_forget_presence (CfaDirectory *self)
{
  if (g_hash_table_size (self->presence) == 0)
    return;
  g_hash_table_remove_all (self->presence);
  g_signal_emit (self, signals[PRESENCE_CHANGED], 0);
}
