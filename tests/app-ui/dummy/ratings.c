/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ratings.h"

#include "dummy.h"

#include "protocol/id.h"
#include "protocol/methods/rating-params.h"
#include "protocol/records/conversation.h"

#define DAY ((gint64) 24 * 3600 * 1000)

static const struct { int days; gint64 rating; const char *comment; } comments[] = {
  { 0, 5, "Quick & kind, <thank you>!" },
  { 3, 2, "I had to explain it three times, and in the end the answer was the same as on the page about returns, which I had read before I asked." },
  { 12, 5, "شكرا جزيلا" },
};

/* How visitors rated this agent; nobody has rated the others. */
gboolean
dummy_ratings_call (const char *method, gconstpointer params, GTask *task)
{
  const CfRatingSummaryParams *p = params;
  CfRatingSummaryResult *summary;

  if (!g_str_equal (method, "rating.summary"))
    return FALSE;
  summary = cf_struct_new (&cf_rating_summary_result_shape);
  if (g_strcmp0 (p->agent_id, DUMMY_AGENT_ID) == 0 && !dummy_wants ("empty"))
    {
      summary->ratings = 38;
      summary->stars = 175;
      summary->good = 35;
      summary->records = cf_structs_new ();
      for (guint i = 0; i < G_N_ELEMENTS (comments); i++)
        {
          CfConversation *conversation = cf_struct_new (&cf_conversation_shape);

          conversation->rating = comments[i].rating;
          conversation->rated_at = cf_now () - comments[i].days * DAY;
          conversation->rating_comment = g_strdup (comments[i].comment);
          g_ptr_array_add (summary->records, conversation);
        }
    }
  g_task_return_pointer (task, summary, cf_struct_unref);
  return TRUE;
}
