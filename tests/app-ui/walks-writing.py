# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through writing: answers, notes, drafts, what could not be sent."""

from client import WIDE, Client, nameless, shot


def walk_send(client):
    client.open('Ana Sousa')
    client.send('We will send it today 🚚 日本 عربي')
    app = client.app
    row = client.message('We will send it today 🚚 日本 عربي')
    app.find_text('Seen', row)
    captions = [text for item in client.messages() for text in app.labels(item) if '· Sent' in text or '· Seen' in text]
    assert len(captions) == 1, captions


def walk_enter_sends(client):
    client.open('Ana Sousa')
    client.app.type('first line')
    client.app.key('shift+Return')
    client.app.type('second line')
    client.app.key('Return')
    client.message('first line\nsecond line')
    client.app.type('with control')
    client.app.key('ctrl+Return')
    client.message('with control')


def walk_note(client):
    app = client.app
    client.open('Ana Sousa')
    app.find('push button', 'Send')
    app.key('ctrl+shift+n')
    app.find('push button', 'Add note')
    app.gone('push button', 'Send')
    app.find('text', 'Note')
    shot(client, 'note')
    client.send('For the team only', 'Add note')
    client.message('Note by Bruno Keller')
    app.key('ctrl+shift+n')
    app.find('push button', 'Send')


def walk_draft(client):
    """Answer and note have a draft each."""
    app = client.app
    client.open('Ana Sousa')
    app.type('half an answer')
    app.key('ctrl+shift+n')
    app.find('push button', 'Add note')
    app.until(lambda: client.written() == '', 'nothing of the answer in the note')
    app.type('half a note')
    app.key('alt+Down')
    app.until(lambda: client.title() != 'Ana Sousa', 'another conversation')
    app.until(lambda: client.written() == '', 'an empty composer')
    app.find('push button', 'Send')
    app.find_text('Draft: half an answer')
    app.key('alt+Up')
    app.until(lambda: client.written() == 'half a note', 'the draft of the note')
    app.find('push button', 'Add note')
    app.key('ctrl+shift+n')
    app.until(lambda: client.written() == 'half an answer', 'the draft of the answer')
    app.find('push button', 'Send')


def walk_failed(client):
    app = client.app
    client.open('Ana Sousa')
    client.script('fail')
    client.send('This will fail')
    app.find_text('Not sent: this conversation was deleted.')
    shot(client, 'failed')
    app.click('push button', 'Try again', client.message('This will fail'))
    app.find_text('Seen', client.message('This will fail'))
    client.script('fail')
    client.send('This too')
    app.find_text('Not sent')
    app.type('and more')
    app.click('push button', 'Edit', client.message('This too'))
    app.until(lambda: not any('This too' in item.get_name() for item in client.messages()), 'no more “This too”')
    app.until(lambda: client.written() == 'This too\n\nand more', 'its words above what is being written')


def walk_marks(desktop):
    """What is marked is shown as it is meant, and read aloud without the marks; plain words stay as they are."""
    for name, modes, env in (('light', '', {}), ('dark', '', {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}), ('rtl', 'rtl', {})):
        with Client(desktop, modes, size=WIDE, env=env) as client:
            app = client.app
            client.open('Ana Sousa')
            client.send('\n'.join(('**Two** things, `x*y`, not 2*3*4:', '- a *kettle*', '- [our tea](https://tea.example/green)', '```', 'brew --for 3', '```')))
            row = client.message('Two things, x*y, not 2*3*4:\na kettle\nour tea\nbrew --for 3')
            for words in ('Two things, x*y, not 2*3*4:', 'a kettle', 'our tea', 'brew --for 3'):
                app.find_text(words, row)
            app.find('push button', 'Copy code', row)
            assert not nameless(app)
            shot(client, 'marks-%s' % name)
            client.open('Ana Sousa')
            app.type('loud')
            app.key('ctrl+a')
            app.key('ctrl+b')
            app.until(lambda: client.written() == '**loud**', 'bold')
            app.key('ctrl+b')
            app.until(lambda: client.written() == 'loud', 'plain again')
