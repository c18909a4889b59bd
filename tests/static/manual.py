# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person can set or call stands in the manual, and the manual names nothing else."""

import re

from registry import rule

SETTINGS = re.compile(r'\{ "(\w+)", KIND_\w+, AT \(\w+\), (?:NULL|[A-Z_]+|"([^"]*)")')
OPTIONS = re.compile(r'\{ "([a-z][a-z-]*)", (?:\'(\w)\'|0), \w+, G_OPTION_ARG_')
COMMANDS = re.compile(r'^  \{ "([a-z][a-z -]*)", "[^"]*", \w+ \},$', re.M)
# GLib's own option.
HELP = {'help', 'h'}

TABLE = '  { "listen", KIND_LISTEN, AT (listen), "127.0.0.1:80", .help = "Where." },\n'
OPTION = '  const GOptionEntry entries[] = {\n    { "state", \'s\', 0, G_OPTION_ARG_FILENAME, &state, "Folder", "DIR" },\n'
COMMAND = 'static const CfdCommand commands[] = {\n  { "agent add", "add an agent", cfd_agent_add_command },\n'


def settings(tree):
    file = tree.by_path.get('backend/config.c')
    return dict(SETTINGS.findall(file.text)) if file else {}


def compare(path, kind, expected, found):
    for name in sorted(set(expected) - set(found)):
        yield path, 1, f'the {kind} "{name}" is missing'
    for name in sorted(set(found) - set(expected)):
        yield path, 1, f'there is no {kind} "{name}"'


@rule('every setting is documented, with its default',
      bad=[{'backend/config.c': TABLE, 'data/man/chatflowd.conf.5.in': '.It Li port = Ar number\n'},
           {'backend/config.c': TABLE, 'data/man/chatflowd.conf.5.in': '.It Li listen = Ar address:port\nWhere.\nBy default 0.0.0.0:80.\n'},
           {'backend/config.c': TABLE, 'docs/configuration.md': '| `listen` | `0.0.0.0:80` | Where. |\n'},
           {'backend/config.c': TABLE, 'docs/configuration.md': 'Nothing.\n'}],
      good=[{'backend/config.c': TABLE, 'data/man/chatflowd.conf.5.in': '.It Li listen = Ar address:port\nWhere.\nBy default 127.0.0.1:80.\n',
             'docs/configuration.md': '| `listen` | `127.0.0.1:80` | Where. |\n'}])
def every_setting(tree):
    keys = settings(tree)
    manual, page = tree.by_path.get('data/man/chatflowd.conf.5.in'), tree.by_path.get('docs/configuration.md')
    if manual:
        items = dict(re.findall(r'^\.It Li (\w+) = .*\n((?:[^.].*\n)*)', manual.text, re.M))
        yield from compare(manual.path, 'setting', keys, items)
        for key in sorted(set(keys) & set(items)):
            if keys[key] and f'y default {keys[key]}.\n' not in items[key]:
                yield manual.path, 1, f'{key}: expected its default, {keys[key]}'
    if page:
        rows = dict(re.findall(r'^\| `(\w+)` \| (?:`([^`]*)`)? *\|', page.text, re.M))
        yield from compare(page.path, 'setting', keys, {name for name in rows if name in keys})
        for key in sorted(set(keys) & set(rows)):
            if keys[key] != rows[key]:
                yield page.path, 1, f'{key}: got the default "{rows[key]}", expected "{keys[key]}"'


@rule('every option and command is documented',
      bad=[{'backend/cli/cli.c': OPTION, 'data/man/chatflowd.8.in': '.It Fl s Ar DIR\n'},
           {'backend/cli/cli.c': OPTION, 'data/man/chatflowd.8.in': '.It Fl -state Ar DIR\n'},
           {'backend/cli/cli.c': OPTION, 'data/man/chatflowd.8.in': '.It Fl s , -state Ar DIR\n.It Fl -gone\n'},
           {'backend/cli/cli.c': COMMAND, 'data/man/chatflowd.8.in': '.It Ic agent list\n'},
           {'app/application.c': OPTION, 'data/man/chatflow.1.in': '.It Fl h , -help\n'}],
      good=[{'backend/cli/cli.c': OPTION + COMMAND, 'data/man/chatflowd.8.in': '.It Fl s , -state Ar DIR\n.It Fl h , -help\n.It Ic agent add Fl s Ar DIR\n'}])
def every_option(tree):
    for path, sources in (('data/man/chatflowd.8.in', 'backend/cli/*.c'), ('data/man/chatflow.1.in', 'app/application.c')):
        page = tree.by_path.get(path)
        if page is None:
            continue
        # "Fl s , -state": one Fl may name an option by its letter and by its word.
        flags = re.findall(r'Fl ((?:-?[\w-]+ , )*-?[\w-]+)', page.text.replace(' , Fl ', '\nFl '))
        named = {name.removeprefix('-') for flag in flags for name in flag.split(' , ')}
        table = [match for file in tree.c_files() if file.like(sources) for match in OPTIONS.findall(file.text)]
        existing = HELP | {name for pair in table for name in pair if name}
        yield from compare(path, 'option', existing - HELP, named - HELP - {'help-all'})
        source = tree.by_path.get('backend/cli/cli.c')
        if path.endswith('chatflowd.8.in') and source:
            listed = re.findall(r'^\.It Ic ([a-z]+(?:-[a-z]+)?(?: [a-z]+)?)', page.text, re.M)
            yield from compare(path, 'command', COMMANDS.findall(source.text), listed)
