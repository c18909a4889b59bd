/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mailer.h"

#include "mail-address.h"
#include "protocol/error.h"

#include <curl/curl.h>
#include <string.h>

#define CONNECT_SECONDS 20
#define SEND_SECONDS 120
/* Of what the mail server said. */
#define SAID_MAX 200

struct _CfdMailer
{
  char *server;
  char *user, *password; /* nullable */
  char *authorities;     /* nullable: a file */
  char *from_name, *from_address;
  gboolean starttls; /* demanded */
};

/* One mail on its way. */
typedef struct
{
  GCancellable *cancellable;
  const char *content;
  gsize left;
  char said[SAID_MAX]; /* the last line with which the server has refused something */
} Sending;

/* Whether mail can be sent, for services on any thread; set before they run. */
static gint set_up;

static size_t
give_content (char *buffer, size_t size, size_t n, void *data)
{
  Sending *sending = data;
  gsize length = MIN (size * n, sending->left);

  memcpy (buffer, sending->content, length);
  sending->content += length;
  sending->left -= length;
  return length;
}

static size_t
hear_answer (char *buffer, size_t size, size_t n, void *data)
{
  Sending *sending = data;
  gsize length = MIN (size * n, sizeof sending->said - 1);

  /* After a refusal both sides say good-bye. */
  if (length == 0 || (*buffer != '4' && *buffer != '5'))
    return size * n;
  memcpy (sending->said, buffer, length);
  sending->said[length] = '\0';
  return size * n;
}

/* Called at least once a second: anything but 0 breaks it off. */
static int
watch (void *data, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up)
{
  return g_cancellable_is_cancelled (((Sending *) data)->cancellable);
}

/*
 * "5yz" to what was said of this mail says that it will not be taken (RFC 5321 section 4.2.1). A greeting or a password that is refused, or TLS that
 * is not there, are for whoever keeps the servers to mend: it is tried again.
 */
static gboolean
is_refusal (CURLcode code, long response)
{
  return response >= 500 && response <= 599 && code != CURLE_LOGIN_DENIED && code != CURLE_USE_SSL_FAILED && code != CURLE_WEIRD_SERVER_REPLY
         && code != CURLE_COULDNT_CONNECT && code != CURLE_REMOTE_ACCESS_DENIED;
}

static const char *
explain (CURLcode code, const char *detail)
{
  if (code == CURLE_USE_SSL_FAILED)
    return "the mail server offers no TLS, which mail_starttls = required demands";
  if (code == CURLE_LOGIN_DENIED)
    return "the mail server refused mail_user and mail_password";
  return *detail != '\0' ? detail : curl_easy_strerror (code);
}

static void
set_error (CURL *curl, CURLcode code, const char *detail, Sending *sending, GError **error)
{
  g_autofree char *said = g_utf8_make_valid (g_strchomp (sending->said), -1);
  long response = 0;

  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &response);
  g_set_error (error, CF_ERROR, is_refusal (code, response) ? CF_ERROR_INVALID : CF_ERROR_UNAVAILABLE, "%s%s%s%s", explain (code, detail),
               *said != '\0' ? " (it said: " : "", said, *said != '\0' ? ")" : "");
}

static void
set_account (CfdMailer *self, CURL *curl)
{
  /* Whatever http_proxy and the like say: those don't speak SMTP. */
  curl_easy_setopt (curl, CURLOPT_PROXY, "");
  curl_easy_setopt (curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt (curl, CURLOPT_URL, self->server);
  curl_easy_setopt (curl, CURLOPT_USE_SSL, (long) (self->starttls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  curl_easy_setopt (curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (curl, CURLOPT_CONNECTTIMEOUT, (long) CONNECT_SECONDS);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, (long) SEND_SECONDS);
  if (self->authorities != NULL)
    curl_easy_setopt (curl, CURLOPT_CAINFO, self->authorities);
  if (self->user == NULL)
    return;
  curl_easy_setopt (curl, CURLOPT_USERNAME, self->user);
  curl_easy_setopt (curl, CURLOPT_PASSWORD, self->password != NULL ? self->password : "");
}

/**
 * cfd_mailer_new:
 * Returns: (transfer full): NULL with CF_ERROR_UNAVAILABLE when the configuration names no mail server
 */
CfdMailer *
cfd_mailer_new (const CfdConfig *config, GError **error)
{
  g_autoptr (CfdMailer) self = NULL;

  if (config->mail_server == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "this server sends no mail: set mail_server and mail_from in its configuration");
      return NULL;
    }
  curl_global_init (CURL_GLOBAL_DEFAULT);
  cfd_mail_prepare ();
  self = g_new0 (CfdMailer, 1);
  if (!cfd_mail_address_split (config->mail_from, &self->from_name, &self->from_address, error))
    return NULL;
  self->server = g_strdup (config->mail_server);
  self->user = g_strdup (config->mail_user);
  self->password = g_strdup (config->mail_password);
  self->authorities = g_strdup (config->mail_ca);
  self->starttls = g_str_equal (config->mail_starttls, "required");
  return g_steal_pointer (&self);
}

/**
 * cfd_mailer_send:
 * Returns: whether the mail server has taken it. CF_ERROR_INVALID when it never will; CF_ERROR_UNAVAILABLE when it may later; both say what the
 *   server said.
 */
gboolean
cfd_mailer_send (CfdMailer *self, const CfdMail *mail, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) content = cfd_mail_render (mail, self->from_name, self->from_address);
  g_autofree char *from = g_strdup_printf ("<%s>", self->from_address), *to = g_strdup_printf ("<%s>", mail->to);
  struct curl_slist *recipients = curl_slist_append (NULL, to);
  Sending sending = { .cancellable = cancellable };
  char detail[CURL_ERROR_SIZE] = "";
  CURL *curl = curl_easy_init ();
  CURLcode code;

  sending.content = g_bytes_get_data (content, &sending.left);
  set_account (self, curl);
  curl_easy_setopt (curl, CURLOPT_MAIL_FROM, from);
  curl_easy_setopt (curl, CURLOPT_MAIL_RCPT, recipients);
  curl_easy_setopt (curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt (curl, CURLOPT_READFUNCTION, give_content);
  curl_easy_setopt (curl, CURLOPT_READDATA, &sending);
  curl_easy_setopt (curl, CURLOPT_HEADERFUNCTION, hear_answer);
  curl_easy_setopt (curl, CURLOPT_HEADERDATA, &sending);
  curl_easy_setopt (curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt (curl, CURLOPT_XFERINFOFUNCTION, watch);
  curl_easy_setopt (curl, CURLOPT_XFERINFODATA, &sending);
  curl_easy_setopt (curl, CURLOPT_ERRORBUFFER, detail);
  code = curl_easy_perform (curl);
  if (code != CURLE_OK)
    set_error (curl, code, detail, &sending, error);
  curl_easy_cleanup (curl);
  curl_slist_free_all (recipients);
  return code == CURLE_OK;
}

void
cfd_mailer_free (CfdMailer *self)
{
  g_free (self->server);
  g_free (self->user);
  g_free (self->password);
  g_free (self->authorities);
  g_free (self->from_name);
  g_free (self->from_address);
  g_free (self);
}

/* Whether there is a mail server, for those who want to send something later. */
void
cfd_mail_set_up (gboolean there)
{
  g_atomic_int_set (&set_up, there);
}

gboolean
cfd_mail_is_set_up (void)
{
  return g_atomic_int_get (&set_up);
}

gboolean
cfd_mail_require (GError **error)
{
  if (cfd_mail_is_set_up ())
    return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_UNAVAILABLE, "this server sends no mail; whoever keeps it can set that up");
  return FALSE;
}
