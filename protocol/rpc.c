/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rpc.h"

#include "error.h"
#include "json-reader.h"
#include "json-write.h"

#include <string.h>

#define METHOD_MAX 64

/* The members of a message that count. */
typedef struct
{
  CfJson jsonrpc, id, method, params, result, error;
} Members;

static void
read_members (const CfJson *object, Members *members)
{
  const struct { const char *name; gsize length; CfJson *value; } rows[] = {
    { "jsonrpc", 7, &members->jsonrpc }, { "id", 2, &members->id },         { "method", 6, &members->method },
    { "params", 6, &members->params },   { "result", 6, &members->result }, { "error", 5, &members->error },
  };
  CfJsonReader reader = { object->text, object->text + object->length };

  for (gboolean more = cf_json_reader_enter (&reader); more; more = cf_json_reader_next (&reader))
    {
      CfJson ignored, *value = &ignored;
      CfJsonName name;

      cf_json_reader_name (&reader, &name);
      for (guint i = 0; i < G_N_ELEMENTS (rows) && value == &ignored; i++)
        if (cf_json_name_is (&name, rows[i].name, rows[i].length))
          value = rows[i].value;
      g_free (name.owned);
      cf_json_reader_skip (&reader, value);
    }
}

static gboolean
is_there (const CfJson *value)
{
  return value->text != NULL;
}

static char *
dup_string (const CfJson *value)
{
  return is_there (value) ? cf_json_dup_string (value) : NULL;
}

/* The id as JSON text, or NULL when it is absent or of a kind that we do not echo. */
static char *
read_id (const CfJson *id)
{
  g_autofree char *text = NULL;
  GString *out;

  if (is_there (id) && cf_json_get_type (id) == CF_JSON_NUMBER && memchr (id->text, '.', id->length) == NULL
      && memchr (id->text, 'e', id->length) == NULL && memchr (id->text, 'E', id->length) == NULL)
    return id->text[0] == '-' && id->text[1] == '0' ? g_strdup ("0") : g_strndup (id->text, id->length);
  text = dup_string (id);
  if (text == NULL || strlen (text) > CF_RPC_ID_MAX)
    return NULL;
  out = g_string_new (NULL);
  cf_json_encode_string (out, text);
  return g_string_free (out, FALSE);
}

static gboolean
read_call (const Members *members, CfRpcMessage *message, GError **error)
{
  message->method = dup_string (&members->method);
  if (message->method == NULL || strlen (message->method) > METHOD_MAX || !g_str_is_ascii (message->method))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "method: expected a name of at most %d ASCII characters", METHOD_MAX);
      return FALSE;
    }
  if (is_there (&members->params) && cf_json_get_type (&members->params) != CF_JSON_OBJECT)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "params: expected an object");
      return FALSE;
    }
  message->kind = message->id != NULL ? CF_RPC_REQUEST : CF_RPC_NOTIFICATION;
  message->body = members->params;
  return TRUE;
}

static void
read_error (const CfJson *refusal, CfRpcMessage *message)
{
  CfJson text, data, reason, delay;
  g_autofree char *words = NULL;
  CfError code = CF_ERROR_INTERNAL;

  if (cf_json_get_member (refusal, "message", &text))
    words = cf_json_dup_string (&text);
  if (cf_json_get_member (refusal, "data", &data))
    {
      g_autofree char *word = cf_json_get_member (&data, "reason", &reason) ? cf_json_dup_string (&reason) : NULL;

      cf_error_from_reason (word, &code);
      if (cf_json_get_member (&data, "retry_after_ms", &delay) && cf_json_get_integer (&delay, &message->retry_after_ms))
        message->retry_after_ms = MAX (message->retry_after_ms, 0);
    }
  message->kind = CF_RPC_ERROR;
  message->error = g_error_new_literal (CF_ERROR, code, words != NULL ? words : "the server gave no reason");
}

static gboolean
is_version_2 (const CfJson *version)
{
  CfJsonReader reader;
  CfJsonName text;
  gboolean good;

  if (!is_there (version) || cf_json_get_type (version) != CF_JSON_STRING)
    return FALSE;
  reader = (CfJsonReader) { version->text, version->text + version->length };
  cf_json_reader_string (&reader, &text);
  good = cf_json_name_is (&text, "2.0", strlen ("2.0"));
  g_free (text.owned);
  return good;
}

static gboolean
read_message (const Members *members, CfRpcMessage *message, GError **error)
{
  if (!is_version_2 (&members->jsonrpc))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "jsonrpc: expected \"2.0\"");
      return FALSE;
    }
  /* only an error may say that it does not know its call */
  if (is_there (&members->id) && message->id == NULL && (is_there (&members->method) || !is_there (&members->error)))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "id: expected a whole number or a string of at most %d bytes", CF_RPC_ID_MAX);
      return FALSE;
    }
  if (is_there (&members->method))
    return read_call (members, message, error);
  if (is_there (&members->error))
    read_error (&members->error, message);
  else if (is_there (&members->result) && message->id != NULL)
    {
      message->kind = CF_RPC_RESULT;
      message->body = members->result;
    }
  else
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "expected a member \"method\", \"result\" or \"error\"");
      return FALSE;
    }
  return TRUE;
}

static void
write_head (GString *out, const char *id)
{
  cf_json_write_literal (out, "{\"jsonrpc\":\"2.0\"");
  if (id != NULL)
    {
      cf_json_write_literal (out, ",\"id\":");
      cf_json_write (out, id, strlen (id));
    }
}

/* Behind the head. */
static void
write_call (GString *out, const char *method, gconstpointer params, CfAudience audience)
{
  cf_json_write_literal (out, ",\"method\":\"");
  cf_json_write (out, method, strlen (method));
  cf_json_write_literal (out, "\"");
  if (params != NULL)
    {
      cf_json_write_literal (out, ",\"params\":");
      cf_json_encode (out, params, audience);
    }
  cf_json_write_literal (out, "}");
}

/**
 * cf_rpc_parse:
 * @text: stays as it is for as long as the message's body is used, or until cf_rpc_message_keep()
 * @id: (out) (optional): on failure, the id that an error answer should carry, if one could be read; else NULL
 *
 * Reads one JSON-RPC 2.0 message (batches are refused).
 * Returns: (transfer full): the message, or NULL with CF_ERROR_INVALID.
 */
CfRpcMessage *
cf_rpc_parse (const char *text, gsize length, char **id, GError **error)
{
  g_autoptr (CfRpcMessage) message = NULL;
  Members members = { 0 };
  CfJson root;

  if (id != NULL)
    *id = NULL;
  if (!cf_json_check (text, length, &root, error))
    return NULL;
  if (cf_json_get_type (&root) != CF_JSON_OBJECT)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "expected one JSON-RPC object (batches are not supported)");
      return NULL;
    }
  read_members (&root, &members);
  message = g_new0 (CfRpcMessage, 1);
  message->id = read_id (&members.id);
  if (read_message (&members, message, error))
    return g_steal_pointer (&message);
  if (id != NULL)
    *id = g_steal_pointer (&message->id);
  return NULL;
}

/**
 * cf_rpc_message_keep:
 * Makes @message own its body, so that the text it was parsed from may go.
 */
void
cf_rpc_message_keep (CfRpcMessage *message)
{
  if (message->kept != NULL || message->body.text == NULL)
    return;
  message->kept = g_strndup (message->body.text, message->body.length);
  message->body.text = message->kept;
}

void
cf_rpc_message_free (CfRpcMessage *message)
{
  g_free (message->id);
  g_free (message->method);
  g_free (message->kept);
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
  write_head (out, NULL);
  cf_json_write_literal (out, ",\"id\":");
  cf_json_write_integer (out, id);
  write_call (out, method, params, CF_AUDIENCE_STAFF);
}

void
cf_rpc_write_notification (GString *out, const char *method, gconstpointer params, CfAudience audience)
{
  write_head (out, NULL);
  write_call (out, method, params, audience);
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
  cf_json_write_literal (out, ",\"result\":");
  if (result != NULL)
    cf_json_encode (out, result, audience);
  else
    cf_json_write_literal (out, "{}");
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
  cf_json_write_literal (out, ",\"error\":{\"code\":");
  cf_json_write_integer (out, cf_error_rpc_code (code));
  cf_json_write_literal (out, ",\"message\":");
  cf_json_encode_string (out, text);
  cf_json_write_literal (out, ",\"data\":{\"reason\":");
  cf_json_encode_string (out, cf_error_reason (code));
  if (retry_after_ms > 0)
    {
      cf_json_write_literal (out, ",\"retry_after_ms\":");
      cf_json_write_integer (out, retry_after_ms);
    }
  g_string_append (out, "}}}");
}
