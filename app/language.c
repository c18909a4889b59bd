/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "language.h"

#include <locale.h>
#include <string.h>

#define GROUP "language"
#define KEY "code"

static const CfaLanguage languages[] = {
  { "", NULL, NULL, FALSE },
  { "ar", "العربية", "ar_EG.UTF-8", TRUE },
  { "de", "Deutsch", "de_DE.UTF-8", FALSE },
  { "en", "English", "en_GB.UTF-8", FALSE },
  { "es", "Español", "es_ES.UTF-8", FALSE },
  { "fr", "Français", "fr_FR.UTF-8", FALSE },
  { "ja", "日本語", "ja_JP.UTF-8", FALSE },
  { "pt_BR", "Português (Brasil)", "pt_BR.UTF-8", FALSE },
};

static char *
file_name (void)
{
  return g_build_filename (g_get_user_config_dir (), "chatflow", "language.ini", NULL);
}

/**
 * cfa_languages:
 * Returns: all that can be chosen; the first is whatever the desktop speaks.
 */
const CfaLanguage *
cfa_languages (guint *n)
{
  *n = G_N_ELEMENTS (languages);
  return languages;
}

/**
 * cfa_language_load:
 * Returns: what was chosen; what the file does not say, or says wrongly, is left to the desktop
 */
const CfaLanguage *
cfa_language_load (void)
{
  g_autofree char *name = file_name ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *code = NULL;

  g_key_file_load_from_file (file, name, G_KEY_FILE_NONE, NULL);
  code = g_key_file_get_string (file, GROUP, KEY, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_strcmp0 (languages[i].code, code) == 0)
      return &languages[i];
  return &languages[0];
}

/**
 * cfa_language_save:
 * Keeps it for the next start; failing to remember it is not worth a word to the person.
 */
void
cfa_language_save (const CfaLanguage *language)
{
  g_autofree char *name = file_name ();
  g_autofree char *folder = g_path_get_dirname (name);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_key_file_set_string (file, GROUP, KEY, language->code);
  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (file, name, &error))
    g_debug ("language: %s", error->message);
}

/* In the locale of the C language nothing is translated, whatever else is asked for. */
static void
leave_plain_locale (void)
{
  const char *messages = setlocale (LC_MESSAGES, NULL);

  if (!g_str_equal (messages, "C") && !g_str_equal (messages, "POSIX"))
    return;
  g_setenv (g_getenv ("LC_ALL") != NULL ? "LC_ALL" : "LC_MESSAGES", "C.UTF-8", TRUE);
  setlocale (LC_ALL, "");
}

/* The toolkit reads the environment once more, so that what is chosen is said there. */
static void
choose (const CfaLanguage *language, const char *desktop)
{
  if (*language->code == '\0')
    {
      if (desktop != NULL)
        g_setenv ("LANGUAGE", desktop, TRUE);
      else
        g_unsetenv ("LANGUAGE");
      setlocale (LC_ALL, "");
      return;
    }
  g_setenv ("LANGUAGE", language->code, TRUE);
  leave_plain_locale ();
  if (g_getenv ("LC_ALL") == NULL && !g_str_has_prefix (setlocale (LC_TIME, NULL), language->code) && setlocale (LC_TIME, language->locale) != NULL)
    g_setenv ("LC_TIME", language->locale, TRUE);
  /* Also makes gettext forget what it knows by heart. */
  setlocale (LC_ALL, "");
}

/**
 * cfa_language_begin:
 * What is said from now on is said in the language that was chosen.
 */
void
cfa_language_begin (void)
{
  static gboolean begun;
  static char *desktop;

  if (!begun)
    desktop = g_strdup (g_getenv ("LANGUAGE"));
  begun = TRUE;
  setlocale (LC_ALL, "");
  choose (cfa_language_load (), desktop);
}
