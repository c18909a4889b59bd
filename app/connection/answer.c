/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answer.h"

#include "protocol/error.h"
#include "protocol/json.h"

#define ANSWER_MAX (256 * 1024)

/**
 * cfa_answer_refusal:
 * @body: RFC 9457 problem details, as the REST door answers refusals
 */
void
cfa_answer_refusal (GBytes *body, guint status, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  CfJson json, member;
  gboolean good = length > 0 && length <= ANSWER_MAX && cf_json_check (text, length, &json, NULL);
  g_autofree char *reason = good && cf_json_get_member (&json, "reason", &member) ? cf_json_dup_string (&member) : NULL;
  g_autofree char *detail = good && cf_json_get_member (&json, "detail", &member) ? cf_json_dup_string (&member) : NULL;
  CfError code = CF_ERROR_UNAVAILABLE;

  cf_error_from_reason (reason, &code);
  g_set_error (error, CF_ERROR, code, "%s (HTTP %u)", detail != NULL ? detail : "the server gave no reason", status);
}

/**
 * cfa_answer_read:
 * @message: one that the REST door has answered with @body
 *
 * Returns: (transfer full): a CfStruct of @shape, or NULL: CF_ERROR when the server refused.
 */
gpointer
cfa_answer_read (SoupMessage *message, GBytes *body, const CfShape *shape, GError **error)
{
  guint status = soup_message_get_status (message);
  CfJson json;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  if (!SOUP_STATUS_IS_SUCCESSFUL (status))
    {
      cfa_answer_refusal (body, status, error);
      return NULL;
    }
  if (length == 0 || length > ANSWER_MAX)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "got an answer that is empty or too large");
      return NULL;
    }
  return cf_json_check (text, length, &json, error) ? cf_json_decode (shape, &json, CF_DECODE_LENIENT, error) : NULL;
}
