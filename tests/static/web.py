# SPDX-License-Identifier: GPL-3.0-or-later
"""The widget's sources and what npm installs."""

import json
import re

from registry import rule

MARKUP = re.compile(r'\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|createContextualFragment|document\.write|eval)\b|\bnew Function\b')
EXACT = re.compile(r'\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?')


@rule('the widget makes no markup from text',
      bad=[{'widget/src/a.ts': 'e.innerHTML = text;\n'}, {'widget/src/a.tsx': '<p dangerouslySetInnerHTML={x} />\n'}, {'widget/src/a.ts': 'new Function(text)()\n'}],
      good=[{'widget/src/a.ts': 'e.textContent = text;\n'}])
def no_markup(tree):
    for file in tree.ending('.ts', '.tsx', '.js', '.mjs'):
        for match in MARKUP.finditer(file.text) if file.within('widget/src') else ():
            yield file.path, file.line_of(match.start()), f'{match[0]} turns text into markup or code'


@rule('npm packages are pinned exactly, each with its lock',
      bad=[{'tests/package.json': '{"dependencies": {"ws": "^8.0.0"}}', 'tests/package-lock.json': '{}'}, {'tests/package.json': '{"devDependencies": {"ws": "8.0.0"}}'}],
      good=[{'tests/package.json': '{"dependencies": {"ws": "8.0.0"}}', 'tests/package-lock.json': '{}'}])
def pinned(tree):
    for file in tree.files:
        if file.name != 'package.json':
            continue
        package = json.loads(file.text)
        wanted = {**package.get('dependencies', {}), **package.get('devDependencies', {})}
        for name, version in wanted.items():
            if not EXACT.fullmatch(version):
                yield file.path, 1, f'{name}: got "{version}", expected an exact version'
        lock = f'{file.folder}/package-lock.json' if file.folder else 'package-lock.json'
        if wanted and lock not in tree.by_path:
            yield file.path, 1, f'there is no {lock}'


@rule('locks name no download address',
      bad=[{'tests/package-lock.json': '"resolved": "https://a.example/ws.tgz",\n'}],
      good=[{'tests/package-lock.json': '"integrity": "sha512-…",\n'}])
def no_addresses(tree):
    for file in tree.files:
        if file.name not in ('package-lock.json', 'npm-shrinkwrap.json'):
            continue
        for match in re.finditer(r'"resolved":|\bhttps?://[^"]*\.tgz', file.text):
            yield file.path, file.line_of(match.start()), 'the address is the choice of whoever installs (npm config omit-lockfile-registry-resolved)'


@rule("what runs on Node runs on Debian 12's Node 18",
      bad=[{'widget/build.mjs': 'const here = import.meta.dirname;\n'}, {'tests/lib/a.mjs': 'list.toSorted()\n'}],
      good=[{'tests/lib/a.mjs': 'fileURLToPath(import.meta.url)\n'}])
def node_18(tree):
    newer = re.compile(r'import\.meta\.(dirname|filename)|\.(toSorted|toReversed|toSpliced)\(|\b(Promise\.withResolvers|Array\.fromAsync|Object\.groupBy|Map\.groupBy)\b')
    for file in tree.ending('.mjs'):
        for match in newer.finditer(file.text) if not file.within('widget/src') else ():
            yield file.path, file.line_of(match.start()), f'{match[0]} is newer than Node 18'
