#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What scripts/translations must refuse, and what it must let pass."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

TOP = pathlib.Path(__file__).parents[2]

SOURCE = '''
label (_("Send"));
g_strdup_printf (_("Reply to %s"), name);
g_strdup_printf (ngettext ("%u day", "%u days", n), n);
menu (_("_Close"));
format (at, C_("time", "%H:%M"));
'''

HEADER = '''msgid ""
msgstr ""
"Project-Id-Version: chatflow\\n"
"PO-Revision-Date: 2026-11-21 00:00+0000\\n"
"Last-Translator: The ChatFlow project\\n"
"Language-Team: German\\n"
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
'''

ENTRIES = '''
msgid "Send"
msgstr "Senden"

#, c-format
msgid "Reply to %s"
msgstr "Antwort an %s"

#, c-format
msgid "%u day"
msgid_plural "%u days"
msgstr[0] "%u Tag"
msgstr[1] "%u Tage"

msgid "_Close"
msgstr "S_chließen"

msgctxt "time"
msgid "%H:%M"
msgstr "%H:%M"
'''


class Translations(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix='chatflow-translations-test-')
        self.addCleanup(folder.cleanup)
        self.top = pathlib.Path(folder.name)
        self.write('app/page.c', SOURCE)
        self.write('po/POTFILES.in', 'app/page.c\n')
        self.write('po/LINGUAS', 'de\n')
        self.write('po/xgettext-options', (TOP / 'po/xgettext-options').read_text(encoding='utf-8'))
        self.write('po/de.po', HEADER + ENTRIES)

    def write(self, path, text):
        (self.top / path).parent.mkdir(exist_ok=True)
        (self.top / path).write_text(text, encoding='utf-8')

    def replace(self, old, new):
        self.assertIn(old, HEADER + ENTRIES)
        self.write('po/de.po', (HEADER + ENTRIES).replace(old, new))

    def run_script(self, *arguments):
        return subprocess.run([sys.executable, TOP / 'scripts/translations', '--top', self.top, *arguments], text=True, capture_output=True, check=False)

    def refused(self, words):
        done = self.run_script()
        self.assertEqual(done.stderr, '')
        self.assertIn(words, done.stdout)
        self.assertEqual(done.returncode, 1)

    def test_complete(self):
        done = self.run_script()
        self.assertEqual((done.stdout, done.stderr, done.returncode), ('', '', 0))

    def test_new_string(self):
        self.write('app/page.c', SOURCE + 'label (_("Away"));')
        self.refused('"Away" is not translated')

    def test_empty(self):
        self.replace('"Senden"', '""')
        self.refused('"Send" is not translated')

    def test_guess(self):
        self.replace('msgid "Send"', '#, fuzzy\nmsgid "Send"')
        self.refused('"Send" is a guess')

    def test_lost_placeholder(self):
        self.replace('"Antwort an %s"', '"Antwort"')
        self.refused('format specifications')

    def test_other_placeholder(self):
        self.replace('"Antwort an %s"', '"Antwort an %d"')
        self.refused('format specifications')

    def test_lost_mnemonic(self):
        self.replace('"S_chließen"', '"Schließen"')
        self.refused('keyboard accelerator')

    def test_missing_form(self):
        self.replace('msgstr[1] "%u Tage"\n', '')
        self.refused('plural')

    def test_wrong_forms(self):
        self.replace('plural=(n != 1)', 'plural=(n > 1)')
        self.refused('expected "nplurals=2; plural=(n != 1);"')

    def test_unknown_date_pattern(self):
        self.replace('msgstr "%H:%M"', 'msgstr "%H:%N"')
        self.refused('%N is nothing that a date can be written with')

    def test_source_not_listed(self):
        self.write('app/other.c', 'label (_("Send"));')
        self.refused('app/other.c has strings and is not listed')

    def test_source_gone(self):
        self.write('po/POTFILES.in', 'app/page.c\napp/gone.c\n')
        self.refused('app/gone.c is listed and has no strings, or is gone')

    def test_language_not_listed(self):
        self.write('po/fr.po', HEADER)
        self.refused('fr is not listed')

    def test_language_without_file(self):
        self.write('po/LINGUAS', 'de\nja\n')
        self.refused('ja is listed and has no file')

    def test_update(self):
        self.write('app/page.c', SOURCE.replace('"Send"', '"Away"'))
        self.assertEqual(self.run_script('update').returncode, 1)
        kept = (self.top / 'po/de.po').read_text(encoding='utf-8')
        self.assertIn('msgid "Away"\nmsgstr ""\n', kept)
        self.assertNotIn('Senden', kept)
        self.assertIn('"Antwort an %s"', kept)
        self.assertNotIn('POT-Creation-Date', kept)


if __name__ == '__main__':
    unittest.main()
