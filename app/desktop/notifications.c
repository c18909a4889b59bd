/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notifications.h"

#include "service-thread.h"

#include <libnotify/notify.h>

struct _CfaNotifications
{
  GObject parent_instance;

  CfaServiceThread *thread;
  struct Desk *desk;
};

/* What lives on the thread: libnotify waits for each answer of the service, and tells its signals where it was first used. */
typedef struct Desk
{
  GWeakRef owner;     /* CfaNotifications */
  GHashTable *shown;  /* tag -> NotifyNotification */
  char *name;
  char *desktop_entry;
} Desk;

/* An order to the thread; a notification's own strings. */
typedef struct
{
  CfaNotification notification;
} Order;

/* A word from the thread. */
typedef struct
{
  CfaNotifications *owner;
  guint signal;
  char *words[3];
} Word;

enum
{
  SIGNAL_ACTIVATED,
  SIGNAL_UNAVAILABLE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaNotifications, cfa_notifications, G_TYPE_OBJECT)

static Order *
order_new (const CfaNotification *notification)
{
  Order *order = g_new0 (Order, 1);

  order->notification = *notification;
  order->notification.tag = g_strdup (notification->tag);
  order->notification.title = g_strdup (notification->title);
  order->notification.body = g_strdup (notification->body);
  if (notification->image != NULL)
    order->notification.image = g_variant_ref_sink (notification->image);
  for (guint i = 0; i < CFA_NOTIFICATION_ACTIONS_MAX; i++)
    {
      order->notification.actions[i].name = g_strdup (notification->actions[i].name);
      order->notification.actions[i].label = g_strdup (notification->actions[i].label);
    }
  return order;
}

static void
order_free (Order *order)
{
  g_free ((char *) order->notification.tag);
  g_free ((char *) order->notification.title);
  g_free ((char *) order->notification.body);
  g_clear_pointer (&order->notification.image, g_variant_unref);
  for (guint i = 0; i < CFA_NOTIFICATION_ACTIONS_MAX; i++)
    {
      g_free ((char *) order->notification.actions[i].name);
      g_free ((char *) order->notification.actions[i].label);
    }
  g_free (order);
}

static gboolean
say (gpointer data)
{
  Word *word = data;

  if (word->signal == SIGNAL_ACTIVATED)
    g_signal_emit (word->owner, signals[SIGNAL_ACTIVATED], 0, word->words[0], word->words[1], word->words[2]);
  else
    g_signal_emit (word->owner, signals[SIGNAL_UNAVAILABLE], 0, word->words[0]);
  return G_SOURCE_REMOVE;
}

static void
word_free (gpointer data)
{
  Word *word = data;

  g_object_unref (word->owner);
  for (guint i = 0; i < G_N_ELEMENTS (word->words); i++)
    g_free (word->words[i]);
  g_free (word);
}

/* On the thread; said on the main one. */
static void
tell (Desk *desk, guint signal, const char *first, const char *second, const char *third)
{
  g_autoptr (CfaNotifications) owner = g_weak_ref_get (&desk->owner);
  Word *word;

  if (owner == NULL)
    return;
  word = g_new0 (Word, 1);
  word->owner = g_steal_pointer (&owner);
  word->signal = signal;
  word->words[0] = g_strdup (first);
  word->words[1] = g_strdup (second);
  word->words[2] = g_strdup (third);
  g_idle_add_full (G_PRIORITY_DEFAULT, say, word, word_free);
}

static void
on_action (NotifyNotification *shown, char *action, gpointer data)
{
  Desk *desk = data;

  tell (desk, SIGNAL_ACTIVATED, g_object_get_data (G_OBJECT (shown), "tag"), action, notify_notification_get_activation_token (shown));
}

/* The person closed it, or its time was over: the next one with its tag is a new one. */
static void
on_closed (NotifyNotification *shown, gpointer data)
{
  Desk *desk = data;
  const char *tag = g_object_get_data (G_OBJECT (shown), "tag");

  if (g_hash_table_lookup (desk->shown, tag) == shown)
    g_hash_table_remove (desk->shown, tag);
}

static void
notification_free (gpointer data)
{
  g_signal_handlers_disconnect_matched (data, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, on_closed, NULL);
  g_object_unref (data);
}

static gboolean
can (GList *capabilities, const char *what)
{
  return g_list_find_custom (capabilities, what, (GCompareFunc) g_strcmp0) != NULL;
}

static NotifyNotification *
get (Desk *desk, const CfaNotification *notification, const char *body)
{
  NotifyNotification *shown = g_hash_table_lookup (desk->shown, notification->tag);

  if (shown != NULL)
    {
      notify_notification_update (shown, notification->title, body, desk->desktop_entry);
      notify_notification_clear_actions (shown);
      notify_notification_clear_hints (shown);
      return shown;
    }
  shown = notify_notification_new (notification->title, body, desk->desktop_entry);
  g_object_set_data_full (G_OBJECT (shown), "tag", g_strdup (notification->tag), g_free);
  g_signal_connect (shown, "closed", G_CALLBACK (on_closed), desk);
  g_hash_table_insert (desk->shown, g_strdup (notification->tag), shown);
  return shown;
}

static void
dress (Desk *desk, NotifyNotification *shown, const CfaNotification *notification, gboolean actions)
{
  notify_notification_set_hint (shown, "desktop-entry", g_variant_new_string (desk->desktop_entry));
  /* The client has sounds of its own. */
  notify_notification_set_hint (shown, "suppress-sound", g_variant_new_boolean (TRUE));
  notify_notification_set_category (shown, "im.received");
  notify_notification_set_urgency (shown, notification->urgent ? NOTIFY_URGENCY_CRITICAL : NOTIFY_URGENCY_NORMAL);
  if (notification->image != NULL)
    notify_notification_set_hint (shown, "image-data", notification->image);
  for (guint i = 0; actions && i < CFA_NOTIFICATION_ACTIONS_MAX; i++)
    if (notification->actions[i].name != NULL)
      notify_notification_add_action (shown, notification->actions[i].name, notification->actions[i].label, on_action, desk, NULL);
}

static void
do_show (gpointer data, gpointer owner)
{
  Order *order = data;
  Desk *desk = owner;
  const CfaNotification *notification = &order->notification;
  g_autoptr (GError) error = NULL;
  g_autofree char *escaped = g_markup_escape_text (notification->body, -1);
  GList *capabilities;
  NotifyNotification *shown;

  if (!notify_is_initted () && !notify_init (desk->name))
    {
      tell (desk, SIGNAL_UNAVAILABLE, "libnotify could not be set up", NULL, NULL);
      order_free (order);
      return;
    }
  capabilities = notify_get_server_caps ();
  shown = get (desk, notification, can (capabilities, "body-markup") ? escaped : notification->body);
  dress (desk, shown, notification, can (capabilities, "actions"));
  g_list_free_full (capabilities, g_free);
  if (!notify_notification_show (shown, &error))
    {
      g_hash_table_remove (desk->shown, notification->tag);
      tell (desk, SIGNAL_UNAVAILABLE, error != NULL ? error->message : "no answer", NULL, NULL);
    }
  order_free (order);
}

static void
do_set_image (gpointer data, gpointer owner)
{
  Order *order = data;
  Desk *desk = owner;
  NotifyNotification *shown = g_hash_table_lookup (desk->shown, order->notification.tag);

  if (shown != NULL)
    {
      notify_notification_set_hint (shown, "image-data", order->notification.image);
      notify_notification_show (shown, NULL); /* as it is, it was shown already */
    }
  order_free (order);
}

static void
do_withdraw (gpointer data, gpointer owner)
{
  g_autofree char *tag = data;
  Desk *desk = owner;
  g_autofree char *key = NULL;
  NotifyNotification *shown;

  if (!g_hash_table_steal_extended (desk->shown, tag, (gpointer *) &key, (gpointer *) &shown))
    return;
  notify_notification_close (shown, NULL); /* one that the person has closed meanwhile is gone, too */
  notification_free (shown);
}

static void
do_withdraw_all (gpointer data, gpointer owner)
{
  Desk *desk = owner;
  g_autoptr (GList) tags = g_hash_table_get_keys (desk->shown);

  for (GList *l = tags; l != NULL; l = l->next)
    l->data = g_strdup (l->data);
  for (GList *l = tags; l != NULL; l = l->next)
    do_withdraw (l->data, desk);
}

static void
do_end (gpointer data, gpointer owner)
{
  Desk *desk = owner;

  do_withdraw_all (NULL, desk);
  g_hash_table_unref (desk->shown);
  g_weak_ref_clear (&desk->owner);
  g_free (desk->name);
  g_free (desk->desktop_entry);
  g_free (desk);
}

static void
cfa_notifications_dispose (GObject *object)
{
  CfaNotifications *self = CFA_NOTIFICATIONS (object);

  if (self->thread != NULL)
    {
      cfa_service_thread_do (self->thread, do_end, NULL, self->desk);
      g_clear_pointer (&self->thread, cfa_service_thread_stop);
    }
  G_OBJECT_CLASS (cfa_notifications_parent_class)->dispose (object);
}

static void
cfa_notifications_class_init (CfaNotificationsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_notifications_dispose;
  signals[SIGNAL_ACTIVATED] = g_signal_new ("activated", CFA_TYPE_NOTIFICATIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                            G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_UNAVAILABLE] = g_signal_new ("unavailable", CFA_TYPE_NOTIFICATIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                              G_TYPE_STRING);
}

static void
cfa_notifications_init (CfaNotifications *self)
{
}

/**
 * cfa_notifications_new:
 * @name: of the program, as people know it
 * @desktop_entry: the name of its desktop file, without the ending, and of its icon
 */
CfaNotifications *
cfa_notifications_new (const char *name, const char *desktop_entry)
{
  CfaNotifications *self = g_object_new (CFA_TYPE_NOTIFICATIONS, NULL);
  Desk *desk = g_new0 (Desk, 1);

  g_weak_ref_init (&desk->owner, self);
  desk->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, notification_free);
  desk->name = g_strdup (name);
  desk->desktop_entry = g_strdup (desktop_entry);
  self->desk = desk;
  self->thread = cfa_service_thread_new ("notifications");
  return self;
}

/**
 * cfa_notifications_show:
 * Shows it in place of the one with the same tag, if any; without actions where the desktop has none.
 */
void
cfa_notifications_show (CfaNotifications *self, const CfaNotification *notification)
{
  cfa_service_thread_do (self->thread, do_show, order_new (notification), self->desk);
}

/**
 * cfa_notifications_set_image:
 * @image: as CfaNotification has it
 *
 * Shows what has this tag with another picture; nothing, where the person has closed it or it was withdrawn.
 */
void
cfa_notifications_set_image (CfaNotifications *self, const char *tag, GVariant *image)
{
  const CfaNotification notification = { .tag = tag, .image = image };

  cfa_service_thread_do (self->thread, do_set_image, order_new (&notification), self->desk);
}

void
cfa_notifications_withdraw (CfaNotifications *self, const char *tag)
{
  cfa_service_thread_do (self->thread, do_withdraw, g_strdup (tag), self->desk);
}

void
cfa_notifications_withdraw_all (CfaNotifications *self)
{
  cfa_service_thread_do (self->thread, do_withdraw_all, NULL, self->desk);
}
