/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reply-preview.h"

/**
 * cfa_reply_preview_show:
 * @template: (nullable): a text with placeholders
 *
 * Lets @label say it as it would be written; what is missing stands out.
 */
void
cfa_reply_preview_show (GtkLabel *label, const char *template, const CfaPlaceholderValues *values)
{
  g_auto (GStrv) missing = NULL, names = NULL;
  g_autofree char *text = cfa_placeholders_fill (template != NULL ? template : "", values, &missing);
  g_autoptr (GArray) spans = cfa_placeholders_find (text, &names);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  for (guint i = 0; i < spans->len; i++)
    {
      const CfaPlaceholderSpan *span = &g_array_index (spans, CfaPlaceholderSpan, i);
      const char *start = g_utf8_offset_to_pointer (text, span->start), *end = g_utf8_offset_to_pointer (start, span->length);
      PangoAttribute *attribute = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      attribute->start_index = start - text;
      attribute->end_index = end - text;
      pango_attr_list_insert (attributes, attribute);
      attribute = pango_attr_underline_new (PANGO_UNDERLINE_ERROR);
      attribute->start_index = start - text;
      attribute->end_index = end - text;
      pango_attr_list_insert (attributes, attribute);
    }
  gtk_label_set_attributes (label, attributes);
  gtk_label_set_label (label, text);
}
