/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/features/settings/site-form.h"
#include "app/features/settings/site-rules.h"

static CfSiteForm *
new_form (void)
{
  CfSiteForm *form = cf_struct_new (&cf_site_form_shape);

  form->on = TRUE;
  form->fields = cf_structs_new ();
  cfa_site_form_add (form, CF_FORM_CHOICE);
  cfa_site_form_add (form, CF_FORM_TEXT);
  cfa_site_form_add (form, CF_FORM_EMAIL);
  return form;
}

static CfFormField *
field (CfSiteForm *form, guint i)
{
  return form->fields->pdata[i];
}

static void
wait_for (CfSiteForm *form, guint i, guint other, const char *value)
{
  field (form, i)->shown_when = g_strdup (field (form, other)->id);
  field (form, i)->shown_is = g_strdup (value);
}

static void
test_add (void)
{
  g_autoptr (CfSiteForm) form = new_form ();

  g_assert_cmpstr (field (form, 0)->id, !=, field (form, 1)->id);
  g_assert_cmpuint (g_strv_length (field (form, 0)->choices), ==, 2);
  g_assert_true (cfa_site_form_has (form, CF_FORM_EMAIL));
  g_assert_false (cfa_site_form_has (form, CF_FORM_PHONE));
  g_assert_false (cfa_site_form_has (form, CF_FORM_TEXT)); /* as often as one likes */
  g_assert_true (cfa_site_form_find (form, field (form, 2)->id) == field (form, 2));
  g_assert_null (cfa_site_form_find (form, "x"));
}

/* What waits for something above it does so no longer, once that is below it, gone, or never says so. */
static void
test_conditions (void)
{
  g_autoptr (CfSiteForm) moved = new_form (), removed = new_form (), other = new_form (), kept = new_form (), later = new_form ();
  g_autofree char *about = NULL;

  wait_for (moved, 1, 0, field (moved, 0)->choices[0]);
  cfa_site_form_move (moved, field (moved, 1)->id, -1);
  g_assert_cmpint (field (moved, 0)->kind, ==, CF_FORM_TEXT);
  g_assert_null (field (moved, 0)->shown_when);
  g_assert_null (field (moved, 0)->shown_is);
  wait_for (removed, 1, 0, field (removed, 0)->choices[0]);
  about = g_strdup (field (removed, 0)->id);
  cfa_site_form_remove (removed, about);
  g_assert_cmpuint (removed->fields->len, ==, 2);
  g_assert_null (field (removed, 0)->shown_when);
  wait_for (other, 1, 0, "Nothing of that");
  cfa_site_form_tidy (other);
  g_assert_null (field (other, 1)->shown_when);
  wait_for (kept, 1, 0, field (kept, 0)->choices[1]);
  cfa_site_form_move (kept, field (kept, 1)->id, 1);
  g_assert_cmpint (field (kept, 2)->kind, ==, CF_FORM_TEXT);
  g_assert_nonnull (field (kept, 2)->shown_when);
  wait_for (later, 1, 0, field (later, 0)->choices[0]);
  field (later, 0)->during = field (later, 1)->during = TRUE;
  cfa_site_form_tidy (later);
  g_assert_nonnull (field (later, 1)->shown_when);
  field (later, 1)->during = FALSE; /* what is asked later can't be waited for */
  cfa_site_form_tidy (later);
  g_assert_null (field (later, 1)->shown_when);
}

/* A field that offers departments is waited for as long as it may say that one; it is asked once. */
static void
test_departments (void)
{
  g_autoptr (CfSiteForm) form = new_form ();
  static const char *const chosen[] = { "a", "b", NULL };

  cfa_site_form_add (form, CF_FORM_DEPARTMENT);
  g_assert_true (cfa_site_form_has (form, CF_FORM_DEPARTMENT));
  for (int i = 0; i < 3; i++)
    cfa_site_form_move (form, field (form, 3 - i)->id, -1);
  wait_for (form, 2, 0, "b");
  cfa_site_form_tidy (form);
  g_assert_nonnull (field (form, 2)->shown_when); /* among all */
  field (form, 0)->departments = g_strdupv ((char **) chosen);
  cfa_site_form_tidy (form);
  g_assert_nonnull (field (form, 2)->shown_when);
  g_clear_pointer (&field (form, 0)->departments, g_strfreev);
  field (form, 0)->departments = g_strdupv ((char **) chosen + 2);
  cfa_site_form_tidy (form);
  g_assert_nonnull (field (form, 2)->shown_when); /* none is all */
  g_strfreev (field (form, 0)->departments);
  field (form, 0)->departments = g_strsplit ("a,c", ",", -1);
  cfa_site_form_tidy (form);
  g_assert_null (field (form, 2)->shown_when);
}

static void
test_ends (void)
{
  g_autoptr (CfSiteForm) form = new_form ();

  cfa_site_form_move (form, field (form, 0)->id, -1);
  cfa_site_form_move (form, field (form, 2)->id, 1);
  g_assert_cmpint (field (form, 0)->kind, ==, CF_FORM_CHOICE);
  g_assert_cmpint (field (form, 2)->kind, ==, CF_FORM_EMAIL);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *id = g_strdup (field (form, 0)->id);

      g_assert_true (form->on);
      cfa_site_form_remove (form, id);
    }
  g_assert_false (form->on); /* there is nothing to ask */
}

static void
test_words (void)
{
  static const struct { CfFormKind kind; const char *value, *words; } values[] = {
    { CF_FORM_CHECKBOX, "yes", "Yes" }, { CF_FORM_CHECKBOX, "no", "No" }, { CF_FORM_TEXT, "yes", "yes" }, { CF_FORM_DATE, "some day", "some day" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *words = cfa_form_value_words (values[i].kind, values[i].value);

      g_assert_cmpstr (words, ==, values[i].words);
    }
}

static void
test_choices (void)
{
  static const char *const good[] = { "a", "b", NULL }, *const twice[] = { "a", "b", "a", NULL };
  g_autofree char *many = g_strnfill (2 * (CF_FORM_CHOICES_MAX + 1) - 1, 'x'), *fine = NULL, *none = NULL, *same = NULL, *full = NULL;
  g_auto (GStrv) list = NULL;

  for (guint i = 1; many[i] != '\0'; i += 2)
    many[i] = ',';
  list = g_strsplit (many, ",", -1);
  fine = cfa_rule_form_choices (good);
  none = cfa_rule_form_choices (NULL);
  same = cfa_rule_form_choices (twice);
  full = cfa_rule_form_choices ((const char *const *) list);
  g_assert_null (fine);
  g_assert_nonnull (none);
  g_assert_nonnull (g_strstr_len (same, -1, "“a”"));
  g_assert_cmpstr (full, ==, "These are too many choices.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site-form/add", test_add);
  g_test_add_func ("/site-form/conditions", test_conditions);
  g_test_add_func ("/site-form/departments", test_departments);
  g_test_add_func ("/site-form/ends", test_ends);
  g_test_add_func ("/site-form/words", test_words);
  g_test_add_func ("/site-form/choices", test_choices);
  return g_test_run ();
}
