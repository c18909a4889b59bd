# SPDX-License-Identifier: GPL-3.0-or-later
"""More of what an agent does at the desktop (desktop-agent.py): the desktop's own dialogs and services, and what is kept on its disk."""

import os
import subprocess
import sys

import gi

gi.require_version('GdkPixbuf', '2.0')
from gi.repository import GdkPixbuf  # noqa: E402

from desktop import has_state
from services import Services

COPIER = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'lib', 'clipboard.py')


class Hands:
    """Part of an Agent: uses its desktop and app."""

    services = None
    copier = None

    # The desktop's services

    def open_services(self, capabilities='actions,body'):
        """A notification service and an idle monitor."""
        self.services = Services(capabilities)

    def idle(self):
        """Nobody has touched keyboard and mouse for as long as the client has asked to be told of."""
        self.services.next('idle-watch')
        self.services.order('idle')

    def active(self):
        self.services.next('active-watch')
        self.services.order('active')

    def close_services(self):
        if self.services:
            self.services.stop()
        self.services = None

    def sign_out(self):
        self.app.key('F10')
        self.app.click(None, lambda name: 'Sign out' in name and 'everywhere' not in name)

    def autostart(self):
        """What starts with this person's session."""
        folder = os.path.join(os.environ['XDG_CONFIG_HOME'], 'autostart')
        return {name: open(os.path.join(folder, name), encoding='utf-8').read() for name in os.listdir(folder)} if os.path.isdir(folder) else {}

    # The clipboard

    def copy_picture(self, path):
        """In another program, which has the clipboard from then on."""
        self.let_go()
        self.copier = subprocess.Popen([sys.executable, COPIER, path], stdout=subprocess.PIPE, text=True)
        if self.copier.stdout.readline() != 'owned\n':
            raise AssertionError('the clipboard was not given')

    def let_go(self):
        if self.copier:
            self.copier.terminate()
            self.copier.wait()
            self.copier.stdout.close()
        self.copier = None

    def paste_picture(self):
        """Into the composer; returns how it is called there."""
        self.app.point(self._composer())
        self.app.key('ctrl+v')
        before = 'Take it away: '
        return self.app.find('push button', lambda name: name.startswith(before + 'Screenshot ')).get_name()[len(before):]

    # The sidebar

    def folder(self, name, count=None):
        """Goes to an entry of the sidebar; with a count, once it says that it has so many."""
        end = None if count is None else '%s, %d conversation' % (name, count) if count else name + ', 0 unread'
        row = self.app.find('list item', lambda words: words.startswith(end or name), self.app.find('list', 'Inboxes'))
        self.app.point(row)

    # Dialogs

    def choose_file(self, title, path):
        """In the desktop's own dialog of that title."""
        windows = ['xdotool', 'search', '--onlyvisible', '--all', '--name', '^%s$' % title]
        window = self.app.until(lambda: subprocess.run(windows, capture_output=True, text=True, check=False).stdout.split(), 'the dialog')[-1]
        subprocess.run(['xdotool', 'windowfocus', '--sync', window, 'key', '--delay', '30', 'ctrl+a'], check=True)
        subprocess.run(['xdotool', 'type', '--delay', '15', path], check=True)
        subprocess.run(['xdotool', 'key', '--delay', '30', 'Return'], check=True)

    def choose_photo(self, path):
        """On the page of one's own account, which is open."""
        self.app.click('push button', 'Choose… Photo', self.app.find('frame', 'Settings'))
        self.choose_file('Choose a picture', path)

    def sees_color(self, red, green, blue, least=200):
        """Waits for so many pixels of about that colour."""
        path = os.path.join(self.desktop.folder, 'colors.png')

        def seen():
            self.app.screenshot(path)
            picture = GdkPixbuf.Pixbuf.new_from_file(path)
            step, stride, pixels = picture.get_n_channels(), picture.get_rowstride(), picture.get_pixels()
            return sum(all(abs(got - wanted) < 12 for got, wanted in zip(pixels[at:at + 3], (red, green, blue)))
                       for y in range(picture.get_height()) for at in range(y * stride, y * stride + picture.get_width() * step, step)) >= least
        self.app.until(seen, 'the colour %d %d %d' % (red, green, blue))

    def sees_in(self, window, text):
        """Waits for words in a window; returns all of that label."""
        return self.app.find_text(text, self.app.find('frame', window)).get_name()

    def row_in(self, window, text):
        """Waits for a row whose name contains that; returns its whole name."""
        return self.app.find('list item', lambda name: text in name, self.app.find('frame', window)).get_name()

    def is_gone(self, window):
        self.app.gone('frame', window)

    def can_press_in(self, window, name):
        return has_state(self.app.find('push button', name, self.app.find('frame', window)), 'SENSITIVE')

    def new_view(self):
        """Asks for one, below those that there are."""
        self.app.point(self.app.find('label', 'New view…'))
        self.app.find('frame', 'New view')

    def choices_in(self, window, title):
        """What a row of that title offers when it is clicked."""
        frame = self.app.find('frame', window)
        x, y, width, height = self.app.rest(self.app.find('label', title, frame))
        self._click(self._windows(window)[-1], x + width // 2, y + height // 2)

        def offered():
            rows = [row for box in self.app.all('list', title, frame) for row in self.app.all('list item', None, box) if self.app.extents(row)[2] > 0]
            words = [row.get_name() or ' '.join(self.app.labels(row)) for row in rows]
            return words if len(words) > 2 else None  # one of them is what is chosen
        found = self.app.until(offered, 'what is offered')
        self.key_in(window, 'Escape')
        return found

    def can_switch_in(self, window, name):
        """A switch; its name begins so."""
        item = self.app.find('check box', lambda words: words.startswith(name), self.app.find('frame', window))
        return has_state(item, 'SENSITIVE')

    def is_ticked_in(self, window, name):
        return has_state(self.app.find('check box', lambda words: words.startswith(name), self.app.find('frame', window)), 'CHECKED')

    def rows_in(self, window, list_name):
        """Their names, from the top."""
        def read():
            box = self.app.find('list', list_name, self.app.find('frame', window))
            return [[self.app.labels(row)[0] for row in (box.get_child_at_index(i) for i in range(box.get_child_count())) if row and self.app.labels(row)]]
        return self.app.until(read, list_name)[0]

    def move_row(self, window, list_name, row, keys):
        """With the keyboard, which wanders until it is there."""
        def there():
            box = self.app.find('list', list_name, self.app.find('frame', window))
            item = next((one for one in self.app.all('list item', None, box) if row in self.app.labels(one)), None)
            return item and has_state(item, 'FOCUSED')

        def wander():
            # Tab comes into the list, Up and Down go from row to row.
            for key in ('Tab', 'Tab', 'Down', 'Down', 'Down', 'Up', 'Up', 'Up'):
                if there():
                    return True
                self.key_in(window, key)
            return there()
        self.app.until(wander, 'the keyboard on ' + row)
        self.key_in(window, keys)

    def open_row(self, window, list_name, row):
        """By the keyboard, as what a click on it does."""
        self.move_row(window, list_name, row, 'Return')

    def undo(self, window):
        """What was done last there, by the button beside the words that tell of it."""
        self.app.undo(self.app.find('frame', window))

    def answer(self, button):
        """To a question that the client asks, by how the button ends."""
        self.app.click('push button', lambda name: name.endswith(button))

    # A person

    def person_menu(self, item):
        """Of the panel beside the conversation that is open."""
        self.app.point(self.app.find('push button', 'More about this person'))
        self.app.click('menu item', item)

    def search(self, text):
        """In the box for it, and opens what fits best."""
        self.app.key('ctrl+k')
        frame = self.app.find('frame', 'Search')
        box = self.app.until(lambda: next(iter(self.app.all('text', None, frame) + self.app.all('entry', None, frame)), None), 'the box')
        self.app.write(box, text)
        self.app.until(lambda: any(text in (item.get_name() or '') for item in self.app.all('list item', None, frame)), text)
        window = self.app.until(lambda: subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.app.process.pid), '--name', '^Search$'],
                                                       capture_output=True, text=True, check=False).stdout.split(), 'the palette')[-1]
        subprocess.run(['xdotool', 'windowfocus', '--sync', window, 'key', 'Return'], check=True)
        self.app.gone('frame', 'Search')

    def offered(self, text, until=''):
        """What the box for searching offers for it, once that is among it; and closes it."""
        self.app.key('ctrl+k')
        frame = self.app.find('frame', 'Search')
        box = self.app.until(lambda: next(iter(self.app.all('text', None, frame) + self.app.all('entry', None, frame)), None), 'the box')
        self.app.write(box, text)

        def rows():
            return [' '.join([item.get_name() or '', *self.app.labels(item)]) for item in self.app.all('list item', None, frame)]
        self.app.until(lambda: any(until in row for row in rows()) if until else self.app.labels(frame), until or text)
        found = rows()
        window = self._windows('Search')[-1]
        subprocess.run(['xdotool', 'windowfocus', '--sync', window, 'key', 'Escape'], check=True)
        self.app.gone('frame', 'Search')
        return found

    def type_name_to_erase(self, name):
        field = self.app.find('text', 'Name of the person')
        self.app.write(field, name)

    # The team

    def choose_among(self, row, words):
        """One of those that a row of the settings offers with its button."""
        frame = self.app.find('frame', 'Settings')
        button = self.app.until(lambda: next((item for item in self.app.all('push button', 'Choose… ' + row, frame) if self.app.extents(item)[2] > 0), None), row)
        button.do_action(0)
        self.app.until(lambda: [item for item in self.app.all('list item', lambda name: name.startswith(words), frame) if self.app.extents(item)[2] > 0], words)
        subprocess.run(['xdotool', 'type', '--delay', '30', words], check=True)
        subprocess.run(['xdotool', 'key', 'Return'], check=True)

    def pick(self, window, button, item):
        """One thing of the menu behind a button of that window."""
        frame = self.app.find('frame', window)
        around = self.app.find('push button', button, frame)  # the one that can be pressed
        self.app.until(lambda: next((one for one in self.app.walk(around) if one.get_role_name() == 'push button' and one.get_n_actions() > 0), None), button).do_action(0)
        self.app.click('menu item', item, frame)

    def toggle(self, name):
        """A switch of the settings, as a screen reader does it."""
        item = self._unfolded('check box', name)
        before = has_state(item, 'CHECKED')
        item.do_action(0)
        self.app.until(lambda: has_state(item, 'CHECKED') != before, name)

    def tick(self, name):
        item = self._unfolded('check box', name)
        self._settle_settings()
        self._point_in_settings(item)

    def type_row(self, field, text, within=None):
        """Puts that into a field of the settings, in place of what was there."""
        item = self._unfolded('text', field, within)
        self.app.clear(item)
        if text:
            self.app.write(item, text)

    def apply_row(self, field, within=None):
        item = self._unfolded('text', field, within)
        self._settle_settings()
        self._point_in_settings(item)
        subprocess.run(['xdotool', 'key', 'Return'], check=True)

    def row_reads(self, field, text, within=None):
        """Waits until a field of the settings says so."""
        self.app.until(lambda: self.app.text(self._unfolded('text', field, within)) == text, text)

    def press_row(self, name, within=None):
        """A button of the settings, by how it begins."""
        self._unfolded('push button', lambda words: words.startswith(name), within).do_action(0)

    def _unfolded(self, role, name, within=None):
        """Of those in the settings, or in the row of that name, that are called so the one that has been unfolded: each member of a team has some."""
        def seek():
            frame = self.app.find('frame', 'Settings')
            roots = self.app.all('list', within, frame) if within else [frame]  # a row that unfolds has two
            return next((item for root in roots for item in self.app.all(role, name, root) if self.app.extents(item)[2] > 0), None)
        return self.app.until(seek, role)

    # The disk

    def traces(self, words):
        """In which files of this person's home any of the words stand: FILE: WORD."""
        found = []
        for folder, _, names in os.walk(os.environ['HOME']):
            for name in names:
                path = os.path.join(folder, name)
                try:
                    with open(path, 'rb') as file:
                        bytes_ = file.read()
                except OSError:  # it has gone meanwhile
                    continue
                found += ['%s: %s' % (name, word) for word in words if word.encode() in bytes_ or word in name]
        return found
