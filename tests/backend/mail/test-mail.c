/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/features/conversations/transcript.h"
#include "backend/mail/mail-address.h"
#include "backend/mail/mail-words.h"
#include "backend/mail/mailer.h"
#include "protocol/error.h"

#include <string.h>

static void
test_addresses (void)
{
  static const char *const good[][2] = {
    { "ana@example.com", "ana@example.com" },
    { " Ana.B+chat@Mail.Example.COM ", "Ana.B+chat@mail.example.com" },
    { "o'neil/x=y@a-b.example", "o'neil/x=y@a-b.example" },
    { "ana@bücher.example", "ana@xn--bcher-kva.example" },
  };
  static const char *const bad[] = {
    "", "ana", "@example.com", "ana@", "ana@localhost", "ana@-a.example", "ana@a..example", ".ana@a.example", "ana.@a.example", "a..b@a.example",
    "ana b@a.example", "ana@a.example\r\nBcc: b@a.example", "ana@a.example>", "<ana@a.example>", "\"ana\"@a.example", "ana@[127.0.0.1]", "a@b@c.example,",
    "jörg@a.example", "ana@a.example,bo@a.example", "ana(x)@a.example", "ana@a.example;",
  };
  g_autofree char *local = g_strnfill (65, 'a'), *long_one = g_strconcat (local, "@a.example", NULL);
  g_autofree char *huge = g_strnfill (100000, '@');

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *address = cfd_mail_address_normalise (good[i][0], NULL);

      g_assert_cmpstr (address, ==, good[i][1]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (cfd_mail_address_normalise (bad[i], &error));
      g_assert_error (error, CF_ERROR, CF_ERROR_INVALID);
    }
  g_assert_null (cfd_mail_address_normalise (long_one, NULL));
  g_assert_null (cfd_mail_address_normalise (huge, NULL));
}

static void
test_names (void)
{
  g_autofree char *name = NULL, *address = NULL, *none = NULL, *other = NULL;

  g_assert_true (cfd_mail_address_split ("Ana & Co <ana@example.com>", &name, &address, NULL));
  g_assert_cmpstr (name, ==, "Ana & Co");
  g_assert_cmpstr (address, ==, "ana@example.com");
  g_assert_true (cfd_mail_address_split ("<bo@example.com>", &none, &other, NULL));
  g_assert_null (none);
  g_clear_pointer (&address, g_free);
  g_assert_false (cfd_mail_address_split ("Ana <ana@example.com> x", &none, &address, NULL));
  g_assert_false (cfd_mail_address_split ("Ana ana@example.com>", &none, &address, NULL));
}

static void
test_languages (void)
{
  static const char *const tags[][2] = {
    { "de", "de" }, { "de-AT", "de" }, { "de_DE.UTF-8", "de" }, { "pt", "pt-br" }, { "pt-BR", "pt-br" }, { "pt-PT", "pt" }, { "pt_AO", "pt" },
    { "zh", "zh-hans" }, { "zh-SG", "zh-hans" }, { "zh-TW", "zh-hant" }, { "zh-Hant-HK", "zh-hant" }, { "no", "nb" }, { "sr-Latn-RS", "sr-latn" },
    { "xx", "en" }, { "", "en" }, { "-", "en" }, { "C.UTF-8", "en" }, { "]\n[de", "en" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      g_autofree char *language = cfd_mail_words_language (tags[i][0], "transcript_subject");

      g_assert_cmpstr (language, ==, tags[i][1]);
    }
}

/* The widget's languages are those in which visitors are written to. */
static void
test_all_languages (void)
{
  static const char *const keys[] = { "transcript_subject", "transcript_you", "transcript_removed" };
  static const char *const room[] = { "index.ts", "languages.ts", "choose.ts", "counted.ts", NULL };
  g_autoptr (GDir) folder = g_dir_open (LOCALES, 0, NULL);
  const char *file;
  guint n = 0;

  g_assert_nonnull (folder);
  while ((file = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *tag = g_strndup (file, strlen (file) - strlen (".ts"));

      if (g_strv_contains (room, file))
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        {
          g_autofree char *language = cfd_mail_words_language (tag, keys[i]);
          g_autofree char *words = cfd_mail_words (tag, keys[i], "name", "SHOP", NULL);

          /* "pt" alone means Brazil. */
          g_assert_cmpstr (language, ==, g_str_equal (tag, "pt") ? "pt-br" : tag);
          g_assert_true (i > 0 || strstr (words, "SHOP") != NULL);
          g_assert_null (strchr (words, '{'));
        }
      n++;
    }
  g_assert_cmpuint (n, >, 45);
}

/* What is filled in is not looked through for what could be filled in. */
static void
test_filling (void)
{
  g_autofree char *words = cfd_mail_words ("en", "invite_subject", "inviter", "{organisation}", "organisation", "{inviter}%s", NULL);

  g_assert_cmpstr (words, ==, "{organisation} invites you to join {inviter}%s on ChatFlow");
}

static CfMessage *
new_message (CfMessageKind kind, const char *text, gint64 at)
{
  CfMessage *message = cf_struct_new (&cf_message_shape);

  message->kind = kind;
  message->author_kind = CF_AUTHOR_VISITOR;
  message->text = g_strdup (text);
  message->created_at = at;
  return message;
}

static void
test_transcript (void)
{
  g_autoptr (GPtrArray) messages = cf_structs_new ();
  g_autoptr (GHashTable) files = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (CfdMail) mail = cfd_mail_new ("id", "zoe@mail.example");
  const CfdTranscript transcript = { "Shop", NULL, "de", "Europe/Vienna", messages, files, FALSE };
  CfMessage *removed = new_message (CF_MESSAGE_TEXT, "GONE", 1720000000000), *inner = new_message (CF_MESSAGE_TEXT, "INNER", 1720000000000);

  removed->removed_at = 1;
  inner->staff_only = TRUE;
  g_ptr_array_add (messages, new_message (CF_MESSAGE_NOTE, "NOTE", 1720000000000));
  g_ptr_array_add (messages, inner);
  g_ptr_array_add (messages, removed);
  g_ptr_array_add (messages, new_message (CF_MESSAGE_TEXT, "<i>a</i>\nb", 1720000000000));
  cfd_transcript_write (&transcript, mail);
  g_assert_cmpstr (mail->subject, ==, "Ihre Unterhaltung mit Shop");
  g_assert_nonnull (strstr (mail->text, "11:46  Sie\n<i>a</i>\nb\n")); /* 09:46 UTC, in summer */
  g_assert_nonnull (strstr (mail->html, "&lt;i&gt;a&lt;/i&gt;<br>\nb"));
  g_assert_nonnull (strstr (mail->text, "Nachricht gelöscht"));
  for (guint i = 0; i < 2; i++)
    {
      const char *content = i == 0 ? mail->text : mail->html;

      g_assert_null (strstr (content, "NOTE"));
      g_assert_null (strstr (content, "INNER"));
      g_assert_null (strstr (content, "GONE"));
    }
}

/* Of what is too long the end stays. */
static void
test_long_transcript (void)
{
  g_autoptr (GPtrArray) messages = cf_structs_new ();
  g_autoptr (GHashTable) files = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (CfdMail) mail = cfd_mail_new ("id", "zoe@mail.example");
  g_autofree char *much = g_strnfill (8000, 'x');
  const CfdTranscript transcript = { "Shop", "Zoë", "xx", "Nowhere/Land", messages, files, FALSE };

  g_ptr_array_add (messages, new_message (CF_MESSAGE_TEXT, "LAST", 1720000000000));
  for (guint i = 0; i < 200; i++)
    g_ptr_array_add (messages, new_message (CF_MESSAGE_TEXT, much, 1720000000000));
  g_ptr_array_add (messages, new_message (CF_MESSAGE_TEXT, "FIRST", 1720000000000));
  cfd_transcript_write (&transcript, mail);
  g_assert_nonnull (strstr (mail->text, "LAST"));
  g_assert_nonnull (strstr (mail->text, "…"));
  g_assert_null (strstr (mail->text, "FIRST"));
  g_assert_cmpuint (strlen (mail->text), <, CFD_TRANSCRIPT_MAX + 8192);
}

static void
test_not_set_up (void)
{
  g_autoptr (CfdConfig) config = cfd_config_parse ("", 0, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL, other = NULL;

  g_assert_null (cfd_mailer_new (config, &error));
  g_assert_error (error, CF_ERROR, CF_ERROR_UNAVAILABLE);
  g_assert_false (cfd_mail_require (&other));
  g_assert_error (other, CF_ERROR, CF_ERROR_UNAVAILABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend/mail/addresses", test_addresses);
  g_test_add_func ("/backend/mail/names", test_names);
  g_test_add_func ("/backend/mail/languages", test_languages);
  g_test_add_func ("/backend/mail/all-languages", test_all_languages);
  g_test_add_func ("/backend/mail/filling", test_filling);
  g_test_add_func ("/backend/mail/transcript", test_transcript);
  g_test_add_func ("/backend/mail/long-transcript", test_long_transcript);
  g_test_add_func ("/backend/mail/not-set-up", test_not_set_up);
  return g_test_run ();
}
