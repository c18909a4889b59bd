#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through the desktop client with a scripted model below its pages, by AT-SPI and real keys, and photographs it.

    walk.py PROGRAM LIBRARY-FOLDER SHOTS-FOLDER [NAME…]

Names choose among the functions below that begin with "walk_" or "shot_". Those that take a client share one; they come first.
"""

import inspect
import os
import stat
import subprocess
import sys

PROGRAM, LIBRARY, SHOTS = sys.argv[1:4]
SHOTS = os.environ.get('CHATFLOW_SHOTS', SHOTS)
sys.path.insert(0, LIBRARY)
from desktop import Desktop, Timeout, is_visible  # noqa: E402

WIDE = (1280, 800)
CONTROLS = ('push button', 'toggle button', 'text', 'check box', 'list', 'menu item', 'entry', 'password text')
# Names that GTK makes up from the type of a widget that has none.
MADE_UP = ('Gtk', 'Adw', 'Cfa')


class Client:
    """A client with the dummy model, and the FIFO that scripts it."""

    def __init__(self, desktop, modes='', size=WIDE, env=None, argv=()):
        self.fifo = os.path.join(desktop.folder, 'control-%d' % len(desktop.apps))
        os.mkfifo(self.fifo)
        extra = {'CFA_DUMMY': modes, 'CFA_DUMMY_CONTROL': self.fifo}
        self.app = desktop.launch([PROGRAM, *argv], dict(extra, **(env or {})), size)
        self._view = None

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        log = self.app.output()
        self.app.stop()
        os.unlink(self.fifo)
        if kind is None:
            bad = [line for line in log.splitlines() if 'CRITICAL' in line or ('WARNING' in line and 'focus-out' not in line)]
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
        """The list of messages; one for as long as the window lives."""
        if self._view is None:
            self._view = self.app.find('list', 'Messages')
        return self._view

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
        if role in CONTROLS and (not name or name.startswith(MADE_UP)):
            parent = item.get_parent()
            bad.append('%s “%s” in %s “%s”' % (role, name, parent.get_role_name(), parent.get_name()))
    return bad


def walk_names(client):
    client.open('Ana Sousa')
    client.app.find(None, 'Ana Sousa, Could it be here by Friday?, vip, refund, Lieferung')
    client.app.find(None, lambda name: name.startswith('Maximiliane') and ', 3 unread, ' in name)
    print('first window after %.2f s' % client.app.first_window)
    bad = nameless(client.app)
    assert not bad, 'controls without a name:\n' + '\n'.join(bad)


def walk_keys(client):
    app = client.app
    app.find('label', 'Ana Sousa')
    for key, name in (('2', '林小明'), ('4', 'Priya Raghunathan'), ('6', 'Søren Kjærgaard'), ('3', 'Tomás O’Brien'), ('5', '<script>alert(1)</script>'),
                      ('1', 'Jürgen Weiß')):
        app.key('ctrl+' + key)
        app.until(lambda wanted=name: app.all('label', wanted, app.find('list', 'Conversations')), name)
    app.key('ctrl+u')
    app.until(lambda: (client.title() or '').startswith('Maximiliane'), 'the next unread')
    app.key('ctrl+2')
    app.key('alt+Down')
    app.until(lambda: client.title() == 'Visitor', 'an unassigned one')
    app.key('ctrl+shift+a')
    app.find_text('took the conversation')
    app.key('ctrl+shift+w')
    app.find_text('Closed the conversation with Visitor')
    app.find('push button', 'Reopen')
    shot(client, 'closed-undo')
    app.click('push button', lambda name: 'Undo' in name)
    app.find_text('reopened the conversation')
    app.key('ctrl+f')
    app.type('lin@ex')
    app.until(lambda: len([x for x in app.labels(app.find('list', 'Conversations')) if x == '林小明']) == 1
              and 'Visitor' not in app.labels(app.find('list', 'Conversations')), 'what was searched')
    shot(client, 'search')
    app.key('Return')
    app.until(lambda: client.title() == '林小明', 'the found one')
    app.key('Escape')
    app.key('ctrl+question')
    app.find_text('Next unread conversation')
    shot(client, 'shortcuts')


def walk_desk(client):
    """Tags, handing over, snoozing and waking, by the keyboard alone."""
    app = client.app
    client.open('Ana Sousa')
    app.key('ctrl+shift+l')
    app.find('entry', 'Tag')
    app.type('later')
    shot(client, 'tags')
    app.key('Return')
    app.find('push button', 'Remove the tag later')
    app.click('push button', 'Remove the tag later')
    app.gone('push button', 'Remove the tag later')
    app.key('ctrl+shift+s')
    app.find('push button', lambda name: name.startswith('Tomorrow, '))
    shot(client, 'snooze')
    app.click('push button', lambda name: name.startswith('Tomorrow, '))
    app.find_text('Snoozed until')
    shot(client, 'snoozed')
    app.click('push button', 'Wake now')
    app.find_text('The conversation is back')
    client.open('ليلى حداد')
    app.key('ctrl+shift+h')
    app.find('entry', 'Hand over to')
    shot(client, 'hand-over')
    app.type('chia')
    app.key('Return')
    app.find_text('handed the conversation over to Chiara Conti')


def walk_message_menu(client):
    """What can be done with a message: answered with a quote, edited, deleted, copied; a note pinned."""
    app = client.app
    client.open('Jürgen Weiß')
    client.script('viewing 7 Chiara Conti')
    app.find_text('Chiara Conti is looking at this')
    row = client.message('Vielen Dank')
    app.point(app.find('label', 'Vielen Dank für die schnelle Hilfe!', row))
    app.key('Menu')
    app.click('menu item', 'Reply with quote')
    app.find('push button', 'Never mind')
    shot(client, 'quote')
    client.send('Sehr gerne')
    app.find('push button', lambda name: name.startswith('In answer to Vielen Dank'))
    app.find_text('Seen', client.message('Sehr gerne'))
    shot(client, 'quoted')
    client.script('overtake')
    client.send('Noch etwas')
    app.find_text('Chiara Conti has written meanwhile')
    shot(client, 'overtaken')
    app.click('push button', 'Send anyway')
    app.find_text('Seen', client.message('Noch etwas'))


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
    app = client.app
    client.open('Ana Sousa')
    app.type('half an answer')
    app.key('ctrl+shift+n')
    app.find('push button', 'Add note')
    app.key('alt+Down')
    app.until(lambda: client.title() != 'Ana Sousa', 'another conversation')
    app.until(lambda: client.written() == '', 'an empty composer')
    app.find('push button', 'Send')
    app.find_text('Draft: half an answer')
    app.key('alt+Up')
    app.until(lambda: client.written() == 'half an answer', 'the draft')
    app.find('push button', 'Add note')


def walk_restored(client):
    """A server that was restored may know nothing of what is open or was found."""
    app = client.app
    client.open('Ana Sousa')
    app.key('ctrl+f')
    app.type('lin@ex')
    app.until(lambda: 'Ana Sousa' not in app.labels(app.find('list', 'Conversations')), 'what was searched')
    client.script('reset')
    app.find('label', 'Ana Sousa', app.find('list', 'Conversations'))
    app.until(lambda: any(app.on_screen(words) for words in app.all('label', 'No conversation open')), 'nothing that is open')
    client.open('Ana Sousa')


def walk_new(client):
    app = client.app
    client.open('Ana Sousa')
    client.script('receive 3 Guten Abend')
    app.find('label', 'Guten Abend', app.find('list', 'Conversations'))
    client.open('Maximiliane von Habsburg-Lothringen-Österreichische Nachnamengesellschaft')
    app.until(lambda: any('New' in app.labels(item) for item in client.messages()), 'a mark')
    marked = [item.get_name() for item in client.messages() if 'New' in app.labels(item)]
    assert len(marked) == 1 and 'Guten Abend' in marked[0], marked
    client.send('🎉')
    shot(client, 'new')


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
    app.click('push button', 'Discard', client.message('This too'))
    app.until(lambda: not any('This too' in item.get_name() for item in client.messages()), 'no more “This too”')


def first_in_sight(client):
    """The first message whose upper edge is below that of the view."""
    app = client.app
    top = app.extents(client.view())[1]
    for item in client.messages():
        if app.extents(item)[1] > top + 10:
            return item
    raise Timeout('no message in sight')


def settled(client, item):
    """The row's upper edge, once it has come to rest."""
    last = []

    def rests():
        last.append(client.app.extents(item)[1])
        return len(last) > 2 and last[-1] == last[-2] == last[-3]
    client.app.until(rests, 'a row at rest')
    return last[-1]


def walk_history_stays(desktop):
    with Client(desktop, 'held-history') as client:
        app = client.app
        client.open('Ana Sousa')
        counts = [client.count()]
        while len(counts) < 4:
            app.key('ctrl+Page_Up')
            row = first_in_sight(client)
            before = settled(client, row)
            if not client.near_top():
                continue

            def longer():
                client.script('history 0')
                count = client.count()
                return count if count > counts[-1] else None
            counts.append(app.until(longer, 'older messages'))
            after = settled(client, row)
            assert before == after, '“%s” moved from %d to %d' % (row.get_name()[:40], before, after)
        print('history', counts)


def walk_nothing_jumps(client):
    app = client.app
    client.open('Ana Sousa')
    app.key('ctrl+Page_Up')
    app.find('push button', 'To the newest ↓')
    row = first_in_sight(client)
    name, before = row.get_name(), app.extents(row)[1]
    app.write(app.until(client.composer, 'the composer'), 'while I type')
    for number in range(3):
        client.script('receive 0 News %d' % number)
    app.find('push button', '3 new messages ↓')
    after = app.extents(client.message(name))[1]
    assert before == after, '%d -> %d' % (before, after)
    shot(client, 'pill')
    app.type(' on')
    app.until(lambda: client.written() == 'while I type on', 'the focus kept')
    app.click('push button', '3 new messages ↓')
    app.until(lambda: app.extents(client.message('News 2'))[1] > 0, 'the newest')
    client.script('receive 0 And one more')
    client.message('And one more')


def walk_opens_at_unread(desktop):
    """Where much is unread, reading begins where it begins; what fits on the screen is shown with its end."""
    with Client(desktop, 'unread') as client:
        app = client.app

        def pill_shows():
            return any(app.on_screen(pill) for pill in app.all('push button', 'To the newest ↓'))
        client.open('Ana Sousa')
        app.until(pill_shows, 'the way to the end')
        row = app.until(lambda: next((item for item in client.messages() if 'New' in app.labels(item)), None), 'the first unread')
        top, height = app.extents(client.view())[1], app.extents(client.view())[3]
        assert top <= settled(client, row) < top + height / 2, (top, app.extents(row))
        shot(client, 'opens-at-unread')
        client.open('Maximiliane von Habsburg-Lothringen-Österreichische Nachnamengesellschaft')
        app.until(lambda: not pill_shows(), 'the end in sight')


def walk_rows_arrive(desktop):
    """Rows that are not loaded yet are as high as those that are, so nothing moves when they come."""
    with Client(desktop, 'many,held-rows') as client:
        app = client.app
        rows = app.find('list', 'Conversations')
        app.until(lambda: rows.get_child_count() > 8, 'rows')
        before = app.until(lambda: [app.extents(rows.get_child_at_index(i)) for i in range(8)], 'rows')
        assert len({box[3] for box in before}) == 1, before
        assert app.all(None, 'Loading…', rows)
        shot(client, 'rows-loading')
        client.script('rows')
        app.find('label', 'Visitor 00003', rows)
        assert before == [app.extents(rows.get_child_at_index(i)) for i in range(8)]


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


def in_dialog(app, title):
    return app.find('frame', title)


def walk_settings_names(desktop):
    for modes in ('', 'empty', 'offline'):
        with Client(desktop, modes) as client:
            for page in ('My account', 'Team', 'Departments', 'Tags', 'Sites', 'Audit log'):
                settings(client, page)
                bad = nameless(client.app)
                assert not bad, 'controls without a name:\n' + '\n'.join(bad)
                shot(client, 'settings-%s-%s' % (modes or 'full', page.lower().replace(' ', '-')))


def walk_settings_roles(desktop):
    for modes, pages in (('agent', ['My account', 'Notifications']), ('supervisor', ['My account', 'Notifications', 'Team', 'Departments', 'Tags', 'Sites'])):
        with Client(desktop, modes) as client:
            app = client.app
            settings(client, 'My account')
            shown = [row.get_name() for row in app.all('list item', None, app.find('list', 'Pages'))]
            assert shown == pages, shown


def walk_settings_tag(desktop):
    """Made, refused, renamed by somebody else, removed and kept after all."""
    with Client(desktop) as client:
        app = client.app
        frame = settings(client, 'Tags')
        app.click('push button', 'New tag…', frame)
        dialog = in_dialog(app, 'New tag')
        client.script('fail')
        app.write(app.find('text', 'Name', dialog), 'order')
        app.click('push button', 'Add', dialog)
        app.find_text('Not changed: another one is called so.', dialog)
        app.click('push button', 'Add', dialog)
        app.gone('frame', 'New tag')
        app.find('list item', 'order', frame)
        client.script('rename bug defect')
        app.find('list item', 'defect', frame)


def open_site(client):
    """The window of the only site."""
    app = client.app
    frame = settings(client, 'Sites')
    row = app.find('list item', 'Northwind shop', frame)
    app.point(row)
    return app.find('frame', 'Northwind shop')


def key_in_site(app, key):
    window = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(app.process.pid), '--name', '^Northwind shop$'],
                            capture_output=True, text=True, check=True).stdout.split()[-1]
    subprocess.run(['xdotool', 'windowfocus', '--sync', window, 'key', key], check=True)


def walk_site(desktop):
    """What is too long is said to be, what is fine is saved with a way back; what others change is seen."""
    with Client(desktop) as client:
        app = client.app
        frame = open_site(client)
        bad = nameless(app, frame)
        assert not bad, 'controls without a name:\n' + '\n'.join(bad)
        shot(client, 'site')
        title = app.find('text', 'Title (empty: the name of the site)', frame)
        app.point(title)
        app.write(title, 'x' * 61)
        app.find_text('1 character too long', frame)
        shot(client, 'site-too-long')
        app.clear(title)
        app.write(title, 'Help at Northwind')
        key_in_site(app, 'Return')
        app.find_text('The widget of “Northwind shop” looks different now', frame)
        app.click('push button', 'Undo', frame)
        app.until(lambda: app.text(title) == '', 'the title as it was')
        app.find_text('09:00–13:00, 14:00–18:00', frame)
        key_in_site(app, 'Escape')
        app.gone('frame', 'Northwind shop')


def shot_site(desktop):
    for name, modes, size, env in (('light', '', WIDE, None), ('dark', '', WIDE, {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}),
                                   ('narrow', '', (400, 700), None), ('rtl', 'rtl', WIDE, None)):
        with Client(desktop, modes, size, env) as client:
            open_site(client)
            shot(client, 'site-%s' % name)


def walk_settings_offline(desktop):
    with Client(desktop, 'offline') as client:
        app = client.app
        frame = settings(client, 'Tags')
        app.find(None, lambda name: name.startswith('You are offline'), frame)
        shot(client, 'settings-offline')


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


def walk_narrow(desktop):
    with Client(desktop, size=(360, 720)) as client:
        app = client.app
        app.find('label', 'Ana Sousa')
        shot(client, 'narrow-list')
        composer = client.open('Ana Sousa')
        app.until(lambda: app.extents(composer)[0] < 360, 'the conversation')
        shot(client, 'narrow-conversation')
        app.key('ctrl+i')
        app.find('label', 'Conversation began')
        shot(client, 'narrow-visitor')
        app.key('Escape')
        app.key('Escape')
        app.key('F10')
        shot(client, 'narrow-sidebar')


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


PEEK = ('peek 0 and I need it by fr',)


def shot_light(desktop):
    picture(desktop, 'light', script=PEEK)


def shot_dark(desktop):
    picture(desktop, 'dark', env={'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}, script=PEEK)


def shot_high_contrast(desktop):
    picture(desktop, 'high-contrast', env={'ADW_DEBUG_HIGH_CONTRAST': '1'})
    picture(desktop, 'high-contrast-dark', env={'ADW_DEBUG_HIGH_CONTRAST': '1', 'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'})


def shot_sizes(desktop):
    picture(desktop, 'wide', size=(2200, 1100))
    picture(desktop, 'medium', size=(800, 700))
    picture(desktop, 'large-text', env={'GDK_DPI_SCALE': '1.5'})


def shot_rtl(desktop):
    pictures(desktop, {'rtl': 'ليلى حداد', 'rtl-long': 'Ana Sousa'}, modes='rtl')


def shot_content(desktop):
    pictures(desktop, {'long-name': 'Maximiliane von Habsburg-Lothringen-Österreichische Nachnamengesellschaft',
                       'arabic': 'ليلى حداد'})
    picture(desktop, 'many', 'many')
    picture(desktop, 'empty', 'empty', conversation=None)
    picture(desktop, 'loading', 'loading', conversation=None)


class Shared:
    """The client of those walks that take one; started when it is needed, and anew after a failure."""

    def __init__(self, desktop):
        self.desktop = desktop
        self.client = None

    def walk(self, function):
        if self.client is None:
            self.client = Client(self.desktop)
        function(self.client)
        self.client.tidy()

    def stop(self, kind=None):
        client, self.client = self.client, None
        if client:
            client.__exit__(kind)


def run(function, desktop, shared):
    """Returns whether it went well."""
    try:
        if 'client' in inspect.signature(function).parameters:
            shared.walk(function)
        else:
            shared.stop()
            function(desktop)
        print('ok', function.__name__, flush=True)
        return True
    except (AssertionError, subprocess.SubprocessError) as error:
        shared.stop(AssertionError)
        print('not ok', function.__name__, '-', str(error)[:6000], flush=True)
        return False


def main():
    wanted = sys.argv[4:]
    functions = [function for name, function in list(globals().items()) if name.startswith(('walk_', 'shot_')) and (not wanted or name in wanted)]
    functions.sort(key=lambda function: 'client' not in inspect.signature(function).parameters)
    with Desktop() as desktop:
        shared = Shared(desktop)
        results = [run(function, desktop, shared) for function in functions]
        shared.stop()
    print('pictures in', SHOTS)
    return 0 if all(results) else 1


if __name__ == '__main__':
    sys.exit(main())
