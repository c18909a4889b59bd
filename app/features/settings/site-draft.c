/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-draft.h"

#include "change.h"

#include "protocol/patch.h"
#include "protocol/records/agent.h"
#include "protocol/records/department.h"

/* A change that waits for the one before it. */
typedef struct
{
  GtkWidget *where; /* held: its window has the toasts */
  CfSiteConfigureParams *params, *undo;
  char *done;
} Step;

struct _CfaSiteDraft
{
  GObject parent_instance;

  CfaSession *session;
  CfaRecordItem *item;
  CfSite *saved;  /* the newest that the server has said */
  CfSite *wanted; /* that, and what is on its way */
  GQueue steps;   /* the first is with the server */
};

enum
{
  CHANGED,
  SKETCHED,
  SKETCH,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CfaSiteDraft, cfa_site_draft, G_TYPE_OBJECT)

static void
step_free (gpointer data)
{
  Step *step = data;

  g_object_unref (step->where);
  g_clear_pointer (&step->params, cf_struct_unref);
  g_clear_pointer (&step->undo, cf_struct_unref);
  g_free (step->done);
  g_free (step);
}

static void
fill_section (gpointer section, const CfShape *shape)
{
  gpointer *place = section;

  if (*place == NULL)
    *place = cf_struct_new (shape);
}

/* The way back: what @site has in those fields that @params changes. */
static CfSiteConfigureParams *
params_back (const CfSite *site, const CfSiteConfigureParams *params)
{
  CfSiteConfigureParams *undo = cf_struct_new (&cf_site_configure_params_shape);

  cf_struct_take (undo, site, FALSE);
  undo->parent.present = params->parent.present;
  undo->id = g_strdup (params->id);
  fill_section (&undo->appearance, &cf_site_appearance_shape);
  fill_section (&undo->hours, &cf_site_hours_shape);
  fill_section (&undo->offline, &cf_site_offline_shape);
  fill_section (&undo->privacy, &cf_site_privacy_shape);
  fill_section (&undo->form, &cf_site_form_shape);
  fill_section (&undo->survey, &cf_site_survey_shape);
  fill_section (&undo->alerts, &cf_site_alerts_shape);
  fill_section (&undo->limits, &cf_site_limits_shape);
  fill_section (&undo->files, &cf_site_files_shape);
  return undo;
}

static void
apply (CfSite *site, const CfSiteConfigureParams *params)
{
  gint64 version = site->version;

  cf_struct_take (site, params, TRUE);
  site->version = version;
}

/* What the server has said, and on top of it what waits. */
static void
renew (CfaSiteDraft *self)
{
  g_clear_pointer (&self->wanted, cf_struct_unref);
  self->wanted = cf_struct_copy (self->saved);
  for (GList *l = self->steps.head; l != NULL; l = l->next)
    apply (self->wanted, ((Step *) l->data)->params);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
take_record (CfaSiteDraft *self, const CfSite *site)
{
  if (self->saved != NULL && site->parent.rev < self->saved->parent.rev)
    return;
  g_clear_pointer (&self->saved, cf_struct_unref);
  self->saved = cf_struct_ref ((gpointer) site);
}

static void on_ended (GObject *asker, const CfRecordsResult *answer);

static void
send_next (CfaSiteDraft *self)
{
  Step *step = g_queue_peek_head (&self->steps);
  CfaChange change = { .method = "site.configure", .undo_method = "site.configure", .item = self->item, .ended = on_ended, .asker = G_OBJECT (self) };

  if (step == NULL)
    return;
  step->params->version = self->saved->version;
  step->undo->version = self->saved->version + 1;
  change.params = cf_struct_ref (step->params);
  change.undo_params = step->done != NULL ? g_steal_pointer (&step->undo) : NULL;
  change.done = g_steal_pointer (&step->done);
  cfa_change_run (step->where, self->session, &change);
}

/* What was refused takes with it what was built on it. */
static void
on_ended (GObject *asker, const CfRecordsResult *answer)
{
  CfaSiteDraft *self = CFA_SITE_DRAFT (asker);

  for (guint i = 0; answer != NULL && answer->records != NULL && i < answer->records->len; i++)
    if (((CfStruct *) answer->records->pdata[i])->shape == &cf_site_shape)
      take_record (self, answer->records->pdata[i]);
  if (answer == NULL)
    g_queue_clear_full (&self->steps, step_free);
  else
    step_free (g_queue_pop_head (&self->steps));
  renew (self);
  send_next (self);
}

static void
on_item_changed (CfaSiteDraft *self)
{
  if (cfa_record_item_is_gone (self->item))
    return;
  take_record (self, cfa_record_item_get (self->item));
  renew (self);
}

/* Also what the form offers may be called otherwise now. */
static void
on_session (CfaSiteDraft *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
cfa_site_draft_finalize (GObject *object)
{
  CfaSiteDraft *self = CFA_SITE_DRAFT (object);

  g_queue_clear_full (&self->steps, step_free);
  g_clear_pointer (&self->saved, cf_struct_unref);
  g_clear_pointer (&self->wanted, cf_struct_unref);
  g_object_unref (self->session);
  g_object_unref (self->item);
  G_OBJECT_CLASS (cfa_site_draft_parent_class)->finalize (object);
}

static void
cfa_site_draft_class_init (CfaSiteDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_site_draft_finalize;
  signals[CHANGED] = g_signal_new ("changed", CFA_TYPE_SITE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SKETCHED] = g_signal_new ("sketched", CFA_TYPE_SITE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SKETCH] = g_signal_new ("sketch", CFA_TYPE_SITE_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cfa_site_draft_init (CfaSiteDraft *self)
{
  g_queue_init (&self->steps);
}

/**
 * cfa_site_draft_new:
 * @item: a CfSite
 */
CfaSiteDraft *
cfa_site_draft_new (CfaSession *session, CfaRecordItem *item)
{
  CfaSiteDraft *self = g_object_new (CFA_TYPE_SITE_DRAFT, NULL);

  self->session = g_object_ref (session);
  self->item = g_object_ref (item);
  self->saved = cf_struct_ref ((gpointer) cfa_record_item_get (item));
  self->wanted = cf_struct_copy (self->saved);
  g_signal_connect_object (item, "changed", G_CALLBACK (on_item_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify", G_CALLBACK (on_session), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cfa_session_get_records (session, &cf_department_shape), "items-changed", G_CALLBACK (on_session), self, G_CONNECT_SWAPPED);
  return self;
}

CfaSession *
cfa_site_draft_get_session (CfaSiteDraft *self)
{
  return self->session;
}

CfaRecordItem *
cfa_site_draft_get_item (CfaSiteDraft *self)
{
  return self->item;
}

/**
 * cfa_site_draft_get:
 * Returns: (transfer none): the site as it will be.
 */
const CfSite *
cfa_site_draft_get (CfaSiteDraft *self)
{
  return self->wanted;
}

gboolean
cfa_site_draft_may (CfaSiteDraft *self)
{
  return cfa_change_allowed (self->session, CF_ROLE_ADMIN);
}

/* Returns: (transfer full): to be changed and given back; the same for the two below. */
CfSiteAppearance *
cfa_site_draft_dup_appearance (CfaSiteDraft *self)
{
  return self->wanted->appearance != NULL ? cf_struct_copy (self->wanted->appearance) : cf_struct_new (&cf_site_appearance_shape);
}

static GPtrArray *
copy_structs (const GPtrArray *structs)
{
  GPtrArray *copy = cf_structs_new ();

  for (guint i = 0; structs != NULL && i < structs->len; i++)
    g_ptr_array_add (copy, cf_struct_copy (structs->pdata[i]));
  return copy;
}

/* With lists of its own, which are never NULL. */
CfSiteHours *
cfa_site_draft_dup_hours (CfaSiteDraft *self)
{
  const CfSiteHours *have = self->wanted->hours;
  CfSiteHours *hours = have != NULL ? cf_struct_copy (have) : cf_struct_new (&cf_site_hours_shape);

  g_clear_pointer (&hours->ranges, g_ptr_array_unref);
  g_clear_pointer (&hours->holidays, g_ptr_array_unref);
  hours->ranges = copy_structs (have != NULL ? have->ranges : NULL);
  hours->holidays = copy_structs (have != NULL ? have->holidays : NULL);
  return hours;
}

CfSiteOffline *
cfa_site_draft_dup_offline (CfaSiteDraft *self)
{
  return self->wanted->offline != NULL ? cf_struct_copy (self->wanted->offline) : cf_struct_new (&cf_site_offline_shape);
}

/* With a list of its own, which is never NULL. */
CfSiteForm *
cfa_site_draft_dup_form (CfaSiteDraft *self)
{
  const CfSiteForm *have = self->wanted->form;
  CfSiteForm *form = have != NULL ? cf_struct_copy (have) : cf_struct_new (&cf_site_form_shape);

  g_clear_pointer (&form->fields, g_ptr_array_unref);
  form->fields = copy_structs (have != NULL ? have->fields : NULL);
  return form;
}

/* Returns: (transfer full): the records of @shape */
static GPtrArray *
list_records (CfaSiteDraft *self, const CfShape *shape)
{
  GListModel *model = G_LIST_MODEL (cfa_session_get_records (self->session, shape));
  GPtrArray *records = cf_structs_new ();

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (CfaRecordItem) item = g_list_model_get_item (model, i);

      g_ptr_array_add (records, cf_struct_ref ((gpointer) cfa_record_item_get (item)));
    }
  return records;
}

/**
 * cfa_site_draft_dup_departments:
 * @chosen: (nullable): ids; none = all
 *
 * Returns: (transfer full) (nullable): of CfFormDepartment: those of them that a form of this site can offer.
 */
GPtrArray *
cfa_site_draft_dup_departments (CfaSiteDraft *self, char *const *chosen)
{
  g_autoptr (GPtrArray) departments = list_records (self, &cf_department_shape), agents = list_records (self, &cf_agent_shape);

  return cf_form_departments_offer (chosen, self->saved->parent.id, departments, agents);
}

/**
 * cfa_site_draft_dup_sketch:
 * Returns: (transfer full): the site as it would be if all that is being typed, and not saved yet, were saved as it stands.
 */
CfSite *
cfa_site_draft_dup_sketch (CfaSiteDraft *self)
{
  CfSite *sketch = cf_struct_copy (self->wanted);

  g_clear_pointer (&sketch->appearance, cf_struct_unref);
  g_clear_pointer (&sketch->offline, cf_struct_unref);
  g_clear_pointer (&sketch->form, cf_struct_unref);
  sketch->appearance = cfa_site_draft_dup_appearance (self);
  sketch->offline = cfa_site_draft_dup_offline (self);
  sketch->form = cfa_site_draft_dup_form (self);
  g_signal_emit (self, signals[SKETCH], 0, sketch);
  return sketch;
}

/* Something is being typed that is not saved yet. */
void
cfa_site_draft_sketched (CfaSiteDraft *self)
{
  g_signal_emit (self, signals[SKETCHED], 0);
}

/**
 * cfa_site_draft_change:
 * @where: what the person has changed it with
 * @params: (transfer full): with what is given; id and version are filled in
 * @done: (transfer full) (nullable): what the toast says, which offers to undo it; NULL = no toast
 *
 * What is so already is not asked for.
 */
void
cfa_site_draft_change (CfaSiteDraft *self, GtkWidget *where, CfSiteConfigureParams *params, char *done)
{
  g_autoptr (CfSite) next = cf_struct_copy (self->wanted);
  Step *step;

  apply (next, params);
  if (cf_struct_equal (next, self->wanted))
    {
      cf_struct_unref (params);
      g_free (done);
      return;
    }
  params->id = g_strdup (self->saved->parent.id);
  step = g_new0 (Step, 1);
  step->where = g_object_ref (where);
  step->undo = params_back (self->wanted, params);
  step->params = params;
  step->done = done;
  g_queue_push_tail (&self->steps, step);
  renew (self);
  if (self->steps.length == 1)
    send_next (self);
}

/* A section as a whole; all of these take over what they are given. */
void
cfa_site_draft_set_appearance (CfaSiteDraft *self, GtkWidget *where, CfSiteAppearance *appearance, char *done)
{
  CfSiteConfigureParams *params = cf_struct_new (&cf_site_configure_params_shape);

  params->appearance = appearance;
  cf_struct_give (params, "appearance");
  cfa_site_draft_change (self, where, params, done);
}

void
cfa_site_draft_set_hours (CfaSiteDraft *self, GtkWidget *where, CfSiteHours *hours, char *done)
{
  CfSiteConfigureParams *params = cf_struct_new (&cf_site_configure_params_shape);

  params->hours = hours;
  cf_struct_give (params, "hours");
  cfa_site_draft_change (self, where, params, done);
}

void
cfa_site_draft_set_offline (CfaSiteDraft *self, GtkWidget *where, CfSiteOffline *offline, char *done)
{
  CfSiteConfigureParams *params = cf_struct_new (&cf_site_configure_params_shape);

  params->offline = offline;
  cf_struct_give (params, "offline");
  cfa_site_draft_change (self, where, params, done);
}

/* With what it will offer, which the server says anew. */
void
cfa_site_draft_set_form (CfaSiteDraft *self, GtkWidget *where, CfSiteForm *form, char *done)
{
  CfSiteConfigureParams *params = cf_struct_new (&cf_site_configure_params_shape);

  for (guint i = 0; i < form->fields->len; i++)
    {
      CfFormField *field = form->fields->pdata[i];

      if (field->kind != CF_FORM_DEPARTMENT)
        continue;
      g_clear_pointer (&field->offered, g_ptr_array_unref);
      field->offered = cfa_site_draft_dup_departments (self, field->departments);
    }
  params->form = form;
  cf_struct_give (params, "form");
  cfa_site_draft_change (self, where, params, done);
}
