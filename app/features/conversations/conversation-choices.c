/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conversation-choices.h"

#include "tag-text.h"

#include "app/features/session/face.h"
#include "protocol/records/agent.h"
#include "protocol/records/department.h"
#include "protocol/records/tag.h"

#include <glib/gi18n.h>

#define PICTURE_SIZE 24

static GtkWidget *
new_face (CfaSession *session, const char *agent_id)
{
  GtkWidget *face = adw_avatar_new (PICTURE_SIZE, cfa_directory_get_name (cfa_session_get_directory (session), agent_id), TRUE);

  cfa_face_follow (ADW_AVATAR (face), session, agent_id);
  return face;
}

/* Where there is no face; as wide as one. */
static GtkWidget *
new_sign (const char *icon)
{
  GtkWidget *sign = gtk_image_new_from_icon_name (icon);

  gtk_widget_set_size_request (sign, PICTURE_SIZE, PICTURE_SIZE);
  gtk_widget_add_css_class (sign, "dim-label");
  return sign;
}

static void
add_receiver (CfaChoicePopover *popover, CfaDirectory *directory, GtkWidget *picture, const CfRecord *record, const char *what, gboolean online)
{
  const char *name = cfa_directory_get_name (directory, record->id);
  g_autofree char *markup = g_markup_printf_escaped (online ? "%s  <span alpha=\"70%%\" size=\"small\">%s</span>"
                                                            : "<span alpha=\"75%%\">%s</span>  <span alpha=\"60%%\" size=\"small\">%s</span>",
                                                     name, what);
  g_autofree char *words = g_strdup_printf ("%s, %s", name, what);

  cfa_choice_popover_add (popover, picture, record->id, markup, words, FALSE);
}

/* They are called; it stays whose it is. */
static void
add_supervisors (CfaChoicePopover *popover)
{
  g_autofree char *markup = g_markup_printf_escaped ("%s  <span alpha=\"70%%\" size=\"small\">%s</span>", _("Supervisors"), _("Escalate"));
  g_autofree char *words = g_strdup_printf ("%s, %s", _("Supervisors"), _("Escalate"));

  cfa_choice_popover_add (popover, new_sign ("dialog-warning-symbolic"), CFA_CHOICE_ESCALATE, markup, words, FALSE);
}

/**
 * cfa_conversation_choices_transfer:
 * @popover: gets everybody to whom @conversation can be handed over: the supervisors (CFA_CHOICE_ESCALATE), departments and colleagues
 * @conversation: (nullable): NULL: several are, so the supervisors are not called
 */
void
cfa_conversation_choices_transfer (CfaChoicePopover *popover, CfaSession *session, CfaConversation *conversation)
{
  CfaDirectory *directory = cfa_session_get_directory (session);
  g_autoptr (GPtrArray) departments = cfa_directory_list (directory, &cf_department_shape);
  g_autoptr (GPtrArray) agents = cfa_directory_list (directory, &cf_agent_shape);

  cfa_choice_popover_clear (popover);
  if (conversation != NULL && cfa_conversation_get_escalated_at (conversation) == 0)
    add_supervisors (popover);
  for (guint i = 0; i < departments->len; i++)
    add_receiver (popover, directory, new_sign ("system-users-symbolic"), departments->pdata[i], _("Department"), TRUE);
  for (guint i = 0; i < agents->len; i++)
    {
      const CfAgent *agent = agents->pdata[i];
      CfPresenceState presence = cfa_directory_get_presence (directory, agent->parent.id);

      if (!agent->disabled && g_strcmp0 (agent->parent.id, cfa_session_get_agent_id (session)) != 0
          && (conversation == NULL || g_strcmp0 (agent->parent.id, cfa_conversation_get_assignee_id (conversation)) != 0))
        add_receiver (popover, directory, new_face (session, agent->parent.id), agents->pdata[i],
                      presence == CF_PRESENCE_ONLINE ? _("online") : presence == CF_PRESENCE_AWAY ? _("away") : _("offline"), presence == CF_PRESENCE_ONLINE);
    }
}

/**
 * cfa_conversation_choices_tags:
 * @popover: gets all tags, those that @conversation has with a mark
 */
void
cfa_conversation_choices_tags (CfaChoicePopover *popover, CfaSession *session, CfaConversation *conversation)
{
  CfaDirectory *directory = cfa_session_get_directory (session);
  g_autoptr (GPtrArray) tags = cfa_directory_list (directory, &cf_tag_shape);
  const char *const *has = cfa_conversation_get_tags (conversation);

  cfa_choice_popover_clear (popover);
  for (guint i = 0; i < tags->len; i++)
    {
      const CfRecord *tag = tags->pdata[i];
      const char *one[] = { tag->id, NULL };
      g_autofree char *markup = cfa_tag_markup (directory, one, 1);

      cfa_choice_popover_add (popover, NULL, tag->id, markup, cfa_directory_get_name (directory, tag->id),
                              has != NULL && g_strv_contains (has, tag->id));
    }
}
