# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for accessibles of a program. What AT-SPI's own library asks for one by one, waiting for each answer, is asked for together here, level by level: several times as fast."""

import functools

from gi.repository import Gio, GLib

TIMEOUT_MS = 10_000
ACCESSIBLE = 'org.a11y.atspi.Accessible'


@functools.cache
def _role_name(number):
    # Not before there is a bus: AT-SPI binds to the first that it meets.
    from gi.repository import Atspi
    return Atspi.role_get_name(Atspi.Role(number))


class Tree:
    """What is below one accessible, as it was when this was made. A node is ((name on the bus, object path), (its place below its parent, below that one's, …))."""

    _bus = None

    def __init__(self, root):
        self.known = {(): root}
        self.nodes = []
        level = [((root.app.bus_name, root.path), ())]
        while level:
            self.nodes += level
            level = [(tuple(child), path + (i,))
                     for (_, path), children in zip(level, self._ask(level, 'GetChildren'))
                     for i, child in enumerate(children or ())]
        self.nodes.sort(key=lambda node: node[1])  # depth first
        self.references = {path: reference for reference, path in self.nodes}

    def roles(self, nodes):
        """By the library's names, which are not those that GTK tells."""
        return [number is not None and _role_name(number) for number in self._ask(nodes, 'GetRole')]

    def names(self, nodes):
        return self._ask(nodes, 'Get', GLib.Variant('(ss)', (ACCESSIBLE, 'Name')), 'org.freedesktop.DBus.Properties')

    def have(self, nodes, state):
        """Whether they are in that state, by its number."""
        return [states is not None and bool(states[state // 32] >> state % 32 & 1) for states in self._ask(nodes, 'GetState')]

    def accessible(self, node):
        """The library's own object for it; None if it is not there any more."""
        reference, path = node
        if path not in self.known:
            try:
                self.known[path] = self._child(self.accessible((self.references[path[:-1]], path[:-1])), reference, path[-1])
            except GLib.Error:
                self.known[path] = None
        return self.known[path]

    def _child(self, parent, reference, place):
        """GTK counts otherwise when it is asked for one child, and has the pages of a stack between it and what is on them."""
        children = []
        for i in sorted(range(parent.get_child_count()) if parent else (), key=lambda i: abs(i - place)):
            child = parent.get_child_at_index(i)
            if child and (child.app.bus_name, child.path) == reference:
                return child
            children.append(child)
        pages = [child for child in children if child and child.get_name() == 'GtkStackPage']
        return next((child for page in pages for child in [page.get_child_at_index(0)] if child and (child.app.bus_name, child.path) == reference), None)

    @classmethod
    def _connection(cls):
        if cls._bus is None or cls._bus.is_closed():
            session = Gio.bus_get_sync(Gio.BusType.SESSION)
            address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, Gio.DBusCallFlags.NONE, TIMEOUT_MS, None).unpack()[0]
            flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
            cls._bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        return cls._bus

    def _ask(self, nodes, method, params=None, interface=ACCESSIBLE):
        """What each answers, in their order; None from what is gone."""
        bus, answers, context = self._connection(), [None] * len(nodes), GLib.MainContext.default()
        missing = len(nodes)

        def keep(connection, result, i):
            nonlocal missing
            missing -= 1
            try:
                answers[i] = connection.call_finish(result).unpack()[0]
            except GLib.Error:
                pass

        for i, ((name, path), _) in enumerate(nodes):
            bus.call(name, path, interface, method, params, None, Gio.DBusCallFlags.NONE, TIMEOUT_MS, None, keep, i)
        while missing:
            context.iteration(True)
        return answers
