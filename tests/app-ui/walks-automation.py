# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through triggers and goals."""

import subprocess

from client import WIDE, Client, in_dialog, nameless, settings, shot
from desktop import has_state

NARROW = (360, 720)
TRIGGERS = ['Help with the prices', 'Before they go', 'Welcome back', 'A full cart']


def names(app, frame, title):
    """What the list of the page shows, from top to bottom."""
    return [label for row in app.all('list item', None, app.find('list', title, frame)) for label in app.labels(row)[:1]]


def point(client, title, item):
    """Clicks into a window that is above the main one."""
    x, y, width, height = client.app.extents(item)
    window = client.app.until(lambda: subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(client.app.process.pid), '--name', '^%s$' % title],
                                                     capture_output=True, text=True, check=False).stdout.split(), title)[-1]
    subprocess.run(['xdotool', 'windowfocus', '--sync', window, 'mousemove', '--window', window, str(x + min(width, 120) // 2), str(y + height // 2), 'click', '1'],
                   check=True)


def press(*keys):
    subprocess.run(['xdotool', 'key', '--delay', '30', *keys], check=True)


def row(client, frame, name):
    """The row of that name, in sight."""
    app = client.app
    return app.until(lambda: next((item for item in app.all('label', name, frame) if app.extents(item)[2] > 0), None), name)


def is_on(switch):
    return has_state(switch, 'CHECKED') or has_state(switch, 'PRESSED')


def check_names(client):
    bad = nameless(client.app)
    assert not bad, 'controls without a name:\n' + '\n'.join(bad)


def put(client, title, field, text):
    client.app.clear(field)
    client.app.write(field, text)
    client.app.until(lambda: client.app.text(field) == text, text)


def walk_automation_pages(desktop):
    """The lists and the windows in which things are changed, in all looks; nothing is without a name."""
    for name, modes, env, size in (('triggers', '', {}, WIDE), ('triggers-dark', '', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}, WIDE),
                                   ('triggers-rtl', 'rtl', {}, WIDE), ('triggers-narrow', 'long', {}, NARROW), ('triggers-many', 'many', {}, WIDE)):
        with Client(desktop, modes, size, env) as client:
            app = client.app
            frame = settings(client, 'Triggers')
            app.find_text('shown 120 times', frame)
            shot(client, name)
            check_names(client)
            point(client, 'Settings', row(client, frame, 'Help with the prices'))
            dialog = in_dialog(app, 'Change a trigger')
            app.find_text('Address of the page is like /pric*', dialog)
            shot(client, name + '-editor')
            check_names(client)
            press('Escape')
            app.gone('frame', 'Change a trigger')
            if size == NARROW:
                app.click('push button', 'Back', frame)
            settings(client, 'Goals')
            app.find_text('worth 21', frame)
            shot(client, name.replace('triggers', 'goals'))
            check_names(client)


def walk_automation_empty(desktop):
    """Where there is nothing yet, a template leads to the first one."""
    with Client(desktop, 'empty') as client:
        app = client.app
        frame = settings(client, 'Goals')
        app.find_text('No goals yet', frame)
        shot(client, 'goals-empty')
        settings(client, 'Triggers')
        app.find_text('No triggers yet', frame)
        check_names(client)
        template = row(client, frame, 'Before they go')
        shot(client, 'triggers-empty')
        point(client, 'Settings', template)
        dialog = in_dialog(app, 'New trigger')
        app.find_text('The visitor is about to leave', dialog)
        app.click('push button', 'Save', dialog)
        app.find_text('Added “Before they go”', frame)
        app.undo(frame)
        app.find_text('No triggers yet', frame)


def walk_automation_order(desktop):
    """Moved with the keyboard, several times on end; then taken back."""
    with Client(desktop) as client:
        app = client.app
        frame = settings(client, 'Triggers')
        app.until(lambda: names(app, frame, 'Triggers') == TRIGGERS, 'the order by place')
        press('Tab', 'Tab')
        first = app.all('list item', None, app.find('list', 'Triggers', frame))[0]
        app.until(lambda: has_state(first, 'FOCUSED') or press('Tab'), 'the first row has the keyboard')
        press('alt+Down')
        app.until(lambda: names(app, frame, 'Triggers') == [TRIGGERS[1], TRIGGERS[0], *TRIGGERS[2:]], 'one down')
        press('alt+Down')
        app.until(lambda: names(app, frame, 'Triggers') == [TRIGGERS[1], TRIGGERS[2], TRIGGERS[0], TRIGGERS[3]], 'and another')
        app.find_text('The triggers have another order now', frame)
        app.undo(frame)
        app.until(lambda: names(app, frame, 'Triggers') == [TRIGGERS[1], TRIGGERS[0], *TRIGGERS[2:]], 'one step back')


def walk_automation_switch(desktop):
    with Client(desktop) as client:
        app = client.app
        frame = settings(client, 'Triggers')
        switch = app.find(None, lambda name: name == '“Before they go” is on', frame)
        app.until(lambda: app.extents(switch)[2] > 0, 'the switch')
        assert is_on(switch), switch.get_role_name()
        point(client, 'Settings', switch)
        app.find_text('“Before they go” is off now', frame)
        app.undo(frame)
        app.until(lambda: is_on(switch), 'on again')


def walk_automation_make(desktop):
    """From nothing, by way of all that is missing; a dry run; saved."""
    with Client(desktop) as client:
        app = client.app
        frame = settings(client, 'Triggers')
        app.click('push button', 'New trigger…', frame)
        dialog = in_dialog(app, 'New trigger')
        app.find_text('A name is needed.', dialog)
        put(client, 'New trigger', app.find('text', 'Name', dialog), 'Big spenders')
        app.find_text('Say when: add at least one condition.', dialog)
        point(client, 'New trigger', app.find('push button', 'Add a condition', dialog))
        app.click('menu item', 'Value of an event', dialog)
        app.find_text('Something is missing in the condition', dialog)
        event = app.find('text', 'Name of the event, as the page calls it', dialog)
        app.write(event, 'cart')
        amount = app.find('text', 'Amount, such as 50 or 12.50', dialog)
        app.write(amount, 'much')
        app.find_text('An amount is needed', dialog)
        put(client, 'New trigger', amount, '99.50')
        app.find_text('Value of “cart” is at least 99.50', dialog)
        shot(client, 'triggers-condition')
        check_names(client)
        app.find_text('Say what happens then', dialog)
        app.write(app.find('text', 'Words', dialog), 'Shall I help?')
        app.until(lambda: not any('Say what happens' in label for label in app.labels(dialog)), 'nothing is missing')
        app.click('push button', 'Try it', dialog)
        app.find_text('It would have acted in 37 of 1840 visits', dialog)
        app.find_text('/prices/small', dialog)
        shot(client, 'triggers-dry-run')
        check_names(client)
        app.click('push button', 'Save', dialog)
        app.find_text('Added “Big spenders”', frame)
        assert names(app, frame, 'Triggers')[-1] == 'Big spenders', names(app, frame, 'Triggers')


def walk_automation_unjudged(desktop):
    """What nobody can tell of visits that are over is named."""
    with Client(desktop) as client:
        app = client.app
        frame = settings(client, 'Triggers')
        point(client, 'Settings', row(client, frame, 'Before they go'))
        dialog = in_dialog(app, 'Change a trigger')
        app.click('push button', 'Try it', dialog)
        app.find_text('Nobody can tell afterwards, and it was not looked at: About to leave.', dialog)


def walk_automation_meanwhile(desktop):
    """Somebody else saves it: nothing that was typed is lost, and theirs can be had. What is not saved is not thrown away unasked."""
    with Client(desktop) as client:
        app = client.app
        frame = settings(client, 'Triggers')
        point(client, 'Settings', row(client, frame, 'A full cart'))
        dialog = in_dialog(app, 'Change a trigger')
        field = app.find('text', 'Name', dialog)
        put(client, 'Change a trigger', field, 'A heavy cart')
        client.script('steal A full cart')
        app.find_text('Meanwhile Chidi Okafor has changed this.', dialog)
        shot(client, 'triggers-meanwhile')
        assert app.text(field) == 'A heavy cart', app.text(field)
        press('Escape')
        app.find_text('Discard the changes?')
        app.click('push button', lambda name: name.endswith('Keep editing'))
        app.until(lambda: not app.all('label', 'Discard the changes?'), 'back in the window')
        app.click('push button', 'Show theirs', dialog)
        app.until(lambda: app.text(field) == 'A full cart', 'theirs')
        put(client, 'Change a trigger', field, 'A heavy cart')
        app.click('push button', 'Save', dialog)
        app.find_text('Saved “A heavy cart”', frame)
        app.undo(frame)
        app.until(lambda: 'A full cart' in names(app, frame, 'Triggers'), 'as it was')


def walk_automation_goal(desktop):
    """Made, refused, saved, and removed with the way back."""
    with Client(desktop) as client:
        app = client.app
        frame = settings(client, 'Goals')
        app.find_text('reached 60 times · 4 after a conversation · worth 21', frame)
        app.click('push button', 'New goal…', frame)
        dialog = in_dialog(app, 'New goal')
        put(client, 'New goal', app.find('text', 'Name', dialog), 'Sign-up')
        app.find_text('An address is needed', dialog)
        app.write(app.find('text', lambda name: name.startswith('Address;'), dialog), '/welcome')
        value = app.find('text', 'Value of one (may be empty)', dialog)
        app.write(value, '3,50')
        app.find_text('The value is no amount.', dialog)
        put(client, 'New goal', value, '3.50')
        shot(client, 'goals-editor')
        check_names(client)
        client.script('fail')
        app.click('push button', 'Save', dialog)
        app.find_text('Not changed: another one is called so.', dialog)
        app.click('push button', 'Save', dialog)
        app.find_text('Added “Sign-up”', frame)
        point(client, 'Settings', row(client, frame, 'Sign-up'))
        dialog = in_dialog(app, 'Change a goal')
        assert app.text(app.find('text', 'Value of one (may be empty)', dialog)) == '3.50'
        app.click('push button', 'Remove this goal', dialog)
        app.find_text('Removed the goal “Sign-up”', frame)
        app.undo(frame)
        app.until(lambda: 'Sign-up' in names(app, frame, 'Goals'), 'the row again')


def walk_automation_roles(desktop):
    """Those who lead the team see the pages, agents do not; offline nothing can be changed."""
    with Client(desktop, 'agent') as client:
        settings(client, 'My account')
        pages = [item.get_name() for item in client.app.all('list item', None, client.app.find('list', 'Pages'))]
        assert 'Triggers' not in pages and 'Goals' not in pages, pages
    with Client(desktop, 'supervisor') as client:
        frame = settings(client, 'Triggers')
        button = client.app.find('push button', 'New trigger…', frame)
        assert has_state(button, 'SENSITIVE'), 'a supervisor can add triggers'
        client.script('link waiting')
        client.app.until(lambda: not has_state(button, 'SENSITIVE'), 'offline')
        shot(client, 'triggers-offline')
