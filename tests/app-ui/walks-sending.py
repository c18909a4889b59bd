# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through sending: called back, later, overtaken; and files and mentions among colleagues."""

import os

from client import WIDE, Client, nameless, settings, shot

LOOKS = {'light': ('', {}, WIDE), 'dark': ('', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}, WIDE), 'rtl': ('rtl', {}, WIDE), 'narrow': ('', {}, (360, 720))}


def prefer(desktop, name, seconds):
    """The environment of a client in which answers can be called back for so long."""
    folder = os.path.join(desktop.folder, name)
    os.makedirs(os.path.join(folder, 'chatflow'), exist_ok=True)
    with open(os.path.join(folder, 'chatflow', 'writing.ini'), 'w', encoding='utf-8') as file:
        file.write('[writing]\nundo-send=%d\n' % seconds)
    return {'XDG_CONFIG_HOME': folder}


def gone(client, part):
    client.app.until(lambda: not any(part in item.get_name() for item in client.messages()), 'no more “%s”' % part)


def walk_undo_send(desktop):
    """With the preference an answer waits, and comes back by the button or the key with what it answers; a note goes at once."""
    with Client(desktop, '', WIDE, prefer(desktop, 'undo', 30)) as client:
        app = client.app
        client.open('Ana Sousa')
        client.send('Too early')
        row = client.message('Too early')
        app.find_text('Sending in ', row)
        shot(client, 'sending-held')
        bad = nameless(app)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        app.click('push button', 'Undo', row)
        gone(client, 'Too early')
        app.until(lambda: client.written() == 'Too early', 'the words in the field')
        app.key('ctrl+Return')
        client.message('Too early')
        app.until(lambda: client.written() == '', 'an empty field')
        app.key('ctrl+z')
        app.until(lambda: client.written() == 'Too early', 'the words again, by the key')
        app.key('ctrl+Return')
        client.message('Too early')
        app.until(lambda: client.written() == '', 'an empty field again')
        app.key('Escape')
        app.until(lambda: client.written() == 'Too early', 'the words again, by Escape')
        assert client.title() == 'Ana Sousa', 'Escape left the conversation'
        gone(client, 'Too early')
        app.clear(client.composer())
        app.key('ctrl+shift+n')
        client.send('Among us', 'Add note')
        row = client.message('Among us')
        assert not any('Sending in' in text for text in app.labels(row)), 'a note does not wait'


def walk_undo_send_files(desktop):
    """Its files come back too."""
    folder = os.path.join(desktop.folder, 'files')
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, 'offer.pdf')
    with open(path, 'wb') as file:
        file.write(b'x' * 2000)
    with Client(desktop, '', WIDE, prefer(desktop, 'undo', 30)) as client:
        app = client.app
        client.open('Ana Sousa')
        client.script('attach 0 ' + path)
        app.find('push button', 'Take it away: offer.pdf')
        app.write(client.composer(), 'Our offer')
        app.click('push button', 'Send')
        row = client.message('Our offer')
        app.until(lambda: not app.all('push button', 'Take it away: offer.pdf'), 'the file to be in the message')
        app.click('push button', 'Undo', row)
        app.find('push button', 'Take it away: offer.pdf')
        app.until(lambda: client.written() == 'Our offer', 'the words in the field')


def walk_undo_preference(desktop):
    env = {'XDG_CONFIG_HOME': os.path.join(desktop.folder, 'preference')}
    with Client(desktop, '', WIDE, env) as client:
        app = client.app
        client.open('Ana Sousa')
        client.send('At once')
        app.find_text('Seen', client.message('At once'))
        settings(client, 'My account')
        app.find_text('Undo send')
        shot(client, 'undo-preference')


def walk_send_later(desktop):
    """From the button's menu and by the key; then another time, edited, sent now, cancelled with undo."""
    with Client(desktop) as client:
        app = client.app
        client.open('Ana Sousa')
        app.write(client.composer(), 'Did it arrive?')
        app.click('push button', 'Send later')
        app.find_text('In 1 hour')
        shot(client, 'later-menu')
        bad = nameless(app)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        app.click('push button', lambda name: name.startswith('Tomorrow, '))
        app.until(lambda: client.written() == '', 'an empty field')
        app.find_text(', unless the visitor writes first')
        app.type('One more')
        app.key('ctrl+shift+Return')
        app.click('push button', lambda name: name.startswith('In 1 hour, '))
        app.until(lambda: len(app.all('push button', 'Send now')) == 2, 'both')
        client.script('held 0 You can close this, can you not?')
        app.find_text('Not sent: the visitor wrote first')
        client.script('later 0 I look into it on Monday')
        app.find_text(' · Chiara Conti')
        shot(client, 'later-bar')
        bad = nameless(app)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        app.click('push button', 'Take it back into the field')
        app.until(lambda: client.written() == 'One more', 'the next one in the field')
        app.clear(client.composer())
        app.until(lambda: len(app.all('push button', 'Send now')) == 2, 'one less')
        app.click('push button', 'Do not send it')
        app.click('push button', lambda label: 'Undo' in label)
        app.until(lambda: not any('Not sent: the visitor' in words for words in app.labels()), 'it to wait again')
        assert len(app.all('push button', 'Send now')) == 2, 'it is there again'


def shot_later(desktop):
    for look, (modes, env, size) in LOOKS.items():
        with Client(desktop, modes, size, env) as client:
            app = client.app
            client.open('Ana Sousa')
            app.write(client.composer(), 'Did it arrive? If not, tell me, and I will have it sent once more.')
            app.key('ctrl+shift+Return')
            app.click('push button', lambda name: name.startswith('Tomorrow, '))
            client.script('held 0 You can close this, can you not?')
            app.find_text('Not sent: the visitor wrote first')
            app.settle()
            shot(client, 'later-' + look)


def walk_overtaken(desktop):
    """What a colleague has overtaken comes back into the field, or goes anyway; it is never lost."""
    with Client(desktop) as client:
        app = client.app
        client.open('Ana Sousa')
        client.script('overtake')
        client.send('My answer')
        row = client.message('My answer')
        app.find('push button', 'Send anyway', row)
        shot(client, 'overtaken')
        app.click('push button', 'Edit', row)
        app.until(lambda: client.written() == 'My answer', 'the words in the field')
        client.script('overtake')
        app.key('ctrl+Return')
        app.click('push button', 'Send anyway', client.message('My answer'))
        app.find_text('Seen', client.message('My answer'))


def channel(client, begins):
    return client.app.find('list item', lambda name: name.startswith(begins), client.app.find('list', 'Team'))


def walk_team_files(desktop):
    """Files among colleagues, by drop and by paste; and who can be called: the members, but not oneself."""
    folder = os.path.join(desktop.folder, 'files')
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, 'rota.pdf')
    with open(path, 'wb') as file:
        file.write(b'x' * 3000)
    with Client(desktop) as client:
        app = client.app
        client.open('Ana Sousa')
        app.point(app.find('label', 'Front desk', channel(client, 'Front desk, ')))
        app.find_text('They ask for you')
        app.find('list item', lambda name: name.startswith('Chiara Conti mentions you'))
        client.script('drop ' + path)
        app.find('push button', 'Take it away: rota.pdf')
        client.script('copy')
        app.point(app.find('text', 'Message'))
        app.key('ctrl+v')
        app.find('push button', lambda name: name.startswith('Take it away: Screenshot'))
        shot(client, 'team-files-writing')
        app.type('The new rota')
        app.key('ctrl+Return')
        app.find('push button', 'Save as…: rota.pdf')
        app.find_text('The new rota')
        shot(client, 'team-files')
        app.point(app.find('label', lambda name: name.startswith('Holidays and who'), channel(client, 'Holidays')))
        app.find_text('Nothing written yet')
        app.type('@')
        app.find('list', 'Colleagues')
        names = [item.get_name() for item in app.all('list item', None, app.find('list', 'Colleagues'))]
        assert names == ['Dmitri Sokolov'], names


def shot_mentions(desktop):
    looks = dict(LOOKS, contrast=('', {'ADW_DEBUG_HIGH_CONTRAST': '1'}, WIDE))
    for look, (modes, env, size) in looks.items():
        if look == 'narrow':
            continue
        with Client(desktop, modes, size, env) as client:
            app = client.app
            app.point(app.find('label', 'Front desk', app.find('list item', lambda name: name.startswith('Front desk, '))))
            app.find_text('They ask for you')
            app.settle()
            shot(client, 'mentioned-' + look)
