/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/rpc/method.h"
#include "protocol/records/agent.h"
#include "protocol/records/conversation.h"
#include "protocol/records/message.h"
#include "protocol/records/read-mark.h"
#include "protocol/records/site.h"
#include "tests/db/temp-db.h"

G_BEGIN_DECLS

#define WORLD_PASSWORD "a good password"

/**
 * World:
 * A database with two organisations and people in them, on an engine that refuses queries without an index. Calls go through the
 * rows of the method table as the router would make them, without its checks.
 */
typedef struct
{
  TempDb *temp;
  CfdDb *db;
  char *organisation_id;
  CfSite *site;        /* allows https://shop.example */
  CfSite *other_site;  /* the same organisation's */
  CfdCaller *admin, *agent, *visitor, *other_visitor; /* visitors do not exist before their first write */
  CfdCaller *stranger; /* the admin of another organisation */
} World;

World      *world_new          (void);
void        world_free         (World *self);
CfdCaller  *world_visitor      (World *self, const CfSite *site);
gpointer    world_call         (World *self, const CfdCaller *caller, const char *method, GError **error, const char *json, ...) G_GNUC_PRINTF (5, 6);
gpointer    world_record       (gpointer result, const CfShape *shape, guint nth); /* borrowed; NULL when there are fewer */
char       *world_start        (World *self, const CfdCaller *visitor, const char *text); /* the conversation's id */
gboolean    world_run          (World *self, CfdDbMode mode, CfdDbWork work, gpointer data, GError **error);

#define world_refuses(world, caller, method, code, ...)                                             \
  G_STMT_START                                                                                      \
  {                                                                                                 \
    g_autoptr (GError) refused = NULL;                                                              \
    g_assert_null (world_call (world, caller, method, &refused, __VA_ARGS__));                      \
    g_assert_error (refused, CF_ERROR, (int) (code));                                               \
  }                                                                                                 \
  G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

G_END_DECLS
