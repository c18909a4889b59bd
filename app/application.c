/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "application.h"

#include "app/features/alerts/alert-settings.h"
#include "app/features/settings/appearance.h"
#include "frame-log.h"
#include "heartbeat.h"
#include "language.h"
#include "window.h"

#include <glib/gi18n.h>

#define APPLICATION_ID "org.chatflow.ChatFlow"

struct _CfaApplication
{
  AdwApplication parent_instance;

  char *sign_in_path;
  CfaSignInFile *file;
  gboolean background; /* start without showing the window */
};

G_DEFINE_FINAL_TYPE (CfaApplication, cfa_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *accels[3];
} shortcuts[] = {
  { "app.quit", { "<Control>q" } },
  { "win.assign-to-me", { "<Control><Shift>a" } },
  { "win.attach", { "<Control><Shift>o" } },
  { "win.close-conversation", { "<Control><Shift>w" } },
  { "win.close-window", { "<Control>w" } },
  { "win.inbox('mine')", { "<Control>1" } },
  { "win.inbox('unassigned')", { "<Control>2" } },
  { "win.inbox('mentions')", { "<Control>3" } },
  { "win.inbox('all')", { "<Control>4" } },
  { "win.inbox('snoozed')", { "<Control>5" } },
  { "win.inbox('closed')", { "<Control>6" } },
  { "win.inbox('monitor')", { "<Control>7" } },
  { "win.menu", { "F10" } },
  { "win.new-message", { "<Control><Shift>k" } },
  { "win.next-conversation", { "<Alt>Down" } },
  { "win.next-unread", { "<Control>u" } },
  { "win.next-waiting", { "<Control>j" } },
  { "win.note", { "<Control><Shift>n" } },
  { "win.previous-conversation", { "<Alt>Up" } },
  { "win.scroll(-0.9)", { "<Control>Page_Up" } },
  { "win.scroll(0.9)", { "<Control>Page_Down" } },
  { "win.search", { "<Control>k", "<Control>f" } },
  { "win.send", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.snooze", { "<Control><Shift>s" } },
  { "win.tag", { "<Control><Shift>l" } },
  { "win.transfer", { "<Control><Shift>h" } },
  { "win.settings('')", { "<Control>comma" } },
  { "win.visitor", { "<Control>i" } },
};

/* There is one, which may be hidden. */
static GtkWindow *
the_window (GApplication *application)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l != NULL; l = l->next)
    if (CFA_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = the_window (data);

  /* The window remembers its size when it is closed. */
  if (window != NULL)
    gtk_window_close (window);
  cfa_alert_settings_flush (cfa_alert_settings_get_default ());
  g_application_quit (G_APPLICATION (data));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  adw_show_about_window (gtk_application_get_active_window (data),
                         "application-name", "ChatFlow",
                         "application-icon", APPLICATION_ID,
                         "version", CHATFLOW_VERSION,
                         "developer-name", _("The ChatFlow project"),
                         "comments", _("Talk with the visitors of your web sites."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         NULL);
}

/* To the direction in which the language is written. */
static void
turn (void)
{
  const CfaLanguage *language = cfa_language_load ();

  gtk_widget_set_default_direction (language->name == NULL ? gtk_get_locale_direction ()
                                    : language->right_to_left ? GTK_TEXT_DIR_RTL : GTK_TEXT_DIR_LTR);
}

/* Where nobody is signed in, the window is made anew and speaks the language at once. */
static void
on_language (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *old = the_window (data);
  guint n;
  const CfaLanguage *languages = cfa_languages (&n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (languages[i].code, g_variant_get_string (parameter, NULL)))
      cfa_language_save (&languages[i]);
  g_simple_action_set_state (action, parameter);
  if (old == NULL || !cfa_window_is_empty (CFA_WINDOW (old)))
    return;
  cfa_language_begin ();
  turn ();
  /* It remembers its size when it is closed; the other one comes first, because with the last window the program ends. */
  g_application_hold (data);
  gtk_window_close (old);
  g_application_activate (data);
  g_application_release (data);
}

static const GActionEntry actions[] = {
  { "about", on_about },
  { "language", on_language, "s", "''" },
  { "quit", on_quit },
};

/* Here in the process that was started, before another instance is asked: what is wrong is said on this terminal. */
static int
cfa_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  CfaApplication *self = CFA_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("ChatFlow %s\n", CHATFLOW_VERSION);
      return 0;
    }
  /* To one that runs already, starting in the background says nothing. */
  if (self->background && g_application_register (application, NULL, NULL) && g_application_get_is_remote (application))
    return 0;
  if (self->sign_in_path == NULL)
    return -1;
  self->file = cfa_sign_in_file_load (self->sign_in_path, &error);
  if (self->file != NULL)
    return -1;
  g_printerr ("chatflow: %s\n", error->message);
  return 2;
}

static void
cfa_application_startup (GApplication *application)
{
  /* Window systems tell windows of different programs apart by this name. */
  g_set_prgname (APPLICATION_ID);
  G_APPLICATION_CLASS (cfa_application_parent_class)->startup (application);
  gtk_window_set_default_icon_name (APPLICATION_ID);
  cfa_heartbeat_start ();
  cfa_appearance_apply (cfa_appearance_load ());
  turn ();
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  g_action_group_change_action_state (G_ACTION_GROUP (application), "language", g_variant_new_string (cfa_language_load ()->code));
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action, shortcuts[i].accels);
}

/* A second start raises the window of the first. */
static void
cfa_application_activate (GApplication *application)
{
  CfaApplication *self = CFA_APPLICATION (application);
  GtkWindow *window = the_window (application);
  gboolean hidden = self->background;

  self->background = FALSE;
  if (window == NULL)
    {
      window = GTK_WINDOW (cfa_window_new (GTK_APPLICATION (application)));
      cfa_frame_log_watch (GTK_WIDGET (window));
      cfa_window_start (CFA_WINDOW (window), g_steal_pointer (&self->file));
    }
  if (!hidden)
    gtk_window_present (window);
}

/* With an invitation, by a click on its link: one at a time. */
static void
cfa_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  g_autofree char *link = n_files > 0 ? g_file_get_uri (files[0]) : NULL;

  CFA_APPLICATION (application)->background = FALSE;
  g_application_activate (application);
  if (link != NULL)
    cfa_window_open_invite (CFA_WINDOW (the_window (application)), link);
}

static void
cfa_application_finalize (GObject *object)
{
  CfaApplication *self = CFA_APPLICATION (object);

  g_free (self->sign_in_path);
  cfa_sign_in_file_free (self->file);
  G_OBJECT_CLASS (cfa_application_parent_class)->finalize (object);
}

static void
cfa_application_class_init (CfaApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = cfa_application_finalize;
  application_class->handle_local_options = cfa_application_handle_local_options;
  application_class->startup = cfa_application_startup;
  application_class->activate = cfa_application_activate;
  application_class->open = cfa_application_open;
}

static void
cfa_application_init (CfaApplication *self)
{
  const GOptionEntry options[] = {
    { "version", 'v', 0, G_OPTION_ARG_NONE, NULL, _("Show the version and quit"), NULL },
    { "background", 0, 0, G_OPTION_ARG_NONE, &self->background, _("Start without a window, to call you when somebody writes"), NULL },
    { "sign-in-file", 0, 0, G_OPTION_ARG_FILENAME, &self->sign_in_path,
      _("When nobody is signed in, sign in with what the key file FILE says: group [sign-in], keys server, email, password; mode 0600"),
      _("FILE") },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self), _("Talk with the visitors of your web sites."));
}

/**
 * cfa_application_new:
 *
 * Returns: (transfer full): the client, one instance per desktop session
 */
CfaApplication *
cfa_application_new (void)
{
  return g_object_new (CFA_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/org/chatflow/ChatFlow",
                       NULL);
}
