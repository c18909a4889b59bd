/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reply.h"

#include <string.h>

struct _CfaReply
{
  GObject parent_instance;
  CfRecord *record;
};

G_DEFINE_FINAL_TYPE (CfaReply, cfa_reply, G_TYPE_OBJECT)

static void
cfa_reply_finalize (GObject *object)
{
  cf_struct_unref (CFA_REPLY (object)->record);
  G_OBJECT_CLASS (cfa_reply_parent_class)->finalize (object);
}

static void
cfa_reply_class_init (CfaReplyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cfa_reply_finalize;
}

static void
cfa_reply_init (CfaReply *self)
{
}

static gboolean
contains (const char *text, const char *folded)
{
  g_autofree char *own = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return own != NULL && strstr (own, folded) != NULL;
}

static const char *
owner (CfaReply *self)
{
  const CfCannedResponse *canned = cfa_reply_get_canned (self);

  return canned != NULL ? canned->owner_id : cfa_reply_get_macro (self)->owner_id;
}

/**
 * cfa_reply_new:
 * @record: (transfer none): a CfCannedResponse or a CfMacro
 */
CfaReply *
cfa_reply_new (CfRecord *record)
{
  CfaReply *self = g_object_new (CFA_TYPE_REPLY, NULL);

  self->record = cf_struct_ref (record);
  return self;
}

/**
 * cfa_reply_get_record:
 * Returns: (transfer none): a CfCannedResponse or a CfMacro
 */
CfRecord *
cfa_reply_get_record (CfaReply *self)
{
  return self->record;
}

const char *
cfa_reply_get_id (CfaReply *self)
{
  return self->record->id;
}

/**
 * cfa_reply_get_name:
 * Returns: the shortcut of a canned response, the name of a macro.
 */
const char *
cfa_reply_get_name (CfaReply *self)
{
  const CfCannedResponse *canned = cfa_reply_get_canned (self);
  const char *name = canned != NULL ? canned->shortcut : cfa_reply_get_macro (self)->name;

  return name != NULL ? name : "";
}

gboolean
cfa_reply_get_shared (CfaReply *self)
{
  return owner (self) == NULL;
}

gint64
cfa_reply_get_uses (CfaReply *self)
{
  const CfCannedResponse *canned = cfa_reply_get_canned (self);

  return canned != NULL ? canned->uses : cfa_reply_get_macro (self)->uses;
}

/**
 * cfa_reply_get_canned:
 * Returns: (nullable): the canned response; NULL when it is a macro.
 */
const CfCannedResponse *
cfa_reply_get_canned (CfaReply *self)
{
  return self->record->parent.shape == &cf_canned_response_shape ? (const CfCannedResponse *) self->record : NULL;
}

/**
 * cfa_reply_get_macro:
 * Returns: (nullable): the macro; NULL when it is a canned response.
 */
const CfMacro *
cfa_reply_get_macro (CfaReply *self)
{
  return self->record->parent.shape == &cf_macro_shape ? (const CfMacro *) self->record : NULL;
}

/**
 * cfa_reply_matches:
 * @words: as a person typed them
 *
 * Returns: whether every one of @words is in its shortcut or name, title, category or text.
 */
gboolean
cfa_reply_matches (CfaReply *self, const char *words)
{
  const CfCannedResponse *canned = cfa_reply_get_canned (self);
  const CfMacro *macro = cfa_reply_get_macro (self);
  g_autofree char *folded = g_utf8_casefold (words, -1);
  g_auto (GStrv) each = g_strsplit_set (folded, " \t", -1);

  for (guint i = 0; each[i] != NULL; i++)
    {
      const char *word = each[i];

      if (*word == '\0' || contains (cfa_reply_get_name (self), word))
        continue;
      if (canned != NULL && (contains (canned->title, word) || contains (canned->category, word) || contains (canned->text, word)))
        continue;
      if (macro != NULL && (contains (macro->text, word) || contains (macro->note, word)))
        continue;
      return FALSE;
    }
  return TRUE;
}

/**
 * cfa_reply_compare:
 * A GCompareDataFunc: own ones before shared ones, then those that are used more, then by name.
 */
int
cfa_reply_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  CfaReply *left = CFA_REPLY ((gpointer) a), *right = CFA_REPLY ((gpointer) b);
  gint64 more = cfa_reply_get_uses (right) - cfa_reply_get_uses (left);

  if (cfa_reply_get_shared (left) != cfa_reply_get_shared (right))
    return cfa_reply_get_shared (left) ? 1 : -1;
  if (more != 0)
    return more > 0 ? 1 : -1;
  return g_utf8_collate (cfa_reply_get_name (left), cfa_reply_get_name (right));
}
