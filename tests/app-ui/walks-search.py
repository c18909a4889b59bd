# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through the search palette."""

from client import Client, WIDE, entry, found, nameless, palette, press, rows, shot
from desktop import is_selected


def walk_palette_people(client):
    """A name leads to the conversation; what was searched is offered again."""
    app = client.app
    app.find('label', 'Ana Sousa')
    palette(client, key='ctrl+f')
    found(client, 'tag:')
    bad = nameless(app, app.find('frame', 'Search'))
    assert not bad, 'controls without a name:\n' + '\n'.join(bad)
    shot(client, 'palette-empty')
    app.write(entry(client), 'lin@ex')
    found(client, '林小明')
    assert not any('Ana Sousa' in name for name in rows(client)), rows(client)
    shot(client, 'palette-people')
    press(client, 'Return')
    app.gone('frame', 'Search')
    app.until(lambda: client.title() == '林小明', 'the found one')
    palette(client)
    found(client, 'lin@ex')
    shot(client, 'palette-recent')
    press(client, 'Return')
    app.until(lambda: app.text(entry(client)) == 'lin@ex', 'the search again')
    press(client, 'Escape')
    app.gone('frame', 'Search')


def walk_palette_message(client):
    """A message far above is loaded, brought into sight and has the focus."""
    app = client.app
    palette(client, '"message 12."')
    found(client, 'Earlier message 12.')
    app.find_text('From the server')
    server = [name for name in rows(client) if 'Two years ago' in name]
    assert len(server) == 1 and sum('Earlier message 12.' in name for name in rows(client)) == 1, rows(client)
    shot(client, 'palette-message')
    press(client, 'Return')
    app.gone('frame', 'Search')
    app.until(lambda: client.title() == 'Ana Sousa', 'the conversation')
    row = client.message('Earlier message 12.')
    view = app.extents(client.view())
    app.until(lambda: view[1] <= app.extents(row)[1] < view[1] + view[3], 'the message in sight')
    shot(client, 'palette-jumped')


def walk_palette_team(desktop):
    """A channel is found by its name, and opens."""
    with Client(desktop) as client:
        app = client.app
        app.find('label', 'Ana Sousa')
        palette(client, 'front de')
        found(client, 'Front desk')
        shot(client, 'palette-team')
        press(client, 'Return')
        app.gone('frame', 'Search')
        app.until(lambda: any('Front desk' in app.labels(head) for head in app.all('filler', 'AdwWindowTitle')), 'the channel')


def walk_palette_team_message(client):
    """What was said among colleagues is found, marked, and opens where it was said."""
    app = client.app
    app.find('label', 'Ana Sousa')
    palette(client, '"week 7 is"')
    found(client, 'Week 7 is covered.')
    shot(client, 'palette-team-message')
    press(client, 'Return')
    app.gone('frame', 'Search')
    app.until(lambda: any(name.startswith('Holidays') for head in app.all('filler', 'AdwWindowTitle') for name in app.labels(head)), 'the channel')
    row, view = app.until(lambda: next(((row, view) for view in app.all('list', 'Messages') for row in (view.get_child_at_index(i) for i in range(view.get_child_count())) if row and 'Week 7 is' in row.get_name()), None), 'the message')
    view = app.extents(view)
    app.until(lambda: view[1] <= app.extents(row)[1] < view[1] + view[3], 'the message in sight')
    shot(client, 'palette-team-jumped')


def walk_palette_commands(client):
    app = client.app
    client.script('commands')
    client.open('Ana Sousa')
    palette(client, 'close conv')
    found(client, 'Close conversation')
    shot(client, 'palette-command')
    press(client, 'Return')
    app.gone('frame', 'Search')
    # Not the toast: it stays for eight seconds, and on a busy computer one look at everything on the screen can take longer.
    client.message('closed the conversation')
    palette(client, 'reop')
    found(client, 'Reopen conversation')
    press(client, 'Return')
    app.gone('frame', 'Search')  # else what is typed next goes into the one that is closing
    client.message('reopened the conversation')
    palette(client, 'snoozed')
    found(client, 'Go to Snoozed')
    app.until(lambda: 'Go to Snoozed' in rows(client)[0], rows)
    press(client, 'Return')
    app.gone('frame', 'Search')
    app.until(lambda: any('Snoozed' in app.labels(head) for head in app.all('filler', 'AdwWindowTitle')), 'Snoozed')
    app.key('ctrl+1')
    palette(client, 'team')
    found(client, 'Settings: Team')
    press(client, 'Escape')
    app.gone('frame', 'Search')


def walk_palette_filters(client):
    """Completed, applied, told when they are wrong; nothing that was typed is lost."""
    app = client.app
    palette(client, 'tag:re')
    found(client, 'tag:refund')
    shot(client, 'palette-complete')
    press(client, 'Tab')
    app.until(lambda: app.text(entry(client)) == 'tag:refund ', 'the finished filter')
    found(client, 'Ana Sousa')
    assert not any('Jürgen' in name for name in rows(client)), rows(client)
    app.find_text('Searched on this computer')
    app.clear(entry(client))
    app.write(entry(client), 'tag:nosuch is:opne before:never parcel')
    app.find_text('There is no tag “nosuch”.')
    shot(client, 'palette-problem')
    found(client, 'parcel')
    app.until(lambda: app.text(entry(client)) == 'tag:nosuch is:opne before:never parcel', 'what was typed')
    app.clear(entry(client))
    app.write(entry(client), 'zzzz')
    app.until(lambda: any('Searched here' in words for words in app.labels(app.find('frame', 'Search'))), 'the end of the search')
    app.find_text('Try fewer letters')
    assert not rows(client), rows(client)
    shot(client, 'palette-nothing')
    press(client, 'Escape')
    app.gone('frame', 'Search')


def walk_palette_keys(client):
    app = client.app
    palette(client, 'message')
    app.until(lambda: len(rows(client)) > 8, 'many results')

    def chosen():
        lists = app.all('list', 'Results')
        items = app.all('list item', None, lists[0]) if lists else []
        return [at for at, item in enumerate(items) if is_selected(item)]
    app.until(lambda: chosen() == [0], 'the first')
    press(client, 'Down', 'Down')
    app.until(lambda: chosen() == [2], 'the third')
    press(client, 'End')
    app.until(lambda: chosen() == [len(rows(client)) - 1], 'the last')
    shot(client, 'palette-end')
    press(client, 'Home')
    app.until(lambda: chosen() == [0], 'the first again')
    press(client, 'Up')
    app.until(lambda: chosen() == [0], 'no way up')
    press(client, 'Escape')
    app.gone('frame', 'Search')


def walk_palette_server(desktop):
    for modes, words in (('offline', 'You are offline: searched on this computer only'),
                         ('server-fails', 'The server could not be searched: it did not answer in time')):
        with Client(desktop, modes) as client:
            client.app.find('label', 'Ana Sousa')
            palette(client, 'parcel')
            found(client, 'parcel')
            client.app.find_text(words)
            shot(client, 'palette-' + modes)


def walk_palette_looks(desktop):
    dark = {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}
    for name, modes, size, env, text in (('dark', '', WIDE, dark, 'parcel'), ('narrow', '', (360, 640), None, 'invoice'), ('rtl', 'rtl', WIDE, None, 'ليلى'),
                                         ('markup', '', WIDE, None, 'bold script')):
        with Client(desktop, modes, size, env) as client:
            client.app.find('label', 'Ana Sousa')
            palette(client, text)
            client.app.until(lambda: rows(client), 'results')
            client.app.until(lambda: client.app.labels(client.app.find('frame', 'Search')), 'labels')
            client.app.find_text('Searched here and on the server')
            shot(client, 'palette-' + name)
