/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tls-files.h"

#include <gio/gio.h>
#include <gnutls/gnutls.h>
#include <string.h>

/* GnuTLS checks that both parse and that they belong together. */
static int
check_pair (const char *cert, const char *key)
{
  gnutls_certificate_credentials_t credentials;
  gnutls_datum_t cert_datum = { (guchar *) cert, strlen (cert) }, key_datum = { (guchar *) key, strlen (key) };
  int status = gnutls_certificate_allocate_credentials (&credentials);

  if (status < 0)
    return status;
  status = gnutls_certificate_set_x509_key_mem2 (credentials, &cert_datum, &key_datum, GNUTLS_X509_FMT_PEM, NULL, 0);
  gnutls_certificate_free_credentials (credentials);
  return status;
}

/**
 * cfd_tls_files_load:
 * @cert_path: PEM, the server's certificate first, then those of its issuers
 * @key_path: PEM, not encrypted
 * @cert: (out) (transfer full): the first file's text
 * @key: (out) (transfer full): the second file's text
 *
 * Reads a certificate and its key and checks that they can be used together.
 *
 * Returns: FALSE with an error that names the file
 */
gboolean
cfd_tls_files_load (const char *cert_path, const char *key_path, char **cert, char **key, GError **error)
{
  g_autofree char *cert_text = NULL, *key_text = NULL;
  int status;

  if (!g_file_get_contents (cert_path, &cert_text, NULL, error))
    {
      g_prefix_error (error, "tls_cert: ");
      return FALSE;
    }
  if (!g_file_get_contents (key_path, &key_text, NULL, error))
    {
      g_prefix_error (error, "tls_key: ");
      return FALSE;
    }
  status = check_pair (cert_text, key_text);
  if (status < 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "tls_cert %s and tls_key %s cannot be used together: %s", cert_path,
                   key_path, gnutls_strerror (status));
      return FALSE;
    }
  *cert = g_steal_pointer (&cert_text);
  *key = g_steal_pointer (&key_text);
  return TRUE;
}
