/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One frame from a stranger: its id can be echoed, and is read as the same id by the other end. */
#include "fuzz.h"

#include "protocol/error.h"
#include "protocol/rpc.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr (CfRpcMessage) message = cf_rpc_parse ((const char *) data, size, &id, &error), answer = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  g_assert_true ((message != NULL) == (error == NULL));
  g_assert_true (message == NULL || id == NULL);
  if (message != NULL)
    id = g_strdup (message->id);
  if (error == NULL)
    error = g_error_copy (message->error != NULL ? message->error : &(GError) { CF_ERROR, CF_ERROR_INVALID, "refused" });
  cf_rpc_write_error (out, id, error, message != NULL ? message->retry_after_ms : 0);
  answer = cf_rpc_parse (out->str, out->len, NULL, NULL);
  g_assert_nonnull (answer);
  g_assert_cmpint (answer->kind, ==, CF_RPC_ERROR);
  g_assert_cmpstr (answer->id, ==, id);
  g_assert_error (answer->error, CF_ERROR, error->code);
  g_assert_cmpstr (answer->error->message, ==, error->message);
  return 0;
}
