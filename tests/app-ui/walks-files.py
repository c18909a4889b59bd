# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through files: on their way up, in messages, refused."""

import contextlib
import os
import subprocess
import sys

from client import WIDE, Client, found, nameless, palette, press, shot


def make(desktop, name, size):
    """A file that can be attached."""
    folder = os.path.join(desktop.folder, 'files')
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, name)
    with open(path, 'wb') as file:
        file.write(b'x' * size)
    return path


def windows(title):
    """What is on the display, which is the test's own."""
    found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--all', '--name', '^%s$' % title], capture_output=True, text=True, check=False)
    return found.stdout.split()


def attach(client, path, command='attach'):
    """As if it had been chosen in the dialog, which belongs to the desktop."""
    client.script('%s 0 %s' % (command, path))
    client.app.find('push button', 'Take it away: ' + os.path.basename(path))


def walk_attach(desktop):
    """A file is chosen, waits for its turn to be up, is sent with its words, and stands in the thread."""
    with Client(desktop, 'held-upload') as client:
        app = client.app
        client.open('Ana Sousa')
        attach(client, make(desktop, 'terms.pdf', 300000))
        app.find_text('125.0\u00a0kB of 300.0\u00a0kB')
        app.write(client.composer(), 'Here they are')
        shot(client, 'files-uploading')
        bad = nameless(app)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        app.click('push button', 'Send')
        app.find_text('Goes out as soon as the files are up')
        shot(client, 'files-waiting')
        assert client.written() == 'Here they are', client.written()
        client.open('ليلى حداد')
        assert not app.all('push button', 'Take it away: terms.pdf'), 'files stay with their conversation'
        client.open('Ana Sousa')
        app.find('push button', 'Take it away: terms.pdf')
        client.script('uploads')
        client.message('Here they are')
        app.until(lambda: not app.all('push button', 'Take it away: terms.pdf'), 'an empty bar')
        app.find('push button', 'Save as…: terms.pdf')
        shot(client, 'files-sent')


def walk_dialog(desktop):
    """The desktop's own dialog, by the button, the key and the search box; what is chosen in it goes up."""
    with Client(desktop) as client:
        app = client.app
        client.open('Ana Sousa')
        app.click('push button', 'Attach files')
        window = app.until(lambda: windows('Attach files'), 'the dialog')[-1]
        subprocess.run(['xdotool', 'windowfocus', '--sync', window], check=True)
        subprocess.run(['xdotool', 'type', '--delay', '15', make(desktop, 'chosen.pdf', 1000)], check=True)
        subprocess.run(['xdotool', 'key', '--delay', '30', 'Return'], check=True)
        app.find('push button', 'Take it away: chosen.pdf')
        app.until(lambda: not windows('Attach files'), 'the dialog to close')
        app.key('ctrl+shift+o')
        window = app.until(lambda: windows('Attach files'), 'the dialog by its key')[-1]
        subprocess.run(['xdotool', 'windowfocus', '--sync', window], check=True)
        subprocess.run(['xdotool', 'key', '--delay', '30', 'Escape'], check=True)
        app.until(lambda: not windows('Attach files'), 'no dialog')
        palette(client, 'attach')
        found(client, 'Attach files')
        press(client, 'Return')
        app.until(lambda: windows('Attach files'), 'the dialog from the search box')


def walk_leave_while_waiting(desktop):
    """What waits for its files goes although another conversation is shown."""
    with Client(desktop, 'held-upload') as client:
        app = client.app
        client.open('Ana Sousa')
        attach(client, make(desktop, 'terms.pdf', 300000))
        app.find_text('125.0\u00a0kB of 300.0\u00a0kB')
        app.write(client.composer(), 'As promised')
        app.click('push button', 'Send')
        app.find_text('Goes out as soon as the files are up')
        client.open('ليلى حداد')
        client.script('uploads')
        app.find_text('As promised')
        client.open('Ana Sousa')
        client.message('As promised')
        assert client.written() == '', client.written()


def walk_cancel(desktop):
    """What is taken away is not sent; nothing but a file is a message too."""
    with Client(desktop, 'held-upload') as client:
        app = client.app
        client.open('Ana Sousa')
        attach(client, make(desktop, 'one.pdf', 300000))
        attach(client, make(desktop, 'two.pdf', 200000))
        app.click('push button', 'Take it away: one.pdf')
        app.until(lambda: not app.all('push button', 'Take it away: one.pdf'), 'one to be gone')
        client.script('uploads')
        app.until(lambda: '200.0\u00a0kB' in app.labels(), 'two to be up')
        app.click('push button', 'Send')
        app.find('push button', 'Save as…: two.pdf')


def walk_paste(desktop):
    """A picture in the clipboard becomes a file of its own, a file that was copied comes as it is, words stay words."""
    with Client(desktop) as client:
        app = client.app
        client.open('Ana Sousa')
        client.script('copy')
        app.key('ctrl+v')
        app.find('push button', lambda name: name.startswith('Take it away: Screenshot ') and name.endswith('.png'))
        client.script('copy ' + make(desktop, 'terms.pdf', 1000))
        app.key('ctrl+v')
        app.find('push button', 'Take it away: terms.pdf')
        assert client.written() == '', client.written()
        app.until(lambda: '1.0\u00a0kB' in app.labels(), 'both to be up')
        app.type('one')
        app.key('ctrl+a', 'ctrl+c', 'End', 'ctrl+v')
        app.until(lambda: client.written() == 'oneone', 'words')
        app.key('ctrl+Return')
        client.message('oneone')
        app.find('push button', lambda name: name.startswith('Picture Screenshot ') and name.endswith('640 by 400'))
        app.settle()
        shot(client, 'files-pasted')


@contextlib.contextmanager
def dragging(*paths):
    """A window of another program, from which these can be dragged."""
    program = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'drag-source.py'), *paths], stdout=subprocess.PIPE)
    os.set_blocking(program.stdout.fileno(), False)
    heard = bytearray()

    def says(word):
        heard.extend(program.stdout.read() or b'')
        return word in heard.split()
    try:
        yield says
    finally:
        program.terminate()
        program.wait()


def drag_onto(app, item, says):
    """By the pointer, as a person would: pressed, moved in steps, let go above it."""
    app.until(lambda: says(b'drawn'), 'the other window')
    source = windows('Drag source')[-1]
    subprocess.run(['xdotool', 'windowmove', '--sync', source, '0', '0', 'windowraise', source, 'mousemove', '--window', source, '60', '30'], check=True)
    subprocess.run(['xdotool', 'mousedown', '1'], check=True)
    x, y, width, height = app.extents(item)
    target = app.window()
    for part in range(1, 11):
        to = [str(60 + (x + width // 2 - 60) * part // 10), str(30 + (y + height // 2 - 30) * part // 10)]
        subprocess.run(['xdotool', 'mousemove', '--sync', '--window', target, *to], check=False)
    app.until(lambda: says(b'welcome'), 'what is below the pointer to take it')
    return lambda: subprocess.run(['xdotool', 'mouseup', '1'], check=True)


def walk_drop_from_outside(desktop):
    """Files dragged from another program, by the display's own protocol: several at once; a folder is refused with words."""
    names = ('terms.pdf', 'Übersicht 2 & more.pdf')
    paths = [make(desktop, name, 200000) for name in names]
    with Client(desktop, 'held-upload') as client:
        app = client.app
        client.open('Ana Sousa')
        with dragging(*paths) as says:
            let_go = drag_onto(app, client.view(), says)
            client.script('peek 0 and then it is drawn')
            app.find_text('and then it is drawn')
            shot(client, 'files-dragged')
            let_go()
            for name in names:
                app.find('push button', 'Take it away: ' + name)
            shot(client, 'files-dropped')
        with dragging(os.path.dirname(paths[0])) as says:
            drag_onto(app, client.view(), says)()
            app.find_text('A folder cannot be sent. Make an archive of it first.')


def walk_drop(desktop):
    """A file that is let go above the conversation is attached, a folder says what to do instead; the page shows where it would land."""
    with Client(desktop) as client:
        app = client.app
        client.open('Ana Sousa')
        path = make(desktop, 'terms.pdf', 1000)
        client.script('drop')
        client.script('peek 0 and then it is drawn')
        app.find_text('and then it is drawn')
        shot(client, 'files-drop')
        client.script('drop ' + path)
        app.find('push button', 'Take it away: terms.pdf')
        client.script('drop ' + os.path.dirname(path))
        app.find_text('A folder cannot be sent. Make an archive of it first.')
        app.find('push button', 'Take it away: files')


def walk_fetch(desktop):
    """What comes down can be stopped, and asked for again."""
    with Client(desktop, 'held-upload') as client:
        app = client.app
        client.open('Ana Sousa')
        client.script('bring 0')
        app.click('push button', lambda name: name.startswith('Save as…: Invoice'))
        stop = app.find('push button', lambda name: name.startswith('Stop: Invoice'))
        app.find_text('of 1.2\u00a0MB')
        shot(client, 'files-fetching')
        stop.do_action(0)
        app.find('push button', lambda name: name.startswith('Save as…: Invoice'))
        client.script('uploads')
        app.click('push button', lambda name: name.startswith('Save as…: Invoice'))
        app.until(lambda: windows('Save file'), 'where to save it')


def walk_refused(desktop):
    """Too large, a folder, the wrong kind: each says so, and nothing is sent before it is settled."""
    with Client(desktop) as client:
        app = client.app
        client.open('Ana Sousa')
        app.write(client.composer(), 'Look')
        attach(client, make(desktop, 'film.mp4', 5000000))
        app.find_text('Too large for this server: 5.0 MB')
        attach(client, make(desktop, 'setup.exe', 3000))
        app.find_text('Files of this kind may not be sent here')
        shot(client, 'files-refused')
        app.key('Return')
        assert client.written() == 'Look', client.written()
        app.click('push button', 'Take it away: film.mp4')
        app.click('push button', 'Take it away: setup.exe')
        app.until(lambda: not app.all('push button', lambda name: name.startswith('Take it away')), 'an empty bar')
        app.click('push button', 'Send')
        client.message('Look')


def walk_offline(desktop):
    """Without a connection files wait, and go when it is back."""
    with Client(desktop, 'offline') as client:
        app = client.app
        client.open('Ana Sousa')
        attach(client, make(desktop, 'later.pdf', 1000))
        app.find_text('Waiting')
        client.script('link live')
        app.until(lambda: '1.0\u00a0kB' in app.labels(), 'it to be up')


def walk_note(desktop):
    """What is attached to a note stays with the note."""
    with Client(desktop) as client:
        app = client.app
        client.open('Ana Sousa')
        app.key('ctrl+shift+n')
        app.find('push button', 'Add note')
        attach(client, make(desktop, 'internal.pdf', 1000), 'attach-note')
        app.find('push button', 'Take it away: internal.pdf')
        shot(client, 'files-note')
        app.key('ctrl+shift+n')
        app.find('push button', 'Send')
        assert not app.all('push button', 'Take it away: internal.pdf'), 'a file of the team is not offered to the visitor'
        app.key('ctrl+shift+n')
        app.find('push button', 'Take it away: internal.pdf')


def walk_long_name(desktop):
    with Client(desktop, size=(360, 720)) as client:
        app = client.app
        client.open('Ana Sousa')
        attach(client, make(desktop, '😀' * 60 + '.pdf', 1000))
        app.until(lambda: '1.0\u00a0kB' in app.labels(), 'it to be up')
        shot(client, 'files-long-name')


def shot_files(desktop):
    looks = {'light': {}, 'dark': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}, 'narrow': {}, 'rtl': {}}
    for look, env in looks.items():
        with Client(desktop, 'rtl' if look == 'rtl' else '', (360, 720) if look == 'narrow' else WIDE, env) as client:
            app = client.app
            client.open('Ana Sousa')
            client.script('bring 0')
            app.find('push button', 'Picture broken parcel.png, 1600 by 1200')
            client.message('It came like this.')
            app.settle()
            shot(client, 'files-' + look)
            bad = nameless(app)
            assert not bad, 'controls without a name:\n' + '\n'.join(bad)


def walk_picture(desktop):
    """A picture opens large, and closes by the keyboard."""
    with Client(desktop) as client:
        app = client.app
        client.open('Ana Sousa')
        client.script('bring 0')
        app.point(app.find('push button', 'Picture broken parcel.png, 1600 by 1200'))
        window = app.until(lambda: windows('broken parcel.png'), 'the picture')[-1]
        frame = app.find('frame', 'broken parcel.png')
        bad = nameless(app, frame)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        app.settle()
        shot(client, 'files-large')
        subprocess.run(['xdotool', 'windowfocus', '--sync', window], check=True)
        subprocess.run(['xdotool', 'key', '--delay', '30', 'Escape'], check=True)
        app.until(lambda: not windows('broken parcel.png'), 'it to close')
