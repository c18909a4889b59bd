#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nobody is missed: a real daemon, the real client in a window, a notification service on the bus, a sound server whose output is recorded.

    TEST_CHATFLOWD=… TEST_CHATFLOW=… alerts.py
"""

import array
import contextlib
import ctypes
import json
import math
import os
import queue
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
import uuid
import wave

HERE = os.path.dirname(os.path.abspath(__file__))
LIBRARY = os.path.join(HERE, '..', 'lib')
sys.path.insert(0, LIBRARY)
from desktop import TIMEOUT, Desktop, Timeout  # noqa: E402

DAEMON, CLIENT = os.environ['TEST_CHATFLOWD'], os.environ['TEST_CHATFLOW']
RATE = 22050
OWN = 1730  # Hz: of no sound of ours
# The daemon refuses settings that it does not know.
FOREIGN = {name: value for name, value in os.environ.items() if not name.startswith('CHATFLOW_')}
EMOJI = '🦀' * 500
TRICKY = '<b>Ana</b> & "Co"'


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
    def __init__(self):
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

    def start(self):
        limits = {'CHATFLOW_' + name: '100000' for name in ('PEER_RATE', 'PEER_BURST', 'ADDRESS_RATE', 'ADDRESS_BURST')}
        self.process = subprocess.Popen([DAEMON, '--state', self.state, '--listen', '127.0.0.1:%d' % self.port], stderr=subprocess.DEVNULL,
                                        env={**FOREIGN, **limits})
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


class Services:
    """Notifications and idleness of the desktop, see lib/desk-services.py."""

    def __init__(self, capabilities='actions,body,body-markup,icon-static'):
        self.process = subprocess.Popen([sys.executable, os.path.join(LIBRARY, 'desk-services.py'), capabilities],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.events = queue.Queue()
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()
        self.next('ready')

    def read(self):
        for line in self.process.stdout:
            self.events.put(json.loads(line))

    def next(self, kind):
        """The next event of that kind; others before it are passed over, but for notifications, which nobody must overlook."""
        while True:
            try:
                event = self.events.get(timeout=TIMEOUT)
            except queue.Empty:
                raise Timeout('no ' + kind) from None
            if event['event'] == kind:
                return event
            if event['event'] == 'notify':
                raise AssertionError('got a notification, expected %s: %s' % (kind, event))

    def order(self, *words):
        self.process.stdin.write(' '.join(map(str, words)) + '\n')
        self.process.stdin.flush()

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.thread.join()
        self.process.stdin.close()
        self.process.stdout.close()


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


class Alerts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        stack = contextlib.ExitStack()
        cls.addClassCleanup(stack.close)
        cls.desktop = stack.enter_context(Desktop())
        cls.server = Server()
        stack.callback(cls.server.folder.cleanup)
        stack.callback(cls.server.stop)
        cls.loudspeaker = Loudspeaker(cls.desktop.folder)
        stack.callback(cls.loudspeaker.stop)
        cls.services = Services()
        stack.callback(lambda: cls.services.stop())
        cls.quiet_site = cls.server.second_site()
        cls.choose()
        cls.start_client()

    @classmethod
    def choose(cls):
        """As the page of alerts would have kept it: a site that calls nobody, and a sound of one's own."""
        sound = os.path.join(cls.desktop.folder, 'own.wav')
        with wave.open(sound, 'wb') as file:
            file.setparams((1, 2, RATE, 0, 'NONE', ''))
            file.writeframes(array.array('h', (int(12000 * math.sin(2 * math.pi * OWN * i / RATE)) for i in range(RATE // 2))).tobytes())
        folder = os.path.join(os.environ['XDG_CONFIG_HOME'], 'chatflow')
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, 'alerts.ini'), 'w', encoding='utf-8') as file:
            file.write('[sites]\n%s=nothing\n[assigned]\nfile=%s\n' % (cls.quiet_site['id'], sound))

    @classmethod
    def start_client(cls):
        sign_in = os.path.join(cls.desktop.folder, 'sign-in')
        with open(os.open(sign_in, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 'w', encoding='utf-8') as file:
            file.write('[sign-in]\nserver=%s\nemail=%s\npassword=%s\n' % (cls.server.url, cls.server.agent['email'], cls.server.agent['password']))
        cls.app = cls.desktop.launch([CLIENT, '--sign-in-file', sign_in], size=(1280, 800))
        cls.app.find('list', 'Conversations')
        cls.app.until(lambda: cls.app.all('label', 'Online'), 'online')
        # The demo's visitors: what is unread in the first copy is told in one, then those who have been waiting for long.
        cls.first = cls.services.next('notify')
        cls.urgent = [cls.services.next('notify') for _ in range(cls.count_urgent())]
        cls.loudspeaker.heard(0)

    @classmethod
    def count_urgent(cls):
        me = next(r['id'] for r in cls.server.call('GET', '/agents', token=cls.server.token)['records'] if r['email'] == cls.server.agent['email'])
        waiting = [r for r in cls.server.call('GET', '/conversations?status=open&limit=100', token=cls.server.token)['records']
                   if r['type'] == 'conversation' and r.get('assignee_id', me) == me
                   and 0 < r.get('waiting_since', 0) < (time.time() - 600) * 1000]
        assert 0 < len(waiting) <= 3, waiting
        return len(waiting)

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

    def fresh(self, name='Vera', text='Hello?'):
        """A new conversation that was told."""
        visitor = Visitor(self.server, name).start(text)
        return visitor, self.services.next('notify')

    def accepted(self, name='Vera'):
        visitor, told = self.fresh(name)
        self.services.order('invoke', told['id'], 'accept')
        until(lambda: self.server.conversation(visitor.conversation).get('assignee_id') == self.agent_id(), 'the assignment')
        self.app.until(lambda: name in self.app.labels(), name)
        return visitor

    def agent_id(self):
        return next(r['id'] for r in self.server.call('GET', '/agents', token=self.server.token)['records'] if r['email'] == self.server.agent['email'])

    def heading(self):
        return (self.app.labels(self.app.all('filler', 'AdwWindowTitle')[0]) or [''])[0]

    def test_00_the_first_copy_does_not_storm(self):
        self.assertRegex(self.first['title'], r'^\d+ new messages in \d+ conversations$')
        self.assertEqual(self.first['urgency'], 1)
        for told in self.urgent:
            self.assertIn('Has been waiting for', told['body'])
            self.assertEqual(told['urgency'], 2)

    def test_01_new_conversation(self):
        mark = self.loudspeaker.rest()
        visitor, told = self.fresh(TRICKY, '<i>Hi</i> & where?')
        self.assertEqual(told['title'], TRICKY)
        self.assertIn('New conversation', told['body'])
        self.assertIn('&lt;i&gt;Hi&lt;/i&gt; &amp; where?', told['body'])
        self.assertEqual(told['actions'], ['default', 'accept', 'mute'])
        self.assertEqual(told['image'], [96, 96, 96 * 4, True, 8, 4, 96 * 96 * 4])
        self.assertEqual(told['replaces'], 0)
        sound = self.loudspeaker.heard(mark)
        self.assertGreater(power(sound, note(0)), 20 * power(sound, note(12)), 'another sound')
        self.app.until(lambda: self.window_title().startswith('('), 'the number in the title')
        self.server.call('POST', '/conversations/%s/close' % visitor.conversation, {'event_id': new_id()}, self.server.token)
        while self.services.next('close')['id'] != told['id']:
            pass

    def test_02_a_name_of_500_emoji(self):
        with self.assertRaises(AssertionError):
            Visitor(self.server, EMOJI)  # the server takes 100 characters
        _, told = self.fresh(EMOJI[:100], 'x' * 8000)
        self.assertEqual(told['title'], EMOJI[:60] + '…')
        self.assertLess(len(told['body']), 300)

    def test_03_accept_reply_replace_withdraw(self):
        mark = self.loudspeaker.rest()
        visitor = self.accepted('Vera')
        self.loudspeaker.heard(mark)  # however late, so that it is not taken for the next one
        self.app.until(lambda: self.heading() == 'Vera', 'her conversation')
        self.unfocus()
        mark = self.loudspeaker.rest()
        visitor.say('one')
        first = self.services.next('notify')
        self.assertEqual((first['title'], first['body'], first['replaces']), ('Vera', 'one', 0))
        self.assertEqual(first['actions'], ['default', 'reply', 'mute'])
        sound = self.loudspeaker.heard(mark)
        self.assertGreater(power(sound, note(7)), 2 * power(sound, note(-5)), 'another sound')
        visitor.say('two')
        second = self.services.next('notify')
        self.assertEqual((second['body'], second['replaces'], second['id']), ('two', first['id'], first['id']))
        position = self.server.conversation(visitor.conversation)['last_position']
        self.server.call('POST', '/conversations/%s/read' % visitor.conversation, {'position': position}, self.server.token)
        self.assertEqual(self.services.next('close')['id'], second['id'])
        self.accepted('Ulla')
        self.app.until(lambda: self.heading() == 'Ulla', 'the other conversation')
        self.unfocus()
        visitor.say('three')
        third = self.services.next('notify')
        self.assertEqual((third['body'], third['replaces']), ('three', 0))
        self.services.order('invoke', third['id'], 'reply')
        self.app.until(lambda: self.heading() == 'Vera', 'her conversation again')
        self.app.type('On it')
        composer = self.app.find('text', 'Reply')
        self.app.until(lambda: self.app.text(composer) == 'On it', 'the words in the composer, which nobody has clicked')
        self.app.clear(composer)

    def test_04_not_what_is_before_the_eyes(self):
        visitor = self.accepted('Wanda')
        self.app.until(lambda: self.heading() == 'Wanda', 'her conversation')
        self.app.focus()
        self.app.settle()
        visitor.say('I am on your screen')
        self.app.find(None, lambda name: 'I am on your screen' in name)
        _, told = self.fresh('Xenia')  # comes after it, and is the first to be told
        self.assertEqual(told['title'], 'Xenia')
        self.unfocus()

    def test_05_mute(self):
        visitor = self.accepted('Yvonne')
        self.unfocus()
        visitor.say('hear me')
        told = self.services.next('notify')
        self.services.order('invoke', told['id'], 'mute')
        kept = os.path.join(os.environ['XDG_CONFIG_HOME'], 'chatflow', 'alerts.ini')
        until(lambda: os.path.exists(kept) and visitor.conversation in open(kept, encoding='utf-8').read(), 'the mute on disk')
        visitor.say('nobody hears me')
        _, told = self.fresh('Zoe')
        self.assertEqual(told['title'], 'Zoe')

    def test_05_a_site_that_calls_nobody(self):
        self.unfocus()
        Visitor(self.server, 'Hush', self.quiet_site['key']).start('nobody is called')
        _, told = self.fresh('Aloud')  # comes after it, and is the first to be told
        self.assertEqual(told['title'], 'Aloud')

    def test_05_a_sound_of_ones_own(self):
        self.unfocus()
        visitor, _ = self.fresh('Berta')
        mark = self.loudspeaker.rest()
        other = self.server.demo['agents'][1]
        self.server.call('POST', '/conversations/%s/assign' % visitor.conversation, {'event_id': new_id(), 'agent_id': self.agent_id()}, self.server.sign_in(other))
        told = self.services.next('notify')
        self.assertEqual(told['title'], 'Berta')
        sound = self.loudspeaker.heard(mark)
        self.assertGreater(power(sound, OWN), 20 * power(sound, note(0)), 'another sound')
        self.assertGreater(power(sound, OWN), 20 * power(sound, note(7)), 'another sound')

    def test_06_many_at_once_and_after_a_pause(self):
        self.app.process.send_signal(signal.SIGSTOP)
        self.server.stop()
        self.server.start()
        for i in range(5):
            Visitor(self.server, 'Late %d' % i).start('hello').say('are you there?')
        self.app.process.send_signal(signal.SIGCONT)
        told = self.services.next('notify')
        self.assertEqual(told['title'], '5 new messages in 5 conversations')
        self.assertEqual(told['actions'], ['default'])

    def test_07_away_when_idle(self):
        self.services.order('idle')
        self.app.until(lambda: self.app.all('label', 'Away'), 'away')
        self.services.order('active')
        self.app.until(lambda: self.app.all('label', 'Online'), 'online')

    def test_08_a_service_without_actions(self):
        self.services.stop()
        type(self).services = Services('body')
        _, told = self.fresh('Plain', '<i>Hi</i>')
        self.assertEqual(told['actions'], [])
        self.assertIn('<i>Hi</i>', told['body'])

    def test_09_no_service_is_said_once(self):
        self.services.stop()
        type(self).services = Services('none')
        Visitor(self.server, 'Quiet').start('hello')
        self.app.find_text('This desktop shows no notifications')
        self.app.until(lambda: 'Quiet' in self.app.labels() or self.app.key('ctrl+2'), 'the conversation all the same')

    def test_10_sign_out_withdraws(self):
        self.services.stop()
        type(self).services = Services()
        _, told = self.fresh('Last')
        self.app.until(lambda: self.window_title().startswith('('), 'a number in the title')
        self.app.key('F10')
        self.app.click(None, lambda name: 'Sign out' in name and 'everywhere' not in name)
        ids = set()
        while told['id'] not in ids:
            ids.add(self.services.next('close')['id'])
        self.app.until(lambda: self.window_title() == 'ChatFlow', 'no number in the title')


if __name__ == '__main__':
    unittest.main(verbosity=2)
