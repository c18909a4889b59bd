# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through what an invited person does first, and through the choice of a language."""

import contextlib
import os
import pathlib
import subprocess

from gi.repository import GLib

from client import Client, PROGRAM, WIDE, nameless, settings, shot

NARROW = (360, 720)
TOKEN = 'bCdEfGhIjKlMnOpQrStUvWxYz0123456789-_abcde'


def link(letter, server='chat.example.com'):
    """The letter says what becomes of it."""
    return 'chatflow://%s/join/%s%s' % (server, letter, TOKEN)


def paste(app, text):
    row = app.find('text', 'Link or code')
    app.clear(row)
    app.write(row, text)
    app.click('push button', 'Continue')


def write(app, name, text):
    field = app.find('text', name, app.find('list', 'You'))
    app.clear(field)
    app.write(field, text)


def walk_invite(desktop):
    with Client(desktop, 'signed-out') as client:
        app = client.app
        app.click('push button', 'I have an invitation')
        shot(client, 'invite-link')
        bad = nameless(app)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        for text, words in (('hello', 'This is no invitation'), (link('E'), 'too old. Ask whoever sent it'),
                            (link('A', 'down.example.com'), 'does not answer. Check the network')):
            paste(app, text)
            app.find_text(words)
        shot(client, 'invite-refused')
        paste(app, link('A', 'slow.example.com'))
        app.find_text('Asking the server…')
        app.click('push button', 'Cancel')
        paste(app, link('A'))
        app.find_text('Ana Sousa invites you to join Nordlicht Möbel')
        app.find_text('chat.example.com')
        write(app, 'New password', 'short')
        app.find_text('5 more characters are needed')
        shot(client, 'invite-person')
        bad = nameless(app)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        write(app, 'Name that visitors see', 'Bruno Costa')
        write(app, 'New password', 'seven green teapots')
        app.find_text('Strong.')
        app.click('push button', 'Join')
        app.find('label', 'Ana Sousa')


def walk_invite_code(desktop):
    """The code alone, for somebody without an address, and a new password for who has one."""
    with Client(desktop, 'signed-out') as client:
        app = client.app
        app.click('push button', 'I have an invitation')
        code = app.find('text', 'Link or code')
        app.until(lambda: any(app.on_screen(button) for button in app.all('push button', 'Continue')), 'the page')
        app.write(code, 'O' + TOKEN)
        server = app.until(lambda: app.all('text', 'Server address')[1:], 'the server address, besides that of the page before')[0]
        app.write(server, 'chat.example.com')
        app.click('push button', 'Continue')
        app.find_text('Ana Sousa invites you')
        write(app, 'Email', 'nobody')
        app.find_text('ana@example.com')
        app.click('push button', 'Back')
        paste(app, link('R'))
        app.find_text('Choose a new password, Bruno Costa')
        write(app, 'New password', 'seven green teapots')
        shot(client, 'invite-password')
        app.click('push button', 'Set password')
        app.find('label', 'Ana Sousa')


def walk_invite_opened(desktop):
    """A link that the desktop hands over: at the start, to a program that runs, and to somebody who is signed in."""
    with Client(desktop, 'signed-out', argv=[link('A')]) as client:
        client.app.find_text('Ana Sousa invites you to join')
        subprocess.run([PROGRAM, link('R')], timeout=20, check=True)
        client.app.find_text('Choose a new password, Bruno Costa')
    with Client(desktop, argv=[link('A')]) as client:
        client.app.find('label', 'Ana Sousa')
        client.app.find_text('You are signed in already')


def shot_invite(desktop):
    for name, modes, size, env in (('invite-dark', 'signed-out', WIDE, {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
                                   ('invite-narrow', 'signed-out', NARROW, {}), ('invite-rtl', 'signed-out,rtl', WIDE, {})):
        with Client(desktop, modes, size, env, [link('A')]) as client:
            client.app.find_text('Ana Sousa invites you to join')
            shot(client, name)


def speak(app, name):
    """The window goes, with it perhaps the answer that it was clicked; another comes."""
    item = app.find('radio menu item', name)
    with contextlib.suppress(GLib.Error):
        item.do_action(0)
    app.root = None
    app.wait_for_window()


def walk_language(desktop):
    """Chosen before signing in it is spoken at once; chosen later, from the next start on."""
    translations = {'CHATFLOW_LOCALEDIR': str(pathlib.Path(PROGRAM).resolve().parents[2] / 'po')}
    kept = os.path.join(os.environ['XDG_CONFIG_HOME'], 'chatflow', 'language.ini')
    with contextlib.suppress(FileNotFoundError):
        os.remove(kept)
    with Client(desktop, 'signed-out', env=translations) as client:
        app = client.app
        app.point(app.find('push button', 'Language'))
        speak(app, 'Deutsch')
        app.find('push button', 'Ich habe eine Einladung')
        shot(client, 'language-german')
        app.point(app.find('push button', 'Sprache'))
        speak(app, 'العربية')
        app.find('push button', 'لدي دعوة')
        shot(client, 'language-arabic')
    with Client(desktop, env=translations) as client:
        client.app.find('label', 'Ana Sousa')
        assert 'Mine' not in client.app.labels(), client.app.labels()
        shot(client, 'language-arabic-inbox')
    os.remove(kept)
    with Client(desktop, env=translations) as client:
        frame = settings(client, 'My account')
        client.app.find_text('Language', frame)
        shot(client, 'language-account')
