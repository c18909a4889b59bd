/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "viewer-faces.h"

#include "tag-text.h"

#include "app/features/session/face.h"

#include <adwaita.h>

#define FACES_MAX 3
#define FACE_SIZE 24

/**
 * cfa_viewer_faces_show:
 * @box: what it fills
 * @session: whose colleagues they are
 * @conversation: (nullable): at which they look
 * @room: whether there is any for them
 *
 * Shows them by their photos or initials; the tooltip and screen readers name all of them.
 */
void
cfa_viewer_faces_show (GtkBox *box, CfaSession *session, CfaConversation *conversation, gboolean room)
{
  const char *const *names = conversation != NULL ? cfa_conversation_get_viewers (conversation) : NULL;
  const char *const *ids = conversation != NULL ? cfa_conversation_get_viewer_ids (conversation) : NULL;
  g_autofree char *words = cfa_viewers_words (names);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (guint i = 0; names != NULL && names[i] != NULL && i < FACES_MAX; i++)
    {
      GtkWidget *face = adw_avatar_new (FACE_SIZE, names[i], TRUE);

      cfa_face_follow (ADW_AVATAR (face), session, ids[i]);
      gtk_box_append (box, face);
    }
  gtk_widget_set_visible (GTK_WIDGET (box), words != NULL && room);
  gtk_widget_set_tooltip_text (GTK_WIDGET (box), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, words != NULL ? words : "", -1);
}
