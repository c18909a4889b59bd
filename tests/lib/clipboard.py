#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program whose clipboard has a picture, as that of a tool for screenshots has:

    clipboard.py PICTURE.png

Prints "owned" once the clipboard is its own; holds it until it is ended.
"""

import sys

import gi

gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

Gtk.init()
with open(sys.argv[1], 'rb') as picture:
    CONTENT = GLib.Bytes.new(picture.read())
CLIPBOARD = Gdk.Display.get_default().get_clipboard()
CLIPBOARD.set_content(Gdk.ContentProvider.new_for_bytes('image/png', CONTENT))
print('owned', flush=True)
GLib.MainLoop().run()
