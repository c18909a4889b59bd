# SPDX-License-Identifier: GPL-3.0-or-later
"""An agent's photo: chosen, shown, refused, removed and brought back; and wherever the agent is shown."""

import os
import subprocess
import zlib

from client import WIDE, Client, entry, found, nameless, palette, point_in_settings, press, settings, shot
from desktop import has_state


def png(path, width, height, color):
    """A picture of one colour."""
    def chunk(kind, data):
        body = kind + data
        return len(data).to_bytes(4, 'big') + body + zlib.crc32(body).to_bytes(4, 'big')

    head = width.to_bytes(4, 'big') + height.to_bytes(4, 'big') + bytes([8, 2, 0, 0, 0])
    rows = (b'\0' + bytes(color) * width) * height
    with open(path, 'wb') as out:
        out.write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))
    return path


def choose(client, frame, path):
    """In the desktop's own dialog."""
    windows = ['xdotool', 'search', '--onlyvisible', '--all', '--name', '^Choose a picture$']
    client.app.click('push button', 'Choose… Photo', frame)
    found = client.app.until(lambda: subprocess.run(windows, capture_output=True, text=True, check=False).stdout.split(), 'the dialog')
    subprocess.run(['xdotool', 'windowfocus', '--sync', found[-1]], check=True)
    subprocess.run(['xdotool', 'type', '--delay', '15', path], check=True)
    subprocess.run(['xdotool', 'key', '--delay', '30', 'Return'], check=True)


def remove_button(client, frame):
    """It is there while there is a photo."""
    return [button for button in client.app.all('push button', lambda name: name.startswith('Remove the photo'), frame) if client.app.extents(button)[2] > 0]


def walk_photo_account(desktop):
    """Chosen, removed, brought back; what is no photo is refused in words."""
    with Client(desktop) as client:
        app = client.app
        folder = desktop.folder
        frame = settings(client, 'My account')
        app.find_text('Colleagues and visitors see the initials', frame)
        shot(client, 'photo-none')
        choose(client, frame, png(os.path.join(folder, 'me.png'), 640, 480, (40, 110, 150)))
        app.find_text('Your photo is shown now', frame)
        app.find_text('Colleagues and visitors see it', frame)
        app.until(lambda: remove_button(client, frame), 'the way to remove it')
        bad = nameless(app)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        shot(client, 'photo-chosen')
        with open(os.path.join(folder, 'drawing.svg'), 'w', encoding='utf-8') as out:
            out.write('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><rect width="90" height="90" fill="red"/></svg>')
        choose(client, frame, os.path.join(folder, 'drawing.svg'))
        app.find_text('A drawing is no photo: choose a JPEG, PNG, WebP or GIF', frame)
        with open(os.path.join(folder, 'letter.png'), 'w', encoding='utf-8') as out:
            out.write('Dear Sir or Madam')
        choose(client, frame, os.path.join(folder, 'letter.png'))
        app.find_text('This picture cannot be read: choose a JPEG, PNG, WebP or GIF', frame)
        choose(client, frame, png(os.path.join(folder, 'wall.png'), 12000, 6000, (200, 200, 200)))
        app.find_text('The picture is too large', frame)
        point_in_settings(client, remove_button(client, frame)[0])
        app.find_text('Your photo is not shown any more', frame)
        app.until(lambda: not remove_button(client, frame), 'nothing to remove')
        app.undo(frame)
        app.until(lambda: remove_button(client, frame), 'the photo again')


def walk_photo_refused(desktop):
    """What the server says, and without a connection."""
    with Client(desktop) as client:
        app = client.app
        frame = settings(client, 'My account')
        client.script('fail')
        choose(client, frame, png(os.path.join(desktop.folder, 'me.png'), 64, 64, (40, 110, 150)))
        app.find_text('Not changed', frame)
        app.find_text('Colleagues and visitors see the initials', frame)
    with Client(desktop, 'offline') as client:
        frame = settings(client, 'My account')
        button = client.app.find('push button', 'Choose… Photo', frame)
        assert not has_state(button, 'SENSITIVE'), 'it needs a connection'


def walk_photo_team(desktop):
    """An admin changes that of a colleague, whose photo is in the row."""
    for modes, name in (('photos', 'light'), ('photos,rtl', 'rtl')):
        with Client(desktop, modes) as client:
            app = client.app
            frame = settings(client, 'Team')
            point_in_settings(client, app.find('label', 'Ana Sousa', frame))
            button = app.until(lambda: remove_button(client, frame), 'the photo')[0]  # pylint: disable=cell-var-from-loop
            shot(client, 'photo-team-' + name)
            point_in_settings(client, button)
            app.find_text('The photo of Ana Sousa is not shown any more', frame)


def walk_photo_pasted(desktop):
    """A picture from the clipboard, with the keyboard on the row."""
    with Client(desktop) as client:
        app = client.app
        frame = settings(client, 'My account')
        client.script('copy')
        button = app.find('push button', 'Choose… Photo', frame)
        window = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(app.process.pid), '--name', '^Settings$'], capture_output=True, text=True, check=True).stdout.split()[-1]
        subprocess.run(['xdotool', 'windowfocus', '--sync', window], check=True)

        def reached():
            subprocess.run(['xdotool', 'key', 'Tab'], check=True)
            return has_state(button, 'FOCUSED')
        app.until(reached, 'the keyboard on the button')
        subprocess.run(['xdotool', 'key', 'ctrl+v'], check=True)
        app.find_text('Your photo is shown now', frame)


def walk_photo_everywhere(desktop):
    """Beside what colleagues say and among those who look at a conversation, in all looks."""
    looks = {'light': {}, 'dark': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}, 'narrow': {}, 'rtl': {}}
    for look, env in looks.items():
        with Client(desktop, 'photos,rtl' if look == 'rtl' else 'photos', (360, 900) if look == 'narrow' else WIDE, env) as client:
            app = client.app
            if look == 'narrow':
                app.click('push button', 'Inboxes')
            row = app.find('list item', lambda name: name.startswith('Front desk, '))
            app.point(app.find('label', 'Front desk', row))
            app.find_text('They ask for you')
            app.settle()
            shot(client, 'photo-team-chat-' + look)
            if look == 'narrow':
                settings(client, 'My account')
                shot(client, 'photo-account-narrow')
                continue
            app.key('ctrl+1')
            client.script('viewing 0 Ana Sousa')
            client.open('Ana Sousa')
            app.settle()
            shot(client, 'photo-viewers-' + look)


def walk_photo_choosing(desktop):
    """Beside the names of colleagues, wherever one is chosen: to hand over one conversation or several, to call them, and in what is found."""
    shirt = (0x2f, 0x6f, 0x8f)  # of whom the dummy has painted
    path = os.path.join(desktop.folder, 'choosing.png')

    def photo(client, there, of):
        def seen():
            client.app.screenshot(path)
            told = subprocess.run(['convert', path, '-depth', '8', 'rgb:-'], capture_output=True, check=True).stdout
            return sum(all(abs(told[i + n] - shirt[n]) < 12 for n in range(3)) for i in range(0, len(told), 3))
        client.app.until(lambda: (seen() > 20) == there, ('the photo of ' if there else 'no photo of ') + of)

    for look, env in {'light': {}, 'dark': {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}, 'rtl': {}}.items():
        with Client(desktop, 'photos,rtl' if look == 'rtl' else 'photos', env=env) as client:
            app = client.app
            client.open('ليلى حداد')
            photo(client, False, 'anybody yet')
            app.key('ctrl+shift+h')
            app.find('list item', 'Chiara Conti, online', app.find('list', 'Hand over to'))
            photo(client, True, 'whom it can be handed over to')
            shot(client, 'photo-hand-over-' + look)
            app.type('dmit')
            photo(client, False, 'somebody else')
            app.key('Escape')
            app.click('push button', 'Note')
            app.find('push button', 'Add note')
            app.point(client.composer())
            app.type('@D')
            app.find('list item', 'Dmitri Sokolov', app.find('list', 'Colleagues'))
            photo(client, False, 'who has none')
            app.key('BackSpace')
            app.type('Chi')
            app.find('list item', 'Chiara Conti', app.find('list', 'Colleagues'))
            photo(client, True, 'who is called')
            shot(client, 'photo-mention-' + look)
            app.key('Escape')
            palette(client, 'chiara')
            found(client, 'Chiara Conti')
            photo(client, True, 'who was found')
            shot(client, 'photo-palette-' + look)
            app.clear(entry(client))
            app.write(entry(client), 'dmitri')
            photo(client, False, 'who was not found')
            app.clear(entry(client))
            app.write(entry(client), 'usual place')
            found(client, 'The usual place')
            photo(client, True, 'who wrote what was found')
            press(client, 'Escape')
            app.gone('frame', 'Search')
