# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through the talk among colleagues."""

from client import WIDE, Client, nameless, shot


def channel(client, begins):
    """The row of a channel in the sidebar."""
    return client.app.find('list item', lambda name: name.startswith(begins), client.app.find('list', 'Team'))


def walk_team_chat(client):
    """A direct message: read, answered, typing, edited by the menu; then away again by the keyboard."""
    app = client.app
    client.open('Ana Sousa')
    row = channel(client, 'Chiara Conti, online, 2 unread')
    app.point(app.find('label', 'Chiara Conti', row))
    app.find_text('The usual place')
    channel(client, 'Holidays and who covers for whom until the end of summer, group, 120 unread')
    app.until(lambda: not app.all('list item', lambda name: name.startswith('Chiara Conti, online, 2'), app.find('list', 'Team')), 'it to be read')
    client.script('team')
    app.find_text('Chiara Conti is typing…')
    shot(client, 'team-direct')
    assert not app.all('toggle button', 'Note'), 'there are no notes among colleagues'
    app.write(app.find('text', 'Message'), 'See you there')
    app.key('ctrl+Return')
    app.find_text('See you there')
    client.script('team On my way')
    app.find_text('On my way')
    bad = nameless(app)
    assert not bad, 'controls without a name:\n' + '\n'.join(bad)
    client.open('Ana Sousa')


def walk_team_group(client):
    """A new group by the keyboard, called by its name, changed and left."""
    app = client.app
    client.open('Ana Sousa')
    app.key('ctrl+shift+k')
    app.point(app.find('check box', 'Chiara Conti'))
    shot(client, 'team-new-direct')
    app.point(app.find('check box', 'Dmitri Sokolov'))
    app.write(app.find('text', 'Name of the group'), 'Night shift')
    shot(client, 'team-new-group')
    bad = nameless(app)
    assert not bad, 'controls without a name:\n' + '\n'.join(bad)
    app.click('push button', 'Start')
    app.find_text('Nothing written yet')
    channel(client, 'Night shift, group')
    shot(client, 'team-empty')
    app.type('Hello @')
    app.find('list', 'Colleagues')
    shot(client, 'team-mention')
    app.key('Return', 'ctrl+Return')
    app.find_text('Hello @')
    app.point(next(item for item in app.all(None, 'More actions') if app.extents(item)[2] > 0))
    app.click('menu item', 'Leave group')
    app.click('push button', lambda name: name.startswith('Leave'))
    app.until(lambda: not app.all('list item', lambda name: name.startswith('Night shift'), app.find('list', 'Team')), 'the group to be gone')


def shot_team_chat(desktop):
    looks = {'light': {}, 'dark': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}, 'narrow': {}, 'rtl': {}}
    for look, env in looks.items():
        with Client(desktop, 'rtl' if look == 'rtl' else '', (360, 900) if look == 'narrow' else WIDE, env) as client:
            app = client.app
            if look == 'narrow':
                app.click('push button', 'Inboxes')
            row = app.find('list item', lambda name: name.startswith('Front desk, '))
            if look == 'narrow':
                shot(client, 'team-chat-sidebar-narrow')
            app.point(app.find('label', 'Front desk', row))
            app.find_text('They ask for you')
            app.settle()
            shot(client, 'team-chat-' + look)
