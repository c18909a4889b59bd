# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through what is known of visitors: their panel, merging, and the page of attributes."""

import os
import subprocess

from client import Client, nameless, settings, shot
from desktop import has_state

# Of the panel everything is in sight.
TALL = (1280, 1280)


def field(client, name):
    return client.app.find('text', name)


def value(client, name):
    return client.app.text(field(client, name))


def change(client, name, text):
    """Types over what is in a field."""
    client.app.point(field(client, name))
    client.app.key('ctrl+a')
    client.app.type(text)


def undo(client):
    client.app.click('push button', lambda name: 'Undo' in name)


def choose_file(app, title, path):
    """In the desktop's own dialog."""
    windows = ['xdotool', 'search', '--onlyvisible', '--all', '--name', '^%s$' % title]
    window = app.until(lambda: subprocess.run(windows, capture_output=True, text=True, check=False).stdout.split(), 'the dialog')[-1]
    subprocess.run(['xdotool', 'windowfocus', '--sync', window], check=True)
    subprocess.run(['xdotool', 'key', '--delay', '30', 'ctrl+a'], check=True)
    subprocess.run(['xdotool', 'type', '--delay', '15', path], check=True)
    subprocess.run(['xdotool', 'key', '--delay', '30', 'Return'], check=True)


def walk_visitors_import(desktop):
    """Looked at first; what is not understood is said; lines that are left out are listed and saved."""
    folder = os.path.join(desktop.folder, 'tables')
    os.makedirs(folder, exist_ok=True)
    bad, good, left = (os.path.join(folder, name) for name in ('bad.csv', 'good.csv', 'left.csv'))
    with open(bad, 'w', encoding='utf-8') as file:
        file.write('email,Shoe size\nana@shop.example,38\n')
    with open(good, 'w', encoding='utf-8') as file:
        file.write('email;name;plan;created_at\n' + ''.join('%s;Visitor %d;gold;2026-01-01\n' % ('v%d@shop.example' % i if i % 400 else 'nobody', i) for i in range(1, 1201)))
    with Client(desktop) as client:
        app = client.app
        frame = settings(client, 'Attributes')
        shot(client, 'visitors-tables')
        app.click('push button', 'Import…', frame)
        choose_file(app, 'Import visitors', bad)
        dialog = app.find('frame', 'Import visitors')
        app.find_text('Not understood: “Shoe size”', dialog)
        shot(client, 'visitors-import-fault')
        app.click('push button', 'Cancel', dialog)
        app.gone('frame', 'Import visitors')
        app.click('push button', 'Import…', frame)
        choose_file(app, 'Import visitors', good)
        dialog = app.find('frame', 'Import visitors')
        app.find_text('1200 lines. Each becomes a visitor', dialog)
        shot(client, 'visitors-import-preview')
        bad_names = nameless(app)
        assert not bad_names, 'controls without a name:\n' + '\n'.join(bad_names)
        app.click('push button', 'Import', dialog)
        app.find_text('New: 1197 · changed: 0 · as before: 0 · left out: 3', dialog)
        app.find('list item', lambda name: 'Line 801' in name, dialog)
        shot(client, 'visitors-import-done')
        app.click('push button', 'Save the list…', dialog)
        choose_file(app, 'Save the list', left)
        app.find('push button', 'Saved', dialog)
        with open(left, encoding='utf-8') as file:
            lines = file.read().split()
        assert lines[0] == 'line,problem' and [line.split(',')[0] for line in lines if line[0].isdigit()] == ['401', '801', '1201'], lines


def walk_visitors_export(desktop):
    path = os.path.join(desktop.folder, 'all-visitors.csv')
    with Client(desktop) as client:
        app = client.app
        frame = settings(client, 'Attributes')
        app.click('push button', 'Export…', frame)
        choose_file(app, 'Export visitors', path)
        app.find_text('Exported the visitors', frame)
        with open(path, encoding='utf-8') as file:
            assert file.read().split() == ['id,email', '1,ana@shop.example', '2,bo@shop.example']


def walk_panel_names(desktop):
    for modes in ('', 'offline', 'rtl'):
        with Client(desktop, modes, TALL) as client:
            client.open('Ana Sousa')
            client.app.find('list', 'Other conversations')
            bad = nameless(client.app)
            assert not bad, 'controls without a name:\n' + '\n'.join(bad)
            shot(client, 'panel-' + (modes or 'full'))


def walk_past_ratings(client):
    """What was thought of an earlier conversation is said in words, not as stars."""
    app = client.app
    client.open('Ana Sousa')
    past = app.find('list', 'Other conversations')
    app.find('list item', lambda name: name.startswith('Thank you, that was quick!') and name.endswith('rated 5 of 5: Bruno knew at once what was wrong.'), past)
    app.find('list item', lambda name: name.startswith('It came broken again.') and name.endswith('rated 2 of 5: Third time.'), past)
    for row in app.all('list item', None, past):
        assert '★' not in row.get_name() + row.get_description(), (row.get_name(), row.get_description())


def walk_fields(desktop):
    """Wrong, mended by leaving the field, taken back."""
    with Client(desktop, size=TALL) as client:
        app = client.app
        client.open('Ana Sousa')
        change(client, 'Phone', '12')
        app.find_text('too short for a telephone number')
        shot(client, 'panel-wrong')
        change(client, 'Phone', '+49 30 901820')
        app.key('Tab', 'Tab')
        app.find_text('The phone number is “+49 30 901820” now')
        shot(client, 'panel-changed')
        undo(client)
        app.until(lambda: value(client, 'Phone') == '+351 912 345 678', 'the number that was')


def walk_field_torn(desktop):
    """Somebody else changes what is being typed: neither text is lost without a word."""
    with Client(desktop, size=TALL) as client:
        app = client.app
        app.key('ctrl+5')
        client.open('<script>alert(1)</script>')
        change(client, 'Name', 'Alert One')
        client.script('rename <script>alert(1)</script> Alex')
        app.find_text('Meanwhile Chidi Okafor has changed it to “Alex”.')
        shot(client, 'panel-torn')
        app.click('push button', 'Use that')
        app.until(lambda: value(client, 'Name') == 'Alex', 'the name that the colleague has given')


def walk_panel_tags(desktop):
    with Client(desktop, size=TALL) as client:
        app = client.app
        client.open('Ana Sousa')
        app.click('push button', 'Add a tag to the visitor')
        app.find('entry', 'Tag')
        shot(client, 'panel-tag-choice')
        app.type('refu')
        app.key('Return')
        app.find('push button', 'Take the tag “refund” away')
        shot(client, 'panel-tagged')
        app.until(lambda: len(app.all('label', lambda name: name.startswith('●') and name.endswith('refund'))) > 1, 'the tag of the visitor beside that of the conversation')
        app.click('push button', 'Take the tag “refund” away')
        app.gone('push button', 'Take the tag “refund” away')
        app.find_text('The tag “refund” was taken away')
        undo(client)
        app.find('push button', 'Take the tag “refund” away')


def walk_panel_attributes(desktop):
    """One of some choices, by the keyboard, and a number that is none."""
    with Client(desktop, size=TALL) as client:
        app = client.app
        client.open('Ana Sousa')
        app.point(app.find('label', 'Plan'))
        app.find('list', 'Plan')
        app.key('End', 'Return')
        app.find_text('“Plan” was changed')
        app.find('label', 'bronze')
        undo(client)
        app.find('label', 'gold')
        change(client, 'Customer number', 'eleven')
        app.find_text('A number is needed')


def walk_panel_note(desktop):
    with Client(desktop, size=TALL) as client:
        app = client.app
        client.open('Ana Sousa')
        notes = field(client, 'Notes about the visitor')
        before = app.text(notes)
        app.point(notes)
        app.key('ctrl+End')
        app.type(' Knows Bea.')
        app.write(client.composer(), 'half a thou')
        app.key('ctrl+Return')
        app.find_text('The notes were saved')
        assert client.written() == 'half a thou', client.written()
        undo(client)
        app.until(lambda: app.text(notes) == before, 'the notes that were')


def walk_panel_state(desktop):
    with Client(desktop, size=TALL) as client:
        app = client.app
        client.open('Ana Sousa')
        app.point(app.find('push button', 'How well the visitor is known: Identified'))
        app.find('push button', 'Mark as verified')
        shot(client, 'panel-state')
        app.click('push button', 'Mark as verified')
        app.find('push button', 'How well the visitor is known: Verified')
        app.find_text('The email address is verified now')
        undo(client)
        app.find('push button', 'How well the visitor is known: Identified')


def walk_merge(desktop):
    """Who has the same address is offered, merged after a look at what that changes, and separated again."""
    with Client(desktop, size=TALL) as client:
        app = client.app
        client.open('Ana Sousa')
        app.click('push button', 'Merge…: A. Sousa')
        dialog = app.find(None, 'Merge with A. Sousa?')
        app.find_text('Phone stays “+351 912 345 678”, not “+351 21 000 000”')
        bad = nameless(app, dialog)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        shot(client, 'merge')
        app.click('push button', lambda name: name.endswith('Merge'))
        app.find('push button', 'Separate: A. Sousa')
        app.find_text('Merged with A. Sousa')
        shot(client, 'merged')
        undo(client)
        app.find('push button', 'Merge…: A. Sousa')


def walk_other_conversation(desktop):
    with Client(desktop, size=TALL) as client:
        app = client.app
        client.open('Ana Sousa')
        app.point(app.find('label', 'Thank you, that was quick!'))
        app.until(lambda: client.title() == 'Visitor', 'the other conversation')
        app.find('push button', 'How well the visitor is known: Anonymous')
        app.find_text('This is the first one')
        shot(client, 'panel-anonymous')


def walk_panel_answers(desktop):
    """What was answered before the conversation stands above who the visitor is, as it was said; elsewhere there is nothing of it."""
    with Client(desktop, size=TALL) as client:
        app = client.app
        client.open('Jürgen Weiß')
        for words in ('Answers', 'Order number', '1182 <b>&'):
            app.find_text(words)
        shot(client, 'panel-answers')
        client.open('Ana Sousa')
        app.until(lambda: not app.all('label', 'Answers'), 'no answers')


def walk_attributes_page(desktop):
    for modes in ('', 'empty', 'offline'):
        with Client(desktop, modes) as client:
            frame = settings(client, 'Attributes')
            bad = nameless(client.app, frame)
            assert not bad, 'controls without a name:\n' + '\n'.join(bad)
            shot(client, 'attributes-' + (modes or 'full'))


def walk_new_attribute(desktop):
    with Client(desktop) as client:
        app = client.app
        frame = settings(client, 'Attributes')
        app.click('push button', 'New attribute…', frame)
        dialog = app.find('frame', 'New attribute')
        bad = nameless(app, dialog)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        app.write(app.find('text', 'Name', dialog), 'Region')
        shot(client, 'attributes-new')
        app.click('push button', 'Add', dialog)
        app.gone('frame', 'New attribute')
        app.find('label', 'Region', frame)


def shot_panel(desktop):
    for name, size, env in (('panel-dark', TALL, {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}), ('panel-narrow', (360, 1280), {})):
        with Client(desktop, size=size, env=env) as client:
            client.open('Ana Sousa')
            if size[0] < 1000:
                client.app.key('ctrl+i')
            client.app.find('list', 'Other conversations')
            shot(client, name)


def menu(client):
    client.app.point(client.app.find('push button', 'More about this person'))


def walk_erase(desktop):
    """The name has to be typed; then it is seen how far that is, and said when it is done."""
    for modes in ('', 'rtl'):
        with Client(desktop, modes, TALL) as client:
            app = client.app
            client.open('Ana Sousa')
            menu(client)
            app.find('menu item', 'Erase this person…')
            shot(client, 'person-menu' + modes.replace(' ', '-'))
            app.click('menu item', 'Erase this person…')
            app.find(None, 'Erase Ana Sousa?')
            erase = app.find('push button', lambda name: name.endswith('Erase'))
            assert not has_state(erase, 'SENSITIVE'), 'without the name'
            name = app.find('text', 'Name of the person')
            app.write(name, 'Ana Sousa')
            app.until(lambda: has_state(erase, 'SENSITIVE'), 'the name is right')
            bad = nameless(app)
            assert not bad, 'controls without a name:\n' + '\n'.join(bad)
            shot(client, 'person-erase' + modes.replace(' ', '-'))
            app.click('push button', lambda name: name.endswith('Erase'))
            app.find('frame', 'Erasing Ana Sousa')
            app.find_text('You can close this window')
            shot(client, 'person-erasing' + modes.replace(' ', '-'))
            client.script('erased')
            app.find_text('Ana Sousa was erased')


def walk_person_roles(desktop):
    """An agent may neither export nor erase, a supervisor may export."""
    with Client(desktop, 'agent', TALL) as client:
        client.open('Ana Sousa')
        client.app.find('list', 'Other conversations')
        assert not any((item.get_name() or '') == 'More about this person' and has_state(item, 'SHOWING') for item in client.app.walk())
    with Client(desktop, 'supervisor', TALL) as client:
        client.open('Ana Sousa')
        menu(client)
        client.app.find('menu item', 'Export what is known…')
        assert not any((item.get_name() or '') == 'Erase this person…' for item in client.app.walk())
