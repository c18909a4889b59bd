/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"

G_BEGIN_DECLS

/* In characters; text and note together stay below the frame limit of 64 KiB. */
#define CF_MACRO_NAME_MAX 100
#define CF_MACRO_TEXT_MAX 8000
#define CF_MACRO_NOTE_MAX 4000

typedef enum
{
  CF_MACRO_ASSIGN_LEAVE, /* as it is */
  CF_MACRO_ASSIGN_ME,    /* to whoever uses the macro */
  CF_MACRO_ASSIGN_NONE,  /* back to unassigned */
  CF_MACRO_ASSIGN_AGENT, /* to assignee_id */
} CfMacroAssign;

extern const char *const cf_macro_assign_words[];

/**
 * CfMacro:
 * Several acts under one name. The client carries them out as ordinary calls, in the order of the fields. With an owner it is for that agent alone.
 */
typedef struct
{
  CfRecord parent;
  char *name;
  char *owner_id; /* NULL = shared */
  char *text; /* the answer; may have placeholders */
  char *note; /* for the team; may have placeholders */
  char **add_tags; /* ids */
  char **remove_tags; /* ids */
  CfMacroAssign assign;
  char *assignee_id; /* CF_MACRO_ASSIGN_AGENT */
  char *department_id; /* where it goes */
  gboolean close;
  gint64 uses;
  gint64 created_at;
} CfMacro;

extern const CfShape cf_macro_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfMacro, cf_struct_unref)

G_END_DECLS
