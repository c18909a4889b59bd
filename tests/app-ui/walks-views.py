# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through saved views and choosing several conversations."""

from client import Client, in_dialog, nameless, rows, shot


def side_rows(app):
    return [row.get_name() for row in app.all('list item', None, app.find('list', 'Inboxes'))]


def order_of(app, *names):
    """The places of those rows of the sidebar, by the beginning of their names."""
    rows = side_rows(app)
    return [next((i for i, row in enumerate(rows) if row.startswith(name)), -1) for name in names]


def walk_views(desktop):
    """Made with a name that is checked as it is typed, moved by keys, removed, brought back."""
    with Client(desktop) as client:
        app = client.app
        app.find('list item', 'Refunds, 2 conversations, 1 unread')
        app.point(app.find('label', 'New view…'))
        dialog = in_dialog(app, 'New view')
        bad = nameless(app)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        name = app.find('text', 'Name', dialog)
        app.write(name, 'x' * 101)
        app.find_text('This is 1 character too long; 100 are allowed.', dialog)
        app.find('label', 'The visitor sounds', dialog)
        shot(client, 'view-dialog-wrong')
        app.clear(name)
        app.write(name, 'Mine, all of them')
        app.click('push button', 'Save this view', dialog)
        app.gone('frame', 'New view')
        app.find('list item', lambda text: text.startswith('Mine, all of them, '))
        app.point(app.find('label', 'Mine, all of them'))
        app.until(lambda: any('Mine, all of them' in app.labels(head) for head in app.all('filler', 'AdwWindowTitle')), 'the view')
        shot(client, 'view')
        before = order_of(app, 'Slow ones', 'Mine, all of them')
        assert before[0] < before[1], before
        app.key('ctrl+shift+Up')
        app.until(lambda: order_of(app, 'Mine, all of them', 'Slow ones') == before, 'the other order')
        app.key('Menu')
        app.find('menu item', 'Change…')
        shot(client, 'view-menu')
        app.click('menu item', 'Remove')
        app.until(lambda: order_of(app, 'Mine, all of them') == [-1], 'it to go')
        shot(client, 'view-removed')
        app.click('push button', lambda name: 'Undo' in name)
        app.find('list item', lambda text: text.startswith('Mine, all of them, '))


def walk_bulk(desktop):
    """All are chosen by key, two by the mouse; what is done with them is taken back by one toast."""
    with Client(desktop) as client:
        app = client.app
        inbox = app.find('list', 'Conversations')
        app.find('label', 'Ana Sousa', inbox)
        app.click('push button', 'Choose conversations')
        app.find('label', 'Choose conversations')
        app.point(app.find('label', 'Ana Sousa', inbox))
        app.find('label', '1 chosen')
        app.find('label', 'No conversation open')
        shot(client, 'bulk-one')
        app.key('ctrl+a')
        app.find('label', '4 chosen')
        bad = nameless(app)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        shot(client, 'bulk')
        app.click('push button', 'Close conversations')
        app.find_text('Done with 4 conversations')
        app.find('label', 'All answered')
        shot(client, 'bulk-done')
        app.click('push button', lambda name: 'Undo' in name)
        app.find('label', 'Ana Sousa', inbox)
        app.click('push button', 'Choose conversations')
        app.find('label', 'Choose conversations')
        app.key('ctrl+a')
        app.find('label', '4 chosen')
        app.key('Escape')
        app.until(lambda: not [l for l in app.all('label', '4 chosen') if app.on_screen(l)], 'the end of choosing')


def walk_bulk_narrow(desktop):
    with Client(desktop, size=(360, 720)) as client:
        app = client.app
        app.find('label', 'Ana Sousa')
        app.click('push button', 'Choose conversations')
        app.find('label', 'Choose conversations')
        app.key('ctrl+a')
        app.find('label', '4 chosen')
        shot(client, 'bulk-narrow')


def walk_views_of_others(desktop):
    """An agent can't change what the team shares."""
    with Client(desktop, 'agent') as client:
        app = client.app
        app.point(app.find('label', 'Waiting for anybody'))
        app.key('Menu')
        app.find('menu item', 'Make one like it…')
        assert not app.all('menu item', 'Change…')
        assert not app.all('menu item', 'Remove')
