/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "protocol/records/visitor.h"

G_BEGIN_DECLS

gboolean cfd_visitor_check_email   (const char *email, GError **error);
gboolean cfd_visitor_check_phone   (const char *phone, GError **error);
char    *cfd_visitor_phone_key     (const char *phone);
gboolean cfd_visitor_set_text      (char **have, const char *text);
gboolean cfd_visitor_set_email     (CfVisitor *visitor, const char *email);
gboolean cfd_visitor_set_phone     (CfVisitor *visitor, const char *phone);
gboolean cfd_visitor_may_claim     (const CfVisitor *visitor, const char *have);
gboolean cfd_visitor_add_tag       (CfVisitor *visitor, const char *tag_id, GError **error);
gboolean cfd_visitor_remove_tag    (CfVisitor *visitor, const char *tag_id);
gboolean cfd_visitor_set_attribute (CfVisitor *visitor, const char *attribute_id, const char *value, GError **error);
void     cfd_visitor_absorb        (CfVisitor *into, const CfVisitor *from);
void     cfd_visitor_give_back     (CfVisitor *visitor, const CfVisitor *before, const CfVisitor *after);

G_END_DECLS
