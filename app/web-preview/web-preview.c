/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "web-preview.h"

#include "app/web-preview/web-preview-resources.h" /* generated */

#include <gmodule.h>
#include <webkit/webkit.h>

#define CHANNEL "chatflow" /* what the page tells us through */
#define ZOOM_MIN 0.3

struct _CfaWebPreview
{
  GtkWidget parent_instance;

  char *server, *snippet, *language;
  WebKitWebView *view;
  GCancellable *cancellable;
  guint pushing;

  char *site;
  gboolean dark, open, away;
  guint page_width;
  CfaWebPreviewState state;
  gboolean loaded; /* the page is there and can be spoken to */
};

#define CFA_TYPE_WEB_PREVIEW (cfa_web_preview_get_type ())
G_DECLARE_FINAL_TYPE (CfaWebPreview, cfa_web_preview, CFA, WEB_PREVIEW, GtkWidget)
G_DEFINE_FINAL_TYPE (CfaWebPreview, cfa_web_preview, GTK_TYPE_WIDGET)

enum
{
  PROP_SITE = 1,
  PROP_DARK,
  PROP_OPEN,
  PROP_AWAY,
  PROP_PAGE_WIDTH,
  PROP_STATE,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static void
set_state (CfaWebPreview *self, CfaWebPreviewState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

/* --- what the page is told --------------------------------------------------------------------- */

static void
on_told (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JSCValue) value = webkit_web_view_call_async_javascript_function_finish (WEBKIT_WEB_VIEW (object), result, &error);

  if (value == NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("preview: %s", error->message);
}

static gboolean
push (gpointer data)
{
  CfaWebPreview *self = data;
  g_autofree char *wanted = NULL;
  GVariantDict arguments;

  self->pushing = 0;
  if (!self->loaded || self->site == NULL)
    return G_SOURCE_REMOVE;
  wanted = g_strdup_printf ("{\"site\":%s,\"dark\":%s,\"open\":%s,\"away\":%s}", self->site, self->dark ? "true" : "false", self->open ? "true" : "false",
                            self->away ? "true" : "false");
  g_variant_dict_init (&arguments, NULL);
  g_variant_dict_insert (&arguments, "wanted", "s", wanted);
  webkit_web_view_call_async_javascript_function (self->view, "chatflowPreview.show (JSON.parse (wanted))", -1, g_variant_dict_end (&arguments), NULL, NULL,
                                                  self->cancellable, on_told, self);
  return G_SOURCE_REMOVE;
}

/* What changes in one moment is told once. */
static void
queue_push (CfaWebPreview *self)
{
  if (self->pushing == 0)
    self->pushing = g_idle_add (push, self);
}

/* --- the page ---------------------------------------------------------------------------------- */

static char *
resource_text (const char *name)
{
  g_autofree char *path = g_strconcat ("/org/chatflow/web-preview/", name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (cfa_web_preview_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* Scheme, host and port alone: what a policy is written with. */
static char *
origin_of (const char *server)
{
  g_autoptr (GUri) uri = g_uri_parse (server, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return g_strdup ("'none'");
  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri), "", NULL, NULL);
}

static void
load (CfaWebPreview *self)
{
  g_autofree char *page = resource_text ("page.html"), *origin = origin_of (self->server), *language = g_markup_escape_text (self->language, -1);
  GString *html = g_string_new (page);
  g_autofree char *base = g_strconcat (self->server, "/", NULL);

  g_string_replace (html, "@ORIGIN@", origin, 0);
  g_string_replace (html, "@LANGUAGE@", language, 0);
  g_string_replace (html, "@SNIPPET@", self->snippet, 0);
  self->loaded = FALSE;
  set_state (self, CFA_WEB_PREVIEW_LOADING);
  webkit_web_view_load_html (self->view, html->str, base);
  g_string_free (html, TRUE);
}

static void
on_load_changed (CfaWebPreview *self, WebKitLoadEvent event)
{
  if (event != WEBKIT_LOAD_COMMITTED)
    return;
  self->loaded = TRUE;
  queue_push (self);
}

static void
set_open (CfaWebPreview *self, gboolean open)
{
  if (self->open == open)
    return;
  self->open = open;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPEN]);
}

static void
on_message (CfaWebPreview *self, JSCValue *value)
{
  g_autofree char *word = jsc_value_to_string (value);

  if (g_str_equal (word, "shown") && self->state == CFA_WEB_PREVIEW_LOADING)
    set_state (self, CFA_WEB_PREVIEW_READY);
  else if (g_str_equal (word, "unreachable") && self->state != CFA_WEB_PREVIEW_UNTRUSTED)
    set_state (self, CFA_WEB_PREVIEW_UNREACHABLE);
  else if (g_str_equal (word, "again"))
    load (self);
  else if (g_str_equal (word, "open") || g_str_equal (word, "close"))
    set_open (self, g_str_equal (word, "open"));
}

static void
on_untrusted (CfaWebPreview *self)
{
  set_state (self, CFA_WEB_PREVIEW_UNTRUSTED);
}

static void
on_resource (CfaWebPreview *self, WebKitWebResource *resource)
{
  g_signal_connect_object (resource, "failed-with-tls-errors", G_CALLBACK (on_untrusted), self, G_CONNECT_SWAPPED);
}

static void
on_ended (CfaWebPreview *self)
{
  self->loaded = FALSE;
  set_state (self, CFA_WEB_PREVIEW_ENDED);
}

/* --- what the page may not --------------------------------------------------------------------- */

/* Only the page itself is loaded: no link leads anywhere, and nothing opens a window. */
static gboolean
on_decide (CfaWebPreview *self, WebKitPolicyDecision *decision, WebKitPolicyDecisionType type)
{
  WebKitNavigationAction *action;

  if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    return FALSE;
  action = webkit_navigation_policy_decision_get_navigation_action (WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  if (type == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION && !self->loaded && webkit_navigation_action_get_navigation_type (action) == WEBKIT_NAVIGATION_TYPE_OTHER)
    return FALSE;
  webkit_policy_decision_ignore (decision);
  return TRUE;
}

static gboolean
on_permission (CfaWebPreview *self, WebKitPermissionRequest *request)
{
  webkit_permission_request_deny (request);
  return TRUE;
}

static gboolean
on_file_chooser (CfaWebPreview *self, WebKitFileChooserRequest *request)
{
  webkit_file_chooser_request_cancel (request);
  g_signal_emit_by_name (self, "files-wanted");
  return TRUE;
}

/* Menus, dialogs, printing, the whole screen. */
static gboolean
refuse (void)
{
  return TRUE;
}

static void
on_download (CfaWebPreview *self, WebKitDownload *download)
{
  webkit_download_cancel (download);
}

static WebKitSettings *
make_settings (void)
{
  return g_object_new (WEBKIT_TYPE_SETTINGS,
                       "enable-developer-extras", FALSE, "javascript-can-open-windows-automatically", FALSE, "javascript-can-access-clipboard", FALSE,
                       "enable-webrtc", FALSE, "enable-media-stream", FALSE, "enable-webgl", FALSE, "enable-webaudio", FALSE, "enable-fullscreen", FALSE,
                       "enable-page-cache", FALSE, "enable-html5-database", FALSE, "enable-dns-prefetching", FALSE,
                       "enable-back-forward-navigation-gestures", FALSE, "hardware-acceleration-policy", WEBKIT_HARDWARE_ACCELERATION_POLICY_NEVER, NULL);
}

static WebKitUserContentManager *
make_content (CfaWebPreview *self)
{
  WebKitUserContentManager *content = webkit_user_content_manager_new ();
  g_autofree char *script = resource_text ("stand-in.js"), *style = resource_text ("page.css");
  WebKitUserScript *stand_in = webkit_user_script_new (script, WEBKIT_USER_CONTENT_INJECT_TOP_FRAME, WEBKIT_USER_SCRIPT_INJECT_AT_DOCUMENT_START, NULL, NULL);
  WebKitUserStyleSheet *sheet = webkit_user_style_sheet_new (style, WEBKIT_USER_CONTENT_INJECT_TOP_FRAME, WEBKIT_USER_STYLE_LEVEL_AUTHOR, NULL, NULL);

  webkit_user_content_manager_add_script (content, stand_in);
  webkit_user_content_manager_add_style_sheet (content, sheet);
  g_signal_connect_object (content, "script-message-received::" CHANNEL, G_CALLBACK (on_message), self, G_CONNECT_SWAPPED);
  webkit_user_content_manager_register_script_message_handler (content, CHANNEL, NULL);
  webkit_user_script_unref (stand_in);
  webkit_user_style_sheet_unref (sheet);
  return content;
}

static void
make_view (CfaWebPreview *self)
{
  g_autoptr (WebKitNetworkSession) session = webkit_network_session_new_ephemeral ();
  g_autoptr (WebKitUserContentManager) content = make_content (self);
  g_autoptr (WebKitSettings) settings = make_settings ();
  static const char *const refused[] = { "context-menu", "script-dialog", "print", "enter-fullscreen", "show-option-menu" };

  self->view = g_object_new (WEBKIT_TYPE_WEB_VIEW, "network-session", session, "user-content-manager", content, "settings", settings, "is-muted", TRUE, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->view), GTK_WIDGET (self));
  g_signal_connect_object (session, "download-started", G_CALLBACK (on_download), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "load-changed", G_CALLBACK (on_load_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "resource-load-started", G_CALLBACK (on_resource), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "web-process-terminated", G_CALLBACK (on_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "decide-policy", G_CALLBACK (on_decide), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "permission-request", G_CALLBACK (on_permission), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "run-file-chooser", G_CALLBACK (on_file_chooser), self, G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_signal_connect (self->view, refused[i], G_CALLBACK (refuse), NULL);
}

/* --- the widget -------------------------------------------------------------------------------- */

static void
cfa_web_preview_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (GTK_WIDGET (CFA_WEB_PREVIEW (widget)->view), orientation, for_size, minimum, natural, NULL, NULL);
}

/* Where there is less room than the page thinks to have, all of it is smaller. */
static void
cfa_web_preview_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  CfaWebPreview *self = CFA_WEB_PREVIEW (widget);

  webkit_web_view_set_zoom_level (self->view, self->page_width == 0 ? 1 : CLAMP ((double) width / self->page_width, ZOOM_MIN, 1));
  gtk_widget_allocate (GTK_WIDGET (self->view), width, height, baseline, NULL);
}

static void
cfa_web_preview_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  CfaWebPreview *self = CFA_WEB_PREVIEW (object);
  gboolean was_away = self->away;

  switch (id)
    {
    case PROP_SITE:
      g_free (self->site);
      self->site = g_value_dup_string (value);
      break;
    case PROP_DARK:
      self->dark = g_value_get_boolean (value);
      break;
    case PROP_OPEN:
      set_open (self, g_value_get_boolean (value));
      break;
    case PROP_AWAY:
      self->away = g_value_get_boolean (value);
      break;
    case PROP_PAGE_WIDTH:
      self->page_width = g_value_get_uint (value);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  /* The widget asks for the hours when it connects. */
  if (self->away != was_away && self->loaded)
    load (self);
  queue_push (self);
}

static void
cfa_web_preview_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  CfaWebPreview *self = CFA_WEB_PREVIEW (object);

  switch (id)
    {
    case PROP_OPEN:
      g_value_set_boolean (value, self->open);
      break;
    case PROP_STATE:
      g_value_set_uint (value, self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
cfa_web_preview_dispose (GObject *object)
{
  CfaWebPreview *self = CFA_WEB_PREVIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->pushing, g_source_remove);
  if (self->view != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->view)));
  G_OBJECT_CLASS (cfa_web_preview_parent_class)->dispose (object);
}

static void
cfa_web_preview_finalize (GObject *object)
{
  CfaWebPreview *self = CFA_WEB_PREVIEW (object);

  g_object_unref (self->cancellable);
  g_free (self->server);
  g_free (self->snippet);
  g_free (self->language);
  g_free (self->site);
  G_OBJECT_CLASS (cfa_web_preview_parent_class)->finalize (object);
}

static void
cfa_web_preview_class_init (CfaWebPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = cfa_web_preview_set_property;
  object_class->get_property = cfa_web_preview_get_property;
  object_class->dispose = cfa_web_preview_dispose;
  object_class->finalize = cfa_web_preview_finalize;
  widget_class->measure = cfa_web_preview_measure;
  widget_class->size_allocate = cfa_web_preview_size_allocate;
  properties[PROP_SITE] = g_param_spec_string ("site", NULL, NULL, NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DARK] = g_param_spec_boolean ("dark", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_OPEN] = g_param_spec_boolean ("open", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_AWAY] = g_param_spec_boolean ("away", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PAGE_WIDTH] = g_param_spec_uint ("page-width", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, CFA_WEB_PREVIEW_ENDED, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_signal_new ("files-wanted", CFA_TYPE_WEB_PREVIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new_class_handler ("reload", CFA_TYPE_WEB_PREVIEW, G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, G_CALLBACK (load), NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cfa_web_preview_init (CfaWebPreview *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  make_view (self);
}

/**
 * cfa_web_preview_new:
 * @server: base address of the server
 * @snippet: the line that brings the widget into a page
 * @language: tag of the visitor's
 *
 * Returns: (transfer floating): the widget on a page; nothing is seen before it has its "site".
 */
G_MODULE_EXPORT GtkWidget *
cfa_web_preview_new (const char *server, const char *snippet, const char *language)
{
  CfaWebPreview *self = g_object_new (CFA_TYPE_WEB_PREVIEW, NULL);

  self->server = g_strdup (server);
  self->snippet = g_strdup (snippet);
  self->language = g_strdup (language);
  load (self);
  return GTK_WIDGET (self);
}
