/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "backend/mail/mail-address.h"
#include "protocol/error.h"

#include <gio/gio.h>
#include <string.h>

#define GROUP "chatflow"
#define ENVIRONMENT_PREFIX "CHATFLOW_"
#define FILE_TYPES                                                                                                       \
  "image/jpeg, image/png, image/gif, image/webp, audio/*, video/*, text/plain, text/csv, application/pdf, application/zip, "        \
  "application/msword, application/vnd.ms-excel, application/vnd.ms-powerpoint, application/vnd.openxmlformats-officedocument.*, "  \
  "application/vnd.oasis.opendocument.*, application/rtf, text/rtf"
#define FILE_MAX (256 * 1024)

typedef enum
{
  KIND_PATH,    /* "~/" is the home folder */
  KIND_LISTEN,  /* ADDRESS:PORT */
  KIND_LIST,    /* of addresses, comma-separated */
  KIND_TYPES,   /* of media types, likewise */
  KIND_SOCKET,  /* a path or HOST:PORT */
  KIND_CHOICE,  /* one of the words */
  KIND_BOOLEAN,
  KIND_INTEGER, /* from min to max */
  KIND_MAIL_SERVER, /* smtp://HOST:PORT or smtps://HOST:PORT */
  KIND_MAIL_FROM, /* an address, with a name before it */
  KIND_SECRET, /* any text; never shown */
} Kind;

typedef struct
{
  const char *key;
  Kind kind;
  gsize offset;
  const char *fallback; /* (nullable): as one would write it */
  gint64 min, max;
  const char *const *words;
  const char *help;
} Key;

/* Where a value goes and where it comes from. */
typedef struct
{
  CfdConfig *config;
  const char *source; /* for errors: "the key file", … */
} Target;

static const char *const level_words[] = { "debug", "info", "warning", "error", NULL };
static const char *const format_words[] = { "text", "json", NULL };
static const char *const starttls_words[] = { "required", "optional", NULL };

#define AT(m) G_STRUCT_OFFSET (CfdConfig, m)

static const Key keys[] = {
  { "listen", KIND_LISTEN, AT (listen), "127.0.0.1:8080", .help = "Address and port to listen on; port 0 takes any free one." },
  { "state", KIND_PATH, AT (state), NULL, .help = "Folder of the database and of everything that is kept; without it, chatflow in the user's data folder." },
  { "widget", KIND_PATH, AT (widget), NULL, .help = "Folder with the built widget; without it, the installed one." },
  { "tls_cert", KIND_PATH, AT (tls_cert), NULL, .help = "Certificate chain (PEM), to speak HTTPS without a proxy. Needs tls_key." },
  { "tls_key", KIND_PATH, AT (tls_key), NULL, .help = "Private key (PEM) of tls_cert." },
  { "proxies", KIND_LIST, AT (proxies), NULL, .help = "Addresses or ranges of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, as 127.0.0.1, 10.0.0.0/8." },
  { "metrics", KIND_LIST, AT (metrics), "127.0.0.0/8, ::1", .help = "Addresses or ranges that may read /metrics; others are refused." },
  { "demo_page", KIND_BOOLEAN, AT (demo_page), "false", .help = "Serve a page with the widget on it at /demo." },
  { "log_level", KIND_CHOICE, AT (log_level), "info", .words = level_words, .help = "The slightest thing that is logged." },
  { "log_format", KIND_CHOICE, AT (log_format), "text", .words = format_words, .help = "One line of text or one JSON object per event." },
  { "max_connections", KIND_INTEGER, AT (max_connections), "20000", 10, 1000000, .help = "Open connections, HTTP and sockets together; never more than the system's limit of open files allows." },
  { "max_per_address", KIND_INTEGER, AT (max_per_address), "1000", 1, 1000000, .help = "Open connections from one address." },
  { "send_queue_max", KIND_INTEGER, AT (send_queue_max), "1048576", 65536, 67108864, .help = "Bytes that a client may be behind before it is disconnected; it resumes without loss." },
  { "body_max", KIND_INTEGER, AT (body_max), "65536", 65536, 16777216, .help = "Bytes of one request body." },
  { "handshake_seconds", KIND_INTEGER, AT (handshake_seconds), "10", 1, 300, .help = "How long an HTTP connection may be idle or take for its headers." },
  { "settle_seconds", KIND_INTEGER, AT (settle_seconds), "10", 1, 300, .help = "How long a new socket may take to say who it is." },
  { "ping_seconds", KIND_INTEGER, AT (ping_seconds), "25", 1, 3600, .help = "Silence on a socket after which the server asks whether it lives." },
  { "pong_seconds", KIND_INTEGER, AT (pong_seconds), "15", 1, 3600, .help = "Further silence after which it is dropped." },
  { "peer_rate", KIND_INTEGER, AT (peer_rate), "20", 1, 100000, .help = "Calls per second of one socket." },
  { "peer_burst", KIND_INTEGER, AT (peer_burst), "100", 1, 1000000, .help = "Calls that a quiet socket may make at once." },
  { "address_rate", KIND_INTEGER, AT (address_rate), "50", 1, 100000, .help = "Requests and handshakes per second from one address." },
  { "address_burst", KIND_INTEGER, AT (address_burst), "200", 1, 1000000, .help = "Requests that a quiet address may make at once." },
  { "login_tries", KIND_INTEGER, AT (login_tries), "10", 1, 1000, .help = "Failed sign-ins in 15 minutes, per address and per account." },
  { "session_days", KIND_INTEGER, AT (session_days), "30", 1, 3650, .help = "Days until an agent must sign in again." },
  { "max_file_size", KIND_INTEGER, AT (max_file_size), "26214400", 1024, G_GINT64_CONSTANT (4294967296), .help = "Bytes of one file in a conversation." },
  { "max_files", KIND_INTEGER, AT (max_files), "200", 1, 100000, .help = "Files in one conversation." },
  { "file_types", KIND_TYPES, AT (file_types), FILE_TYPES, .help = "Media types of files that may be sent; a star at the end stands for anything." },
  { "file_link_hours", KIND_INTEGER, AT (file_link_hours), "24", 1, 720, .help = "Hours for which the address of a file is good." },
  { "clamd", KIND_SOCKET, AT (clamd), NULL, .help = "Where ClamAV's clamd listens, a path or HOST:PORT; with it no file is passed on unscanned." },
  { "user_agents", KIND_PATH, AT (user_agents), "/usr/share/uap-core/regexes.yaml", .help = "The patterns of uap-core, by which browsers and systems of visitors are told apart." },
  { "places", KIND_PATH, AT (places), NULL, .help = "A database of cities in MaxMind's format, by which it is known where visitors are; read anew when it is replaced." },
  { "visit_days", KIND_INTEGER, AT (visit_days), "90", 1, 3650, .help = "Days for which visits and their pages are kept." },
  { "mail_server", KIND_MAIL_SERVER, AT (mail_server), NULL, .help = "The mail server that takes what is sent; without it no mail is sent. Needs mail_from." },
  { "mail_from", KIND_MAIL_FROM, AT (mail_from), NULL, .help = "Who mail is from." },
  { "mail_user", KIND_SECRET, AT (mail_user), NULL, .help = "Account at the mail server; without it nobody signs in there." },
  { "mail_password", KIND_SECRET, AT (mail_password), NULL, .help = "Its password. Better in the file or the environment than on a command line; never printed or logged." },
  { "mail_starttls", KIND_CHOICE, AT (mail_starttls), "required", .words = starttls_words, .help = "Whether smtp:// must turn to TLS, or may when the mail server offers it; smtps:// always has it." },
  { "mail_ca", KIND_PATH, AT (mail_ca), NULL, .help = "Certificates (PEM) of the authorities that the mail server's may come from; without it, those of the system." },
  { "mail_tries", KIND_INTEGER, AT (mail_tries), "8", 1, 50, .help = "Tries after which a mail is given up." },
  { "mail_retry_seconds", KIND_INTEGER, AT (mail_retry_seconds), "60", 1, 86400, .help = "Between the first two tries; each further wait is four times as long, at most six hours." },
};

#undef AT
#define VALUE(type, config, key) (*(type *) ((char *) (config) + (key)->offset))

static const Key *
find_key (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].key, name))
      return &keys[i];
  return NULL;
}

/* Levenshtein's distance, two rows at a time. Keys are short: what is longer than any of them is cut. */
static guint
distance (const char *a, const char *b)
{
  guint before[64], now[64];
  gsize n = MIN (strlen (b), 62);

  for (gsize j = 0; j <= n; j++)
    before[j] = j;
  for (gsize i = 1; i <= MIN (strlen (a), 62); i++)
    {
      now[0] = i;
      for (gsize j = 1; j <= n; j++)
        now[j] = MIN (MIN (now[j - 1], before[j]) + 1, before[j - 1] + (a[i - 1] != b[j - 1]));
      memcpy (before, now, sizeof now);
    }
  return before[n];
}

static const char *
nearest_key (const char *name)
{
  const Key *best = &keys[0];

  for (guint i = 1; i < G_N_ELEMENTS (keys); i++)
    if (distance (name, keys[i].key) < distance (name, best->key))
      best = &keys[i];
  return best->key;
}

/* For errors: short, and whole characters. */
static char *
excerpt (const char *text)
{
  return g_utf8_make_valid (text, MIN (strlen (text), 80));
}

static gboolean
fail (const Target *target, const Key *key, const char *got, const char *expected, GError **error)
{
  g_autofree char *shown = excerpt (got);

  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: %s: got \"%s\", expected %s", target->source, key->key, shown, expected);
  return FALSE;
}

static gboolean
set_listen (const Target *target, const Key *key, const char *value, GError **error)
{
  const char *colon = strrchr (value, ':');
  g_autofree char *host = colon != NULL ? g_strndup (value, colon - value) : NULL;
  gsize length = host != NULL ? strlen (host) : 0;
  guint64 port;

  if (length > 2 && host[0] == '[' && host[length - 1] == ']')
    {
      memmove (host, host + 1, length - 2);
      host[length - 2] = '\0';
    }
  else if (host != NULL && strchr (host, ':') != NULL)
    host[0] = '\0';
  if (host == NULL || !g_hostname_is_ip_address (host) || !g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &port, NULL))
    return fail (target, key, value, "ADDRESS:PORT, as 127.0.0.1:8080, 0.0.0.0:80 or [::]:8080", error);
  g_free (VALUE (char *, target->config, key));
  VALUE (char *, target->config, key) = g_strdup (value);
  return TRUE;
}

static gboolean
set_path (const Target *target, const Key *key, const char *value, GError **error)
{
  char *path;

  if (value[0] == '\0')
    return fail (target, key, value, "a path", error);
  path = g_str_has_prefix (value, "~/") ? g_build_filename (g_get_home_dir (), value + 2, NULL) : g_canonicalize_filename (value, NULL);
  g_free (VALUE (char *, target->config, key));
  VALUE (char *, target->config, key) = path;
  return TRUE;
}

/* "image/png", or "audio/" with a star behind it. */
static gboolean
check_type (const char *entry)
{
  const char *slash = strchr (entry, '/');

  for (const char *p = entry; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("/+.-_", *p) == NULL && !(*p == '*' && p[1] == '\0'))
      return FALSE;
  return slash != NULL && slash > entry && slash[1] != '\0';
}

static gboolean
check_range (const char *entry)
{
  g_autoptr (GInetAddressMask) mask = g_inet_address_mask_new_from_string (entry, NULL);

  return mask != NULL;
}

static gboolean
set_list (const Target *target, const Key *key, const char *value, GError **error)
{
  g_auto (GStrv) raw = g_strsplit (value, ",", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (char **entry = raw; *entry != NULL; entry++)
    {
      g_strstrip (*entry);
      if (**entry == '\0')
        continue;
      if (key->kind == KIND_TYPES && !check_type (*entry))
        return fail (target, key, *entry, "a media type, as application/pdf or audio/*", error);
      if (key->kind == KIND_LIST && !check_range (*entry))
        return fail (target, key, *entry, "an address or a range, as 127.0.0.1 or 10.0.0.0/8", error);
      g_strv_builder_add (builder, *entry);
    }
  g_strfreev (VALUE (char **, target->config, key));
  VALUE (char **, target->config, key) = g_strv_builder_end (builder);
  return TRUE;
}

static gboolean
set_socket (const Target *target, const Key *key, const char *value, GError **error)
{
  const char *colon = strrchr (value, ':');

  if (value[0] != '/' && (colon == NULL || colon == value || !g_ascii_string_to_unsigned (colon + 1, 10, 1, 65535, NULL, NULL)))
    return fail (target, key, value, "the path of a socket, or HOST:PORT", error);
  g_free (VALUE (char *, target->config, key));
  VALUE (char *, target->config, key) = g_strdup (value);
  return TRUE;
}

static gboolean
set_choice (const Target *target, const Key *key, const char *value, GError **error)
{
  g_autofree char *words = g_strjoinv (", ", (char **) key->words);
  g_autofree char *expected = g_strconcat ("one of: ", words, NULL);

  if (!g_strv_contains (key->words, value))
    return fail (target, key, value, expected, error);
  g_free (VALUE (char *, target->config, key));
  VALUE (char *, target->config, key) = g_strdup (value);
  return TRUE;
}

static gboolean
set_boolean (const Target *target, const Key *key, const char *value, GError **error)
{
  static const char *const yes[] = { "true", "yes", "1", "on", NULL }, *const no[] = { "false", "no", "0", "off", NULL };

  if (!g_strv_contains (yes, value) && !g_strv_contains (no, value))
    return fail (target, key, value, "true or false", error);
  VALUE (gboolean, target->config, key) = g_strv_contains (yes, value);
  return TRUE;
}

static gboolean
set_integer (const Target *target, const Key *key, const char *value, GError **error)
{
  g_autofree char *expected = g_strdup_printf ("a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, key->min, key->max);

  if (!g_ascii_string_to_signed (value, 10, key->min, key->max, &VALUE (gint64, target->config, key), NULL))
    return fail (target, key, value, expected, error);
  return TRUE;
}

static gboolean
set_secret (const Target *target, const Key *key, const char *value)
{
  g_free (VALUE (char *, target->config, key));
  VALUE (char *, target->config, key) = g_strdup (value);
  return TRUE;
}

/* What is wrong is not shown: somebody may have put a password into it. */
static gboolean
set_mail_server (const Target *target, const Key *key, const char *value, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";

  if ((!g_str_equal (scheme, "smtp") && !g_str_equal (scheme, "smtps")) || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0'
      || g_uri_get_userinfo (uri) != NULL || *g_uri_get_path (uri) != '\0' || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return fail (target, key, "something else", "smtp://HOST:PORT or smtps://HOST:PORT, without user and password, which are mail_user and mail_password", error);
  return set_secret (target, key, value);
}

static gboolean
set_mail_from (const Target *target, const Key *key, const char *value, GError **error)
{
  g_autofree char *name = NULL, *address = NULL;

  if (!cfd_mail_address_split (value, &name, &address, NULL))
    return fail (target, key, value, "an email address, as support@example.com or Example Support <support@example.com>", error);
  return set_secret (target, key, value);
}

static gboolean
set_value (const Target *target, const char *name, const char *value, GError **error)
{
  const Key *key = find_key (name);
  g_autofree char *shown = excerpt (name);

  if (!g_utf8_validate (name, -1, NULL) || !g_utf8_validate (value, -1, NULL))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got bytes that are not UTF-8", target->source);
      return FALSE;
    }
  if (key == NULL)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: got unknown key \"%s\"; did you mean \"%s\"?", target->source, shown,
                   nearest_key (name));
      return FALSE;
    }
  switch (key->kind)
    {
    case KIND_PATH:
      return set_path (target, key, value, error);
    case KIND_LISTEN:
      return set_listen (target, key, value, error);
    case KIND_LIST:
    case KIND_TYPES:
      return set_list (target, key, value, error);
    case KIND_SOCKET:
      return set_socket (target, key, value, error);
    case KIND_CHOICE:
      return set_choice (target, key, value, error);
    case KIND_BOOLEAN:
      return set_boolean (target, key, value, error);
    case KIND_INTEGER:
      return set_integer (target, key, value, error);
    case KIND_MAIL_SERVER:
      return set_mail_server (target, key, value, error);
    case KIND_MAIL_FROM:
      return set_mail_from (target, key, value, error);
    case KIND_SECRET:
      return set_secret (target, key, value);
    }
  return FALSE;
}

static gboolean
read_text (CfdConfig *self, const char *text, gsize length, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) problem = NULL;
  g_auto (GStrv) groups = NULL;
  g_auto (GStrv) names = NULL;
  Target target = { self, "the key file" };

  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, &problem))
    {
      g_autofree char *reason = g_utf8_make_valid (problem->message, -1);

      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "the key file: %s", reason);
      return FALSE;
    }
  groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group != NULL; group++)
    if (!g_str_equal (*group, GROUP))
      {
        g_autofree char *shown = excerpt (*group);

        g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "the key file: got group \"[%s]\", expected [" GROUP "]", shown);
        return FALSE;
      }
  names = g_key_file_get_keys (file, GROUP, NULL, NULL);
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      g_autofree char *value = g_key_file_get_string (file, GROUP, *name, &problem);

      if (value == NULL)
        {
          g_autofree char *shown = excerpt (*name);

          g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "the key file: %s: %s", shown, problem->message);
          return FALSE;
        }
      if (!set_value (&target, *name, g_strstrip (value), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_environment (CfdConfig *self, const char *const *environment, GError **error)
{
  Target target = { self, "the environment" };

  for (; *environment != NULL; environment++)
    {
      const char *equals = strchr (*environment, '=');
      g_autofree char *name = NULL;

      /* CHATFLOW_CONFIG is no setting: it names the key file. */
      if (equals == NULL || !g_str_has_prefix (*environment, ENVIRONMENT_PREFIX)
          || g_str_has_prefix (*environment, ENVIRONMENT_PREFIX "CONFIG="))
        continue;
      name = g_strndup (*environment + strlen (ENVIRONMENT_PREFIX), equals - *environment - strlen (ENVIRONMENT_PREFIX));
      for (char *p = name; *p != '\0'; p++)
        *p = g_ascii_tolower (*p);
      if (!set_value (&target, name, equals + 1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_overrides (CfdConfig *self, const char *const *overrides, GError **error)
{
  Target target = { self, "the command line" };

  for (; *overrides != NULL; overrides++)
    {
      const char *equals = strchr (*overrides, '=');
      g_autofree char *name = equals != NULL ? g_strndup (*overrides, equals - *overrides) : NULL;

      if (name == NULL)
        {
          g_autofree char *shown = excerpt (*overrides);

          g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "the command line: got \"%s\", expected KEY=VALUE", shown);
          return FALSE;
        }
      if (!set_value (&target, name, equals + 1, error))
        return FALSE;
    }
  return TRUE;
}

static CfdConfig *
new_with_defaults (void)
{
  CfdConfig *self = g_new0 (CfdConfig, 1);
  Target target = { self, "the defaults" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].fallback != NULL && !set_value (&target, keys[i].key, keys[i].fallback, NULL))
      g_assert_not_reached ();
  self->state = g_build_filename (g_get_user_data_dir (), "chatflow", NULL);
  self->widget = g_strdup (CHATFLOW_WIDGET_DIR);
  return self;
}

static gboolean
check_mail (const CfdConfig *self, GError **error)
{
  if ((self->mail_server == NULL) != (self->mail_from == NULL))
    g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "got %s without %s, expected both or none",
                 self->mail_server != NULL ? "mail_server" : "mail_from", self->mail_server != NULL ? "mail_from" : "mail_server");
  else if (self->mail_user != NULL && self->mail_server != NULL && g_str_has_prefix (self->mail_server, "smtp:") && !g_str_equal (self->mail_starttls, "required"))
    g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID,
                         "got mail_user with mail_starttls = optional, expected required or smtps://: a password must not travel in the clear");
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_whole (const CfdConfig *self, GError **error)
{
  if ((self->tls_cert == NULL) == (self->tls_key == NULL))
    return check_mail (self, error);
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "got %s without %s, expected both or none",
               self->tls_cert != NULL ? "tls_cert" : "tls_key", self->tls_cert != NULL ? "tls_key" : "tls_cert");
  return FALSE;
}

static char *
limits_text (const Key *key)
{
  switch (key->kind)
    {
    case KIND_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, key->min, key->max);
    case KIND_CHOICE:
      return g_strjoinv (", ", (char **) key->words);
    case KIND_BOOLEAN:
      return g_strdup ("true, false");
    case KIND_LISTEN:
      return g_strdup ("ADDRESS:PORT");
    case KIND_LIST:
      return g_strdup ("ADDRESS, ADDRESS/BITS, …");
    case KIND_TYPES:
      return g_strdup ("TYPE/SUBTYPE, TYPE/*, …");
    case KIND_SOCKET:
      return g_strdup ("a path or HOST:PORT");
    case KIND_MAIL_SERVER:
      return g_strdup ("smtp://HOST:PORT or smtps://HOST:PORT");
    case KIND_MAIL_FROM:
      return g_strdup ("an address, or NAME <ADDRESS>");
    case KIND_SECRET:
      return g_strdup ("any text");
    case KIND_PATH:
      break;
    }
  return g_strdup ("a path");
}

static char *
value_text (const CfdConfig *self, const Key *key)
{
  switch (key->kind)
    {
    case KIND_INTEGER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, VALUE (const gint64, self, key));
    case KIND_BOOLEAN:
      return g_strdup (VALUE (const gboolean, self, key) ? "true" : "false");
    case KIND_LIST:
    case KIND_TYPES:
      return VALUE (char **, self, key) != NULL ? g_strjoinv (", ", VALUE (char **, self, key)) : NULL;
    case KIND_PATH:
    case KIND_LISTEN:
    case KIND_CHOICE:
    case KIND_SOCKET:
    case KIND_MAIL_SERVER:
    case KIND_MAIL_FROM:
    case KIND_SECRET:
      break;
    }
  return g_strdup (VALUE (char *, self, key));
}

/**
 * cfd_config_load:
 * @file: (nullable): path of a key file with the group [chatflow]
 * @overrides: (nullable): NULL-terminated "key=value" words from the command line
 *
 * The defaults, then @file, then the environment (CHATFLOW_LISTEN, …), then @overrides: the later one wins.
 * Returns: (transfer full): the configuration, or NULL with an error that says where, what was got and what was expected
 */
CfdConfig *
cfd_config_load (const char *file, const char *const *overrides, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) environment = g_get_environ ();
  gsize length = 0;

  if (file != NULL && !g_file_get_contents (file, &text, &length, error))
    return NULL;
  return cfd_config_parse (text != NULL ? text : "", length, (const char *const *) environment, overrides, error);
}

/**
 * cfd_config_parse:
 * @text: content of a key file
 * @environment: (nullable): "NAME=value" words
 *
 * The same from memory.
 */
CfdConfig *
cfd_config_parse (const char *text, gsize length, const char *const *environment, const char *const *overrides, GError **error)
{
  g_autoptr (CfdConfig) self = new_with_defaults ();

  if (length > FILE_MAX)
    {
      g_set_error (error, CF_ERROR, CF_ERROR_TOO_LARGE, "the key file: got %" G_GSIZE_FORMAT " bytes, expected at most %d", length, FILE_MAX);
      return NULL;
    }
  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_INVALID, "the key file: got bytes that are not UTF-8 text");
      return NULL;
    }
  if (!read_text (self, text, length, error)
      || (environment != NULL && !read_environment (self, environment, error))
      || (overrides != NULL && !read_overrides (self, overrides, error))
      || !check_whole (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * cfd_config_describe:
 * Returns: (transfer full): all keys with limits, default and meaning, as `--help` shows them
 */
char *
cfd_config_describe (void)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *limits = limits_text (&keys[i]);

      g_string_append_printf (out, "  %-18s %s (%s%s%s)\n", keys[i].key, keys[i].help, limits,
                              keys[i].fallback != NULL ? "; default " : "", keys[i].fallback != NULL ? keys[i].fallback : "");
    }
  return g_string_free (out, FALSE);
}

static gboolean
check_readable (const char *key, const char *path, GError **error)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) problem = NULL;

  if (path == NULL || g_file_get_contents (path, &content, NULL, &problem))
    return TRUE;
  g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "%s: %s", key, problem->message);
  return FALSE;
}

/**
 * cfd_config_check:
 * What can be found out without starting: that the files which are named are there and can be read.
 */
gboolean
cfd_config_check (const CfdConfig *self, GError **error)
{
  if (!check_readable ("tls_cert", self->tls_cert, error) || !check_readable ("tls_key", self->tls_key, error)
      || !check_readable ("mail_ca", self->mail_ca, error))
    return FALSE;
  if (g_file_test (self->state, G_FILE_TEST_EXISTS) && !g_file_test (self->state, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_INVALID, "state: got %s, which is not a folder", self->state);
      return FALSE;
    }
  return TRUE;
}

/**
 * cfd_config_dump:
 * Returns: (transfer full): what is set, as a key file that gives the same again, but for accounts and passwords
 */
char *
cfd_config_dump (const CfdConfig *self)
{
  GString *out = g_string_new ("[" GROUP "]\n");

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *value = value_text (self, &keys[i]);

      if (value != NULL && keys[i].kind == KIND_SECRET)
        g_string_append_printf (out, "# %s is set\n", keys[i].key);
      else if (value != NULL)
        g_string_append_printf (out, "%s = %s\n", keys[i].key, value);
    }
  return g_string_free (out, FALSE);
}

/**
 * cfd_config_database:
 * Returns: (transfer full): path of the SQLite file
 */
char *
cfd_config_database (const CfdConfig *self)
{
  return g_build_filename (self->state, "chatflow.db", NULL);
}

/**
 * cfd_config_files:
 * Returns: (transfer full): folder of the files that people send
 */
char *
cfd_config_files (const CfdConfig *self)
{
  return g_build_filename (self->state, "files", NULL);
}

void
cfd_config_free (CfdConfig *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (keys[i].kind == KIND_LIST || keys[i].kind == KIND_TYPES)
        g_strfreev (VALUE (char **, self, &keys[i]));
      else if (keys[i].kind != KIND_BOOLEAN && keys[i].kind != KIND_INTEGER)
        g_free (VALUE (char *, self, &keys[i]));
    }
  g_free (self);
}
