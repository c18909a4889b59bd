/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cache-error.h"
#include "conversation-row.h"
#include "delta.h"
#include "draft-file.h"
#include "inbox-slice.h"
#include "messages-page.h"
#include "outbox-row.h"

#include "protocol/methods/search-params.h"
#include "protocol/records/message.h"

G_BEGIN_DECLS

#define CFA_TYPE_CACHE (cfa_cache_get_type ())
G_DECLARE_FINAL_TYPE (CfaCache, cfa_cache, CFA, CACHE, GObject)

/*
 * The local copy of what an agent works with, and the outbox. Called on the main thread, works on its own; calls are carried
 * out in the order in which they are made. Errors are in CFA_CACHE_ERROR.
 */
char      *cfa_cache_path (const char *server, const char *agent_id);
void       cfa_cache_open_async  (const char *server, const char *agent_id, GAsyncReadyCallback callback, gpointer user_data);
CfaCache  *cfa_cache_open_finish (GAsyncResult *result, GError **error);
gint64     cfa_cache_get_applied (CfaCache *self);
gint64     cfa_cache_get_epoch   (CfaCache *self);
gboolean   cfa_cache_get_first   (CfaCache *self);
void       cfa_cache_erase       (CfaCache *self);

void       cfa_cache_apply_changes_async (CfaCache *self, gint64 prev, gint64 rev, gboolean more, GPtrArray *records,
                                          GAsyncReadyCallback callback, gpointer user_data);
void       cfa_cache_apply_answer_async  (CfaCache *self, GPtrArray *records, const char *done, const char *complete,
                                          GAsyncReadyCallback callback, gpointer user_data);
void       cfa_cache_enqueue_async       (CfaCache *self, CfaOutboxRow *row, GAsyncReadyCallback callback, gpointer user_data);
void       cfa_cache_mark_async          (CfaCache *self, const char *id, CfaRefusal failed, const char *problem,
                                          GAsyncReadyCallback callback, gpointer user_data);
void       cfa_cache_ripen_async         (CfaCache *self, gint64 now, GAsyncReadyCallback callback, gpointer user_data);
CfaDelta  *cfa_cache_delta_finish        (GAsyncResult *result, GError **error);
void       cfa_cache_set_draft           (CfaCache *self, const char *conversation_id, const char *text, gboolean note);
void       cfa_cache_set_files           (CfaCache *self, const char *conversation_id, gboolean note, GPtrArray *files);
void       cfa_cache_files_async         (CfaCache *self, GAsyncReadyCallback callback, gpointer user_data);
void       cfa_cache_reset_async         (CfaCache *self, gint64 epoch, GAsyncReadyCallback callback, gpointer user_data);
gboolean   cfa_cache_reset_finish        (GAsyncResult *result, GError **error);

void       cfa_cache_watch               (CfaCache *self, const char *folder, CfaOrder order);
void       cfa_cache_unwatch             (CfaCache *self, const char *folder, CfaOrder order);
void       cfa_cache_slice_async         (CfaCache *self, const char *folder, CfaOrder order, guint offset, guint limit,
                                          GAsyncReadyCallback callback, gpointer user_data);
CfaInboxSlice *cfa_cache_slice_finish    (GAsyncResult *result, GError **error);
void       cfa_cache_spot_async          (CfaCache *self, const char *folder, CfaOrder order, const char *id,
                                          GAsyncReadyCallback callback, gpointer user_data);
int        cfa_cache_spot_finish         (GAsyncResult *result, gint64 *places, GError **error);
void       cfa_cache_counts_async        (CfaCache *self, GAsyncReadyCallback callback, gpointer user_data);
GHashTable *cfa_cache_counts_finish      (GAsyncResult *result, GError **error);
void       cfa_cache_team_unread_async   (CfaCache *self, GAsyncReadyCallback callback, gpointer user_data);
void       cfa_cache_next_unread_async   (CfaCache *self, const char *folder, const char *after,
                                          GAsyncReadyCallback callback, gpointer user_data);
CfaConversationRow *cfa_cache_row_finish (GAsyncResult *result, GError **error);
void       cfa_cache_row_async           (CfaCache *self, const char *id, GAsyncReadyCallback callback, gpointer user_data);
void       cfa_cache_waiting_async       (CfaCache *self, gint64 after, gint64 until, guint limit,
                                          GAsyncReadyCallback callback, gpointer user_data);
void       cfa_cache_of_visitor_async    (CfaCache *self, const char *visitor_id, guint limit,
                                          GAsyncReadyCallback callback, gpointer user_data);
void       cfa_cache_visitor_async       (CfaCache *self, const char *id, GAsyncReadyCallback callback, gpointer user_data);
void       cfa_cache_past_async          (CfaCache *self, const char *visitor_id, guint limit,
                                          GAsyncReadyCallback callback, gpointer user_data);
void       cfa_cache_outbox_async        (CfaCache *self, GAsyncReadyCallback callback, gpointer user_data);
void       cfa_cache_records_async       (CfaCache *self, const CfShape *shape, GAsyncReadyCallback callback, gpointer user_data);
void       cfa_cache_record_async        (CfaCache *self, const CfShape *shape, const char *id, GAsyncReadyCallback callback, gpointer user_data);
void       cfa_cache_search_async        (CfaCache *self, CfSearchMessagesParams *search, gboolean people, guint limit, GCancellable *cancellable,
                                          GAsyncReadyCallback callback, gpointer user_data);
CfSearchResult *cfa_cache_search_finish  (GAsyncResult *result, GError **error);
GPtrArray *cfa_cache_array_finish        (GAsyncResult *result, GError **error);
void       cfa_cache_messages_async      (CfaCache *self, const CfShape *shape, const char *conversation_id, gint64 before_position,
                                          const char *before_id, guint limit, GAsyncReadyCallback callback, gpointer user_data);
CfaMessagesPage *cfa_cache_messages_finish (GAsyncResult *result, GError **error);

G_END_DECLS
