# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of alerts have in common: a real daemon, a notification service on the bus, a sound server whose output is recorded, visitors."""

import array
import contextlib
import ctypes
import json
import math
import os
import re
import secrets
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
LIBRARY = os.path.join(HERE, '..', 'lib')
sys.path.insert(0, LIBRARY)
from desktop import TIMEOUT, Desktop, Timeout, has_state  # noqa: E402
from services import Services  # noqa: E402

DAEMON, CLIENT = os.environ['TEST_CHATFLOWD'], os.environ['TEST_CHATFLOW']
RATE = 22050
# The daemon refuses settings that it does not know.
FOREIGN = {name: value for name, value in os.environ.items() if not name.startswith('CHATFLOW_')}


def until(condition, what):
    end = time.monotonic() + TIMEOUT
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise Timeout('%s: not within %g s' % (what, TIMEOUT))
        time.sleep(0.02)


def new_id():
    """A UUID of version 7."""
    number = (time.time_ns() // 1000000) << 80 | secrets.randbits(80)
    return str(uuid.UUID(int=number & ~(0xf << 76) & ~(0x3 << 62) | 7 << 76 | 2 << 62))


class Server:
    def __init__(self, environment=None):
        self.environment = {**FOREIGN, **(environment or {})}
        self.folder = tempfile.TemporaryDirectory()
        self.state = os.path.join(self.folder.name, 'state')
        with socket.socket() as probe:
            probe.bind(('127.0.0.1', 0))
            self.port = probe.getsockname()[1]
        self.url = 'http://127.0.0.1:%d' % self.port
        self.process = None
        out = subprocess.run([DAEMON, '--state', self.state, 'demo'], check=True, capture_output=True, text=True, env=FOREIGN).stdout
        self.demo = json.loads(out)
        self.start()
        self.agent = self.demo['agents'][0]
        self.token = self.sign_in(self.agent)
        self.other = None

    def start(self):
        limits = {'CHATFLOW_' + name: '100000' for name in ('PEER_RATE', 'PEER_BURST', 'ADDRESS_RATE', 'ADDRESS_BURST')}
        self.process = subprocess.Popen([DAEMON, '--state', self.state, '--listen', '127.0.0.1:%d' % self.port], stderr=subprocess.DEVNULL,
                                        env={**self.environment, **limits})
        until(self.is_up, 'the daemon')

    def is_up(self):
        with contextlib.suppress(OSError):
            return urllib.request.urlopen(self.url + '/health', timeout=5).status == 200
        return False

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def call(self, verb, path, body=None, token=None, site=None):
        headers = {'Authorization': 'Bearer ' + token} if token else {}
        if site:
            headers['X-ChatFlow-Site'] = site
        if body is not None:
            headers['Content-Type'] = 'application/json'
        request = urllib.request.Request(self.url + '/api/v1' + path, json.dumps(body).encode() if body is not None else None, headers, method=verb)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.loads(answer.read() or b'{}')
        except urllib.error.HTTPError as error:
            raise AssertionError('%s %s: %s' % (verb, path, error.read().decode())) from error

    def second_site(self):
        name = 'Quiet shop'
        subprocess.run([DAEMON, '--state', self.state, 'site', 'add', '-n', name, '-o', 'https://quiet.example'], check=True, capture_output=True, env=FOREIGN)
        return next(r for r in self.call('GET', '/sites', token=self.token)['records'] if r['name'] == name)

    def sign_in(self, agent):
        return self.call('POST', '/sessions', {'email': agent['email'], 'password': agent['password'], 'device': 'other'})['token']

    def close(self, number):
        self.call('POST', '/conversations/%s/close' % number, {'event_id': new_id()}, self.token)

    def colleague(self):
        """The token of another agent."""
        if self.other is None:
            self.other = self.sign_in(self.demo['agents'][1])
        return self.other

    def conversation(self, number):
        return next(r for r in self.call('GET', '/conversations/' + number, token=self.token)['records'] if r['type'] == 'conversation')


class Visitor:
    def __init__(self, server, name, site=None):
        self.server = server
        self.site = site or (server.demo['sites'][0]['key'] if 'sites' in server.demo else server.demo['site']['key'])
        self.token = '%s.%s' % (new_id(), secrets.token_urlsafe(32))
        self.conversation = new_id()
        self.call('POST', '/visitors/identify', {'name': name})

    def call(self, verb, path, body):
        return self.server.call(verb, path, body, self.token, self.site)

    def start(self, text):
        self.call('POST', '/conversations', {'id': self.conversation, 'message_id': new_id(), 'text': text})
        return self

    def say(self, text):
        self.call('POST', '/conversations/%s/messages' % self.conversation, {'id': new_id(), 'text': text})


class Loudspeaker:
    """PulseAudio that plays into nothing, and a record of that."""

    def __init__(self, folder):
        path = os.path.join(folder, 'pulse')
        os.environ['PULSE_SERVER'] = 'unix:' + path
        os.environ['PULSE_RUNTIME_PATH'] = folder
        self.server = subprocess.Popen(['pulseaudio', '-n', '--daemonize=no', '--exit-idle-time=-1', '--disallow-exit=yes', '--use-pid-file=no',
                                        '-L', 'module-native-protocol-unix auth-anonymous=1 socket=' + path,
                                        '-L', 'module-null-sink sink_name=out rate=%d channels=1' % RATE], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: subprocess.run(['pactl', 'list', 'short', 'sinks'], capture_output=True, check=False).stdout, 'the sound server')
        self.samples = array.array('h')
        self.recorder = subprocess.Popen(['parecord', '--raw', '--device=out.monitor', '--format=s16le', '--rate=%d' % RATE, '--channels=1',
                                          '--latency-msec=20'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()
        until(lambda: len(self.samples), 'a recording')

    def read(self):
        while True:
            data = self.recorder.stdout.read(2 * (RATE // 20))
            if not data:
                return
            self.samples.frombytes(data[:len(data) // 2 * 2])  # the very last may be half a sample

    def mark(self):
        return len(self.samples)

    def rest(self):
        """Until so long after the last sound that the next one is no part of its burst. What is recorded lags behind by up to two seconds."""
        begin = self.mark()
        until(lambda: len(self.samples) > begin + 5 * RATE and max(map(abs, self.samples[-int(2.5 * RATE):])) < 300, 'silence')
        return self.mark()

    def heard(self, mark):
        """One sound from its beginning to the silence behind it, waited for."""
        def loud(part):
            return max((abs(value) for value in part), default=0) > 300

        def whole():
            step = RATE // 10
            parts = [self.samples[i:i + step] for i in range(mark, len(self.samples) - step, step)]
            first = next((i for i, part in enumerate(parts) if loud(part)), None)
            if first is None:
                return None
            last = next((i for i in range(first + 1, len(parts) - 3) if not any(map(loud, parts[i:i + 3]))), None)
            return self.samples[mark + first * step:mark + last * step] if last is not None else None
        return until(whole, 'a sound')

    def stop(self):
        for process in (self.recorder, self.server):
            process.terminate()
            process.wait()
        self.thread.join()
        self.recorder.stdout.close()


def power(samples, frequency):
    """Goertzel's: how much of one frequency there is."""
    turn = 2 * math.cos(2 * math.pi * frequency / RATE)
    before = last = 0.0
    for value in samples:
        before, last = last, value + turn * last - before
    return (last * last + before * before - turn * last * before) / max(len(samples), 1) ** 2


def note(half_steps):
    return 440 * 2 ** (half_steps / 12)


class Clock:
    """The wall clock of client and daemon, which are started with `environment`, see tests/torture/clock-shim.c."""

    def __init__(self, folder, moment):
        self.path = os.path.join(folder, 'clock')
        self.set(moment)
        linked = subprocess.run(['ldd', CLIENT], check=True, capture_output=True, text=True).stdout
        sanitizer = re.search(r'=> (\S*libasan\S*)', linked)
        preload = ([sanitizer[1]] if sanitizer else []) + [os.path.join(os.environ['TEST_SHIMS'], 'libclock-shim.so')]
        self.environment = {'LD_PRELOAD': ':'.join(preload), 'TORTURE_CLOCK': self.path, 'TZ': 'UTC'}

    def write(self):
        # What the client has mapped stays the same file.
        with open(self.path, 'r+b' if os.path.exists(self.path) else 'wb') as file:
            file.write(struct.pack('=q', self.ahead))

    def set(self, moment):
        """It is that moment, a datetime with a zone, and goes on from there."""
        self.ahead = round((moment.timestamp() - time.time()) * 1000)
        self.write()

    def forward(self, span):
        self.ahead += round(span.total_seconds() * 1000)
        self.write()


class Case(unittest.TestCase):
    """An agent at the real client. A class says what its desktop is like."""

    loud = False  # whether there is a sound server
    timed = None  # the moment at which all begins, where the clock is not ours
    frame = None  # of the settings, once they are open
    preferences = ''  # as the page of alerts would have kept them

    @classmethod
    def setUpClass(cls):
        stack = contextlib.ExitStack()
        cls.addClassCleanup(stack.close)
        cls.desktop = stack.enter_context(Desktop())
        cls.clock = Clock(cls.desktop.folder, cls.timed) if cls.timed else None
        cls.server = Server(cls.clock and cls.clock.environment)
        stack.callback(cls.server.folder.cleanup)
        stack.callback(cls.server.stop)
        cls.loudspeaker = Loudspeaker(cls.desktop.folder) if cls.loud else None
        if cls.loud:
            stack.callback(cls.loudspeaker.stop)
        cls.services = Services()
        stack.callback(lambda: cls.services.stop())
        cls.prepare()
        cls.keep(cls.preferences)
        cls.start_client()

    @classmethod
    def prepare(cls):
        """What there is before the client starts."""

    @classmethod
    def keep(cls, text):
        os.makedirs(os.path.dirname(cls.kept()), exist_ok=True)
        with open(cls.kept(), 'w', encoding='utf-8') as file:
            file.write(text)

    @staticmethod
    def kept():
        return os.path.join(os.environ['XDG_CONFIG_HOME'], 'chatflow', 'alerts.ini')

    @classmethod
    def start_client(cls):
        sign_in = os.path.join(cls.desktop.folder, 'sign-in')
        with open(os.open(sign_in, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 'w', encoding='utf-8') as file:
            file.write('[sign-in]\nserver=%s\nemail=%s\npassword=%s\n' % (cls.server.url, cls.server.agent['email'], cls.server.agent['password']))
        cls.app = cls.desktop.launch([CLIENT, '--sign-in-file', sign_in], cls.clock.environment if cls.clock else None, size=(1280, 800))
        cls.inbox = cls.app.find('list', 'Conversations')
        cls.app.until(lambda: cls.app.all('label', 'Online'), 'online')
        cls.settle()

    @classmethod
    def settle(cls):
        """Passes over what the demo's visitors cause: what is unread in the first copy is told in one, then those who have been waiting for long."""
        cls.first = cls.services.next('notify')
        cls.urgent = [cls.services.next('notify') for _ in range(cls.count_urgent())]
        if cls.loud:
            cls.loudspeaker.heard(0)

    @classmethod
    def count_urgent(cls):
        me = cls.agent_id()
        waiting = [r for r in cls.server.call('GET', '/conversations?status=open&limit=100', token=cls.server.token)['records']
                   if r['type'] == 'conversation' and r.get('assignee_id', me) == me
                   and 0 < r.get('waiting_since', 0) < (time.time() - 600) * 1000]
        assert 0 < len(waiting) <= 3, waiting
        return len(waiting)

    @classmethod
    def empty(cls, waiting_less_than=None):
        """The demo's visitors go before the client comes, so that nobody waits who is not meant; or those who have been waiting for fewer seconds."""
        for record in cls.server.call('GET', '/conversations?status=open&limit=100', token=cls.server.token)['records']:
            if record['type'] == 'conversation' and (
                    waiting_less_than is None or record.get('waiting_since', 0) > (time.time() - waiting_less_than) * 1000):
                cls.server.close(record['id'])

    @classmethod
    def agent_id(cls):
        return next(r['id'] for r in cls.server.call('GET', '/agents', token=cls.server.token)['records'] if r['email'] == cls.server.agent['email'])

    def unfocus(self):
        """Gives the keyboard to nobody, as when the person works in another program."""
        x = ctypes.CDLL('libX11.so.6')
        x.XOpenDisplay.restype = ctypes.c_void_p
        display = ctypes.c_void_p(x.XOpenDisplay(None))
        x.XSetInputFocus(display, ctypes.c_ulong(0), 0, ctypes.c_ulong(0))
        x.XCloseDisplay(display)
        self.app.until(lambda: not subprocess.run(['xdotool', 'getwindowfocus', 'getwindowname'], capture_output=True, text=True,
                                                  check=False).stdout.endswith('ChatFlow\n'), 'no focus')

    def window_title(self):
        return subprocess.run(['xdotool', 'getwindowname', self.app.window()], capture_output=True, text=True, check=True).stdout.strip()

    def heading(self):
        head = next(iter(self.app.all('filler', 'AdwWindowTitle')), None)  # none while a page makes room for another
        return next(iter(self.app.labels(head)), '') if head else ''

    def is_kept(self, text):
        """Waits until the settings on disk say so."""
        def said():
            with contextlib.suppress(FileNotFoundError), open(self.kept(), encoding='utf-8') as file:
                return text in file.read()
        until(said, 'on disk: ' + text)

    def point_in_settings(self, item):
        """Clicks in the middle of it."""
        self.app.until(lambda: self.app.extents(item)[2] > 0, 'something to point at')
        x, y, width, height = self.app.extents(item)
        window = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(self.app.process.pid), '--name', '^Settings$'],
                                capture_output=True, text=True, check=True).stdout.split()[-1]
        subprocess.run(['xdotool', 'windowfocus', '--sync', window, 'mousemove', '--window', window, str(x + width // 2), str(y + height // 2),
                        'click', '1'], check=True)

    def settings(self, page):
        """Opens the settings by their key, at a page; returns their window, which stays open."""
        if self.frame:
            return self.frame

        self.app.key('ctrl+comma')
        row = self.app.find('list item', page, self.app.find('list', 'Pages'))
        self.point_in_settings(row)
        type(self).frame = self.app.find('frame', 'Settings')
        self.app.until(lambda: any(page in self.app.labels(head) for head in self.app.all('filler', 'AdwWindowTitle', self.frame)), page)
        return self.frame

    def switch(self, name, on):
        item = self.app.find('check box', name, self.settings('Notifications'))
        if has_state(item, 'CHECKED') != on:
            item.do_action(0)
        self.app.until(lambda: has_state(item, 'CHECKED') == on, '%s: %s' % (name, on))
        self.unfocus()

    def fresh(self, name='Vera', text='Hello?', site=None):
        """A new conversation that was told."""
        visitor = Visitor(self.server, name, site).start(text)
        return visitor, self.told(name)

    def told(self, title):
        """The next notification, which must be that one: whatever came before it was not told."""
        told = self.services.next('notify')
        self.assertEqual(told['title'], title)
        return told

    def accepted(self, name='Vera'):
        visitor, told = self.fresh(name)
        self.services.order('invoke', told['id'], 'accept')
        until(lambda: self.server.conversation(visitor.conversation).get('assignee_id') == self.agent_id(), 'the assignment')
        self.app.find('label', name, self.inbox)
        return visitor
