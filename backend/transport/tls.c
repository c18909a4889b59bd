/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tls.h"

#include "tls-connection.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PRIORITIES "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

struct _CfdTls
{
  CfdSocketLoop *loop;
  gnutls_certificate_credentials_t credentials;
  gnutls_priority_t priorities;
  gnutls_datum_t ticket_key; /* clients that come again need no full handshake */
  GHashTable *connections;
};

static char *
read_file (const char *option, const char *path, GError **error)
{
  char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, error))
    g_prefix_error (error, "%s: ", option);
  return text;
}

/* GnuTLS checks that both parse and that they belong together. */
static gboolean
load_pair (CfdTls *self, const char *cert_path, const char *key_path, GError **error)
{
  g_autofree char *cert = read_file ("tls_cert", cert_path, error);
  g_autofree char *key = cert != NULL ? read_file ("tls_key", key_path, error) : NULL;
  gnutls_datum_t cert_datum = { (guchar *) cert, cert != NULL ? strlen (cert) : 0 }, key_datum = { (guchar *) key, key != NULL ? strlen (key) : 0 };
  int status;

  if (key == NULL)
    return FALSE;
  status = gnutls_certificate_set_x509_key_mem2 (self->credentials, &cert_datum, &key_datum, GNUTLS_X509_FMT_PEM, NULL, 0);
  if (status >= 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "tls_cert %s and tls_key %s cannot be used together: %s", cert_path, key_path,
               gnutls_strerror (status));
  return FALSE;
}

static void
on_ended (CfdTlsConnection *connection, gpointer data)
{
  g_hash_table_remove (((CfdTls *) data)->connections, connection);
}

/**
 * cfd_tls_new:
 * @cert_path: PEM, the server's certificate first, then those of its issuers
 * @key_path: PEM, not encrypted
 *
 * Returns: (transfer full): NULL with an error that names the file
 */
CfdTls *
cfd_tls_new (CfdSocketLoop *loop, const char *cert_path, const char *key_path, GError **error)
{
  g_autoptr (CfdTls) self = g_new0 (CfdTls, 1);
  int status;

  self->loop = loop;
  self->connections = g_hash_table_new (NULL, NULL);
  status = gnutls_certificate_allocate_credentials (&self->credentials);
  if (status >= 0)
    status = gnutls_priority_init (&self->priorities, PRIORITIES, NULL);
  if (status >= 0)
    status = gnutls_session_ticket_key_generate (&self->ticket_key);
  if (status < 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "cannot start TLS: %s", gnutls_strerror (status));
      return NULL;
    }
  return load_pair (self, cert_path, key_path, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * cfd_tls_free:
 *
 * Closes what is still open.
 */
void
cfd_tls_free (CfdTls *self)
{
  GHashTableIter iter;
  CfdTlsConnection *connection;

  g_hash_table_iter_init (&iter, self->connections);
  while (g_hash_table_iter_next (&iter, (gpointer *) &connection, NULL))
    cfd_tls_connection_free (connection);
  g_hash_table_unref (self->connections);
  gnutls_free (self->ticket_key.data);
  if (self->priorities != NULL)
    gnutls_priority_deinit (self->priorities);
  if (self->credentials != NULL)
    gnutls_certificate_free_credentials (self->credentials);
  g_free (self);
}

static gboolean
start_session (CfdTls *self, gnutls_session_t *session)
{
  static const gnutls_datum_t http = { (guchar *) "http/1.1", 8 };

  if (gnutls_init (session, GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL) < 0)
    return FALSE;
  if (gnutls_priority_set (*session, self->priorities) >= 0
      && gnutls_credentials_set (*session, GNUTLS_CRD_CERTIFICATE, self->credentials) >= 0
      && gnutls_session_ticket_enable_server (*session, &self->ticket_key) >= 0 && gnutls_alpn_set_protocols (*session, &http, 1, 0) >= 0)
    return TRUE;
  gnutls_deinit (*session);
  return FALSE;
}

/**
 * cfd_tls_wrap:
 * @fd: a new connection whose client will speak TLS; taken over
 *
 * Returns: a socket on which the client can be heard and answered in plain; -1 when there is no room for it
 */
int
cfd_tls_wrap (CfdTls *self, int fd)
{
  gnutls_session_t session;
  int pair[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) != 0)
    {
      close (fd);
      return -1;
    }
  if (!start_session (self, &session))
    {
      close (fd);
      close (pair[0]);
      close (pair[1]);
      return -1;
    }
  g_hash_table_add (self->connections, cfd_tls_connection_new (self->loop, session, fd, pair[0], on_ended, self));
  return pair[1];
}

/**
 * cfd_tls_is_busy:
 *
 * Returns: whether clients may still have something to take
 */
gboolean
cfd_tls_is_busy (CfdTls *self)
{
  return g_hash_table_size (self->connections) > 0;
}
