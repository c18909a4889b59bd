/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../record.h"
#include "author-kind.h"

G_BEGIN_DECLS

typedef enum
{
  CF_FILE_UPLOADING,
  CF_FILE_CHECKING, /* all of it is there: it is looked at before anybody gets it */
  CF_FILE_READY,
  CF_FILE_REFUSED,
} CfFileState;

typedef enum
{
  CF_FILE_REASON_NONE,
  CF_FILE_REASON_TYPE,     /* what it really is may not be sent here */
  CF_FILE_REASON_IMAGE,    /* a picture that is damaged, or has too many pixels */
  CF_FILE_REASON_INFECTED,
} CfFileReason;

extern const char *const cf_file_state_words[];
extern const char *const cf_file_reason_words[];

/* In bytes; longer ones are cut in front of their ending. */
#define CF_FILE_NAME_MAX 200

/**
 * CfFile:
 * Something that a visitor or an agent adds to a conversation. What it is, is found out from its content. An agent's file is the visitor's
 * to see once a message has brought it; one for a note never is.
 */
typedef struct
{
  CfRecord parent;
  char *conversation_id;
  char *visitor_id; /* whose conversation it is; never on the wire */
  gboolean staff_only;
  CfAuthorKind author_kind;
  char *author_id;
  char *name;
  char *media_type; /* once it was looked at */
  gint64 size; /* bytes; of a picture first as it was sent, then as it is kept */
  gint64 width, height; /* of pictures */
  CfFileState state;
  CfFileReason reason; /* CF_FILE_REFUSED */
  char *finding; /* for the staff: what was found in it */
  gboolean sent; /* a message has it */
  char *secret; /* its addresses are made with it; never on the wire */
  gint64 created_at;
  char **members; /* in a channel: ids of the agents who may see it; NULL in a conversation; never on the wire */
} CfFile;

extern const CfShape cf_file_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfFile, cf_struct_unref)

G_END_DECLS
