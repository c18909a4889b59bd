# SPDX-License-Identifier: GPL-3.0-or-later
"""What a package is made from: its sources can't change under it, and it may do no more than it needs."""

import json
import re

from registry import rule

# What the client needs: its server, its window, its keyring, and notifications.
PERMISSIONS = {'--share=network', '--share=ipc', '--socket=wayland', '--socket=fallback-x11', '--device=dri', '--talk-name=org.freedesktop.secrets',
               '--talk-name=org.freedesktop.Notifications'}

MANIFEST = {'id': 'org.chatflow.ChatFlow', 'runtime': 'org.gnome.Platform', 'runtime-version': '50', 'sdk': 'org.gnome.Sdk', 'command': 'chatflow',
            'finish-args': ['--share=network'], 'modules': [{'name': 'chatflow', 'buildsystem': 'meson', 'sources': [{'type': 'dir', 'path': '..'}]}]}
GIT = {'type': 'git', 'url': 'https://example.com/a.git', 'tag': 'v1', 'commit': '0' * 40}
ARCHIVE = {'type': 'archive', 'url': 'https://example.com/a.tar.xz', 'sha256': '0' * 64}
PATH = 'flatpak/org.chatflow.ChatFlow.json'


def manifest(**changes):
    return {PATH: json.dumps({**MANIFEST, **changes})}


def module(source):
    return manifest(modules=[{'name': 'a', 'buildsystem': 'meson', 'sources': [source]}])


def sources_of(modules):
    for part in modules:
        yield from ((part.get('name', '?'), source) for source in part.get('sources', []))
        yield from sources_of(part.get('modules', []))


def loose(source):
    """What is missing to pin a source, or None."""
    kind = source.get('type')
    if kind == 'dir':
        return None if source.get('path') == '..' else 'a folder of this repository: ".."'
    if not str(source.get('url', '')).startswith('https://'):
        return 'an address that begins with https://'
    if kind == 'git':
        return None if source.get('tag') and re.fullmatch(r'[0-9a-f]{40}', source.get('commit', '')) else 'a tag and the whole commit'
    return None if kind in ('archive', 'file') and re.fullmatch(r'[0-9a-f]{64}', source.get('sha256', '')) else 'a sha256'


@rule('the Flatpak is made of pinned sources and asks for little',
      bad=[{PATH: '{'}, {PATH: '{"id": "org.chatflow.ChatFlow"}'}, manifest(id='org.example.Other'), manifest(**{'finish-args': ['--filesystem=home']}),
           manifest(**{'runtime-version': 'master'}), module({**GIT, 'commit': ''}), module({**GIT, 'tag': ''}), module({**ARCHIVE, 'sha256': 'x'}),
           module({**ARCHIVE, 'url': 'http://example.com/a.tar.xz'}), module({'type': 'dir', 'path': '/elsewhere'}), manifest(modules=[])],
      good=[manifest(), module(GIT), module(ARCHIVE)])
def flatpak(tree):
    file = tree.by_path.get(PATH)
    if file is None:
        return
    try:
        found = json.loads(file.text)
    except ValueError as error:
        yield PATH, 1, str(error)
        return
    for key in MANIFEST:
        if type(found.get(key)) is not type(MANIFEST[key]) or not found[key]:
            yield PATH, 1, f'"{key}": got {found.get(key)!r}, expected something like {MANIFEST[key]!r}'
            return
    for key in ('id', 'runtime', 'sdk', 'command'):
        if found[key] != MANIFEST[key]:
            yield PATH, 1, f'"{key}": got {found[key]}, expected {MANIFEST[key]}'
    if not re.fullmatch(r'[1-9][0-9]', found['runtime-version']):
        yield PATH, 1, f'got runtime {found["runtime-version"]}, expected a release, as 50'
    for argument in found['finish-args']:
        if argument not in PERMISSIONS:
            yield PATH, 1, f'{argument}: the client does not need that'
    for name, source in sources_of(found['modules']):
        if missing := loose(source):
            yield PATH, 1, f'{name}: expected {missing}'
