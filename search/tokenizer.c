/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tokenizer.h"

#include "words.h"

/* A text on its way into the full-text index, or a query out of it. */
typedef struct
{
  void *context;
  int (*token) (void *context, int flags, const char *bytes, int length, int start, int end);
  int code;
} Tokens;

static gboolean
give_token (const char *word, gsize length, gsize start, gsize end, gpointer data)
{
  Tokens *tokens = data;

  tokens->code = tokens->token (tokens->context, 0, word, length, start, end);
  return tokens->code == SQLITE_OK;
}

static int
tokenize (Fts5Tokenizer *self, void *context, int flags, const char *text, int length,
          int (*token) (void *context, int flags, const char *bytes, int length, int start, int end))
{
  Tokens tokens = { context, token, SQLITE_OK };

  cf_words_each (text, length, give_token, &tokens);
  return tokens.code;
}

static int
create_tokenizer (void *context, const char **arguments, int n_arguments, Fts5Tokenizer **out)
{
  static int nothing;

  *out = (Fts5Tokenizer *) &nothing; /* it has no state, but must not be NULL */
  return SQLITE_OK;
}

static void
delete_tokenizer (Fts5Tokenizer *self)
{
}

/**
 * cf_search_add_tokenizer:
 * Makes the tokenizer "words" known to the connection's FTS5; see cf_words_each().
 *
 * Returns: FALSE when this SQLite was built without FTS5.
 */
gboolean
cf_search_add_tokenizer (sqlite3 *db)
{
  fts5_tokenizer words = { create_tokenizer, delete_tokenizer, tokenize };
  fts5_api *api = NULL;
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_prepare_v2 (db, "SELECT fts5 (?1)", -1, &stmt, NULL) != SQLITE_OK)
    return FALSE;
  sqlite3_bind_pointer (stmt, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step (stmt);
  sqlite3_finalize (stmt);
  return api != NULL && api->xCreateTokenizer (api, "words", NULL, &words, NULL) == SQLITE_OK;
}
