# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a desktop program by AT-SPI and real keys, on a display and a session bus of its own.

    with Desktop() as desktop:
        app = desktop.launch(['/path/to/chatflow'])
        app.click('push button', 'Send')

One desktop per Python process: AT-SPI binds to the first bus that it meets. Needs Xvfb, dbus-daemon, at-spi2-core, xdotool and
ImageMagick. Every wait is for an effect; what does not come within TIMEOUT raises Timeout with the tree of what is on screen.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from itertools import compress

from tree import Tree

TIMEOUT = 60  # seconds; sanitizers and two busy cores are allowed for


class Timeout(AssertionError):
    """Something that was waited for did not come."""


class Desktop:
    """A private X display, session bus, home and runtime folder."""

    def __init__(self, width=3440, height=1440):
        self.size = (width, height)
        self.folder = tempfile.mkdtemp(prefix='chatflow-desktop-')
        self.apps = []
        self.processes = []

    def __enter__(self):
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for app in self.apps:
            app.stop()
        for process in reversed(self.processes):
            _stop(process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self):
        read, write = os.pipe()
        self.processes.append(subprocess.Popen(
            ['Xvfb', '-displayfd', str(write), '-screen', '0', '%dx%dx24' % self.size, '-nolisten', 'tcp', '-noreset'],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        os.close(write)
        with os.fdopen(read) as pipe:
            display = pipe.readline().strip()
        if not display:
            raise Timeout('Xvfb gave no display')
        for name in ('home', 'run'):
            os.mkdir(os.path.join(self.folder, name), 0o700)
        home = os.path.join(self.folder, 'home')
        os.environ.update({
            'DISPLAY': ':' + display, 'GDK_BACKEND': 'x11', 'GSK_RENDERER': 'cairo', 'HOME': home,
            'XDG_RUNTIME_DIR': os.path.join(self.folder, 'run'), 'XDG_STATE_HOME': home + '/state',
            'XDG_CONFIG_HOME': home + '/config', 'XDG_DATA_HOME': home + '/data', 'XDG_CACHE_HOME': home + '/cache',
            'GSETTINGS_BACKEND': 'memory', 'LC_ALL': 'C.UTF-8', 'NO_AT_BRIDGE': '0', 'GTK_A11Y': 'atspi'})
        for name in ('WAYLAND_DISPLAY', 'LANGUAGE'):
            os.environ.pop(name, None)
        bus = subprocess.Popen(['dbus-daemon', '--config-file=' + self._bus_config(), '--nofork', '--print-address=1'],
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.processes.append(bus)
        os.environ['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().strip()

    def _bus_config(self):
        """A session bus that starts nothing by itself but accessibility: a keyring is there when the test has started one."""
        services = os.path.join(self.folder, 'services')
        os.mkdir(services)
        shutil.copy('/usr/share/dbus-1/services/org.a11y.Bus.service', services)
        config = os.path.join(self.folder, 'bus.conf')
        with open(config, 'w', encoding='utf-8') as file:
            file.write('<busconfig><type>session</type><listen>unix:dir=%s</listen><servicedir>%s</servicedir>'
                       '<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>'
                       '<allow own="*"/></policy></busconfig>' % (self.folder, services))
        return config

    def launch(self, argv, env=None, size=None, wait=True):
        """Starts a program; with wait, until its window is there. size: the window's, remembered as if the person had left it so."""
        if size:
            state = os.path.join(os.environ['XDG_STATE_HOME'], 'chatflow')
            os.makedirs(state, exist_ok=True)
            with open(os.path.join(state, 'window.ini'), 'w', encoding='utf-8') as file:
                file.write('[window]\nwidth=%d\nheight=%d\n' % size)
        # Fontconfig and drivers that are unloaded at the end keep things; our own leaks are looked for in the C suites.
        # What was freed is kept for a while; with wide red zones that is gigabytes after some minutes of being looked at.
        quiet = {'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0:quarantine_size_mb=32'}
        app = App(argv, {**os.environ, **quiet, **(env or {})})
        self.apps.append(app)
        if wait:
            app.wait_for_window()
        return app


class App:
    """A running program and what it shows."""

    def __init__(self, argv, env):
        self.started = time.monotonic()
        self.log = tempfile.TemporaryFile('w+')
        self.process = subprocess.Popen(argv, env=env, stdout=self.log, stderr=subprocess.STDOUT)
        self.root = None

    # Life

    def wait_for_window(self):
        """Until the program is on the bus with a window; returns how many seconds that took since its start."""
        self.root = self.until(self._find_root, 'the program on the accessibility bus')
        self.first_window = time.monotonic() - self.started
        return self.first_window

    def _find_root(self):
        desktop = _atspi().get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and child.get_process_id() == self.process.pid and child.get_child_count() > 0:
                return child
        return None

    def stop(self):
        _stop(self.process)
        self.process.wait()

    def output(self):
        """What it has said so far. The program writes where the file's offset is, which is one for both of us: it must not move."""
        return os.pread(self.log.fileno(), os.fstat(self.log.fileno()).st_size, 0).decode(errors='replace')

    # Looking

    def until(self, condition, what):
        """Runs the accessibility client's loop until condition() is true, and returns it."""
        end = time.monotonic() + TIMEOUT
        while True:
            self.settle()
            try:
                value = condition()
            except _glib().Error:  # something went away while we looked at it
                value = None
            if value:
                return value
            if self.process.poll() is not None:
                raise Timeout('%s: the program ended with %s\n%s' % (what, self.process.returncode, self.output()))
            if time.monotonic() > end:
                raise Timeout('%s: not within %g s\n%s\n%s' % (what, TIMEOUT, self.tree(), self.output()))
            time.sleep(0.02)

    def settle(self):
        """Takes in what the bus has told meanwhile; without that, lists and names look as they did before."""
        context = _glib().MainContext.default()
        while context.pending():
            context.iteration(False)

    def walk(self, root=None):
        """All accessibles below root, depth first, that are not hidden."""
        root = root or self.root
        stack = [root]
        while stack:
            item = stack.pop()
            if item is None:
                continue
            yield item
            try:
                children = [item.get_child_at_index(i) for i in range(item.get_child_count())]
            except _glib().Error:
                continue
            stack.extend(reversed(children))

    def _look(self, role, name, root, showing):
        """The tree and those of its nodes that are asked for, with their names if these were needed, depth first."""
        tree = Tree(root or self.root)
        nodes = tree.nodes
        if role:
            nodes = [node for node, word in zip(nodes, tree.roles(nodes)) if word == role]
        names = [None] * len(nodes)
        if name is not None:
            wanted = name if callable(name) else lambda words: words == name
            found = [(node, words) for node, words in zip(nodes, tree.names(nodes)) if words is not None and wanted(words)]
            nodes, names = [node for node, _ in found], [words for _, words in found]
        if showing:
            shown = tree.have(nodes, int(_atspi().StateType.VISIBLE))
            nodes, names = [list(compress(those, shown)) for those in (nodes, names)]
        return tree, nodes, names

    def each(self, role=None, name=None, root=None, showing=True):
        """One after the other, all that have the role and, when given, a name that is, or for which a function says yes."""
        tree, nodes, _ = self._look(role, name, root, showing)
        for node in nodes:
            item = tree.accessible(node)
            if item:
                yield item

    def all(self, role=None, name=None, root=None, showing=True):
        """All of each(), as they were at one moment."""
        return list(self.each(role, name, root, showing))

    def find(self, role, name=None, root=None):
        """The first of all(), waited for."""
        return self.until(lambda: next(self.each(role, name, root), None), '%s “%s”' % (role, name))

    def find_text(self, part, root=None):
        """A label whose words contain part, waited for."""
        return self.find('label', lambda name: part in name, root)

    def gone(self, role, name=None):
        self.until(lambda: not self.all(role, name), 'no more %s “%s”' % (role, name))

    def labels(self, root=None):
        return self._look('label', bool, root, True)[2]

    def tree(self, root=None):
        lines = []
        for item in self.walk(root):
            try:
                if is_visible(item):
                    lines.append('  %s “%s”' % (item.get_role_name(), item.get_name()))
            except _glib().Error:
                pass
        return '\n'.join(lines)

    def text(self, item):
        return item.get_text(0, item.get_character_count())

    def extents(self, item):
        """(x, y, width, height) in the window."""
        box = item.get_extents(_atspi().CoordType.WINDOW)
        return box.x, box.y, box.width, box.height

    def rest(self, item):
        """Its extents, once it has some and they stay for a few frames."""
        def resting():
            before = self.extents(item)
            for _ in range(2):
                time.sleep(0.04)
                if before[2] == 0 or self.extents(item) != before:
                    return None
            return before
        return self.until(resting, '%s “%s” to rest' % (item.get_role_name(), item.get_name()))

    def on_screen(self, item):
        """Whether it is what one would hit in its middle: not on a hidden page, not scrolled away, not below something else."""
        x, y, width, height = self.extents(item)
        hit = self.root.get_child_at_index(0).get_accessible_at_point(x + width // 2, y + height // 2, _atspi().CoordType.WINDOW)
        while hit:
            if hit == item:
                return True
            hit = hit.get_parent()
        return False

    # Doing

    def click(self, role, name=None, root=None):
        """Activates a control; the effect is for the caller to wait for."""
        item = self.find(role, name, root)
        self.until(lambda: item.get_state_set().contains(_atspi().StateType.SENSITIVE), '%s “%s” usable' % (role, name))
        item.do_action(0)
        return item

    def undo(self, root):
        """Presses the button of the toast below root. While one makes room for the next, both have theirs."""
        def only():
            buttons = self.all('push button', lambda label: 'Undo' in label, root)
            return buttons[0] if len(buttons) == 1 else None
        self.until(only, 'one way back').do_action(0)

    def write(self, item, text):
        """Puts text into an entry or text view, at its end."""
        item.insert_text(item.get_character_count(), text, len(text.encode()))

    def clear(self, item):
        item.set_text_contents('')

    def key(self, *keys):
        """Presses real keys, in xdotool's names: 'ctrl+f', 'Return'."""
        self.focus()
        subprocess.run(['xdotool', 'key', '--delay', '30', *keys], check=True)

    def type(self, text):
        self.focus()
        subprocess.run(['xdotool', 'type', '--delay', '15', text], check=True)

    def point(self, item):
        """Clicks in the middle of it with the mouse, once it rests: what unfolds above it moves it."""
        x, y, width, height = self.rest(item)
        place = [str(x + width // 2), str(y + height // 2)]
        subprocess.run(['xdotool', 'mousemove', '--window', self.window(), *place, 'click', '1'], check=True)

    def focus(self):
        """Without a window manager nobody gives the window the keyboard."""
        subprocess.run(['xdotool', 'windowfocus', '--sync', self.window()], check=True)

    def window(self):
        def newest():
            found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid), '--name', '.'],
                                   capture_output=True, text=True, check=False).stdout.split()
            return max(found, key=_area) if found else None
        return self.until(newest, 'a window on the display')

    def screenshot(self, path):
        """What is on the display where the window is, popovers included."""
        os.makedirs(os.path.dirname(path), exist_ok=True)
        shell = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', self.window()],
                               capture_output=True, text=True, check=True).stdout
        place = dict(line.split('=', 1) for line in shell.split())
        crop = '%sx%s+%s+%s' % (place['WIDTH'], place['HEIGHT'], place['X'], place['Y'])
        subprocess.run(['import', '-window', 'root', '-crop', crop, '+repage', '-strip', path], check=True)


def _area(window):
    shell = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window], capture_output=True, text=True, check=False).stdout
    place = dict(line.split('=', 1) for line in shell.split())
    return int(place.get('WIDTH', 0)) * int(place.get('HEIGHT', 0))


def _stop(process):
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def is_visible(item):
    """Not hidden by itself; what lies on a hidden page of a stack still is."""
    return item.get_state_set().contains(_atspi().StateType.VISIBLE)


def is_selected(item):
    return item.get_state_set().contains(_atspi().StateType.SELECTED)


def has_state(item, name):
    """Whether it is in a state, called as AT-SPI does: 'FOCUSED', 'SENSITIVE'."""
    return item.get_state_set().contains(getattr(_atspi().StateType, name))


def _glib():
    from gi.repository import GLib
    return GLib


_ATSPI = None


def _atspi():
    """Imported late: the bus address must be set before."""
    global _ATSPI
    if _ATSPI is None:
        warnings.simplefilter('ignore')
        import gi
        gi.require_version('Atspi', '2.0')
        from gi.repository import Atspi
        # Its own are 800 ms, within which a program on a busy computer may not answer; and the 15 s after a start that it has by itself.
        Atspi.set_timeout(5000, 15000)
        _ATSPI = Atspi
    return _ATSPI
