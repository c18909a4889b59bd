/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shared-text.h"

#include <string.h>

typedef struct
{
  guint references;
  char text[];
} Shared;

static GMutex mutex;
static GHashTable *texts; /* set of Shared.text; guarded, as is what is behind it */

static Shared *
shared_of (char *text)
{
  return (Shared *) (text - G_STRUCT_OFFSET (Shared, text));
}

/**
 * cfd_shared_text:
 * @text: (nullable):
 * Returns: (transfer full) (nullable): the same text, for cfd_shared_text_unref()
 */
char *
cfd_shared_text (const char *text)
{
  Shared *shared;
  char *kept;

  if (text == NULL)
    return NULL;
  g_mutex_lock (&mutex);
  if (texts == NULL)
    texts = g_hash_table_new (g_str_hash, g_str_equal);
  kept = (char *) g_hash_table_lookup (texts, text);
  if (kept == NULL)
    {
      shared = g_malloc0 (sizeof *shared + strlen (text) + 1);
      strcpy (shared->text, text);
      kept = shared->text;
      g_hash_table_add (texts, kept);
    }
  shared_of (kept)->references++;
  g_mutex_unlock (&mutex);
  return kept;
}

/**
 * cfd_shared_text_ref:
 * @text: (nullable): from cfd_shared_text()
 */
char *
cfd_shared_text_ref (char *text)
{
  if (text == NULL)
    return NULL;
  g_mutex_lock (&mutex);
  shared_of (text)->references++;
  g_mutex_unlock (&mutex);
  return text;
}

/**
 * cfd_shared_text_unref:
 * @text: (nullable) (transfer full):
 */
void
cfd_shared_text_unref (char *text)
{
  if (text == NULL)
    return;
  g_mutex_lock (&mutex);
  if (--shared_of (text)->references == 0)
    {
      g_hash_table_remove (texts, text);
      g_free (shared_of (text));
    }
  if (g_hash_table_size (texts) == 0)
    g_clear_pointer (&texts, g_hash_table_unref);
  g_mutex_unlock (&mutex);
}
