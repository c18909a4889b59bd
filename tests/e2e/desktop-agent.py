#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An agent at the real desktop client, told what to do line by line.

    desktop-agent.py PROGRAM

Reads {"do": NAME, "with": {…}} from stdin, one a line, and answers each with {"result": …} or {"error": WORDS}. NAME is a method of
Agent; what it looks at it takes from the screen, by AT-SPI. The end of stdin is the end of everything that was started.
"""

import contextlib
import glob
import json
import os
import re
import sqlite3
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'lib'))
from desktop import Desktop, Timeout, has_state, is_visible  # noqa: E402
from hands import Hands  # noqa: E402
from keyring import Keyring  # noqa: E402

INBOXES = ('Mine', 'Unassigned', 'Mentions', 'All', 'Snoozed', 'Closed')
ROW = re.compile(r'(?P<note>Note by )?(?P<author>.*?), (?P<clock>\d\d:\d\d): (?P<text>.*)', re.S)
# libnotify says by itself that the test's desktop has no notification service; the client says so in its own words (alerts.py).
COMPLAINT = re.compile(r'(?!.*libnotify-WARNING).*(?:CRITICAL|WARNING|ERROR: |runtime error).*')
FOREIGN = re.compile(r'dbind|vkAcquire|Unable to acquire session bus|setlocale')


class Agent(Hands):
    """What a person does at the client, and sees."""

    def __init__(self, desktop, program):
        self.desktop = desktop
        self.program = program
        self.keyring = None
        self.app = None
        self.found = {}

    # The computer

    def open_keyring(self, password):
        """Puts a keyring daemon on the bus, in place of the one that was there."""
        self.close_keyring()
        self.keyring = Keyring(password)

    def lock_keyring(self):
        self.keyring.lock()

    def close_keyring(self):
        if self.keyring:
            self.keyring.stop()
        self.keyring = None

    def start(self, width=1280, height=800, dark=False):
        env = {'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'} if dark else {}
        self.found = {}
        self.app = self.desktop.launch([self.program], env, (width, height))

    def kill(self):
        """Ends the program as a power cut does."""
        self.app.process.kill()
        self.app.process.wait()

    def leave(self):
        """Closes the window; returns what the program has complained of."""
        self.app.key('ctrl+q')
        self.app.process.wait(20)
        return self.complaints()

    def complaints(self):
        return [line for line in self.app.output().splitlines() if COMPLAINT.match(line) and not FOREIGN.search(line)]

    # Signing in

    def sign_in(self, server, email, password):
        """Fills in the form and presses the button."""
        app = self.app
        for name, text in (('Server address', server), ('Email', email), ('Password', password)):
            field = app.until(lambda wanted=name: next(iter(app.all('text', wanted) + app.all('password text', wanted)), None), name)
            app.clear(field)
            app.write(field, text)
        app.click('push button', 'Sign in')

    def paste_invite(self, link, back=False):
        """On the sign-in page, the whole link or the code."""
        if not back:
            self.press('I have an invitation')
            self.sees('It works once.')  # what was there before is emptied as the page comes
        field = self.app.find('text', 'Link or code')
        self.app.clear(field)
        self.app.write(field, link)
        self.press('Continue')

    def join(self, name, password):
        """Says who one is, once the invitation is known."""
        for field, text in (('Name that visitors see', name), ('New password', password)):
            if text:
                self.app.write(self.app.find('text', field, self.app.find('list', 'You')), text)
        self.app.click('push button', 'Join' if name else 'Set password')
        self._the('list', 'Conversations')

    # The inbox

    def inbox(self):
        """The rows of the inbox that is shown, from the top."""
        rows = []
        for item in self._children(self._the('list', 'Conversations'), 'list item'):
            labels = [label.get_name() for label in self.app.all('label', None, item)]
            if len(labels) < 5:
                continue  # it goes while it is looked at
            _initials, title, time, preview, *more = labels
            rows.append({'title': title, 'time': time, 'preview': preview, 'unread': int(more[0]) if more[0].isdigit() else 0})
        return rows

    def choose(self, inbox):
        """Shows an inbox by its key."""
        def press():
            self.app.key('ctrl+%d' % (INBOXES.index(inbox) + 1))
        press()
        self.app.until(lambda: any(inbox in head[:1] for head in self._headings()) or press(), inbox)  # before the session is there it does nothing

    def open(self, title):
        """Clicks the conversation of that name."""
        app = self.app
        rows = self._the('list', 'Conversations')
        # A row that has just gone is found too, and has no extents any more.
        app.point(app.until(lambda: next((label for label in app.all('label', title, rows) if app.extents(label)[2] > 0), None), title))
        app.until(lambda: self.title() == title, 'the conversation with ' + title)

    # The conversation

    def title(self):
        """The name in the head of the conversation that is open."""
        return next(iter(self.heading()), None)

    def heading(self):
        """The name and what is said below it."""
        return next(iter(self._headings()), [])  # none while a page makes room for another

    def _headings(self):
        """Of the panes that have one, the conversation's first."""
        return [self.app.labels(head) for head in self.app.all('filler', 'AdwWindowTitle')]

    def messages(self):
        """What stands in the conversation, from the top."""
        return [self._message(row) for row in self._children(self._thread(), 'list item')]

    def _message(self, row):
        # Its name and its labels are asked for one after the other, and the row may become another one in between.
        parts, shown = self.app.until(lambda: self._agreed(row), 'a row of which a screen reader says what it shows')
        if not parts:
            return {'kind': 'event', 'text': shown}
        # In the middle of a group there is no line below the bubble.
        below = shown[shown.index(parts['text']) + 1:]
        return {'kind': 'note' if parts['note'] else 'text', 'author': parts['author'], 'text': parts['text'], 'caption': ''.join(below)}

    def _agreed(self, row):
        name = row.get_name()
        parts = ROW.fullmatch(name)
        if not parts:
            return None, name
        shown = [self.app.text(label) for label in self.app.all('label', None, row)]
        return (parts, shown) if parts['text'] in shown else None

    def composer(self):
        """What is in the composer."""
        return self.app.text(self._composer())

    def _composer(self):
        return self.app.until(lambda: next(iter(self.app.all('text', 'Reply') + self.app.all('text', 'Note')), None), 'a composer')

    def type(self, text):
        """Adds text to what is in the composer."""
        self.app.write(self._composer(), text)

    def draft_is_kept(self, text):
        """Whether a draft has reached the disk."""
        return self._is_kept('SELECT 1 FROM draft WHERE text = ?', text)

    def said_is_kept(self, text):
        """Whether this computer has what a colleague said."""
        return self._is_kept('SELECT 1 FROM team_message WHERE text = ?', text)

    @staticmethod
    def _is_kept(query, text):
        for path in glob.glob(os.path.join(os.environ['XDG_DATA_HOME'], 'chatflow', 'client', 'accounts', '*.db')):
            with contextlib.closing(sqlite3.connect('file:%s?mode=ro' % path, uri=True)) as cache:
                if cache.execute(query, (text,)).fetchone():
                    return True
        return False

    def clear(self):
        self.app.clear(self._composer())

    def send(self, text=''):
        """Writes it and presses the button; the composer is then empty."""
        if text:
            self.type(text)
        self.app.click('push button', 'Send')
        self.app.until(lambda: self.composer() == '', 'an empty composer')

    def send_later(self, text, begins):
        """Writes it and chooses when, by how that button begins."""
        self.type(text)
        self.app.click('push button', 'Send later')
        self.app.click('push button', lambda name: name.startswith(begins))
        self.app.until(lambda: self.composer() == '', 'an empty composer')

    def click(self, name):
        """As a screen reader presses it, wherever it is."""
        self.app.click('push button', name)

    def attach(self, path):
        """Chooses a file in the desktop's own dialog."""
        windows = ['xdotool', 'search', '--onlyvisible', '--all', '--name', '^Attach files$']
        self.app.click('push button', 'Attach files')
        found = self.app.until(lambda: subprocess.run(windows, capture_output=True, text=True, check=False).stdout.split(), 'the dialog')
        subprocess.run(['xdotool', 'windowfocus', '--sync', found[-1]], check=True)
        subprocess.run(['xdotool', 'type', '--delay', '15', path], check=True)
        subprocess.run(['xdotool', 'key', '--delay', '30', 'Return'], check=True)
        self.app.find('push button', 'Take it away: ' + os.path.basename(path))

    def button(self, name):
        """Waits for a button of that name."""
        self.app.find('push button', name)

    def hand_over(self, name):
        """To a colleague, by their name."""
        self.app.key('ctrl+shift+h')
        self.app.find('entry', 'Hand over to')
        self.app.type(name)
        self.app.key('Return')

    def note(self, text):
        """Adds a note for the team, and goes back to answering."""
        self.app.key('ctrl+shift+n')
        self.app.find('text', 'Note')
        self.type(text)
        self.app.click('push button', 'Add note')
        self.app.until(lambda: self.composer() == '', 'an empty composer')
        self.app.key('ctrl+shift+n')
        self.app.find('text', 'Reply')

    # The team

    def channels(self):
        """The rows of the team in the sidebar, as a screen reader says them."""
        return self.app.until(lambda: [[row.get_name() for row in self._children(self._the('list', 'Team'), 'list item')]], 'the team')[0]

    def message_colleague(self, names, group=''):
        """Begins a talk: with one colleague, or with several in a group of that name."""
        self.app.key('ctrl+shift+k')
        for name in names:
            self.app.point(self.app.find('check box', name))
        if group:
            self.app.write(self.app.find('text', 'Name of the group'), group)
        self.app.click('push button', 'Start')
        self.app.find('text', 'Message')

    def open_channel(self, title):
        row = self.app.find('list item', lambda name: name.startswith(title), self._the('list', 'Team'))
        self.app.point(row)
        self.app.find('text', 'Message')

    def say(self, text):
        """Writes to colleagues and sends it."""
        field = self.app.find('text', 'Message')
        self.app.write(field, text)
        self.app.key('ctrl+Return')
        self.app.until(lambda: self.app.text(field) == '', 'an empty composer')

    def said_from_the_start(self):
        """Nothing older is missing above it, and nobody says so."""
        self.app.until(lambda: any(self.app.extents(label)[2] > 0 for label in self.app.all('label', 'The conversation begins here')), 'the beginning')

    def said(self):
        """What stands in the channel that is open, from the top."""
        views = [view for view in self.app.all('list', 'Messages') if self.app.extents(view)[2] > 0]
        return [self._message(row) for view in views for row in self._children(view, 'list item')]

    # The settings

    def settings(self, page):
        """Opens them by their key, at a page."""
        def opened():
            # The key does nothing before the session is there; a second one that comes late would open them anew, at their first page.
            if not self.app.all('list', 'Pages') and time.monotonic() > pressed[-1] + 10:
                pressed.append(time.monotonic())
                self.app.key('ctrl+comma')
            return self.app.all('list', 'Pages')
        pressed = [float('-inf')]
        self.app.until(opened, 'the settings')
        row = self.app.find('list item', page, self.app.find('list', 'Pages'))
        self.app.until(lambda: self.app.extents(row)[2] > 0, 'the list of pages')
        self._point_in_settings(row)
        self.app.until(lambda: any(page in head for head in self._headings()), page)

    def secret(self, window):
        """What a dialog of the settings shows this once."""
        return self.app.find('label', lambda words: words.startswith('chatflow://'), self.app.find('frame', window)).get_name()

    def rename_myself(self, name):
        """On the page of one's own account, which is open."""
        field = self.app.find('text', 'Name that visitors see', self.app.find('frame', 'Settings'))
        self.app.clear(field)
        self.app.write(field, name)
        self._point_in_settings(field)
        subprocess.run(['xdotool', 'key', 'Return'], check=True)

    def steps_done(self):
        """Of the first steps those that are ticked."""
        rows = self._children(self.app.find('list', 'First steps'), 'list item')
        return [row.get_name().rpartition(':')[0] for row in rows if row.get_name().endswith(': done')]

    def fill(self, dialog, field, text):
        self.app.write(self.app.find('text', field, self.app.find('frame', dialog)), text)

    def close_settings(self):
        """With everything that is open above the window."""
        for name in ('Invite', 'Settings'):
            for window in subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.app.process.pid), '--name', '^%s$' % name],
                                         capture_output=True, text=True, check=False).stdout.split():
                subprocess.run(['xdotool', 'windowfocus', '--sync', window, 'key', 'Escape'], check=True)
                self.app.gone('frame', name)

    def press_in(self, window, name):
        self.app.click('push button', name, self.app.find('frame', window))

    def switch_in(self, window, name):
        """Switches it, or ticks a box; its name begins so."""
        self.app.click('check box', lambda words: words.startswith(name), self.app.find('frame', window))

    def has_row(self, name):
        self.app.find('list item', name, self.app.find('frame', 'Settings'))

    def lines_in(self, window):
        """All words of a window."""
        return self.app.until(lambda: [self.app.labels(self.app.find('frame', window))], window)[0]

    def expand(self, name):
        row = self.app.find('list item', name, self.app.find('frame', 'Settings'))
        self._point_in_settings(row, 25)

    def choose_next(self, row):
        """Takes the next choice of a row that has several, with the keyboard."""
        self._settle_settings()
        title = self.app.until(lambda: self._in_settings(row), row)
        self._point_in_settings(title)
        self._settle_settings()
        subprocess.run(['xdotool', 'key', '--delay', '60', 'Down', 'Return'], check=True)

    def _in_settings(self, words):
        """A label of the settings that is not folded away."""
        frame = self.app.find('frame', 'Settings')
        return next((label for label in self.app.all('label', words, frame) if self._hit(frame, label)), None)

    def _hit(self, frame, item):
        x, y, width, height = self.app.extents(item)
        return height > 0 and frame.get_accessible_at_point(x + width // 2, y + height // 2, 1) is not None and y > 0

    def _settle_settings(self):
        """Until nothing moves in them any more."""
        frame, seen = self.app.find('frame', 'Settings'), []

        def rests():
            seen.append([self.app.extents(label) for label in self.app.all('label', None, frame)])
            return len(seen) > 3 and seen[-1] == seen[-2] == seen[-3]
        self.app.until(rests, 'settings at rest')

    def _point_in_settings(self, item, below=None):
        x, y, width, height = self.app.extents(item)
        window = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.app.process.pid), '--name', '^Settings$'],
                                capture_output=True, text=True, check=True).stdout.split()[-1]
        subprocess.run(['xdotool', 'windowfocus', '--sync', window, 'mousemove', '--window', window, str(x + width // 2),
                        str(y + (below or height // 2)), 'click', '1'], check=True)

    # The window of a site

    def site(self, name):
        """Opens it from the page of the sites, which is shown."""
        self._point_in_settings(self.app.find('list item', lambda words: words.startswith(name), self.app.find('frame', 'Settings')))
        self.app.find('frame', name)

    def is_pressed(self, window, name):
        return has_state(self.app.find('push button', name, self.app.find('frame', window)), 'PRESSED')

    def choose_color(self, window, color):
        """One of those that the desktop offers, by its name."""
        title = 'Colour of the widget'
        self.app.click('push button', 'Colour', self.app.find('frame', window))
        swatch = self.app.find('radio button', color, self.app.find('dialog', title))
        self.app.until(lambda: self.app.extents(swatch)[2] > 0, 'the dialog at its size')
        x, y, width, height = self.app.extents(swatch)
        self._click(self._windows(title)[-1], x + width // 2, y + height // 2)
        self.app.until(lambda: has_state(swatch, 'SELECTED') or has_state(swatch, 'CHECKED'), color)
        self.app.click('push button', lambda name: 'Select' in name, self.app.find('dialog', title))
        self.app.gone('dialog', title)

    def click_preview(self, window, right, up):
        """So far to the right, and so many pixels from the bottom."""
        x, y, width, height = self._preview(window)
        self._click(self._windows(window)[-1], round(x + width * right), y + height - up)

    def type_in(self, window, text):
        subprocess.run(['xdotool', 'windowfocus', '--sync', self._windows(window)[-1], 'type', '--delay', '15', text], check=True)

    def key_in(self, window, keys):
        subprocess.run(['xdotool', 'windowfocus', '--sync', self._windows(window)[-1], 'key', '--delay', '30', *keys.split()], check=True)

    def is_focused_in_preview(self, window):
        left = self._preview(window)[0]
        focused = [item for item in self.app.walk(self.app.find('frame', window)) if has_state(item, 'FOCUSED')]
        return any(self.app.extents(item)[0] >= left for item in focused)

    def _preview(self, window):
        return self.app.extents(self.app.find('filler', 'Preview of the widget', self.app.find('frame', window)))

    def picture_of(self, window, path):
        """Of the newest window of that name, as it is now."""
        os.makedirs(os.path.dirname(path), exist_ok=True)
        subprocess.run(['import', '-window', self._windows(window)[-1], '-strip', path], check=True)

    @staticmethod
    def _click(window, x, y):
        subprocess.run(['xdotool', 'windowfocus', '--sync', window, 'mousemove', '--window', window, str(x), str(y), 'click', '1'], check=True)

    def _windows(self, name):
        return self.app.until(lambda: subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.app.process.pid), '--name', '^%s$' % name],
                                                     capture_output=True, text=True, check=False).stdout.split(), name)

    # Everything else

    def key(self, keys):
        self.app.key(*keys.split())

    def press(self, name):
        self.app.until(lambda: self._shown('push button', lambda words: words == name), name).do_action(0)

    def offers(self, name):
        """Waits for a button."""
        self.app.until(lambda: self._shown('push button', lambda words: words == name), name)

    def sees(self, text):
        """Waits for words on the screen; returns all of that label."""
        return self.app.until(lambda: self._shown('label', lambda words: text in words), text).get_name()

    def shows(self, parts):
        """Which of these words are on the screen now, if any."""
        return [part for part in parts if self._shown('label', lambda words, part=part: part in words)]

    def _shown(self, role, name):
        return next((item for item in self.app.all(role, name) if self.app.on_screen(item)), None)

    def words(self):
        """Everything that is written on the screen."""
        return self.app.labels()

    def screenshot(self, path, rest=True):
        """Once nothing moves any more; without rest, at once: there are things that never stop."""
        if not rest:
            self.app.screenshot(path)
            return

        def rests():
            before = shown[-1]
            self.app.screenshot(path)
            with open(path, 'rb') as file:
                shown.append(file.read())
            return shown[-1] == before
        shown = [None]
        self.app.until(rests, 'a picture at rest')

    # Looking

    def _the(self, role, name):
        """A widget that is there for as long as the window; found once, because looking through all of them takes a while."""
        if name not in self.found:
            self.found[name] = self.app.find(role, name)
        return self.found[name]

    def _thread(self):
        """The messages that are shown, among those of the conversations that were and will be."""
        if 'threads' not in self.found:
            self.found['threads'] = self.app.find('list', 'Messages').get_parent().get_parent()

        def shown():
            panes = self._children(self.found['threads'])
            return next((view for pane in panes if is_visible(pane) for view in self._children(pane, 'list')), None)
        return self.app.until(shown, 'the messages')

    @staticmethod
    def _children(item, role=None):
        children = [item.get_child_at_index(i) for i in range(item.get_child_count())]
        return [child for child in children if child and role in (None, child.get_role_name())]


def main():
    with Desktop() as desktop:
        agent = Agent(desktop, sys.argv[1])
        for line in sys.stdin:
            order = json.loads(line)
            try:
                if agent.app:
                    agent.app.settle()
                answer = {'result': getattr(agent, order['do'])(**order['with'])}
            except (AssertionError, AttributeError, OSError, RuntimeError, subprocess.SubprocessError) as error:
                answer = {'error': '%s: %s' % (type(error).__name__, error)}
            print(json.dumps(answer), flush=True)
        agent.let_go()
        agent.close_services()
        agent.close_keyring()


if __name__ == '__main__':
    main()
