/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CFA_NOTIFICATION_ACTIONS_MAX 3

/* What a click on the notification itself is called. */
#define CFA_NOTIFICATION_DEFAULT "default"

/**
 * CfaNotification:
 * What to show. All texts are plain.
 */
typedef struct
{
  const char *tag; /* a later one with the same takes its place */
  const char *title;
  const char *body;
  GVariant *image; /* (nullable): a picture as the hint "image-data" of the Desktop Notifications Specification has it */
  gboolean urgent;
  struct
  {
    const char *name;
    const char *label;
  } actions[CFA_NOTIFICATION_ACTIONS_MAX]; /* as many as have a name */
} CfaNotification;

#define CFA_TYPE_NOTIFICATIONS (cfa_notifications_get_type ())
G_DECLARE_FINAL_TYPE (CfaNotifications, cfa_notifications, CFA, NOTIFICATIONS, GObject)

/*
 * Notifications of the desktop. Nothing here waits.
 * Signals: "activated" (string tag, string action, string token, nullable: what the window is to be raised with) ·
 * "unavailable" (string why): something was not shown.
 */
CfaNotifications *cfa_notifications_new          (const char *name, const char *desktop_entry);
void              cfa_notifications_show         (CfaNotifications *self, const CfaNotification *notification);
void              cfa_notifications_set_image    (CfaNotifications *self, const char *tag, GVariant *image);
void              cfa_notifications_withdraw     (CfaNotifications *self, const char *tag);
void              cfa_notifications_withdraw_all (CfaNotifications *self);

G_END_DECLS
