# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through canned responses and macros."""

from client import Client, WIDE, nameless, point_in_settings, settings, shot
from desktop import has_state


def walk_canned(client):
    app = client.app
    client.open('Ana Sousa')
    app.type('/')
    app.find('list', 'Canned responses')
    app.find_text('/thanks')
    app.key('Down')
    app.find_text('Hello Ana Sousa, this is Bruno Keller.')
    shot(client, 'canned-popover')
    app.key('Return')
    app.until(lambda: client.written() == 'Hello Ana Sousa, this is Bruno Keller. How can I help?', 'the text')
    app.clear(client.composer())
    app.type('/gree')
    app.find_text('Hello Ana Sousa, this is Bruno Keller.')
    app.key('Return')
    app.until(lambda: client.written().startswith('Hello Ana'), 'what was found by its title')
    app.clear(client.composer())
    app.type('/thanks ')
    app.until(lambda: client.written() == 'Thank you! ✨', 'the shortcut spelled out')
    app.clear(client.composer())
    app.type('/hel')
    app.find('list', 'Canned responses')
    app.key('Escape')
    app.until(lambda: not app.all('list', 'Canned responses'), 'no list')
    assert client.written() == '/hel', client.written()
    app.clear(client.composer())
    app.type('Dear Ana, ')
    app.key('ctrl+slash')
    app.find('list', 'Canned responses')
    app.type('thank')
    app.key('Return')
    app.until(lambda: client.written() == 'Dear Ana, Thank you! ✨', 'inserted in the middle of a line')


def walk_gaps(client):
    """What could not be filled in is not sent without a word."""
    app = client.app
    client.open('Ana Sousa')
    app.type('/order ')
    app.until(lambda: '{order.id}' in (client.written() or ''), 'a gap in sight')
    app.find_text('Still to be filled in: {order.id}')
    shot(client, 'canned-gap')
    app.key('Return')
    app.find('push button', 'Fill in')
    assert '{order.id}' in client.written(), client.written()
    app.type('1182')
    app.find('push button', 'Send')
    app.key('Return')
    client.message('Could you tell me the number of order 1182, Ana Sousa?')
    app.type('code {name}')
    app.find('push button', 'Fill in')
    app.click('push button', 'Send as it is')
    client.message('code {name}')


def walk_macro(desktop):
    with Client(desktop) as client:
        app = client.app
        client.open('Ana Sousa')
        app.find('push button', 'Use a macro')
        app.key('ctrl+shift+m')
        app.find('menu item', lambda name: 'closed' in name)
        shot(client, 'macro-menu')
        app.click('menu item', lambda name: 'closed' in name)
        client.message('Glad that it works, Ana Sousa.')
        client.message('Settled by macro')
        app.find('push button', 'Reopen')


def walk_replies_pages(desktop):
    for name, modes, env, size in (('replies', '', {}, WIDE), ('replies-dark', '', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}, WIDE),
                                   ('replies-rtl', 'rtl', {}, WIDE), ('replies-narrow', '', {}, (360, 720)), ('replies-empty', 'empty', {}, WIDE)):
        with Client(desktop, modes, size, env) as client:
            app = client.app
            frame = settings(client, 'Canned responses')
            app.find('push button', 'Add…')
            shot(client, name)
            bad = nameless(app)
            assert not bad, 'controls without a name:\n' + '\n'.join(bad)
            app.click('push button', 'Add…')
            app.find_text('Give it a shortcut')
            field = app.find('text', 'Shortcut')
            app.write(field, 'two words')
            app.find_text('has at most 32 letters')
            if not modes:
                app.clear(field)
                app.write(field, 'hello')
                app.find_text('This shortcut is taken')
            app.clear(field)
            app.write(field, 'bye')
            app.write(app.find('text', 'Text'), 'Bye {visitor.name}, {nobody.knows}')
            app.find_text('Bye Ana Sousa, {nobody.knows}')
            shot(client, name + '-editor')
            app.click('push button', 'Save')
            app.find_text('/bye', frame)
            app.click('push button', 'Remove bye', frame)
            app.find_text('Removed “bye”', frame)
            app.until(lambda: not any('/bye' in words for words in app.labels(frame)), 'no more of it')
            app.undo(frame)
            app.find_text('/bye', frame)


def walk_reply_meanwhile(desktop):
    """What is typed is not lost unasked; what a colleague saved meanwhile is told; saved, taken back; removed under one's hands."""
    with Client(desktop) as client:
        app = client.app

        def edit(shortcut):
            point_in_settings(client, app.find('label', lambda name: name.startswith('/' + shortcut), app.find('frame', 'Settings')))
            return app.find('frame', 'Canned response')

        frame = settings(client, 'Canned responses')
        dialog = edit('hello')
        field = app.find('text', 'Title', dialog)
        app.clear(field)
        app.write(field, 'Welcome')
        client.script('reword hello Hi {visitor.name|there}!')
        app.find_text('Meanwhile somebody has changed this. Saving puts yours in its place.', dialog)
        assert app.text(field) == 'Welcome', app.text(field)
        shot(client, 'replies-meanwhile')
        bad = nameless(app)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        app.click('push button', 'Cancel', dialog)
        app.find_text('Discard the changes?')
        app.click('push button', lambda name: name.endswith('Keep editing'))
        app.until(lambda: not app.all('label', 'Discard the changes?'), 'back in the window')
        app.click('push button', 'Show theirs', dialog)
        app.find_text('Hi Ana Sousa!')
        dialog = app.find('frame', 'Canned response')
        app.until(lambda: app.text(app.find('text', 'Title', dialog)) == 'Greeting', 'theirs')
        app.write(app.find('text', 'Title', dialog), ' them')
        app.click('push button', 'Save', dialog)
        app.find_text('Saved “hello”', frame)
        app.find_text('/hello  Greeting them', frame)
        app.undo(frame)
        app.until(lambda: '/hello  Greeting' in app.labels(frame), 'as it was')
        edit('order')
        client.script('reword order')
        app.gone('frame', 'Canned response')
        app.find_text('Somebody has removed it meanwhile.', frame)


def walk_macros_page(desktop):
    with Client(desktop) as client:
        app = client.app
        settings(client, 'Macros')
        app.find('push button', 'Add…')
        shot(client, 'macros')
        app.click('push button', 'Add…')
        app.find_text('Give it a name')
        app.write(app.find('text', 'Name'), 'Thanks')
        app.find_text('Say at least one thing')
        app.write(app.find('text', 'Answer'), 'Thank you!')
        app.until(lambda: not any('Say at least' in words for words in app.labels()), 'nothing to complain of')
        shot(client, 'macros-editor')
        app.click('push button', 'Save')
        app.find('push button', 'Remove Thanks')


def walk_macro_actions(desktop):
    """Tags, department and agent of a macro: chosen, saved, and there when it is opened again."""
    with Client(desktop, size=(1280, 1100)) as client:
        app = client.app
        settings(client, 'Macros')
        app.click('push button', 'Add…')
        app.write(app.find('text', 'Name'), 'Hand over')
        for title in ('Add tags', 'Remove tags'):
            app.point(app.find('label', title))
            app.until(lambda: any(app.extents(item)[2] > 0 for item in app.all('check box', lambda name, t=title: name.startswith(t + ': '))), title)
        first = app.find('check box', lambda name: name.startswith('Add tags: '))
        tag = first.get_name().split(': ')[1]
        app.point(app.find('check box', 'Remove tags: ' + tag))
        app.point(app.find('check box', 'Add tags: ' + tag))
        app.until(lambda: has_state(app.find('check box', 'Add tags: ' + tag), 'CHECKED') and not has_state(app.find('check box', 'Remove tags: ' + tag), 'CHECKED'),
                  'the tag to be added and not removed')
        shot(client, 'macros-editor-actions')
        bad = nameless(app)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        app.click('push button', 'Save')
        app.find('push button', 'Remove Hand over')
