/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backend/transport/transport.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * Bench:
 * A transport on a free port, in this process and on this thread, with handlers that a test can look into: a socket gets its own
 * texts back; HTTP paths do what their names say.
 */
typedef struct
{
  CfdTransportOptions options; /* may be changed before bench_start() */
  CfdTransport *transport;
  guint port;
  gboolean refuse; /* handshakes */
  gboolean mute;   /* do not echo */
  GPtrArray *peers; /* open ones */
  GPtrArray *held;  /* requests to /hold that wait for an answer */
  guint opened, closed, texts, requests;
} Bench;

Bench *bench_new        (void);
void   bench_start      (Bench *self);
void   bench_stop       (Bench *self);
void   bench_free       (Bench *self);
void   bench_iterate    (void);
CfdTransportStats bench_stats (Bench *self);

/* Runs the main loop until @condition holds. The test's time-out is the end of a wait in vain. */
#define WAIT_UNTIL(condition) G_STMT_START { while (!(condition)) bench_iterate (); } G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Bench, bench_free)

G_END_DECLS
