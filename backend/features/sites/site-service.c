/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "site-service.h"

#include "backend/card-mask.h"
#include "backend/db/lookup.h"
#include "backend/features/audit/audit-service.h"
#include "backend/features/automation/trigger-service.h"
#include "backend/features/conversations/reply-time-service.h"
#include "backend/rpc/reach.h"
#include "offer-service.h"
#include "protocol/error.h"
#include "site-form.h"
#include "site-hours.h"
#include "site-limit-service.h"
#include "site-settings.h"
#include "site-store.h"
#include "site.h"

#include <sodium.h>

#define KEY_BYTES 16

static char *
new_key (void)
{
  guint8 bytes[KEY_BYTES];
  gsize size = sodium_base64_ENCODED_LEN (KEY_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);

  g_assert (sodium_init () >= 0);
  randombytes_buf (bytes, sizeof bytes);
  return sodium_bin2base64 (g_malloc (size), size, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static gboolean
same_site (const CfSite *have, const char *organisation_id, const CfSiteAddParams *params)
{
  static const char *const none[] = { NULL };
  const char *const *left = have->origins != NULL ? (const char *const *) have->origins : none;
  const char *const *right = params->origins != NULL ? (const char *const *) params->origins : none;

  return g_strcmp0 (have->parent.organisation_id, organisation_id) == 0 && g_strcmp0 (have->name, params->name) == 0
         && g_strv_equal (left, right);
}

static gboolean
check_look (char **origins, const char *color, GError **error)
{
  return cfd_site_check_origins (origins, error) && cfd_site_check_color (color, error);
}

/**
 * cfd_sites_find:
 * @origin: (nullable): the Origin header of the page
 *
 * Returns: (transfer full): the site that @key names, if its pages may be at @origin; CF_ERROR_BAD_SITE or BAD_ORIGIN.
 */
CfSite *
cfd_sites_find (CfdTx *tx, const char *key, const char *origin, GError **error)
{
  g_autoptr (CfSite) site = NULL;

  if (!cfd_site_store_by_key (tx, key, &site, error))
    return NULL;
  if (site == NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_BAD_SITE, "site: there is no site with this key");
      return NULL;
    }
  if (!cfd_site_allows (site, origin))
    {
      g_set_error (error, CF_ERROR, CF_ERROR_BAD_ORIGIN,
                   "the page's origin %.255s is not among the site's allowed origins; add it to the site", origin);
      return NULL;
    }
  return g_steal_pointer (&site);
}

/**
 * cfd_sites_allow_origin:
 * @key: (nullable): NULL asks whether any site allows @origin, as a CORS preflight names none
 *
 * Returns: TRUE, or FALSE with CF_ERROR_BAD_SITE or BAD_ORIGIN (or what the database says).
 */
gboolean
cfd_sites_allow_origin (CfdTx *tx, const char *key, const char *origin, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (CfSite) site = NULL;

  if (key != NULL)
    {
      site = cfd_sites_find (tx, key, origin, error);
      return site != NULL;
    }
  all = cfd_site_store_all (tx, error);
  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    if (cfd_site_allows (all->pdata[i], origin))
      return TRUE;
  g_set_error_literal (error, CF_ERROR, CF_ERROR_BAD_ORIGIN, "no site allows this origin");
  return FALSE;
}

/**
 * cfd_sites_add:
 * @by: (nullable): who does it; NULL = the command line, here and below
 *
 * Returns: (transfer full): the new site with a key of its own; the one that the same call made before, when it is repeated.
 */
CfSite *
cfd_sites_add (CfdTx *tx, const char *organisation_id, const CfdCaller *by, const CfSiteAddParams *params, GError **error)
{
  g_autoptr (CfSite) site = NULL;
  gboolean marked;

  if (!check_look (params->origins, params->color, error) || !cfd_tx_lookup (tx, &cf_site_shape, params->id, &site, error))
    return NULL;
  if (site != NULL && same_site (site, organisation_id, params))
    return g_steal_pointer (&site);
  if (site != NULL)
    {
      g_set_error_literal (error, CF_ERROR, CF_ERROR_CONFLICT, "id: is another site's");
      return NULL;
    }
  site = cf_struct_new (&cf_site_shape);
  site->parent.id = g_strdup (params->id);
  site->parent.organisation_id = g_strdup (organisation_id);
  site->name = g_strdup (params->name);
  site->key = new_key ();
  site->origins = g_strdupv (params->origins);
  site->color = g_strdup (params->color);
  site->greeting = g_strdup (params->greeting);
  site->created_at = cfd_tx_now (tx);
  site->version = 1;
  if (!cfd_triggers_mark (tx, site, &marked, error) || !cfd_tx_put (tx, site, error) || !cfd_audit_note (tx, by, "site.add", &site->parent, site->name, NULL, error))
    return NULL;
  return g_steal_pointer (&site);
}

/**
 * cfd_sites_update:
 * Changes what @params was given.
 *
 * Returns: (transfer full): the site as it is now.
 */
CfSite *
cfd_sites_update (CfdTx *tx, const char *organisation_id, const CfdCaller *by, const CfSiteUpdateParams *params, GError **error)
{
  g_autoptr (CfSite) site = cfd_tx_require (tx, &cf_site_shape, organisation_id, params->id, error);
  g_autoptr (GString) detail = g_string_new (NULL);

  if (site == NULL || !check_look (params->origins, params->color, error))
    return NULL;
  if (cf_struct_has (params, "origins") || cf_struct_has (params, "color") || cf_struct_has (params, "greeting"))
    cfd_site_sign (site, by != NULL ? by->name : NULL, cfd_tx_now (tx));
  if (params->name != NULL)
    {
      cfd_audit_change (detail, "name", site->name, params->name);
      g_free (site->name);
      site->name = g_strdup (params->name);
    }
  if (cf_struct_has (params, "origins"))
    {
      g_strfreev (site->origins);
      site->origins = g_strdupv (params->origins);
    }
  if (cf_struct_has (params, "color"))
    {
      cfd_audit_change (detail, "color", site->color, params->color);
      g_free (site->color);
      site->color = g_strdup (params->color);
    }
  if (cf_struct_has (params, "greeting"))
    {
      g_free (site->greeting);
      site->greeting = g_strdup (params->greeting);
    }
  if (!cfd_tx_put (tx, site, error) || !cfd_audit_note (tx, by, "site.update", &site->parent, site->name, detail->str, error))
    return NULL;
  return g_steal_pointer (&site);
}

/* Somebody else has saved in between. */
static void
refuse_old (const CfSite *site, GError **error)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (site->changed_at / 1000);
  g_autofree char *when = g_date_time_format (at, "%Y-%m-%d %H:%M UTC");

  g_set_error (error, CF_ERROR, CF_ERROR_CONFLICT, "version: %s has changed the settings on %s, they are at %" G_GINT64_FORMAT
               " now; look at them, then save again", site->changed_by != NULL ? site->changed_by : "the command line", when, site->version);
}

/**
 * cfd_sites_configure:
 * Changes what @params was given of a site's settings. What is so already changes nothing, so that a call whose answer was lost can be sent again.
 *
 * Returns: (transfer full): the site as it is now; CF_ERROR_CONFLICT with who and when, if others have changed it since params->version.
 */
CfSite *
cfd_sites_configure (CfdTx *tx, const CfdCaller *by, const CfSiteConfigureParams *params, GError **error)
{
  g_autoptr (CfSite) site = cfd_tx_require (tx, &cf_site_shape, by->organisation_id, params->id, error);
  g_autoptr (GString) detail = g_string_new (NULL);
  g_autoptr (CfSite) wanted = NULL;

  if (site == NULL || !check_look (params->origins, params->color, error)
      || (params->hours != NULL && !cfd_site_hours_check (params->hours, error))
      || (params->form != NULL && !cfd_site_form_check (params->form, error)))
    return NULL;
  wanted = cf_struct_copy (site);
  cfd_site_settings_apply (wanted, params);
  if (!cfd_offers_fill (tx, site, wanted, error))
    return NULL;
  if (cf_struct_equal (site, wanted))
    return g_steal_pointer (&site);
  if (params->version != site->version)
    {
      refuse_old (site, error);
      return NULL;
    }
  cfd_site_settings_describe (detail, site, wanted);
  cfd_site_sign (wanted, by->name, cfd_tx_now (tx));
  if (!cf_struct_equal (site->form, wanted->form))
    wanted->form->version = wanted->version;
  if (!cfd_tx_put (tx, wanted, error) || !cfd_audit_note (tx, by, "site.configure", &wanted->parent, wanted->name, detail->str, error))
    return NULL;
  cfd_site_limits_set (wanted->parent.id, wanted->limits);
  return g_steal_pointer (&wanted);
}

/**
 * cfd_sites_settings:
 * Returns: (transfer full): all that is set for a site, whether it is open now, and how soon visitors get an answer, told to them or not.
 */
CfSiteSettings *
cfd_sites_settings (CfdTx *tx, const CfdCaller *caller, const char *id, GError **error)
{
  g_autoptr (CfSite) site = cfd_reach_require (tx, caller, &cf_site_shape, id, error);
  g_autoptr (CfSiteSettings) settings = site != NULL ? cfd_site_settings_of (site, cfd_tx_now (tx)) : NULL;

  if (settings == NULL || !cfd_reply_time_of_site (tx, id, &settings->now->reply_minutes, error))
    return NULL;
  return g_steal_pointer (&settings);
}

/**
 * cfd_sites_opening:
 * Returns: (transfer full): what a visitor is told: whether a site is open now, when that changes, and how soon somebody answers.
 */
CfSiteOpening *
cfd_sites_opening (CfdTx *tx, const char *id, GError **error)
{
  g_autoptr (CfSite) site = NULL;
  g_autoptr (CfSiteOpening) opening = NULL;

  if (!cfd_tx_lookup (tx, &cf_site_shape, id, &site, error))
    return NULL;
  opening = cfd_site_hours_at (site != NULL ? site->hours : NULL, cfd_tx_now (tx));
  if (site != NULL && !site->reply_time_off && !cfd_reply_time_of_site (tx, id, &opening->reply_minutes, error))
    return NULL;
  return g_steal_pointer (&opening);
}

/**
 * cfd_sites_is_closed:
 * @closed: (out): whether it is outside the hours of a site now
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_sites_is_closed (CfdTx *tx, const char *id, gboolean *closed, GError **error)
{
  g_autoptr (CfSiteOpening) opening = NULL;
  g_autoptr (CfSite) site = NULL;

  if (!cfd_tx_lookup (tx, &cf_site_shape, id, &site, error))
    return FALSE;
  opening = cfd_site_hours_at (site != NULL ? site->hours : NULL, cfd_tx_now (tx));
  *closed = opening->closed;
  return TRUE;
}

/**
 * cfd_sites_take_new:
 * Returns: whether visitors of the site can begin a conversation now; FALSE with CF_ERROR_FORBIDDEN when it is closed and takes no messages.
 */
gboolean
cfd_sites_take_new (CfdTx *tx, const char *id, GError **error)
{
  g_autoptr (CfSite) site = NULL;
  g_autoptr (CfSiteOpening) opening = NULL;

  if (!cfd_tx_lookup (tx, &cf_site_shape, id, &site, error))
    return FALSE;
  if (site == NULL || site->offline == NULL || !site->offline->messages_off)
    return TRUE;
  opening = cfd_site_hours_at (site->hours, cfd_tx_now (tx));
  if (opening->closed)
    g_set_error_literal (error, CF_ERROR, CF_ERROR_FORBIDDEN, "the site is closed and takes no messages until it opens");
  return !opening->closed;
}

/**
 * cfd_sites_take_form:
 * @reply: (nullable): nothing was said
 *
 * Returns: (transfer full): what a visitor answers to what the site asks before a conversation begins, of CfFormAnswer; NULL with
 *   CF_ERROR_INVALID or CF_ERROR_CONFLICT, as cfd_site_form_take() has it.
 */
GPtrArray *
cfd_sites_take_form (CfdTx *tx, const char *id, const CfFormReply *reply, GError **error)
{
  g_autoptr (CfSite) site = NULL;

  if (!cfd_tx_lookup (tx, &cf_site_shape, id, &site, error))
    return NULL;
  return cfd_site_form_take (site != NULL ? site->form : NULL, reply, error);
}

/**
 * cfd_sites_next_question:
 * @conversation: gets what its visitor is asked in it next, or that they are asked nothing; changed, not stored
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_sites_next_question (CfdTx *tx, const CfVisitor *visitor, CfConversation *conversation, GError **error)
{
  g_autoptr (CfSite) site = NULL;
  g_autoptr (CfSiteOpening) opening = NULL;
  const CfFormField *next = NULL;

  if (!cfd_tx_lookup (tx, &cf_site_shape, conversation->site_id, &site, error))
    return FALSE;
  if (site != NULL && site->form != NULL && site->form->on)
    {
      opening = cfd_site_hours_at (site->hours, cfd_tx_now (tx));
      next = cfd_site_form_next (site->form, opening->closed, visitor, conversation);
    }
  g_free (conversation->question_id);
  conversation->question_id = next != NULL ? g_strdup (next->id) : NULL;
  return TRUE;
}

/**
 * cfd_sites_take_answer:
 * @field: the id of a question that is asked in conversations
 * @value: (nullable): NULL when it is passed over
 * @answer: (out) (transfer full) (nullable): what is to be kept of that
 *
 * Returns: FALSE with CF_ERROR_INVALID or CF_ERROR_CONFLICT, as cfd_site_form_answer() has it.
 */
gboolean
cfd_sites_take_answer (CfdTx *tx, const char *id, const char *field, const char *value, CfFormAnswer **answer, GError **error)
{
  g_autoptr (CfSite) site = NULL;

  return cfd_tx_lookup (tx, &cf_site_shape, id, &site, error) && cfd_site_form_answer (site != NULL ? site->form : NULL, field, value, answer, error);
}

/**
 * cfd_sites_mask:
 * @id: (nullable): the site on which it was written
 * @text: (inout) (nullable): what somebody has written; replaced when there are numbers of payment cards in it and the site does not keep those
 *
 * Returns: FALSE only on an error.
 */
gboolean
cfd_sites_mask (CfdTx *tx, const char *id, char **text, GError **error)
{
  g_autofree char *masked = cfd_card_mask (*text);
  g_autoptr (CfSite) site = NULL;

  if (masked == NULL)
    return TRUE;
  if (id != NULL && !cfd_tx_lookup (tx, &cf_site_shape, id, &site, error))
    return FALSE;
  if (site == NULL || site->privacy == NULL || !site->privacy->cards_kept)
    {
      g_free (*text);
      *text = g_steal_pointer (&masked);
    }
  return TRUE;
}

/* For other features whose things have a colour. */
gboolean
cfd_sites_check_color (const char *color, GError **error)
{
  return cfd_site_check_color (color, error);
}

/**
 * cfd_sites_list:
 * @organisation_id: (nullable): NULL for all sites of the server
 */
GPtrArray *
cfd_sites_list (CfdTx *tx, const char *organisation_id, GError **error)
{
  return organisation_id != NULL ? cfd_site_store_list (tx, organisation_id, error) : cfd_site_store_all (tx, error);
}

/**
 * cfd_sites_seen:
 * Returns: (transfer full): the sites that @caller may see
 */
GPtrArray *
cfd_sites_seen (CfdTx *tx, const CfdCaller *caller, GError **error)
{
  g_autoptr (GPtrArray) all = cfd_site_store_list (tx, caller->organisation_id, error);
  GPtrArray *seen;

  if (all == NULL)
    return NULL;
  seen = cf_structs_new ();
  for (guint i = 0; i < all->len; i++)
    if (cfd_caller_sees (caller, CF_RECORD (all->pdata[i])->id))
      g_ptr_array_add (seen, cf_struct_ref (all->pdata[i]));
  return seen;
}
