/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever is opened or pasted as an invitation, what was read of it can be made a link again that says the same. */
#include "fuzz.h"

#include "protocol/invite-link.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size), *server = NULL, *token = NULL;
  g_autofree char *link = NULL, *server_again = NULL, *token_again = NULL;

  if (!cf_invite_link_read (text, &server, &token))
    {
      g_assert_true (server == NULL && token == NULL);
      return 0;
    }
  if (server == NULL)
    return 0;
  link = cf_invite_link_new (server, token);
  g_assert_nonnull (link);
  g_assert_true (cf_invite_link_read (link, &server_again, &token_again));
  g_assert_cmpstr (server, ==, server_again);
  g_assert_cmpstr (token, ==, token_again);
  return 0;
}
