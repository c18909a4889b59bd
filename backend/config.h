/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfdConfig:
 * Everything that can be set, in one struct; described by one table in config.c (key, kind, default, limits, help), from which come
 * the key file reader, the environment (CHATFLOW_LISTEN, …), the command line overrides, `check-config` and docs/configuration.md.
 */
typedef struct
{
  char *listen;        /* "127.0.0.1:8080" */
  char *state;         /* folder of database and files */
  char *widget;        /* folder with widget.js */
  char *tls_cert, *tls_key;
  char **proxies;
  char **metrics;      /* who may read /metrics */
  gboolean demo_page;  /* serve /demo */
  char *log_level;     /* "debug" "info" "warning" "error" */
  char *log_format;    /* "text" or "json" */
  gint64 max_connections, max_per_address;
  gint64 send_queue_max, body_max;
  gint64 handshake_seconds, settle_seconds, ping_seconds, pong_seconds;
  gint64 peer_rate, peer_burst, address_rate, address_burst;
  gint64 login_tries; /* per address and per account in 15 minutes */
  gint64 session_days;
  gint64 max_file_size, max_files, file_link_hours;
  char **file_types;   /* media types that may be sent; a star at the end stands for any */
  char *user_agents;   /* regexes.yaml of uap-core */
  char *places;        /* a MaxMind database; NULL = none */
  gint64 visit_days;
  char *clamd;         /* path of its socket, or HOST:PORT; NULL = no virus scanner */
  char *mail_server;   /* smtp://HOST:PORT or smtps://…; NULL = no mail is sent */
  char *mail_from;     /* set when mail_server is */
  char *mail_user, *mail_password;
  char *mail_starttls; /* "required" or "optional" */
  char *mail_ca;
  gint64 mail_tries, mail_retry_seconds;
} CfdConfig;

CfdConfig *cfd_config_load     (const char *file, const char *const *overrides, GError **error); /* file nullable; overrides "key=value" */
CfdConfig *cfd_config_parse    (const char *text, gsize length, const char *const *environment, const char *const *overrides, GError **error);
char      *cfd_config_files    (const CfdConfig *self); /* transfer full: folder of the files in state */
char      *cfd_config_database (const CfdConfig *self); /* transfer full: path of the SQLite file in state */
gboolean   cfd_config_check    (const CfdConfig *self, GError **error); /* check-config: also that certificate, folders and the like can be read */
char      *cfd_config_dump     (const CfdConfig *self); /* transfer full: "key = value" lines of what is in force */
char      *cfd_config_describe (void); /* transfer full: a line for each key with default and help, for --help */
void       cfd_config_free     (CfdConfig *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdConfig, cfd_config_free)

G_END_DECLS
