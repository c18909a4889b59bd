# SPDX-License-Identifier: GPL-3.0-or-later
"""The source tree as the rules see it: paths with their text, and C taken apart just enough."""

import fnmatch
import os
import pathlib
import posixpath
import re

# The folders at the top that C files are included from by their full path.
ROOMS = {'protocol', 'backend', 'app', 'tests'}

LEFT_OUT = {'.git', 'node_modules', '__pycache__'}

_TOKEN = re.compile(
    r'/\*.*?\*/|//[^\n]*'          # comments
    r'|"(?:\\.|[^"\\\n])*"'        # strings
    r"|'(?:\\.|[^'\\\n])*'",       # characters
    re.S)
_DEFINITION = re.compile(r'^(?P<before>(?:[A-Za-z_][\w \t*]*\n)?(?:[A-Za-z_][\w \t*]*[ \t*])?)(?P<name>[A-Za-z_]\w*) ?\(', re.M)


class File:
    """One file: its path from the top and its text."""

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.name = posixpath.basename(path)
        self.folder = posixpath.dirname(path)
        self.stem, self.ending = posixpath.splitext(self.name)

    def line_of(self, offset):
        return self.text.count('\n', 0, offset) + 1

    def lines(self):
        return self.text.count('\n')

    def within(self, *folders):
        return any(self.path.startswith(folder + '/') for folder in folders)

    def like(self, *patterns):
        return any(fnmatch.fnmatchcase(self.path, pattern) for pattern in patterns)

    def includes(self):
        """Yields (line, target, quoted) of a C file; a quoted target is a path from the top."""
        for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', self.text, re.M):
            line = self.line_of(match.start())
            if match[2]:
                yield line, match[2], False
            elif match[1].split('/')[0] in ROOMS:
                yield line, match[1], True
            else:
                yield line, posixpath.normpath(posixpath.join(self.folder, match[1])), True

    def strings(self):
        """Yields (line, text) of C string literals; neighbours that C joins are joined."""
        last_end, start, joined = None, 0, None
        for match in _TOKEN.finditer(self.text):
            if match[0][0] != '"':
                continue
            if last_end is not None and not self.text[last_end:match.start()].strip():
                joined += match[0][1:-1]
            else:
                if joined is not None:
                    yield self.line_of(start), joined
                start, joined = match.start(), match[0][1:-1]
            last_end = match.end()
        if joined is not None:
            yield self.line_of(start), joined

    def code(self):
        """The text with comments and the insides of literals blanked; lines stay where they are."""
        def blank(match):
            edge = match[0][0] if match[0][0] != '/' else ' '
            return edge + re.sub(r'[^\n]', ' ', match[0][1:-1]) + edge
        return _TOKEN.sub(blank, self.text)

    def functions(self):
        """Yields (line, name, static) of every function that this C file defines."""
        code = self.code()
        for match in _DEFINITION.finditer(code):
            depth, at = 1, match.end()
            while at < len(code) and depth:
                depth += {'(': 1, ')': -1}.get(code[at], 0)
                at += 1
            if re.match(r'\s*\{', code[at:at + 40]) and match['before'].strip():
                yield self.line_of(match.start('name')), match['name'], bool(re.search(r'\bstatic\b', match['before']))


def text_of(path):
    """What it says; nothing, if it is a picture or the like."""
    content = path.read_bytes()
    return '' if b'\0' in content else content.decode('utf-8', errors='replace')


class Tree:
    """All files by path, and the folders that hold nothing."""

    def __init__(self, texts, empty_folders=()):
        self.files = [File(path, text) for path, text in sorted(texts.items())]
        self.by_path = {file.path: file for file in self.files}
        self.empty_folders = sorted(empty_folders)

    @classmethod
    def read(cls, top):
        texts, empty = {}, []
        for folder, folders, names in os.walk(top):
            folders[:] = [name for name in folders if name not in LEFT_OUT and not name.startswith('_build')]
            place = pathlib.Path(folder).relative_to(top)
            if not folders and not names:
                empty.append(place.as_posix())
            for name in names:
                path = pathlib.Path(folder, name)
                if name == '.git' or name.endswith('.log') or path.is_symlink():
                    continue
                texts[(place / name).as_posix()] = text_of(path)
        return cls(texts, empty)

    def ending(self, *endings):
        return [file for file in self.files if file.ending in endings]

    def c_files(self):
        return self.ending('.c', '.h')
