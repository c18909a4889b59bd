/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-private.h"

#include "protocol/error.h"
#include "protocol/methods/results.h"

/* After the copy was emptied and fetched anew: of what was open, and what was being written where, the server is asked whether it is still there. */
typedef struct
{
  guint under_way;
  guint dropped; /* drafts */
  gboolean gone; /* what was open */
  gboolean unknown; /* there was no answer */
} Lost;

/* One question. */
typedef struct
{
  CfaSession *session;
  Lost *lost;
  char *id;
  gboolean is_draft, is_open;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->session);
  g_free (question->id);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

/* Takes @lost when nothing is under way any more. What could not be asked is asked at the next connection. */
static void
settle (CfaSession *self, Lost *lost)
{
  if (--lost->under_way > 0)
    return;
  if (lost->unknown)
    self->anew = TRUE;
  else
    g_clear_pointer (&self->parted_id, g_free);
  g_signal_emit_by_name (self, "renewed", lost->dropped, lost->gone);
  g_free (lost);
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Question) question = data;
  CfaSession *self = question->session;
  g_autoptr (GError) error = NULL;
  g_autoptr (CfRecordsResult) answer = cfa_session_call_finish (self, result, &error);
  gboolean gone = g_error_matches (error, CF_ERROR, CF_ERROR_NOT_FOUND);

  question->lost->unknown |= answer == NULL && !gone;
  question->lost->gone |= gone && question->is_open;
  if (gone && question->is_draft && self->cache != NULL)
    {
      cfa_cache_forget_draft (self->cache, question->id);
      question->lost->dropped++;
    }
  settle (self, question->lost);
}

static void
ask (CfaSession *self, Lost *lost, const char *id, gboolean is_draft)
{
  Question *question = g_new0 (Question, 1);
  g_autoptr (CfIdParams) params = cf_struct_new (&cf_id_params_shape);

  question->session = g_object_ref (self);
  question->lost = lost;
  question->id = g_strdup (id);
  question->is_draft = is_draft;
  question->is_open = g_strcmp0 (id, self->parted_id) == 0;
  params->id = g_strdup (id);
  lost->under_way++;
  cfa_session_call_async (self, "conversation.get", params, &cf_records_result_shape, NULL, on_asked, question);
}

static void
on_strays (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CfaSession) self = data;
  g_autoptr (GPtrArray) strays = cfa_cache_array_finish (result, NULL);
  Lost *lost = g_new0 (Lost, 1);
  gboolean asked = self->parted_id == NULL;

  lost->under_way = 1; /* until all are asked */
  for (guint i = 0; strays != NULL && i < strays->len; i++)
    {
      asked |= g_strcmp0 (strays->pdata[i], self->parted_id) == 0;
      ask (self, lost, strays->pdata[i], TRUE);
    }
  if (!asked)
    ask (self, lost, self->parted_id, FALSE);
  settle (self, lost);
}

/**
 * cfa_session_find_lost:
 * The copy was fetched anew, because what this agent may see has changed. What they were writing where they see nothing any more quotes what is none
 * of their business now, and nobody would take it: it goes, and "renewed" says so.
 */
void
cfa_session_find_lost (CfaSession *self)
{
  self->anew = FALSE;
  cfa_cache_strays_async (self->cache, on_strays, g_object_ref (self));
}

/**
 * cfa_session_part:
 * @id: of the conversation that was open when "reset" came: whether it is gone is said by "renewed"
 */
void
cfa_session_part (CfaSession *self, const char *id)
{
  g_free (self->parted_id);
  self->parted_id = g_strdup (id);
}
