# SPDX-License-Identifier: GPL-3.0-or-later
"""Names, sizes, licences and words of files."""

import re
import statistics

from registry import rule

SOURCE = ('.c', '.h', '.ts', '.tsx', '.js', '.mjs', '.py', '.css', '.sql', '.ui', '.blp', '.sh')
LINES_MAX = 1000
MEDIAN_MAX = 350

# Names that others look for, in their spelling.
GIVEN_NAMES = re.compile(r'(README|ARCHITECTURE|HACKING)\.md|COPYING|LICENSE|LINGUAS|POTFILES(\.in|\.skip)?|meson_options\.txt'
                         r'|org\.chatflow\.ChatFlow[a-z0-9.-]*')


def is_source(file):
    return file.ending in SOURCE or file.name in ('meson.build', 'meson_options.txt') or file.text.startswith('#!')


def is_corpus(file):
    return '/corpus/' in file.path


@rule('no file is too long',
      bad=[{'app/a.c': 'x\n' * (LINES_MAX + 1)}],
      good=[{'app/a.c': 'x\n' * LINES_MAX, 'COPYING': 'x\n' * 2000}])
def length(tree):
    for file in tree.files:
        if is_source(file) and file.lines() > LINES_MAX:
            yield file.path, LINES_MAX + 1, f'got {file.lines()} lines, expected at most {LINES_MAX}'


@rule('C files are of a readable size',
      bad=[{f'app/{name}.c': 'x\n' * 400 for name in 'abc'}],
      good=[{'app/a.c': 'x\n' * 900, 'app/b.c': 'x\n' * 200, 'app/c.c': 'x\n' * 200}])
def median_length(tree):
    lengths = [file.lines() for file in tree.ending('.c')]
    median = statistics.median(lengths) if lengths else 0
    if median > MEDIAN_MAX:
        yield '.', 0, f'half of the C files have more than {median:.0f} lines, expected a median of at most {MEDIAN_MAX}'


@rule('names are lower-case words with dashes, without the program',
      bad=[{'app/Window.c': ''}, {'app/main_window.c': ''}, {'app/cfa-window.c': ''}, {'backend/cfd_store.h': ''}, {'app/Features/a.c': ''},
           {'backend/db/migrations/1_first.sql': ''}],
      good=[{'app/main-window.c': '', 'README.md': '', 'po/pt_BR.po': '', 'data/org.chatflow.ChatFlow.desktop.in': '', '.ci/run': '', 'tests/fuzz/corpus/json/A_b': '',
             'backend/db/migrations/0001-first.sql': '', 'resources/icons/chatflow-speech-symbolic.svg': ''}])
def names(tree):
    for file in tree.files:
        if is_corpus(file) or GIVEN_NAMES.fullmatch(file.name):
            continue
        if file.folder == 'po' and re.fullmatch(r'[a-z]{2,3}(_[A-Z]{2})?\.po', file.name):
            continue
        for part in file.path.split('/'):
            if not re.fullmatch(r'\.?[a-z0-9][a-z0-9.-]*', part) and not GIVEN_NAMES.fullmatch(part):
                yield file.path, 1, f'got "{part}", expected lower-case words with dashes'
        # Icons are called by their names in the whole desktop's theme, so those say whose they are.
        if re.match(r'(cf|cfd|cfa|chatflow)[-_]', file.name) and file.ending != '.svg':
            yield file.path, 1, 'the folder says the program already'


@rule('no drawer for odds and ends',
      bad=[{'app/utils/a.c': ''}, {'backend/common/b.c': ''}, {'widget/src/helpers.ts': ''}],
      good=[{'tests/lib/ports.mjs': ''}])
def no_drawers(tree):
    for file in tree.files:
        parts = [*file.folder.split('/'), file.name.split('.')[0]]
        for part in parts:
            if part in ('util', 'utils', 'utilities', 'common', 'helper', 'helpers', 'misc', 'shared', 'stuff'):
                yield file.path, 1, f'"{part}" says nothing; name what it holds'


@rule('no folder is empty', bad=[{'app/later/': ''}], good=[{'app/a.c': ''}])
def no_empty_folder(tree):
    for folder in tree.empty_folders:
        yield folder, 1, 'there is nothing in it'


@rule('every source names its licence',
      bad=[{'app/a.c': 'int a;\n'}, {'widget/src/a.ts': '// SPDX-License-Identifier: GPL-3.0-or-later\n'}, {'backend/a.c': '/* SPDX-License-Identifier: MIT */\n'},
           {'scripts/run': '#!/bin/bash\necho\n'}, {'app/meson.build': "x = 1\n"}],
      good=[{'app/a.c': '/* SPDX-License-Identifier: GPL-3.0-or-later */\n', 'widget/src/a.ts': '// SPDX-License-Identifier: MIT\n',
             'scripts/run': '#!/bin/bash\n# SPDX-License-Identifier: GPL-3.0-or-later\n', 'tests/widget/a.mjs': '// SPDX-License-Identifier: MIT\n'}])
def licence(tree):
    for file in tree.files:
        if not is_source(file) or is_corpus(file):
            continue
        expected = ('MIT',) if file.within('widget') else ('GPL-3.0-or-later',)
        if file.within('tests/widget'):
            expected = ('MIT', 'GPL-3.0-or-later')
        found = re.search(r'SPDX-License-Identifier: (\S+)', '\n'.join(file.text.split('\n', 3)[:3]))
        if found is None or found[1] not in expected:
            yield file.path, 1, f'got {found[1] if found else "no SPDX line"}, expected SPDX-License-Identifier: {" or ".join(expected)}'


@rule('every walk of the client is run',
      bad=[{'tests/app-ui/walks-sites.py': '', 'tests/app-ui/meson.build': "['desk', 'site']"}],
      good=[{'tests/app-ui/walks-sites.py': '', 'tests/app-ui/meson.build': "['desk', 'sites']"}])
def walks_are_run(tree):
    lists = ''.join(file.text for file in tree.files if file.path == 'tests/app-ui/meson.build')
    for file in tree.files:
        part = re.fullmatch(r'tests/app-ui/walks-(.+)\.py', file.path)
        if part and f"'{part[1]}'" not in lists:
            yield file.path, 1, f"expected '{part[1]}' among the parts in tests/app-ui/meson.build: nothing runs this walk"


@rule('nothing is put off',
      bad=[{'app/a.c': '/* TO' 'DO: later */\n'}, {'widget/src/a.ts': '// FIX' 'ME\n'}, {'HACKING.md': 'X' 'XX\n'}],
      good=[{'app/a.c': '/* a to-do list */\n', 'HACKING.md': 'no `TO' 'DO` here\n'}])
def nothing_put_off(tree):
    words = re.compile(r'(?<!`)\b(TO' r'DO|FIX' r'ME|X' r'XX)\b')
    for file in tree.files:
        if file.name == 'COPYING' or is_corpus(file):
            continue
        for match in words.finditer(file.text):
            yield file.path, file.line_of(match.start()), f'{match[0]}: do it, or leave it out'


@rule('no path or host of one machine',
      bad=[{'scripts/a.sh': 'cd /ho' 'me/ana/chatflow\n'}, {'app/a.c': 'open ("/t' 'mp/x");\n'}, {'a.json': '"https://regis' 'try.npm' 'js.org/x"\n'}],
      good=[{'app/a.c': '"~/chatflow"', 'README.md': 'https://chat.example.com/widget.js'}])
def no_machine(tree):
    here = re.compile(r'(?<![\w.])/(?:wo' r'rk|ho' r'me/\w+|Us' r'ers/\w+|ro' r'ot|t' r'mp)/|regis' r'try\.npm' r'js|deb\.deb' r'ian\.org|pypi\.o' r'rg')
    for file in tree.files:
        if is_corpus(file) or file.path == 'tests/setup/clean-root':  # which makes a machine of its own
            continue
        for match in here.finditer(file.text):
            yield file.path, file.line_of(match.start()), f'{match[0]} is a place on one machine or a host that its user chooses'
