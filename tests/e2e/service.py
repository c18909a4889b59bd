#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The service as systemd runs it, without systemd: the units are valid and rated, and the daemon lives with what they leave it.

The seccomp filter of the unit is expanded and laid around a real daemon under load; there it kills, where the unit's answers EPERM, so that
no call outside of it goes unseen.
"""

import ctypes
import http.client
import json
import os
import pathlib
import platform
import re
import resource
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

PROGRAM = os.environ['TEST_CHATFLOWD']
UNITS = [pathlib.Path(path) for path in os.environ['TEST_UNITS'].split(':')]
RATING_MAX = 2.0
PATIENCE = 30
# A sanitizer that looks for leaks traces the process, which no service may.
UNTRACED = {**os.environ, 'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'}
# Never as root, for whom SQLite makes calls of its own (chown).
NOBODY = 65534

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
RET_KILL_PROCESS, RET_ALLOW = 0x80000000, 0x7fff0000
LD_NUMBER, JUMP_EQUAL, RETURN = 0x20, 0x15, 0x06
HEADERS = ['/usr/include/%s-linux-gnu/asm/unistd_64.h' % platform.machine(), '/usr/include/asm-generic/unistd.h']


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def settings(unit, key):
    return re.findall(rf'^{key}=(.*)$', unit.read_text(), re.M)


def expand(word):
    """The names that a word of SystemCallFilter= stands for."""
    if not word.startswith('@'):
        return {word}
    lines = [line.strip() for line in run('systemd-analyze', 'syscall-filter', '--no-pager', word).splitlines()[1:]]
    return set().union(*(expand(line) for line in lines if line and not line.startswith('#')))


def allowed_calls(unit):
    allowed = set()
    for value in settings(unit, 'SystemCallFilter'):
        names = set().union(*(expand(word) for word in value.lstrip('~').split()))
        allowed = allowed - names if value.startswith('~') else allowed | names
    return allowed


def call_numbers():
    header = next(path for path in map(pathlib.Path, HEADERS) if path.exists())
    return {name: int(number) for name, number in re.findall(r'^#define __NR(?:3264)?_(\w+)\s+(\d+)$', header.read_text(), re.M)}


def filter_program(unit):
    numbers = call_numbers()
    wanted = sorted(numbers[name] for name in allowed_calls(unit) if name in numbers)
    code = [(LD_NUMBER, 0, 0, 0)]
    for number in wanted:
        code += [(JUMP_EQUAL, 0, 1, number), (RETURN, 0, 0, RET_ALLOW)]
    code.append((RETURN, 0, 0, RET_KILL_PROCESS))
    return b''.join(struct.pack('HBBI', *step) for step in code), len(code)


class Confined:
    """A daemon behind the unit's filter, told by NOTIFY_SOCKET and watched, with its umask and limits."""

    def __init__(self, unit, folder):
        self.notes = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.notes.settimeout(PATIENCE)
        self.notes.bind(os.path.join(folder, 'notify'))
        os.chmod(os.path.join(folder, 'notify'), 0o777)
        with socket.socket() as free:
            free.bind(('127.0.0.1', 0))
            self.port = free.getsockname()[1]
        environment = {**UNTRACED, 'NOTIFY_SOCKET': os.path.join(folder, 'notify'), 'WATCHDOG_USEC': '100000',
                       'CHATFLOW_ADDRESS_RATE': '100000', 'CHATFLOW_ADDRESS_BURST': '100000'}
        program, length = filter_program(unit)
        self.process = subprocess.Popen([os.path.join(folder, 'chatflowd'), '--state', os.path.join(folder, 'state'), '--listen', f'127.0.0.1:{self.port}'],
                                        env=environment, stderr=subprocess.PIPE, preexec_fn=lambda: confine(program, length))

    def wait_note(self, expected):
        while True:
            note = self.notes.recv(4096).decode()
            if note == expected:
                return

    def ask(self, verb, path, body=None, token=None):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=PATIENCE)
        headers = {'Content-Type': 'application/json', **({'Authorization': f'Bearer {token}'} if token else {})}
        connection.request(verb, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, text

    def kill(self):
        """For a test that failed."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()

    def stop(self):
        self.notes.setblocking(False)
        while True:  # what nobody has read must not have held it up; now there is room again
            try:
                self.notes.recv(4096)
            except BlockingIOError:
                break
        self.notes.settimeout(PATIENCE)
        self.process.terminate()
        self.wait_note('STOPPING=1')
        _, log = self.process.communicate(timeout=PATIENCE)
        self.notes.close()
        return self.process.returncode, log.decode()


def confine(program, length):
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
    buffer = ctypes.create_string_buffer(program)
    head = struct.pack('HxxxxxxP', length, ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 or libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, head, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), 'the filter was not taken')


class Units(unittest.TestCase):
    def installed(self, unit, folder):
        """As on a server: what it starts is there."""
        copy = pathlib.Path(folder, unit.name)
        copy.write_text(re.sub(r'[^ =]+/chatflowd ', PROGRAM + ' ', unit.read_text()))
        return copy

    def test_rating(self):
        for unit in UNITS:
            text = run('systemd-analyze', 'security', '--offline=yes', '--no-pager', str(unit))
            rating = float(re.search(r'Overall exposure level for \S+: ([\d.]+)', text)[1])
            self.assertLessEqual(rating, RATING_MAX, unit.name)
            print(f'{unit.name}: {rating}', file=sys.stderr)

    def test_verify(self):
        with tempfile.TemporaryDirectory() as folder:
            copies = [str(self.installed(unit, folder)) for unit in UNITS]
            done = subprocess.run(['systemd-analyze', 'verify', '--man=no', *copies], capture_output=True, text=True)
            ours = [line for line in done.stderr.splitlines() if 'chatflow' in line]
            self.assertEqual((done.returncode, ours), (0, []), done.stderr)


class Behind(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.state = os.path.join(self.folder.name, 'state')
        self.demo = json.loads(run(PROGRAM, '--state', self.state, 'demo'))
        self.program = shutil.copy(PROGRAM, os.path.join(self.folder.name, 'chatflowd'))
        if os.geteuid() == 0:
            for path in (self.folder.name, self.state, *(os.path.join(self.state, name) for name in os.listdir(self.state))):
                os.chown(path, NOBODY, NOBODY)

    def test_the_filter_bites(self):
        program, length = filter_program(UNITS[0])
        mount = call_numbers()['mount']
        child = os.fork()
        if child == 0:
            confine(program, length)
            ctypes.CDLL(None).syscall(mount, 0, 0, 0, 0, 0)
            os._exit(0)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), -signal.SIGSYS, 'mount(2) is not in it')

    def test_under_load(self):
        daemon = Confined(UNITS[0], self.folder.name)
        self.addCleanup(daemon.kill)
        daemon.wait_note('READY=1')
        agent = self.demo['agents'][0]
        status, text = daemon.ask('POST', '/api/v1/sessions', {'email': agent['email'], 'password': agent['password']})
        self.assertEqual(status, 200, text)
        token = json.loads(text)['token']

        failures = []

        def work():
            for _ in range(60):
                for verb, path, caller in (('GET', '/api/v1/conversations', token), ('GET', '/health', None), ('GET', '/metrics', None), ('GET', '/widget.js', None)):
                    status, _ = daemon.ask(verb, path, token=caller)
                    if status not in (200, 404):
                        failures.append((path, status))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        conversation = json.loads(daemon.ask('GET', '/api/v1/conversations', token=token)[1])['records'][0]['id']
        for number in range(100):
            identity = '0190a5c0-0004-7abc-8def-%012x' % number
            status, text = daemon.ask('POST', f'/api/v1/conversations/{conversation}/notes', {'id': identity, 'text': 'a note'}, token)
            self.assertEqual(status, 200, text)
        for thread in threads:
            thread.join()
        self.assertEqual(failures, [])
        self.assertIsNone(daemon.process.poll())
        daemon.wait_note('WATCHDOG=1')
        backup = os.path.join(self.folder.name, 'backup')
        program, length = filter_program(UNITS[1])
        done = subprocess.run([self.program, '--state', self.state, 'backup', backup], capture_output=True, text=True, env=UNTRACED, timeout=4 * PATIENCE,
                              preexec_fn=lambda: confine(program, length))
        self.assertEqual(done.returncode, 0, done.stderr)
        for name in os.listdir(self.state):
            self.assertEqual(os.stat(os.path.join(self.state, name)).st_mode & 0o077, 0, name)
        code, log = daemon.stop()
        self.assertEqual(code, 0, log)

    def test_the_setting_of_a_name_that_is_abstract(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notes:
            name = f'chatflow-test-{os.getpid()}-{time.monotonic_ns()}'
            notes.bind('\0' + name)
            notes.settimeout(PATIENCE)
            with subprocess.Popen([PROGRAM, '--state', self.state, '--listen', '127.0.0.1:0'], stderr=subprocess.DEVNULL,
                                  env={**os.environ, 'NOTIFY_SOCKET': '@' + name}) as process:
                self.assertEqual(notes.recv(100), b'READY=1')
                process.terminate()
                self.assertEqual(notes.recv(100), b'STOPPING=1')
                self.assertEqual(process.wait(PATIENCE), 0)


if __name__ == '__main__':
    unittest.main(verbosity=2)
