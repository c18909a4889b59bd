#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window of another program from which files are dragged: drag-source.py FILE... Says "drawn" when it can be pressed, "welcome" when what is below the pointer would take them."""

import sys

import gi

gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402


def on_action(drag, _what):
    if drag.get_selected_action():
        print('welcome', flush=True)


def main(paths):
    def activate(app):
        uris = ''.join(Gio.File.new_for_path(path).get_uri() + '\r\n' for path in paths)
        label = Gtk.Label(label='Drag me')
        source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
        source.set_content(Gdk.ContentProvider.new_for_bytes('text/uri-list', GLib.Bytes.new(uris.encode())))
        source.connect('drag-begin', lambda _source, drag: drag.connect('notify::selected-action', on_action))
        label.add_controller(source)
        window = Gtk.ApplicationWindow(application=app, title='Drag source', decorated=False, default_width=140, default_height=70, child=label)
        window.present()
        window.get_frame_clock().connect('after-paint', lambda *_args: print('drawn', flush=True))

    app = Gtk.Application(flags=Gio.ApplicationFlags.NON_UNIQUE)
    app.connect('activate', activate)
    app.run([])


main(sys.argv[1:])
