/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backend/rpc/shared-text.h"

#define THREADS 4
#define ROUNDS 50000

static void
test_counted (void)
{
  char *one = cfd_shared_text ("127.0.0.1"), *two = cfd_shared_text ("127.0.0.1"), *other = cfd_shared_text ("::1");
  char *three = cfd_shared_text_ref (one);

  g_assert_true (one == two && one == three && one != other);
  g_assert_null (cfd_shared_text (NULL));
  g_assert_null (cfd_shared_text_ref (NULL));
  cfd_shared_text_unref (one);
  cfd_shared_text_unref (two);
  g_assert_cmpstr (three, ==, "127.0.0.1");
  cfd_shared_text_unref (three);
  cfd_shared_text_unref (other);
  cfd_shared_text_unref (NULL);
}

/* The last reference goes in one thread while another asks for the text. */
static gpointer
come_and_go (gpointer data)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      char *text = cfd_shared_text ("127.0.0.1"), *again = cfd_shared_text_ref (text);

      g_assert_cmpstr (again, ==, "127.0.0.1");
      cfd_shared_text_unref (text);
      cfd_shared_text_unref (again);
    }
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[THREADS];

  for (guint i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("come-and-go", come_and_go, NULL);
  for (guint i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backend/shared-text/counted", test_counted);
  g_test_add_func ("/backend/shared-text/threads", test_threads);
  return g_test_run ();
}
