/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/mail/mail.h"
#include "protocol/records/message.h"

G_BEGIN_DECLS

/**
 * CfdTranscript:
 * What was said in a conversation, as its visitor may read it.
 */
typedef struct
{
  const char *name;      /* of the site */
  const char *visitor;   /* nullable: what they are called */
  const char *language;  /* nullable */
  const char *time_zone; /* nullable: UTC */
  GPtrArray *messages;   /* of CfMessage, the newest first; what no visitor may see is left out here too */
  GHashTable *files;     /* names by id */
  gboolean cut;          /* there is more before them */
} CfdTranscript;

/* Bytes of all texts; older ones stay away. */
#define CFD_TRANSCRIPT_MAX (512 * 1024)

void cfd_transcript_write (const CfdTranscript *self, CfdMail *mail);

G_END_DECLS
