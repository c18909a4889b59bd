#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a package gets: everything is installed, nothing else is, and it starts from there.

  install-test.py MESON BUILD PREFIX PART…   parts: daemon, app, preview, widget
"""

import fnmatch
import os
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

MESON, BUILD, PREFIX, *PARTS = sys.argv[1:]
TOP = pathlib.Path(__file__).parents[2]
NAME = 'org.chatflow.ChatFlow'

# A star stands for the hash in a name; each line must match a file, each file a line.
EXPECTED = {
    'daemon': [
        'bin/chatflowd',
        'lib/systemd/system/chatflow-backup.service',
        'lib/systemd/system/chatflow-backup.timer',
        'lib/systemd/system/chatflowd.service',
        'lib/sysusers.d/chatflow.conf',
        'share/doc/chatflow/examples/Caddyfile',
        'share/doc/chatflow/examples/chatflowd.conf',
        'share/doc/chatflow/examples/grafana-dashboard.json',
        'share/doc/chatflow/examples/nginx.conf',
        'share/doc/chatflow/examples/prometheus-rules.yml',
        'share/doc/chatflow/examples/prometheus.yml',
        'share/man/man5/chatflowd.conf.5',
        'share/man/man8/chatflowd.8',
    ],
    'widget': [
        'share/chatflow/widget/widget.js',
        'share/chatflow/widget/widget/*-*.js',
        'share/chatflow/widget/widget/chatflow.d.ts',
    ],
    'preview': [
        'lib*/chatflow/libchatflow-preview.so',
    ],
    'app': [
        'bin/chatflow',
        f'share/applications/{NAME}.desktop',
        f'share/icons/hicolor/scalable/apps/{NAME}.svg',
        f'share/icons/hicolor/symbolic/apps/{NAME}-symbolic.svg',
        f'share/metainfo/{NAME}.metainfo.xml',
        'share/man/man1/chatflow.1',
        *(f'share/locale/{language}/LC_MESSAGES/chatflow.mo' for language in (TOP / 'po/LINGUAS').read_text().split()),
    ],
}


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix='chatflow-install-')
        cls.addClassCleanup(folder.cleanup)
        subprocess.run([MESON, 'install', '-C', BUILD, '--no-rebuild', '--quiet', '--destdir', folder.name], check=True)
        cls.root = pathlib.Path(folder.name) / PREFIX.lstrip('/')
        cls.files = sorted(path.relative_to(cls.root).as_posix() for path in cls.root.rglob('*') if not path.is_dir())
        outside = [path for path in pathlib.Path(folder.name).rglob('*') if not path.is_dir() and cls.root not in path.parents]
        assert not outside, f'installed outside of {PREFIX}: {outside}'

    def needs(self, part):
        if part not in PARTS:
            self.skipTest(f'built without {part}')

    def run_installed(self, program, *arguments, **environment):
        done = subprocess.run([self.root / 'bin' / program, *arguments], text=True, capture_output=True, check=False,
                              env={**os.environ, 'LANG': 'C.UTF-8', 'LC_ALL': '', **environment})
        self.assertEqual((done.stderr, done.returncode), ('', 0))
        return done.stdout

    def test_files(self):
        expected = [pattern for part in PARTS for pattern in EXPECTED[part]]
        self.assertEqual([pattern for pattern in expected if not fnmatch.filter(self.files, pattern)], [], 'not installed')
        self.assertEqual([file for file in self.files if not any(fnmatch.fnmatchcase(file, pattern) for pattern in expected)], [], 'not in the list of this test')

    def test_daemon(self):
        self.needs('daemon')
        self.assertRegex(self.run_installed('chatflowd', '--version'), r'^chatflowd \d+\.\d+\.\d+\n$')
        units = [self.root / 'lib/systemd/system' / name for name in ('chatflowd.service', 'chatflow-backup.service')]
        for unit in units:
            self.assertIn(f'{PREFIX}/bin/chatflowd ', unit.read_text(), unit.name)

    def test_manual_of_the_daemon(self):
        self.needs('daemon')
        manual = (self.root / 'share/man/man8/chatflowd.8').read_text() + (self.root / 'share/man/man5/chatflowd.conf.5').read_text()
        words = self.run_installed('chatflowd', '--help')
        commands = re.findall(r'^  ([a-z][a-z -]*?)  +\S', words.split('Commands:')[1].split('\n\n')[0], re.M)
        self.assertIn('agent add', commands)
        for command in commands:
            self.assertIn(f'.It Ic {command}', manual)
            words += self.run_installed('chatflowd', *command.split(), '--help')
        for option in set(re.findall(r'--([a-z][a-z-]+)', words.split('Settings,')[0] + words.split('Usage:', 2)[2])) - {'help'}:
            self.assertRegex(manual, rf'Fl (\w , )?-{option}\b')
        self.assertNotIn('@', re.sub(r'\S+@\S+\.', '', manual), 'a word of the build was not filled in')

    def test_client(self):
        self.needs('app')
        words = self.run_installed('chatflow', '--help')
        manual = (self.root / 'share/man/man1/chatflow.1').read_text()
        self.assertIn('--sign-in-file', words)
        for option in set(re.findall(r'--([a-z][a-z-]+)', words)) - {'gapplication-service', 'help-gapplication', 'help-gtk', 'help-all'}:
            self.assertRegex(manual, rf'Fl (\w , )?-{option}\b')

    def test_preview(self):
        """Who does not look at it does not load WebKit."""
        self.needs('preview')
        module = next(self.root.glob('lib*/**/libchatflow-preview.so'))
        for file, expected in ((self.root / 'bin/chatflow', False), (module, True)):
            needed = subprocess.run(['readelf', '-d', file], text=True, capture_output=True, check=True).stdout
            self.assertEqual('libwebkitgtk' in needed, expected, file.name)

    def test_software_centre(self):
        self.needs('app')
        metainfo = xml.etree.ElementTree.parse(self.root / f'share/metainfo/{NAME}.metainfo.xml').getroot()
        images = metainfo.findall('screenshots/screenshot/image')
        self.assertTrue(images)
        for image in images:
            picture = (TOP / 'docs/images' / image.text.rsplit('/', 1)[1]).read_bytes()
            self.assertEqual(struct.unpack('>II', picture[16:24]), (int(image.get('width')), int(image.get('height'))), image.text)
        languages = {name.get('{http://www.w3.org/XML/1998/namespace}lang') for name in metainfo.findall('summary')}
        entry = (self.root / f'share/applications/{NAME}.desktop').read_text()
        for language in (TOP / 'po/LINGUAS').read_text().split():
            self.assertIn(language, languages)
            self.assertIn(f'Keywords[{language}]=', entry)

    def test_icons(self):
        self.needs('app')
        for kind, name in (('scalable', NAME), ('symbolic', f'{NAME}-symbolic')):
            for size in (16, 32, 48, 128, 256):
                drawn = subprocess.run(['rsvg-convert', '-w', str(size), '-h', str(size), self.root / f'share/icons/hicolor/{kind}/apps/{name}.svg'],
                                       capture_output=True, check=True).stdout
                covered = subprocess.run(['convert', 'png:-', '-format', '%w %h %[fx:mean.a]', 'info:'], input=drawn, capture_output=True, check=True).stdout.split()
                self.assertEqual(covered[:2], [str(size).encode()] * 2)
                # A mark on a clear ground: neither empty nor a full square.
                self.assertTrue(0.4 < float(covered[2]) < 0.9, f'{name} covers {float(covered[2]):.2f} of {size} px')

    def test_languages(self):
        self.needs('app')
        locales = str(self.root / 'share/locale')
        english = self.run_installed('chatflow', '--help', LANGUAGE='en', CHATFLOW_LOCALEDIR=locales)
        for language in (TOP / 'po/LINGUAS').read_text().split():
            self.assertNotEqual(self.run_installed('chatflow', '--help', LANGUAGE=language, CHATFLOW_LOCALEDIR=locales), english, language)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
