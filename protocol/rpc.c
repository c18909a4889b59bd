/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rpc.h"

#include "error.h"

#include <string.h>

#define METHOD_MAX 64

static const char *
string_member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/* The id as JSON text, or NULL when it is absent or of a kind that we do not echo. */
static char *
read_id (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "id");
  GString *out;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (json_node_get_value_type (node) != G_TYPE_STRING || strlen (json_node_get_string (node)) > CF_RPC_ID_MAX)
    return NULL;
  out = g_string_new (NULL);
  cf_json_encode_string (out, json_node_get_string (node));
  return g_string_free (out, FALSE);
}

static gboolean
read_call (JsonObject *object, CfRpcMessage *message, GError **error)
{
  const char *method = string_member (object, "method");
  JsonNode *params = json_object_get_member (object, "params");

  if (method == NULL || strlen (method) > METHOD_MAX || !g_str_is_ascii (method))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "method: expected a name of at most %d ASCII characters", METHOD_MAX);
      return FALSE;
    }
  if (params != NULL && !JSON_NODE_HOLDS_OBJECT (params))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "params: expected an object");
      return FALSE;
    }
  message->kind = message->id != NULL ? CF_RPC_REQUEST : CF_RPC_NOTIFICATION;
  message->method = g_strdup (method);
  message->body = params != NULL ? json_node_ref (params) : NULL;
  return TRUE;
}

static gint64
read_delay (JsonObject *details)
{
  JsonNode *node = json_object_get_member (details, "retry_after_ms");

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return 0;
  return MAX (json_node_get_int (node), 0);
}

static void
read_error (JsonNode *node, CfRpcMessage *message)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode *data = object != NULL ? json_object_get_member (object, "data") : NULL;
  const char *text = object != NULL ? string_member (object, "message") : NULL;
  CfError code = CF_ERROR_INTERNAL;

  if (data != NULL && JSON_NODE_HOLDS_OBJECT (data))
    {
      JsonObject *details = json_node_get_object (data);

      cf_error_from_reason (string_member (details, "reason"), &code);
      message->retry_after_ms = read_delay (details);
    }
  message->kind = CF_RPC_ERROR;
  message->error = g_error_new_literal (CF_ERROR, code, text != NULL ? text : "the server gave no reason");
}

static void
write_head (GString *out, const char *id)
{
  g_string_append (out, "{\"jsonrpc\":\"2.0\"");
  if (id != NULL)
    {
      g_string_append (out, ",\"id\":");
      g_string_append (out, id);
    }
}

static void
write_call (GString *out, const char *id, const char *method, gconstpointer params, CfAudience audience)
{
  write_head (out, id);
  g_string_append (out, ",\"method\":\"");
  g_string_append (out, method);
  g_string_append_c (out, '"');
  if (params != NULL)
    {
      g_string_append (out, ",\"params\":");
      cf_json_encode (out, params, audience);
    }
  g_string_append_c (out, '}');
}

/**
 * cf_rpc_parse:
 * @id: (out) (optional): also on failure, the id that an error answer should carry, if one could be read
 *
 * Reads one JSON-RPC 2.0 message (batches are refused).
 * Returns: (transfer full): the message, or NULL with CF_ERROR_INVALID.
 */
CfRpcMessage *
cf_rpc_parse (const char *text, gsize length, char **id, GError **error)
{
  g_autoptr (JsonNode) root = cf_json_parse (text, length, error);
  g_autoptr (CfRpcMessage) message = g_new0 (CfRpcMessage, 1);
  JsonObject *object;
  JsonNode *member;

  if (id != NULL)
    *id = NULL;
  if (root == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "expected one JSON-RPC object (batches are not supported)");
      return NULL;
    }
  object = json_node_get_object (root);
  message->id = read_id (object);
  if (id != NULL)
    *id = g_strdup (message->id);
  if (g_strcmp0 (string_member (object, "jsonrpc"), "2.0") != 0)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "jsonrpc: expected \"2.0\"");
      return NULL;
    }
  /* only an error may say that it does not know its call */
  if (json_object_has_member (object, "id") && message->id == NULL
      && (json_object_has_member (object, "method") || !json_object_has_member (object, "error")))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "id: expected a whole number or a string of at most %d bytes", CF_RPC_ID_MAX);
      return NULL;
    }
  if (json_object_has_member (object, "method"))
    return read_call (object, message, error) ? g_steal_pointer (&message) : NULL;
  if ((member = json_object_get_member (object, "error")) != NULL)
    {
      read_error (member, message);
      return g_steal_pointer (&message);
    }
  if ((member = json_object_get_member (object, "result")) != NULL && message->id != NULL)
    {
      message->kind = CF_RPC_RESULT;
      message->body = json_node_ref (member);
      return g_steal_pointer (&message);
    }
  g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "expected a member \"method\", \"result\" or \"error\"");
  return NULL;
}

void
cf_rpc_message_free (CfRpcMessage *message)
{
  g_free (message->id);
  g_free (message->method);
  g_clear_pointer (&message->body, json_node_unref);
  g_clear_error (&message->error);
  g_free (message);
}

/**
 * cf_rpc_write_request:
 * @params: (nullable): a CfStruct; written with all its fields, the call being our own
 */
void
cf_rpc_write_request (GString *out, gint64 id, const char *method, gconstpointer params)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, id);
  write_call (out, text, method, params, CF_AUDIENCE_STAFF);
}

void
cf_rpc_write_notification (GString *out, const char *method, gconstpointer params, CfAudience audience)
{
  write_call (out, NULL, method, params, audience);
}

/**
 * cf_rpc_write_result:
 * @id: the request's id as JSON text
 * @result: (nullable): a CfStruct; NULL is written as an empty object
 */
void
cf_rpc_write_result (GString *out, const char *id, gconstpointer result, CfAudience audience)
{
  write_head (out, id);
  g_string_append (out, ",\"result\":");
  if (result != NULL)
    cf_json_encode (out, result, audience);
  else
    g_string_append (out, "{}");
  g_string_append_c (out, '}');
}

/**
 * cf_rpc_write_error:
 * @id: (nullable): the request's id as JSON text; NULL when it could not be read
 * @retry_after_ms: when the same call may be sent again; 0 = nothing to say
 *
 * An error of another domain than CF_ERROR is written as "internal" without its text.
 */
void
cf_rpc_write_error (GString *out, const char *id, const GError *error, gint64 retry_after_ms)
{
  CfError code = cf_error_code (error);
  g_autofree char *text = g_utf8_make_valid (error->domain == CF_ERROR ? error->message : "internal error", -1);

  write_head (out, id != NULL ? id : "null");
  g_string_append_printf (out, ",\"error\":{\"code\":%d,\"message\":", cf_error_rpc_code (code));
  cf_json_encode_string (out, text);
  g_string_append_printf (out, ",\"data\":{\"reason\":\"%s\"", cf_error_reason (code));
  if (retry_after_ms > 0)
    g_string_append_printf (out, ",\"retry_after_ms\":%" G_GINT64_FORMAT, retry_after_ms);
  g_string_append (out, "}}}");
}
