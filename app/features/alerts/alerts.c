/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "alerts.h"

#include "alert-batch.h"
#include "alert-text.h"
#include "avatar-image.h"

#include "app/desktop/idle.h"
#include "app/desktop/launcher.h"
#include "app/desktop/notifications.h"
#include "app/desktop/sounds.h"
#include "app/features/session/face.h"

#include "protocol/id.h"

#include <glib/gi18n.h>

#define DESKTOP_ENTRY "org.chatflow.ChatFlow"

/* What comes together is told together, and what comes right after it makes no second sound. */
#define GATHER_MS 250
#define BURST_US  (2 * G_USEC_PER_SEC)

/* The tag of what is told in one; conversations are told under their ids. */
#define TOGETHER "together"
#define TEST     "test"
#define VISITOR  "visitor:" /* and an id */

#define FACE_SIZE 96 /* pixels */

struct _CfaAlerts
{
  GObject parent_instance;

  CfaAlertSettings *settings;
  CfaSession *session;
  CfaNotifications *notifications;
  CfaSounds *sounds;
  CfaIdle *idle;
  char *open_id;
  gboolean focused;
  gboolean went_away; /* by being idle: whoever chose it themselves stays away */
  gboolean setting;   /* the presence is being changed from here */
  CfaAlertBatch *now;
  CfaAlertBatch *late; /* until everything is caught up */
  guint gather_source;
  gint64 last_sound; /* monotonic */
  GHashTable *together; /* set of conversation ids that were told in one and are not read */
  guint together_messages;
  GHashTable *faces; /* tag -> AdwAvatar, on no screen: of the colleague whose notification has it; it knows when the photo is here */
  gboolean said_notifications;
  gboolean said_sounds;
  guint unread;
};

enum
{
  PROP_0,
  PROP_UNREAD,
  N_PROPS
};

enum
{
  SIGNAL_OPEN,
  SIGNAL_VISITORS,
  SIGNAL_SAY,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaAlerts, cfa_alerts, G_TYPE_OBJECT)

static GVariant *
new_image (AdwAvatar *face, const char *agent_id)
{
  GdkPaintable *photo = adw_avatar_get_custom_image (face);

  return cfa_avatar_image_new (adw_avatar_get_text (face), agent_id, photo != NULL ? GDK_TEXTURE (photo) : NULL);
}

static void
on_face (CfaAlerts *self, GParamSpec *pspec, AdwAvatar *face)
{
  const char *tag = g_object_get_data (G_OBJECT (face), "tag");

  if (adw_avatar_get_custom_image (face) != NULL && g_hash_table_lookup (self->faces, tag) == face)
    cfa_notifications_set_image (self->notifications, tag, new_image (face, tag));
}

/* Who has written: a photo that is not here yet is shown when it comes; nobody waits for it. */
static GVariant *
image_of (CfaAlerts *self, const CfaAlertEvent *event)
{
  gboolean colleague = event->author_id != NULL;
  g_autofree char *name = cfa_alert_text_line (colleague ? event->author : event->who, CFA_ALERT_TITLE_MAX);
  AdwAvatar *face;

  g_hash_table_remove (self->faces, event->conversation_id);
  if (!colleague)
    return cfa_avatar_image_new (name, event->conversation_id, NULL);
  face = g_object_ref_sink (ADW_AVATAR (adw_avatar_new (FACE_SIZE, name, TRUE)));
  g_hash_table_insert (self->faces, g_strdup (event->conversation_id), face);
  cfa_face_follow (face, self->session, event->author_id);
  g_object_set_data_full (G_OBJECT (face), "tag", g_strdup (event->conversation_id), g_free);
  g_signal_connect_object (face, "notify::custom-image", G_CALLBACK (on_face), self, G_CONNECT_SWAPPED);
  return new_image (face, event->author_id);
}

static void
notify_of (CfaAlerts *self, const CfaAlertEvent *event)
{
  const CfaAlertPreferences *preferences = cfa_alert_settings_get (self->settings);
  g_autofree char *title = cfa_alert_text_title (event), *body = cfa_alert_text_body (event, preferences->previews, cf_now ());
  CfaNotification notification = {
    .tag = event->conversation_id,
    .title = title,
    .body = body,
    .image = image_of (self, event),
    .urgent = event->kind == CFA_ALERT_URGENT,
    .actions = {
      { CFA_NOTIFICATION_DEFAULT, _("Open") },
      { event->free ? "accept" : "reply", event->free ? _("Accept") : _("Reply") },
      { "mute", _("Mute 1 h") },
    },
  };

  cfa_notifications_show (self->notifications, &notification);
}

static void
notify_together (CfaAlerts *self, const CfaAlertTelling *telling)
{
  g_autofree char *title = NULL;
  CfaNotification notification = { .tag = TOGETHER, .body = "", .actions = { { CFA_NOTIFICATION_DEFAULT, _("Open") } } };

  for (guint i = 0; i < telling->together->len; i++)
    {
      g_hash_table_add (self->together, g_strdup (telling->together->pdata[i]));
      /* It stands for what was told of them one by one. */
      cfa_notifications_withdraw (self->notifications, telling->together->pdata[i]);
    }
  self->together_messages += telling->n_messages;
  notification.title = title = cfa_alert_text_group (g_hash_table_size (self->together), self->together_messages);
  cfa_notifications_show (self->notifications, &notification);
}

static void
forget_together (CfaAlerts *self)
{
  g_hash_table_remove_all (self->together);
  self->together_messages = 0;
  cfa_notifications_withdraw (self->notifications, TOGETHER);
}

static void
play (CfaAlerts *self, CfaAlertKind kind)
{
  const CfaAlertChoice *choice = &cfa_alert_settings_get (self->settings)->events[kind];
  gint64 now = g_get_monotonic_time ();

  if (self->last_sound != 0 && now - self->last_sound < BURST_US)
    return;
  self->last_sound = now;
  cfa_sounds_play (self->sounds, cfa_alert_kind_words[kind], choice->file, choice->volume);
}

static void
tell (CfaAlerts *self, CfaAlertBatch *batch)
{
  g_autoptr (CfaAlertTelling) telling = cfa_alert_batch_take (batch, batch == self->late);

  for (guint i = 0; i < telling->single->len; i++)
    notify_of (self, telling->single->pdata[i]);
  if (telling->together->len > 0)
    notify_together (self, telling);
  if (telling->sound >= 0)
    play (self, (CfaAlertKind) telling->sound);
}

static gboolean
on_gathered (gpointer data)
{
  CfaAlerts *self = data;

  self->gather_source = 0;
  tell (self, self->now);
  return G_SOURCE_REMOVE;
}

static void
on_happened (CfaAlerts *self, const CfaAlertEvent *event)
{
  const CfaAlertScene scene = { .open_id = self->open_id, .focused = self->focused };
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  CfaAlertVerdict verdict = cfa_alert_rules_judge (event, cfa_alert_settings_get (self->settings), &scene, now);

  cfa_alert_batch_add (event->late ? self->late : self->now, event, verdict);
  if (self->gather_source == 0 && !cfa_alert_batch_is_empty (self->now))
    self->gather_source = g_timeout_add (GATHER_MS, on_gathered, self);
}

/* A trigger calls to a visitor with whom nobody talks: as a mention does, for there is no conversation that could. */
static void
on_called (CfaAlerts *self, const CfSignal *signal)
{
  const CfaAlertScene scene = { NULL, FALSE };
  g_autoptr (CfaAlertEvent) event = cfa_alert_event_new (CFA_ALERT_MENTION, signal->actor_id);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  CfaAlertVerdict verdict = cfa_alert_rules_judge (event, cfa_alert_settings_get (self->settings), &scene, now);
  g_autofree char *who = cfa_alert_text_line (signal->actor_name, CFA_ALERT_TITLE_MAX);
  g_autofree char *tag = g_strconcat (VISITOR, signal->actor_id, NULL);
  const CfaNotification notification = {
    .tag = tag,
    .title = who != NULL && *who != '\0' ? who : _("A visitor is on your site"),
    .body = signal->text,
    .actions = { { CFA_NOTIFICATION_DEFAULT, _("Show visitors") } },
  };

  if (verdict.notify)
    cfa_notifications_show (self->notifications, &notification);
  if (verdict.sound)
    play (self, CFA_ALERT_MENTION);
}

/* It was asked for, so neither quiet hours nor a window in the front are a reason against it. */
static void
on_tested (CfaAlerts *self)
{
  const CfaNotification notification = {
    .tag = TEST,
    .title = _("Test notification"),
    .body = _("The server has called you. This is how it looks when somebody writes."),
    .actions = { { CFA_NOTIFICATION_DEFAULT, _("Open") } },
  };

  cfa_notifications_show (self->notifications, &notification);
  self->last_sound = 0;
  play (self, CFA_ALERT_MESSAGE);
}

/* Nothing is to be done there any more. */
static void
on_settled (CfaAlerts *self, const char *conversation_id)
{
  cfa_alert_batch_drop (self->now, conversation_id);
  cfa_alert_batch_drop (self->late, conversation_id);
  cfa_notifications_withdraw (self->notifications, conversation_id);
  g_hash_table_remove (self->faces, conversation_id);
  if (g_hash_table_remove (self->together, conversation_id) && g_hash_table_size (self->together) == 0)
    forget_together (self);
}

static void
on_link (CfaAlerts *self)
{
  if (cfa_session_get_link (self->session) == CFA_LINK_LIVE && !cfa_alert_batch_is_empty (self->late))
    tell (self, self->late);
}

static void
set_presence (CfaAlerts *self, CfPresenceState state)
{
  self->setting = TRUE;
  cfa_session_set_presence (self->session, state);
  self->setting = FALSE;
}

static void
on_idle (CfaAlerts *self)
{
  gboolean idle = cfa_idle_get_idle (self->idle);

  if (self->session == NULL)
    return;
  if (idle && cfa_session_get_presence (self->session) == CF_PRESENCE_ONLINE)
    {
      self->went_away = TRUE;
      set_presence (self, CF_PRESENCE_AWAY);
    }
  else if (!idle && self->went_away)
    {
      self->went_away = FALSE;
      set_presence (self, CF_PRESENCE_ONLINE);
    }
}

/* The person has chosen. */
static void
on_presence (CfaAlerts *self)
{
  if (!self->setting)
    self->went_away = FALSE;
}

static void
update_unread (CfaAlerts *self)
{
  GApplication *application = g_application_get_default ();
  guint unread = 0;

  if (self->session != NULL)
    unread = cfa_conversation_list_get_unread (cfa_session_get_inbox (self->session, CFA_INBOX_MINE))
             + cfa_conversation_list_get_unread (cfa_session_get_inbox (self->session, CFA_INBOX_UNASSIGNED));
  if (unread == self->unread)
    return;
  self->unread = unread;
  cfa_launcher_set_count (application != NULL ? g_application_get_dbus_connection (application) : NULL, DESKTOP_ENTRY, unread);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_UNREAD]);
}

static void
on_settings (CfaAlerts *self)
{
  const CfaAlertPreferences *preferences = cfa_alert_settings_get (self->settings);

  cfa_idle_set_minutes (self->idle, preferences->idle_away && self->session != NULL ? preferences->idle_minutes : 0);
  if (self->session != NULL && cfa_alert_settings_get_loaded (self->settings))
    cfa_session_set_urgent_after (self->session, preferences->urgent_minutes);
}

static void
on_found_to_accept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaConversation) conversation = cfa_session_find_finish (CFA_SESSION (source), result, NULL);

  if (conversation != NULL && cfa_conversation_get_assignee_id (conversation) == NULL)
    cfa_session_assign_to_me (CFA_SESSION (source), conversation);
}

static void
on_activated (CfaAlerts *self, const char *tag, const char *action, const char *token)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (self->session == NULL)
    return;
  if (g_str_equal (action, "mute"))
    {
      cfa_alert_preferences_mute (cfa_alert_settings_get (self->settings), tag, cfa_alert_rules_mute_until (CFA_MUTE_1_HOUR, now));
      cfa_alert_settings_changed (self->settings);
      cfa_notifications_withdraw (self->notifications, tag);
      return;
    }
  if (g_str_has_prefix (tag, VISITOR))
    {
      g_signal_emit (self, signals[SIGNAL_VISITORS], 0, token);
      return;
    }
  if (g_str_equal (action, "accept"))
    cfa_session_find_async (self->session, tag, on_found_to_accept, NULL);
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, g_str_equal (tag, TOGETHER) || g_str_equal (tag, TEST) ? NULL : tag, token);
}

static void
on_no_notifications (CfaAlerts *self, const char *why)
{
  if (self->said_notifications)
    return;
  self->said_notifications = TRUE;
  g_message ("a notification was not shown: %s", why);
  g_signal_emit (self, signals[SIGNAL_SAY], 0, _("This desktop shows no notifications. New messages are counted in the window’s title."));
}

static void
on_no_sounds (CfaAlerts *self, const char *why)
{
  if (self->said_sounds)
    return;
  self->said_sounds = TRUE;
  g_message ("a sound was not played: %s", why);
  g_signal_emit (self, signals[SIGNAL_SAY], 0, _("Sounds can’t be played on this computer. Everything else works."));
}

static void
on_unplayable (CfaAlerts *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path), *shown = g_filename_display_name (name);
  g_autofree char *words = g_strdup_printf (_("“%s” can’t be played, so its event has ChatFlow’s sound. Choose another file in the alert settings."), shown);

  if (!self->said_sounds)
    g_signal_emit (self, signals[SIGNAL_SAY], 0, words);
  self->said_sounds = TRUE;
}

static void
on_unkept (CfaAlerts *self, const char *why)
{
  g_autofree char *words = g_strdup_printf (_("The alert settings could not be saved: %s"), why);

  g_signal_emit (self, signals[SIGNAL_SAY], 0, words);
}

static void
cfa_alerts_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_UNREAD)
    g_value_set_uint (value, CFA_ALERTS (object)->unread);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
cfa_alerts_dispose (GObject *object)
{
  CfaAlerts *self = CFA_ALERTS (object);

  if (self->notifications != NULL)
    cfa_alerts_set_session (self, NULL);
  g_clear_handle_id (&self->gather_source, g_source_remove);
  if (self->settings != NULL)
    g_signal_handlers_disconnect_by_data (self->settings, self);
  g_clear_object (&self->settings);
  g_clear_object (&self->idle);
  g_clear_object (&self->notifications);
  g_clear_object (&self->sounds);
  G_OBJECT_CLASS (cfa_alerts_parent_class)->dispose (object);
}

static void
cfa_alerts_finalize (GObject *object)
{
  CfaAlerts *self = CFA_ALERTS (object);

  cfa_alert_batch_free (self->now);
  cfa_alert_batch_free (self->late);
  g_hash_table_unref (self->together);
  g_hash_table_unref (self->faces);
  g_free (self->open_id);
  G_OBJECT_CLASS (cfa_alerts_parent_class)->finalize (object);
}

static void
cfa_alerts_class_init (CfaAlertsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = cfa_alerts_get_property;
  object_class->dispose = cfa_alerts_dispose;
  object_class->finalize = cfa_alerts_finalize;
  props[PROP_UNREAD] = g_param_spec_uint ("unread", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_OPEN] = g_signal_new ("open", CFA_TYPE_ALERTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_VISITORS] = g_signal_new ("visitors", CFA_TYPE_ALERTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_SAY] = g_signal_new ("say", CFA_TYPE_ALERTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
cfa_alerts_init (CfaAlerts *self)
{
  self->now = cfa_alert_batch_new ();
  self->late = cfa_alert_batch_new ();
  self->together = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->faces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->notifications = cfa_notifications_new ("ChatFlow", DESKTOP_ENTRY);
  self->sounds = cfa_sounds_new ("ChatFlow", DESKTOP_ENTRY);
  self->idle = cfa_idle_new ();
  g_signal_connect_swapped (self->notifications, "activated", G_CALLBACK (on_activated), self);
  g_signal_connect_swapped (self->notifications, "unavailable", G_CALLBACK (on_no_notifications), self);
  g_signal_connect_swapped (self->sounds, "unavailable", G_CALLBACK (on_no_sounds), self);
  g_signal_connect_swapped (self->sounds, "unplayable", G_CALLBACK (on_unplayable), self);
  g_signal_connect_swapped (self->idle, "changed", G_CALLBACK (on_idle), self);
}

CfaAlerts *
cfa_alerts_new (CfaAlertSettings *settings)
{
  CfaAlerts *self = g_object_new (CFA_TYPE_ALERTS, NULL);

  self->settings = g_object_ref (settings);
  g_signal_connect_swapped (settings, "changed", G_CALLBACK (on_settings), self);
  g_signal_connect_swapped (settings, "unkept", G_CALLBACK (on_unkept), self);
  return self;
}

static void
leave_session (CfaAlerts *self)
{
  g_autoptr (CfaAlertTelling) unsaid = cfa_alert_batch_take (self->now, FALSE), unsaid_late = cfa_alert_batch_take (self->late, TRUE);

  g_signal_handlers_disconnect_by_data (self->session, self);
  for (int inbox = CFA_INBOX_MINE; inbox <= CFA_INBOX_UNASSIGNED; inbox++)
    g_signal_handlers_disconnect_by_data (cfa_session_get_inbox (self->session, inbox), self);
  g_clear_object (&self->session);
  self->went_away = FALSE;
  g_hash_table_remove_all (self->faces);
  forget_together (self);
  cfa_notifications_withdraw_all (self->notifications);
}

/**
 * cfa_alerts_set_session:
 * @session: (nullable): whose visitors it calls for; NULL when nobody is signed in: then everything that was shown is withdrawn
 */
void
cfa_alerts_set_session (CfaAlerts *self, CfaSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    leave_session (self);
  g_set_object (&self->session, session);
  update_unread (self);
  on_settings (self);
  if (session == NULL)
    return;
  g_signal_connect_swapped (session, "happened", G_CALLBACK (on_happened), self);
  g_signal_connect_swapped (session, "called", G_CALLBACK (on_called), self);
  g_signal_connect_swapped (session, "tested", G_CALLBACK (on_tested), self);
  g_signal_connect_swapped (session, "settled", G_CALLBACK (on_settled), self);
  g_signal_connect_swapped (session, "notify::link", G_CALLBACK (on_link), self);
  g_signal_connect_swapped (session, "notify::presence", G_CALLBACK (on_presence), self);
  for (int inbox = CFA_INBOX_MINE; inbox <= CFA_INBOX_UNASSIGNED; inbox++)
    g_signal_connect_swapped (cfa_session_get_inbox (session, inbox), "notify::unread", G_CALLBACK (update_unread), self);
  update_unread (self);
}

/**
 * cfa_alerts_set_scene:
 * @open_id: (nullable): the conversation that is on the screen
 * @focused: whether its window has the keyboard
 */
void
cfa_alerts_set_scene (CfaAlerts *self, const char *open_id, gboolean focused)
{
  if (self->focused == focused && g_strcmp0 (self->open_id, open_id) == 0)
    return;
  g_free (self->open_id);
  self->open_id = g_strdup (open_id);
  if (focused && !self->focused)
    forget_together (self);
  self->focused = focused;
  if (focused && open_id != NULL)
    on_settled (self, open_id);
}

guint
cfa_alerts_get_unread (CfaAlerts *self)
{
  return self->unread;
}
