# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop client with a scripted model below its pages, as the walks use it."""

import os
import subprocess
import sys

PROGRAM, LIBRARY, SHOTS = sys.argv[1:4]
SHOTS = os.environ.get('CHATFLOW_SHOTS', SHOTS)
sys.path.insert(0, LIBRARY)
from desktop import is_visible  # noqa: E402

WIDE = (1280, 800)
# Complaints of GTK: of a click that it gives up; of some label under load, in the very words in which other programs have it, its cause not known.
# AddressSanitizer does not know the flag with which Arabic numbers are written.
HARMLESS = ('focus-out', 'reported min width -3', 'unexpected format specifier in printf')
CONTROLS = ('push button', 'toggle button', 'text', 'check box', 'list', 'menu item', 'entry', 'password text')
# Names that GTK makes up from the type of a widget that has none.
MADE_UP = ('Gtk', 'Adw', 'Cfa')


def below(item):
    children = (item.get_child_at_index(i) for i in range(item.get_child_count()))
    return [child for child in children if child]


class Client:
    """A client with the dummy model, and the FIFO that scripts it."""

    def __init__(self, desktop, modes='', size=WIDE, env=None, argv=()):
        self.fifo = os.path.join(desktop.folder, 'control-%d' % len(desktop.apps))
        os.mkfifo(self.fifo)
        extra = {'CFA_DUMMY': modes, 'CFA_DUMMY_CONTROL': self.fifo}
        self.app = desktop.launch([PROGRAM, *argv], dict(extra, **(env or {})), size)
        self._threads = None

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        log = self.app.output()
        self.app.stop()
        os.unlink(self.fifo)
        if kind is None:
            bad = [line for line in log.splitlines() if 'CRITICAL' in line or ('WARNING' in line and not any(words in line for words in HARMLESS))]
            assert not bad, 'the program complained:\n' + '\n'.join(bad)

    def script(self, line):
        with open(self.fifo, 'w', encoding='utf-8') as file:
            file.write(line + '\n')

    def open(self, name):
        """Opens a conversation of the inbox that is shown, with the mouse."""
        app = self.app
        app.point(app.find('label', name, app.find('list', 'Conversations')))
        return app.until(lambda: self.title() == name and self.composer(), name)

    def tidy(self):
        """Leaves what is open, so that the next walk finds the client as after its start."""
        app = self.app
        app.key('Escape', 'Escape', 'ctrl+1')
        composer = self.composer()
        if composer:
            app.clear(composer)
            if app.all('push button', 'Add note'):
                app.key('ctrl+shift+n')
                app.find('push button', 'Send')

    def title(self):
        """The name in the head of the conversation that is open."""
        titles = self.app.all('filler', 'AdwWindowTitle')
        return self.app.labels(titles[0])[0] if titles and self.app.labels(titles[0]) else None

    def composer(self):
        # In one look: while a note becomes an answer, two would miss it.
        found = self.app.all('text', lambda name: name in ('Reply', 'Note'))
        return found[0] if found else None

    def written(self):
        """What stands in the composer; None when there is none."""
        composer = self.composer()
        return self.app.text(composer) if composer else None

    def view(self):
        """The list of messages that is shown; what keeps them stays for as long as the window lives."""
        if self._threads is None:
            self._threads = self.app.find('list', 'Messages').get_parent().get_parent()

        def shown():
            return next((view for pane in below(self._threads) if is_visible(pane) for view in below(pane) if view.get_name() == 'Messages'), None)
        return self.app.until(shown, 'the messages')

    def messages(self):
        view = self.view()
        children = (view.get_child_at_index(i) for i in range(view.get_child_count()))
        return [child for child in children if child and child.get_role_name() == 'list item']

    def count(self):
        """How many messages are loaded."""
        return self.view().get_child_count() - 1

    def near_top(self):
        """Whether scrolling has come so near the oldest loaded message that older ones are asked for."""
        view = self.view()
        top, height = self.app.extents(view)[1], self.app.extents(view)[3]
        return self.app.extents(self.messages()[0])[1] > top - 1.4 * height

    def message(self, part):
        """The message row whose name contains part."""
        return self.app.until(lambda: next((item for item in self.messages() if part in item.get_name()), None), part)

    def send(self, text, button='Send'):
        composer = self.app.until(self.composer, 'the composer')
        self.app.write(composer, text)
        self.app.click('push button', button)
        self.app.until(lambda: self.app.text(composer) == '', 'an empty composer')


def shot(client, name):
    client.app.screenshot(os.path.join(SHOTS, name + '.png'))


def nameless(app, root=None):
    """Controls that a screen reader would have no name for."""
    bad = []
    for item in app.walk(root):
        role, name = item.get_role_name(), item.get_name()
        if not is_visible(item):
            continue
        if role in CONTROLS and (not name or name.startswith(MADE_UP)) and app.extents(item)[2:] != (0, 0):
            parent = item.get_parent()
            bad.append('%s “%s” in %s “%s”' % (role, name, parent.get_role_name(), parent.get_name()))
    return bad


def palette(client, text='', key='ctrl+k'):
    """Opens the search palette and writes into it."""
    client.app.key(key)
    client.app.find('frame', 'Search')
    focus(client)
    if text:
        client.app.write(entry(client), text)


def focus(client):
    """Without a window manager nobody gives the palette the keyboard."""
    windows = client.app.until(lambda: subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(client.app.process.pid), '--name', '^Search$'],
                                                      capture_output=True, text=True, check=False).stdout.split(), 'the palette')
    subprocess.run(['xdotool', 'windowfocus', '--sync', windows[-1]], check=True)


def press(client, *keys):
    focus(client)
    subprocess.run(['xdotool', 'key', '--delay', '30', *keys], check=True)


def entry(client):
    name = 'Search people and messages, or type a command'
    return client.app.until(lambda: next(iter(client.app.all('text', name, client.app.find('frame', 'Search'))
                                              + client.app.all('entry', name, client.app.find('frame', 'Search'))), None), 'the box')


def rows(client):
    """The names of all results."""
    lists = client.app.all('list', 'Results')
    return [item.get_name() for item in client.app.all('list item', None, lists[0])] if lists else []


def found(client, part):
    return client.app.until(lambda: next((name for name in rows(client) if part in name), None), part)


def settings(client, page):
    """Opens the settings by their key, at a page."""
    app = client.app
    if not app.all('list', 'Pages'):
        app.key('ctrl+comma')
    row = app.find('list item', page, app.find('list', 'Pages'))
    app.until(lambda: app.extents(row)[2] > 0, 'the list of pages')
    frame = app.find('frame', 'Settings')
    place = app.extents(row)
    window = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(app.process.pid), '--name', '^Settings$'],
                            capture_output=True, text=True, check=True).stdout.split()[-1]
    subprocess.run(['xdotool', 'windowfocus', '--sync', window, 'mousemove', '--window', window,
                    str(place[0] + place[2] // 2), str(place[1] + place[3] // 2), 'click', '1'], check=True)
    app.until(lambda: any(page in app.labels(head) for head in app.all('filler', 'AdwWindowTitle', frame)), page)
    return frame


def point_in_settings(client, item, title='Settings'):
    """Clicks it, in the settings or in a window above them."""
    x, y, width, height = client.app.rest(item)
    window = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(client.app.process.pid), '--name', '^%s$' % title],
                            capture_output=True, text=True, check=True).stdout.split()[-1]
    subprocess.run(['xdotool', 'windowfocus', '--sync', window, 'mousemove', '--window', window, str(x + width // 2), str(y + height // 2), 'click', '1'],
                   check=True)


def in_dialog(app, title):
    return app.find('frame', title)


def picture(desktop, name, modes='', size=WIDE, env=None, conversation='Ana Sousa', script=()):
    pictures(desktop, {name: conversation}, modes, size, env, script)


def pictures(desktop, conversations, modes='', size=WIDE, env=None, script=()):
    """One client, several conversations: {name of the picture: conversation}."""
    with Client(desktop, modes, size, env) as client:
        for name, conversation in conversations.items():
            if conversation:
                client.open(conversation)
            for line in script:
                client.script(line)
            if script:
                client.app.until(lambda: any('and I need' in label for label in client.app.labels()), 'the peek')
            shot(client, name)
