/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crowd.h"
#include "dummy.h"

#include "app/features/search/search-commands.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <unistd.h>

static CfaConversation *
pick (CfaSession *session, const char *index)
{
  GPtrArray *all = dummy_session_get_all (session);

  return all->pdata[MIN (g_ascii_strtoull (index, NULL, 10), all->len - 1)];
}

static void
set_text (char **slot, CfaConversation *conversation, const char *text)
{
  g_free (*slot);
  *slot = text != NULL ? g_strdup (text) : NULL;
  dummy_conversation_changed (conversation);
}

static void
view (CfaConversation *conversation, const char *name)
{
  const char *names[] = { name, NULL };

  g_strfreev (conversation->viewers);
  conversation->viewers = name != NULL ? g_strdupv ((char **) names) : NULL;
  dummy_conversation_changed (conversation);
}

/* Into the clipboard: a picture, or the file of that path. */
static void
copy (const char *path)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (g_application_get_default ()));
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 640, 400);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  GSList one = { file, NULL };

  gdk_pixbuf_fill (pixbuf, 0x3584e4ff);
  texture = gdk_texture_new_for_pixbuf (pixbuf);
  if (file == NULL)
    gdk_clipboard_set_texture (clipboard, texture);
  else
    gdk_clipboard_set (clipboard, GDK_TYPE_FILE_LIST, &one);
}

/* The page on which files can be dropped, among what is shown. */
static GtkWidget *
drop_place (GtkWidget *widget)
{
  GtkWidget *found = gtk_widget_has_css_class (widget, "drop-place") && gtk_widget_get_mapped (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = drop_place (child);
  return found;
}

/* What GTK does while files hover above the page, and when they are let go; there is no second program to drag them from. */
static void
drop (const char *path)
{
  GtkWidget *page = drop_place (GTK_WIDGET (gtk_application_get_active_window (GTK_APPLICATION (g_application_get_default ()))));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (page);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  GSList one = { file, NULL };
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken;

  gtk_widget_set_state_flags (page, GTK_STATE_FLAG_DROP_ACTIVE, FALSE);
  if (file == NULL)
    return;
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, &one);
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller) && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "drop", &value, 0.0, 0.0, &taken);
    }
  gtk_widget_unset_state_flags (page, GTK_STATE_FLAG_DROP_ACTIVE);
}

static void
attach (CfaSession *session, CfaConversation *conversation, const char *path, gboolean note)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (CfaUpload) upload = cfa_upload_new (name, file, NULL);

  cfa_session_attach (session, cfa_session_get_uploads (session, conversation->id, note), upload);
}

static void
release (CfaConversation *conversation)
{
  g_autoptr (CfaMessageList) list = g_weak_ref_get (&conversation->list);

  if (list != NULL)
    dummy_message_list_release (list);
}

/* "up" and "down" are thumbs, "7/10" is a place on the scale, "4" are stars. */
static CfSurveyAnswer *
new_survey (const char *word)
{
  CfSurveyAnswer *survey;

  if (g_ascii_isdigit (*word) && !g_str_has_suffix (word, "/10"))
    return NULL;
  survey = cf_struct_new (&cf_survey_answer_shape);
  survey->kind = g_ascii_isdigit (*word) ? CF_SURVEY_SCALE : CF_SURVEY_THUMBS;
  survey->score = survey->kind == CF_SURVEY_SCALE ? g_ascii_strtoll (word, NULL, 10) : g_str_equal (word, "up");
  return survey;
}

static void
rate (CfaConversation *conversation, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", 2);

  g_clear_pointer (&conversation->survey, cf_struct_unref);
  conversation->survey = new_survey (parts[0]);
  conversation->rating = conversation->survey != NULL ? (int) cf_survey_kind_rating (conversation->survey->kind, conversation->survey->score)
                                                      : (int) g_ascii_strtoll (parts[0], NULL, 10);
  g_free (conversation->rating_comment);
  conversation->rating_comment = g_strdup (parts[1]);
  dummy_conversation_changed (conversation);
}

static void
check_commands (void)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());
  GtkWindow *window = gtk_application_get_active_window (application);
  g_auto (GStrv) actions = g_action_group_list_actions (G_ACTION_GROUP (window));

  for (char **action = actions; *action != NULL; action++)
    {
      g_autofree char *name = g_strconcat ("win.", *action, NULL);

      if (!cfa_search_commands_has (name))
        g_warning ("%s is not in the search box", name);
    }
  g_print ("%u actions\n", g_strv_length (actions));
}

/* A colleague writes another text for a canned response, or takes it away. */
static void
reword (CfaSession *session, const char *shortcut, const char *text)
{
  GListModel *all = cfa_session_get_canned (session);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (CfaReply) reply = g_list_model_get_item (all, i);
      g_autoptr (CfCannedResponse) canned = cf_struct_copy (cfa_reply_get_canned (reply));

      if (!g_str_equal (canned->shortcut, shortcut))
        continue;
      g_free (canned->text);
      canned->text = g_strdup (text);
      if (text != NULL)
        cfa_session_save_canned (session, canned);
      else
        cfa_session_remove_reply (session, reply);
      return;
    }
}

/*
 * team [TEXT] (a colleague types, or writes) · move V TITLE · leave V · browse N (visitors who are there, by number) ·
 * rows (those that are loading arrive) · receive I TEXT · history I (ends a held load) · peek I [TEXT] · colleague I [NAME] · viewing I [NAME] ·
 * overtake · held I TEXT (was not sent, as the visitor wrote) · later I TEXT (a colleague's) · note I TEXT · rate I STARS [TEXT] · link live|waiting|connecting|syncing|signed-out · fail · refuse TEXT ·
 * drop [PATH] (a file is let go above the page, or hovers) · copy [PATH] (a file, or else a picture, into the clipboard) · attach I PATH · attach-note I PATH (as if it had been chosen) · bring I (a picture and a document come) · gone I (it is not there any more for this agent) · uploads (those that are held go on) · commands (warns of each action of the window that the search box does not know) · reset · erased (somebody who was being) · rename FROM TO (somebody else does) · steal NAME (somebody else saves that trigger or goal) · reword SHORTCUT [TEXT] (somebody else writes or removes that canned response),
 * where I is a row of the table in content.c.
 */
static void
command (CfaSession *session, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  guint count = g_strv_length (words);
  static const char *const links[] = { "connecting", "syncing", "live", "waiting", "signed-out", NULL };

  if (count == 3 && g_str_equal (words[0], "receive"))
    dummy_session_receive (session, pick (session, words[1]), words[2]);
  else if (count >= 2 && g_str_equal (words[0], "peek"))
    set_text (&pick (session, words[1])->peek, pick (session, words[1]), words[2]);
  else if (count >= 2 && g_str_equal (words[0], "colleague"))
    set_text (&pick (session, words[1])->typing_name, pick (session, words[1]), words[2]);
  else if (count >= 2 && g_str_equal (words[0], "viewing"))
    view (pick (session, words[1]), words[2]);
  else if (count >= 1 && g_str_equal (words[0], "team"))
    dummy_team_chat_hear (session, count > 1 ? line + strlen ("team ") : NULL);
  else if (count == 1 && g_str_equal (words[0], "overtake"))
    dummy_session_overtake_next (session);
  else if (count == 2 && g_str_equal (words[0], "history"))
    release (pick (session, words[1]));
  else if (count == 1 && g_str_equal (words[0], "rows"))
    for (guint i = 0; i < dummy_session_get_all (session)->len; i++)
      dummy_conversation_arrive (dummy_session_get_all (session)->pdata[i]);
  else if (count >= 1 && g_str_equal (words[0], "fail"))
    dummy_session_fail_next (session);
  else if (count >= 2 && g_str_equal (words[0], "refuse"))
    g_signal_emit_by_name (session, "refused", line + strlen ("refuse "));
  else if (count == 3 && g_str_equal (words[0], "rate"))
    rate (pick (session, words[1]), words[2]);
  else if (count == 1 && g_str_equal (words[0], "erased"))
    dummy_session_erase_person (session);
  else if (count == 3 && g_str_equal (words[0], "rename"))
    dummy_session_rename (session, words[1], words[2]);
  else if (count >= 2 && g_str_equal (words[0], "steal"))
    dummy_session_steal (session, line + strlen ("steal "));
  else if (count >= 2 && g_str_equal (words[0], "reword"))
    reword (session, words[1], words[2]);
  else if (count == 3 && g_str_equal (words[0], "move"))
    dummy_crowd_move (dummy_session_get_crowd (session), g_ascii_strtoull (words[1], NULL, 10), words[2]);
  else if (count == 1 && g_str_equal (words[0], "arrive"))
    dummy_crowd_arrive (dummy_session_get_crowd (session));
  else if (count == 2 && g_str_equal (words[0], "leave"))
    dummy_crowd_leave (dummy_session_get_crowd (session), g_ascii_strtoull (words[1], NULL, 10));
  else if (count == 2 && g_str_equal (words[0], "browse"))
    dummy_crowd_browse (dummy_session_get_crowd (session), g_ascii_strtoull (words[1], NULL, 10));
  else if (count == 3 && (g_str_equal (words[0], "attach") || g_str_equal (words[0], "attach-note")))
    attach (session, pick (session, words[1]), words[2], g_str_equal (words[0], "attach-note"));
  else if (count >= 1 && g_str_equal (words[0], "drop"))
    drop (words[1]);
  else if (count >= 1 && g_str_equal (words[0], "copy"))
    copy (words[1]);
  else if (count == 3 && g_str_equal (words[0], "held"))
    dummy_scheduled_add (session, pick (session, words[1]), words[2], CF_HELD_VISITOR_WROTE, NULL);
  else if (count == 3 && g_str_equal (words[0], "later"))
    dummy_scheduled_add (session, pick (session, words[1]), words[2], CF_HELD_NO, "Chiara Conti");
  else if (count == 2 && g_str_equal (words[0], "bring"))
    dummy_session_bring (session, pick (session, words[1]));
  else if (count == 2 && g_str_equal (words[0], "gone"))
    dummy_session_lose (session, pick (session, words[1]));
  else if (count == 1 && g_str_equal (words[0], "uploads"))
    dummy_files_release (session);
  else if (count == 1 && g_str_equal (words[0], "commands"))
    check_commands ();
  else if (count == 1 && g_str_equal (words[0], "reset"))
    g_signal_emit_by_name (session, "reset");
  else if (count == 2 && g_str_equal (words[0], "link"))
    for (int i = 0; links[i] != NULL; i++)
      if (g_str_equal (words[1], links[i]))
        dummy_session_set_link (session, i);
}

static gboolean
readable (int fd, GIOCondition condition, gpointer data)
{
  static GString *rest;
  char buffer[4096];
  gssize length = read (fd, buffer, sizeof buffer);
  char *end;

  if (rest == NULL)
    rest = g_string_new (NULL);
  if (length > 0)
    g_string_append_len (rest, buffer, length);
  while ((end = strchr (rest->str, '\n')) != NULL)
    {
      g_autofree char *line = g_strndup (rest->str, end - rest->str);

      g_string_erase (rest, 0, end + 1 - rest->str);
      command (data, line);
    }
  return G_SOURCE_CONTINUE;
}

/* Obeys the FIFO from now on, for as long as the process lives. */
void
dummy_control_run (CfaSession *session)
{
  const char *path = g_getenv ("CFA_DUMMY_CONTROL");
  int fd;

  if (path == NULL)
    return;
  fd = open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0)
    g_error ("%s: %s", path, g_strerror (errno));
  g_unix_fd_add_full (G_PRIORITY_DEFAULT, fd, G_IO_IN, readable, g_object_ref (session), g_object_unref);
}
