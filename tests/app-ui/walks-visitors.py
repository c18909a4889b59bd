# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through the list of those who are on the sites."""

from client import Client, WIDE, entry, nameless, shot


def visitors(client):
    """Opens the list of those who are on the sites, by its key."""
    app = client.app
    app.key('ctrl+7')
    return app.find('list', 'Live visitors')


def row_named(app, part):
    """The row of a visitor, by a part of what a screen reader says of it."""
    return app.until(lambda: next((item for item in app.walk() if part in (item.get_name() or '') and ', ' in item.get_name()
                                   and item.get_role_name() in ('filler', 'panel', 'list item')), None), part)


def walk_visitors(desktop):
    with Client(desktop) as client:
        app = client.app
        client.open('Ana Sousa')
        app.find(None, 'Live visitors, 6 visitors')
        visitors(client)
        row_named(app, 'Visitor from Lyon, Fisherman’s blanket')
        row_named(app, 'Ana Sousa, talks with Bruno Keller, Your order 1182, /orders/1182')
        app.until(lambda: '6 now' in app.labels(), 'how many there are')
        shot(client, 'visitors')
        bad = nameless(app)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        client.script('move 1 Lamps')
        row_named(app, 'Ana Sousa, talks with Bruno Keller, Lamps')
        client.script('leave 4')
        app.until(lambda: '5 now' in app.labels(), 'one less')
        app.find(None, 'Live visitors, 5 visitors')


def walk_visitors_filter(desktop):
    with Client(desktop) as client:
        app = client.app
        visitors(client)
        row_named(app, 'Visitor from Lyon')
        entry = app.find('entry', 'Filter visitors')
        app.write(entry, 'LISBON')
        app.until(lambda: '1 of 6' in app.labels(), 'one of them')
        assert 'Visitor from Lyon' not in app.labels()
        app.write(entry, 'nobody at all')
        app.find('label', 'Nobody like that is here')
        shot(client, 'visitors-nobody-like-that')


def walk_visitors_talk(desktop):
    with Client(desktop) as client:
        app = client.app
        visitors(client)
        row_named(app, 'Ana Sousa, talks with')
        app.point(app.find('label', 'Your order 1182'))
        app.until(lambda: client.title() == 'Ana Sousa' and client.composer(), 'the conversation that there is')
        app.point(app.find('label', 'Fisherman’s blanket – Northwind'))
        field = app.find('text', 'First message')
        client.script('fail')
        app.write(field, 'Hello! Can I help?')
        dialog = field
        while dialog.get_parent() != app.root:
            dialog = dialog.get_parent()
        assert dialog.get_name() == 'Visitor from Lyon', dialog.get_name()
        app.click('push button', 'Send', dialog)
        app.find('label', 'name: another one is called so')
        shot(client, 'visitors-start')
        app.click('push button', 'Send', dialog)
        app.until(lambda: client.title() == 'Visitor from Lyon', 'the new conversation')
        client.message('Hello! Can I help?')


def walk_visitors_many(desktop):
    with Client(desktop, 'many') as client:
        app = client.app
        visitors(client)
        app.until(lambda: '10000 now' in app.labels(), 'all of them')
        client.script('browse 1000')
        app.until(lambda: any(label.startswith('Page ') for label in app.labels()), 'other pages')
        shot(client, 'visitors-many')


def shot_visitors(desktop):
    for name, modes, size, env in (('dark', '', WIDE, {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}), ('narrow', '', (360, 720), None),
                                   ('rtl', 'rtl', WIDE, None), ('empty', 'empty', WIDE, None), ('offline', 'offline', WIDE, None)):
        with Client(desktop, modes, size, env) as client:
            visitors(client)
            if modes not in ('empty', 'offline'):
                row_named(client.app, 'Visitor from Lyon')
            else:
                client.app.find('label', 'No connection' if modes == 'offline' else 'Nobody is on your pages')
            shot(client, 'visitors-' + name)
