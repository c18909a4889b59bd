/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sparse-rows.h"

/* Either a piece of which the rows are kept, or a gap between two pieces. */
typedef struct
{
  guint length;
  GPtrArray *rows; /* of CfaConversation, nullable: not made yet; NULL: a gap */
  guint64 used;    /* the greater, the later it was asked for */
} Piece;

struct _CfaSparseRows
{
  GPtrArray *pieces; /* of Piece, in order; no two gaps touch each other */
  guint length;
  guint64 clock;
};

static void
clear_row (gpointer conversation)
{
  if (conversation != NULL)
    g_object_unref (conversation);
}

static Piece *
piece_new (guint length, gboolean gap)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->length = length;
  if (gap)
    return piece;
  piece->rows = g_ptr_array_new_with_free_func (clear_row);
  g_ptr_array_set_size (piece->rows, length);
  return piece;
}

static void
piece_free (Piece *piece)
{
  g_clear_pointer (&piece->rows, g_ptr_array_unref);
  g_free (piece);
}

static Piece *
nth (CfaSparseRows *self, guint index)
{
  return index < self->pieces->len ? self->pieces->pdata[index] : NULL;
}

static gboolean
is_gap (const Piece *piece)
{
  return piece != NULL && piece->rows == NULL;
}

/* The piece in which @position lies, and where it begins; NULL behind the end. */
static Piece *
find_piece (CfaSparseRows *self, guint position, guint *index, guint *start)
{
  *start = 0;
  for (*index = 0; *index < self->pieces->len; ++*index)
    {
      Piece *piece = nth (self, *index);

      if (position < *start + piece->length)
        return piece;
      *start += piece->length;
    }
  return NULL;
}

/* Leaves no empty piece and no two gaps side by side around @index. */
static void
tidy (CfaSparseRows *self, guint index)
{
  Piece *piece = nth (self, index);

  if (piece != NULL && piece->length == 0)
    g_ptr_array_remove_index (self->pieces, index);
  for (guint i = index > 0 ? index - 1 : 0; i <= index; i++)
    while (is_gap (nth (self, i)) && is_gap (nth (self, i + 1)))
      {
        nth (self, i)->length += nth (self, i + 1)->length;
        g_ptr_array_remove_index (self->pieces, i + 1);
      }
}

/* Forgets the piece that nobody has asked for the longest, when there are too many. */
static void
forget_oldest (CfaSparseRows *self)
{
  guint pieces = 0, oldest = 0;
  guint64 used = G_MAXUINT64;

  for (guint i = 0; i < self->pieces->len; i++)
    {
      Piece *piece = nth (self, i);

      if (is_gap (piece))
        continue;
      pieces++;
      if (piece->used < used)
        {
          used = piece->used;
          oldest = i;
        }
    }
  if (pieces <= CFA_SPARSE_PIECES)
    return;
  g_clear_pointer (&nth (self, oldest)->rows, g_ptr_array_unref);
  tidy (self, oldest);
}

/* Makes the page around @position out of the gap in which it lies. */
static void
open_gap (CfaSparseRows *self, guint index, guint start, guint position)
{
  Piece *gap = nth (self, index);
  guint end = start + gap->length;
  guint first = MAX (position / CFA_SPARSE_PAGE * CFA_SPARSE_PAGE, start);
  guint last = MIN ((position / CFA_SPARSE_PAGE + 1) * CFA_SPARSE_PAGE, end);
  Piece *piece = piece_new (last - first, FALSE);

  piece->used = ++self->clock;
  g_ptr_array_insert (self->pieces, index + 1, piece);
  if (last < end)
    g_ptr_array_insert (self->pieces, index + 2, piece_new (end - last, TRUE));
  gap->length = first - start;
  tidy (self, index);
  forget_oldest (self);
}

/* A piece into which much was put becomes two, so that either can be forgotten. */
static void
split_long (CfaSparseRows *self, guint index)
{
  Piece *piece = nth (self, index), *rest;

  if (piece->length < 2 * CFA_SPARSE_PAGE)
    return;
  rest = piece_new (0, FALSE);
  rest->used = piece->used;
  rest->length = piece->length - CFA_SPARSE_PAGE;
  for (guint i = CFA_SPARSE_PAGE; i < piece->length; i++)
    g_ptr_array_add (rest->rows, g_steal_pointer (&piece->rows->pdata[i]));
  g_ptr_array_set_size (piece->rows, CFA_SPARSE_PAGE);
  piece->length = CFA_SPARSE_PAGE;
  g_ptr_array_insert (self->pieces, index + 1, rest);
  forget_oldest (self);
}

static gboolean
is_missing (CfaConversation *conversation)
{
  return conversation == NULL || cfa_conversation_get_loading (conversation);
}

CfaSparseRows *
cfa_sparse_rows_new (void)
{
  CfaSparseRows *self = g_new0 (CfaSparseRows, 1);

  self->pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) piece_free);
  return self;
}

void
cfa_sparse_rows_free (CfaSparseRows *self)
{
  g_ptr_array_unref (self->pieces);
  g_free (self);
}

/**
 * cfa_sparse_rows_reset:
 * Forgets all, and how long it was.
 */
void
cfa_sparse_rows_reset (CfaSparseRows *self, guint length)
{
  g_ptr_array_set_size (self->pieces, 0);
  if (length > 0)
    g_ptr_array_add (self->pieces, piece_new (length, TRUE));
  self->length = length;
}

guint
cfa_sparse_rows_get_length (CfaSparseRows *self)
{
  return self->length;
}

/**
 * cfa_sparse_rows_is_known:
 * Returns: whether @position lies in a piece, so that a row can be put there.
 */
gboolean
cfa_sparse_rows_is_known (CfaSparseRows *self, guint position)
{
  guint index, start;
  Piece *piece = find_piece (self, position, &index, &start);

  return piece != NULL && !is_gap (piece);
}

/**
 * cfa_sparse_rows_peek:
 * Returns: (transfer none) (nullable): the row, if it is here.
 */
CfaConversation *
cfa_sparse_rows_peek (CfaSparseRows *self, guint position)
{
  guint index, start;
  Piece *piece = find_piece (self, position, &index, &start);

  return piece == NULL || is_gap (piece) ? NULL : piece->rows->pdata[position - start];
}

/**
 * cfa_sparse_rows_touch:
 * @position: below the length; somebody looks at it: from now on it lies in a piece, which is the last to be forgotten
 */
void
cfa_sparse_rows_touch (CfaSparseRows *self, guint position)
{
  guint index, start;
  Piece *piece = find_piece (self, position, &index, &start);

  if (is_gap (piece))
    open_gap (self, index, start, position);
  else if (piece->used != self->clock)
    piece->used = ++self->clock;
}

/**
 * cfa_sparse_rows_put:
 * @position: one that is known
 * @conversation: (transfer none): takes the place of what was there
 */
void
cfa_sparse_rows_put (CfaSparseRows *self, guint position, CfaConversation *conversation)
{
  guint index, start;
  Piece *piece = find_piece (self, position, &index, &start);

  g_return_if_fail (piece != NULL && !is_gap (piece));
  g_object_ref (conversation);
  clear_row (piece->rows->pdata[position - start]);
  piece->rows->pdata[position - start] = conversation;
}

/**
 * cfa_sparse_rows_remove:
 * Takes a position out; those behind it move up.
 * Returns: (transfer full) (nullable): the row that was there.
 */
CfaConversation *
cfa_sparse_rows_remove (CfaSparseRows *self, guint position)
{
  guint index, start;
  Piece *piece = find_piece (self, position, &index, &start);
  CfaConversation *conversation = NULL;

  g_return_val_if_fail (piece != NULL, NULL);
  if (!is_gap (piece))
    {
      conversation = g_steal_pointer (&piece->rows->pdata[position - start]);
      g_ptr_array_remove_index (piece->rows, position - start);
    }
  piece->length--;
  self->length--;
  tidy (self, index);
  return conversation;
}

/**
 * cfa_sparse_rows_insert:
 * @position: at most the length
 *
 * Puts a position in; those from there on move down. Beside a known one it is known itself.
 * Returns: whether it is known, and waits for cfa_sparse_rows_put().
 */
gboolean
cfa_sparse_rows_insert (CfaSparseRows *self, guint position)
{
  guint index, start;
  Piece *piece = find_piece (self, position, &index, &start);

  /* between two pieces, or at the end: the one before will do as well */
  if ((piece == NULL || (is_gap (piece) && start == position)) && index > 0)
    {
      piece = nth (self, --index);
      start = position - piece->length;
    }
  self->length++;
  if (piece == NULL)
    {
      piece = piece_new (0, FALSE);
      piece->used = ++self->clock;
      g_ptr_array_insert (self->pieces, 0, piece);
    }
  piece->length++;
  if (is_gap (piece))
    return FALSE;
  g_ptr_array_insert (piece->rows, position - start, NULL);
  split_long (self, index);
  return TRUE;
}

/**
 * cfa_sparse_rows_wanted:
 * @offset: (out): where rows are missing in the piece that was asked for last
 * @length: (out): how many, from the first to the last of them
 *
 * Returns: whether any are missing.
 */
gboolean
cfa_sparse_rows_wanted (CfaSparseRows *self, guint *offset, guint *length)
{
  guint64 used = 0;
  guint start = 0;
  gboolean found = FALSE;

  for (guint i = 0; i < self->pieces->len; start += nth (self, i)->length, i++)
    {
      Piece *piece = nth (self, i);
      guint first = 0, last = piece->length;

      if (is_gap (piece) || piece->used < used)
        continue;
      while (first < last && !is_missing (piece->rows->pdata[first]))
        first++;
      while (first < last && !is_missing (piece->rows->pdata[last - 1]))
        last--;
      if (first == last)
        continue;
      *offset = start + first;
      *length = last - first;
      used = piece->used;
      found = TRUE;
    }
  return found;
}

/**
 * cfa_sparse_rows_find:
 * @position: (out): where it is
 *
 * Returns: whether @conversation is in a piece.
 */
gboolean
cfa_sparse_rows_find (CfaSparseRows *self, CfaConversation *conversation, guint *position)
{
  guint start = 0, within;

  for (guint i = 0; i < self->pieces->len; start += nth (self, i)->length, i++)
    if (!is_gap (nth (self, i)) && g_ptr_array_find (nth (self, i)->rows, conversation, &within))
      {
        *position = start + within;
        return TRUE;
      }
  return FALSE;
}

/**
 * cfa_sparse_rows_count:
 * Returns: how many rows are kept.
 */
guint
cfa_sparse_rows_count (CfaSparseRows *self)
{
  guint n = 0;

  for (guint i = 0; i < self->pieces->len; i++)
    for (guint j = 0; !is_gap (nth (self, i)) && j < nth (self, i)->length; j++)
      n += nth (self, i)->rows->pdata[j] != NULL ? 1 : 0;
  return n;
}
