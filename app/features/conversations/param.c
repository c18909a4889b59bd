/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "param.h"

#define FLAGS (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS)

GParamSpec *
cfa_param_string (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL, FLAGS);
}

GParamSpec *
cfa_param_int (const char *name)
{
  return g_param_spec_int (name, NULL, NULL, 0, G_MAXINT, 0, FLAGS);
}

GParamSpec *
cfa_param_uint (const char *name)
{
  return g_param_spec_uint (name, NULL, NULL, 0, G_MAXUINT, 0, FLAGS);
}

GParamSpec *
cfa_param_int64 (const char *name)
{
  return g_param_spec_int64 (name, NULL, NULL, 0, G_MAXINT64, 0, FLAGS);
}

GParamSpec *
cfa_param_boolean (const char *name, gboolean at_first)
{
  return g_param_spec_boolean (name, NULL, NULL, at_first, FLAGS);
}

GParamSpec *
cfa_param_strv (const char *name)
{
  return g_param_spec_boxed (name, NULL, NULL, G_TYPE_STRV, FLAGS);
}
