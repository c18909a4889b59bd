# SPDX-License-Identifier: GPL-3.0-or-later
"""The real keyring daemon on the session bus of a Desktop, which starts none by itself."""

import subprocess
import time

from desktop import TIMEOUT, Timeout

NAME = 'org.freedesktop.secrets'


class Keyring:
    """A running keyring daemon."""

    def __init__(self, password):
        """Starts it, and opens the person's keyring with the password; one is made where there is none."""
        self.process = subprocess.Popen(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'],
                                        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.process.stdin.write(password.encode())
        self.process.stdin.close()
        _until(lambda: _on_bus() and self.process.poll() is None, 'the keyring on the bus')

    def lock(self):
        """Locks what was open, as the screen lock of some desktops does; nobody is there to answer when it asks for the password."""
        subprocess.run(['dbus-send', '--session', '--print-reply', '--dest=' + NAME, '/org/freedesktop/secrets',
                        'org.freedesktop.Secret.Service.Lock', 'array:objpath:/org/freedesktop/secrets/collection/login'],
                       stdout=subprocess.DEVNULL, check=True)

    def stop(self):
        """Ends it; what it keeps stays on the disk."""
        self.process.terminate()
        self.process.wait()
        _until(lambda: not _on_bus(), 'the keyring to leave the bus')


def _on_bus():
    answer = subprocess.run(['dbus-send', '--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus',
                             'org.freedesktop.DBus.NameHasOwner', 'string:' + NAME], capture_output=True, text=True, check=True)
    return 'true' in answer.stdout


def _until(condition, what):
    end = time.monotonic() + TIMEOUT
    while not condition():
        if time.monotonic() > end:
            raise Timeout('%s: not within %g s' % (what, TIMEOUT))
        time.sleep(0.02)
