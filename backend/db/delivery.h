/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "call.h"

G_BEGIN_DECLS

/**
 * CfdDelivery:
 * The way back from the database threads to the main loop: changes to publish and finished calls, in the order
 * in which they were put in, with one wake-up for as many as there are.
 */
typedef struct _CfdDelivery CfdDelivery;

CfdDelivery *cfd_delivery_new         (GMainContext *context);
void         cfd_delivery_set_publish (CfdDelivery *self, CfdDbPublish publish, CfdDbTold told, gpointer data);
gboolean     cfd_delivery_publishes   (CfdDelivery *self);
void         cfd_delivery_put         (CfdDelivery *self, GPtrArray *changes, CfdDbCall **calls, guint n_calls);
void         cfd_delivery_wait_room   (CfdDelivery *self, guint rows);
void         cfd_delivery_drain       (CfdDelivery *self);
void         cfd_delivery_free        (CfdDelivery *self);

G_END_DECLS
