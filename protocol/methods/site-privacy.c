/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-privacy.h"

const char *const cf_addresses_words[] = { "whole", "shortened", "none", NULL };

static const CfField fields[] = {
  CF_ROW (CfSitePrivacy, ask_first, CF_KIND_BOOLEAN, "ask_first", 0, CF_AUDIENCE_ALL,
          .help = "Nobody is followed on the pages before they have agreed."),
  CF_ROW (CfSitePrivacy, addresses, CF_KIND_ENUM, "addresses", 0, CF_AUDIENCE_STAFF, .words = cf_addresses_words,
          .help = "What is kept of the address that a visitor comes from."),
  CF_ROW (CfSitePrivacy, address_days, CF_KIND_INTEGER, "address_days", 0, CF_AUDIENCE_STAFF, .max = CF_KEPT_DAYS_MAX,
          .help = "After so many days it is erased; 0: with the visitor."),
  CF_ROW (CfSitePrivacy, visit_days, CF_KIND_INTEGER, "visit_days", 0, CF_AUDIENCE_STAFF, .max = CF_KEPT_DAYS_MAX,
          .help = "After so many days a visit is erased; 0, or more than the server keeps: when the server does."),
  CF_ROW (CfSitePrivacy, conversation_days, CF_KIND_INTEGER, "conversation_days", 0, CF_AUDIENCE_STAFF, .max = CF_KEPT_DAYS_MAX,
          .help = "So many days after it was closed a conversation is erased, with its messages and files; 0: it is kept."),
  CF_ROW (CfSitePrivacy, cards_kept, CF_KIND_BOOLEAN, "cards_kept", 0, CF_AUDIENCE_STAFF,
          .help = "Numbers of payment cards are stored as they were written."),
};

const CfShape cf_site_privacy_shape = {
  .name = "site_privacy",
  .size = sizeof (CfSitePrivacy),
  .readers = CF_AUDIENCE_ALL,
  CF_FIELDS_END (fields),
};
