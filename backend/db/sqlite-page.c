/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sqlite-page.h"

/* https://www.sqlite.org/fileformat2.html, section 1.6 */
#define FILE_HEADER   100 /* before the header of the first page */
#define INTERIOR_INDEX  2
#define INTERIOR_TABLE  5
#define LEAF_INDEX     10
#define LEAF_TABLE     13
#define CELLS           3 /* how many, in the header of a page */
#define CONTENT         5 /* where they begin */
#define LEAF_BYTES      8 /* of that header */
#define INTERIOR_BYTES 12

static gsize
read_two (const guint8 *at)
{
  return (gsize) at[0] << 8 | at[1];
}

/**
 * cfd_sqlite_page_gap:
 * @page: of @size bytes, of a database of at most CFD_SQLITE_PAGES_KNOWN pages
 * @first: whether it is the first of the file
 * @from: (out): the first byte of its gap
 * @to: (out): the first one behind it
 *
 * A page of a tree has cells at its end and the list of them at its beginning. What lies between belongs to nobody, but when SQLite splits a
 * page it leaves there what it has moved elsewhere, also with PRAGMA secure_delete, and never comes back to it. An overflow page or a page of the list
 * of free ones begins with the number of another page, whose first byte is 0 or 1 in such a file, and so never looks like a page of a tree.
 *
 * Returns: whether it is a page of a tree with a gap.
 */
gboolean
cfd_sqlite_page_gap (const guint8 *page, gsize size, gboolean first, gsize *from, gsize *to)
{
  gsize start = first ? FILE_HEADER : 0;
  const guint8 *head = page + start;

  if (size < 512 || (head[0] != INTERIOR_INDEX && head[0] != INTERIOR_TABLE && head[0] != LEAF_INDEX && head[0] != LEAF_TABLE))
    return FALSE;
  *from = start + (head[0] == LEAF_INDEX || head[0] == LEAF_TABLE ? LEAF_BYTES : INTERIOR_BYTES) + 2 * read_two (head + CELLS);
  *to = read_two (head + CONTENT);
  if (*to == 0)
    *to = 65536;
  return *from < *to && *to <= size;
}
