/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rich-text.h"

#include <string.h>

#define LABEL_MAX 200
#define MAIL_NAME_MAX 64
#define PHONE_FIRST_MAX 15
#define PHONE_GROUPS_MAX 6
#define PHONE_GROUP_MIN 2
#define PHONE_GROUP_MAX 14
#define PHONE_DIGITS_MIN 7
#define PHONE_DIGITS_MAX 15
#define LIST_DIGITS_MAX 3
#define FENCE "```"
#define FENCE_WORD_MAX 20
/* What ends a sentence rather than an address, in ASCII. */
#define TRAILING ".,:;!?'*_~"

/* The text, and the part of it that is read. */
typedef struct
{
  const char *text;
  const char *end;
  CfRichStyle style;
  GPtrArray *runs;
} Part;

typedef struct
{
  const char *start;
  const char *end; /* without the line break */
} Line;

static void
run_free (gpointer data)
{
  CfRichRun *run = data;

  g_free (run->text);
  g_free (run->href);
  g_free (run);
}

static void
block_free (gpointer data)
{
  CfRichBlock *block = data;

  g_ptr_array_unref (block->runs);
  g_free (block);
}

/* Scripts that write words without blanks between them are not meant: a mark may stand beside any of their characters. */
static gboolean
is_word (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_UPPERCASE_LETTER || type == G_UNICODE_LOWERCASE_LETTER || type == G_UNICODE_TITLECASE_LETTER
         || type == G_UNICODE_DECIMAL_NUMBER || type == G_UNICODE_LETTER_NUMBER || type == G_UNICODE_OTHER_NUMBER;
}

static gboolean
is_letter_or_number (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return is_word (c) || type == G_UNICODE_MODIFIER_LETTER || type == G_UNICODE_OTHER_LETTER;
}

static gboolean
is_blank (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return c == '\t' || c == '\n' || c == '\r' || c == '\f' || type == G_UNICODE_SPACE_SEPARATOR || type == G_UNICODE_LINE_SEPARATOR
         || type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

static gunichar
before (const Part *part, const char *p)
{
  return p > part->text ? g_utf8_get_char (g_utf8_prev_char (p)) : ' ';
}

/* A space where the text ends. */
static gunichar
at (const char *p)
{
  return *p != '\0' ? g_utf8_get_char (p) : ' ';
}

static gunichar
within (const Part *part, const char *p)
{
  return p < part->end ? g_utf8_get_char (p) : ' ';
}

static gboolean
is_address_char (gunichar c)
{
  return !is_blank (c) && g_unichar_type (c) != G_UNICODE_CONTROL && (c > 127 || strchr ("<>\"`{}|\\^", (int) c) == NULL);
}

static const char *
span_address (const Part *part, const char *p, const char *without)
{
  while (p < part->end && is_address_char (g_utf8_get_char (p)) && strchr (without, *p) == NULL && !g_str_has_prefix (p, "]("))
    p = g_utf8_next_char (p);
  return p;
}

static gboolean
is_trailing (gunichar c)
{
  return c < 128 ? strchr (TRAILING, (int) c) != NULL : c == 0xBB /* » */ || c == 0x201D /* ” */ || c == 0x2019 /* ’ */;
}

static void
add_run (Part *part, const char *start, const char *end, CfRichStyle more, char *href)
{
  CfRichRun *run;

  if (start == end)
    return;
  run = g_new0 (CfRichRun, 1);
  run->text = g_strndup (start, end - start);
  run->href = href;
  run->style = part->style | more;
  g_ptr_array_add (part->runs, run);
}

/* The length of "http://" or "https://" at @p in any case; 0 when there is none. */
static gsize
web_scheme (const char *p)
{
  if (g_ascii_strncasecmp (p, "https://", 8) == 0)
    return 8;
  return g_ascii_strncasecmp (p, "http://", 7) == 0 ? 7 : 0;
}

/* Without what ends the sentence around it. A bracket that it opened itself belongs to it: "(see https://a.example/x_(y))". */
static const char *
trim_address (const char *start, const char *end)
{
  int round = 0, square = 0;

  for (const char *p = start; p < end; p++)
    {
      round += (*p == '(') - (*p == ')');
      square += (*p == '[') - (*p == ']');
    }
  while (end > start)
    {
      const char *last = g_utf8_prev_char (end);

      if (*last == ')' && round < 0)
        round++;
      else if (*last == ']' && square < 0)
        square++;
      else if (!is_trailing (g_utf8_get_char (last)))
        break;
      end = last;
    }
  return end;
}

static const char *
read_address (Part *part, const char *p)
{
  gsize scheme = web_scheme (p);
  const char *end;

  if (scheme == 0 || (gsize) (part->end - p) <= scheme || !is_letter_or_number (within (part, p + scheme)))
    return NULL;
  end = trim_address (p, span_address (part, p + scheme, ""));
  add_run (part, p, end, 0, g_strndup (p, end - p));
  return end;
}

static guint
span_digits (const Part *part, const char *p, guint max)
{
  guint n = 0;

  while (n < max && p + n < part->end && g_ascii_isdigit (p[n]))
    n++;
  return n;
}

/* As international numbers are written: a plus, groups of digits, blanks or hyphens between. */
static const char *
read_phone (Part *part, const char *p)
{
  g_autoptr (GString) href = g_string_new ("tel:+");
  const char *end = p + 1;
  guint digits;

  if (*p != '+' || end >= part->end || *end < '1' || *end > '9')
    return NULL;
  digits = span_digits (part, end, PHONE_FIRST_MAX);
  g_string_append_len (href, end, digits);
  end += digits;
  for (guint i = 0; i < PHONE_GROUPS_MAX && end < part->end && (*end == ' ' || *end == '-'); i++)
    {
      guint n = span_digits (part, end + 1, PHONE_GROUP_MAX);

      if (n < PHONE_GROUP_MIN)
        break;
      g_string_append_len (href, end + 1, n);
      digits += n;
      end += 1 + n;
    }
  if (digits < PHONE_DIGITS_MIN || digits > PHONE_DIGITS_MAX || is_word (within (part, end)))
    return NULL;
  add_run (part, p, end, 0, g_string_free (g_steal_pointer (&href), FALSE));
  return end;
}

static gboolean
is_mail_name (gunichar c)
{
  return c < 128 && (g_ascii_isalnum ((char) c) || (c != 0 && strchr ("_.%+-", (int) c) != NULL));
}

static gboolean
is_host_char (const Part *part, const char *p)
{
  return p < part->end && (g_ascii_isalnum (*p) || *p == '-');
}

/* The end of a host's name with at least one dot, whose last part are letters; %NULL when there is none. */
static const char *
span_host (const Part *part, const char *p)
{
  guint dots = 0, letters = 0, length = 0;

  for (;; p++)
    {
      if (is_host_char (part, p))
        {
          length++;
          letters += g_ascii_isalpha (*p) != 0;
          continue;
        }
      if (length == 0 || p >= part->end || *p != '.' || !is_host_char (part, p + 1))
        break;
      dots++;
      length = letters = 0;
    }
  return dots > 0 && length >= 2 && letters == length ? p : NULL;
}

static const char *
read_mail (Part *part, const char *p)
{
  gunichar last = before (part, p), next;
  const char *at_sign = p, *end;

  if (is_word (last) || is_mail_name (last) || last == '@' || !g_ascii_isalnum (*p))
    return NULL;
  while (at_sign < part->end && at_sign - p <= MAIL_NAME_MAX && is_mail_name ((guchar) *at_sign))
    at_sign++;
  if (at_sign - p > MAIL_NAME_MAX || at_sign >= part->end || *at_sign != '@')
    return NULL;
  end = span_host (part, at_sign + 1);
  next = end != NULL ? within (part, end) : 0;
  if (end == NULL || is_word (next) || next == '_' || next == '@')
    return NULL;
  add_run (part, p, end, 0, g_strdup_printf ("mailto:%.*s", (int) (end - p), p));
  return end;
}

/* Words that look like an address of their own would say that a link leads elsewhere than it does. */
static gboolean
is_misleading (const char *start, const char *end)
{
  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean dot = c == '.' || c == 0x3002 || c == 0xFF0E || c == 0x2024;

      if (c == '/' || c == '@' || c == '\\' || c == ':' || (dot && g_utf8_next_char (p) < end && is_letter_or_number (g_utf8_get_char (g_utf8_next_char (p)))))
        return TRUE;
    }
  return FALSE;
}

static gboolean
leads_somewhere (const Part *part, const char *p)
{
  gsize scheme = g_str_has_prefix (p, "https://") ? 8 : g_str_has_prefix (p, "http://") ? 7 : 0;

  if (scheme > 0)
    return is_letter_or_number (within (part, p + scheme));
  if (g_str_has_prefix (p, "mailto:"))
    return p + 7 < part->end && (g_ascii_isalnum (p[7]) || p[7] == '_');
  return g_str_has_prefix (p, "tel:") && p + 4 < part->end && (g_ascii_isdigit (p[4]) || p[4] == '+');
}

/* [words](address) */
static const char *
read_labelled (Part *part, const char *p)
{
  const char *label = p + 1, *label_end = label, *href, *end;
  guint length = 0;

  for (; label_end < part->end && strchr ("[]\n", *label_end) == NULL && length <= LABEL_MAX; length++)
    label_end = g_utf8_next_char (label_end);
  if (length == 0 || length > LABEL_MAX || part->end - label_end < 2 || label_end[0] != ']' || label_end[1] != '(')
    return NULL;
  href = label_end + 2;
  if (!leads_somewhere (part, href))
    return NULL;
  end = span_address (part, href, "()");
  if (end >= part->end || *end != ')' || is_misleading (label, label_end) || is_blank (g_utf8_get_char (label))
      || is_blank (g_utf8_get_char (g_utf8_prev_char (label_end))))
    return NULL;
  add_run (part, label, label_end, 0, g_strndup (href, end - href));
  return end + 1;
}

/* Adds the link that begins at @p; where it ends, or %NULL when there is none. What was plain until there is added before it. */
static const char *
read_link (Part *part, const char *p, const char *plain)
{
  const char *end = NULL;
  CfRichRun *link;

  if (*p == '[')
    end = read_labelled (part, p);
  else if ((*p == '+' || g_ascii_isalnum (*p)) && !is_word (before (part, p)))
    {
      end = read_address (part, p);
      if (end == NULL)
        end = *p == '+' ? read_phone (part, p) : read_mail (part, p);
    }
  if (end == NULL)
    return NULL;
  link = g_ptr_array_steal_index (part->runs, part->runs->len - 1);
  add_run (part, plain, p, 0, NULL);
  g_ptr_array_add (part->runs, link);
  return end;
}

static gsize
span_same (const Part *part, const char *p)
{
  gsize n = 1;

  while (p + n < part->end && p[n] == *p)
    n++;
  return n;
}

/* Where so many stars end what begins at @p, on that line; %NULL when nothing does. */
static const char *
find_closing (const Part *part, const char *p, gsize stars)
{
  while (p < part->end && *p != '\n')
    {
      gsize n = *p == '*' ? span_same (part, p) : 0;

      if (n == stars && !is_blank (before (part, p)) && !is_word (at (p + n)))
        return p;
      p += MAX (n, 1);
    }
  return NULL;
}

/* The second of the backticks around code, the first of which is at @p; %NULL when it is none. */
static const char *
find_code_end (const Part *part, const char *p)
{
  const char *end = p + 1;

  while (end < part->end && *end != '`' && *end != '\n')
    end++;
  if (end >= part->end || *end != '`' || end[1] == '`' || is_blank (before (part, end)) || is_word (at (end + 1)))
    return NULL;
  return end;
}

static const char *
line_end (const Part *part, const char *p)
{
  const char *end = memchr (p, '\n', part->end - p);

  return end != NULL ? end : part->end;
}

/* Reads what stands from @p to the end of the part into runs. A style does not begin within itself, so this is at most three deep. */
static void
read_part (Part *part, const char *p)
{
  const char *plain = p;
  const char *vain[3] = { NULL, p, p }; /* up to there nothing ends what so many stars would begin */

  while (p < part->end)
    {
      gsize n = *p == '*' || *p == '`' ? span_same (part, p) : 0;
      gboolean opens = n > 0 && p + n < part->end && !is_word (before (part, p)) && !is_blank (at (p + n));
      CfRichStyle style = n == 2 ? CF_RICH_BOLD : CF_RICH_ITALIC;
      const char *end = NULL;

      if (n == 0)
        {
          end = read_link (part, p, plain);
          p = end != NULL ? end : p + 1;
        }
      else if (*p == '`')
        {
          end = opens && n == 1 ? find_code_end (part, p) : NULL;
          if (end != NULL)
            {
              add_run (part, plain, p, 0, NULL);
              add_run (part, p + 1, end, CF_RICH_CODE, NULL);
            }
          p = end != NULL ? end + 1 : p + n;
        }
      else
        {
          gboolean looks = opens && n <= 2 && (part->style & style) == 0 && p >= vain[n];

          end = looks ? find_closing (part, p + n, n) : NULL;
          if (looks && end == NULL)
            vain[n] = line_end (part, p);
          if (end != NULL)
            {
              Part inner = { part->text, end, part->style | style, part->runs };

              add_run (part, plain, p, 0, NULL);
              read_part (&inner, p + n);
            }
          p = end != NULL ? end + n : p + n;
        }
      if (end != NULL)
        plain = p;
    }
  add_run (part, plain, part->end, 0, NULL);
}

static GArray *
split_lines (const char *text)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));

  for (const char *p = text;;)
    {
      const char *end = strchr (p, '\n');
      Line line = { p, end != NULL ? end : p + strlen (p) };

      g_array_append_val (lines, line);
      if (end == NULL)
        return lines;
      p = end + 1;
    }
}

static gboolean
is_fence (const Line *line, gboolean with_word)
{
  const char *p = line->start + strlen (FENCE);
  guint length = 0;

  if (line->end - line->start < (gssize) strlen (FENCE) || !g_str_has_prefix (line->start, FENCE))
    return FALSE;
  while (with_word && p < line->end && length < FENCE_WORD_MAX && (g_ascii_isalnum (*p) || strchr ("_+#.-", *p) != NULL))
    {
      p++;
      length++;
    }
  while (p < line->end && strchr (" \t\r", *p) != NULL)
    p++;
  return p == line->end;
}

/* The words of an item of a list; %NULL where there is none. Of one that counts, @number is set. */
static const char *
item_words (const Line *line, CfRichKind *kind, guint *number)
{
  const char *p = line->start;

  *kind = g_ascii_isdigit (*p) ? CF_RICH_NUMBER : CF_RICH_BULLET;
  *number = 0;
  if (*kind == CF_RICH_BULLET && *p++ != '-')
    return NULL;
  if (*kind == CF_RICH_NUMBER)
    {
      for (; g_ascii_isdigit (*p) && p - line->start < LIST_DIGITS_MAX; p++)
        *number = *number * 10 + (guint) (*p - '0');
      if (*p++ != '.' || (*line->start == '0' && p - line->start > 2))
        return NULL;
    }
  if (p >= line->end || *p++ != ' ')
    return NULL;
  return p < line->end && !is_blank (g_utf8_get_char (p)) ? p : NULL;
}

static void
add_block (GPtrArray *blocks, CfRichKind kind, guint number, const char *text, const char *start, const char *end)
{
  CfRichBlock *block;
  Part part = { text, end, 0, NULL };

  if (start >= end)
    return;
  block = g_new0 (CfRichBlock, 1);
  block->kind = kind;
  block->number = number;
  part.runs = block->runs = g_ptr_array_new_with_free_func (run_free);
  if (kind == CF_RICH_LINES)
    add_run (&part, start, end, 0, NULL);
  else
    read_part (&part, start);
  g_ptr_array_add (blocks, block);
}

/* How many lines from @from on are a list; one alone is none. */
static guint
count_items (GArray *lines, guint from)
{
  CfRichKind first, kind;
  guint number, first_number, n = 1;

  if (item_words (&g_array_index (lines, Line, from), &first, &first_number) == NULL)
    return 0;
  while (from + n < lines->len && item_words (&g_array_index (lines, Line, from + n), &kind, &number) != NULL && kind == first
         && (kind == CF_RICH_BULLET || number == first_number + n))
    n++;
  return n > 1 ? n : 0;
}

/* How many lines from @from on are code, with those around it. @vain: no code ends from there on. */
static guint
count_code (GArray *lines, guint from, guint *vain)
{
  guint close = from + 1;

  if (from >= *vain || !is_fence (&g_array_index (lines, Line, from), TRUE))
    return 0;
  while (close < lines->len && !is_fence (&g_array_index (lines, Line, close), FALSE))
    close++;
  if (close == lines->len)
    {
      *vain = from;
      return 0;
    }
  /* Between them is something. */
  return g_array_index (lines, Line, from + 1).start < g_array_index (lines, Line, close).start - 1 ? close - from + 1 : 0;
}

/**
 * cf_rich_text_parse:
 * @text: what a person wrote, valid UTF-8
 *
 * Reads the marks of a message: bold, italic, code, lists, links. The rules are in docs/protocol.md, and the widget reads the same
 * (`widget/src/rich/parse.ts`). Whatever is no mark stays as it was written. The work grows with the length of the text, no faster.
 *
 * Returns: (transfer full) (element-type CfRichBlock): what it says, from above
 */
GPtrArray *
cf_rich_text_parse (const char *text)
{
  g_autoptr (GArray) lines = split_lines (text);
  GPtrArray *blocks = g_ptr_array_new_with_free_func (block_free);
  const char *plain = text;
  guint vain = lines->len;

  for (guint i = 0; i < lines->len;)
    {
      const Line *line = &g_array_index (lines, Line, i);
      guint code = count_code (lines, i, &vain);
      guint items = code == 0 ? count_items (lines, i) : 0;
      const Line *last = line + MAX (code + items, 1) - 1;

      if (code + items > 0 && plain < line->start)
        add_block (blocks, CF_RICH_TEXT, 0, plain, plain, line->start - 1);
      if (code > 0)
        add_block (blocks, CF_RICH_LINES, 0, text, (line + 1)->start, last->start - 1);
      for (guint n = 0; n < items; n++)
        {
          CfRichKind kind;
          guint number;
          const char *words = item_words (line + n, &kind, &number);

          add_block (blocks, kind, number, words, words, (line + n)->end);
        }
      if (code + items > 0)
        plain = *last->end != '\0' ? last->end + 1 : last->end;
      i += MAX (code + items, 1);
    }
  add_block (blocks, CF_RICH_TEXT, 0, plain, plain, plain + strlen (plain));
  return blocks;
}

/**
 * cf_rich_text_is_simple:
 * @blocks: what was read
 *
 * Returns: whether it is words alone, without lists and lines of code
 */
gboolean
cf_rich_text_is_simple (GPtrArray *blocks)
{
  return blocks->len == 0 || (blocks->len == 1 && ((CfRichBlock *) blocks->pdata[0])->kind == CF_RICH_TEXT);
}

/**
 * cf_rich_text_dup_plain:
 * @blocks: what was read
 *
 * Returns: (transfer full): its words without the marks, as they are read aloud
 */
char *
cf_rich_text_dup_plain (GPtrArray *blocks)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      CfRichBlock *block = blocks->pdata[i];

      if (i > 0)
        g_string_append_c (out, '\n');
      if (block->kind == CF_RICH_NUMBER)
        g_string_append_printf (out, "%u. ", block->number);
      for (guint n = 0; n < block->runs->len; n++)
        g_string_append (out, ((CfRichRun *) block->runs->pdata[n])->text);
    }
  return g_string_free (out, FALSE);
}
