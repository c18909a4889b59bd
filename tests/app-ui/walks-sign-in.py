# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through signing in, the link to the server and the end."""

import os
import stat
import subprocess

from client import Client, PROGRAM, nameless, picture, shot


def walk_quit(desktop):
    for key in ('ctrl+w', 'ctrl+q'):
        with Client(desktop) as client:
            client.app.find('label', 'Ana Sousa')
            client.app.key(key)
            assert client.app.process.wait(10) == 0
            assert 'CRITICAL' not in client.app.output(), client.app.output()


def walk_presence(client):
    app = client.app
    app.find('label', 'Ana Sousa')
    app.key('F10')
    app.find('menu item', 'Sign out')
    shot(client, 'menu')
    app.key('Escape')


def walk_connection(desktop):
    with Client(desktop, 'offline') as client:
        app = client.app
        app.find_text('Trying again in')
        app.find('label', 'Offline')
        client.open('Ana Sousa')
        client.send('Written without a network')
        app.find_text('Working offline: 1 message will be sent')
        client.message('Written without a network')
        app.find_text('Sending…')
        shot(client, 'offline')
        app.click('push button', 'Try now')
        app.find('label', 'Online')
        app.find_text('Seen', client.message('Written without a network'))
        client.script('refuse Bruno has closed this conversation already')
        app.find_text('Bruno has closed this conversation already')


def sign_in(app, server, email, password):
    for name, text in (('Server address', server), ('Email', email), ('Password', password)):
        field = app.find('text', name) if name != 'Password' else \
            app.until(lambda: (app.all('password text', 'Password') + app.all('text', 'Password') or [None])[0], name)
        app.clear(field)
        app.write(field, text)
    app.click('push button', 'Sign in')


def walk_sign_in(desktop):
    with Client(desktop, 'signed-out') as client:
        app = client.app
        app.find('text', 'Server address')
        shot(client, 'sign-in')
        bad = nameless(app)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        for server, password, words, picture in (
                ('nowhere', 'x', 'Check the address', 'sign-in-bad-address'),
                ('down.example.com', 'x', 'does not answer. Check the network', None),
                ('tls.example.com', 'x', 'cannot be trusted', None),
                ('chat.example.com', 'wrong', 'Email or password is wrong', 'sign-in-refused')):
            sign_in(app, server, 'bruno@example.com', password)
            app.find_text(words)
            if picture:
                shot(client, picture)
        sign_in(app, 'slow.example.com', 'bruno@example.com', 'right')
        app.find_text('Signing in…')
        shot(client, 'sign-in-busy')
        app.click('push button', 'Cancel')
        app.until(lambda: app.all('push button', 'Sign in'), 'the form again')
        sign_in(app, 'chat.example.com', 'bruno@example.com', 'right')
        app.find('label', 'Ana Sousa')


def walk_keyring(desktop):
    with Client(desktop, 'keyring-locked') as client:
        app = client.app
        app.find('push button', 'Unlock and try again')
        shot(client, 'keyring-locked')
        app.click('push button', 'Sign in again')
        app.find('text', 'Server address')
    with Client(desktop, 'keyring-missing') as client:
        client.app.find_text('your sign-in lasts until you quit')
        shot(client, 'keyring-missing')
        client.app.click('push button', 'Got it')


def walk_sign_in_file(desktop):
    path = os.path.join(desktop.folder, 'sign-in')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('[sign-in]\nserver=https://chat.example.com\nemail=bruno@example.com\npassword=right\n')
    os.chmod(path, 0o644)
    refused = subprocess.run([PROGRAM, '--sign-in-file', path], capture_output=True, text=True, check=False)
    assert refused.returncode == 2 and 'chmod 600' in refused.stderr, refused
    os.chmod(path, stat.S_IRUSR | stat.S_IWUSR)
    with Client(desktop, 'signed-out', argv=['--sign-in-file', path]) as client:
        client.app.find('label', 'Ana Sousa')


def walk_options(desktop):
    text = subprocess.run([PROGRAM, '--version'], capture_output=True, text=True, check=True).stdout
    assert text.startswith('ChatFlow '), text
    text = subprocess.run([PROGRAM, '--help'], capture_output=True, text=True, check=True).stdout
    assert '--sign-in-file=FILE' in text, text
    with Client(desktop) as client:
        client.app.find('label', 'Ana Sousa')
        second = subprocess.run([PROGRAM], timeout=20, check=False)
        assert second.returncode == 0, 'a second start hands over to the first'
