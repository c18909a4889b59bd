#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The services of a desktop that a client calls people with, on the session bus, as far as they are asked for:

    desk-services.py CAPABILITIES      words with commas between them, for org.freedesktop.Notifications; "none" for no such service

Writes what happens to stdout, one JSON object a line, and takes orders from stdin: "invoke ID ACTION", "idle", "active".
"""

import json
import sys

from gi.repository import Gio, GLib

NOTIFICATIONS = '''<node><interface name="org.freedesktop.Notifications">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
 <arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal><signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>'''
IDLE = '''<node><interface name="org.gnome.Mutter.IdleMonitor">
<method name="AddIdleWatch"><arg type="t" direction="in"/><arg type="u" direction="out"/></method>
<method name="AddUserActiveWatch"><arg type="u" direction="out"/></method>
<method name="RemoveWatch"><arg type="u" direction="in"/></method>
<signal name="WatchFired"><arg type="u"/></signal></interface></node>'''
NOTIFICATIONS_PATH, IDLE_PATH = '/org/freedesktop/Notifications', '/org/gnome/Mutter/IdleMonitor/Core'
CLOSED_BY_PERSON, CLOSED_BY_PROGRAM = 2, 3


def tell(**what):
    print(json.dumps(what), flush=True)


def colour(image):
    """That of a pixel above the initials, below the edge."""
    width, height, stride = image[:3]
    at = height // 4 * stride + width // 2 * image[5]
    return list(image[6][at:at + 4])


class Desk:
    def __init__(self, capabilities):
        self.capabilities = capabilities
        self.last = 0
        self.shown = set()
        self.idle_watch = self.active_watch = 0
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        if capabilities != ['none']:
            self.offer(NOTIFICATIONS, NOTIFICATIONS_PATH, self.on_notifications)
        self.offer(IDLE, IDLE_PATH, self.on_idle_monitor)
        self.bus.signal_subscribe(None, 'com.canonical.Unity.LauncherEntry', 'Update', None, None, Gio.DBusSignalFlags.NONE, self.on_launcher)

    def offer(self, description, path, answer):
        interface = Gio.DBusNodeInfo.new_for_xml(description).interfaces[0]
        self.bus.register_object(path, interface, answer, None, None)
        Gio.bus_own_name_on_connection(self.bus, interface.name, Gio.BusNameOwnerFlags.NONE, None, None)

    def on_notifications(self, bus, _sender, path, interface, method, parameters, call):
        words = parameters.unpack()
        if method == 'Notify':
            number = words[1]
            if not number:
                self.last += 1
                number = self.last
            self.shown.add(number)
            image = words[6].get('image-data')
            tell(event='notify', id=number, app=words[0], replaces=words[1], title=words[3], body=words[4], actions=words[5][::2], labels=words[5][1::2],
                 image=list(image[:6]) + [len(image[6])] if image else None, colour=colour(image) if image else None, urgency=words[6].get('urgency'))
            call.return_value(GLib.Variant('(u)', (number,)))
        elif method == 'GetCapabilities':
            call.return_value(GLib.Variant('(as)', (self.capabilities,)))
        elif method == 'GetServerInformation':
            call.return_value(GLib.Variant('(ssss)', ('desk', 'chatflow', '1', '1.2')))
        else:
            tell(event='close', id=words[0])
            self.close(words[0], CLOSED_BY_PROGRAM)
            call.return_value(None)

    def close(self, number, reason):
        self.shown.discard(number)
        self.bus.emit_signal(None, NOTIFICATIONS_PATH, 'org.freedesktop.Notifications', 'NotificationClosed', GLib.Variant('(uu)', (number, reason)))

    def on_idle_monitor(self, bus, _sender, path, interface, method, parameters, call):
        self.last += 1
        if method == 'AddIdleWatch':
            self.idle_watch = self.last
            tell(event='idle-watch', ms=parameters.unpack()[0])
            call.return_value(GLib.Variant('(u)', (self.last,)))
        elif method == 'AddUserActiveWatch':
            self.active_watch = self.last
            call.return_value(GLib.Variant('(u)', (self.last,)))
            tell(event='active-watch')
        else:
            call.return_value(None)

    def fire(self, watch):
        self.bus.emit_signal(None, IDLE_PATH, 'org.gnome.Mutter.IdleMonitor', 'WatchFired', GLib.Variant('(u)', (watch,)))

    def on_launcher(self, bus, _sender, path, interface, signal, parameters):
        uri, properties = parameters.unpack()
        tell(event='launcher', uri=uri, count=properties['count'], visible=properties['count-visible'])

    def order(self, channel, condition):
        line = sys.stdin.readline()
        words = line.split()
        if not line:
            sys.exit()
        if words[0] == 'invoke':
            self.bus.emit_signal(None, NOTIFICATIONS_PATH, 'org.freedesktop.Notifications', 'ActionInvoked', GLib.Variant('(us)', (int(words[1]), words[2])))
            self.close(int(words[1]), CLOSED_BY_PERSON)
        elif words[0] == 'idle':
            self.fire(self.idle_watch)
        elif words[0] == 'active':
            self.fire(self.active_watch)
        return True


def main():
    desk = Desk(sys.argv[1].split(','))
    GLib.io_add_watch(sys.stdin, GLib.PRIORITY_DEFAULT, GLib.IO_IN | GLib.IO_HUP, desk.order)
    tell(event='ready')
    GLib.MainLoop().run()


if __name__ == '__main__':
    main()
