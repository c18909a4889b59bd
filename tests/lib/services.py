# SPDX-License-Identifier: GPL-3.0-or-later
"""Notifications and idleness of a test's desktop, run by lib/desk-services.py."""

import json
import os
import queue
import subprocess
import sys
import threading

from desktop import TIMEOUT, Timeout

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'desk-services.py')


class Services:
    def __init__(self, capabilities='actions,body,body-markup,icon-static'):
        self.process = subprocess.Popen([sys.executable, PROGRAM, capabilities], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.events = queue.Queue()
        self.count = 0  # on the launcher's icon
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()
        self.next('ready')

    def read(self):
        for line in self.process.stdout:
            event = json.loads(line)
            if event['event'] == 'launcher':
                self.count = event['count'] if event['visible'] else 0
            self.events.put(event)

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
