/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "record-group.h"

#include "app/features/session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * CfaRecordForm:
 * How records of one shape are changed, which have a name, a version and changed_by. Words are to be translated.
 */
typedef struct
{
  const char *save, *remove; /* methods: the second takes an id */
  const char *new_title, *change_title, *remove_label;
  const char *removed; /* with a %s for the name */
  gpointer (*read)    (GObject *form, gconstpointer saved);  /* (transfer full): the record as it stands in the form */
  void     (*fill)    (GObject *form, gconstpointer saved);  /* shows it */
  char    *(*problem) (GObject *form, gconstpointer record); /* (transfer full) (nullable): why it cannot be saved yet */
  void     (*follow)  (GObject *form, gconstpointer record); /* (nullable): it was read */
  gpointer (*params)  (gconstpointer record, gint64 version); /* (transfer full): of the first method */
} CfaRecordForm;

#define CFA_TYPE_RECORD_EDITOR (cfa_record_editor_get_type ())
G_DECLARE_FINAL_TYPE (CfaRecordEditor, cfa_record_editor, CFA, RECORD_EDITOR, GObject)

/* What is between a record and the window in which it is changed: saves it, offers the way back, and says when somebody else was faster. */
CfaRecordEditor *cfa_record_editor_new     (CfaRecordGroup *group, CfaSession *session, CfaRecordItem *item, gpointer saved,
                                            const CfaRecordForm *kind, GObject *form);
void             cfa_record_editor_add     (CfaRecordEditor *self, GtkWidget *group);
void             cfa_record_editor_look    (CfaRecordEditor *self);
void             cfa_record_editor_present (CfaRecordEditor *self);

G_END_DECLS
