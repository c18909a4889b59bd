#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through the desktop client with a scripted model below its pages, by AT-SPI and real keys, and photographs it.

    walk.py PROGRAM LIBRARY-FOLDER SHOTS-FOLDER [NAME…]

Names choose files, walks-*.py without their ending, and among their functions that begin with "walk_" or "shot_". Those that take a client share one; they come first.
"""

import importlib
import inspect
import pathlib
import subprocess
import sys

from client import SHOTS, Client
from desktop import Desktop


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


def walks(wanted):
    """All that are wanted, in the order of their files."""
    modules = [importlib.import_module(path.stem) for path in sorted(pathlib.Path(__file__).parent.glob('walks-*.py'))]
    return [function for module in modules for name, function in vars(module).items()
            if name.startswith(('walk_', 'shot_')) and (not wanted or name in wanted or module.__name__ in wanted)]


def main():
    functions = sorted(walks(sys.argv[4:]), key=lambda function: 'client' not in inspect.signature(function).parameters)
    with Desktop() as desktop:
        shared = Shared(desktop)
        results = [run(function, desktop, shared) for function in functions]
        shared.stop()
    print('pictures in', SHOTS)
    return 0 if all(results) else 1


if __name__ == '__main__':
    sys.exit(main())
