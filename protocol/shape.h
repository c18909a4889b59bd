/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CfAudience:
 * Who reads an encoded struct. A field or record that is not marked for an audience never
 * reaches it, whoever asks.
 */
typedef enum
{
  CF_AUDIENCE_VISITOR = 1 << 0,
  CF_AUDIENCE_STAFF   = 1 << 1,
} CfAudience;

#define CF_AUDIENCE_NONE 0 /* stays in the server: hashes, owners */
#define CF_AUDIENCE_ALL  (CF_AUDIENCE_VISITOR | CF_AUDIENCE_STAFF)

/**
 * CfKind:
 * What a field holds, how it looks in the C struct, in JSON and in SQL.
 */
typedef enum
{
  CF_KIND_ID,      /* char *: UUIDv7; string; TEXT */
  CF_KIND_STRING,  /* char *: one line, no control characters; string; TEXT. min/max in characters */
  CF_KIND_TEXT,    /* char *: may have line breaks and tabs; string; TEXT. min/max in characters */
  CF_KIND_INTEGER, /* gint64; number without fraction; INTEGER. min/max are its range */
  CF_KIND_TIME,    /* gint64 milliseconds UTC, 0 = never (absent in JSON); INTEGER */
  CF_KIND_BOOLEAN, /* gboolean; FALSE is absent in JSON; INTEGER */
  CF_KIND_ENUM,    /* int, index into words; string; TEXT */
  CF_KIND_STRINGS, /* char **, NULL = none; array of strings; TEXT holding JSON. min/max = characters of each, at most CF_MAX_STRINGS */
  CF_KIND_STRUCT,  /* CfStruct * of field->shape; object; TEXT holding JSON: what staff reads of it */
  CF_KIND_STRUCTS, /* GPtrArray * of field->shape; array of objects; not stored but inside a struct. max = how many, 0 = any number */
  CF_KIND_RECORDS, /* GPtrArray * of CfRecord of any type, each object led by "type"; not stored */
} CfKind;

#define CF_MAX_STRINGS 100

typedef enum
{
  CF_FIELD_REQUIRED = 1 << 0, /* must be there when strictly decoded, and not be empty */
  CF_FIELD_GIVEN    = 1 << 1, /* part of an update: written exactly when it was given (cf_struct_give), empty or not */
  CF_FIELD_FIXED    = 1 << 2, /* stored with the record's first version; later ones leave it as it is, and indexes on it untouched */
} CfFieldFlags;

typedef struct _CfShape CfShape;

/**
 * CfField:
 * One row of a shape's table. Write rows with the CF_… macros below.
 */
typedef struct
{
  const char *name; /* in JSON and in SQL */
  gsize name_length;
  const char *key; /* how it is written behind another member: ,"name": */
  CfKind kind;
  gsize offset;
  guint flags;   /* CfFieldFlags */
  guint readers; /* CfAudience bits */
  gint64 min, max;
  const char *const *words; /* CF_KIND_ENUM: NULL-terminated */
  const CfShape *shape;     /* CF_KIND_STRUCT, CF_KIND_STRUCTS */
  const char *help;         /* one sentence for OpenAPI and the TypeScript types */
} CfField;

/**
 * CfShape:
 * The one description of a plain C struct. Validation, JSON, SQL columns, OpenAPI and
 * TypeScript types are all derived from it.
 */
struct _CfShape
{
  const char *name; /* the record's type on the wire, or the name of the params/result */
  const char *table; /* SQL table, or NULL when it is not stored */
  gsize size;
  guint readers; /* audiences that may see such a struct at all */
  const CfField *fields;
  guint n_fields;
};

/**
 * CfStruct:
 * The head of every described C struct. Reference counted (atomic); the content is
 * changed only by its maker, before it is shared.
 */
typedef struct
{
  const CfShape *shape;
  gatomicrefcount references;
  guint64 present; /* bit i: field i was in the JSON that this was decoded from, or given by its maker */
} CfStruct;

/* One bit of `present` for each field; a longer table does not compile. */
#define CF_MAX_FIELDS 64

#define CF_FIELDS_END(array)                                                                                            \
  .fields = (array),                                                                                                    \
  .n_fields = G_N_ELEMENTS (array) + 0 * sizeof (char[G_N_ELEMENTS (array) <= CF_MAX_FIELDS ? 1 : -1])

gpointer       cf_struct_new    (const CfShape *shape);
gpointer       cf_struct_ref    (gpointer value);
void           cf_struct_unref  (gpointer value);
gpointer       cf_struct_copy   (gconstpointer value);
gboolean       cf_struct_equal  (gconstpointer a, gconstpointer b);
gboolean       cf_struct_has    (gconstpointer value, const char *field);
void           cf_struct_give   (gpointer value, const char *field);
const CfField *cf_shape_field   (const CfShape *shape, const char *name);
int            cf_field_word    (const CfField *field, const char *word);
gboolean       cf_field_is_stored (const CfField *field);
gboolean       cf_struct_check  (gconstpointer value, GError **error);
gboolean       cf_field_check   (const CfField *field, gconstpointer value, GError **error);
GPtrArray     *cf_structs_new   (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfStruct, cf_struct_unref)

/* access to a field through its table row */
#define cf_field_at(type, value, field) (*(type *) ((char *) (value) + (field)->offset))

/* rows; `readers` is who may see it on the wire */
#define CF_ROW(s, m, k, n, f, r, ...)                                                                                   \
  { .name = n, .name_length = sizeof (n) - 1, .key = ",\"" n "\":", .kind = (k), .offset = G_STRUCT_OFFSET (s, m),       \
    .flags = (f), .readers = (r), __VA_ARGS__ }

G_END_DECLS
