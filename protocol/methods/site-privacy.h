/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../shape.h"

G_BEGIN_DECLS

/* For how many days something may be kept, when it is limited at all. */
#define CF_KEPT_DAYS_MAX 3650

/* What becomes of the address (IP) that a visitor comes from. */
typedef enum
{
  CF_ADDRESSES_WHOLE,
  CF_ADDRESSES_SHORTENED, /* without its last part: the network, not the house */
  CF_ADDRESSES_NONE,
} CfAddresses;

extern const char *const cf_addresses_words[];

/**
 * CfSitePrivacy:
 * What a site keeps of its visitors. All of it empty, as without the section: nobody is asked, addresses are kept whole and for good, visits as
 * long as the server does, conversations for good, and card numbers are not.
 */
typedef struct
{
  CfStruct parent;
  gboolean ask_first; /* nobody is followed before they have agreed */
  CfAddresses addresses;
  gint64 address_days; /* 0 = as long as the visitor is known */
  gint64 visit_days;   /* 0 = as long as the server keeps them */
  gint64 conversation_days; /* after closing; 0 = for good */
  gboolean cards_kept; /* numbers of payment cards stay in what is written */
} CfSitePrivacy;

extern const CfShape cf_site_privacy_shape;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CfSitePrivacy, cf_struct_unref)

G_END_DECLS
