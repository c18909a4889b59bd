/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "first-steps.h"

#include "app/cache/folder.h"
#include "protocol/records/invite.h"

#define DISMISSED "dismissed"

struct _CfaFirstSteps
{
  GObject parent_instance;

  CfaSession *session;
  CfaLiveVisitors *visitors;
  gboolean done[CFA_N_STEPS];
  gboolean dismissed;
  gboolean known; /* the server has said once what there is */
};

/* The file's words. */
static const char *const words[CFA_N_STEPS] = { "site", "snippet", "visitor", "hello", "colleague" };

static guint changed_signal;

G_DEFINE_FINAL_TYPE (CfaFirstSteps, cfa_first_steps, G_TYPE_OBJECT)

static char *
file_name (void)
{
  return g_build_filename (g_get_user_state_dir (), "chatflow", "first-steps.ini", NULL);
}

static void
load (CfaFirstSteps *self)
{
  g_autofree char *name = file_name ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  const char *agent = cfa_session_get_agent_id (self->session);

  g_key_file_load_from_file (file, name, G_KEY_FILE_NONE, NULL);
  for (guint i = 0; i < CFA_N_STEPS; i++)
    self->done[i] = g_key_file_get_boolean (file, agent, words[i], NULL);
  self->dismissed = g_key_file_get_boolean (file, agent, DISMISSED, NULL);
}

/* Failing to remember this is not worth a word to the person. */
static void
save (CfaFirstSteps *self)
{
  g_autofree char *name = file_name (), *folder = g_path_get_dirname (name);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  const char *agent = cfa_session_get_agent_id (self->session);

  g_key_file_load_from_file (file, name, G_KEY_FILE_NONE, NULL);
  for (guint i = 0; i < CFA_N_STEPS; i++)
    g_key_file_set_boolean (file, agent, words[i], self->done[i]);
  g_key_file_set_boolean (file, agent, DISMISSED, self->dismissed);
  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (file, name, &error))
    g_debug ("first steps: %s", error->message);
}

static GListModel *
records (CfaFirstSteps *self, const CfShape *shape)
{
  return G_LIST_MODEL (cfa_session_get_records (self->session, shape));
}

static guint
count (CfaFirstSteps *self, CfaInbox inbox)
{
  return cfa_session_get_count (self->session, cfa_folder_of_inbox (inbox)).n;
}

/* What is there now. Nobody invites somebody before there is a server that knows of it, so the order of the steps does not matter. */
static gboolean
is_so (CfaFirstSteps *self, CfaStep step)
{
  gboolean talked = count (self, CFA_INBOX_MINE) > 0 || count (self, CFA_INBOX_CLOSED) > 0;

  switch (step)
    {
    case CFA_STEP_SITE:
      return g_list_model_get_n_items (records (self, &cf_site_shape)) > 0;
    case CFA_STEP_SNIPPET:
    case CFA_STEP_VISITOR:
      return cfa_live_visitors_get_total (self->visitors) > 0 || count (self, CFA_INBOX_ALL) > 0 || talked;
    case CFA_STEP_HELLO:
      return talked;
    case CFA_STEP_COLLEAGUE:
      return g_list_model_get_n_items (records (self, &cf_agent_shape)) > 1 || g_list_model_get_n_items (records (self, &cf_invite_shape)) > 0;
    case CFA_N_STEPS:
      break;
    }
  return FALSE;
}

/* A site can be removed again; the rest was done once and for all. */
static void
look (CfaFirstSteps *self)
{
  gboolean before[CFA_N_STEPS];

  memcpy (before, self->done, sizeof before);
  self->known = self->known || cfa_session_get_link (self->session) == CFA_LINK_LIVE;
  for (CfaStep step = 0; step < CFA_N_STEPS; step++)
    self->done[step] = is_so (self, step) || (self->done[step] && step != CFA_STEP_SITE);
  if (memcmp (before, self->done, sizeof before) != 0)
    save (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
cfa_first_steps_dispose (GObject *object)
{
  CfaFirstSteps *self = CFA_FIRST_STEPS (object);

  g_clear_object (&self->session);
  g_clear_object (&self->visitors);
  G_OBJECT_CLASS (cfa_first_steps_parent_class)->dispose (object);
}

static void
cfa_first_steps_class_init (CfaFirstStepsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cfa_first_steps_dispose;
  changed_signal = g_signal_new ("changed", CFA_TYPE_FIRST_STEPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_first_steps_init (CfaFirstSteps *self)
{
}

/**
 * cfa_first_steps_new:
 * Returns: (transfer full): how far the person has come; it follows what happens.
 */
CfaFirstSteps *
cfa_first_steps_new (CfaSession *session, CfaLiveVisitors *visitors)
{
  static const CfShape *const shapes[] = { &cf_site_shape, &cf_agent_shape, &cf_invite_shape };
  CfaFirstSteps *self = g_object_new (CFA_TYPE_FIRST_STEPS, NULL);

  self->session = g_object_ref (session);
  self->visitors = g_object_ref (visitors);
  load (self);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    g_signal_connect_object (records (self, shapes[i]), "items-changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (visitors, "notify::total", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "counted", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::link", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::role", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
  return self;
}

gboolean
cfa_first_steps_is_done (CfaFirstSteps *self, CfaStep step)
{
  return self->done[step];
}

CfaStep
cfa_first_steps_get_next (CfaFirstSteps *self)
{
  CfaStep step = 0;

  while (step < CFA_N_STEPS && self->done[step])
    step++;
  return step;
}

/**
 * cfa_first_steps_is_for:
 * Returns: whether these steps are this person's to take.
 */
gboolean
cfa_first_steps_is_for (CfaSession *session)
{
  return cfa_session_get_role (session) == CF_ROLE_ADMIN;
}

/**
 * cfa_first_steps_is_wanted:
 * Returns: whether they are to be shown unasked: to an admin who has not talked with a visitor yet and has not sent them away.
 */
gboolean
cfa_first_steps_is_wanted (CfaFirstSteps *self)
{
  return self->known && cfa_first_steps_is_for (self->session) && !self->dismissed && cfa_first_steps_get_next (self) < CFA_STEP_COLLEAGUE;
}

const CfSite *
cfa_first_steps_get_site (CfaFirstSteps *self)
{
  g_autoptr (CfaRecordItem) item = g_list_model_get_item (records (self, &cf_site_shape), 0);

  return item != NULL ? cfa_record_item_get (item) : NULL;
}

/**
 * cfa_first_steps_copied:
 * The person has taken the line with them.
 */
void
cfa_first_steps_copied (CfaFirstSteps *self)
{
  self->done[CFA_STEP_SNIPPET] = TRUE;
  save (self);
  g_signal_emit (self, changed_signal, 0);
}

/**
 * cfa_first_steps_dismiss:
 * They are not shown unasked any more.
 */
void
cfa_first_steps_dismiss (CfaFirstSteps *self)
{
  self->dismissed = TRUE;
  save (self);
  g_signal_emit (self, changed_signal, 0);
}
