/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "demo-random.h"

G_BEGIN_DECLS

/**
 * CfdDemoLanguage:
 * How people write in one language. In a sentence "#" stands for an order's number and "@" for a thing that is sold. Ends with NULL.
 */
typedef struct
{
  const char *locale;
  guint weight; /* of how many a hundred write in it */
  const char *space; /* between sentences */
  const char *const *given;
  const char *const *family;
  gboolean family_first;
  const char *const *things;
  const char *const *asking;
  const char *const *answering;
  const char *const *noting;
} CfdDemoLanguage;

const CfdDemoLanguage *cfd_demo_language     (CfdDemoRandom *random);
char                  *cfd_demo_name         (const CfdDemoLanguage *language, CfdDemoRandom *random);
char                  *cfd_demo_address      (CfdDemoRandom *random);
char                  *cfd_demo_text         (const CfdDemoLanguage *language, const char *const *sentences, CfdDemoRandom *random);

G_END_DECLS
