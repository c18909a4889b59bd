/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json.h"

G_BEGIN_DECLS

typedef enum
{
  CF_RPC_REQUEST,      /* id, method, params */
  CF_RPC_NOTIFICATION, /* method, params */
  CF_RPC_RESULT,       /* id, result */
  CF_RPC_ERROR,        /* id (may be NULL), error */
} CfRpcKind;

/**
 * CfRpcMessage:
 * One JSON-RPC 2.0 message. Ids are kept as text: numbers and strings of at most
 * CF_RPC_ID_MAX bytes, as they stood in the JSON. The body borrows the text that was parsed, so
 * that what is decoded at once is never copied; a message that outlives its text is kept first.
 */
typedef struct
{
  CfRpcKind kind;
  char *id; /* JSON text of the id: `7` or `"a"` */
  char *method;
  CfJson body; /* params or result; `text` is NULL when there is none */
  char *kept;  /* what the body borrows after cf_rpc_message_keep() */
  GError *error;  /* CF_RPC_ERROR: in CF_ERROR */
  gint64 retry_after_ms;
} CfRpcMessage;

#define CF_RPC_ID_MAX 64

CfRpcMessage *cf_rpc_parse              (const char *text, gsize length, char **id, GError **error);
void          cf_rpc_message_keep       (CfRpcMessage *message);
void          cf_rpc_message_free       (CfRpcMessage *message);
void          cf_rpc_write_request      (GString *out, gint64 id, const char *method, gconstpointer params);
void          cf_rpc_write_notification (GString *out, const char *method, gconstpointer params, CfAudience audience);
void          cf_rpc_write_result       (GString *out, const char *id, gconstpointer result, CfAudience audience);
void          cf_rpc_write_error        (GString *out, const char *id, const GError *error, gint64 retry_after_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfRpcMessage, cf_rpc_message_free)

G_END_DECLS
