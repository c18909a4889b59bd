/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * The widget as visitors meet it, on a page of its own that WebKit draws. It is a module, which the client opens when somebody wants to see that: it
 * links the one function below by its name, and says and hears the rest by properties and signals of what it gets.
 *
 * Properties: "site" (string: the record as visitors receive it), "dark", "open" (also changed by whoever clicks in the page), "away" (outside the
 * hours), "page-width" (pixels that the page thinks to have at least), "state" (read: CfaWebPreviewState).
 * Signals: "files-wanted" (somebody has pressed the button for files, of which a preview takes none); to be emitted: "reload".
 */
#define CFA_WEB_PREVIEW_NEW "cfa_web_preview_new"

typedef enum
{
  CFA_WEB_PREVIEW_LOADING,
  CFA_WEB_PREVIEW_READY,
  CFA_WEB_PREVIEW_UNREACHABLE, /* the server has not given the widget */
  CFA_WEB_PREVIEW_UNTRUSTED,   /* its certificate is not one to be trusted */
  CFA_WEB_PREVIEW_ENDED,       /* the process that draws it is gone */
} CfaWebPreviewState;

typedef GtkWidget *(*CfaWebPreviewNew) (const char *server, const char *snippet, const char *language);

GtkWidget *cfa_web_preview_new (const char *server, const char *snippet, const char *language);

G_END_DECLS
