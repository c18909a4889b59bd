/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "order-memory.h"

#define GROUP "order"

static const char *const words[CFA_N_ORDERS] = {
  [CFA_ORDER_NEWEST] = "newest",
  [CFA_ORDER_OLDEST] = "oldest",
  [CFA_ORDER_WAITING] = "waiting",
};

static char *
file_name (void)
{
  return g_build_filename (g_get_user_state_dir (), "chatflow", "inboxes.ini", NULL);
}

/**
 * cfa_order_memory_get:
 * @folder: its key
 *
 * Returns: the order that was chosen last; the newest first when none was, or when the file says something else
 */
CfaOrder
cfa_order_memory_get (const char *folder)
{
  g_autofree char *name = file_name (), *word = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (g_key_file_load_from_file (file, name, G_KEY_FILE_NONE, NULL))
    word = g_key_file_get_string (file, GROUP, folder, NULL);
  return cfa_order_from_word (word);
}

/**
 * cfa_order_memory_set:
 * @folder: its key
 * @order: what was chosen
 *
 * Failing to remember this is not worth a word to the person.
 */
void
cfa_order_memory_set (const char *folder, CfaOrder order)
{
  g_autofree char *name = file_name (), *path = g_path_get_dirname (name);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_file (file, name, G_KEY_FILE_NONE, NULL);
  g_key_file_set_string (file, GROUP, folder, cfa_order_word (order));
  g_mkdir_with_parents (path, 0700);
  if (!g_key_file_save_to_file (file, name, &error))
    g_debug ("order: %s", error->message);
}

const char *
cfa_order_word (CfaOrder order)
{
  return words[order];
}

/**
 * cfa_order_from_word:
 * @word: (nullable): as cfa_order_word() says it
 *
 * Returns: the order; the newest first for any other word
 */
CfaOrder
cfa_order_from_word (const char *word)
{
  for (int i = 0; i < CFA_N_ORDERS; i++)
    if (g_strcmp0 (word, words[i]) == 0)
      return i;
  return CFA_ORDER_NEWEST;
}
