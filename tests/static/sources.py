# SPDX-License-Identifier: GPL-3.0-or-later
"""What C sources, records and user interface files look like."""

import posixpath
import re

from registry import rule

PREFIX = {'protocol': ('cf_', 'Cf', 'CF_'), 'search': ('cf_', 'Cf', 'CF_'), 'backend': ('cfd_', 'Cfd', 'CFD_'), 'app': ('cfa_', 'Cfa', 'CFA_')}
SQL = re.compile(r'\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\b|UPDATE\s+\S+\s+SET\b|DELETE\s+FROM\b|CREATE\s+(UNIQUE\s+)?(VIRTUAL\s+)?(TABLE|INDEX|TRIGGER)\b|ALTER\s+TABLE\b'
                 r'|DROP\s+(TABLE|INDEX)\b)')
SQL_ROOMS = ('backend/features/*-store.c', 'backend/cli/*-store.c', 'backend/jobs/*-store.c', 'backend/db/*', 'app/cache/*', 'protocol/sql.c', 'search/tokenizer.c', 'tests/*')

# GtkApplication finds these by their names.
FOUND_BY_NAME = {'help-overlay', 'menus'}


@rule('symbols carry their program',
      bad=[{'app/a.c': 'void\nwindow_new (int a)\n{\n}\n'}, {'backend/a.c': 'int cfa_x (void)\n{\n}\n'}, {'app/a.c': 'G_DEFINE_TYPE (Window, window, GTK_TYPE_WINDOW)\n'},
           {'protocol/a.c': 'const char *\ncfd_a (int (*f) (void),\n       int b)\n{\n}\n'}],
      good=[{'app/a.c': 'static void\nhelper (void)\n{\n  other ();\n}\n\nint\nmain (int argc, char **argv)\n{\n}\n\nCfaWindow *\ncfa_window_new (void)\n{\n}\n',
             'backend/a.c': '/* void\nnope (void)\n{ */\nG_DEFINE_QUARK (cfd-a, cfd_a)\nG_DEFINE_AUTOPTR_CLEANUP_FUNC (CfdA, cfd_a_free)\n'}])
def symbols(tree):
    for file in tree.ending('.c'):
        lower, camel, _ = PREFIX.get(file.path.split('/')[0], (None, None, None))
        if lower is None:
            continue
        for line, name, static in file.functions():
            if not static and name != 'main' and not name.startswith(lower) and not re.fullmatch(r'G_[A-Z_]+', name):
                yield file.path, line, f'{name} is seen by the linker, expected {lower}… or static'
        for match in re.finditer(r'^G_DEFINE_(?!QUARK|AUTO)\w*TYPE\w* \((\w+), (\w+),', file.text, re.M):
            if not (match[1].startswith(camel) and match[2].startswith(lower)):
                yield file.path, file.line_of(match.start()), f'got {match[1]} and {match[2]}, expected {camel}… and {lower}…'


@rule('SQL is in stores',
      bad=[{'backend/features/a/b-service.c': 'x ("SELECT a FROM b");\n'}, {'backend/rpc/a.c': 'x ("  UPDATE a "\n  "SET b = 1");\n'}, {'app/window.c': '"DELETE FROM a"\n'}],
      good=[{'backend/features/a/b-store.c': '"SELECT 1"', 'app/window.c': 'gtk ("Select all"); /* "SELECT 1" */ "UPDATE"'}])
def sql_in_stores(tree):
    for file in tree.c_files():
        if file.like(*SQL_ROOMS):
            continue
        for line, text in file.strings():
            if SQL.match(text.replace('\\n', ' ')):
                yield file.path, line, 'this is SQL, and belongs in a store'


@rule('every interface file has its C file',
      bad=[{'resources/ui/inbox/inbox-page.blp': ''}],
      good=[{'resources/ui/inbox/inbox-page.blp': '', 'app/features/inbox/inbox-page.c': '', 'resources/gtk/help-overlay.ui': ''}])
def interfaces(tree):
    stems = {file.stem for file in tree.ending('.c') if file.within('app')}
    for file in tree.ending('.ui', '.blp'):
        if file.stem not in stems | FOUND_BY_NAME:
            yield file.path, 1, f'there is no {file.stem}.c in app/'


@rule('every record is registered and written down',
      bad=[{'protocol/records/a.c': 'const CfShape cf_a_shape = {\n  .name = "a",\n', 'protocol/record.c': '', 'docs/protocol.md': '| `a` |'},
           {'protocol/records/a.c': 'const CfShape cf_a_shape = {\n  .name = "a",\n', 'protocol/record.c': '  &cf_a_shape,\n', 'docs/protocol.md': ''}],
      good=[{'protocol/records/a.c': 'const CfShape cf_a_shape = {\n  .name = "a",\n', 'protocol/record.c': '  &cf_a_shape,\n', 'docs/protocol.md': '| `a` |'}])
def records(tree):
    registered = tree.by_path['protocol/record.c'].text if 'protocol/record.c' in tree.by_path else ''
    written = tree.by_path['docs/protocol.md'].text if 'docs/protocol.md' in tree.by_path else ''
    for file in tree.ending('.c'):
        if not file.within('protocol/records'):
            continue
        for match in re.finditer(r'^const CfShape (\w+) = \{\s*\.name = "(\w+)"', file.text, re.M):
            line = file.line_of(match.start())
            if f'&{match[1]},' not in registered:
                yield file.path, line, f'{match[1]} is not in the table of protocol/record.c'
            if f'`{match[2]}`' not in written:
                yield file.path, line, f'`{match[2]}` is not in docs/protocol.md'


@rule('every setting is written down with its default',
      bad=[{'backend/config.c': '  { "listen", KIND_LISTEN, AT (listen), "127.0.0.1:8080", .help = "" },\n', 'docs/configuration.md': '| `listen` | `0.0.0.0:80` | |\n'},
           {'backend/config.c': '  { "proxies", KIND_LIST, AT (proxies), NULL, .help = "" },\n', 'docs/configuration.md': ''}],
      good=[{'backend/config.c': '  { "peer_rate", KIND_INTEGER, AT (peer_rate), "20", 1, 9, .help = "" },\n', 'docs/configuration.md': '| `peer_rate` | `20` | … |\n'}])
def settings(tree):
    written = tree.by_path['docs/configuration.md'].text if 'docs/configuration.md' in tree.by_path else ''
    for file in tree.files:
        if file.path != 'backend/config.c':
            continue
        for match in re.finditer(r'^  \{ "(\w+)", KIND_\w+, AT \(\w+\), (?:"([^"]*)"|NULL),', file.text, re.M):
            row = f'| `{match[1]}` | ' + (f'`{match[2]}` |' if match[2] else '|')
            if row not in written.replace('|  |', '| |'):
                yield file.path, file.line_of(match.start()), f'docs/configuration.md has no row that begins with: {row}'


def names_source(recipe, name):
    """Whether a meson.build names a file, also by a list of names and 'test-@0@.c'.format(name) or 'test-' + name + '.c'."""
    if f"'{name}'" in recipe:
        return True
    templates = re.findall(r"'([^'\n]*)@0@([^'\n]*\.c)'", recipe) + re.findall(r"'([^'\n]*)' \+ name \+ '([^'\n]*\.c)'", recipe)
    for before, after in templates:
        if name.startswith(before) and name.endswith(after) and f"'{name[len(before):-len(after)]}'" in recipe:
            return True
    return False


@rule('every C file is built',
      bad=[{'tests/fuzz/fuzz-rpc.c': '', 'tests/fuzz/meson.build': "foreach name : ['json']\n  executable('fuzz-' + name, 'fuzz-@0@.c'.format(name))"},
           {'app/a.c': '', 'app/meson.build': "files('b.c')"}, {'protocol/records/a.c': '', 'protocol/meson.build': "files('a.c')"}],
      good=[{'app/a.c': '', 'app/meson.build': "files('a.c')"}, {'protocol/records/a.c': '', 'protocol/meson.build': "files('records/a.c')"},
            {'tests/fuzz/fuzz-json.c': '', 'tests/fuzz/meson.build': "foreach name : ['json']\n  executable('fuzz-' + name, 'fuzz-@0@.c'.format(name))"}])
def every_file_is_built(tree):
    for file in tree.ending('.c'):
        folder = file.folder
        while True:
            recipe = tree.by_path.get(posixpath.join(folder, 'meson.build'))
            name = posixpath.relpath(file.path, folder or '.')
            if recipe and names_source(recipe.text, name):
                break
            if not folder:
                yield file.path, 1, 'no meson.build names it'
                break
            folder = posixpath.dirname(folder)
